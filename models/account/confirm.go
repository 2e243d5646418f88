package account

import (
	"context"

	"passerelle/models"
)

// ErrAddressTaken says that a new address became somebody else's meanwhile.
var ErrAddressTaken = models.Refuse(models.Conflict, "account.address_taken")

// Confirm uses up the link mailed to the address of a new account, or to the
// new address of an account, and tells which. From then on the address is
// proved; a verified public domain marks the person as an agent. Refuses with
// ErrToken, ErrTokenUsed, ErrAddressTaken.
func (a *Accounts) Confirm(ctx context.Context, secret string) (Purpose, error) {
	var purpose Purpose
	err := a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		t, who, err := spend(ctx, tx, secret, ToConfirm, ToMove)
		if err != nil {
			return err
		}
		purpose = t.Purpose
		if t.Purpose == ToMove {
			return move(ctx, tx, who)
		}
		if who.Confirmed() {
			return nil // a reset proved the address already
		}
		return prove(ctx, tx, who)
	})
	return purpose, err
}

// prove notes that the address of an account is its person's.
func prove(ctx context.Context, tx *models.Tx, who Account) error {
	err := set(ctx, tx, who.ID, map[string]any{"confirmed_at": tx.Now, "agent": publicAgent(who.Email), "back": ""})
	if err != nil {
		return err
	}
	return tx.Record(ctx, models.Actor{ID: who.ID}, "account.confirmed", who.ID, about(who.ID))
}

// move gives an account the address that it asked for. Links in the old
// mailbox end: whoever still reads it has no say any more.
func move(ctx context.Context, tx *models.Tx, who Account) error {
	taken, err := EmailTaken(ctx, tx, who.NewEmail)
	if err != nil {
		return err
	}
	if taken {
		return ErrAddressTaken
	}
	if err := endTokens(ctx, tx, who.ID, ToConfirm, ToReset); err != nil {
		return err
	}
	confirmed := who.ConfirmedAt
	if confirmed.IsZero() {
		confirmed = tx.Now
	}
	err = set(ctx, tx, who.ID, map[string]any{
		"email": who.NewEmail, "new_email": "", "agent": publicAgent(who.NewEmail), "confirmed_at": confirmed,
	})
	if err != nil {
		return err
	}
	return tx.Record(ctx, models.Actor{ID: who.ID}, "account.address_changed", who.ID, about(who.ID))
}
