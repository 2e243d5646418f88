package adminpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models/account"
)

// Pages answers for the administration.
type Pages struct{ accounts *account.Accounts }

// New shows the administration of a site.
func New(site *web.Site) *Pages { return &Pages{accounts: site.Accounts} }

// Routes adds the addresses of the administration.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/administration", p.people)
	r.Get("/administration/journal", p.journal)
	r.Get("/administration/personnes/:id", p.person)
	r.Post("/administration/personnes/:id/roles", p.grant)
	r.Post("/administration/personnes/:id/roles/retirer", p.revoke)
}

// frame is the frame of a page of the administration.
func frame(c *fiber.Ctx, title string, crumbs ...ui.Link) ui.Page {
	page := web.Page(c, title)
	page.Robots = "noindex"
	page.Wide = true
	page.Crumbs = append(crumbs, ui.Link{Text: title})
	return page
}

var home = ui.Link{Text: "Administration", Address: "/administration"}
