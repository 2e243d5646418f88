package account

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"passerelle/models"
)

func TestRegistrationCheck(t *testing.T) {
	t.Parallel()
	ok := Registration{Name: "Marie Dupont", Email: "marie@exemple.fr", Password: goodPassword}
	tests := []struct {
		name string
		edit func(*Registration)
		want string
	}{
		{"fine", func(*Registration) {}, ""},
		{"nothing", func(r *Registration) { *r = Registration{} }, "text.required text.required text.required"},
		{"one letter", func(r *Registration) { r.Name = "M" }, "text.short"},
		{"long name", func(r *Registration) { r.Name = strings.Repeat("é", 81) }, "text.long"},
		{"longest name", func(r *Registration) { r.Name = strings.Repeat("é", 80) }, ""},
		{"name turned around", func(r *Registration) { r.Name = "Marie \u202etnopuD" }, "text.unreadable"},
		{"name with NUL", func(r *Registration) { r.Name = "Marie\x00Dupont" }, "text.unreadable"},
		{"name in another encoding", func(r *Registration) { r.Name = "Mari\xe9" }, "text.unreadable"},
		{"name of the deleted", func(r *Registration) { r.Name = "compte supprimé" }, "account.name_reserved"},
		{"no address", func(r *Registration) { r.Email = "marie" }, "account.email"},
		{"header in the address", func(r *Registration) { r.Email = "m@exemple.fr\nBcc: x@exemple.fr" }, "account.email"},
		{"name as password", func(r *Registration) { r.Password = "marie dupont" }, "account.password_weak"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := ok
			tt.edit(&r)
			_, err := r.check()
			if got := models.Code(err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRegisterThenConfirm(t *testing.T) {
	t.Parallel()
	f := open(t)
	err := f.Register(ctx, Registration{Name: "  Marie \n Dupont ", Email: " Marie@Culture.GOUV.fr", Password: goodPassword})
	f.want(err, "")
	marie := f.account("email = ?", "marie@culture.gouv.fr")
	if marie.Name != "Marie Dupont" || marie.Confirmed() || marie.Agent {
		t.Errorf("registered as %+v", marie)
	}
	by := models.Actor{ID: marie.ID}
	f.logIn("marie@culture.gouv.fr", goodPassword) // before confirmation too
	err = f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error { return tx.MayWrite(ctx, by) })
	f.want(err, "account.unconfirmed")

	secret := f.link(by, ToConfirm)
	link, err := f.Look(ctx, secret, ToConfirm, ToMove)
	f.want(err, "")
	if link != (Link{Purpose: ToConfirm, Name: "Marie Dupont", Email: "marie@culture.gouv.fr"}) {
		t.Errorf("the link shows %+v", link)
	}
	purpose, err := f.Confirm(ctx, secret)
	f.want(err, "")
	marie = f.account("id = ?", marie.ID)
	if purpose != ToConfirm || !marie.Confirmed() || !marie.Agent {
		t.Errorf("confirmed %q as %+v", purpose, marie)
	}
	err = f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error { return tx.MayWrite(ctx, by) })
	f.want(err, "")

	_, err = f.Confirm(ctx, secret)
	f.want(err, "account.token_used")
	_, err = f.Look(ctx, secret, ToConfirm)
	f.want(err, "account.token_used")
	want := []string{"account.registered", "session.opened", "account.confirmed"}
	if got := f.kinds(0); !slices.Equal(got, want) {
		t.Errorf("changes %v, want %v", got, want)
	}
}

func TestLinksThatDoNothing(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.unconfirmed("marie@exemple.fr")
	expired := f.link(by, ToConfirm)
	f.clock.Add(life[ToConfirm])
	_, err := f.Confirm(ctx, expired)
	f.want(err, "account.token")

	secret := f.link(by, ToConfirm)
	f.clock.Add(life[ToConfirm] - time.Second)
	for _, wrong := range []string{"", "x", secret[1:], secret + "x", strings.ToUpper(secret), "\x00", strings.Repeat("a", 100_000)} {
		_, err := f.Confirm(ctx, wrong)
		f.want(err, "account.token")
	}
	f.want(f.Reset(ctx, secret, otherPassword), "account.token") // made for something else
	_, err = f.Look(ctx, secret, ToReset)
	f.want(err, "account.token")
	_, err = f.Confirm(ctx, secret) // the last second
	f.want(err, "")
}

func TestTwoConfirmationsAtOnce(t *testing.T) {
	t.Parallel()
	f := open(t)
	secret := f.link(f.unconfirmed("marie@exemple.fr"), ToConfirm)
	before := f.store.Head()
	codes := make([]string, 16)
	var wg sync.WaitGroup
	for i := range codes {
		wg.Go(func() {
			_, err := f.Confirm(ctx, secret)
			codes[i] = models.Code(err)
		})
	}
	wg.Wait()
	slices.Sort(codes)
	if codes[0] != "" || codes[1] != "account.token_used" || codes[15] != "account.token_used" {
		t.Errorf("answers %v: want one done, the others refused", codes)
	}
	if got := f.kinds(before); !slices.Equal(got, []string{"account.confirmed"}) {
		t.Errorf("changes %v", got)
	}
}

func TestRegisteringAKnownAddressChangesNothing(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.person("marie@exemple.fr")
	before, head := f.account("email = ?", "marie@exemple.fr"), f.store.Head()
	err := f.Register(ctx, Registration{Name: "Intrus", Email: "MARIE@exemple.fr", Password: otherPassword})
	f.want(err, "")
	if after := f.account("email = ?", "marie@exemple.fr"); after != before {
		t.Errorf("%+v became %+v", before, after)
	}
	if got := f.kinds(head); !slices.Equal(got, []string{"account.known_again"}) {
		t.Errorf("changes %v", got)
	}
	if _, err := f.LogIn(ctx, "marie@exemple.fr", otherPassword, ""); models.Code(err) != "account.wrong" {
		t.Errorf("the intruder's password: %v", err)
	}
}

func TestManyRegisterTheSameAddressAtOnce(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.hasher.wait = time.Minute
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			f.want(f.Register(ctx, Registration{Name: "Marie Dupont", Email: "marie@exemple.fr", Password: goodPassword}), "")
		})
	}
	wg.Wait()
	if n := f.count("SELECT count(*) FROM accounts"); n != 1 {
		t.Errorf("%d accounts", n)
	}
	if n := f.count("SELECT count(*) FROM changes WHERE kind = 'account.registered'"); n != 1 {
		t.Errorf("registered %d times", n)
	}
}

func TestAUsedLinkTellsThatItProved(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.unconfirmed("marie@exemple.fr")
	older, link := f.link(by, ToConfirm), f.link(by, ToConfirm)
	proved := func(secret string, want bool) {
		t.Helper()
		got, err := f.Proved(ctx, secret)
		if err != nil || got != want {
			t.Errorf("proved %t, %v, want %t", got, err, want)
		}
	}
	proved(link, false)
	if _, err := f.Confirm(ctx, link); err != nil {
		t.Fatal(err)
	}
	proved(link, true)
	proved(older, true)
	proved("", false)
	proved(f.link(by, ToReset), false)
	f.update(func(ctx context.Context, tx *models.Tx) error {
		return set(ctx, tx, by.ID, map[string]any{"email": "ailleurs@exemple.fr"})
	})
	proved(link, false) // of an address that is no longer the account's
}

func TestAskConfirmation(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.unconfirmed("marie@exemple.fr")
	head := f.store.Head()
	f.want(f.AskConfirmation(ctx, models.Actor{}), "account.log_in")
	f.want(f.AskConfirmation(ctx, by), "")
	older, newer := f.link(by, ToConfirm), f.link(by, ToConfirm)
	if _, err := f.Confirm(ctx, older); err != nil { // the mails may be opened in any order
		t.Fatal(err)
	}
	_, err := f.Confirm(ctx, newer)
	f.want(err, "account.token_used")
	f.want(f.AskConfirmation(ctx, by), "") // nothing left to do
	if got := f.kinds(head); !slices.Equal(got, []string{"account.confirm_asked", "account.confirmed"}) {
		t.Errorf("changes %v", got)
	}
}
