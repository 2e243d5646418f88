package account

import (
	"context"
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

const (
	goodPassword  = "tortue grimpe prudemment"
	otherPassword = "nuage violet sous la table"
)

// fixture is a store with its accounts.
type fixture struct {
	*Accounts
	t     *testing.T
	clock *modelstest.Clock
}

func open(t *testing.T) *fixture {
	t.Helper()
	store, clock := modelstest.Open(t)
	return &fixture{New(store, false), t, clock}
}

var ctx = context.Background()

// person registers and confirms somebody.
func (f *fixture) person(email string) models.Actor {
	f.t.Helper()
	by := f.unconfirmed(email)
	if _, err := f.Confirm(ctx, f.link(by, ToConfirm)); err != nil {
		f.t.Fatalf("confirm %s: %v", email, err)
	}
	return by
}

func (f *fixture) unconfirmed(email string) models.Actor {
	f.t.Helper()
	if err := f.Register(ctx, Registration{Name: "Marie Dupont", Email: email, Password: goodPassword}); err != nil {
		f.t.Fatalf("register %s: %v", email, err)
	}
	return models.Actor{ID: f.account("email = ?", email).ID}
}

// link makes the secret that the mail job would send.
func (f *fixture) link(by models.Actor, purpose Purpose) string {
	f.t.Helper()
	who := f.account("id = ?", by.ID)
	email := who.Email
	if purpose == ToMove {
		email = who.NewEmail
	}
	var secret string
	f.update(func(ctx context.Context, tx *models.Tx) (err error) {
		secret, err = Issue(ctx, tx, by.ID, purpose, email)
		return err
	})
	return secret
}

func (f *fixture) account(where string, args ...any) Account {
	f.t.Helper()
	var found Account
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		found, err = living(ctx, tx, where, args...)
		return err
	})
	if err != nil {
		f.t.Fatalf("account with %s: %v", where, err)
	}
	return found
}

func (f *fixture) update(write func(context.Context, *models.Tx) error) {
	f.t.Helper()
	if err := f.store.Update(ctx, write); err != nil {
		f.t.Fatal(err)
	}
}

// count is the number that a SELECT gives.
func (f *fixture) count(query string, args ...any) int64 {
	f.t.Helper()
	var n int64
	err := f.store.View(ctx, func(_ context.Context, tx *models.Tx) (err error) {
		n, err = count(tx, query, args...)
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return n
}

// kinds are the kinds of the changes after a position.
func (f *fixture) kinds(after int64) (kinds []string) {
	f.t.Helper()
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		changes, err := tx.Changes(ctx, after, 1000)
		for _, c := range changes {
			kinds = append(kinds, c.Kind)
		}
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return kinds
}

// want fails the test when a refusal is not the one expected.
func (f *fixture) want(err error, code string) {
	f.t.Helper()
	if got := models.Code(err); got != code {
		f.t.Errorf("got %q (%v), want %q", got, err, code)
	}
}

// logIn opens a session and gives its token.
func (f *fixture) logIn(email, password string) string {
	f.t.Helper()
	token, err := f.LogIn(ctx, email, password, "Firefox sur Linux")
	if err != nil {
		f.t.Fatalf("log in as %s: %v", email, err)
	}
	return token
}

// administrator is somebody who administers.
func (f *fixture) administrator(email string) models.Actor {
	f.t.Helper()
	by := f.person(email)
	if err := f.Grant(ctx, models.System, Right{Account: by.ID, Role: models.Administrator}); err != nil {
		f.t.Fatalf("grant: %v", err)
	}
	return by
}
