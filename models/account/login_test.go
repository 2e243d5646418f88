package account

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"passerelle/models"
)

func TestLogIn(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.person("marie@exemple.fr")
	f.update(func(ctx context.Context, tx *models.Tx) error {
		_, err := EnsureImported(ctx, tx, "Auteur importé")
		return err
	})
	tests := []struct {
		name, email, password, want string
	}{
		{"right", "marie@exemple.fr", goodPassword, ""},
		{"address in capitals, with spaces", " MARIE@EXEMPLE.FR ", goodPassword, ""},
		{"wrong password", "marie@exemple.fr", otherPassword, "account.wrong"},
		{"no password", "marie@exemple.fr", "", "account.wrong"},
		{"unknown address", "luc@exemple.fr", goodPassword, "account.wrong"},
		{"no address", "", goodPassword, "account.wrong"},
		{"no address nor password, as imported authors have none", "", "", "account.wrong"},
		{"not an address", "' OR 1=1 --", goodPassword, "account.wrong"},
		{"bytes", "\xff\x00", "\xff\x00", "account.wrong"},
		{"huge password", "marie@exemple.fr", strings.Repeat("x", 1<<20), "account.wrong"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			token, err := f.LogIn(ctx, tt.email, tt.password, "Firefox")
			if got := models.Code(err); got != tt.want {
				t.Fatalf("got %q (%v), want %q", got, err, tt.want)
			}
			if (token != "") != (tt.want == "") {
				t.Errorf("token %q", token)
			}
		})
	}
	if n := f.count("SELECT count(*) FROM sessions"); n != 2 {
		t.Errorf("%d sessions, want 2", n)
	}
}

// With every slot taken, each of these has to wait for one, and is refused: all
// of them hash a password, whether the address has an account or not.
func TestTheSameWorkForUnknownAddresses(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.person("marie@exemple.fr")
	f.hasher.wait = 0
	for range cap(f.hasher.slots) {
		f.hasher.slots <- struct{}{}
	}
	for _, email := range []string{"marie@exemple.fr", "luc@exemple.fr", "n’importe quoi"} {
		_, err := f.LogIn(ctx, email, goodPassword, "")
		f.want(err, "account.busy")
	}
	for _, email := range []string{"marie@exemple.fr", "luc@exemple.fr"} {
		f.want(f.Register(ctx, Registration{Name: "Marie Dupont", Email: email, Password: goodPassword}), "account.busy")
	}
	<-f.hasher.slots
	_, err := f.LogIn(ctx, "marie@exemple.fr", goodPassword, "")
	f.want(err, "")
	head := f.store.Head()
	f.want(f.RequestReset(ctx, "marie@exemple.fr"), "")
	f.want(f.RequestReset(ctx, "luc@exemple.fr"), "")
	if got := f.kinds(head); len(got) != 2 || got[0] != got[1] {
		t.Errorf("a reset wrote %v for a known and an unknown address", got)
	}
}

func TestSlotsLeaveACoreFree(t *testing.T) {
	t.Parallel()
	if got, want := cap(newHasher().slots), max(1, runtime.NumCPU()-1); got != want {
		t.Errorf("%d slots, want %d", got, want)
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	f := open(t)
	by, other := f.person("marie@exemple.fr"), f.person("luc@exemple.fr")
	phone, desk, third := f.logIn("marie@exemple.fr", goodPassword), f.logIn("marie@exemple.fr", goodPassword), f.logIn("marie@exemple.fr", goodPassword)
	opens := func(token string) string {
		_, err := f.Who(ctx, token)
		return models.Code(err)
	}
	session, err := f.Who(ctx, phone)
	if err != nil || session.AccountID != by.ID || session.Name != "Marie Dupont" || !session.Confirmed || session.Admin || session.Desk {
		t.Fatalf("%+v (%v)", session, err)
	}
	if n := f.count("SELECT count(*) FROM sessions WHERE token_hash = ?", []byte(phone)); n != 0 {
		t.Error("a token is kept as it is")
	}

	f.want(f.CloseSession(ctx, other, session.ID), "")
	if opens(phone) != "" {
		t.Error("somebody else closed the session")
	}
	f.want(f.CloseSession(ctx, by, session.ID), "")
	f.want(f.CloseSession(ctx, by, session.ID), "") // pressed twice
	if opens(phone) != "account.no_session" || opens(desk) != "" {
		t.Errorf("closed: %q, kept: %q", opens(phone), opens(desk))
	}

	list, err := f.Sessions(ctx, by)
	if err != nil || len(list) != 2 || list[0].Agent != "Firefox sur Linux" {
		t.Errorf("sessions %+v (%v)", list, err)
	}
	kept, _ := f.Who(ctx, desk)
	f.want(f.CloseOtherSessions(ctx, by, kept.ID), "")
	if opens(third) != "account.no_session" || opens(desk) != "" {
		t.Errorf("others: %q, kept: %q", opens(third), opens(desk))
	}

	head := f.store.Head()
	f.want(f.LogOut(ctx, desk), "")
	f.want(f.LogOut(ctx, desk), "")
	f.want(f.LogOut(ctx, "no token"), "")
	if opens(desk) != "account.no_session" {
		t.Error("logged out, yet the token opens a session")
	}
	if got := f.kinds(head); len(got) != 1 || got[0] != "session.closed" {
		t.Errorf("changes %v", got)
	}
}

func TestASessionEndsWhenItIsNotUsed(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.person("marie@exemple.fr")
	token := f.logIn("marie@exemple.fr", goodPassword)
	f.clock.Add(sessionLife - time.Second)
	if _, err := f.Who(ctx, token); err != nil { // used: it goes on
		t.Fatal(err)
	}
	f.clock.Add(sessionLife - time.Second)
	if _, err := f.Who(ctx, token); err != nil {
		t.Fatal(err)
	}
	f.clock.Add(sessionLife)
	_, err := f.Who(ctx, token)
	f.want(err, "account.no_session")
}

func TestPasswordChangedWhileItWasChecked(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.person("marie@exemple.fr")
	checked, err := f.withPassword(ctx, "marie@exemple.fr", goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.ChangePassword(ctx, by, NewPassword{Current: goodPassword, Password: otherPassword})
	f.want(err, "")
	err = f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error { return unchanged(ctx, tx, checked) })
	f.want(err, "account.overtaken")
}

func TestBrowser(t *testing.T) {
	t.Parallel()
	tests := []struct{ header, want string }{
		{"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox sur Linux"},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge sur Windows"},
		{"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36", "Chrome sur Android"},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1", "Safari sur iPhone"},
		{"", "Navigateur inconnu"},
		{"<script>alert(1)</script>", "Navigateur inconnu"},
	}
	for _, tt := range tests {
		if got := Browser(tt.header); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.header, got, tt.want)
		}
	}
}

func ExampleBrowser() {
	fmt.Println(Browser("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"))
	// Output: Firefox sur Linux
}
