package labpages

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models/lab"
)

// text answers GET /{slug} for a legal page.
func (p *Pages) text(slug string) fiber.Handler {
	return func(c *fiber.Ctx) error { return p.showText(c, slug, nil) }
}

// help answers GET /aide: its first page, and the list of the others.
func (p *Pages) help(c *fiber.Ctx) error { return p.showText(c, "aide", nil) }

// helpPage answers GET /aide/{slug}.
func (p *Pages) helpPage(c *fiber.Ctx) error {
	return p.showText(c, "aide/"+web.Param(c, "slug"), []ui.Link{{Text: "Aide", Address: "/aide"}})
}

func (p *Pages) showText(c *fiber.Ctx, slug string, above []ui.Link) error {
	text, err := p.library.Page(c.UserContext(), slug)
	if err != nil {
		return err
	}
	all, err := p.library.Pages(c.UserContext())
	if err != nil {
		return err
	}
	web.DependsOn(c, "page")

	page := web.Page(c, text.Title)
	page.Crumbs = append(above, ui.Link{Text: text.Title})
	page.Description = text.Summary
	return web.Show(c, textPage(page, textView{text, all, page.SourceURL}))
}

// textView is a page and the others of its kind.
type textView struct {
	lab.Page
	all    []lab.PageLine
	source string // where the code is read, if the operator says so
}

// noticeSlug is the page that tells who runs the portal, on what code.
const noticeSlug = "mentions-legales"

// others are the other pages of the kind.
func (t textView) others() []ui.Link {
	var links []ui.Link
	for _, p := range t.all {
		if p.Kind == t.Kind && p.Slug != t.Slug {
			links = append(links, ui.Link{Text: p.Title, Address: p.Address()})
		}
	}
	return links
}

func (t textView) othersTitle() string {
	if t.Kind == content.HelpPage {
		return "Pages d’aide"
	}
	return "Voir aussi"
}

func (t textView) meta() []string {
	if t.UpdatedOn.IsZero() {
		return nil
	}
	return []string{"Mis à jour " + strings.TrimSpace(t.UpdatedOn.When())}
}
