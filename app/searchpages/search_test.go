package searchpages

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/config"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/forum"
	"passerelle/models/lab"
	"passerelle/models/modelstest"
	"passerelle/search"
)

// site is the search page over the laboratories of the content, two imported
// use cases and one debate.
type site struct {
	t      *testing.T
	app    *fiber.App
	store  *models.Store
	index  *search.Index
	forums *forum.Forums
	by     models.Actor
}

const base = "http://127.0.0.1:3000"

func newSite(t *testing.T) *site {
	t.Helper()
	store, _ := modelstest.Open(t)
	log := slog.New(slog.DiscardHandler)
	cfg := config.Config{Addr: "127.0.0.1:3000", URL: base, Limits: true, Data: store.Dir()}
	pages, err := web.New(cfg, store, account.New(store, false), log)
	if err != nil {
		t.Fatal(err)
	}
	index, err := search.Open(t.Context(), filepath.Join(store.Dir(), search.Folder), store, log)
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
	s := &site{t: t, app: pages.App(), store: store, index: index, forums: forum.New(store, account.EnsureImported), by: modelstest.Person(t, store, "camille")}
	New(pages, index).Routes(s.app)
	s.app.Use(pages.NotFound)
	s.fill()
	return s
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) fill() {
	s.t.Helper()
	ctx := s.t.Context()
	library, err := content.Load(content.Embedded)
	s.must(err)
	library.UseCases = nil
	labs := lab.New(s.store)
	_, err = labs.Load(ctx, library)
	s.must(err)
	for _, line := range []lab.Line{
		{Key: "1", Lab: "ti-lab", Title: "Une déchèterie mobile", Summary: "Un camion passe dans les communes.", Markdown: "On a **essayé** trois tournées de déchèterie."},
		{Key: "2", Lab: "siilab", Title: "Accueil en mairie", Summary: "Trois guichets.", Markdown: "Même la déchèterie y est expliquée."},
	} {
		_, err := labs.Import(ctx, line)
		s.must(err)
	}
	s.must(s.forums.SeedForums(ctx, []forum.Seed{{Slug: "essai", Title: "Essai", Lead: "Pour voir.", Position: 1}}))
	opened, err := s.forums.Open(ctx, s.by, forum.NewThread{Forum: "essai", Kind: forum.Question, Title: "Horaires des déchetteries", Body: "Comment publier les horaires ?"})
	s.must(err)
	_, err = s.forums.Reply(ctx, s.by, forum.NewPost{Thread: opened.Thread, Body: "La <déchèterie> de Trifouilly ouvre & ferme à 18 h."})
	s.must(err)
}

// get asks for an address and reads the answer.
func (s *site) get(address string) (int, *goquery.Document) {
	s.t.Helper()
	s.must(s.index.WaitFor(s.t.Context(), s.store.Head()))
	request := httptest.NewRequest(http.MethodGet, address, nil)
	request.Host = strings.TrimPrefix(base, "http://")
	answer, err := s.app.Test(request, -1)
	s.must(err)
	defer answer.Body.Close()
	page, err := goquery.NewDocumentFromReader(answer.Body)
	s.must(err)
	return answer.StatusCode, page
}

func (s *site) search(text string, filters ...string) (int, *goquery.Document) {
	s.t.Helper()
	return s.get("/recherche?" + strings.Join(append([]string{"q=" + url.QueryEscape(text)}, filters...), "&"))
}

// said is the text of what a selector finds, spaces made one.
func said(page *goquery.Document, selector string) string {
	return strings.Join(strings.Fields(page.Find(selector).Text()), " ")
}

func links(page *goquery.Document) string {
	var list []string
	page.Find(".rows h3 a").Each(func(_ int, a *goquery.Selection) {
		list = append(list, strings.Join(strings.Fields(a.Text()), " ")+" "+a.AttrOr("href", ""))
	})
	return strings.Join(list, "\n")
}

func TestTheSearchPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	status, page := s.search("déchetterie")
	if status != http.StatusOK || said(page, ".sort__count") != "4 résultats" {
		t.Fatalf("status %d, %q", status, said(page, ".sort__count"))
	}
	for _, want := range []string{
		"Une déchèterie mobile /cas-usage/une-decheterie-mobile", "Accueil en mairie /cas-usage/accueil-en-mairie",
		"Horaires des déchetteries /fils/1-horaires-des-dechetteries",
	} {
		if !strings.Contains(links(page), want) {
			t.Errorf("no link %q among\n%s", want, links(page))
		}
	}
	if got := page.Find("mark").First().Text(); got != "déchèterie" {
		t.Errorf("marked %q", got)
	}
	if more := page.Find(".row__more a"); more.AttrOr("href", "") != "/messages/2" || said(page, ".row__more") != "Aussi dans ce fil : message n° 2" {
		t.Errorf("under the thread %q", said(page, ".row__more"))
	}
	if _, reply := s.search("trifouilly"); !strings.Contains(said(reply, ".rows"), "La <déchèterie> de Trifouilly ouvre & ferme") || !strings.Contains(said(reply, ".rows"), "Message n° 2") {
		t.Errorf("rows say %q", said(reply, ".rows"))
	}
	if got := said(page, "fieldset:has([name=type])"); got != "Nature Cas d’usage 2 Questions 1 Messages 1" {
		t.Errorf("types %q", got)
	}
	if got := said(page, "fieldset:has([name=labo])"); !strings.Contains(got, "Ti Lab 1") {
		t.Errorf("laboratories %q", got)
	}
	if page.Find("input[name=q]").Length() != 3 || page.Find("input#recherche").AttrOr("value", "") != "déchetterie" {
		t.Error("the field, and the words that the filters carry along, are not as typed")
	}
	if title := page.Find("title").Text(); !strings.HasPrefix(title, "Recherche\u00a0: déchetterie") {
		t.Errorf("title %q", title)
	}
}

func TestHelpPagesAreFoundAtTheirAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if _, page := s.search(`"Chercher et trouver"`, "type=aide"); !strings.Contains(links(page), "Chercher et trouver /aide/chercher") {
		t.Errorf("found %s", links(page))
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, page := s.search("déchetterie", "type=cas-usage", "labo=ti-lab")
	if links(page) != "Une déchèterie mobile /cas-usage/une-decheterie-mobile" {
		t.Errorf("found %s", links(page))
	}
	if page.Find("input[value=cas-usage]:checked, input[value=ti-lab]:checked").Length() != 2 {
		t.Error("the filters that are on are not ticked")
	}
	off := page.Find(".tags a").First()
	if got := off.AttrOr("href", ""); got != "/recherche?labo=ti-lab&q=d%C3%A9chetterie" {
		t.Errorf("without the type: %s", got)
	}
	_, page = s.search("trifouilly", "labo=ti-lab")
	if got := said(page, ".empty"); !strings.Contains(got, "Aucun résultat pour ces filtres") || !strings.Contains(got, "Voir 1 résultat sans filtre") {
		t.Errorf("empty %q", got)
	}
	for _, wrong := range []string{"type=secret", "labo=nulle-part", "page=0", "page=abc", "page=2", "page=51"} {
		if status, _ := s.search("déchetterie", wrong); status != http.StatusNotFound {
			t.Errorf("%s: status %d", wrong, status)
		}
	}
}

func TestWhateverIsTypedGetsAnAnswer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tests := []struct{ typed, says string }{
		{"", "Cherchez dans tout ce qui est public"},
		{"   ", "Cherchez dans tout ce qui est public"},
		{"trifouilly inexistant", "Aucun résultat ne contient tous les mots"},
		{"inexistant", "Vérifiez l’orthographe"},
		{"de la", "Ces mots sont trop courants"},
		{"??!*", "ni lettre ni chiffre"},
		{"-trifouilly", "Dites aussi ce que vous cherchez"},
		{strings.Repeat("éx", 650), "Aucun résultat"},
		{"<zzz>www</zzz>", "Aucun résultat pour «\u202f<zzz>www</zzz>\u202f»"},
		{`titre:"a" AND NOT (b* OR /c/)~2^3`, "Aucun résultat"},
		{"\x00\x1b\u202e trifouilly", "1 résultat"},
		{`"de Trifouilly ouvre"`, "1 résultat"},
		{`trifouilly "`, "1 résultat"},
	}
	for _, tt := range tests {
		status, page := s.search(tt.typed)
		if got := said(page, "main"); status != http.StatusOK || !strings.Contains(got, strings.Join(strings.Fields(tt.says), " ")) {
			t.Errorf("%.40q: status %d, says %q, want %q", tt.typed, status, got, tt.says)
		}
		if page.Find("main script, main [style], main [onclick]").Length() > 0 {
			t.Errorf("%.40q: what was typed became code", tt.typed)
		}
	}
	if status, _ := s.get("/recherche?q=%ff%fe&q=b&q[]=c&type[]=x"); status != http.StatusOK {
		t.Errorf("odd parameters: status %d", status)
	}
}

func TestTooManySearches(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for n := range perMinute {
		if status, _ := s.search("trifouilly"); status != http.StatusOK {
			t.Fatalf("search %d: status %d", n+1, status)
		}
	}
	if status, page := s.search("trifouilly"); status != http.StatusTooManyRequests || !strings.Contains(said(page, "main"), "Réessayez dans une minute") {
		t.Errorf("one too many: status %d", status)
	}
}

func TestHiddenThingsAreNotFound(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	moderator := modelstest.Person(t, s.store, "dominique")
	modelstest.Grant(t, s.store, moderator, models.Moderator, 0)
	_, err := s.forums.HidePost(t.Context(), moderator, 2, "Hors sujet, à reprendre ailleurs.")
	s.must(err)
	if _, page := s.search("trifouilly"); page.Find(".rows").Length() != 0 || !strings.Contains(said(page, "main"), "Aucun résultat") {
		t.Errorf("a hidden post is found: %q", said(page, "main"))
	}
	_, err = s.forums.RestorePost(t.Context(), moderator, 2)
	s.must(err)
	if _, page := s.search("trifouilly"); page.Find(".rows h3").Length() != 1 {
		t.Errorf("a restored post is not found: %q", said(page, "main"))
	}
	_, err = s.forums.HideThread(t.Context(), moderator, 1, "Hors sujet, à reprendre ailleurs.")
	s.must(err)
	if _, page := s.search("trifouilly horaires"); page.Find(".rows").Length() != 0 {
		t.Errorf("a hidden thread is found: %q", said(page, "main"))
	}
}

func TestFacetsOperatorsAndOrder(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tests := []struct{ typed, filter, says string }{
		{"déchetterie", "etat=ouvert", "1 résultat pour ces filtres"},
		{"déchetterie", "region=bretagne", "1 résultat pour ces filtres"},
		{"déchetterie", "forum=essai", "2 résultats pour ces filtres"},
		{"déchetterie", "annee=1999", "Aucun résultat pour ces filtres"},
		{"déchetterie", "tri=recent", "4 résultats"},
		{"déchetterie labo:ti-lab", "", "Limité à : laboratoire « ti-lab »"},
		{`auteur:"Camille" déchetterie`, "", "2 résultats"},
		{"auteur:personne déchetterie", "", "Rien ne porte le nom « personne »"},
		{"type:message", "", "1 résultat"},
		{"déchetterie avant:1999", "", "Aucun résultat"},
		{"déchetterie après:2020", "", "4 résultats"},
		{"horiares", "", "Aucun texte ne contient « horiares »Voici les résultats pour « horaires »"},
		{"déchett", "", "4 résultats"},
	}
	for _, tt := range tests {
		status, page := s.search(tt.typed, tt.filter)
		if got := said(page, "main"); status != http.StatusOK || !strings.Contains(got, tt.says) {
			t.Errorf("%s %s: status %d, says %q, want %q", tt.typed, tt.filter, status, got, tt.says)
		}
	}
	for _, wrong := range []string{"region=atlantide", "forum=x", "etat=x", "annee=12", "annee=abcd"} {
		if status, _ := s.search("déchetterie", wrong); status != http.StatusNotFound {
			t.Errorf("%s: status %d", wrong, status)
		}
	}
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tests := []struct{ typed, want string }{
		{"déch", `[{"title":"Une déchèterie mobile","kind":"Cas d’usage","address":"/cas-usage/une-decheterie-mobile"},{"title":"Horaires des déchetteries","kind":"Question","address":"/fils/1-horaires-des-dechetteries"}]`},
		{"une dechet", `[{"title":"Une déchèterie mobile","kind":"Cas d’usage","address":"/cas-usage/une-decheterie-mobile"},{"title":"Horaires des déchetteries","kind":"Question","address":"/fils/1-horaires-des-dechetteries"}]`},
		{"d", "[]"}, {"", "[]"}, {"zzz", "[]"}, {"trifouilly", "[]"}, {strings.Repeat("a", 3000), "[]"},
	}
	for _, tt := range tests {
		status, page := s.get("/recherche/suggestions?q=" + url.QueryEscape(tt.typed))
		if got := page.Find("body").Text(); status != http.StatusOK || got != tt.want {
			t.Errorf("%.20q: status %d, %s", tt.typed, status, got)
		}
	}
}
