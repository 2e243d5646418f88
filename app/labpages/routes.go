package labpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/models/lab"
)

// Pages answers for this part of the site.
type Pages struct {
	site    *web.Site
	library *lab.Library
}

// New shows a library on a site.
func New(site *web.Site, library *lab.Library) *Pages {
	return &Pages{site: site, library: library}
}

// legal are the addresses of the legal pages, each that of a file of content.
var legal = []string{"accessibilite", "mentions-legales", "donnees-personnelles"}

// Routes adds the addresses of the library.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/", p.site.Cached(), p.home)
	r.Get("/laboratoires", p.site.Cached(), p.labs)
	r.Get("/laboratoires/:lab<regex(^[a-z0-9-]+$)>", p.site.Cached(), p.lab)
	r.Get("/cas-usage", p.site.Cached(listParameters...), p.useCases)
	r.Get("/cas-usage/:slug.md", p.site.Cached(), p.markdown)
	r.Get("/cas-usage/:slug<regex(^[a-z0-9-]+$)>", p.site.Cached(), p.useCase)
	for _, slug := range legal {
		r.Get("/"+slug, p.site.Cached(), p.text(slug))
	}
	r.Get("/aide", p.site.Cached(), p.help)
	r.Get("/aide/:slug", p.site.Cached(), p.helpPage)
	r.Get("/plan-du-site", p.site.Cached(), p.siteMap)
}
