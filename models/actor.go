package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
)

// Actor says who acts, and nothing more: what they may do is read inside the
// transaction of the act. The zero Actor is a visitor.
type Actor struct{ ID ID }

// System acts for the program itself: seeding, imports, passing of time.
var System = Actor{ID: -1}

// Role is a right granted by an administrator, or by `passerelle user`.
type Role string

// The granted roles. LabEditor is of a lab; Reviewer to Auditor are each of a
// call; Moderator and Administrator are of the whole portal. An administrator
// reads no application.
const (
	LabEditor     Role = "lab_editor"
	Reviewer      Role = "reviewer"
	LeadReviewer  Role = "lead_reviewer"
	Expert        Role = "expert"
	Decider       Role = "decider"
	Finance       Role = "finance"
	Auditor       Role = "auditor"
	Moderator     Role = "moderator"
	Administrator Role = "administrator"
)

// What an act may refuse before it looks at anything else.
var (
	ErrLogIn       = Refuse(LogIn, "account.log_in")
	ErrUnconfirmed = Refuse(Forbidden, "account.unconfirmed")
	ErrNotYours    = Refuse(Forbidden, "account.not_yours")
)

// MayWrite refuses whoever is not logged in (ErrLogIn) or has not confirmed
// their address (ErrUnconfirmed). The system may always write.
func (tx *Tx) MayWrite(ctx context.Context, by Actor) error {
	if by == System {
		return nil
	}
	if by.ID <= 0 {
		return ErrLogIn
	}
	var row struct {
		ConfirmedAt Time `gorm:"column:confirmed_at"`
		DeletedAt   Time `gorm:"column:deleted_at"`
	}
	err := tx.DB.WithContext(ctx).Raw("SELECT confirmed_at, deleted_at FROM accounts WHERE id = ?", by.ID).Take(&row).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound) || !row.DeletedAt.IsZero():
		return ErrLogIn
	case err != nil:
		return fmt.Errorf("read the account of the actor: %w", err)
	case row.ConfirmedAt.IsZero():
		return ErrUnconfirmed
	}
	return nil
}

// Holds tells whether by was granted a role on scope (a lab or a call; zero
// for the roles of the whole portal). The system holds every role.
func (tx *Tx) Holds(ctx context.Context, by Actor, role Role, scope ID) (bool, error) {
	if by == System {
		return true, nil
	}
	if by.ID <= 0 {
		return false, nil
	}
	var n int64
	err := tx.DB.WithContext(ctx).Raw(
		"SELECT count(*) FROM roles WHERE account_id = ? AND role = ? AND scope_id = ?", by.ID, role, scope).Scan(&n).Error
	if err != nil {
		return false, fmt.Errorf("read the roles of the actor: %w", err)
	}
	return n > 0, nil
}
