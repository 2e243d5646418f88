package labpages_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/api/links"
	"passerelle/app/config"
	"passerelle/app/labpages"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/lab"
	"passerelle/models/modelstest"
)

// site is the library on the web, with the content of the portal.
type site struct {
	t       testing.TB
	app     *fiber.App
	store   *models.Store
	library *lab.Library
	clock   *modelstest.Clock
	content content.Library
}

func newSite(t testing.TB, edit ...func(*config.Config)) *site {
	t.Helper()
	store, clock := modelstest.Open(t)
	cfg := config.Config{Addr: "127.0.0.1:3000", URL: "http://127.0.0.1:3000", Data: store.Dir()}
	for _, change := range edit {
		change(&cfg)
	}
	s, err := web.New(cfg, store, account.New(store, false), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	library := lab.New(store)
	c, err := content.Load(content.Embedded)
	if err != nil {
		t.Fatalf("the content is wrong: %v", err)
	}
	if _, err := library.Load(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	app := s.App()
	labpages.New(s, library).Routes(app)
	app.Use(s.NotFound)
	return &site{t, app, store, library, clock, c}
}

// get asks for an address as a visitor without a cookie.
func (s *site) get(address string) (*http.Response, string) {
	s.t.Helper()
	request := httptest.NewRequest(http.MethodGet, address, nil)
	request.Host = "127.0.0.1:3000"
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

// page is the page at an address, which must be there.
func (s *site) page(address string) *goquery.Document {
	s.t.Helper()
	answer, body := s.get(address)
	if answer.StatusCode != http.StatusOK {
		s.t.Fatalf("GET %s: %d", address, answer.StatusCode)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	return doc
}

// sql runs a statement with a change of a kind, as an act in the portal does.
func (s *site) sql(kind string, subject models.ID, query string, args ...any) {
	s.t.Helper()
	err := s.store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		if err := tx.DB.Exec(query, args...).Error; err != nil {
			return err
		}
		return tx.Record(ctx, models.System, kind, subject)
	})
	if err != nil {
		s.t.Fatalf("%s: %v", query, err)
	}
}

// words is what an element says, with plain spaces and apostrophes.
func words(s *goquery.Selection) string {
	text := strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(s.Text())
	return strings.Join(strings.Fields(text), " ")
}

func TestPagesSayWhatTheyShould(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tests := []struct{ address, title, says string }{
		{"/", "Ce qu'un territoire a essayé, un autre peut le reprendre.", "Aucun fil n'est encore ouvert"},
		{"/laboratoires", "Laboratoires", "Laboratoire de Bourgogne-Franche-Comté"},
		{"/laboratoires/ti-lab", "Ti Lab", "Tous ses cas d'usage"},
		{"/laboratoires/lab-bfc", "Laboratoire de Bourgogne-Franche-Comté", "Aucun cas d'usage n'est encore publié pour ce laboratoire"},
		{"/cas-usage", "Cas d'usage", "33 cas d'usage"},
		{"/cas-usage?page=3", "Cas d'usage", "Page précédente"},
		{"/cas-usage?labo=siilab&theme=eau", "Cas d'usage", "Aucun cas d'usage pour ces filtres"},
		{"/cas-usage/coco-velten", "Coco Velten, un bâtiment de l'État ouvert aux personnes sans toit", "Le coûtNon connu"},
		{"/cas-usage/lyon-cantine", "À Lyon, le prix de la cantine sans justificatif", "Retour d'expérience"},
		{"/accessibilite", "Accessibilité : non conforme", "Défenseur des droits"},
		{"/mentions-legales", "Mentions légales", "Hébergeur"},
		{"/donnees-personnelles", "Données personnelles", "durée"},
		{"/aide", "Aide", "Publier un cas d'usage"},
		{"/aide/publier", "Publier un cas d'usage", "Pages d'aide"},
		{"/plan-du-site", "Plan du site", "LaBase"},
	}
	for _, tt := range tests {
		doc := s.page(tt.address)
		if got := words(doc.Find("main h1")); got != tt.title {
			t.Errorf("%s: title %q, want %q", tt.address, got, tt.title)
		}
		if !strings.Contains(words(doc.Find("main")), tt.says) {
			t.Errorf("%s does not say %q", tt.address, tt.says)
		}
		if doc.Find("[style]").Length() > 0 || doc.Find("main script").Length() > 0 {
			t.Errorf("%s holds a style or a script", tt.address)
		}
	}
}

func TestWrongAddressesAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, address := range []string{
		"/laboratoires/nulle-part", "/cas-usage/nulle-part", "/cas-usage/nulle-part.md", "/aide/nulle-part",
		"/cas-usage?labo=x", "/cas-usage?region=53", "/cas-usage?maturite=idea", "/cas-usage?theme[]=eau&theme=%00", "/cas-usage?tri=id", "/cas-usage?tri=titre&tri=recents", "/cas-usage?page=1&page=2",
		"/cas-usage?page=0", "/cas-usage?page=4", "/cas-usage?page=-1", "/cas-usage?page=deux", "/cas-usage?page=99999999999999999999",
		"/cas-usage/mentions-legales", "/aide/../mentions-legales.md",
	} {
		answer, body := s.get(address)
		if answer.StatusCode != http.StatusNotFound || !strings.Contains(body, "<h1>") {
			t.Errorf("%s: %d", address, answer.StatusCode)
		}
	}
}

func TestFiltersShowAndCount(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	doc := s.page("/cas-usage?maturite=experimente&labo=ti-lab")
	var tags []string
	doc.Find(".tags a").Each(func(_ int, a *goquery.Selection) {
		tags = append(tags, a.AttrOr("href", ""))
	})
	if got := strings.Join(tags, " "); got != "/cas-usage?maturite=experimente /cas-usage?labo=ti-lab" {
		t.Errorf("a tag leads to the list without it: %s", got)
	}
	cards := doc.Find("main article")
	if cards.Length() == 0 {
		t.Fatal("no case")
	}
	cards.Each(func(_ int, card *goquery.Selection) {
		if text := words(card); !strings.Contains(text, "Ti Lab") || !strings.Contains(text, "Expérimenté") {
			t.Errorf("not for these filters: %s", text)
		}
	})
	checked := doc.Find("input[type=checkbox][checked]")
	if checked.Length() != 2 {
		t.Errorf("%d boxes are ticked", checked.Length())
	}
	if got := doc.Find("meta[name=robots]").AttrOr("content", ""); got != "noindex" {
		t.Errorf("robots: %q", got)
	}
	// The order keeps the filters, the filters keep the order, pages keep both.
	doc = s.page("/cas-usage?tri=titre&region=bretagne")
	if doc.Find(`form input[type=hidden][name=tri][value=titre]`).Length() != 1 || doc.Find(`form input[type=hidden][name=region][value=bretagne]`).Length() != 1 {
		t.Error("the order or the filter is lost")
	}
	doc = s.page("/cas-usage?tri=titre")
	if got := doc.Find("a[rel=next]").AttrOr("href", ""); got != "/cas-usage?page=2&tri=titre" {
		t.Errorf("next page: %q", got)
	}
}

func TestFormerAddressesRedirect(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.content
	for i := range c.UseCases {
		if c.UseCases[i].Slug == "coco-velten" {
			c.UseCases[i].Slug, c.UseCases[i].Digest = "coco-velten-marseille", "changed"
		}
	}
	c.Labs[0].Slug, c.Labs[0].Digest = "laboratoire-breton", "changed"
	if _, err := s.library.Load(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		"/cas-usage/coco-velten":    "/cas-usage/coco-velten-marseille",
		"/cas-usage/coco-velten.md": "/cas-usage/coco-velten-marseille.md",
		"/laboratoires/ti-lab":      "/laboratoires/laboratoire-breton",
	} {
		answer, _ := s.get(from)
		if answer.StatusCode != http.StatusMovedPermanently || answer.Header.Get("Location") != to {
			t.Errorf("%s: %d to %q", from, answer.StatusCode, answer.Header.Get("Location"))
		}
		if answer, _ := s.get(to); answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", to, answer.StatusCode)
		}
	}
}

func TestMarkdownIsTheFile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	answer, body := s.get("/cas-usage/coco-velten.md")
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/markdown; charset=utf-8" {
		t.Fatalf("%d %s", answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	u, err := content.ParseUseCase("coco-velten.md", []byte(body))
	if err != nil || u.Title == "" || u.ID != "95e449bc-a342-500b-bd22-ba40a38bb7dd" || !strings.Contains(u.Body, "## Le point de départ") {
		t.Errorf("what is served cannot be loaded again: %v", err)
	}
}

// Each thing is changed, and each page that shows it is looked at.
func TestCachedPagesAreNeverOlderThanAChange(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	shows := []string{"/", "/laboratoires", "/laboratoires/ti-lab", "/cas-usage", "/cas-usage/coco-velten", "/cas-usage/coco-velten.md", "/aide", "/plan-du-site"}
	for _, address := range shows {
		first, _ := s.get(address)
		second, _ := s.get(address)
		if first.Header.Get("ETag") == "" || first.Header.Get("ETag") != second.Header.Get("ETag") {
			t.Errorf("%s is not kept: %q then %q", address, first.Header.Get("ETag"), second.Header.Get("ETag"))
		}
	}
	tests := []struct {
		name, kind, query string
		pages             []string
	}{
		{"title of a case", "usecase.edited", "UPDATE use_cases SET title = 'Neuf', source = 'Neuf' WHERE slug = 'coco-velten'", []string{"/cas-usage?labo=lab-zero", "/cas-usage/coco-velten", "/cas-usage/coco-velten.md", "/laboratoires/lab-zero"}},
		{"name of a lab", "lab.edited", "UPDATE labs SET name = 'Neuf' WHERE slug = 'lab-zero'", []string{"/", "/laboratoires", "/laboratoires/lab-zero", "/cas-usage", "/cas-usage/coco-velten", "/plan-du-site"}},
		{"name of a theme", "theme.edited", "UPDATE themes SET name = 'Neuf' WHERE slug = 'immobilier-public'", []string{"/cas-usage", "/cas-usage/coco-velten"}},
		{"title of a page", "page.edited", "UPDATE pages SET title = 'Neuf' WHERE slug = 'aide'", []string{"/aide", "/aide/publier", "/plan-du-site"}},
		{"a forum", "forum.created", "INSERT INTO forums (slug, title, last_activity, created_at) VALUES ('neuf', 'Neuf', '2026-11-24 10:00:00.000000', '2026-11-24 10:00:00.000000')", []string{"/", "/plan-du-site"}},
	}
	for _, tt := range tests {
		before := map[string]int{}
		for _, address := range tt.pages {
			_, body := s.get(address)
			before[address] = strings.Count(body, "Neuf")
		}
		id := models.ID(1)
		err := s.store.View(context.Background(), func(_ context.Context, tx *models.Tx) error {
			return tx.DB.Raw("SELECT id FROM use_cases WHERE slug = 'coco-velten'").Scan(&id).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		s.sql(tt.kind, id, tt.query)
		for _, address := range tt.pages {
			if _, body := s.get(address); strings.Count(body, "Neuf") <= before[address] {
				t.Errorf("%s: %s does not show it", tt.name, address)
			}
		}
	}
}

func TestSourcesSayTheirAge(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	// « Publié en juin 2021 »: surely over two years old from 1 July 2023 in Paris.
	old := "il y a plus de deux ans"
	source := func() string {
		return words(s.page("/laboratoires/ti-lab").Find("#source-s"))
	}
	s.clock.Set(modelstest.Start.AddDate(-3, -4, 0)) // July 2023
	if text := source(); !strings.Contains(text, "Publié en juin 2021, "+old) {
		t.Errorf("in July 2023: %s", text)
	}
}

func TestCachedPageEndsWhenASourceAges(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	at := modelstest.Start.AddDate(-3, -5, 0) // 24 June 2023
	s.clock.Set(at)
	text := func() string { return words(s.page("/laboratoires/ti-lab").Find("#source-s")) }
	if got := text(); strings.Contains(got, "plus de deux ans") {
		t.Errorf("in June 2023: %s", got)
	}
	s.clock.Set(at.AddDate(0, 0, 7)) // 1 July
	if got := text(); !strings.Contains(got, "plus de deux ans") {
		t.Errorf("on 1 July 2023: %s", got)
	}
}

// Every link of these pages to another of them leads somewhere.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	get := func(address string) (links.Answer, error) {
		path, _, _ := strings.Cut(address, "?")
		for _, room := range []string{"/forums", "/financement", "/recherche", "/connexion", "/inscription", "/compte", "/dossiers", "/moderation"} {
			if strings.HasPrefix(path, room) || strings.HasSuffix(path, ".atom") {
				return links.Answer{Status: http.StatusOK}, nil // another room, with tests of its own
			}
		}
		answer, body := s.get(address)
		return links.Answer{Status: answer.StatusCode, Type: answer.Header.Get("Content-Type"), Location: answer.Header.Get("Location"), Body: body}, nil
	}
	broken, read, err := links.Follow(get, "/")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range broken {
		t.Error(b)
	}
	for _, address := range []string{"/accessibilite", "/mentions-legales", "/donnees-personnelles", "/aide/publier", "/plan-du-site", "/cas-usage?page=3"} {
		found := false
		for _, r := range read {
			found = found || r == address
		}
		if !found {
			t.Errorf("no link leads to %s", address)
		}
	}
}

func TestTheCodeAndTheRulesAreFound(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if _, page := s.get("/mentions-legales"); !strings.Contains(page, "n’a pas indiqué d’adresse") {
		t.Error("without an address of the code, the page does not say so")
	}
	_, plan := s.get("/plan-du-site")
	for _, address := range []string{"/aide/regles", "/moderation/journal"} {
		if !strings.Contains(plan, `href="`+address+`"`) {
			t.Errorf("the site map leaves out %s", address)
		}
	}
	if res, page := s.get("/aide/regles"); res.StatusCode != http.StatusOK || !strings.Contains(page, `id="contester-une-decision"`) {
		t.Errorf("the rules: %d, or no place that says how to object", res.StatusCode)
	}
	if _, page := s.get("/mentions-legales"); !strings.Contains(page, `id="signaler-un-contenu"`) {
		t.Error("no place that says whom to write to")
	}
}

func TestTheCodeHasItsLink(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(cfg *config.Config) { cfg.SourceURL = "https://code.example/passerelle" })
	_, page := s.get("/mentions-legales")
	main, _, _ := strings.Cut(page, "<footer")
	if !strings.Contains(main, `href="https://code.example/passerelle"`) {
		t.Error("the page that speaks of the code does not lead to it")
	}
}
