package account

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"gorm.io/gorm"

	"passerelle/models"
)

// Registration is what a person types to open an account.
type Registration struct {
	Name     string
	Email    string
	Password string
	Back     string // page of this site to go to once the address is confirmed; may be empty
}

// maxBack bounds the address of a page to come back to.
const maxBack = 2000

// check is the address to register, or all that is wrong with the form.
func (r Registration) check() (email string, err error) {
	p := models.Problems{}
	checkName(&p, r.Name)
	email = checkEmail(&p, r.Email, "email")
	checkPassword(&p, r.Password, r.Name, email)
	return email, p.Err()
}

// Register opens an account that may log in at once and write once its address
// is confirmed. Where the address has one already, nothing changes but that
// its person gets a mail saying so; who registers can't tell. Refuses the
// fields name, email, password, and ErrBusy.
func (a *Accounts) Register(ctx context.Context, r Registration) error {
	r.Name = tidyName(r.Name)
	if len(r.Back) > maxBack || !utf8.ValidString(r.Back) {
		r.Back = ""
	}
	email, err := r.check()
	if err != nil {
		return err
	}
	hash, err := a.hasher.hash(ctx, r.Password)
	if err != nil {
		return err
	}
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		known, err := living(ctx, tx, "email = ?", email)
		if err == nil {
			return tx.Record(ctx, models.Actor{}, "account.known_again", known.ID, about(known.ID))
		}
		if !errors.Is(err, ErrUnknown) {
			return err
		}
		created := Account{Name: r.Name, Email: email, PasswordHash: hash, Theme: "auto", Back: r.Back, CreatedAt: tx.Now}
		if err := gorm.G[Account](tx.DB).Create(ctx, &created); err != nil {
			return fmt.Errorf("register: %w", err)
		}
		return tx.Record(ctx, models.Actor{}, "account.registered", created.ID, about(created.ID))
	})
}

// AskConfirmation sends the link of confirmation again; nothing to do for
// whoever is confirmed already.
func (a *Accounts) AskConfirmation(ctx context.Context, by models.Actor) error {
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		me, err := self(ctx, tx, by)
		if err != nil || me.Confirmed() {
			return err
		}
		return tx.Record(ctx, by, "account.confirm_asked", me.ID, about(me.ID))
	})
}
