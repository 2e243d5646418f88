package api_test

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/api"
	"passerelle/app/config"
	"passerelle/app/labpages"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/forum"
	"passerelle/models/lab"
	"passerelle/models/modelstest"
	"passerelle/search"
)

type site struct {
	t       testing.TB
	app     *fiber.App
	store   *models.Store
	library *lab.Library
	forums  *forum.Forums
	clock   *modelstest.Clock
	content content.Library
	index   *search.Index
}

func newSite(t testing.TB) *site {
	t.Helper()
	store, clock := modelstest.Open(t)
	cfg := config.Config{Addr: "127.0.0.1:3000", URL: "https://passerelle.example", Data: store.Dir()}
	s, err := web.New(cfg, store, account.New(store, false), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	c, err := content.Load(content.Embedded)
	if err != nil {
		t.Fatal(err)
	}
	library, forums := lab.New(store), forum.New(store, account.EnsureImported)
	if _, err := library.Load(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	app := s.App()
	labpages.New(s, library).Routes(app) // a page must not take a feed's address
	index := openIndex(t, store)
	api.New(s, library, forums, index).Routes(app)
	return &site{t, app, store, library, forums, clock, c, index}
}

func (s *site) get(address string) (*http.Response, string) {
	s.t.Helper()
	request := httptest.NewRequest(http.MethodGet, address, nil)
	request.Host = "passerelle.example"
	answer, err := s.app.Test(request, 20_000)
	if err != nil {
		s.t.Fatalf("GET %s: %v", address, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, string(body)
}

// atom is what a reader takes from a feed.
type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID        string `xml:"id"`
		Title     string `xml:"title"`
		Published string `xml:"published"`
		Updated   string `xml:"updated"`
		Summary   string `xml:"summary"`
		Author    string `xml:"author>name"`
		Link      struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Content struct {
			Type string `xml:"type,attr"`
			HTML string `xml:",chardata"`
		} `xml:"content"`
	} `xml:"entry"`
}

// feed reads the feed at an address and checks what every feed must have.
func (s *site) feed(address string) atom {
	s.t.Helper()
	answer, body := s.get(address)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		s.t.Fatalf("%s: %d %s", address, answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	var f atom
	if err := xml.Unmarshal([]byte(body), &f); err != nil {
		s.t.Fatalf("%s: %v", address, err)
	}
	ids := map[string]bool{}
	for _, e := range f.Entries {
		if ids[e.ID] || !strings.HasPrefix(e.ID, "tag:passerelle.example,2026:") || e.Title == "" || !strings.HasPrefix(e.Link.Href, "https://passerelle.example/") {
			s.t.Errorf("%s: entry %+v", address, e)
		}
		ids[e.ID] = true
		for _, at := range []string{e.Published, e.Updated} {
			if _, err := time.Parse(time.RFC3339, at); err != nil {
				s.t.Errorf("%s: %v", address, err)
			}
		}
	}
	if f.ID == "" || f.Title == "" || f.Author == "" || f.Updated == "" || len(f.Links) != 2 || f.Links[0].Href != "https://passerelle.example"+address {
		s.t.Errorf("%s: %+v", address, f)
	}
	return f
}

func TestUseCaseFeeds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	all := s.feed("/cas-usage.atom")
	if len(all.Entries) != 30 || all.Entries[0].Summary == "" {
		t.Errorf("%d entries", len(all.Entries))
	}
	lab := s.feed("/laboratoires/ti-lab.atom")
	if len(lab.Entries) != 7 || lab.Entries[0].Author != "Ti Lab" {
		t.Errorf("ti-lab: %+v", lab)
	}
	if empty := s.feed("/laboratoires/lab-bfc.atom"); len(empty.Entries) != 0 {
		t.Errorf("lab-bfc: %+v", empty)
	}

	// A new address does not make a new entry; the old feed leads to the new one.
	id := lab.Entries[0].ID
	slug := lab.Entries[0].Link.Href[strings.LastIndex(lab.Entries[0].Link.Href, "/")+1:]
	c := s.content
	for i := range c.UseCases {
		if c.UseCases[i].Slug == slug {
			c.UseCases[i].Slug, c.UseCases[i].Digest = "une-autre-adresse", "changed"
		}
	}
	c.Labs[0].Slug, c.Labs[0].Digest = "laboratoire-breton", "changed"
	s.clock.Add(time.Hour)
	if _, err := s.library.Load(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	answer, _ := s.get("/laboratoires/ti-lab.atom")
	if answer.StatusCode != http.StatusMovedPermanently || answer.Header.Get("Location") != "/laboratoires/laboratoire-breton.atom" {
		t.Errorf("%d %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	moved := s.feed("/laboratoires/laboratoire-breton.atom")
	if moved.ID != lab.ID || moved.Updated == lab.Updated {
		t.Errorf("the feed of the lab: %s, then %s, updated %s", lab.ID, moved.ID, moved.Updated)
	}
	found := false
	for _, e := range moved.Entries {
		if e.ID == id {
			found = e.Link.Href == "https://passerelle.example/cas-usage/une-autre-adresse" && e.Updated != e.Published
		}
	}
	if !found {
		t.Errorf("%s did not keep its id at its new address", id)
	}
}

func TestForumFeeds(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newSite(t)
	err := s.forums.SeedForums(ctx, []forum.Seed{{Slug: "debats", Title: "Débats", Lead: "On parle."}})
	if err != nil {
		t.Fatal(err)
	}
	if f := s.feed("/forums/debats.atom"); len(f.Entries) != 0 {
		t.Errorf("empty forum: %+v", f)
	}
	marie := modelstest.Person(t, s.store, "Marie")
	posted, err := s.forums.Open(ctx, marie, forum.NewThread{Forum: "debats", Kind: forum.Question, Title: "Où s’adresser ?", Body: "Avec <b>deux</b> *étoiles*."})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 45 {
		s.clock.Add(time.Minute)
		if _, err := s.forums.Reply(ctx, marie, forum.NewPost{Thread: posted.Thread, Body: fmt.Sprintf("Réponse %d.", n+2)}); err != nil {
			t.Fatal(err)
		}
	}
	f := s.feed("/forums/debats.atom")
	if len(f.Entries) != 1 || f.Entries[0].Author != "Marie" || f.Entries[0].Content.Type != "html" || !strings.Contains(f.Entries[0].Content.HTML, "<em>étoiles</em>") {
		t.Fatalf("forum: %+v", f)
	}
	if f.Entries[0].Updated == f.Entries[0].Published {
		t.Error("a reply does not move the thread's date")
	}
	address := "/fils/" + posted.Thread.String() + ".atom"
	thread := s.feed(address)
	if len(thread.Entries) != 26 || !strings.HasSuffix(thread.Entries[0].Title, "message 46") {
		t.Errorf("thread: %d entries, first %q", len(thread.Entries), thread.Entries[0].Title)
	}

	// What is deleted leaves the feed at once.
	last, err := s.forums.Reply(ctx, marie, forum.NewPost{Thread: posted.Thread, Body: "De trop."})
	if err != nil {
		t.Fatal(err)
	}
	if _, body := s.get(address); !strings.Contains(body, "De trop.") {
		t.Error("a new post is not in the feed")
	}
	if _, err := s.forums.Delete(ctx, marie, last.Post); err != nil {
		t.Fatal(err)
	}
	if _, body := s.get(address); strings.Contains(body, "De trop.") {
		t.Error("a deleted post is still in the feed")
	}
	for _, wrong := range []string{"/forums/nulle-part.atom", "/fils/999.atom", "/fils/x.atom", "/fils/1-titre.atom", "/laboratoires/x.atom"} {
		if answer, _ := s.get(wrong); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, answer.StatusCode)
		}
	}
}

func TestSiteMap(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	answer, body := s.get("/sitemap.xml")
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/xml; charset=utf-8" {
		t.Fatalf("%d %s", answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	var m struct {
		Places []struct {
			Address string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(body), &m); err != nil {
		t.Fatal(err)
	}
	want := 6 + len(s.content.Labs) + len(s.content.UseCases) + len(s.content.Pages)
	if len(m.Places) != want {
		t.Errorf("%d addresses, want %d", len(m.Places), want)
	}
	for _, place := range m.Places {
		path := strings.TrimPrefix(place.Address, "https://passerelle.example")
		if path == "/forums" || path == "/financement" {
			continue // other rooms
		}
		if answer, _ := s.get(path); answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", place.Address, answer.StatusCode)
		}
	}
	for _, wrong := range []string{"/sitemap-2.xml", "/sitemap-0.xml", "/sitemap-x.xml"} {
		if answer, _ := s.get(wrong); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, answer.StatusCode)
		}
	}
}

func TestSiteMapIsPartedWhenItIsLong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	err := s.store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
			INSERT INTO pages (slug, kind, title, updated_at) SELECT 'aide/p' || i, 'help', 'P', '2026-11-24 10:00:00.000000' FROM n`).Error
		if err != nil {
			return err
		}
		return tx.Record(ctx, models.System, "page.published", 1)
	})
	if err != nil {
		t.Fatal(err)
	}
	_, index := s.get("/sitemap.xml")
	if strings.Count(index, "<sitemap>") != 2 || !strings.Contains(index, "https://passerelle.example/sitemap-2.xml") {
		t.Fatalf("index: %.500s", index)
	}
	total, seen := 0, map[string]bool{}
	for _, part := range []string{"/sitemap-1.xml", "/sitemap-2.xml"} {
		_, body := s.get(part)
		n := strings.Count(body, "<loc>")
		if n > 50_000 {
			t.Errorf("%s holds %d addresses", part, n)
		}
		total += n
		for line := range strings.Lines(body) {
			if strings.Contains(line, "<loc>") {
				if seen[line] {
					t.Fatalf("twice: %s", line)
				}
				seen[line] = true
			}
		}
	}
	if want := 60_000 + 6 + len(s.content.Labs) + len(s.content.UseCases) + len(s.content.Pages); total != want {
		t.Errorf("%d addresses, want %d", total, want)
	}
}

func TestRobotsAndSecurity(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, robots := s.get("/robots.txt")
	if !strings.Contains(robots, "Sitemap: https://passerelle.example/sitemap.xml\n") || !strings.Contains(robots, "Disallow: /recherche\n") {
		t.Errorf("robots.txt: %s", robots)
	}
	answer, security := s.get("/.well-known/security.txt")
	if got := answer.Header.Get("Content-Type"); got != "text/plain; charset=utf-8" {
		t.Errorf("type %s", got)
	}
	fields := map[string]string{}
	for line := range strings.Lines(security) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		fields[name] = value
	}
	for _, name := range []string{"Contact", "Canonical", "Policy"} {
		if !strings.HasPrefix(fields[name], "https://passerelle.example/") {
			t.Errorf("%s: %q", name, fields[name])
			continue
		}
		if answer, _ := s.get(strings.TrimPrefix(fields[name], "https://passerelle.example")); answer.StatusCode != http.StatusOK {
			t.Errorf("%s leads nowhere: %d", name, answer.StatusCode)
		}
	}
	if fields["Preferred-Languages"] != "fr, en" {
		t.Errorf("languages: %q", fields["Preferred-Languages"])
	}
	for _, now := range []time.Time{modelstest.Start, modelstest.Start.AddDate(0, 0, 6), modelstest.Start.AddDate(0, 3, 7)} {
		s.clock.Set(now)
		_, security := s.get("/.well-known/security.txt")
		_, rest, _ := strings.Cut(security, "Expires: ")
		text, _, _ := strings.Cut(rest, "\n")
		expires, err := time.Parse(time.RFC3339, text)
		if err != nil || !expires.After(now.AddDate(0, 4, 0)) || !expires.Before(now.AddDate(1, 0, 0)) {
			t.Errorf("at %v it expires %q, %v", now, text, err)
		}
	}
}

func TestASearchIsFollowed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newSite(t)
	if err := s.forums.SeedForums(ctx, []forum.Seed{{Slug: "debats", Title: "Débats", Lead: "On parle."}}); err != nil {
		t.Fatal(err)
	}
	const address = "/recherche.atom?q=p%C3%A9nurie"
	if f := s.feed(address); len(f.Entries) != 0 {
		t.Errorf("before: %+v", f)
	}
	marie := modelstest.Person(t, s.store, "Marie")
	posted, err := s.forums.Open(ctx, marie, forum.NewThread{Forum: "debats", Kind: forum.Question, Title: "La pénurie d’eau", Body: "Que faire ?"})
	if err != nil {
		t.Fatal(err)
	}
	s.clock.Add(25 * time.Hour)
	if _, err := s.forums.Reply(ctx, marie, forum.NewPost{Thread: posted.Thread, Body: "Contre les pénuries, un compteur."}); err != nil {
		t.Fatal(err)
	}
	if err := s.index.WaitFor(ctx, s.store.Head()); err != nil {
		t.Fatal(err)
	}
	f := s.feed(address)
	if len(f.Entries) != 2 || !strings.HasSuffix(f.Entries[0].Link.Href, "/messages/2") || !strings.Contains(f.Entries[1].Link.Href, "/fils/1-") {
		t.Errorf("the newest first: %+v", f.Entries)
	}
	for _, wrong := range []string{"/recherche.atom?q=a&type=secret", "/recherche.atom?q=a&labo=nulle-part", "/recherche.atom?q=%zz"} {
		if answer, _ := s.get(wrong); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", wrong, answer.StatusCode)
		}
	}
}

// openIndex opens the search index of a store, and lets it follow.
func openIndex(t testing.TB, store *models.Store) *search.Index {
	t.Helper()
	index, err := search.Open(t.Context(), filepath.Join(store.Dir(), search.Folder), store, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = index.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		<-done
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	})
	return index
}
