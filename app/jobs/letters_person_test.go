package jobs

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/forum"
	"passerelle/models/modelstest"
)

func TestRolesAreTold(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	marie, ada := modelstest.Person(t, f.store, "marie"), modelstest.Person(t, f.store, "ada")
	modelstest.Grant(t, f.store, ada, models.Administrator, 0)
	f.insert("calls", map[string]any{"id": 1, "slug": "appel", "title": "Un appel"})
	rights := []account.Right{
		{Account: marie.ID, Role: models.Moderator}, {Account: marie.ID, Role: models.Decider, Scope: 1},
	}
	for _, right := range rights {
		for range 2 { // the second changes nothing
			if err := f.accounts.Grant(ctx, ada, right); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.accounts.Revoke(ctx, ada, rights[1]); err != nil {
		t.Fatal(err)
	}
	f.catchUp()
	want := []string{"role_granted to marie@example.org", "role_granted to marie@example.org", "role_revoked to marie@example.org"}
	if got := f.templates(); !slices.Equal(got, want) {
		t.Fatalf("mails %v, want %v", got, want)
	}
	parts := [][]string{{"Modération, sur tout le portail"}, {"Décision, sur «\u202fUn appel\u202f»"}, {"retiré", "Décision, sur «\u202fUn appel\u202f»"}}
	for i, m := range f.outbox("1") {
		for _, part := range append(parts[i], "https://passerelle.example/compte") {
			if !strings.Contains(m.Body, part) {
				t.Errorf("mail %d lacks %q:\n%s", i, part, m.Body)
			}
		}
		if strings.Contains(m.Body, "jeton") {
			t.Errorf("mail %d carries a secret", i)
		}
	}
}

func TestRolesOfADemonstrationAreNotTold(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	if _, err := f.accounts.SeedDemo(ctx); err != nil {
		t.Fatal(err)
	}
	f.catchUp()
	if got := f.templates(); len(got) != 0 {
		t.Errorf("mails %v", got)
	}
}

func TestAuthorsAreToldOfModeration(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	forums := forum.New(f.store, account.EnsureImported)
	marie, luc, zoe := modelstest.Person(t, f.store, "marie"), modelstest.Person(t, f.store, "luc"), modelstest.Person(t, f.store, "zoe")
	modelstest.Grant(t, f.store, zoe, models.Moderator, 0)
	if err := forums.SeedForums(ctx, []forum.Seed{{Slug: "essai", Title: "Essai"}}); err != nil {
		t.Fatal(err)
	}
	do := func(done forum.Posted, err error) forum.Posted {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	first := do(forums.Open(ctx, marie, forum.NewThread{Forum: "essai", Kind: forum.Question, Title: "Un titre https://escroc.example", Body: "Le secret."}))
	reply := do(forums.Reply(ctx, luc, forum.NewPost{Thread: first.Thread, Body: "Des injures."}))
	own := do(forums.Reply(ctx, zoe, forum.NewPost{Thread: first.Thread, Body: "Une erreur."}))
	do(forums.HidePost(ctx, zoe, reply.Post, "Injures envers une personne"))
	do(forums.RestorePost(ctx, zoe, reply.Post)) // before the mail is written: its reason is still known
	do(forums.HidePost(ctx, zoe, own.Post, "Je me suis trompée"))
	do(forums.HideThread(ctx, zoe, first.Thread, "Publicité"))
	do(forums.RestoreThread(ctx, zoe, first.Thread))
	f.catchUp()
	want := []string{
		"post_hidden to luc@example.org", "post_restored to luc@example.org",
		"thread_hidden to marie@example.org", "thread_restored to marie@example.org",
	}
	if got := f.templates(); !slices.Equal(got, want) {
		t.Fatalf("mails:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	mails := f.outbox("1")
	for i, parts := range [][]string{
		{"votre message n°\u00a02", "Motif\u00a0: Injures envers une personne", "https://passerelle.example/messages/2", "/aide/regles#contester"},
		{"rétabli", "/messages/2"},
		{"votre fil", "Motif\u00a0: Publicité", "/fils/1-", "/aide/regles#contester"},
		{"rétabli", "/fils/1-"},
	} {
		for _, part := range parts {
			if !strings.Contains(mails[i].Body, part) {
				t.Errorf("mail %s lacks %q:\n%s", mails[i].Template, part, mails[i].Body)
			}
		}
		for _, secret := range []string{"Des injures.", "Le secret.", "zoe", "escroc.example"} {
			if strings.Contains(mails[i].Body, secret) {
				t.Errorf("mail %s says %q:\n%s", mails[i].Template, secret, mails[i].Body)
			}
		}
	}
}

func TestALastMailSaysGoodbye(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	f.register("marie@exemple.fr")
	f.confirm("marie@exemple.fr")
	if err := f.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	by := models.Actor{ID: models.ID(f.count("SELECT id FROM accounts WHERE email = 'marie@exemple.fr'"))}
	if err := f.accounts.Delete(ctx, by, "pas le bon mot"); err == nil {
		t.Fatal("deleted with a wrong password")
	}
	if got := f.outbox("template = 'goodbye'"); len(got) != 0 {
		t.Error("goodbye to somebody who stays")
	}
	if err := f.accounts.Delete(ctx, by, goodPassword); err != nil {
		t.Fatal(err)
	}
	mail := f.outbox("template = 'goodbye'")
	if len(mail) != 1 || mail[0].Recipient != "marie@exemple.fr" || !strings.Contains(mail[0].Body, "Marie Dupont") {
		t.Fatalf("the last mail: %+v", mail)
	}
	if err := f.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"accounts", "outbox", "tokens", "sessions", "changes"} {
		if rows := f.dump(table); strings.Contains(rows, "marie@exemple.fr") || strings.Contains(rows, "Marie Dupont") {
			t.Errorf("%s still names her: %s", table, rows)
		}
	}
	if n := f.count("SELECT count(*) FROM outbox WHERE template = 'goodbye' AND sent_at IS NOT NULL AND account_id = 0 AND mailbox = ''"); n != 1 {
		t.Error("the last mail did not leave, or leaves a trace of its reader")
	}
}

// dump is all that a table holds, as text.
func (f *fixture) dump(table string) string {
	f.t.Helper()
	var text strings.Builder
	err := f.store.View(ctx, func(_ context.Context, tx *models.Tx) error {
		rows := []map[string]any{}
		if err := tx.DB.Table(table).Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			for name, value := range row {
				if bytes, ok := value.([]byte); ok {
					value = string(bytes)
				}
				fmt.Fprintf(&text, "%s=%v ", name, value)
			}
		}
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return text.String()
}
