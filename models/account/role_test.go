package account

import (
	"context"
	"slices"
	"sync"
	"testing"

	"passerelle/models"
)

func TestGrantAndRevoke(t *testing.T) {
	t.Parallel()
	f := open(t)
	admin, marie, luc := f.administrator("admin@exemple.fr"), f.person("marie@exemple.fr"), f.unconfirmed("luc@exemple.fr")
	lab, call := f.lab(), f.call()
	tests := []struct {
		name string
		by   models.Actor
		r    Right
		want string
	}{
		{"moderator", admin, Right{marie.ID, models.Moderator, 0}, ""},
		{"twice", admin, Right{marie.ID, models.Moderator, 0}, ""},
		{"editor of a lab", admin, Right{marie.ID, models.LabEditor, lab}, ""},
		{"decider of a call", admin, Right{marie.ID, models.Decider, call}, ""},
		{"by the program", models.System, Right{marie.ID, models.Reviewer, call}, ""},
		{"by a visitor", models.Actor{}, Right{marie.ID, models.Administrator, 0}, "account.log_in"},
		{"by somebody else, for herself", marie, Right{marie.ID, models.Administrator, 0}, "account.not_yours"},
		{"no such role", admin, Right{marie.ID, "king", 0}, "account.role"},
		{"moderator of a lab", admin, Right{marie.ID, models.Moderator, lab}, "account.role"},
		{"editor of nothing", admin, Right{marie.ID, models.LabEditor, 0}, "account.role"},
		{"editor of an unknown lab", admin, Right{marie.ID, models.LabEditor, 999}, "account.role"},
		{"decider of an unknown call", admin, Right{marie.ID, models.Decider, -1}, "account.role"},
		{"to somebody unconfirmed", admin, Right{luc.ID, models.Moderator, 0}, "account.role_unconfirmed"},
		{"to nobody", admin, Right{999, models.Moderator, 0}, "account.unknown"},
	}
	for _, tt := range tests {
		if got := models.Code(f.Grant(ctx, tt.by, tt.r)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	session, err := f.Who(ctx, f.logIn("marie@exemple.fr", goodPassword))
	if err != nil || !session.Desk || !session.Editor || !session.Moderator || session.Admin {
		t.Errorf("session %+v (%v)", session, err)
	}

	person, err := f.Person(ctx, admin, marie.ID)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, held := range person.Rights {
		names = append(names, string(held.Role)+" "+held.On)
	}
	slices.Sort(names)
	if want := []string{"decider Un appel", "lab_editor Ti Lab", "moderator ", "reviewer Un appel"}; !slices.Equal(names, want) {
		t.Errorf("rights %q, want %q", names, want)
	}

	head := f.store.Head()
	f.want(f.Revoke(ctx, marie, Right{marie.ID, models.Decider, call}), "account.not_yours")
	f.want(f.Revoke(ctx, admin, Right{marie.ID, models.Decider, call}), "")
	f.want(f.Revoke(ctx, admin, Right{marie.ID, models.Decider, call}), "")
	if got := f.kinds(head); !slices.Equal(got, []string{"role.revoked"}) {
		t.Errorf("changes %v", got)
	}
	entries, next, err := f.Audit(ctx, admin, 0)
	if err != nil || len(entries) != 6 || next != 0 { // one administrator, four rights, one taken away
		t.Fatalf("audit %+v, %d (%v)", entries, next, err)
	}
	last := entries[0]
	if last.Act != "role.revoked" || last.ActorID != admin.ID || last.Account != marie.ID || last.Role != models.Decider || last.On != "Un appel" {
		t.Errorf("last entry %+v", last)
	}
}

func TestTheLastAdministratorKeepsTheRole(t *testing.T) {
	t.Parallel()
	f := open(t)
	first, second := f.administrator("marie@exemple.fr"), f.administrator("luc@exemple.fr")
	codes := make([]string, 2)
	var wg sync.WaitGroup
	for i, by := range []models.Actor{first, second} { // each takes it from the other
		other := []models.Actor{second, first}[i]
		wg.Go(func() { codes[i] = models.Code(f.Revoke(ctx, by, Right{other.ID, models.Administrator, 0})) })
	}
	wg.Wait()
	slices.Sort(codes)
	if !slices.Equal(codes, []string{"", "account.not_yours"}) {
		t.Errorf("answers %v", codes)
	}
	left := first
	if f.count("SELECT count(*) FROM roles WHERE account_id = ?", first.ID) == 0 {
		left = second
	}
	f.want(f.Revoke(ctx, left, Right{left.ID, models.Administrator, 0}), "account.last_administrator")
}

func TestPeople(t *testing.T) {
	t.Parallel()
	f := open(t)
	admin, marie := f.administrator("admin@exemple.fr"), f.person("marie_d@exemple.fr")
	f.update(func(ctx context.Context, tx *models.Tx) error {
		for i := range 60 {
			err := tx.DB.Exec("INSERT INTO accounts (email, name, created_at) VALUES (?, ?, ?)",
				"p"+models.ID(i).String()+"@exemple.org", "Personne 100 %", tx.Now).Error
			if err != nil {
				return err
			}
		}
		_, err := EnsureImported(ctx, tx, "Auteur importé")
		return err
	})
	for _, by := range []models.Actor{{}, marie} {
		_, err := f.People(ctx, by, "", 0)
		f.want(err, "account.unknown")
		_, err = f.Person(ctx, by, marie.ID)
		f.want(err, "account.unknown")
		_, _, err = f.Audit(ctx, by, 0)
		f.want(err, "account.unknown")
		_, _, err = f.Scopes(ctx, by)
		f.want(err, "account.unknown")
	}
	seen := 0
	for before := models.ID(0); ; {
		page, err := f.People(ctx, admin, "", before)
		if err != nil {
			t.Fatal(err)
		}
		seen += len(page.List)
		if before = page.Next; before == 0 {
			break
		}
	}
	if seen != 62 {
		t.Errorf("the pages hold %d people, want 62", seen)
	}
	searches := []struct {
		words string
		want  int
	}{
		{"marie", 2}, // every person of these tests is called so
		{"MARIE_D", 1},
		{"marie_d dupont", 1},
		{"100 %", peoplePage},
		{"_", 1},
		{`\`, 0},
		{"' OR 1=1", 0},
		{"importé", 0},
	}
	for _, s := range searches {
		page, err := f.People(ctx, admin, s.words, 0)
		if err != nil || len(page.List) != s.want {
			t.Errorf("%q finds %d (%v), want %d", s.words, len(page.List), err, s.want)
		}
	}
}

func TestCreateAdmin(t *testing.T) {
	t.Parallel()
	f := open(t)
	if has, err := f.HasAdministrator(ctx); has || err != nil {
		t.Errorf("an administrator in an empty store (%v)", err)
	}
	_, err := f.CreateAdmin(ctx, "chef", "")
	f.want(err, "account.email")
	secret, err := f.CreateAdmin(ctx, "Chef@exemple.fr", "")
	f.want(err, "")
	_, err = f.LogIn(ctx, "chef@exemple.fr", "", "")
	f.want(err, "account.wrong")
	f.want(f.Reset(ctx, secret, goodPassword), "")
	f.want(f.Reset(ctx, secret, otherPassword), "account.token_used")
	session, err := f.Who(ctx, f.logIn("chef@exemple.fr", goodPassword))
	if err != nil || !session.Admin || !session.Confirmed || session.Name != "Administration" {
		t.Errorf("session %+v (%v)", session, err)
	}
	if has, err := f.HasAdministrator(ctx); !has || err != nil {
		t.Errorf("no administrator (%v)", err)
	}
}

// Somebody registered the address of the administrator to be, and waits.
func TestCreateAdminLocksOutWhoeverRegisteredTheAddress(t *testing.T) {
	t.Parallel()
	f := open(t)
	intruder := f.unconfirmed("chef@exemple.fr")
	token := f.logIn("chef@exemple.fr", goodPassword)
	link := f.link(intruder, ToConfirm)
	secret, err := f.CreateAdmin(ctx, "chef@exemple.fr", "")
	f.want(err, "")
	_, err = f.Who(ctx, token)
	f.want(err, "account.no_session")
	_, err = f.LogIn(ctx, "chef@exemple.fr", goodPassword, "")
	f.want(err, "account.wrong")
	_, err = f.Confirm(ctx, link)
	f.want(err, "account.token")
	f.want(f.Reset(ctx, secret, otherPassword), "")
	f.logIn("chef@exemple.fr", otherPassword)
}

func TestEnsureImported(t *testing.T) {
	t.Parallel()
	f := open(t)
	real := f.person("marie@exemple.fr")
	var first, again, other models.ID
	f.update(func(ctx context.Context, tx *models.Tx) (err error) {
		if first, err = EnsureImported(ctx, tx, "Marie Dupont"); err != nil {
			return err
		}
		if again, err = EnsureImported(ctx, tx, " Marie  Dupont "); err != nil {
			return err
		}
		other, err = EnsureImported(ctx, tx, "Luc")
		return err
	})
	if first != again || first == other || first == real.ID {
		t.Errorf("ids %d, %d, %d; the person of that name is %d", first, again, other, real.ID)
	}
	for _, name := range []string{"", "  ", "a\x00b", string(make([]byte, 81))} {
		err := f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
			_, err := EnsureImported(ctx, tx, name)
			return err
		})
		if code := models.Code(err); code == "" || code == "internal" {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestDemo(t *testing.T) {
	t.Parallel()
	f := open(t)
	demo := New(f.store, true)
	f.person("marie@exemple.fr")
	ids, err := demo.SeedDemo(ctx)
	f.want(err, "")
	again, err := demo.SeedDemo(ctx)
	f.want(err, "")
	if len(ids) != 10 || len(again) != 10 || ids["admin"] != again["admin"] {
		t.Errorf("ids %v, then %v", ids, again)
	}
	token, err := demo.LogIn(ctx, "admin@demo.example", DemoPassword, "")
	f.want(err, "")
	session, err := demo.Who(ctx, token)
	if err != nil || !session.Admin || !session.Confirmed {
		t.Errorf("session %+v (%v)", session, err)
	}
	for _, person := range DemoPeople {
		_, err := demo.LogIn(ctx, person.Email(), DemoPassword, "")
		f.want(err, "")
		_, err = f.LogIn(ctx, person.Email(), DemoPassword, "") // without PASSERELLE_DEMO
		f.want(err, "account.wrong")
	}
	_, err = f.Who(ctx, token)
	f.want(err, "account.no_session")
	if has, err := f.HasAdministrator(ctx); has || err != nil {
		t.Errorf("a demonstration account administers (%v)", err)
	}
	head := f.store.Head()
	f.want(f.RequestReset(ctx, "admin@demo.example"), "")
	if n := f.count("SELECT count(*) FROM changes WHERE seq > ? AND subject > 0", head); n != 0 {
		t.Error("a demonstration account gets a new password")
	}

	if has, err := f.HasDemo(ctx); !has || err != nil {
		t.Errorf("no demonstration accounts (%v)", err)
	}
	f.want(f.RemoveDemo(ctx), "")
	f.want(f.RemoveDemo(ctx), "")
	if has, err := f.HasDemo(ctx); has || err != nil {
		t.Errorf("demonstration accounts are left (%v)", err)
	}
	if n := f.count("SELECT count(*) FROM accounts WHERE deleted_at IS NULL"); n != 1 {
		t.Errorf("%d accounts left, want Marie's", n)
	}
	if n := f.count("SELECT count(*) FROM accounts WHERE email LIKE '%demo%' OR name LIKE '%Démo%'"); n != 0 {
		t.Error("a demonstration name or address is left")
	}
}
