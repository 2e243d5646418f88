package jobs

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

const (
	firstWait = 30 * time.Second
	longWait  = 4 * time.Hour
	giveUp    = 3 * 24 * time.Hour // after that a mail helps nobody
)

// What sending may come to, beside success and "later".
var (
	errNever   = errors.New("the recipient's server refuses the mail for good")
	errNoRoute = errors.New("the mail server cannot be reached")
)

// deliver hands over what the outbox holds until ctx ends.
func (j *Jobs) deliver(ctx context.Context) error {
	for failures := 0; ; {
		wait, err := j.round(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failures = min(failures+1, 8)
			wait = backoff(failures)
			j.log.ErrorContext(ctx, "mails wait", "why", err.Error(), "again_in", wait.String())
		} else {
			failures = 0
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		case <-j.waiting:
			timer.Stop()
		}
	}
}

// round sends what is due, and tells how long to wait for more. It stops with
// an error when the server can't be reached: the next mail would not leave
// either.
func (j *Jobs) round(ctx context.Context) (wait time.Duration, err error) {
	for {
		list, next, err := j.due(ctx)
		if err != nil {
			return 0, err
		}
		if len(list) == 0 {
			if next.IsZero() {
				return time.Hour, nil
			}
			return min(max(next.Sub(j.store.Now().Time), time.Millisecond), time.Hour), nil
		}
		for _, m := range list {
			if err := j.one(ctx, m); err != nil {
				return 0, err
			}
		}
	}
}

// one tries to send a mail and notes what became of it. A kill between both
// sends it again, under the same Message-ID.
func (j *Jobs) one(ctx context.Context, m Mail) error {
	err := j.send(ctx, m)
	switch {
	case ctx.Err() != nil && err != nil:
		return ctx.Err()
	case err == nil:
		return j.left(ctx, m, "sent_at")
	case errors.Is(err, errNever), j.store.Now().Sub(m.CreatedAt.Time) >= giveUp:
		j.log.WarnContext(ctx, "a mail was given up", "mail", m.ID, "template", m.Template, "attempts", m.Attempts+1, "why", err.Error())
		return j.left(ctx, m, "failed_at")
	}
	wait := backoff(m.Attempts)
	j.log.InfoContext(ctx, "a mail is postponed", "mail", m.ID, "template", m.Template, "attempts", m.Attempts+1, "why", err.Error())
	if postponed := j.postpone(ctx, m, wait); postponed != nil {
		return postponed
	}
	if errors.Is(err, errNoRoute) {
		return err
	}
	return nil
}

// backoff doubles from half a minute to four hours, a quarter more or less so
// that mails postponed together do not come back together.
func backoff(attempts int) time.Duration {
	wait := longWait
	if attempts < 9 {
		wait = min(firstWait<<attempts, longWait)
	}
	return wait*3/4 + rand.N(wait/2)
}
