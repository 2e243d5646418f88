package api

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/models/forum"
	"passerelle/models/lab"
	"passerelle/search"
)

// API answers machines.
type API struct {
	site    *web.Site
	library *lab.Library
	forums  *forum.Forums
	index   *search.Index
}

// New answers machines on a site.
func New(site *web.Site, library *lab.Library, forums *forum.Forums, index *search.Index) *API {
	return &API{site: site, library: library, forums: forums, index: index}
}

// Routes adds the addresses for machines.
func (a *API) Routes(r fiber.Router) {
	r.Get("/cas-usage.atom", a.site.Cached(), a.useCases)
	r.Get("/laboratoires/:lab.atom", a.site.Cached(), a.lab)
	r.Get("/forums/:forum.atom", a.site.Cached(), a.forum)
	r.Get("/fils/:thread.atom", a.site.Cached(), a.thread)

	// Not kept by the page cache, like the page of a search.
	r.Get("/recherche.atom", a.site.Limit("search", searchesPerMinute), a.search)

	r.Get("/sitemap.xml", a.site.Cached(), a.siteMap)
	r.Get("/sitemap-:part.xml", a.site.Cached(), a.siteMapPart)
	r.Get("/robots.txt", a.robots)
	r.Get("/.well-known/security.txt", a.security)
}

// full is an address of this site with its scheme and host.
func (a *API) full(path string) string { return a.site.Config.URL + path }
