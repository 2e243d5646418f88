package adminpages

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/config"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/modelstest"
)

// portal is the administration of a fresh store.
type portal struct {
	t     *testing.T
	app   *fiber.App
	store *models.Store
}

func newPortal(t *testing.T) *portal {
	t.Helper()
	store, _ := modelstest.Open(t)
	cfg := config.Config{Addr: "127.0.0.1:3000", URL: "http://127.0.0.1:3000", Limits: true, Data: store.Dir()}
	site, err := web.New(cfg, store, account.New(store, false), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	p := &portal{t: t, app: site.App(), store: store}
	New(site).Routes(p.app)
	return p
}

func (p *portal) exec(query string, args ...any) {
	p.t.Helper()
	err := p.store.Update(context.Background(), func(_ context.Context, tx *models.Tx) error { return tx.DB.Exec(query, args...).Error })
	if err != nil {
		p.t.Fatal(err)
	}
}

// call adds a call, of which these pages read the title: the rest is left
// empty, whatever the desk promises of it.
func (p *portal) call(id models.ID, title string) {
	p.t.Helper()
	err := p.store.Update(context.Background(), func(_ context.Context, tx *models.Tx) error {
		values := map[string]any{"id": id, "slug": "appel", "title": title}
		var needed []string
		err := tx.DB.Raw("SELECT name FROM pragma_table_info('calls') WHERE pk = 0 AND \"notnull\" = 1 AND dflt_value IS NULL").Scan(&needed).Error
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
		if err := tx.DB.Table("calls").Create(values).Error; err != nil {
			return err
		}
		return tx.DB.Exec("PRAGMA ignore_check_constraints = 0").Error
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// browser is somebody's browser; status, text and page are those of the last
// answer, redirects followed.
type browser struct {
	*portal
	who    models.Actor
	cookie string

	status int
	path   string
	page   *goquery.Document
}

func (p *portal) as(name string, roles ...models.Role) *browser {
	p.t.Helper()
	b := &browser{portal: p, who: modelstest.Person(p.t, p.store, name), cookie: account.NewToken()}
	p.exec("INSERT INTO sessions (account_id, token_hash, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)",
		b.who.ID, account.Hash(b.cookie), p.store.Now(), p.store.Now(), models.At(p.store.Now().AddDate(1, 0, 0)))
	for _, role := range roles {
		modelstest.Grant(p.t, p.store, b.who, role, 0)
	}
	return b
}

func (b *browser) open(address string) *browser {
	b.t.Helper()
	return b.send(http.MethodGet, address, nil)
}

func (b *browser) send(method, address string, form url.Values) *browser {
	b.t.Helper()
	for range 5 {
		r := httptest.NewRequest(method, address, strings.NewReader(form.Encode()))
		if method == http.MethodPost {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		r.Host = "127.0.0.1:3000"
		if b.cookie != "" {
			r.AddCookie(&http.Cookie{Name: "passerelle", Value: b.cookie})
		}
		res, err := b.app.Test(r, 20_000)
		if err != nil {
			b.t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err == nil {
			b.page, err = goquery.NewDocumentFromReader(strings.NewReader(string(body)))
		}
		if err != nil {
			b.t.Fatal(err)
		}
		b.status, b.path = res.StatusCode, address
		if res.StatusCode != http.StatusSeeOther {
			break
		}
		method, address, form = http.MethodGet, res.Header.Get("Location"), nil
	}
	return b
}

// press sends the form of the button that begins with text.
func (b *browser) press(text string, typed url.Values) *browser {
	b.t.Helper()
	button := b.page.Find("main button").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasPrefix(words(s.Text()), text) }).First()
	form := button.Closest("form")
	if form.Length() == 0 {
		b.t.Fatalf("%s (%d): no button %q in:\n%s", b.path, b.status, text, b.text())
	}
	values := url.Values{}
	form.Find("input").Each(func(_ int, field *goquery.Selection) { values.Set(field.AttrOr("name", ""), field.AttrOr("value", "")) })
	for name, value := range typed {
		if form.Find("[name='"+name+"']").Length() == 0 {
			b.t.Fatalf("%s: no field %q", b.path, name)
		}
		values[name] = value
	}
	if form.AttrOr("method", "") == "get" {
		return b.open(form.AttrOr("action", "") + "?" + values.Encode())
	}
	return b.send(http.MethodPost, form.AttrOr("action", ""), values)
}

func (b *browser) sees(status int, texts ...string) *browser {
	b.t.Helper()
	if b.status != status {
		b.t.Fatalf("%s: status %d, want %d:\n%s", b.path, b.status, status, b.text())
	}
	for _, text := range texts {
		if !strings.Contains(b.text(), text) {
			b.t.Errorf("%s: %q is not in:\n%s", b.path, text, b.text())
		}
	}
	return b
}

func (b *browser) text() string { return words(b.page.Find("main").Text()) }

func words(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)), " ")
}

func TestOnlyForAdministrators(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	someone, moderator := p.as("marie"), p.as("zoé", models.Moderator)
	visitor := &browser{portal: p}
	for _, b := range []*browser{visitor, someone, moderator} {
		for _, address := range []string{"/administration", "/administration?q=marie", "/administration/journal", personAddress(someone.who.ID), "/administration/personnes/999"} {
			b.open(address).sees(404)
		}
	}
	// Nor by sending the form that only administrators get.
	admin := p.as("ada", models.Administrator)
	admin.open(personAddress(someone.who.ID)).sees(200)
	own := *admin
	own.cookie = someone.cookie
	own.press("Donner le rôle", url.Values{"role": {"administrator"}}).sees(403) // the form is another's
	someone.open(personAddress(someone.who.ID)).sees(404)
	admin.open("/administration/personnes/999").sees(404)
	admin.open("/administration/personnes/abc").sees(404)
}

func TestGrantAndRevoke(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.call(7, "Un appel")
	admin, marie := p.as("ada", models.Administrator), p.as("marie")
	admin.open("/administration").sees(200, "marie", "marie@example.org", "Administration, tout le portail")
	admin.press("Chercher", url.Values{"q": {"marie@"}}).sees(200, "marie@example.org")
	if strings.Contains(admin.text(), "ada@example.org") {
		t.Error("the search narrows nothing")
	}
	admin.press("Chercher", url.Values{"q": {"personne de ce nom"}}).sees(200, "Personne ne correspond")

	admin.open(personAddress(marie.who.ID)).sees(200, "Aucun rôle").
		press("Donner le rôle", nil).sees(422, "Choisissez un rôle de la liste").
		press("Donner le rôle", url.Values{"role": {"decider"}}).sees(422, "Choisissez un rôle de la liste")
	for _, idle := range []string{"lab_editor", "expert", "finance"} {
		if admin.page.Find("option[value="+idle+"]").Length() != 0 {
			t.Errorf("%s is offered, and opens nothing", idle)
		}
	}
	if admin.page.Find("option[value=decider][selected]").Length() != 1 {
		t.Error("the role that was chosen is lost")
	}
	admin.press("Donner le rôle", url.Values{"role": {"decider"}, "call": {"7"}}).sees(200, "Le rôle est donné.", "Décision", "Un appel").
		press("Donner le rôle", url.Values{"role": {"moderator"}, "call": {"7"}}).sees(200, "Modération", "tout le portail").
		press("Retirer : Décision", nil).sees(200, "Le rôle est retiré.")
	if strings.Contains(admin.text(), "Sur Un appel") || !strings.Contains(admin.text(), "Sur tout le portail") {
		t.Errorf("the roles now are:\n%s", admin.text())
	}
	admin.open("/administration/journal").sees(200, "Rôle donné", "Rôle retiré", "Décision, Un appel", "marie", "ada")

	admin.open(personAddress(admin.who.ID)).press("Retirer", nil).sees(409, "au moins une personne")
	p.exec("UPDATE accounts SET confirmed_at = NULL WHERE id = ?", marie.who.ID)
	admin.open(personAddress(marie.who.ID)).sees(200, "Non confirmé", "ne peut pas recevoir de rôle")
}

func TestTheListHasPages(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	admin := p.as("ada", models.Administrator)
	for i := range 30 {
		p.exec("INSERT INTO accounts (email, name, created_at) VALUES (?, 'Une personne', ?)", models.ID(i).String()+"@exemple.fr", p.store.Now())
	}
	admin.open("/administration?q=personne").sees(200)
	if n := admin.page.Find("main tbody tr").Length(); n != 25 {
		t.Errorf("%d rows on the first page", n)
	}
	admin.open(admin.page.Find("main a[rel=next]").AttrOr("href", "")).sees(200)
	if n := admin.page.Find("main tbody tr").Length(); n != 5 {
		t.Errorf("%d rows on the second page", n)
	}
	admin.open(admin.page.Find("main a[rel=prev]").AttrOr("href", "")).sees(200)
	if admin.path != "/administration?q=personne" {
		t.Errorf("back at %s", admin.path)
	}
	admin.open("/administration?avant=abc").sees(200)
}
