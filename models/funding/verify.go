package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Membership is how the holder of an application belongs to its organisation.
type Membership struct {
	Way      string      `gorm:"column:way"` // granted, invited, declared; empty once the account is gone
	Verified bool        `gorm:"column:verified"`
	Since    models.Time `gorm:"column:created_at"`
	Domain   string      `gorm:"column:domain"` // of the holder's address
}

// MembershipCheck is one check of a membership, as it was noted.
type MembershipCheck struct {
	Note string      `gorm:"column:note"` // how it was checked
	Name string      `gorm:"column:name"` // of whoever checked
	At   models.Time `gorm:"column:checked_at"`
}

// maxNote is the length of the note of a check, in characters.
const maxNote = 1000

// Verify notes that the holder of an application belongs to its organisation,
// and how that was checked. It is for whoever reviews the application, or a lead
// reviewer. Refuses with ErrUnknown, ErrRole, ErrInterest, ErrNotAssigned,
// ErrNothingToVerify, or the field note.
func (k *Desk) Verify(ctx context.Context, by models.Actor, number, note string) error {
	return k.attempt(ctx, by, ActVerify, 0, func(ctx context.Context, tx *models.Tx) (models.ID, error) {
		a, err := find(ctx, tx, by, number)
		if err == nil {
			err = a.mayVerify(note)
		}
		if err != nil {
			return a.ID, err
		}
		db := tx.DB.WithContext(ctx)
		err = db.Exec("UPDATE memberships SET verified = 1 WHERE account_id = ? AND organisation_id = ?", a.HolderID, a.OrganisationID).Error
		if err == nil {
			err = db.Exec(`INSERT INTO membership_checks (application_id, account_id, organisation_id, note, checked_by, checked_at)
				VALUES (?, ?, ?, ?, ?, ?)`, a.ID, a.HolderID, a.OrganisationID, note, by.ID, tx.Now).Error
		}
		if err != nil {
			return a.ID, fmt.Errorf("verify the membership of application %d: %w", a.ID, err)
		}
		return a.ID, tx.Record(ctx, by, "membership.verified", a.OrganisationID, models.About{"account": a.HolderID, "application": a.ID})
	})
}

func (a onDesk) mayVerify(note string) error {
	switch {
	case !a.Reviewer && !a.Lead:
		return ErrRole
	case a.Interested:
		return ErrInterest
	case !a.Assigned && !a.Lead:
		return ErrNotAssigned
	case !a.State.Undecided() || !a.Declared:
		return ErrNothingToVerify
	}
	p := models.Problems{}
	p.Text(note, "note", 1, maxNote)
	return p.Err()
}

func membershipOf(ctx context.Context, tx *models.Tx, a Application) (m Membership, err error) {
	err = tx.DB.WithContext(ctx).Raw(`
		SELECT m.way, m.verified, m.created_at, substr(b.email, instr(b.email, '@') + 1) AS domain
		  FROM memberships m
		  JOIN accounts b ON b.id = m.account_id
		 WHERE m.account_id = ? AND m.organisation_id = ?`, a.HolderID, a.OrganisationID).Scan(&m).Error
	if err != nil {
		return Membership{}, fmt.Errorf("read the membership of application %d: %w", a.ID, err)
	}
	return m, nil
}

func checksOf(ctx context.Context, tx *models.Tx, application models.ID) (list []MembershipCheck, err error) {
	err = tx.DB.WithContext(ctx).Raw(`
		SELECT k.note, coalesce(b.name, '') AS name, k.checked_at
		  FROM membership_checks k
		  LEFT JOIN accounts b ON b.id = k.checked_by
		 WHERE k.application_id = ? ORDER BY k.id`, application).Find(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read the checks of application %d: %w", application, err)
	}
	return list, nil
}
