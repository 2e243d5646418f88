package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Waiting is the proposal that waits for a decision.
type Waiting struct {
	Amount     models.Cents `gorm:"column:amount_cents"`
	Motive     string       `gorm:"column:motive"`
	By         models.ID    `gorm:"column:proposed_by"`
	Name       string       `gorm:"column:name"`
	ProposedAt models.Time  `gorm:"column:proposed_at"`
}

// May says which acts somebody may do on an application as it stands.
type May struct {
	Take, Propose, SendBack, Grant, Refuse, Drop, Verify bool
}

// Any tells whether there is something to do.
func (m May) Any() bool { return m != May{} }

// Reviewed is an application as the desk sees it.
type Reviewed struct {
	Application Application
	Call        Call
	Interested  bool       // belongs to the applicant: sees no content, does no act
	HasProposed bool       // and therefore decides nothing here
	Membership  Membership // of the holder
	Checks      []MembershipCheck
	Holder      string
	Reviewers   []string
	Receipt     Receipt
	Content     Frozen
	Events      []Happened
	Proposal    *Waiting
	Money       Money
	May         May
	Most        models.Cents // that may be proposed
}

// Review reads an application for somebody of the desk. Whoever belongs to the
// applicant learns that it is there and why they may not handle it, nothing
// else. Refuses with ErrUnknown.
func (k *Desk) Review(ctx context.Context, by models.Actor, number string) (r Reviewed, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		a, err := find(ctx, tx, by, number)
		if err != nil {
			return err
		}
		r.Application, r.Interested, r.HasProposed, r.May = a.Application, a.Interested, a.HasProposed, a.may()
		r.Most = min(a.Requested, a.CallCap)
		if r.Call, err = callBy(ctx, tx, "c.id = ?", a.CallID); err != nil {
			return err
		}
		if a.Interested {
			return nil
		}
		return r.fill(ctx, tx)
	})
	return r, err
}

// may tries each guard with a form that nothing is wrong with.
func (a onDesk) may() May {
	d := Decision{Version: a.Version, Amount: a.Proposed, Motive: "-"}
	return May{
		Take:     a.mayTake(a.Version) == nil,
		Propose:  a.mayPropose(Proposal{Version: a.Version, Amount: 1, Motive: "-"}) == nil,
		SendBack: a.maySendBack(d) == nil,
		Grant:    a.mayGrant(d) == nil,
		Refuse:   a.mayRefuse(d) == nil,
		Drop:     a.mayDrop(Drop{Version: a.Version, Code: NotComplete, Motive: "-"}) == nil,
		Verify:   a.mayVerify("-") == nil,
	}
}

func (r *Reviewed) fill(ctx context.Context, tx *models.Tx) (err error) {
	a := r.Application
	if r.Receipt, r.Content, err = submitted(ctx, tx, a.ID); err != nil {
		return err
	}
	if r.Events, err = history(ctx, tx, a.ID); err != nil {
		return err
	}
	db := tx.DB.WithContext(ctx)
	var proposals []Waiting
	err = db.Raw(`SELECT p.amount_cents, p.motive, p.proposed_by, b.name, p.proposed_at FROM proposals p JOIN accounts b ON b.id = p.proposed_by
		WHERE p.application_id = ? AND p.ended_at IS NULL`, a.ID).Find(&proposals).Error
	if err == nil && len(proposals) > 0 {
		r.Proposal = &proposals[0]
	}
	if err == nil {
		err = db.Raw(`SELECT b.name FROM assignments s JOIN accounts b ON b.id = s.reviewer_id
			WHERE s.application_id = ? ORDER BY s.assigned_at`, a.ID).Find(&r.Reviewers).Error
	}
	if err == nil {
		err = db.Raw("SELECT name FROM accounts WHERE id = ?", a.HolderID).Scan(&r.Holder).Error
	}
	if err == nil {
		r.Membership, err = membershipOf(ctx, tx, a)
	}
	if err == nil {
		r.Checks, err = checksOf(ctx, tx, a.ID)
	}
	if err == nil {
		err = db.Raw("SELECT "+moneyColumns+" FROM calls c LEFT JOIN envelopes v ON v.call_id = c.id WHERE c.id = ?", a.CallID).Take(&r.Money).Error
	}
	if err != nil {
		return fmt.Errorf("read what surrounds application %d: %w", a.ID, err)
	}
	return nil
}
