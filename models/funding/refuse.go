package funding

import (
	"context"

	"passerelle/models"
)

// Refuse turns an application down (T11) with a motive that the applicant
// reads. Refuses with ErrUnknown, ErrRole, ErrInterest, ErrOwnProposal,
// ErrStale, or the field motive.
func (k *Desk) Refuse(ctx context.Context, by models.Actor, d Decision) error {
	return k.attempt(ctx, by, ActRefuse, d.Version, func(ctx context.Context, tx *models.Tx) (models.ID, error) {
		a, err := find(ctx, tx, by, d.Number)
		if err == nil {
			err = a.mayRefuse(d)
		}
		if err == nil {
			err = a.decide(ctx, tx, by, Refused, d)
		}
		if err != nil {
			return a.ID, err
		}
		return a.ID, a.move(ctx, tx, by, transition{
			act: ActRefuse, to: Refused, role: string(models.Decider), set: map[string]any{"decided_at": tx.Now},
			submission: a.SubmissionHash, reason: d.Motive,
		})
	})
}

func (a onDesk) mayRefuse(d Decision) error {
	if err := a.mayDecide(d); err != nil {
		return err
	}
	p := models.Problems{}
	p.Text(d.Motive, "motive", 1, maxMotive)
	return p.Err()
}
