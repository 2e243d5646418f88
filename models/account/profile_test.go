package account

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"passerelle/models"
)

func TestReset(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.unconfirmed("marie@exemple.fr")
	token := f.logIn("marie@exemple.fr", goodPassword)
	f.want(f.RequestReset(ctx, "Marie@exemple.fr "), "")
	f.want(f.RequestReset(ctx, ""), "text.required")
	f.want(f.RequestReset(ctx, "marie"), "account.email")

	secret, second := f.link(by, ToReset), f.link(by, ToReset)
	f.want(f.Reset(ctx, secret, "court"), "account.password_short")
	f.want(f.Reset(ctx, secret, "marie@exemple.fr"), "account.password_weak")
	f.want(f.Reset(ctx, secret, otherPassword), "") // a refused password uses nothing up
	f.want(f.Reset(ctx, secret, goodPassword), "account.token_used")
	f.want(f.Reset(ctx, second, goodPassword), "account.token")
	_, err := f.Who(ctx, token)
	f.want(err, "account.no_session")
	_, err = f.LogIn(ctx, "marie@exemple.fr", goodPassword, "")
	f.want(err, "account.wrong")
	f.logIn("marie@exemple.fr", otherPassword)
	if !f.account("id = ?", by.ID).Confirmed() {
		t.Error("the link reached the address, which is not confirmed by it")
	}

	late := f.link(by, ToReset)
	f.clock.Add(time.Hour)
	f.want(f.Reset(ctx, late, goodPassword), "account.token")
}

func TestTwoResetsAtOnce(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.hasher.wait = time.Minute
	by := f.person("marie@exemple.fr")
	secret := f.link(by, ToReset)
	passwords := []string{otherPassword, "un ruisseau sous les galets"}
	codes := make([]string, 2)
	var wg sync.WaitGroup
	for i, password := range passwords {
		wg.Go(func() { codes[i] = models.Code(f.Reset(ctx, secret, password)) })
	}
	wg.Wait()
	done := slices.Index(codes, "")
	if done < 0 || codes[1-done] != "account.token_used" {
		t.Fatalf("answers %v", codes)
	}
	f.logIn("marie@exemple.fr", passwords[done])
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.person("marie@exemple.fr")
	here, elsewhere := f.logIn("marie@exemple.fr", goodPassword), f.logIn("marie@exemple.fr", goodPassword)
	session, err := f.Who(ctx, here)
	if err != nil {
		t.Fatal(err)
	}
	link := f.link(by, ToReset)
	tests := []struct {
		name string
		by   models.Actor
		n    NewPassword
		want string
	}{
		{"visitor", models.Actor{}, NewPassword{goodPassword, otherPassword, 0}, "account.log_in"},
		{"wrong current one", by, NewPassword{otherPassword, otherPassword, session.ID}, "account.current"},
		{"both wrong", by, NewPassword{"", "court", session.ID}, "account.current account.password_short"},
		{"weak", by, NewPassword{goodPassword, "motdepasse2026", session.ID}, "account.password_weak"},
		{"fine", by, NewPassword{goodPassword, otherPassword, session.ID}, ""},
		{"again", by, NewPassword{goodPassword, otherPassword, session.ID}, "account.current"},
	}
	var renewed string
	for _, tt := range tests {
		token, err := f.ChangePassword(ctx, tt.by, tt.n)
		if got := models.Code(err); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
		if err == nil {
			renewed = token
		}
	}
	for _, ended := range []string{here, elsewhere} { // somebody may have got hold of either
		_, err = f.Who(ctx, ended)
		f.want(err, "account.no_session")
	}
	again, err := f.Who(ctx, renewed)
	f.want(err, "")
	if again.AccountID != by.ID || again.ID == session.ID && renewed == here {
		t.Errorf("the session in use became %+v", again)
	}
	if n := f.count("SELECT count(*) FROM sessions WHERE agent = 'Firefox sur Linux'"); n != 1 {
		t.Errorf("%d sessions, want the one in use", n)
	}
	f.want(f.Reset(ctx, link, goodPassword), "account.token")
}

func TestChangeName(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.person("marie@exemple.fr")
	head := f.store.Head()
	f.want(f.ChangeName(ctx, by, ""), "text.required")
	f.want(f.ChangeName(ctx, models.Actor{}, "Luc"), "account.log_in")
	f.want(f.ChangeName(ctx, by, " Marie  Durand"), "")
	f.want(f.ChangeName(ctx, by, "Marie Durand"), "") // nothing new
	if got := f.account("id = ?", by.ID).Name; got != "Marie Durand" {
		t.Errorf("name %q", got)
	}
	if got := f.kinds(head); !slices.Equal(got, []string{"account.renamed"}) {
		t.Errorf("changes %v", got)
	}
}

func TestSetTheme(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.unconfirmed("marie@exemple.fr") // before confirmation too
	f.want(f.SetTheme(ctx, by, "rose"), "choice.unknown")
	f.want(f.SetTheme(ctx, by, "dark"), "")
	if got := f.account("id = ?", by.ID).Theme; got != "dark" {
		t.Errorf("theme %q", got)
	}
}

func TestChangeOfAddress(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.person("marie@culture.gouv.fr")
	f.person("luc@exemple.fr")
	tests := []struct {
		name string
		n    NewAddress
		want string
	}{
		{"no address", NewAddress{goodPassword, "marie"}, "account.email"},
		{"the same", NewAddress{goodPassword, "MARIE@culture.gouv.fr"}, "account.same_email"},
		{"wrong password", NewAddress{otherPassword, "marie@exemple.fr"}, "account.current"},
		{"somebody's: nobody is told here", NewAddress{goodPassword, "luc@exemple.fr"}, ""},
		{"a first wish", NewAddress{goodPassword, "ancienne@exemple.fr"}, ""},
	}
	for _, tt := range tests {
		if got := models.Code(f.RequestAddress(ctx, by, tt.n)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	overtaken := f.link(by, ToMove)
	f.want(f.RequestAddress(ctx, by, NewAddress{goodPassword, "marie@exemple.fr"}), "")
	_, err := f.Confirm(ctx, overtaken)
	f.want(err, "account.token")
	if got := f.account("id = ?", by.ID).Email; got != "marie@culture.gouv.fr" {
		t.Errorf("address %q before the link was used", got)
	}
	old := f.link(by, ToReset) // in the old mailbox
	secret := f.link(by, ToMove)
	purpose, err := f.Confirm(ctx, secret)
	f.want(err, "")
	moved := f.account("id = ?", by.ID)
	if purpose != ToMove || moved.Email != "marie@exemple.fr" || moved.NewEmail != "" || moved.Agent {
		t.Errorf("%q: %+v", purpose, moved)
	}
	_, err = f.Confirm(ctx, secret)
	f.want(err, "account.token_used")
	f.want(f.Reset(ctx, old, otherPassword), "account.token")
	f.logIn("marie@exemple.fr", goodPassword)
	_, err = f.LogIn(ctx, "marie@culture.gouv.fr", goodPassword, "")
	f.want(err, "account.wrong")
}

func TestTwoPeopleWantOneAddress(t *testing.T) {
	t.Parallel()
	f := open(t)
	var links []string
	for _, email := range []string{"marie@exemple.fr", "luc@exemple.fr"} {
		by := f.person(email)
		f.want(f.RequestAddress(ctx, by, NewAddress{goodPassword, "bureau@exemple.fr"}), "")
		links = append(links, f.link(by, ToMove))
	}
	codes := make([]string, 2)
	var wg sync.WaitGroup
	for i := range links {
		wg.Go(func() {
			_, err := f.Confirm(ctx, links[i])
			codes[i] = models.Code(err)
		})
	}
	wg.Wait()
	slices.Sort(codes)
	if codes[0] != "" || codes[1] != "account.address_taken" {
		t.Errorf("answers %v", codes)
	}
}

func TestAWrongAddressIsCorrectedBeforeItIsConfirmed(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.unconfirmed("marei@exemple.fr")
	f.want(f.RequestAddress(ctx, by, NewAddress{goodPassword, "marie@exemple.fr"}), "")
	_, err := f.Confirm(ctx, f.link(by, ToMove))
	f.want(err, "")
	err = f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error { return tx.MayWrite(ctx, by) })
	f.want(err, "")
}
