package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// DropCode is why an application is dropped without a decision on its worth.
type DropCode string

// The codes of T12.
const (
	Inadmissible DropCode = "inadmissible" // irrecevable
	Duplicate    DropCode = "duplicate"    // doublon
	Redirected   DropCode = "redirected"   // réorienté: RedirectedTo names the other call
	NotComplete  DropCode = "incomplete"   // incomplet
)

// DropCodes are all, in the order of the form.
var DropCodes = []DropCode{Inadmissible, Duplicate, Redirected, NotComplete}

// Drop says which application is dropped, and why.
type Drop struct {
	Number       string
	Version      int64
	Code         DropCode
	RedirectedTo string
	Motive       string
}

// Drop closes an application without a decision on its worth (T12). Refuses
// with ErrUnknown, ErrRole, ErrInterest, ErrStale, or the fields code,
// redirected_to and motive.
func (k *Desk) Drop(ctx context.Context, by models.Actor, d Drop) error {
	return k.attempt(ctx, by, ActDrop, d.Version, func(ctx context.Context, tx *models.Tx) (models.ID, error) {
		a, err := find(ctx, tx, by, d.Number)
		if err == nil {
			err = a.mayDrop(d)
		}
		if err != nil {
			return a.ID, err
		}
		err = tx.DB.Exec(`
			INSERT INTO decisions (application_id, submission_id, version, outcome, code, redirected_to, motive, decided_by, decided_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.ID, a.SubmissionID, a.Version, Dropped, d.Code, d.RedirectedTo, d.Motive, by.ID, tx.Now).Error
		if err != nil {
			return a.ID, fmt.Errorf("keep the dropping of application %d: %w", a.ID, err)
		}
		reason := d.Motive
		if d.Code == Redirected {
			reason = d.RedirectedTo + "\n\n" + d.Motive
		}
		return a.ID, a.move(ctx, tx, by, transition{
			act: ActDrop, to: Dropped, role: string(models.LeadReviewer), set: map[string]any{"decided_at": tx.Now},
			submission: a.SubmissionHash, code: string(d.Code), reason: reason,
		})
	})
}

func (a onDesk) mayDrop(d Drop) error {
	switch {
	case !a.Lead:
		return ErrRole
	case a.Interested:
		return ErrInterest
	case a.State != Submitted && a.State != InReview && a.State != ToComplete || a.Version != d.Version:
		return ErrStale
	}
	p := models.Problems{}
	choice(&p, d.Code, "code", true, DropCodes)
	text(&p, d.RedirectedTo, "redirected_to", d.Code == Redirected, 200)
	p.If(d.Code != Redirected && d.RedirectedTo != "", "redirected_to", "funding.redirected_only")
	p.Text(d.Motive, "motive", 1, maxMotive)
	return p.Err()
}
