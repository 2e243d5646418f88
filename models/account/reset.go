package account

import (
	"context"
	"errors"

	"passerelle/models"
)

// RequestReset asks for a link to choose a new password. Where the address has
// no account, the same is written and nothing is sent; who asks can't tell.
// Refuses the field email.
func (a *Accounts) RequestReset(ctx context.Context, typed string) error {
	p := models.Problems{}
	email := checkEmail(&p, typed, "email")
	if err := p.Err(); err != nil {
		return err
	}
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		who, err := a.byEmail(ctx, tx, email)
		if err != nil && !errors.Is(err, ErrUnknown) {
			return err
		}
		return tx.Record(ctx, models.Actor{}, "account.reset_asked", who.ID, about(who.ID))
	})
}

// Reset uses up the link mailed for it to give an account a new password. It
// ends every session, and proves the address, since the link went there.
// Refuses with ErrToken, ErrTokenUsed, ErrBusy, or the field password.
func (a *Accounts) Reset(ctx context.Context, secret, password string) error {
	link, err := a.Look(ctx, secret, ToReset)
	if err != nil {
		return err
	}
	p := models.Problems{}
	checkPassword(&p, password, link.Name, link.Email)
	if err := p.Err(); err != nil {
		return err
	}
	hash, err := a.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		_, who, err := spend(ctx, tx, secret, ToReset)
		if err != nil {
			return err
		}
		if err := changePassword(ctx, tx, models.Actor{ID: who.ID}, who, hash); err != nil {
			return err
		}
		if who.Confirmed() {
			return nil
		}
		return prove(ctx, tx, who)
	})
}

// changePassword keeps a new hash, ends the links that were mailed for another
// one, and every session: whoever knew the old password is out.
func changePassword(ctx context.Context, tx *models.Tx, by models.Actor, who Account, hash string) error {
	// A move to another address ends too: whoever is being locked out may have asked for it.
	if err := set(ctx, tx, who.ID, map[string]any{"password_hash": hash, "new_email": ""}); err != nil {
		return err
	}
	if err := endTokens(ctx, tx, who.ID, ToReset, ToMove); err != nil {
		return err
	}
	if err := closeSessions(ctx, tx, by, who.ID, 0); err != nil {
		return err
	}
	return tx.Record(ctx, by, "account.password_changed", who.ID, about(who.ID))
}
