package forumpages

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
	"passerelle/models/forum"
	"passerelle/models/modelstest"
)

// portal is the forums on a fresh store, with the people of a test.
type portal struct {
	t      *testing.T
	app    *fiber.App
	site   *web.Site
	store  *models.Store
	clock  *modelstest.Clock
	forums *forum.Forums
}

const base = "http://127.0.0.1:3000"

// newPortal has the open forum "essai" and the closed forum "ancien".
func newPortal(t *testing.T) *portal {
	t.Helper()
	store, clock := modelstest.Open(t)
	p := &portal{t: t, store: store, clock: clock, forums: forum.New(store, account.EnsureImported)}
	cfg := config.Config{Addr: "127.0.0.1:3000", URL: base, Limits: true, Data: store.Dir()}
	var err error
	if p.site, err = web.New(cfg, store, account.New(store, false), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	p.app = p.site.App()
	New(p.site, p.forums).Routes(p.app)
	err = p.forums.SeedForums(context.Background(), []forum.Seed{
		{Slug: "essai", Title: "Essai", Lead: "Pour voir.", Position: 1, Categories: []forum.SeedCategory{{Slug: "idees", Title: "Idées"}}},
		{Slug: "ancien", Title: "Ancien", Position: 2, Closed: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// browser is somebody's browser, without script.
type browser struct {
	*portal
	who    models.Actor
	cookie string

	status  int
	address string // of the page, once redirects were followed
	header  http.Header
	body    string
	page    *goquery.Document
}

// visitor is a browser that nobody is logged in with.
func (p *portal) visitor() *browser { return &browser{portal: p} }

// logIn is the browser of a new, confirmed account.
func (p *portal) logIn(name string) *browser {
	p.t.Helper()
	b := &browser{portal: p, who: modelstest.Person(p.t, p.store, name), cookie: account.NewToken()}
	p.exec("INSERT INTO sessions (account_id, token_hash, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)",
		b.who.ID, account.Hash(b.cookie), p.store.Now(), p.store.Now(), models.At(p.store.Now().AddDate(1, 0, 0)))
	return b
}

func (p *portal) moderator() *browser {
	p.t.Helper()
	b := p.logIn("Zoé M.")
	modelstest.Grant(p.t, p.store, b.who, models.Moderator, 0)
	return b
}

func (p *portal) exec(query string, args ...any) {
	p.t.Helper()
	err := p.store.Update(context.Background(), func(_ context.Context, tx *models.Tx) error { return tx.DB.Exec(query, args...).Error })
	if err != nil {
		p.t.Fatal(err)
	}
}

// open goes to an address and follows redirects.
func (b *browser) open(address string) *browser {
	b.t.Helper()
	return b.send(httptest.NewRequest(http.MethodGet, address, nil))
}

func (b *browser) send(r *http.Request) *browser {
	b.t.Helper()
	for range 5 {
		r.Host = "127.0.0.1:3000"
		if b.cookie != "" {
			r.AddCookie(&http.Cookie{Name: "passerelle", Value: b.cookie})
		}
		res, err := b.app.Test(r, 20_000)
		if err != nil {
			b.t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			b.t.Fatal(err)
		}
		res.Body.Close()
		b.status, b.header, b.body, b.address = res.StatusCode, res.Header, string(body), r.URL.RequestURI()
		target := res.Header.Get("Location")
		if res.StatusCode < 300 || res.StatusCode > 399 || target == "" {
			break
		}
		r = httptest.NewRequest(http.MethodGet, target, nil)
	}
	var err error
	if b.page, err = goquery.NewDocumentFromReader(strings.NewReader(b.body)); err != nil {
		b.t.Fatal(err)
	}
	return b
}

// press sends the form of the button that reads text, with what is typed.
func (b *browser) press(text string, typed map[string]string) *browser {
	b.t.Helper()
	return b.send(b.request(text, typed))
}

// request is what pressing the button would send.
func (b *browser) request(text string, typed map[string]string) *http.Request {
	b.t.Helper()
	button := b.page.Find("main button").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasPrefix(words(s.Text()), text) }).First()
	form := button.Closest("form")
	if form.Length() == 0 {
		b.t.Fatalf("%s (%d): no button %q in:\n%s", b.address, b.status, text, b.text())
	}
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, field *goquery.Selection) {
		name, _ := field.Attr("name")
		value := field.AttrOr("value", "")
		switch goquery.NodeName(field) {
		case "textarea":
			value = field.Text() // the parser has taken the first line end
		case "select":
			value = field.Find("option[selected]").AttrOr("value", "")
		}
		if _, checked := field.Attr("checked"); field.AttrOr("type", "") == "radio" && !checked {
			return
		}
		values.Set(name, value)
	})
	for name, value := range typed {
		if form.Find("[name="+name+"]").Length() == 0 {
			b.t.Fatalf("%s: the form of %q has no field %q", b.address, text, name)
		}
		values.Set(name, value)
	}
	r := httptest.NewRequest(http.MethodPost, button.AttrOr("formaction", form.AttrOr("action", "")), strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", base)
	return r
}

// words is a text with plain spaces and apostrophes.
func words(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("’", "'", "\u202f", " ", "\u00a0", " ").Replace(s)), " ")
}

func (b *browser) text() string { return words(b.page.Find("main").Text()) }

// sees fails the test unless the page came with a status and reads each text.
func (b *browser) sees(status int, texts ...string) *browser {
	b.t.Helper()
	if b.status != status {
		b.t.Fatalf("%s: status %d, want %d:\n%s", b.address, b.status, status, b.text())
	}
	for _, text := range texts {
		if !strings.Contains(b.text(), words(text)) {
			b.t.Errorf("%s: does not read %q:\n%s", b.address, text, b.text())
		}
	}
	return b
}

// misses fails the test when the page reads one of the texts.
func (b *browser) misses(texts ...string) *browser {
	b.t.Helper()
	for _, text := range texts {
		if strings.Contains(b.text(), words(text)) {
			b.t.Errorf("%s: reads %q", b.address, text)
		}
	}
	return b
}

// follow opens the link that reads text, inside scope.
func (b *browser) follow(scope, text string) *browser {
	b.t.Helper()
	link := b.page.Find(scope + " a[href]").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasPrefix(words(s.Text()), words(text)) }).First()
	address, ok := link.Attr("href")
	if !ok {
		b.t.Fatalf("%s: no link %q in %q:\n%s", b.address, text, scope, b.text())
	}
	if strings.HasPrefix(address, "#") {
		return b
	}
	return b.open(address)
}
