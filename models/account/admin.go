package account

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// HasAdministrator tells whether somebody who may log in here administers.
func (a *Accounts) HasAdministrator(ctx context.Context) (bool, error) {
	var n int64
	err := a.store.View(ctx, func(_ context.Context, tx *models.Tx) (err error) {
		n, err = a.administrators(tx, 0)
		return err
	})
	return n > 0, err
}

// CreateAdmin makes the person of an address an administrator, with an account
// if there is none yet, and gives the secret of a single-use link that works
// for an hour, to choose a password. It is for whoever holds the machine
// (`passerelle user create --admin ADDRESS`). Refuses the field email.
func (a *Accounts) CreateAdmin(ctx context.Context, typed, name string) (secret string, err error) {
	p := models.Problems{}
	email := checkEmail(&p, typed, "email")
	if name = tidyName(name); name == "" {
		name = "Administration" // the one way to such a name: the machine
	} else {
		checkName(&p, name)
	}
	if err := p.Err(); err != nil {
		return "", err
	}
	err = a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		who, err := living(ctx, tx, "email = ?", email)
		switch {
		case errors.Is(err, ErrUnknown):
			who = Account{Name: name, Email: email, Theme: "auto", CreatedAt: tx.Now}
			if err := gorm.G[Account](tx.DB).Create(ctx, &who); err != nil {
				return fmt.Errorf("create an administrator: %w", err)
			}
			if err := tx.Record(ctx, models.System, "account.created", who.ID, about(who.ID)); err != nil {
				return err
			}
		case err != nil:
			return err
		case !who.Confirmed():
			// Anybody may have registered the address: they must not become administrators.
			if err := lockOut(ctx, tx, who.ID); err != nil {
				return err
			}
		}
		if err := grant(ctx, tx, models.System, Right{Account: who.ID, Role: models.Administrator}); err != nil {
			return err
		}
		secret, err = Issue(ctx, tx, who.ID, ToReset, email)
		return err
	})
	return secret, err
}

// lockOut ends whatever opens an account that nobody proved to be theirs.
func lockOut(ctx context.Context, tx *models.Tx, id models.ID) error {
	if err := set(ctx, tx, id, map[string]any{"password_hash": ""}); err != nil {
		return err
	}
	if err := endTokens(ctx, tx, id, ToConfirm, ToReset, ToMove); err != nil {
		return err
	}
	return closeSessions(ctx, tx, models.System, id, 0)
}
