package labpages

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models/lab"
)

// atlas is what the page of the laboratories shows.
type atlas struct {
	labs    []lab.LabLine
	regions []lab.Region
	about   ui.Link // where the list comes from; no address when no page says it
}

// labs answers GET /laboratoires.
func (p *Pages) labs(c *fiber.Ctx) (err error) {
	ctx := c.UserContext()
	var a atlas
	if a.labs, err = p.library.Labs(ctx); err != nil {
		return err
	}
	if a.regions, err = p.library.Regions(ctx); err != nil {
		return err
	}
	switch about, err := p.library.Page(ctx, "aide/laboratoires"); {
	case err == nil:
		a.about = ui.Link{Text: about.Title, Address: "/" + about.Slug}
	case !errors.Is(err, lab.ErrUnknown):
		return err
	}
	web.DependsOn(c, shown...)
	web.DependsOn(c, "page")

	page := web.Page(c, "Laboratoires")
	page.Section = ui.SectionLabs
	page.Crumbs = []ui.Link{{Text: "Laboratoires"}}
	page.Description = "Les laboratoires d’innovation publique présentés sur Passerelle, région par région, et leurs cas d’usage."
	return web.Show(c, labsPage(page, a))
}

// rows are the laboratories of a kind, with how many use cases each has.
func (a atlas) rows(kind content.LabKind) []ui.Line {
	var list []ui.Line
	for _, l := range a.labs {
		if l.Kind != kind {
			continue
		}
		line := ui.Line{
			Kind: l.RegionName, Title: l.Name, Address: labAddress(l.Slug), Text: summary(l.Summary),
			Figure: ui.Number(l.UseCases), Unit: "cas d’usage", Sign: ui.SignOf(l.Slug),
		}
		for _, fact := range []string{l.Place, status(l.Status)} {
			if fact != "" {
				line.Meta = append(line.Meta, fact)
			}
		}
		list = append(list, line)
	}
	return list
}

// status is what is known of a laboratory today; that it is not known is said
// on its own page.
func status(s content.LabStatus) string {
	if s == content.LabUnknown {
		return ""
	}
	return s.Label()
}
