package jobs

import (
	"context"
	"fmt"
	"time"

	"passerelle/models"
)

// hourOfDay is when daily jobs run, in Paris: an hour that both clock changes
// leave alone.
const hourOfDay = 4

// lookEvery is how often the clock is looked at: a machine that slept is
// noticed.
const lookEvery = time.Minute

// daily are the jobs that run once a day.
func (j *Jobs) daily() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{"retention": j.retention, "alerts": j.alerts}
}

// keepSchedule runs what is due until ctx ends.
func (j *Jobs) keepSchedule(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := j.runDue(ctx); err != nil && ctx.Err() == nil {
			j.log.ErrorContext(ctx, "a scheduled job failed", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// runDue runs each job whose time came since it last ran. It is noted when it
// is done: one that a kill cut short runs again.
func (j *Jobs) runDue(ctx context.Context) error {
	for name, run := range j.daily() {
		last, err := j.lastRun(ctx, name)
		if err != nil {
			return err
		}
		if j.store.Now().Before(nextRun(last)) {
			continue
		}
		if err := run(ctx); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := j.ran(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// nextRun is the first hour of running in Paris after an instant; a job that
// never ran is due at once.
func nextRun(last models.Time) time.Time {
	if last.IsZero() {
		return time.Time{}
	}
	day := last.Paris()
	next := time.Date(day.Year(), day.Month(), day.Day(), hourOfDay, 0, 0, 0, models.Paris)
	if !next.After(day) {
		next = time.Date(day.Year(), day.Month(), day.Day()+1, hourOfDay, 0, 0, 0, models.Paris)
	}
	return next
}

func (j *Jobs) lastRun(ctx context.Context, name string) (last models.Time, err error) {
	err = j.store.View(ctx, func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT last_run FROM jobs WHERE name = ?", name).Scan(&last).Error
	})
	if err != nil {
		return last, fmt.Errorf("read when %s ran: %w", name, err)
	}
	return last, nil
}

func (j *Jobs) ran(ctx context.Context, name string) error {
	return j.store.Update(ctx, func(_ context.Context, tx *models.Tx) error {
		err := tx.DB.Exec(`INSERT INTO jobs (name, last_run) VALUES (?, ?)
			ON CONFLICT (name) DO UPDATE SET last_run = excluded.last_run`, name, tx.Now).Error
		if err != nil {
			return fmt.Errorf("note when %s ran: %w", name, err)
		}
		return nil
	})
}
