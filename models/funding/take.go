package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Take begins the review of a submitted application (T4) and assigns it to
// whoever takes it. Refuses with ErrUnknown, ErrRole, ErrInterest, ErrStale.
func (k *Desk) Take(ctx context.Context, by models.Actor, number string, version int64) error {
	return k.attempt(ctx, by, ActTake, version, func(ctx context.Context, tx *models.Tx) (models.ID, error) {
		a, err := find(ctx, tx, by, number)
		if err == nil {
			err = a.mayTake(version)
		}
		if err != nil {
			return a.ID, err
		}
		err = tx.DB.Exec("INSERT INTO assignments (application_id, reviewer_id, assigned_by, assigned_at) VALUES (?, ?, ?, ?)",
			a.ID, by.ID, by.ID, tx.Now).Error
		if err != nil {
			return a.ID, fmt.Errorf("assign application %d: %w", a.ID, err)
		}
		return a.ID, a.move(ctx, tx, by, transition{act: ActTake, to: InReview, role: a.as(), submission: a.SubmissionHash})
	})
}

func (a onDesk) mayTake(version int64) error {
	switch {
	case !a.Reviewer && !a.Lead:
		return ErrRole
	case a.Interested:
		return ErrInterest
	case a.State != Submitted || a.Version != version:
		return ErrStale
	}
	return nil
}
