package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/config"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/modelstest"
)

// newTestSite is a site on a fresh store, with an application to add routes to.
func newTestSite(t *testing.T) (*Site, *fiber.App, *modelstest.Clock) {
	t.Helper()
	store, clock := modelstest.Open(t)
	cfg := config.Config{Addr: "127.0.0.1:3000", URL: "http://127.0.0.1:3000", Limits: true, Data: store.Dir()}
	site, err := New(cfg, store, account.New(store, false), quiet())
	if err != nil {
		t.Fatal(err)
	}
	return site, site.App(), clock
}

// ask sends a request and reads the answer whole.
func ask(t *testing.T, app *fiber.App, r *http.Request) (*http.Response, string) {
	t.Helper()
	if r.Host == "example.com" {
		r.Host = "127.0.0.1:3000"
	}
	res, err := app.Test(r, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func get(target string) *http.Request { return httptest.NewRequest(http.MethodGet, target, nil) }

func record(t *testing.T, store *models.Store, kind string, subject models.ID, about ...models.About) {
	t.Helper()
	err := store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		return tx.Record(ctx, models.System, kind, subject, about...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestACachedPageEndsWithWhatItShows(t *testing.T) {
	t.Parallel()
	site, app, clock := newTestSite(t)
	renders := 0
	app.Get("/page", site.Cached("labo"), func(c *fiber.Ctx) error {
		renders++
		DependsOn(c, "usecase", "lab:3")
		Until(c, models.At(modelstest.Start.Add(time.Hour)))
		return c.SendString(fmt.Sprintf("page %d %s", renders, Query(c, "labo")))
	})
	steps := []struct {
		name   string
		before func()
		target string
		want   string
	}{
		{"first", nil, "/page", "page 1 "},
		{"from the cache", nil, "/page", "page 1 "},
		{"another filter", nil, "/page?labo=x", "page 2 x"},
		{"an unknown parameter is not kept", nil, "/page?labo=x&utm=1", "page 3 x"},
		{"and changed nothing", nil, "/page?labo=x", "page 2 x"},
		{"something else changed", func() { record(t, site.Store, "post.created", 1) }, "/page", "page 1 "},
		{"a thing shown changed", func() { record(t, site.Store, "usecase.edited", 9) }, "/page", "page 4 "},
		{"a thing named in a payload", func() { record(t, site.Store, "post.created", 1, models.About{"lab": models.ID(3)}) }, "/page", "page 5 "},
		{"the instant passed", func() { clock.Add(time.Hour) }, "/page", "page 6 "},
	}
	for _, step := range steps {
		if step.before != nil {
			step.before()
		}
		if _, body := ask(t, app, get(step.target)); body != step.want {
			t.Errorf("%s: got %q, want %q", step.name, body, step.want)
		}
	}
	with := get("/page")
	with.AddCookie(&http.Cookie{Name: "passerelle", Value: "a.visitor"})
	if _, body := ask(t, app, with); body != "page 7 " {
		t.Errorf("with a cookie of ours: got %q, want a page of one's own", body)
	}
}

func TestASlowRenderIsNotKeptWhenOvertaken(t *testing.T) {
	t.Parallel()
	site, app, _ := newTestSite(t)
	state := "old"
	app.Get("/page", site.Cached(), func(c *fiber.Ctx) error {
		DependsOn(c, "thread:1")
		shown := state
		if state == "old" { // the thread changes while the page is rendered
			state = "new"
			record(t, site.Store, "post.created", 5, models.About{"thread": models.ID(1)})
			if err := site.catchUp(context.Background()); err != nil {
				return err
			}
		}
		return c.SendString(shown)
	})
	ask(t, app, get("/page"))
	if _, body := ask(t, app, get("/page")); body != "new" {
		t.Errorf("the overtaken page was kept: %q", body)
	}
}

func TestNobodyReadsAnOldPage(t *testing.T) {
	t.Parallel()
	site, app, _ := newTestSite(t)
	app.Get("/page", site.Cached(), func(c *fiber.Ctx) error {
		DependsOn(c, "post")
		var head int64
		err := site.Store.View(c.UserContext(), func(ctx context.Context, tx *models.Tx) error {
			return tx.DB.Raw("SELECT coalesce(max(seq), 0) FROM changes").Scan(&head).Error
		})
		if err != nil {
			return err
		}
		return c.SendString(fmt.Sprint(head))
	})
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				_ = site.Store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
					return tx.Record(ctx, models.System, "post.created", 1)
				})
			}
		})
	}
	for range 300 {
		committed := site.Store.Head()
		_, body := ask(t, app, get("/page"))
		var shown int64
		fmt.Sscan(body, &shown)
		if shown < committed {
			t.Fatalf("the page shows %d after %d was committed", shown, committed)
		}
	}
	cancel()
	wg.Wait()
}

func TestACachedPageIsCompressedAndRevalidated(t *testing.T) {
	t.Parallel()
	site, app, _ := newTestSite(t)
	text := strings.Repeat("Bonjour à tous. ", 500)
	app.Get("/page", site.Cached(), func(c *fiber.Ctx) error {
		DependsOn(c, "post")
		c.Set("Content-Type", "text/html; charset=utf-8")
		return c.SendString(text)
	})
	for _, encoding := range []string{"gzip", "br", "gzip, deflate, br"} {
		r := get("/page")
		r.Header.Set("Accept-Encoding", encoding)
		res, body := ask(t, app, r)
		if got := res.Header.Get("Content-Encoding"); got == "" || !strings.Contains(encoding, got) || len(body) > len(text)/10 {
			t.Errorf("%s: encoding %q, %d bytes", encoding, got, len(body))
		}
		if vary := res.Header.Get("Vary"); !strings.Contains(vary, "Cookie") || !strings.Contains(vary, "Accept-Encoding") {
			t.Errorf("Vary is %q", vary)
		}
		r = get("/page")
		r.Header.Set("If-None-Match", res.Header.Get("ETag"))
		if res, body := ask(t, app, r); res.StatusCode != 304 || body != "" {
			t.Errorf("revalidation: %d, %q", res.StatusCode, body)
		}
	}
	if _, body := ask(t, app, get("/page")); body != text {
		t.Error("the plain page is another one")
	}
}

var tokenField = regexp.MustCompile(`token=([\w-]+)`)

func TestAFormNeedsItsToken(t *testing.T) {
	t.Parallel()
	_, app, _ := newTestSite(t)
	app.Get("/form", func(c *fiber.Ctx) error { return c.SendString("token=" + FormPage(c, "x").CSRF) })
	app.Post("/form", func(c *fiber.Ctx) error { return c.SendString("done " + Field(c, "texte")) })
	res, body := ask(t, app, get("/form"))
	cookie, token := res.Cookies()[0], tokenField.FindStringSubmatch(body)[1]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is %v", cookie)
	}
	other, _ := ask(t, app, get("/form"))
	tests := []struct {
		name string
		edit func(*http.Request, url.Values)
		want int
	}{
		{"as the browser sends it", func(*http.Request, url.Values) {}, 200},
		{"no token", func(_ *http.Request, f url.Values) { f.Del("csrf") }, 403},
		{"a token made up", func(_ *http.Request, f url.Values) { f.Set("csrf", strings.Repeat("A", 43)) }, 403},
		{"another browser's cookie", func(r *http.Request, _ url.Values) {
			r.Header.Del("Cookie")
			r.AddCookie(other.Cookies()[0])
		}, 403},
		{"no cookie", func(r *http.Request, _ url.Values) { r.Header.Del("Cookie") }, 403},
		{"from another site", func(r *http.Request, _ url.Values) { r.Header.Set("Origin", "https://evil.example") }, 403},
		{"from nowhere", func(r *http.Request, _ url.Values) { r.Header.Set("Origin", "null") }, 403},
		{"from this site", func(r *http.Request, _ url.Values) { r.Header.Set("Origin", "http://127.0.0.1:3000") }, 200},
		{"cross-site fetch", func(r *http.Request, _ url.Values) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"same-site fetch", func(r *http.Request, _ url.Values) { r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
		{"as another kind of text", func(r *http.Request, _ url.Values) { r.Header.Set("Content-Type", "text/plain") }, 415},
		{"a field twice", func(_ *http.Request, f url.Values) { f.Add("texte", "encore") }, 422},
	}
	for _, tt := range tests {
		form := url.Values{"csrf": {token}, "texte": {"ce que j’ai longuement écrit"}}
		r := httptest.NewRequest(http.MethodPost, "/form", nil)
		r.AddCookie(cookie)
		tt.edit(r, form)
		sent := httptest.NewRequest(http.MethodPost, "/form", strings.NewReader(form.Encode()))
		sent.Header = r.Header
		if sent.Header.Get("Content-Type") == "" {
			sent.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		res, body := ask(t, app, sent)
		if res.StatusCode != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, res.StatusCode, tt.want)
		}
		foreign := sent.Header.Get("Origin") != "" && tt.want != 200 || sent.Header.Get("Sec-Fetch-Site") != ""
		if kept := strings.Contains(body, "longuement écrit"); kept == foreign && tt.want != 415 {
			t.Errorf("%s: what was typed is shown: %v", tt.name, kept)
		}
		if strings.Contains(body, token) {
			t.Errorf("%s: the token is shown", tt.name)
		}
	}
}

func TestAFormOfCountlessFieldsIsNotParsed(t *testing.T) {
	t.Parallel()
	_, app, _ := newTestSite(t)
	app.Post("/form", func(c *fiber.Ctx) error { return c.SendString("done") })
	r := httptest.NewRequest(http.MethodPost, "/form", strings.NewReader(strings.Repeat("a&", maxFields+1)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if res, body := ask(t, app, r); res.StatusCode != 413 || !strings.Contains(body, "<main") {
		t.Errorf("%d", res.StatusCode)
	}
}

func TestAFieldIsNotReadFromTheAddress(t *testing.T) {
	t.Parallel()
	_, app, _ := newTestSite(t)
	app.Get("/form", func(c *fiber.Ctx) error { return c.SendString("field " + Field(c, "texte")) })
	if _, body := ask(t, app, get("/form?texte=trompeur")); body != "field " {
		t.Errorf("got %q", body)
	}
}

func TestEveryErrorIsAFrenchPage(t *testing.T) {
	t.Parallel()
	_, app, _ := newTestSite(t)
	app.Get("/panne", func(*fiber.Ctx) error { return fmt.Errorf("the secret reason") })
	app.Get("/panique", func(*fiber.Ctx) error { panic("the secret reason") })
	app.Get("/membres", func(*fiber.Ctx) error { return models.ErrLogIn })
	app.Get("/trop", func(*fiber.Ctx) error { return ErrTooMany })
	tests := []struct {
		request *http.Request
		status  int
		want    string
	}{
		{get("/nulle-part"), 404, "n’existe pas"},
		{get("/panne"), 500, "Référence"},
		{get("/panique"), 500, "Référence"},
		{get("/membres?a=b"), 401, "/connexion?retour=%2Fmembres%3Fa%3Db"},
		{get("/trop"), 429, "une minute"},
		{httptest.NewRequest(http.MethodDelete, "/panne", nil), 403, "expiré"},
	}
	for _, tt := range tests {
		res, body := ask(t, app, tt.request)
		if res.StatusCode != tt.status || !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), tt.want) {
			t.Errorf("%s: %d, want %d with %q", tt.request.URL.Path, res.StatusCode, tt.status, tt.want)
		}
		if strings.Contains(body, "secret") {
			t.Errorf("%s: the page tells the reason", tt.request.URL.Path)
		}
		if res.Header.Get("Content-Security-Policy") == "" || !strings.Contains(body, "<main") {
			t.Errorf("%s: the page lacks its frame or headers", tt.request.URL.Path)
		}
	}
	foreign := get("/panne")
	foreign.Host = "evil.example"
	if res, _ := ask(t, app, foreign); res.StatusCode != 421 {
		t.Errorf("another host: %d, want 421", res.StatusCode)
	}
}

func TestAHugeBodyIsAFrenchPage(t *testing.T) {
	t.Parallel()
	_, app, _ := newTestSite(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go app.Listener(listener)
	t.Cleanup(func() { app.Shutdown() })
	res, err := http.Post("http://"+listener.Addr().String()+"/fils/1/messages", "application/x-www-form-urlencoded",
		strings.NewReader(strings.Repeat("a", bodyLimit+1)))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != 413 || !strings.Contains(string(body), "dépasse") || res.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("%d %.200s", res.StatusCode, body)
	}
}

func TestAgainKeepsTheFormWithItsStatus(t *testing.T) {
	t.Parallel()
	_, app, _ := newTestSite(t)
	errs := map[string]error{
		"/invalid": models.Problems{{Field: "titre", Code: "text.required"}}.Err(),
		"/stale":   models.Refuse(models.Conflict, "web.stale_form"),
		"/hidden":  models.Refuse(models.NotFound, "web.page"),
		"/broken":  fmt.Errorf("broken"),
	}
	for path, refusal := range errs {
		app.Get(path, func(c *fiber.Ctx) error {
			return Again(c, refusal, func(why *models.Error) templ.Component {
				return templ.Raw("form: " + Says(why, "titre"))
			})
		})
	}
	for path, want := range map[string]struct {
		status int
		form   bool
	}{"/invalid": {422, true}, "/stale": {409, true}, "/hidden": {404, false}, "/broken": {500, false}} {
		res, body := ask(t, app, get(path))
		if res.StatusCode != want.status || strings.HasPrefix(body, "form: ") != want.form {
			t.Errorf("%s: %d %.40q", path, res.StatusCode, body)
		}
	}
}

func TestLimitsRefillAndAreLiftedOnDemand(t *testing.T) {
	t.Parallel()
	site, _, clock := newTestSite(t)
	allowed := func(key string) (n int) {
		for range 20 {
			if site.Allow("log-in", key, 10) == nil {
				n++
			}
		}
		return n
	}
	if n := allowed("a"); n != 10 {
		t.Errorf("%d at once, want 10", n)
	}
	if n := allowed("b"); n != 10 {
		t.Errorf("%d for somebody else, want 10", n)
	}
	clock.Add(30 * time.Second)
	if n := allowed("a"); n != 5 {
		t.Errorf("%d after half a minute, want 5", n)
	}
	site.Config.Limits = false
	if n := allowed("a"); n != 20 {
		t.Errorf("%d without limits, want 20", n)
	}
}

func TestLocalGoesNowhereElse(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"/fils/1": "/fils/1", "//evil.example": "/", "https://evil.example": "/", "/\\evil.example": "/",
		"": "/", "/a\r\nSet-Cookie: b": "/", "javascript:alert(1)": "/", "/a?b=c#d": "/a?b=c#d",
	} {
		if got := Local(address, "/"); got != want {
			t.Errorf("%q leads to %q, want %q", address, got, want)
		}
	}
}

func TestTheNearestProxyIsBelieved(t *testing.T) {
	t.Parallel()
	site, app, _ := newTestSite(t)
	app.Get("/adresse", func(c *fiber.Ctx) error { return c.SendString(site.Address(c)) })
	for _, tt := range []struct{ proxies, forwarded, want string }{
		{"", "198.51.100.7", "0.0.0.0"},
		{"0.0.0.0", "198.51.100.7", "198.51.100.7"},
		{"0.0.0.0", "203.0.113.1, 198.51.100.7", "198.51.100.7"},
		{"0.0.0.0,10.0.0.0/8", "203.0.113.1, 198.51.100.7, 10.1.2.3", "198.51.100.7"},
		{"0.0.0.0", "nonsense", "0.0.0.0"},
	} {
		cfg := config.Config{Proxies: strings.FieldsFunc(tt.proxies, func(r rune) bool { return r == ',' })}
		site.proxies, _ = cfg.TrustedProxies()
		r := get("/adresse")
		r.Header.Set("X-Forwarded-For", tt.forwarded)
		if _, body := ask(t, app, r); body != tt.want {
			t.Errorf("%q behind %q: %q, want %q", tt.forwarded, tt.proxies, body, tt.want)
		}
	}
}

func TestLimitsCountANetwork(t *testing.T) {
	t.Parallel()
	site, app, _ := newTestSite(t)
	cfg := config.Config{Proxies: []string{"0.0.0.0"}}
	site.proxies, _ = cfg.TrustedProxies()
	app.Get("/page", site.Limit("page", 2), func(c *fiber.Ctx) error { return c.SendString("fine") })
	for _, tt := range []struct {
		from string
		want int
	}{
		{"2001:db8:1:2::1", 200},
		{"2001:db8:1:2:ffff:ffff:ffff:ffff", 200},
		{"2001:db8:1:2:a:b:c:d", 429}, // the same subscriber
		{"2001:db8:1:3::1", 200},      // the next one
		{"fe80::1%eth0", 200},
		{"fe80::2%eth1", 200},
		{"fe80::3", 429},
		{"198.51.100.7", 200},
		{"::ffff:198.51.100.7", 200},
		{"::ffff:c633:6407", 429}, // the same IPv4 address, written otherwise
		{"198.51.100.8", 200},
		{"::ffff:198.51.100.9", 200}, // not one network of all mapped addresses
		{"::ffff:198.51.100.10", 200},
	} {
		r := get("/page")
		r.Header.Set("X-Forwarded-For", tt.from)
		if res, _ := ask(t, app, r); res.StatusCode != tt.want {
			t.Errorf("from %s: %d, want %d", tt.from, res.StatusCode, tt.want)
		}
	}
}

func TestSentencesAreSentences(t *testing.T) {
	t.Parallel()
	for _, sentences := range domains {
		for code, sentence := range sentences {
			if sentence == "" || strings.ContainsAny(sentence, "'\"!") || !strings.HasSuffix(sentence, ".") && !strings.HasSuffix(sentence, "»") {
				t.Errorf("%s: %q", code, sentence)
			}
		}
	}
}
