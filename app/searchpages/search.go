package searchpages

import (
	"errors"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/search"
)

// kind is a type of thing as this page says it.
type kind struct {
	one  string // over a result
	many string // in the facet
}

var kinds = map[search.Type]kind{
	search.UseCase:    {"Cas d’usage", "Cas d’usage"},
	search.Experience: {"Retour d’expérience", "Retours d’expérience"},
	search.Lab:        {"Laboratoire", "Laboratoires"},
	search.Call:       {"Guichet", "Guichets"},
	search.Project:    {"Projet financé", "Projets financés"},
	search.Thread:     {"Discussion", "Discussions"},
	search.Question:   {"Question", "Questions"},
	search.Proposal:   {"Proposition", "Propositions"},
	search.Post:       {"Message", "Messages"},
	search.Help:       {"Page d’aide", "Aide et informations"},
}

// statuses are how this page says how far things have come.
var statuses = map[search.Status]string{
	search.StatusPlanned: "À venir", search.StatusOpen: "Ouvert", search.StatusClosed: "Clos", search.StatusIdea: "Idée",
	search.StatusExperiment: "Expérimentation", search.StatusDeployed: "Déployé", search.StatusActive: "En activité",
	search.StatusEnded: "Terminé", search.StatusAbandoned: "Abandonné", search.StatusOfficial: "Réponse officielle",
}

// asked is a search as the address has it.
type asked struct{ search.Query }

// search answers GET /recherche.
func (p *Pages) search(c *fiber.Ctx) error {
	q, err := read(c)
	if err != nil {
		return err
	}
	found, err := p.index.Find(c.UserContext(), q.Query)
	if err != nil {
		return err
	}
	if q.Page > 1 && q.Page > found.Pages {
		return web.ErrPage
	}
	page := web.Page(c, q.title())
	page.Description = "Chercher dans les cas d’usage, les laboratoires, les forums, les guichets et l’aide."
	page.Bare = true
	if q.Text != "" {
		page.Robots = "noindex"
	}
	csrf := ""
	if web.LoggedIn(c) {
		csrf = page.CSRF
	}
	return web.Show(c, searchPage(page, results{found, q, csrf}))
}

// read reads the address. Refuses as search.ReadQuery does.
func read(c *fiber.Ctx) (asked, error) {
	values := url.Values{}
	for _, name := range parameters {
		values[name] = web.QueryAll(c, name)
	}
	q, err := search.ReadQuery(values)
	if errors.Is(err, search.ErrPage) {
		err = web.ErrPage
	}
	return asked{q}, err
}

// parameters are those of the address of a search.
var parameters = []string{"q", "type", "labo", "region", "forum", "annee", "etat", "tri", "page", "apres"}

func (q asked) title() string {
	if q.Text == "" {
		return "Recherche"
	}
	title := "Recherche\u00a0: " + shortened(q.Text)
	if q.Page > 1 {
		title += ", page " + ui.Number(q.Page)
	}
	return title
}

// shortened is what was typed, as long as a title bears.
func shortened(text string) string {
	runes := []rune(text)
	if len(runes) <= 60 {
		return text
	}
	return string(runes[:60]) + "…"
}

// address is that of a search.
func address(q search.Query) string { return "/recherche?" + q.Values().Encode() }

func (q asked) onPage(n int) string {
	q.Page = n
	return address(q.Query)
}

func (q asked) everywhere() string { return address(q.Everywhere()) }

// first is the same search from its first page on.
func (q asked) first() search.Query {
	q.Page, q.After = 1, ""
	return q.Query
}

func without[T comparable](list []T, gone T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return v == gone })
}
