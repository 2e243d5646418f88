package account

import (
	"context"

	"passerelle/models"
)

// NewAddress is what a person types to change their address.
type NewAddress struct {
	Current string // password
	Email   string
}

// RequestAddress asks for a link to a new address, which becomes the account's
// when its button is pressed ([Accounts.Confirm]); until then the old one
// stands. Where the new one has an account already, its person is told by
// mail; who asks can't tell. Refuses the fields email and current, and ErrBusy.
func (a *Accounts) RequestAddress(ctx context.Context, by models.Actor, n NewAddress) error {
	me, err := a.Me(ctx, by)
	if err != nil {
		return err
	}
	p := models.Problems{}
	email := checkEmail(&p, n.Email, "email")
	p.If(email == me.Email, "email", "account.same_email")
	if err := a.checkCurrent(ctx, &p, me, n.Current); err != nil {
		return err
	}
	if err := p.Err(); err != nil {
		return err
	}
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := unchanged(ctx, tx, me); err != nil {
			return err
		}
		if err := endTokens(ctx, tx, me.ID, ToMove); err != nil {
			return err
		}
		if err := set(ctx, tx, me.ID, map[string]any{"new_email": email}); err != nil {
			return err
		}
		return tx.Record(ctx, by, "account.address_asked", me.ID, about(me.ID))
	})
}
