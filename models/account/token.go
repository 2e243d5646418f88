package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"passerelle/models"
)

// Purpose is what a mailed link is for.
type Purpose string

// The purposes of mailed links.
const (
	ToConfirm Purpose = "confirm" // prove the address of a new account
	ToReset   Purpose = "reset"   // choose a new password
	ToMove    Purpose = "address" // prove the new address of an account
)

// life is how long a link of each purpose works. What opens an account is short.
var life = map[Purpose]time.Duration{
	ToConfirm: 3 * 24 * time.Hour,
	ToReset:   time.Hour,
	ToMove:    24 * time.Hour,
}

// token is a row of tokens.
type token struct {
	ID        models.ID   `gorm:"column:id;primaryKey"`
	AccountID models.ID   `gorm:"column:account_id"`
	Purpose   Purpose     `gorm:"column:purpose"`
	TokenHash []byte      `gorm:"column:token_hash"`
	Email     string      `gorm:"column:email"`
	CreatedAt models.Time `gorm:"column:created_at"`
	ExpiresAt models.Time `gorm:"column:expires_at"`
	UsedAt    models.Time `gorm:"column:used_at"`
}

// Life is how long a link for a purpose works.
func Life(purpose Purpose) time.Duration { return life[purpose] }

// Issue makes the secret of a link to be sent to an address of an account, and
// keeps its hash. Earlier links of the same purpose keep working until they
// expire, for people who open an older mail; using one ends the others.
func Issue(ctx context.Context, tx *models.Tx, account models.ID, purpose Purpose, email string) (string, error) {
	secret := NewToken()
	err := gorm.G[token](tx.DB).Create(ctx, &token{
		AccountID: account, Purpose: purpose, TokenHash: Hash(secret), Email: email,
		CreatedAt: tx.Now, ExpiresAt: models.At(tx.Now.Add(life[purpose])),
	})
	if err != nil {
		return "", fmt.Errorf("issue a token: %w", err)
	}
	return secret, nil
}

// Link is what the page of a mailed link shows before its button is pressed.
type Link struct {
	Purpose Purpose
	Name    string
	Email   string // the address that the link proves
	Back    string // page of the site to go to afterwards, as it was asked for
}

// Look tells what a mailed link would do; ErrToken or ErrTokenUsed when
// nothing. It uses nothing up: mail filters open links too.
func (a *Accounts) Look(ctx context.Context, secret string, purposes ...Purpose) (Link, error) {
	var link Link
	err := a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		t, err := valid(ctx, tx, secret, purposes...)
		if err != nil {
			return err
		}
		owner, err := owner(ctx, tx, t)
		link = Link{Purpose: t.Purpose, Name: owner.Name, Email: t.Email, Back: owner.Back}
		return err
	})
	return link, err
}

// Proved tells whether a link that did its work, or was overtaken by another
// one that did, has proved the present address of an account: its holder may be
// told so. A link that was never sent proves nothing.
func (a *Accounts) Proved(ctx context.Context, secret string) (proved bool, err error) {
	err = a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		n, err := count(tx, `
			SELECT count(*)
			  FROM tokens t
			  JOIN accounts a ON a.id = t.account_id AND a.email = t.email
			 WHERE t.token_hash = ? AND t.purpose IN ('confirm', 'address') AND t.used_at IS NOT NULL
			   AND a.confirmed_at IS NOT NULL AND a.deleted_at IS NULL`, Hash(secret))
		proved = n > 0
		return err
	})
	return proved, err
}

// valid is the unused, unexpired token behind a secret.
func valid(ctx context.Context, tx *models.Tx, secret string, purposes ...Purpose) (token, error) {
	t, err := gorm.G[token](tx.DB).Where("token_hash = ? AND purpose IN ?", Hash(secret), purposes).Take(ctx)
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return t, ErrToken
	case err != nil:
		return t, fmt.Errorf("read a token: %w", err)
	case !t.UsedAt.IsZero():
		return t, ErrTokenUsed
	case !t.ExpiresAt.After(tx.Now.Time):
		return t, ErrToken
	}
	return t, nil
}

// owner is the account of a token, if the address it was sent to still is, or
// is still wanted as, the account's: a link in an old mailbox opens nothing.
func owner(ctx context.Context, tx *models.Tx, t token) (Account, error) {
	column := "email"
	if t.Purpose == ToMove {
		column = "new_email"
	}
	found, err := living(ctx, tx, "id = ? AND "+column+" = ?", t.AccountID, t.Email)
	if errors.Is(err, ErrUnknown) {
		return found, ErrToken
	}
	return found, err
}

// spend uses a secret up and gives its token and account. The condition on
// used_at decides between two browsers that press the button at once.
func spend(ctx context.Context, tx *models.Tx, secret string, purposes ...Purpose) (token, Account, error) {
	t, err := valid(ctx, tx, secret, purposes...)
	if err != nil {
		return t, Account{}, err
	}
	n, err := gorm.G[token](tx.DB).Where("id = ? AND used_at IS NULL", t.ID).Update(ctx, "used_at", tx.Now)
	if err != nil {
		return t, Account{}, fmt.Errorf("use a token: %w", err)
	}
	if n == 0 {
		return t, Account{}, ErrTokenUsed
	}
	who, err := owner(ctx, tx, t)
	if err != nil {
		return t, Account{}, err
	}
	if t.Purpose == ToConfirm {
		return t, who, overtake(ctx, tx, t)
	}
	return t, who, endTokens(ctx, tx, t.AccountID, t.Purpose)
}

// overtake marks the other links of confirmation as used too: whoever opens an
// older mail learns that all is done.
func overtake(ctx context.Context, tx *models.Tx, t token) error {
	_, err := gorm.G[token](tx.DB).Where("account_id = ? AND purpose = ? AND email = ? AND used_at IS NULL", t.AccountID, t.Purpose, t.Email).
		Update(ctx, "used_at", tx.Now)
	if err != nil {
		return fmt.Errorf("end links of confirmation: %w", err)
	}
	return nil
}

// endTokens ends the unused links of an account for some purposes.
func endTokens(ctx context.Context, tx *models.Tx, account models.ID, purposes ...Purpose) error {
	_, err := gorm.G[token](tx.DB).Where("account_id = ? AND purpose IN ? AND used_at IS NULL", account, purposes).Delete(ctx)
	if err != nil {
		return fmt.Errorf("end tokens: %w", err)
	}
	return nil
}
