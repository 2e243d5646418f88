package lab

import (
	"context"
	"fmt"
	"strconv"

	"passerelle/content"
	"passerelle/models"
)

// listed is one entry of a controlled list, as it is kept.
type listed struct {
	table, noun, key string // key: the column that identifies it
	id, slug, name   string
}

// loadLists brings in the regions, themes and audiences that are new or named
// otherwise. An entry that vanished stays: something may still bear it.
func (l *Library) loadLists(ctx context.Context, c content.Library) error {
	var all []listed
	for _, r := range c.Regions {
		all = append(all, listed{"regions", "region", "code", r.Code, r.Slug, r.Name})
	}
	for _, t := range c.Themes {
		all = append(all, listed{"themes", "theme", "slug", t.Slug, t.Slug, t.Label})
	}
	for _, a := range c.Audiences {
		all = append(all, listed{"audiences", "audience", "slug", a.Slug, a.Slug, a.Label})
	}
	var due []listed
	err := l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		due = nil
		for _, entry := range all {
			known, err := entry.known(ctx, tx)
			if err != nil {
				return err
			}
			if !known {
				due = append(due, entry)
			}
		}
		return nil
	})
	if err != nil || len(due) == 0 {
		return err
	}
	return l.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		for _, entry := range due {
			if err := entry.write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// known tells whether the entry is kept as it is.
func (e listed) known(ctx context.Context, tx *models.Tx) (bool, error) {
	var n int
	err := tx.DB.WithContext(ctx).Raw("SELECT count(*) FROM "+e.table+" WHERE "+e.key+" = ? AND slug = ? AND name = ?", e.id, e.slug, e.name).Scan(&n).Error
	if err != nil {
		return false, fmt.Errorf("look for an entry of %s: %w", e.table, err)
	}
	return n > 0, nil
}

func (e listed) write(ctx context.Context, tx *models.Tx) error {
	db := tx.DB.WithContext(ctx)
	var id models.ID
	var err error
	if e.table == "regions" {
		code, _ := strconv.ParseInt(e.id, 10, 64)
		id = models.ID(code) // a region's code is two digits
		err = db.Exec(`INSERT INTO regions (code, slug, name) VALUES (?, ?, ?)
			ON CONFLICT (code) DO UPDATE SET slug = excluded.slug, name = excluded.name`, e.id, e.slug, e.name).Error
	} else {
		err = db.Raw("INSERT INTO "+e.table+` (slug, name) VALUES (?, ?)
			ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id`, e.slug, e.name).Scan(&id).Error
	}
	if err != nil {
		return fmt.Errorf("write an entry of %s: %w", e.table, err)
	}
	return tx.Record(ctx, models.System, e.noun+".edited", id)
}
