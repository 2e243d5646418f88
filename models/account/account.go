package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"gorm.io/gorm"

	"passerelle/models"
)

// Account is one person. A deleted account keeps its row, emptied.
type Account struct {
	ID           models.ID   `gorm:"column:id;primaryKey"`
	Email        string      `gorm:"column:email"`     // lower case
	NewEmail     string      `gorm:"column:new_email"` // asked for, not confirmed yet
	Name         string      `gorm:"column:name"`
	PasswordHash string      `gorm:"column:password_hash"` // PHC string; empty: cannot log in
	Theme        string      `gorm:"column:theme"`         // auto, light, dark
	Agent        bool        `gorm:"column:agent"`         // verified public domain
	Demo         bool        `gorm:"column:demo"`
	Imported     string      `gorm:"column:imported"`
	Back         string      `gorm:"column:back"` // page of the site to go to once the address is confirmed
	CreatedAt    models.Time `gorm:"column:created_at"`
	ConfirmedAt  models.Time `gorm:"column:confirmed_at"`
	DeletedAt    models.Time `gorm:"column:deleted_at"`
}

// Confirmed tells whether the person proved that the address is theirs.
func (a Account) Confirmed() bool { return !a.ConfirmedAt.IsZero() }

// What acts on accounts may refuse.
var (
	ErrUnknown   = models.Refuse(models.NotFound, "account.unknown")
	ErrWrong     = models.Refuse(models.Invalid, "account.wrong")       // address or password, never which
	ErrBusy      = models.Refuse(models.Busy, "account.busy")           // too many passwords being checked
	ErrToken     = models.Refuse(models.NotFound, "account.token")      // a link that is unknown, expired or replaced
	ErrTokenUsed = models.Refuse(models.Conflict, "account.token_used") // a link that did its work
	ErrOvertaken = models.Refuse(models.Conflict, "account.overtaken")  // changed elsewhere meanwhile
)

// Accounts does the acts on accounts.
type Accounts struct {
	store    *models.Store
	demo     bool // demonstration accounts may log in
	hasher   *hasher
	onDelete []func(context.Context, *models.Tx, models.ID) error
}

// New serves the accounts of a store; demo lets demonstration accounts log in.
func New(store *models.Store, demo bool) *Accounts {
	return &Accounts{store: store, demo: demo, hasher: newHasher()}
}

// Me is the account of who acts; ErrLogIn when there is none.
func (a *Accounts) Me(ctx context.Context, by models.Actor) (Account, error) {
	var me Account
	err := a.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		me, err = self(ctx, tx, by)
		return err
	})
	return me, err
}

// Find is an account that is not deleted; ErrUnknown when there is none.
func Find(ctx context.Context, tx *models.Tx, id models.ID) (Account, error) {
	return living(ctx, tx, "id = ?", id)
}

// EmailTaken tells whether an address is that of an account.
func EmailTaken(ctx context.Context, tx *models.Tx, email string) (bool, error) {
	_, err := living(ctx, tx, "email = ? AND email <> ''", email)
	if errors.Is(err, ErrUnknown) {
		return false, nil
	}
	return err == nil, err
}

// self is the account of who acts, deleted ones excepted.
func self(ctx context.Context, tx *models.Tx, by models.Actor) (Account, error) {
	me, err := living(ctx, tx, "id = ?", by.ID)
	if errors.Is(err, ErrUnknown) {
		return me, models.ErrLogIn
	}
	return me, err
}

// living is the one account that is not deleted for which a condition holds.
func living(ctx context.Context, tx *models.Tx, where string, args ...any) (Account, error) {
	found, err := gorm.G[Account](tx.DB).Where("deleted_at IS NULL").Where(where, args...).Take(ctx)
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return Account{}, ErrUnknown
	case err != nil:
		return Account{}, fmt.Errorf("read an account: %w", err)
	}
	return found, nil
}

// byEmail is the account of an address, if its person may log in here.
func (a *Accounts) byEmail(ctx context.Context, tx *models.Tx, email string) (Account, error) {
	return living(ctx, tx, "email = ? AND email <> '' AND (demo = 0 OR ?)", email, a.demo)
}

// set changes columns of one account, deleted ones excepted.
func set(ctx context.Context, tx *models.Tx, id models.ID, columns map[string]any) error {
	result := tx.DB.WithContext(ctx).Table("accounts").Where("id = ? AND deleted_at IS NULL", id).Updates(columns)
	switch {
	case result.Error != nil:
		return fmt.Errorf("change account %d: %w", id, result.Error)
	case result.RowsAffected == 0:
		return ErrUnknown
	}
	return nil
}

// about is the payload of each change here: whose account it is.
func about(id models.ID) models.About { return models.About{"account": id} }

// Themes are the choices of appearance; auto follows the device.
var Themes = []string{"auto", "light", "dark"}

// tidyName is a name as typed, without spaces around or doubled.
func tidyName(name string) string { return strings.Join(strings.Fields(name), " ") }

// checkName notes what is wrong with the name shown beside contributions.
// Characters that can't be seen, or turn the text around, pass for somebody else.
func checkName(p *models.Problems, name string) {
	before := len(*p)
	p.Text(name, "name", 2, 80)
	if len(*p) > before {
		return
	}
	p.If(strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Cf, r) }), "name", "text.unreadable")
	p.If(reserved(name), "name", "account.name_reserved")
}
