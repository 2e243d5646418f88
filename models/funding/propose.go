package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Proposal is what a reviewer asks the decider to grant, and why.
type Proposal struct {
	Number  string
	Version int64 // of the application, as they read it
	Amount  models.Cents
	Motive  string
}

// Propose hands an application to the deciders (T8) with an amount; it pins
// the submission and the version. Refuses with ErrUnknown, ErrRole,
// ErrNotAssigned, ErrInterest, ErrStale, or the fields amount and motive.
func (k *Desk) Propose(ctx context.Context, by models.Actor, q Proposal) error {
	return k.attempt(ctx, by, ActPropose, q.Version, func(ctx context.Context, tx *models.Tx) (models.ID, error) {
		a, err := find(ctx, tx, by, q.Number)
		if err == nil {
			err = a.mayPropose(q)
		}
		if err != nil {
			return a.ID, err
		}
		err = a.move(ctx, tx, by, transition{
			act: ActPropose, to: InDecision, role: a.as(), set: map[string]any{"proposed_cents": q.Amount},
			amount: q.Amount, submission: a.SubmissionHash, reason: q.Motive,
		})
		if err != nil {
			return a.ID, err
		}
		err = tx.DB.Exec(`INSERT INTO proposals (application_id, submission_id, version, amount_cents, motive, proposed_by, proposed_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, a.ID, a.SubmissionID, a.Version, q.Amount, q.Motive, by.ID, tx.Now).Error
		if err != nil {
			return a.ID, fmt.Errorf("keep the proposal on application %d: %w", a.ID, err)
		}
		return a.ID, nil
	})
}

func (a onDesk) mayPropose(q Proposal) error {
	switch {
	case !a.Reviewer && !a.Lead:
		return ErrRole
	case a.Interested:
		return ErrInterest
	case a.State != InReview || a.Version != q.Version:
		return ErrStale
	case !a.Assigned && !a.Lead:
		return ErrNotAssigned
	}
	p := models.Problems{}
	most := min(a.Requested, a.CallCap)
	p.If(q.Amount <= 0 || q.Amount > most, "amount", "funding.amount", most)
	p.Text(q.Motive, "motive", 1, maxMotive)
	return p.Err()
}

// maxMotive is the length of a motive, in characters.
const maxMotive = 4000
