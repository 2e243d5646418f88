package funding

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// Invited is what the page of an invitation shows to whoever opens it.
type Invited struct {
	ID        models.ID   `gorm:"column:id"`
	Draft     models.ID   `gorm:"column:application_id"`
	Role      TeamRole    `gorm:"column:role"`
	Inviter   string      `gorm:"column:inviter"`
	Call      string      `gorm:"column:call"`
	Title     string      `gorm:"column:title"`
	ExpiresAt models.Time `gorm:"column:expires_at"`
	ForMe     bool        `gorm:"column:for_me"` // the address is that of whoever looks
}

// Invited reads the invitation that a token opens; ErrInvitation when it opens
// none, or no longer. It uses nothing up.
func (k *Desk) Invited(ctx context.Context, by models.Actor, token string) (i Invited, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		i, err = invited(ctx, tx, by, token)
		return err
	})
	return i, err
}

func invited(ctx context.Context, tx *models.Tx, by models.Actor, token string) (Invited, error) {
	var i Invited
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT i.id, i.application_id, i.role, b.name AS inviter, c.title AS call, a.title, i.expires_at,
		       EXISTS (SELECT 1 FROM accounts me WHERE me.id = ? AND me.email = i.email AND me.confirmed_at IS NOT NULL) AS for_me
		  FROM invitations i
		  JOIN applications a ON a.id = i.application_id
		  JOIN calls c ON c.id = a.call_id
		  JOIN accounts b ON b.id = i.invited_by
		 WHERE i.token_hash = ? AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ?`,
		by.ID, hashToken(token), tx.Now).Take(&i).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Invited{}, ErrInvitation
	}
	if err != nil {
		return Invited{}, fmt.Errorf("read an invitation: %w", err)
	}
	return i, nil
}

// Accept joins the draft that an invitation opens, once, by the very address
// that was invited, and makes its reader a member of the organisation. Refuses
// with ErrInvitation, ErrOtherAddress.
func (k *Desk) Accept(ctx context.Context, by models.Actor, token string) (draft models.ID, err error) {
	err = k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		i, err := invited(ctx, tx, by, token)
		if err != nil {
			return err
		}
		if !i.ForMe {
			return ErrOtherAddress
		}
		draft = i.Draft
		db := tx.DB.WithContext(ctx)
		err = db.Exec("UPDATE invitations SET accepted_by = ?, accepted_at = ?, email = '', token_hash = NULL WHERE id = ?", by.ID, tx.Now, i.ID).Error
		if err == nil {
			err = db.Exec("INSERT INTO application_members (application_id, account_id, role, joined_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
				i.Draft, by.ID, i.Role, tx.Now).Error
		}
		if err == nil {
			err = attach(ctx, tx, i.Draft)
		}
		if err != nil {
			return fmt.Errorf("accept an invitation: %w", err)
		}
		return tx.Record(ctx, by, "invitation.accepted", i.ID, models.About{"draft": i.Draft})
	})
	return draft, err
}
