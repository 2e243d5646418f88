package account

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// row of sessions.
type session struct {
	ID        models.ID   `gorm:"column:id;primaryKey"`
	AccountID models.ID   `gorm:"column:account_id"`
	TokenHash []byte      `gorm:"column:token_hash"`
	Agent     string      `gorm:"column:agent"`
	CreatedAt models.Time `gorm:"column:created_at"`
	SeenAt    models.Time `gorm:"column:seen_at"`
	ExpiresAt models.Time `gorm:"column:expires_at"`
}

// LogIn opens a session for whoever knows the password of an address, and
// gives its secret token. browser says in words with what ("Firefox sur
// Linux"). Refuses with ErrWrong, whichever of both is wrong, and ErrBusy.
func (a *Accounts) LogIn(ctx context.Context, email, password, browser string) (token string, err error) {
	who, err := a.withPassword(ctx, email, password)
	if err != nil {
		return "", err
	}
	token = NewToken()
	return token, a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		// Between the check and now the password may have been changed.
		_, err := living(ctx, tx, "id = ? AND password_hash = ?", who.ID, who.PasswordHash)
		if errors.Is(err, ErrUnknown) {
			return ErrWrong
		}
		if err != nil {
			return err
		}
		return openSession(ctx, tx, who.ID, token, browser)
	})
}

// openSession keeps a new session of an account, by the hash of its token.
func openSession(ctx context.Context, tx *models.Tx, id models.ID, token, browser string) error {
	opened := session{
		AccountID: id, TokenHash: Hash(token), Agent: browser,
		CreatedAt: tx.Now, SeenAt: tx.Now, ExpiresAt: models.At(tx.Now.Add(sessionLife)),
	}
	if err := gorm.G[session](tx.DB).Create(ctx, &opened); err != nil {
		return fmt.Errorf("open a session: %w", err)
	}
	return tx.Record(ctx, models.Actor{ID: id}, "session.opened", opened.ID, about(id))
}

// withPassword is the account of an address and its password, ErrWrong when
// there is none. The same is done for an address without account.
func (a *Accounts) withPassword(ctx context.Context, typed, password string) (Account, error) {
	email, _ := ParseEmail(typed)
	var who Account
	err := a.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		who, err = a.byEmail(ctx, tx, email)
		return err
	})
	if err != nil && !errors.Is(err, ErrUnknown) {
		return Account{}, err
	}
	same, err := a.hasher.verify(ctx, password, who.PasswordHash)
	switch {
	case err != nil:
		return Account{}, err
	case !same:
		return Account{}, ErrWrong
	}
	return who, nil
}

// LogOut ends the session of a token; nothing to do when it has none.
func (a *Accounts) LogOut(ctx context.Context, token string) error {
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		ended, err := gorm.G[session](tx.DB).Where("token_hash = ?", Hash(token)).Take(ctx)
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("log out: %w", err)
		}
		if _, err := gorm.G[session](tx.DB).Where("id = ?", ended.ID).Delete(ctx); err != nil {
			return fmt.Errorf("log out: %w", err)
		}
		return tx.Record(ctx, models.Actor{ID: ended.AccountID}, "session.closed", ended.ID, about(ended.AccountID))
	})
}
