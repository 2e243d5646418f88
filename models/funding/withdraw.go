package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Withdraw takes an application back (T3) before any decision; the motive is
// optional and the envelope untouched. Only the holder may. Refuses with
// ErrUnknown, ErrHolderOnly, ErrStale, or the field motive.
func (k *Desk) Withdraw(ctx context.Context, by models.Actor, number string, version int64, motive string) error {
	return k.attempt(ctx, by, ActWithdraw, version, func(ctx context.Context, tx *models.Tx) (models.ID, error) {
		a, err := mine(ctx, tx, by, "a.number = ? AND a.number <> ''", number)
		if err == nil {
			err = a.mayWithdraw(version, motive)
		}
		if err != nil {
			return a.ID, err
		}
		err = tx.DB.Exec("UPDATE proposals SET ended_at = ? WHERE application_id = ? AND ended_at IS NULL", tx.Now, a.ID).Error
		if err != nil {
			return a.ID, fmt.Errorf("end the proposal on application %d: %w", a.ID, err)
		}
		return a.ID, a.move(ctx, tx, by, transition{act: ActWithdraw, to: Withdrawn, role: string(a.Role), reason: motive})
	})
}

func (a ofTeam) mayWithdraw(version int64, motive string) error {
	switch {
	case a.Role != Holder:
		return ErrHolderOnly
	case !a.State.Undecided() || a.Version != version:
		return ErrStale
	}
	p := models.Problems{}
	p.Text(motive, "motive", 0, maxMotive)
	return p.Err()
}
