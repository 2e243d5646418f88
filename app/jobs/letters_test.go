package jobs

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/modelstest"
)

// templates are the mails in the outbox, as "template to recipient".
func (f *fixture) templates() (list []string) {
	for _, m := range f.outbox("1") {
		list = append(list, m.Template+" to "+m.Recipient)
	}
	return list
}

func TestAccountMails(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	id := f.register("marie@exemple.fr")
	by := models.Actor{ID: id}
	f.confirm("marie@exemple.fr")
	f.register("marie@exemple.fr") // again
	f.register("luc@exemple.fr")
	f.register("luc@exemple.fr") // again, unconfirmed
	for _, email := range []string{"marie@exemple.fr", "personne@exemple.fr"} {
		if err := f.accounts.RequestReset(ctx, email); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.accounts.RequestAddress(ctx, by, account.NewAddress{Current: goodPassword, Email: "nouvelle@exemple.fr"}); err != nil {
		t.Fatal(err)
	}
	f.catchUp()
	want := []string{
		"confirm to marie@exemple.fr",
		"known to marie@exemple.fr",
		"confirm to luc@exemple.fr",
		"known to luc@exemple.fr",
		"reset to marie@exemple.fr",
		"address to nouvelle@exemple.fr",
		"address_warning to marie@exemple.fr",
	}
	if got := f.templates(); !slices.Equal(got, want) {
		t.Errorf("mails:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, m := range f.outbox("1") {
		if !strings.Contains(m.Body, "https://passerelle.example") || strings.Contains(m.Body, "'") || strings.Contains(m.Body, " :") {
			t.Errorf("the mail %s says:\n%s", m.Template, m.Body)
		}
		if strings.Contains(m.Body, "?jeton=") {
			secret := secretIn(t, m.Body)
			if n := f.count("SELECT count(*) FROM tokens WHERE token_hash = ?", account.Hash(secret)); n != 1 {
				t.Errorf("the link of %s opens nothing", m.Template)
			}
		}
	}

	if _, err := f.accounts.Confirm(ctx, f.secret("nouvelle@exemple.fr")); err != nil {
		t.Fatal(err)
	}
	// Luc takes over the account that somebody opened with his address.
	if err := f.accounts.Reset(ctx, f.secret("luc@exemple.fr"), "un autre mot, bien choisi"); err != nil {
		t.Fatal(err)
	}
	f.catchUp()
	if got := f.templates(); len(got) != 8 || got[7] != "password to luc@exemple.fr" {
		t.Errorf("mails %v", got)
	}
}

func TestANewAddressThatIsTaken(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	f.register("luc@exemple.fr")
	by := models.Actor{ID: f.register("marie@exemple.fr")}
	f.catchUp()
	if err := f.accounts.RequestAddress(ctx, by, account.NewAddress{Current: goodPassword, Email: "luc@exemple.fr"}); err != nil {
		t.Fatal(err)
	}
	f.catchUp()
	mail := f.outbox("template = 'address'")
	if len(mail) != 1 || strings.Contains(mail[0].Body, "jeton") || strings.Contains(mail[0].Body, "Marie") {
		t.Errorf("to the owner of the address: %+v", mail)
	}
}

func TestMailsThatArriveTooLate(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	by := models.Actor{ID: f.register("marie@exemple.fr")}
	if err := f.accounts.RequestReset(ctx, "marie@exemple.fr"); err != nil {
		t.Fatal(err)
	}
	if err := f.accounts.Delete(ctx, by, goodPassword); err != nil {
		t.Fatal(err)
	}
	f.catchUp()
	if got := f.templates(); len(got) != 0 {
		t.Errorf("to a deleted account: %v", got)
	}
}

func TestDeletionErasesMailsThatWait(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	by := models.Actor{ID: f.register("marie@exemple.fr")}
	f.catchUp()
	if err := f.accounts.Delete(ctx, by, goodPassword); err != nil {
		t.Fatal(err)
	}
	if got := f.templates(); len(got) != 0 {
		t.Errorf("left in the outbox: %v", got)
	}
}

func TestNobodysMailboxIsFilled(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	f.register("marie@exemple.fr")
	ask := func() {
		for range 20 {
			if err := f.accounts.RequestReset(ctx, "marie@exemple.fr"); err != nil {
				t.Fatal(err)
			}
		}
		f.catchUp()
	}
	for hour, want := range []int{perHour, 2 * perHour, perDay, perDay} {
		ask()
		if n := len(f.outbox("template = 'reset'")); n != want {
			t.Errorf("after %d hours, %d mails, want %d", hour, n, want)
		}
		f.clock.Add(time.Hour)
	}
	f.clock.Add(21 * time.Hour)
	ask()
	if n := len(f.outbox("template = 'reset'")); n != perDay+perHour {
		t.Errorf("the next day, %d mails, want %d", n, perDay+perHour)
	}
}

// A victim gets no flood, whoever asks: one account after the other wants to
// move to the address of somebody who has none.
func TestNoMailboxIsFilledByMany(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	for i := range 8 {
		by := models.Actor{ID: f.register(fmt.Sprintf("attaquant%d@exemple.fr", i))}
		if err := f.accounts.RequestAddress(ctx, by, account.NewAddress{Current: goodPassword, Email: "victime@exemple.fr"}); err != nil {
			t.Fatal(err)
		}
		f.catchUp()
		if err := f.Drain(ctx); err != nil { // what was sent counts too, though its recipient is wiped
			t.Fatal(err)
		}
	}
	if n := len(f.outbox("template = 'address'")); n != perHour {
		t.Errorf("%d mails to the victim, want %d", n, perHour)
	}
	if n := len(f.outbox("template = 'address_warning'")); n != 8 {
		t.Errorf("%d warnings to the others, want 8", n)
	}
}

func TestWhatIsKeptOfARecipient(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	f.register("marie@exemple.fr")
	if err := f.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	kept := func() int64 {
		return f.count("SELECT count(*) FROM outbox WHERE mailbox <> '' OR recipient <> '' OR body <> ''")
	}
	if kept() != 1 {
		t.Error("a mail that was sent is not counted for its recipient")
	}
	f.clock.Add(25 * time.Hour)
	if err := f.retention(ctx); err != nil {
		t.Fatal(err)
	}
	if kept() != 0 {
		t.Error("after a day, something of the recipient is still kept")
	}
}

func TestInvitationsThatNobodyAcceptedAreForgotten(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	marie := modelstest.Person(t, f.store, "marie")
	f.insert("calls", map[string]any{"id": 1, "slug": "appel", "title": "Un appel"})
	f.insert("applications", map[string]any{"id": 7, "call_id": 1, "state": "draft", "holder_id": marie.ID})
	for id, email := range map[int]string{1: "collegue@exemple.fr", 2: "autre@exemple.fr"} {
		f.insert("invitations", map[string]any{"id": id, "application_id": 7, "email": email, "role": "co_holder", "invited_by": marie.ID,
			"created_at": f.store.Now(), "expires_at": models.At(f.store.Now().AddDate(0, 0, 7))})
	}
	kept := func() int64 { return f.count("SELECT count(*) FROM invitations WHERE email <> ''") }
	for _, tt := range []struct {
		day  int
		want int64
	}{{36, 2}, {37, 0}} {
		f.clock.Set(modelstest.Start.AddDate(0, 0, tt.day))
		if err := f.retention(ctx); err != nil {
			t.Fatal(err)
		}
		if got := kept(); got != tt.want {
			t.Errorf("after %d days, %d addresses, want %d", tt.day, got, tt.want)
		}
	}
}

// The name on a mail to somebody else's address is free text: it must make
// neither a header nor a link.
func TestANameMakesNoLink(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	err := f.accounts.Register(ctx, account.Registration{
		Name: "Gagnez https://escroc.example ou ecrivez@escroc.example", Email: "victime@exemple.fr", Password: goodPassword,
	})
	if err != nil {
		t.Fatal(err)
	}
	f.catchUp()
	mail := f.outbox("1")[0]
	if strings.Contains(mail.Body, "escroc.example") || strings.Contains(mail.Body, "ecrivez@") {
		t.Errorf("the mail says:\n%s", mail.Body)
	}
}

func (f *fixture) record(kind string, subject models.ID) {
	f.t.Helper()
	err := f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error { return tx.Record(ctx, models.System, kind, subject) })
	if err != nil {
		f.t.Fatal(err)
	}
}

// insert adds a row to a table of the funding desk, of which mails read a few
// columns: the others are left empty, whatever the desk promises of them.
func (f *fixture) insert(table string, values map[string]any) {
	f.t.Helper()
	err := f.store.Update(ctx, func(_ context.Context, tx *models.Tx) error {
		var needed []string
		err := tx.DB.Raw("SELECT name FROM pragma_table_info(?) WHERE pk = 0 AND \"notnull\" = 1 AND dflt_value IS NULL", table).Scan(&needed).Error
		if err != nil {
			return err
		}
		for _, column := range needed {
			if _, given := values[column]; !given {
				values[column] = ""
			}
		}
		if err := tx.DB.Exec("PRAGMA ignore_check_constraints = 1").Error; err != nil {
			return err
		}
		if err := tx.DB.Table(table).Create(values).Error; err != nil {
			return err
		}
		return tx.DB.Exec("PRAGMA ignore_check_constraints = 0").Error
	})
	if err != nil {
		f.t.Fatal(err)
	}
}
