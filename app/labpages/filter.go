package labpages

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models/lab"
)

// The parameters of the list, in the order in which addresses write them.
var listParameters = []string{"labo", "region", "theme", "public", "maturite", "tri", "page"}

// notKnown is how an address names the maturity of a use case without a known phase.
const notKnown = "non-precise"

// orderWords are the orders of the list in addresses.
var orderWords = map[string]lab.Order{"": lab.Recent, "recents": lab.Recent, "titre": lab.ByTitle}

// request is what an address asks of the list.
type request struct {
	filter lab.Filter
	order  lab.Order
	page   int
}

// readRequest reads the address of a list. A word that names nothing is
// refused with lab.ErrUnknownFilter, or web.ErrPage.
func readRequest(c *fiber.Ctx) (q request, err error) {
	q.filter.Labs = web.QueryAll(c, "labo")
	q.filter.Regions = web.QueryAll(c, "region")
	q.filter.Themes = web.QueryAll(c, "theme")
	q.filter.Audiences = web.QueryAll(c, "public")
	for _, word := range web.QueryAll(c, "maturite") {
		stage, known := stageOf(word)
		if !known {
			return q, lab.ErrUnknownFilter
		}
		q.filter.Maturities = append(q.filter.Maturities, stage)
	}
	order, known := orderWords[web.Query(c, "tri")]
	if !known || len(web.QueryAll(c, "tri")) > 1 || len(web.QueryAll(c, "page")) > 1 {
		return q, lab.ErrUnknownFilter
	}
	q.order = order
	q.page, err = web.QueryPage(c)
	return q, err
}

// stageOf is the maturity that an address names.
func stageOf(word string) (content.Stage, bool) {
	i := slices.IndexFunc(lab.Stages, func(s content.Stage) bool { return stageWord(s) == word })
	if i < 0 {
		return "", false
	}
	return lab.Stages[i], true
}

// stageWord is how an address names a maturity.
func stageWord(s content.Stage) string {
	if s == lab.NotKnown {
		return notKnown
	}
	return content.Slug(s.Label())
}

// stageLabel is a maturity in the facets.
func stageLabel(s content.Stage) string {
	if s == lab.NotKnown {
		return "Non précisé"
	}
	return s.Label()
}

// group is one group of facets with the values that the address may give it.
type group struct {
	name, label string
	facets      []lab.Facet // Value is the word of the address, Name is shown
}

// groups are the facets of a listing in the words of addresses and people.
func groups(list lab.Listing) []group {
	stages := slices.Clone(list.Maturities)
	for i, f := range stages {
		stage := content.Stage(f.Value)
		stages[i].Value, stages[i].Name = stageWord(stage), stageLabel(stage)
	}
	return []group{
		{"labo", "Laboratoire", list.Labs},
		{"maturite", "Maturité", stages},
		{"theme", "Thème", list.Themes},
		{"region", "Région", list.Regions},
		{"public", "Public", list.Audiences},
	}
}

// address is a list with the values chosen in its facets.
type address struct {
	groups []group
	order  lab.Order
}

// values are the parameters of the list, save one value of one group.
func (a address) values(but group, facet lab.Facet) url.Values {
	v := url.Values{}
	for _, g := range a.groups {
		for _, f := range g.facets {
			if f.Chosen && (g.name != but.name || f.Value != facet.Value) {
				v.Add(g.name, f.Value)
			}
		}
	}
	if a.order == lab.ByTitle {
		v.Set("tri", "titre")
	}
	return v
}

// chosen are the filters that are on, each with the list without it.
func (a address) chosen() []ui.Link {
	var links []ui.Link
	for _, g := range a.groups {
		for _, f := range g.facets {
			if f.Chosen {
				links = append(links, ui.Link{Text: f.Name, Address: withQuery(a.values(g, f))})
			}
		}
	}
	return links
}

// page is the address of a page of the list.
func (a address) page(n int) string {
	v := a.values(group{}, lab.Facet{})
	if n > 1 {
		v.Set("page", strconv.Itoa(n))
	}
	return withQuery(v)
}

// keep are the filters that a change of order carries along.
func (a address) keep() []ui.HiddenValue {
	var values []ui.HiddenValue
	for _, g := range a.groups {
		for _, f := range g.facets {
			if f.Chosen {
				values = append(values, ui.HiddenValue{Name: g.name, Value: f.Value})
			}
		}
	}
	return values
}

func withQuery(v url.Values) string {
	if len(v) == 0 {
		return "/cas-usage"
	}
	return "/cas-usage?" + v.Encode()
}
