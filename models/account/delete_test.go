package account

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"passerelle/models"
)

// call adds a call, and lab a laboratory, as far as rights need them.
func (f *fixture) call() models.ID {
	f.t.Helper()
	return f.insert("calls", map[string]any{"slug": "appel", "title": "Un appel"})
}

func (f *fixture) lab() models.ID {
	f.t.Helper()
	return f.insert("labs", map[string]any{"slug": "ti-lab", "name": "Ti Lab"})
}

// insert adds a row to a table of another domain, of which these rules read a
// few columns: the others are left empty, whatever that domain promises.
func (f *fixture) insert(table string, values map[string]any) (id models.ID) {
	f.t.Helper()
	f.update(func(_ context.Context, tx *models.Tx) error {
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
		for _, statement := range []string{"PRAGMA ignore_check_constraints = 1", "", "PRAGMA ignore_check_constraints = 0"} {
			if statement == "" {
				err = tx.DB.Table(table).Create(values).Error
			} else {
				err = tx.DB.Exec(statement).Error
			}
			if err != nil {
				return err
			}
		}
		return tx.DB.Raw("SELECT last_insert_rowid()").Scan(&id).Error
	})
	return id
}

func TestDeleteErasesAtOnce(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.person("marie@culture.gouv.fr")
	token := f.logIn("marie@culture.gouv.fr", goodPassword)
	f.want(f.RequestAddress(ctx, by, NewAddress{goodPassword, "autre@exemple.fr"}), "")
	links := []string{f.link(by, ToReset), f.link(by, ToMove)}
	f.want(f.Grant(ctx, models.System, Right{by.ID, models.Moderator, 0}), "")
	var erased models.ID
	f.OnDelete(func(_ context.Context, tx *models.Tx, id models.ID) error {
		erased = id
		return tx.DB.Exec("INSERT INTO readers (name, position) VALUES ('hook', 1)").Error
	})

	f.want(f.Delete(ctx, models.Actor{}, goodPassword), "account.log_in")
	f.want(f.Delete(ctx, by, otherPassword), "account.current")
	head := f.store.Head()
	f.want(f.Delete(ctx, by, goodPassword), "")
	f.want(f.Delete(ctx, by, goodPassword), "account.log_in")

	var row Account
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT * FROM accounts WHERE id = ?", by.ID).Scan(&row).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Account{ID: by.ID, Theme: "auto", CreatedAt: row.CreatedAt, ConfirmedAt: row.ConfirmedAt, DeletedAt: f.store.Now()}
	if row != want {
		t.Errorf("left: %+v", row)
	}
	for _, table := range []string{"sessions", "tokens", "roles", "saved_searches"} {
		if n := f.count("SELECT count(*) FROM " + table); n != 0 {
			t.Errorf("%d rows left in %s", n, table)
		}
	}
	_, err = f.Who(ctx, token)
	f.want(err, "account.no_session")
	_, err = f.LogIn(ctx, "marie@culture.gouv.fr", goodPassword, "")
	f.want(err, "account.wrong")
	f.want(f.Reset(ctx, links[0], otherPassword), "account.token")
	_, err = f.Confirm(ctx, links[1])
	f.want(err, "account.token")
	if erased != by.ID || f.count("SELECT count(*) FROM readers WHERE name = 'hook'") != 1 {
		t.Error("what others keep was not erased with it")
	}
	if got := f.kinds(head); !slices.Equal(got, []string{"account.deleted"}) {
		t.Errorf("changes %v", got)
	}
	f.unconfirmed("marie@culture.gouv.fr") // the address is free again
}

func TestDeleteIsWholeOrNothing(t *testing.T) {
	t.Parallel()
	f := open(t)
	by := f.person("marie@exemple.fr")
	f.OnDelete(func(context.Context, *models.Tx, models.ID) error { return errors.New("disk full") })
	before := f.account("id = ?", by.ID)
	if err := f.Delete(ctx, by, goodPassword); models.Code(err) != "internal" {
		t.Errorf("got %v", err)
	}
	if after := f.account("id = ?", by.ID); after != before {
		t.Errorf("%+v became %+v", before, after)
	}
}

func TestDeleteIsRefused(t *testing.T) {
	t.Parallel()
	states := []struct{ state, want string }{
		{"draft", ""},
		{"submitted", "account.undecided"},
		{"in_review", "account.undecided"},
		{"to_complete", "account.undecided"},
		{"in_decision", "account.undecided"},
		{"granted", ""},
		{"refused", ""},
		{"dropped", ""},
		{"withdrawn", ""},
	}
	for _, tt := range states {
		t.Run(tt.state, func(t *testing.T) {
			t.Parallel()
			f := open(t)
			by := f.person("marie@exemple.fr")
			f.insert("applications", map[string]any{"call_id": f.call(), "state": tt.state, "holder_id": by.ID})
			f.want(f.MayLeave(ctx, by), tt.want)
			f.want(f.Delete(ctx, by, goodPassword), tt.want)
			if left := f.count("SELECT count(*) FROM accounts WHERE id = ? AND deleted_at IS NULL", by.ID) == 1; left != (tt.want != "") {
				t.Errorf("account left: %t", left)
			}
		})
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.hasher.wait = 1 << 40
	first, second := f.administrator("marie@exemple.fr"), f.administrator("luc@exemple.fr")
	codes := make([]string, 2)
	var wg sync.WaitGroup
	for i, by := range []models.Actor{first, second} { // both leave at the same instant
		wg.Go(func() { codes[i] = models.Code(f.Delete(ctx, by, goodPassword)) })
	}
	wg.Wait()
	slices.Sort(codes)
	if !slices.Equal(codes, []string{"", "account.last_administrator"}) {
		t.Errorf("answers %v", codes)
	}
	if has, err := f.HasAdministrator(ctx); err != nil || !has {
		t.Errorf("nobody administers (%v)", err)
	}
}

func TestEraseUnconfirmed(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.person("marie@exemple.fr")
	f.unconfirmed("luc@exemple.fr")
	f.update(func(ctx context.Context, tx *models.Tx) error {
		_, err := EnsureImported(ctx, tx, "Autrice importée")
		return err
	})
	f.clock.Add(unconfirmedLife * 24 * 3600e9)
	if n, err := f.EraseUnconfirmed(ctx); n != 0 || err != nil {
		t.Errorf("erased %d to the day (%v)", n, err)
	}
	f.clock.Add(1e9)
	if n, err := f.EraseUnconfirmed(ctx); n != 1 || err != nil {
		t.Errorf("erased %d (%v)", n, err)
	}
	if n := f.count("SELECT count(*) FROM accounts WHERE deleted_at IS NULL"); n != 2 {
		t.Errorf("%d accounts left, want the confirmed and the imported one", n)
	}
}
