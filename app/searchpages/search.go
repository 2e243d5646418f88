package searchpages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/search"
)

// kind is a type of thing as this page says it.
type kind struct {
	value string // in the address
	one   string // over a result
	many  string // in the facet
}

var kinds = map[search.Type]kind{
	search.UseCase:    {"cas-usage", "Cas d’usage", "Cas d’usage"},
	search.Experience: {"retour-experience", "Retour d’expérience", "Retours d’expérience"},
	search.Lab:        {"laboratoire", "Laboratoire", "Laboratoires"},
	search.Call:       {"guichet", "Guichet", "Guichets"},
	search.Thread:     {"fil", "Fil", "Fils"},
	search.Post:       {"message", "Message", "Messages"},
	search.Help:       {"aide", "Aide", "Aide"},
}

// asked is a search as the address has it.
type asked struct {
	text  string
	types []search.Type
	labs  []string
	page  int
}

// search answers GET /recherche.
func (p *Pages) search(c *fiber.Ctx) error {
	q, err := read(c)
	if err != nil {
		return err
	}
	found, err := p.index.Find(c.UserContext(), search.Query{Text: q.text, Types: q.types, Labs: q.labs, Page: q.page})
	if err != nil {
		return err
	}
	if q.page > 1 && q.page > found.Pages {
		return web.ErrPage
	}
	page := web.Page(c, q.title())
	page.Description = "Chercher dans les cas d’usage, les laboratoires, les forums, les guichets et l’aide."
	page.Bare = true
	if q.text != "" {
		page.Robots = "noindex"
	}
	return web.Show(c, searchPage(page, results{found, q}))
}

// read reads the address. Refuses with web.ErrPage and search.ErrUnknownFilter.
func read(c *fiber.Ctx) (q asked, err error) {
	q.text = strings.TrimSpace(web.Query(c, "q"))
	q.labs = web.QueryAll(c, "labo")
	for _, value := range web.QueryAll(c, "type") {
		t := typeOf(value)
		if t == "" {
			return q, search.ErrUnknownFilter
		}
		q.types = append(q.types, t)
	}
	q.page, err = web.QueryPage(c)
	return q, err
}

func typeOf(value string) search.Type {
	for t, k := range kinds {
		if k.value == value {
			return t
		}
	}
	return ""
}

func (q asked) title() string {
	if q.text == "" {
		return "Recherche"
	}
	title := "Recherche\u00a0: " + shortened(q.text)
	if q.page > 1 {
		title += ", page " + ui.Number(q.page)
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

func (q asked) filtered() bool { return len(q.types)+len(q.labs) > 0 }

// address is that of the same search with other filters, or on another page.
func (q asked) address() string {
	values := url.Values{"q": {q.text}}
	for _, t := range q.types {
		values.Add("type", kinds[t].value)
	}
	for _, l := range q.labs {
		values.Add("labo", l)
	}
	if q.page > 1 {
		values.Set("page", strconv.Itoa(q.page))
	}
	return "/recherche?" + values.Encode()
}

func (q asked) onPage(n int) string {
	q.page = n
	return q.address()
}

func (q asked) everywhere() string { return asked{text: q.text}.address() }

func (q asked) withoutType(t search.Type) string {
	q.types, q.page = without(q.types, t), 1
	return q.address()
}

func (q asked) withoutLab(slug string) string {
	q.labs, q.page = without(q.labs, slug), 1
	return q.address()
}

func without[T comparable](list []T, gone T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return v == gone })
}
