package accountpages

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/config"
	"passerelle/app/jobs"
	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/modelstest"
)

const (
	base          = "http://127.0.0.1:3000"
	goodPassword  = "tortue grimpe prudemment"
	otherPassword = "nuage violet sous la table"
)

// portal is the pages of accounts on a fresh store, with mails in files.
type portal struct {
	t      *testing.T
	site   *web.Site
	store  *models.Store
	clock  *modelstest.Clock
	jobs   *jobs.Jobs
	client *http.Client
}

func newPortal(t *testing.T, edit ...func(*config.Config)) *portal {
	t.Helper()
	store, clock := modelstest.Open(t)
	cfg := config.Config{Addr: "127.0.0.1:3000", URL: base, Limits: true, Data: store.Dir(), Demo: true, MailFrom: "ne-pas-repondre@passerelle.example"}
	for _, change := range edit {
		change(&cfg)
	}
	accounts := account.New(store, cfg.Demo)
	log := slog.New(slog.DiscardHandler)
	site, err := web.New(cfg, store, accounts, log)
	if err != nil {
		t.Fatal(err)
	}
	work, err := jobs.New(cfg, store, accounts, log)
	if err != nil {
		t.Fatal(err)
	}
	app := site.App()
	p := &portal{t: t, site: site, store: store, clock: clock, jobs: work}
	New(site).Routes(app)
	app.Get("/", func(c *fiber.Ctx) error { return web.Show(c, ui.Layout(web.Page(c, "Accueil"))) })
	p.listen(app)
	return p
}

// listen serves on the loopback interface, under the name of base: what only
// this machine may see asks where a request comes from.
func (p *portal) listen(app *fiber.App) {
	p.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	done := make(chan error)
	go func() { done <- app.Listener(listener) }()
	transport := &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, listener.Addr().String())
	}}
	p.client = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	p.t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := app.Shutdown(); err != nil {
			p.t.Error(err)
		}
		if err := <-done; err != nil {
			p.t.Error(err)
		}
	})
}

// request is a request to the portal.
func (p *portal) request(method, address string, form url.Values) *http.Request {
	p.t.Helper()
	r, err := http.NewRequest(method, base+address, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

// browser is somebody's browser, without script.
type browser struct {
	*portal
	cookies map[string]string
	agent   string

	status  int
	address string
	header  http.Header
	body    string
	page    *goquery.Document
}

func (p *portal) visitor() *browser {
	return &browser{portal: p, cookies: map[string]string{}, agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
}

func (b *browser) open(address string) *browser {
	b.t.Helper()
	return b.send(b.portal.request(http.MethodGet, address, nil))
}

// send sends a request and follows redirects.
func (b *browser) send(r *http.Request) *browser {
	b.t.Helper()
	for range 5 {
		target := b.once(r)
		if target == "" {
			break
		}
		r = b.portal.request(http.MethodGet, target, nil)
	}
	var err error
	if b.page, err = goquery.NewDocumentFromReader(strings.NewReader(b.body)); err != nil {
		b.t.Fatal(err)
	}
	return b
}

// once sends a request and tells where it redirects to.
func (b *browser) once(r *http.Request) (target string) {
	b.t.Helper()
	r.Header.Set("User-Agent", b.agent)
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range res.Cookies() {
		b.cookies[c.Name] = c.Value
		if !c.Expires.IsZero() && c.Expires.Before(modelstest.Start) {
			delete(b.cookies, c.Name)
		}
	}
	b.status, b.header, b.body, b.address = res.StatusCode, res.Header, string(body), r.URL.RequestURI()
	if res.StatusCode < 300 || res.StatusCode > 399 {
		return ""
	}
	if res.StatusCode != http.StatusSeeOther {
		b.t.Errorf("%s redirects by %d", b.address, res.StatusCode)
	}
	return res.Header.Get("Location")
}

// fill is what is typed, by the visible labels of fields.
type fill map[string]string

// press sends the form of the button that reads text, with what is typed.
func (b *browser) press(text string, typed fill) *browser {
	b.t.Helper()
	return b.send(b.form(text, typed))
}

// form is what pressing a button would send.
func (b *browser) form(text string, typed fill) *http.Request {
	b.t.Helper()
	button := b.page.Find("button").FilterFunction(func(_ int, s *goquery.Selection) bool { return words(s.Text()) == text }).First()
	form := button.Closest("form")
	if form.Length() == 0 {
		b.t.Fatalf("%s (%d): no button %q in:\n%s", b.address, b.status, text, b.text())
	}
	values := url.Values{}
	form.Find("input").Each(func(_ int, field *goquery.Selection) {
		name, _ := field.Attr("name")
		value, _ := field.Attr("value")
		if kind, _ := field.Attr("type"); kind == "radio" {
			if _, checked := field.Attr("checked"); !checked {
				return
			}
		}
		values.Set(name, value)
	})
	for label, value := range typed {
		values.Set(b.field(form, label), value)
	}
	if name, ok := button.Attr("name"); ok {
		values.Set(name, button.AttrOr("value", ""))
	}
	return b.portal.request(http.MethodPost, form.AttrOr("action", ""), values)
}

// field is the name of the field that a label names.
func (b *browser) field(form *goquery.Selection, label string) string {
	b.t.Helper()
	found := form.Find("label").FilterFunction(func(_ int, s *goquery.Selection) bool { return words(s.Text()) == label }).First()
	id, ok := found.Attr("for")
	if !ok {
		b.t.Fatalf("%s: no field %q in:\n%s", b.address, label, b.text())
	}
	name, ok := form.Find("[id='" + id + "']").Attr("name")
	if !ok {
		b.t.Fatalf("%s: the label %q names nothing", b.address, label)
	}
	return name
}

func (b *browser) follow(text string) *browser {
	b.t.Helper()
	link := b.page.Find("a").FilterFunction(func(_ int, s *goquery.Selection) bool { return words(s.Text()) == text }).First()
	address, ok := link.Attr("href")
	if !ok {
		b.t.Fatalf("%s (%d): no link %q in:\n%s", b.address, b.status, text, b.text())
	}
	return b.open(address)
}

func (b *browser) sees(status int, texts ...string) *browser {
	b.t.Helper()
	if b.status != status {
		b.t.Fatalf("%s: status %d, want %d:\n%s", b.address, b.status, status, b.text())
	}
	for _, text := range texts {
		if !strings.Contains(b.text(), text) {
			b.t.Errorf("%s: %q is not in:\n%s", b.address, text, b.text())
		}
	}
	return b
}

func (b *browser) misses(texts ...string) *browser {
	b.t.Helper()
	for _, text := range texts {
		if strings.Contains(b.text(), text) {
			b.t.Errorf("%s: %q is in:\n%s", b.address, text, b.text())
		}
	}
	return b
}

func (b *browser) text() string { return words(b.page.Find("main").Text()) }

// words is a text as people read it: one space between words.
func words(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)), " ")
}

// mail is the address of the first link in the newest mail to somebody.
func (p *portal) mail(to, subject string) string {
	p.t.Helper()
	if err := p.jobs.Drain(context.Background()); err != nil {
		p.t.Fatal(err)
	}
	list, err := jobs.Mailbox(p.store.Dir(), 1000)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, m := range list {
		if m.To != to || m.Subject != subject {
			continue
		}
		for _, line := range strings.Split(m.Text, "\n") {
			if path, ours := strings.CutPrefix(line, base); ours && path != "" {
				return path
			}
		}
	}
	p.t.Fatalf("no mail %q came to %s", subject, to)
	return ""
}

// person is the browser of somebody who registered, confirmed and logged in.
func (p *portal) person(email string) *browser {
	p.t.Helper()
	b := p.visitor()
	b.open("/inscription").press("Créer mon compte", fill{"Nom affiché": "Marie Dupont", "Adresse électronique": email, "Mot de passe": goodPassword})
	b.open(p.mail(email, "Confirmez votre adresse")).press("Confirmer mon adresse", nil)
	return b.logIn(email, goodPassword).sees(200, "Vous êtes connecté.")
}

func (b *browser) logIn(email, password string) *browser {
	b.t.Helper()
	return b.open("/connexion").press("Se connecter", fill{"Adresse électronique": email, "Mot de passe": password})
}
