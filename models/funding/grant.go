package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Decision is what a decider makes of a proposal.
type Decision struct {
	Number  string
	Version int64        // of the application, as they read it
	Amount  models.Cents // for a grant
	Motive  string
}

// Grant awards d.Amount (T10) and takes it from the envelope of the call.
// Refuses with ErrUnknown, ErrRole, ErrInterest, ErrOwnProposal, ErrStale,
// ErrEnvelope, or the fields amount and motive; then nothing is written.
func (k *Desk) Grant(ctx context.Context, by models.Actor, d Decision) error {
	return k.attempt(ctx, by, ActGrant, d.Version, func(ctx context.Context, tx *models.Tx) (models.ID, error) {
		a, err := find(ctx, tx, by, d.Number)
		if err == nil {
			err = a.mayGrant(d)
		}
		if err == nil {
			err = reserve(ctx, tx, a.CallID, d.Amount)
		}
		if err == nil {
			err = a.decide(ctx, tx, by, Granted, d)
		}
		if err != nil {
			return a.ID, err
		}
		return a.ID, a.move(ctx, tx, by, transition{
			act: ActGrant, to: Granted, role: string(models.Decider), set: map[string]any{"granted_cents": d.Amount, "decided_at": tx.Now},
			amount: d.Amount, submission: a.SubmissionHash, reason: d.Motive,
		})
	})
}

func (a onDesk) mayGrant(d Decision) error {
	if err := a.mayDecide(d); err != nil {
		return err
	}
	p := models.Problems{}
	p.If(d.Amount <= 0 || d.Amount > a.Proposed, "amount", "funding.amount", a.Proposed)
	p.Text(d.Motive, "motive", 1, maxMotive)
	return p.Err()
}

// mayDecide holds what granting and refusing share: the proposal must be of
// somebody else, and of the very version that is decided on.
func (a onDesk) mayDecide(d Decision) error {
	switch {
	case !a.Decider:
		return ErrRole
	case a.Interested:
		return ErrInterest
	case a.HasProposed:
		return ErrOwnProposal
	case a.State != InDecision || a.Version != d.Version || a.ProposalVersion != a.Version || a.ProposalOf != a.SubmissionID:
		return ErrStale
	}
	return nil
}

// decide keeps a decision, with what it was decided on.
func (a onDesk) decide(ctx context.Context, tx *models.Tx, by models.Actor, outcome State, d Decision) error {
	amount := d.Amount
	if outcome != Granted {
		amount = 0
	}
	err := tx.DB.WithContext(ctx).Exec(`
		INSERT INTO decisions (application_id, submission_id, proposal_id, version, outcome, amount_cents, motive, decided_by, decided_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.SubmissionID, a.ProposalID, a.Version, outcome, amount, d.Motive, by.ID, tx.Now).Error
	if err != nil {
		return fmt.Errorf("keep the decision on application %d: %w", a.ID, err)
	}
	return a.endProposal(ctx, tx)
}

// reserve compares and adds at once: two deciders can't take the last euro.
func reserve(ctx context.Context, tx *models.Tx, call models.ID, amount models.Cents) error {
	done := tx.DB.WithContext(ctx).Exec(
		"UPDATE envelopes SET committed_cents = committed_cents + ? WHERE call_id = ? AND committed_cents + ? <= total_cents", amount, call, amount)
	if done.Error != nil {
		return fmt.Errorf("reserve from call %d: %w", call, done.Error)
	}
	if done.RowsAffected > 0 {
		return nil
	}
	var left models.Cents
	err := tx.DB.WithContext(ctx).Raw("SELECT total_cents - committed_cents FROM envelopes WHERE call_id = ?", call).Scan(&left).Error
	if err != nil {
		return fmt.Errorf("read the envelope of call %d: %w", call, err)
	}
	return ErrEnvelope.With(left)
}
