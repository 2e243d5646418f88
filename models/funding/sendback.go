package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// SendBack returns a proposal to the reviewer (T9), with a reason. Refuses with
// ErrUnknown, ErrRole, ErrInterest, ErrStale, or the field motive.
func (k *Desk) SendBack(ctx context.Context, by models.Actor, d Decision) error {
	return k.attempt(ctx, by, ActSendBack, d.Version, func(ctx context.Context, tx *models.Tx) (models.ID, error) {
		a, err := find(ctx, tx, by, d.Number)
		if err == nil {
			err = a.maySendBack(d)
		}
		if err == nil {
			err = a.endProposal(ctx, tx)
		}
		if err != nil {
			return a.ID, err
		}
		return a.ID, a.move(ctx, tx, by, transition{
			act: ActSendBack, to: InReview, role: string(models.Decider), set: map[string]any{"proposed_cents": 0},
			submission: a.SubmissionHash, reason: d.Motive,
		})
	})
}

func (a onDesk) maySendBack(d Decision) error {
	switch {
	case !a.Decider:
		return ErrRole
	case a.Interested:
		return ErrInterest
	case a.State != InDecision || a.Version != d.Version:
		return ErrStale
	}
	p := models.Problems{}
	p.Text(d.Motive, "motive", 1, maxMotive)
	return p.Err()
}

// endProposal ends the proposal that waits for a decision, if there is one.
func (a onDesk) endProposal(ctx context.Context, tx *models.Tx) error {
	err := tx.DB.WithContext(ctx).Exec("UPDATE proposals SET ended_at = ? WHERE application_id = ? AND ended_at IS NULL", tx.Now, a.ID).Error
	if err != nil {
		return fmt.Errorf("end the proposal on application %d: %w", a.ID, err)
	}
	return nil
}
