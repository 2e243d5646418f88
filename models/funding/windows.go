package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// PassWindows records, once each, the openings and closings whose instant has
// come: what is derived from the feed learns of time by it. It may be called
// as often as one likes.
func (k *Desk) PassWindows(ctx context.Context) error {
	due := false
	err := k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		passed, err := passed(ctx, tx)
		due = len(passed) > 0
		return err
	})
	if err != nil || !due {
		return err
	}
	return k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		windows, err := passed(ctx, tx)
		if err != nil {
			return err
		}
		for _, w := range windows {
			if err := w.record(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// window is a call with what the feed was not yet told of it.
type window struct {
	ID     models.ID `gorm:"column:id"`
	Opened bool      `gorm:"column:opened"`
	Closed bool      `gorm:"column:closed"`
}

func passed(ctx context.Context, tx *models.Tx) (list []window, err error) {
	err = tx.DB.WithContext(ctx).Raw(`
		SELECT id, opened, closed
		  FROM (SELECT id, opens_at <= @now AND opening_recorded_at IS NULL AS opened,
		               min(closes_at, coalesce(closed_early_at, closes_at)) <= @now AND closing_recorded_at IS NULL AS closed
		          FROM calls)
		 WHERE opened OR closed
		 ORDER BY id`, map[string]any{"now": tx.Now}).Find(&list).Error
	if err != nil {
		return nil, fmt.Errorf("look for windows that passed: %w", err)
	}
	return list, nil
}

func (w window) record(ctx context.Context, tx *models.Tx) error {
	for _, change := range []struct {
		due          bool
		kind, column string
	}{{w.Opened, "call.opened", "opening_recorded_at"}, {w.Closed, "call.closed", "closing_recorded_at"}} {
		if !change.due {
			continue
		}
		err := tx.DB.WithContext(ctx).Table("calls").Where("id = ?", w.ID).Updates(map[string]any{change.column: tx.Now}).Error
		if err != nil {
			return fmt.Errorf("note the window of call %d: %w", w.ID, err)
		}
		if err := tx.Record(ctx, models.System, change.kind, w.ID, models.About{"call": w.ID}); err != nil {
			return err
		}
	}
	return nil
}

// NextWindow is the next instant at which a page about calls in general reads
// differently: one opens or closes, or a day of Paris ends while one is open.
// The zero Time when none will.
func (k *Desk) NextWindow(ctx context.Context) (next models.Time, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		calls, err := allCalls(ctx, tx)
		next = nextChange(calls, tx.Now)
		return err
	})
	return next, err
}

func nextChange(calls []Call, now models.Time) (next models.Time) {
	for _, c := range calls {
		at := c.TextChangesAt(now)
		if !at.IsZero() && (next.IsZero() || at.Before(next.Time)) {
			next = at
		}
	}
	return next
}

func allCalls(ctx context.Context, tx *models.Tx) (calls []Call, err error) {
	err = tx.DB.WithContext(ctx).Raw("SELECT " + callColumns + " FROM calls c ORDER BY c.closes_at DESC, c.id LIMIT 200").Find(&calls).Error
	if err != nil {
		return nil, fmt.Errorf("read the calls: %w", err)
	}
	return calls, nil
}
