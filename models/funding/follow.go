package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Happened is an event as a timeline shows it.
type Happened struct {
	Event `gorm:"embedded"`
	Name  string `gorm:"column:name"` // of who acted; empty for the applicant, who learns the role only
}

// Followed is an application as its team follows it.
type Followed struct {
	Application Application
	Role        TeamRole
	Call        Call
	Receipt     Receipt
	Content     Frozen
	Events      []Happened
	Checks      []MembershipCheck // when, not how nor by whom
	Members     []Member
}

// Follow reads a submitted application for somebody of its team. What passed
// inside the desk (amounts proposed, reasons of a sending back, names) is left
// out. Refuses with ErrUnknown.
func (k *Desk) Follow(ctx context.Context, by models.Actor, number string) (f Followed, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		a, err := mine(ctx, tx, by, "a.number = ? AND a.number <> ''", number)
		if err != nil {
			return err
		}
		f.Application, f.Role = a.Application, a.Role
		f.Application.Proposed = 0
		if f.Call, err = callBy(ctx, tx, "c.id = ?", a.CallID); err != nil {
			return err
		}
		if f.Receipt, f.Content, err = submitted(ctx, tx, a.ID); err != nil {
			return err
		}
		if f.Members, err = members(ctx, tx, a.ID); err != nil {
			return err
		}
		if f.Events, err = history(ctx, tx, a.ID); err != nil {
			return err
		}
		f.Checks, err = checksOf(ctx, tx, a.ID)
		for i := range f.Events {
			f.Events[i].hide()
		}
		for i := range f.Checks {
			f.Checks[i].Note, f.Checks[i].Name = "", ""
		}
		return err
	})
	return f, err
}

// hide keeps the inside of the desk from the applicant.
func (h *Happened) hide() {
	h.Name, h.ActorID = "", 0
	if h.Act == ActPropose || h.Act == ActSendBack {
		h.Amount, h.Reason = 0, ""
	}
}

// submitted reads the newest submission of an application.
func submitted(ctx context.Context, tx *models.Tx, id models.ID) (Receipt, Frozen, error) {
	r, err := receiptOf(ctx, tx, id)
	if err != nil {
		return Receipt{}, Frozen{}, err
	}
	content, err := r.Frozen()
	return r, content, err
}

func history(ctx context.Context, tx *models.Tx, id models.ID) (list []Happened, err error) {
	err = tx.DB.WithContext(ctx).Raw(`SELECT `+eventColumns+`, coalesce(a.name, '') AS name
		FROM events e LEFT JOIN accounts a ON a.id = e.actor_id
		WHERE e.application_id = ? ORDER BY e.position`, id).Find(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read the events of application %d: %w", id, err)
	}
	return list, nil
}
