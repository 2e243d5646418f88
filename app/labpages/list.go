package labpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models/lab"
)

// shelf is a list of use cases with its facets.
type shelf struct {
	lab.Listing
	address
}

// useCases answers GET /cas-usage.
func (p *Pages) useCases(c *fiber.Ctx) error {
	q, err := readRequest(c)
	if err != nil {
		return err
	}
	list, err := p.library.List(c.UserContext(), q.filter, q.order, q.page)
	if err != nil {
		return err
	}
	web.DependsOn(c, shown...)
	s := shelf{list, address{groups(list), q.order}}

	title := "Cas d’usage"
	if list.Page > 1 {
		title += ", page " + ui.Number(list.Page)
	}
	page := web.Page(c, title)
	page.Section = ui.SectionUseCases
	page.Crumbs = []ui.Link{{Text: "Cas d’usage"}}
	page.Description = "Ce que les laboratoires ont essayé, région par région, avec leurs résultats et de quoi les reprendre."
	page.Feed = &ui.Link{Text: "Cas d’usage", Address: "/cas-usage.atom"}
	if len(s.chosen()) > 0 {
		page.Robots = "noindex" // the combinations have no end; each case is found by itself
	}
	return web.Show(c, listPage(page, s))
}

func (s shelf) facets() ui.Filter {
	f := ui.Filter{Action: "/cas-usage"}
	if len(s.chosen()) > 0 {
		f.Clear = "/cas-usage"
	}
	if s.order == lab.ByTitle {
		f.Keep = []ui.HiddenValue{{Name: "tri", Value: "titre"}}
	}
	for _, g := range s.groups {
		if len(g.facets) == 0 {
			continue
		}
		shown := ui.FacetGroup{Name: g.name, Label: g.label, Closed: g.name == "region" || g.name == "public"}
		for _, facet := range g.facets {
			shown.Options = append(shown.Options, ui.FacetOption{Value: facet.Value, Label: facet.Name, Count: facet.Count, Checked: facet.Chosen})
		}
		f.Groups = append(f.Groups, shown)
	}
	return f
}

func (s shelf) sort() ui.Order {
	o := ui.Order{
		Action: "/cas-usage", Count: ui.Count(s.Total, "cas d’usage", "cas d’usage"), Keep: s.keep(), Value: "recents",
		Options: []ui.Option{{Value: "recents", Label: "plus récents"}, {Value: "titre", Label: "titre"}},
	}
	if s.order == lab.ByTitle {
		o.Value = "titre"
	}
	if len(s.chosen()) > 0 {
		o.Note = "pour ces filtres"
	}
	return o
}

func (s shelf) pager() ui.Pages {
	return ui.Pages{Current: s.Page, Last: s.Pages, Address: s.page, Label: "Pages des cas d’usage"}
}

// nothing is the empty list: no case for these filters, or no case at all.
func (s shelf) nothing() ui.Nothing {
	if len(s.chosen()) == 0 {
		return ui.Nothing{
			Title: "Aucun cas d’usage n’est encore publié",
			Text:  "Les laboratoires publient ici ce qu’ils ont essayé.",
			Links: []ui.Link{{Text: "Voir les laboratoires", Address: "/laboratoires"}, {Text: "Voir les forums", Address: "/forums"}},
		}
	}
	return ui.Nothing{
		Title: "Aucun cas d’usage pour ces filtres",
		Text:  "Retirez un filtre, ou cherchez avec des mots.",
		Links: []ui.Link{{Text: "Tout effacer", Address: "/cas-usage"}, {Text: "Chercher", Address: "/recherche"}},
	}
}
