package funding

import (
	"context"
	"errors"
	"fmt"

	"passerelle/content"
	"passerelle/models"
)

// LoadCall brings a call up to its content file, when the file is new or has
// changed since it was loaded. A window computed at seeding is kept, and the
// envelope never falls below what is committed. loaded tells whether anything
// was written.
func (k *Desk) LoadCall(ctx context.Context, from content.Call) (loaded bool, err error) {
	text := from.Render() // outside the transaction: it is slow
	err = k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		c, err := callBy(ctx, tx, "c.key = ?", from.ID)
		known := err == nil
		switch {
		case known && c.Digest == from.Digest:
			loaded = false
			return nil
		case err != nil && !errors.Is(err, ErrUnknownCall):
			return err
		}
		loaded = true
		before := c.Slug
		c.set(from, text, known, tx.Now)
		if known {
			err = c.rewrite(ctx, tx)
		} else {
			err = tx.DB.Create(&c).Error
		}
		if err == nil {
			err = c.address(ctx, tx, before)
		}
		if err == nil {
			err = c.fill(ctx, tx, models.Cents(from.EnvelopeCents))
		}
		if err != nil {
			return fmt.Errorf("load call %s: %w", from.Slug, err)
		}
		return tx.Record(ctx, models.System, "call.loaded", c.ID, models.About{"call": c.ID})
	})
	return loaded, err
}

// set takes what the file says. The demonstration call opens when it is first
// loaded and closes a year of Paris later, at the start of the day.
func (c *Call) set(from content.Call, text content.Rendered, known bool, now models.Time) {
	c.Key, c.Slug, c.Title, c.Summary, c.Demo, c.Path, c.Digest = from.ID, from.Slug, from.Title, from.Summary, from.Demo, from.Path, from.Digest
	c.Markdown, c.HTML, c.Text = from.Body, text.HTML, text.Text
	c.Cap, c.ExpectedMin, c.ExpectedMax = models.Cents(from.CapCents), models.Cents(from.ExpectedMinCents), models.Cents(from.ExpectedMaxCents)
	c.RatePercent, c.Months, c.InnovativePercent = int64(from.RatePercent), from.MaxMonths, int64(from.InnovativePercent)
	c.Details = Details{
		Bearers: from.Bearers, Themes: from.Themes, Criteria: from.Criteria, Rules: from.Rules, Ambiguities: from.Ambiguities,
		Sources: from.Sources, Disagreements: from.Disagreements,
	}
	c.UpdatedAt = now
	switch {
	case from.Window != content.WindowDemo:
		c.OpensAt, c.ClosesAt = models.At(from.Opens.Time), models.At(from.Closes.Time)
	case !known:
		c.OpensAt, c.ClosesAt = now, DayOf(now).AddMonths(12).Start()
	}
}

// rewrite updates a known call. What the feed was told of its window is told
// again when the window has moved beyond it.
func (c *Call) rewrite(ctx context.Context, tx *models.Tx) error {
	return tx.DB.WithContext(ctx).Exec(`
		UPDATE calls SET slug = ?, title = ?, summary = ?, markdown = ?, html = ?, text = ?, opens_at = ?, closes_at = ?, cap_cents = ?,
		       rate_percent = ?, months = ?, innovative_percent = ?, expected_min_cents = ?, expected_max_cents = ?, details = ?, demo = ?,
		       path = ?, digest = ?, updated_at = ?,
		       opening_recorded_at = CASE WHEN ? <= ? THEN opening_recorded_at END,
		       closing_recorded_at = CASE WHEN ? <= ? THEN closing_recorded_at END
		 WHERE id = ?`,
		c.Slug, c.Title, c.Summary, c.Markdown, c.HTML, c.Text, c.OpensAt, c.ClosesAt, c.Cap,
		c.RatePercent, c.Months, c.InnovativePercent, c.ExpectedMin, c.ExpectedMax, c.Details, c.Demo,
		c.Path, c.Digest, c.UpdatedAt, c.OpensAt, tx.Now, c.End(), tx.Now, c.ID).Error
}

// address keeps the addresses that a call had.
func (c *Call) address(ctx context.Context, tx *models.Tx, before string) error {
	if before == c.Slug {
		return nil
	}
	db := tx.DB.WithContext(ctx)
	err := db.Exec("DELETE FROM call_slugs WHERE slug = ?", c.Slug).Error
	if err == nil && before != "" {
		err = db.Exec("INSERT INTO call_slugs (slug, call_id) VALUES (?, ?) ON CONFLICT (slug) DO UPDATE SET call_id = excluded.call_id", before, c.ID).Error
	}
	return err
}

// fill sets the total of the envelope; money that was awarded stays in it.
func (c *Call) fill(ctx context.Context, tx *models.Tx, total models.Cents) error {
	return tx.DB.WithContext(ctx).Exec(`INSERT INTO envelopes (call_id, total_cents) VALUES (?, ?)
		ON CONFLICT (call_id) DO UPDATE SET total_cents = CASE
			WHEN excluded.total_cents < envelopes.committed_cents THEN envelopes.committed_cents ELSE excluded.total_cents END`, c.ID, total).Error
}

// MovedCall is the present slug of a call that had another; ErrUnknownCall when
// no call ever had it.
func (k *Desk) MovedCall(ctx context.Context, old string) (slug string, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.Raw("SELECT c.slug FROM call_slugs s JOIN calls c ON c.id = s.call_id WHERE s.slug = ?", old).Scan(&slug).Error
		if err != nil {
			return fmt.Errorf("look for an old address of a call: %w", err)
		}
		if slug == "" {
			return ErrUnknownCall
		}
		return nil
	})
	return slug, err
}
