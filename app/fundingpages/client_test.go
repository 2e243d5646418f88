package fundingpages

import (
	"bytes"
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
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/funding"
	"passerelle/models/modelstest"
	"passerelle/search"
)

// room is a site with these pages and the demonstration call.
type room struct {
	t     testing.TB
	store *models.Store
	clock *modelstest.Clock
	desk  *funding.Desk
	app   *fiber.App
	call  models.ID

	holder, colleague, outsider, reviewer, lead, decider, other, admin *browser
}

const callSlug = "demonstration"

func open(t testing.TB) *room {
	t.Helper()
	store, clock := modelstest.Open(t)
	cfg := config.Config{Addr: "127.0.0.1:3000", URL: "http://127.0.0.1:3000", Data: store.Dir(), Demo: true}
	site, err := web.New(cfg, store, account.New(store, true), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, store: store, clock: clock, desk: funding.New(store), app: site.App()}
	New(site, r.desk, &search.Index{}).Routes(r.app)
	r.app.Use(site.NotFound)
	library, err := content.Load(content.Embedded)
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range library.Calls {
		if _, err := r.desk.LoadCall(context.Background(), call); err != nil {
			t.Fatal(err)
		}
	}
	if r.call, err = r.desk.CallID(context.Background(), callSlug); err != nil {
		t.Fatal(err)
	}
	for i, who := range []**browser{&r.holder, &r.colleague, &r.outsider, &r.reviewer, &r.lead, &r.decider, &r.other, &r.admin} {
		*who = r.logIn([]string{"porteur", "collegue", "passante", "instructrice", "responsable", "decideur", "decideuse", "admin"}[i])
	}
	modelstest.Grant(t, store, r.reviewer.actor, models.Reviewer, r.call)
	modelstest.Grant(t, store, r.lead.actor, models.LeadReviewer, r.call)
	modelstest.Grant(t, store, r.decider.actor, models.Decider, r.call)
	modelstest.Grant(t, store, r.other.actor, models.Decider, r.call)
	modelstest.Grant(t, store, r.admin.actor, models.Administrator, 0)
	return r
}

// browser is somebody at a browser without JavaScript; the page that they see
// is in doc.
type browser struct {
	r      *room
	name   string
	actor  models.Actor
	cookie string

	status  int
	address string
	body    string
	doc     *goquery.Document
	header  http.Header
}

// visitor is a browser without an account.
func (r *room) visitor() *browser { return &browser{r: r, name: "visitor"} }

func (r *room) logIn(name string) *browser {
	r.t.Helper()
	b := &browser{r: r, name: name, actor: modelstest.Person(r.t, r.store, name), cookie: "session-of-" + name}
	err := r.store.Update(context.Background(), func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Exec("INSERT INTO sessions (account_id, token_hash, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)",
			b.actor.ID, account.Hash(b.cookie), tx.Now, tx.Now, models.At(tx.Now.AddDate(5, 0, 0))).Error
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return b
}

// get opens an address and follows redirects.
func (b *browser) get(address string) *browser {
	b.r.t.Helper()
	return b.send(httptest.NewRequest(http.MethodGet, address, nil), address)
}

// post sends fields as they are, with the token of the page that is open.
func (b *browser) post(address string, fields url.Values) *browser {
	b.r.t.Helper()
	token, _ := b.doc.Find("input[name=csrf]").First().Attr("value")
	if fields.Get("csrf") == "" {
		fields.Set("csrf", token)
	}
	request := httptest.NewRequest(http.MethodPost, address, strings.NewReader(fields.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.send(request, address)
}

func (b *browser) send(request *http.Request, address string) *browser {
	b.r.t.Helper()
	request.Host = "127.0.0.1:3000"
	if b.cookie != "" {
		request.AddCookie(&http.Cookie{Name: "passerelle", Value: b.cookie})
	}
	answer, err := b.r.app.Test(request, 30_000)
	if err != nil {
		b.r.t.Fatalf("%s %s: %v", request.Method, address, err)
	}
	defer answer.Body.Close()
	if to := answer.Header.Get("Location"); answer.StatusCode >= 300 && answer.StatusCode < 400 {
		return b.get(to)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.r.t.Fatal(err)
	}
	b.status, b.address, b.body, b.header = answer.StatusCode, address, string(body), answer.Header
	if b.doc, err = goquery.NewDocumentFromReader(bytes.NewReader(body)); err != nil {
		b.r.t.Fatal(err)
	}
	b.wellMade()
	return b
}

// wellMade fails on what no page may hold.
func (b *browser) wellMade() {
	b.r.t.Helper()
	if n := b.doc.Find("[style], [onclick], script:not([src])").Length(); n > 0 {
		b.r.t.Errorf("%s holds inline code", b.address)
	}
	seen := map[string]bool{}
	b.doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("id")
		if seen[id] {
			b.r.t.Errorf("%s: the id %q stands twice", b.address, id)
		}
		seen[id] = true
	})
	b.doc.Find("main a[href^='#']").Each(func(_ int, s *goquery.Selection) {
		if to := s.AttrOr("href", ""); len(to) > 1 && !seen[to[1:]] {
			b.r.t.Errorf("%s: a link leads to %s, which is not there", b.address, to)
		}
	})
	if strings.Contains(b.body, "%!") {
		b.r.t.Errorf("%s: a sentence has a wrong verb", b.address)
	}
}

// fill is the form with an action, as a browser would send it, with changes
// and the button pressed.
func (b *browser) fill(action string, changes map[string]string) *browser {
	b.r.t.Helper()
	form := b.doc.Find("main form").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.AttrOr("action", "") == action })
	if form.Length() != 1 {
		b.r.t.Fatalf("%s shows %d forms to %s\n%s", b.address, form.Length(), action, b.text())
	}
	fields := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		name, value := s.AttrOr("name", ""), s.AttrOr("value", "")
		_, checked := s.Attr("checked")
		switch kind := s.AttrOr("type", ""); {
		case (kind == "radio" || kind == "checkbox") && !checked:
			return
		case goquery.NodeName(s) == "textarea":
			value = strings.TrimPrefix(s.Text(), "\n")
		case goquery.NodeName(s) == "select":
			value = s.Find("option[selected]").AttrOr("value", s.Find("option").First().AttrOr("value", ""))
		}
		fields.Set(name, value)
	})
	for name, value := range changes {
		if name != "geste" && name != "csrf" && form.Find("[name='"+name+"']").Length() == 0 {
			b.r.t.Fatalf("%s: the form has no field %q", b.address, name)
		}
		fields.Set(name, value)
	}
	if form.AttrOr("method", "") == "get" {
		return b.get(action + "?" + fields.Encode())
	}
	return b.post(action, fields)
}

// confirms presses the button of the page that asks before an act.
func (b *browser) confirms(action string) *browser {
	b.r.t.Helper()
	return b.gets(200).fill(action, map[string]string{"geste": "confirmer"})
}

func plain(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)), " ")
}

func (b *browser) text() string { return plain(b.doc.Find("main").Text()) }

// sees fails unless the page shows each text.
func (b *browser) sees(texts ...string) *browser {
	b.r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(b.text(), plain(text)) {
			b.r.t.Errorf("%s (%d) does not show %q:\n%s", b.address, b.status, text, b.text())
		}
	}
	return b
}

func (b *browser) gets(status int) *browser {
	b.r.t.Helper()
	if b.status != status {
		b.r.t.Errorf("%s: status %d, want %d\n%s", b.address, b.status, status, b.text())
	}
	return b
}

// value is what a field of the page holds.
func (b *browser) value(name string) string {
	b.r.t.Helper()
	field := b.doc.Find("[id='" + name + "']")
	if field.Length() != 1 {
		b.r.t.Fatalf("%s: %d fields %q", b.address, field.Length(), name)
	}
	if goquery.NodeName(field) == "textarea" {
		return strings.TrimPrefix(field.Text(), "\n")
	}
	if goquery.NodeName(field) == "select" {
		return field.Find("option[selected]").AttrOr("value", "")
	}
	return field.AttrOr("value", "")
}

// begin starts a draft by the pages and returns its address.
func (b *browser) begin() string {
	b.r.t.Helper()
	b.get("/financement/"+callSlug+"/commencer").gets(200).fill("/financement/"+callSlug+"/commencer", nil).gets(200)
	return strings.TrimSuffix(b.address, "/eligibilite")
}

// steps are a content with nothing missing, as it is typed.
func steps() []struct {
	step   string
	fields map[string]string
} {
	return []struct {
		step   string
		fields map[string]string
	}{
		{"eligibilite", map[string]string{"bearer": "deconcentrated", "team": "oui", "duration": "oui", "innovative": "oui", "public": "oui"}},
		{"organisme", map[string]string{"siret": "000 000 018 00002", "name": "Direction de démonstration A", "kind": "deconcentrated", "department": "35"}},
		{"equipe", map[string]string{"holder_function": "Cheffe de projet", "holder_phone": "01 99 00 12 34", "sponsor_name": "Camille Essai", "sponsor_function": "Directrice"}},
		{"projet", map[string]string{"title": "Lire les courriers", "summary": "Trier les courriers reçus.", "problem": "Trop de courriers.",
			"innovation": "Un petit modèle.", "theme": "intelligence-artificielle", "start": "01/12/2026", "end": "01/03/2027"}},
		{"budget", map[string]string{"wording-1": "Prototype", "category-1": "developpement", "supplier-1": "Jeune pousse A", "net-1": "25 000,00", "vat-1": "200", "innovative-1": "oui"}},
		{"financement", map[string]string{"requested": "28 000", "own": "2 000", "double": "non"}},
	}
}

// complete fills the six steps of a draft.
func (b *browser) complete(draft string) {
	b.r.t.Helper()
	for _, s := range steps() {
		s.fields["geste"] = "continuer"
		b.get(draft+"/"+s.step).gets(200).fill(draft+"/"+s.step, s.fields).gets(200)
	}
	if b.address != draft+"/depot" {
		b.r.t.Fatalf("after six steps at %s:\n%s", b.address, b.text())
	}
}

// submit hands a complete draft in and returns its number.
func (b *browser) submit(draft string) string {
	b.r.t.Helper()
	b.get(draft+"/depot").fill(draft+"/depot", map[string]string{"exact": "oui", "mandate": "oui", "publication": "oui"}).gets(200)
	return strings.TrimPrefix(b.address, "/dossiers/")
}

// submitted is an application on the desk.
func (r *room) submitted() string {
	r.t.Helper()
	draft := r.holder.begin()
	r.holder.complete(draft)
	return r.holder.submit(draft)
}

// proposed is an application that waits for a decision.
func (r *room) proposed() string {
	r.t.Helper()
	number := r.submitted()
	r.reviewer.get("/instruction/"+number).fill("/instruction/"+number+"/prendre", nil).gets(200)
	r.reviewer.fill("/instruction/"+number+"/proposer", map[string]string{"amount-propose": "27 500", "motive-propose": "Utile."}).gets(200)
	return number
}

func (r *room) sound() {
	r.t.Helper()
	faults, err := r.desk.Check(context.Background())
	if err != nil || len(faults) > 0 {
		r.t.Errorf("%v %v", faults, err)
	}
}
