package labpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
)

// siteMap answers GET /plan-du-site.
func (p *Pages) siteMap(c *fiber.Ctx) error {
	ctx := c.UserContext()
	labs, err := p.library.Labs(ctx)
	if err != nil {
		return err
	}
	forums, calls, err := p.library.Rooms(ctx)
	if err != nil {
		return err
	}
	pages, err := p.library.Pages(ctx)
	if err != nil {
		return err
	}
	web.DependsOn(c, "lab", "forum", "call", "page")

	parts := []part{
		{"Lire", []ui.Link{{Text: "Accueil", Address: "/"}, {Text: "Cas d’usage", Address: "/cas-usage"}, {Text: "Rechercher", Address: "/recherche"}}},
		{"Laboratoires", []ui.Link{{Text: "Tous les laboratoires", Address: "/laboratoires"}}},
		{"Forums", []ui.Link{{Text: "Tous les forums", Address: "/forums"}}},
		{"Financement", []ui.Link{{Text: "Guichets et projets", Address: "/financement"}}},
		{"Mon compte", []ui.Link{{Text: "Se connecter", Address: "/connexion"}, {Text: "Créer un compte", Address: "/inscription"}}},
		{"Aide", nil},
		{"À propos du site", nil},
	}
	for _, l := range labs {
		parts[1].links = append(parts[1].links, ui.Link{Text: l.Name, Address: labAddress(l.Slug)})
	}
	for _, f := range forums {
		parts[2].links = append(parts[2].links, ui.Link{Text: f.Title, Address: "/forums/" + f.Slug})
	}
	parts[2].links = append(parts[2].links,
		ui.Link{Text: "Règles des forums", Address: "/aide/regles"}, ui.Link{Text: "Journal de la modération", Address: "/moderation/journal"})
	for _, call := range calls {
		parts[3].links = append(parts[3].links, ui.Link{Text: call.Title, Address: "/financement/" + call.Slug})
	}
	for _, text := range pages {
		i := 6
		if text.Kind == content.HelpPage {
			i = 5
		}
		parts[i].links = append(parts[i].links, ui.Link{Text: text.Title, Address: text.Address()})
	}

	page := web.Page(c, "Plan du site")
	page.Crumbs = []ui.Link{{Text: "Plan du site"}}
	page.Description = "Toutes les parties de Passerelle."
	return web.Show(c, siteMapPage(page, parts))
}

// part is one part of the site.
type part struct {
	title string
	links []ui.Link
}
