package lab

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Moved refuses a former address and says the present one. It is ErrUnknown
// for whoever does not care.
type Moved struct {
	Slug string // the present one
}

// Error is for logs.
func (m *Moved) Error() string { return "moved to " + m.Slug }

// Unwrap makes a Moved a refusal like any other.
func (m *Moved) Unwrap() error { return ErrUnknown }

// former is where the former addresses of a kind of thing are kept.
type former struct{ table, slugs, column string }

var (
	useCaseSlugs = former{"use_cases", "use_case_slugs", "use_case_id"}
	labSlugs     = former{"labs", "lab_slugs", "lab_id"}
)

// moved is the refusal for an address that no thing has: a [Moved] when one
// had it once, else ErrUnknown.
func moved(ctx context.Context, tx *models.Tx, f former, slug string) error {
	var now string
	err := tx.DB.WithContext(ctx).Raw("SELECT t.slug FROM "+f.slugs+" s JOIN "+f.table+" t ON t.id = s."+f.column+
		" WHERE s.slug = ?", slug).Scan(&now).Error
	switch {
	case err != nil:
		return fmt.Errorf("look for a former address: %w", err)
	case now == "":
		return ErrUnknown
	}
	return &Moved{Slug: now}
}

// move gives a thing another address and keeps the old one leading to it.
// Refuses with ErrTaken when the new one belongs, or once belonged, to another.
func (f former) move(ctx context.Context, tx *models.Tx, id models.ID, old, slug string) error {
	if err := f.free(ctx, tx, id, slug); err != nil {
		return err
	}
	db := tx.DB.WithContext(ctx)
	if err := db.Exec("DELETE FROM "+f.slugs+" WHERE slug = ?", slug).Error; err != nil {
		return fmt.Errorf("take a former address back: %w", err)
	}
	if err := db.Exec("INSERT INTO "+f.slugs+" (slug, "+f.column+") VALUES (?, ?)", old, id).Error; err != nil {
		return fmt.Errorf("keep a former address: %w", err)
	}
	if err := db.Exec("UPDATE "+f.table+" SET slug = ? WHERE id = ?", slug, id).Error; err != nil {
		return fmt.Errorf("change an address: %w", err)
	}
	return nil
}

// free refuses an address that leads, or once led, to a thing other than id.
func (f former) free(ctx context.Context, tx *models.Tx, id models.ID, slug string) error {
	var n int
	err := tx.DB.WithContext(ctx).Raw("SELECT (SELECT count(*) FROM "+f.table+" WHERE slug = ? AND id <> ?) + (SELECT count(*) FROM "+
		f.slugs+" WHERE slug = ? AND "+f.column+" <> ?)", slug, id, slug, id).Scan(&n).Error
	if err != nil {
		return fmt.Errorf("look whether an address is free: %w", err)
	}
	if n > 0 {
		return ErrTaken
	}
	return nil
}
