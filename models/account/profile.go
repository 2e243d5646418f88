package account

import (
	"context"
	"fmt"
	"slices"

	"passerelle/models"
)

// ChangeName changes the name shown beside contributions, old ones too.
// Refuses the field name.
func (a *Accounts) ChangeName(ctx context.Context, by models.Actor, name string) error {
	name = tidyName(name)
	p := models.Problems{}
	checkName(&p, name)
	if err := p.Err(); err != nil {
		return err
	}
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		me, err := self(ctx, tx, by)
		if err != nil || me.Name == name {
			return err
		}
		if err := set(ctx, tx, me.ID, map[string]any{"name": name}); err != nil {
			return err
		}
		return tx.Record(ctx, by, "account.renamed", me.ID, about(me.ID))
	})
}

// NewPassword is what a person types to change their password.
type NewPassword struct {
	Current  string
	Password string
	Session  models.ID // the session in use, which a new one replaces
}

// ChangePassword gives who acts a new password and ends their sessions; the
// one in use goes on under a new secret token, which it gives: whoever had got
// hold of the former one is out. Refuses the fields current and password, and
// ErrBusy.
func (a *Accounts) ChangePassword(ctx context.Context, by models.Actor, n NewPassword) (token string, err error) {
	me, err := a.Me(ctx, by)
	if err != nil {
		return "", err
	}
	p := models.Problems{}
	if err := a.checkCurrent(ctx, &p, me, n.Current); err != nil {
		return "", err
	}
	checkPassword(&p, n.Password, me.Name, me.Email)
	if err := p.Err(); err != nil {
		return "", err
	}
	hash, err := a.hasher.hash(ctx, n.Password)
	if err != nil {
		return "", err
	}
	token = NewToken()
	return token, a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := unchanged(ctx, tx, me); err != nil {
			return err
		}
		var browser string
		err := tx.DB.Raw("SELECT agent FROM sessions WHERE id = ? AND account_id = ?", n.Session, me.ID).Scan(&browser).Error
		if err != nil {
			return fmt.Errorf("read the session in use: %w", err)
		}
		if err := changePassword(ctx, tx, by, me, hash); err != nil {
			return err
		}
		return openSession(ctx, tx, me.ID, token, browser)
	})
}

// checkCurrent notes it when a password is not the account's own.
func (a *Accounts) checkCurrent(ctx context.Context, p *models.Problems, me Account, current string) error {
	same, err := a.hasher.verify(ctx, current, me.PasswordHash)
	if err != nil {
		return err
	}
	p.If(!same, "current", "account.current")
	return nil
}

// unchanged refuses with ErrOvertaken when the password that was checked
// outside the transaction is no longer the account's.
func unchanged(ctx context.Context, tx *models.Tx, checked Account) error {
	me, err := self(ctx, tx, models.Actor{ID: checked.ID})
	if err == nil && me.PasswordHash != checked.PasswordHash {
		return ErrOvertaken
	}
	return err
}

// SetTheme keeps how pages look for who acts: one of Themes. Refuses the field
// theme.
func (a *Accounts) SetTheme(ctx context.Context, by models.Actor, theme string) error {
	p := models.Problems{}
	p.If(!slices.Contains(Themes, theme), "theme", "choice.unknown")
	if err := p.Err(); err != nil {
		return err
	}
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		me, err := self(ctx, tx, by)
		if err != nil || me.Theme == theme {
			return err
		}
		if err := set(ctx, tx, me.ID, map[string]any{"theme": theme}); err != nil {
			return err
		}
		return tx.Record(ctx, by, "account.themed", me.ID, about(me.ID))
	})
}
