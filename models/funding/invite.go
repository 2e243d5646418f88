package funding

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"passerelle/models"
)

// invitationLife is how long an invitation waits.
const invitationLife = 7 * 24 * time.Hour

// maxInvited bounds the mails that one draft may cause in a day.
const maxInvited = 20

// Invitation is a colleague asked to join a draft.
type Invitation struct {
	ID        models.ID   `gorm:"column:id"`
	Email     string      `gorm:"column:email"`
	Role      TeamRole    `gorm:"column:role"`
	CreatedAt models.Time `gorm:"column:created_at"`
	ExpiresAt models.Time `gorm:"column:expires_at"`
}

// Invite asks a colleague to join a draft as co-holder or reader; the mail is
// made by a job. Only the holder may. Refuses with ErrUnknown, ErrHolderOnly,
// ErrSubmitted, ErrManyInvited, or the fields email and role.
func (k *Desk) Invite(ctx context.Context, by models.Actor, draft models.ID, email string, role TeamRole) error {
	email, valid := models.ParseEmail(email) // written as accounts write theirs
	return k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		a, err := mine(ctx, tx, by, "a.id = ?", draft)
		if err == nil {
			err = a.mayInvite()
		}
		if err == nil {
			err = checkInvitation(ctx, tx, draft, email, valid, role)
		}
		if err != nil {
			return err
		}
		// One that expired gives way to the new one.
		db := tx.DB.WithContext(ctx)
		err = db.Exec(`UPDATE invitations SET revoked_at = ?, email = ''
			WHERE application_id = ? AND email = ? AND accepted_at IS NULL AND revoked_at IS NULL`, tx.Now, draft, email).Error
		var id models.ID
		if err == nil {
			err = db.Raw(`INSERT INTO invitations (application_id, email, role, invited_by, created_at, expires_at)
				VALUES (?, ?, ?, ?, ?, ?) RETURNING id`, draft, email, role, by.ID, tx.Now, models.At(tx.Now.Add(invitationLife))).Scan(&id).Error
		}
		if err != nil {
			return fmt.Errorf("write an invitation: %w", err)
		}
		return tx.Record(ctx, by, "invitation.created", id, models.About{"draft": draft})
	})
}

func (a ofTeam) mayInvite() error {
	switch {
	case a.Role != Holder:
		return ErrHolderOnly
	case a.State != DraftState:
		return ErrSubmitted
	}
	return nil
}

func checkInvitation(ctx context.Context, tx *models.Tx, draft models.ID, email string, valid bool, role TeamRole) error {
	p := models.Problems{}
	p.If(!valid, "email", "funding.email")
	choice(&p, role, "role", true, []TeamRole{CoHolder, Reader})
	if err := p.Err(); err != nil {
		return err
	}
	var n struct{ Today, Waiting, Members int64 }
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT (SELECT count(*) FROM invitations WHERE application_id = @draft AND created_at > @since) AS today,
		       (SELECT count(*) FROM invitations WHERE application_id = @draft AND email = @email
		           AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > @now) AS waiting,
		       (SELECT count(*) FROM application_members m JOIN accounts a ON a.id = m.account_id
		         WHERE m.application_id = @draft AND a.email = @email) AS members`,
		map[string]any{"draft": draft, "email": email, "now": tx.Now, "since": models.At(tx.Now.Add(-24 * time.Hour))}).Take(&n).Error
	if err != nil {
		return fmt.Errorf("count invitations: %w", err)
	}
	p.If(n.Waiting > 0, "email", "funding.invited_already")
	p.If(n.Members > 0, "email", "funding.member_already")
	if err := p.Err(); err != nil {
		return err
	}
	if n.Today >= maxInvited {
		return ErrManyInvited
	}
	return nil
}

// Revoke takes an invitation back; only the holder may. Refuses with
// ErrInvitation, ErrHolderOnly.
func (k *Desk) Revoke(ctx context.Context, by models.Actor, invitation models.ID) error {
	return k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		var draft models.ID
		err := tx.DB.WithContext(ctx).Raw(`SELECT application_id FROM invitations
			WHERE id = ? AND accepted_at IS NULL AND revoked_at IS NULL`, invitation).Scan(&draft).Error
		if err != nil {
			return fmt.Errorf("read an invitation: %w", err)
		}
		a, err := mine(ctx, tx, by, "a.id = ?", draft)
		if errors.Is(err, ErrUnknown) {
			return ErrInvitation // used, revoked, or of somebody else's draft
		}
		if err != nil {
			return err
		}
		if a.Role != Holder {
			return ErrHolderOnly
		}
		err = tx.DB.WithContext(ctx).Exec("UPDATE invitations SET revoked_at = ?, email = '', token_hash = NULL WHERE id = ?", tx.Now, invitation).Error
		if err != nil {
			return fmt.Errorf("revoke an invitation: %w", err)
		}
		return tx.Record(ctx, by, "invitation.revoked", invitation, models.About{"draft": draft})
	})
}

// waiting are the invitations of a draft that were neither used nor revoked.
func waiting(ctx context.Context, tx *models.Tx, draft models.ID) (list []Invitation, err error) {
	err = tx.DB.WithContext(ctx).Raw(`SELECT id, email, role, created_at, expires_at FROM invitations
		WHERE application_id = ? AND accepted_at IS NULL AND revoked_at IS NULL ORDER BY id`, draft).Find(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read the invitations of draft %d: %w", draft, err)
	}
	return list, nil
}

// InvitationMail is what the mail of an invitation says.
type InvitationMail struct {
	Token     string      `gorm:"-"`
	Email     string      `gorm:"column:email"`
	Inviter   string      `gorm:"column:inviter"`
	Call      string      `gorm:"column:call"`  // title
	Title     string      `gorm:"column:title"` // of the project, perhaps still empty
	Role      TeamRole    `gorm:"column:role"`
	ExpiresAt models.Time `gorm:"column:expires_at"`
}

// IssueInvitation makes the token of an invitation, of which only the hash is
// kept, in the transaction that writes its mail. ErrInvitation when it was
// used, revoked or erased meanwhile: then there is nothing to send.
func IssueInvitation(ctx context.Context, tx *models.Tx, id models.ID) (InvitationMail, error) {
	var m InvitationMail
	db := tx.DB.WithContext(ctx)
	err := db.Raw(`
		SELECT i.email, b.name AS inviter, c.title AS call, a.title, i.role, i.expires_at
		  FROM invitations i
		  JOIN applications a ON a.id = i.application_id
		  JOIN calls c ON c.id = a.call_id
		  JOIN accounts b ON b.id = i.invited_by
		 WHERE i.id = ? AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ?`, id, tx.Now).Take(&m).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return InvitationMail{}, ErrInvitation
	}
	if err != nil {
		return InvitationMail{}, fmt.Errorf("read an invitation: %w", err)
	}
	var secret [32]byte
	rand.Read(secret[:])
	m.Token = base64.RawURLEncoding.EncodeToString(secret[:])
	if err := db.Exec("UPDATE invitations SET token_hash = ? WHERE id = ?", hashToken(m.Token), id).Error; err != nil {
		return InvitationMail{}, fmt.Errorf("keep the hash of an invitation: %w", err)
	}
	return m, nil
}

func hashToken(token string) []byte {
	hash := sha256.Sum256([]byte(token))
	return hash[:]
}
