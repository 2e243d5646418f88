package searchpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/search"
)

// Pages answers for this part of the site.
type Pages struct {
	site  *web.Site
	index *search.Index
}

// New shows what an index finds on a site.
func New(site *web.Site, index *search.Index) *Pages { return &Pages{site: site, index: index} }

// perMinute is how often one address may search.
const perMinute = 120

// suggestionsPerMinute is how often one address may ask while it types.
const suggestionsPerMinute = 600

// Routes adds the addresses of the search. Its page is not kept by the page
// cache: the index follows the feed a moment later than that cache does.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/recherche", p.site.Limit("search", perMinute), p.search)
	r.Get("/compte/recherches", p.saved)
	r.Post("/compte/recherches", p.save)
	r.Post("/compte/recherches/:id/arreter", p.drop)
	r.Get("/recherche/suggestions", p.site.Limit("suggest", suggestionsPerMinute), p.suggest)
}
