package search

import (
	"context"
	"fmt"
	"slices"

	"passerelle/models"
)

// Hit is one thing that was found, with what a page needs to show it and to
// lead to it.
type Hit struct {
	Type    Type
	ID      models.ID
	Slug    string  // of the thing; of its thread, for a reply
	Title   []Piece // of the thing; of its thread, for a reply
	Excerpt []Piece
	Lab     string // name
	Region  string // name
	Forum   string // title
	Thread  models.ID
	Number  int64       // of a reply in its thread
	Date    models.Time // of publication; when a call opens; zero: none
}

// Piece is a piece of a text; Mark says that it is a word that was looked for.
type Piece struct {
	Text string
	Mark bool
}

// labRow is a laboratory as a filter shows it.
type labRow struct {
	ID   models.ID `gorm:"column:id"`
	Slug string    `gorm:"column:slug"`
	Name string    `gorm:"column:name"`
}

// filter finds the laboratories of the filters. Refuses with ErrUnknownFilter.
func (x *Index) filter(ctx context.Context, q Query) (labs []models.ID, err error) {
	for _, t := range q.Types {
		if !slices.Contains(Types, t) {
			return nil, ErrUnknownFilter
		}
	}
	if len(q.Labs) == 0 {
		return nil, nil
	}
	err = x.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.DB.WithContext(ctx).Raw("SELECT id FROM labs WHERE slug IN ?", q.Labs).Scan(&labs).Error; err != nil {
			return fmt.Errorf("read the laboratories of a filter: %w", err)
		}
		return nil
	})
	if err == nil && len(labs) < len(q.Labs) {
		err = ErrUnknownFilter
	}
	return labs, err
}

// fill completes an answer with what the database says now: a thing that was
// hidden since it was indexed is not shown, nor counted.
func (x *Index) fill(ctx context.Context, found *Found, a answer) error {
	found.Total, found.Relaxed = a.total, a.relaxed
	if a.total == 0 {
		found.Elsewhere = a.all
	}
	return x.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		rows, err := readRows(ctx, tx, a.names)
		if err != nil {
			return err
		}
		marker := newMarker(a.stems)
		for _, name := range a.names {
			if r, ok := rows[name]; ok {
				found.Hits = append(found.Hits, hitOf(r, marker))
			} else {
				found.Total--
			}
		}
		found.Pages = min(MaxPages, (found.Total+PageSize-1)/PageSize)
		return found.count(ctx, tx, a.counts)
	})
}

// count names what was counted.
func (f *Found) count(ctx context.Context, tx *models.Tx, c counts) error {
	for _, t := range Types {
		if c.types[t] > 0 {
			f.Types = append(f.Types, TypeCount{t, c.types[t]})
		}
	}
	if len(c.labs) == 0 {
		return nil
	}
	var labs []labRow
	if err := tx.DB.WithContext(ctx).Raw("SELECT id, slug, name FROM labs ORDER BY rank, name, id").Scan(&labs).Error; err != nil {
		return fmt.Errorf("read the laboratories: %w", err)
	}
	for _, l := range labs {
		if n := c.labs[l.ID]; n > 0 {
			f.Labs = append(f.Labs, LabCount{l.Slug, l.Name, n})
		}
	}
	return nil
}

func hitOf(r row, m *marker) Hit {
	return Hit{
		Type: r.Type, ID: r.ID, Slug: r.Slug, Title: m.whole(r.Title), Excerpt: m.excerpt(r.body(), r.Summary),
		Lab: r.LabName, Region: r.RegionName, Forum: r.ForumTitle, Thread: r.ThreadID, Number: r.Number, Date: r.Date,
	}
}
