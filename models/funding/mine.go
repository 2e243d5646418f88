package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Own is an application as a list of one's own shows it.
type Own struct {
	ID           models.ID    `gorm:"column:id"`
	Number       string       `gorm:"column:number"`
	State        State        `gorm:"column:state"`
	Title        string       `gorm:"column:title"`
	Role         TeamRole     `gorm:"column:role"`
	Organisation string       `gorm:"column:organisation"`
	CallTitle    string       `gorm:"column:call_title"`
	Requested    models.Cents `gorm:"column:requested_cents"`
	Granted      models.Cents `gorm:"column:granted_cents"`
	UpdatedAt    models.Time  `gorm:"column:updated_at"`
	SubmittedAt  models.Time  `gorm:"column:submitted_at"`
	ClosesAt     models.Time  `gorm:"column:ends_at"` // of the call
}

// maxOwn bounds the list of one's own applications.
const maxOwn = 200

// Mine lists the applications of whose team somebody is, the latest first.
func (k *Desk) Mine(ctx context.Context, by models.Actor) (list []Own, err error) {
	if by.ID <= 0 {
		return nil, models.ErrLogIn
	}
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.Raw(`
			SELECT a.id, a.number, a.state, a.title, m.role, a.body_name AS organisation, c.title AS call_title,
			       a.requested_cents, a.granted_cents, a.updated_at, a.submitted_at,
			       min(c.closes_at, coalesce(c.closed_early_at, c.closes_at)) AS ends_at
			  FROM application_members m
			  JOIN applications a ON a.id = m.application_id
			  JOIN calls c ON c.id = a.call_id
			 WHERE m.account_id = ?
			 ORDER BY a.state = 'draft' DESC, a.updated_at DESC, a.id DESC LIMIT ?`, by.ID, maxOwn).Find(&list).Error
		if err != nil {
			return fmt.Errorf("read one's own applications: %w", err)
		}
		return nil
	})
	return list, err
}

// Known is a draft of one's organisation that somebody else began.
type Known struct {
	Title        string      `gorm:"column:title"`
	Holder       string      `gorm:"column:holder"`
	Organisation string      `gorm:"column:organisation"`
	UpdatedAt    models.Time `gorm:"column:updated_at"`
}

// Elsewhere lists the drafts under a call that colleagues of one's organisation
// hold, so that nobody begins the same twice. Only a verified member sees
// them; who declared to belong to it sees none.
func (k *Desk) Elsewhere(ctx context.Context, by models.Actor, call string) (list []Known, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.Raw(`
			SELECT a.title, h.name AS holder, a.body_name AS organisation, a.updated_at
			  FROM memberships m
			  JOIN applications a ON a.organisation_id = m.organisation_id AND a.state = 'draft'
			  JOIN calls c ON c.id = a.call_id AND c.slug = ?
			  JOIN accounts h ON h.id = a.holder_id
			 WHERE m.account_id = ? AND m.verified = 1
			   AND NOT EXISTS (SELECT 1 FROM application_members t WHERE t.application_id = a.id AND t.account_id = m.account_id)
			 ORDER BY a.updated_at DESC LIMIT 20`, call, by.ID).Find(&list).Error
		if err != nil {
			return fmt.Errorf("read the drafts of one's organisation: %w", err)
		}
		return nil
	})
	return list, err
}
