package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Left is what an envelope holds before an act and would hold after it.
type Left struct {
	Before, After models.Cents
}

// ForeseeGrant tells what a grant would leave in the envelope, and refuses what
// Grant would refuse. It writes nothing: another decider may be quicker.
func (k *Desk) ForeseeGrant(ctx context.Context, by models.Actor, d Decision) (l Left, err error) {
	l, err = k.foresee(ctx, by, d.Number, func(a onDesk) error { return a.mayGrant(d) })
	if l.After -= d.Amount; err == nil && l.After < 0 {
		return l, ErrEnvelope.With(l.Before)
	}
	return l, err
}

// ForeseeRefuse refuses what Refuse would refuse; the envelope stays as it is.
func (k *Desk) ForeseeRefuse(ctx context.Context, by models.Actor, d Decision) (Left, error) {
	return k.foresee(ctx, by, d.Number, func(a onDesk) error { return a.mayRefuse(d) })
}

// ForeseeDrop refuses what Drop would refuse; the envelope stays as it is.
func (k *Desk) ForeseeDrop(ctx context.Context, by models.Actor, d Drop) (Left, error) {
	return k.foresee(ctx, by, d.Number, func(a onDesk) error { return a.mayDrop(d) })
}

func (k *Desk) foresee(ctx context.Context, by models.Actor, number string, guard func(onDesk) error) (l Left, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		a, err := find(ctx, tx, by, number)
		if err == nil {
			err = guard(a)
		}
		if err != nil {
			return err
		}
		err = tx.DB.Raw("SELECT total_cents - committed_cents FROM envelopes WHERE call_id = ?", a.CallID).Scan(&l.Before).Error
		if err != nil {
			return fmt.Errorf("read the envelope of call %d: %w", a.CallID, err)
		}
		l.After = l.Before
		return nil
	})
	return l, err
}
