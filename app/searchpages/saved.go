package searchpages

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/search"
)

// save answers POST /compte/recherches: what the person searches is followed.
func (p *Pages) save(c *fiber.Ctx) error {
	values, err := url.ParseQuery(web.Field(c, "query"))
	if err != nil {
		return account.ErrNoSearch
	}
	q, err := search.ReadQuery(values)
	if err != nil {
		return err
	}
	q = asked{q}.first()
	q.Newest = false
	if err := p.site.Accounts.SaveSearch(c.UserContext(), web.Actor(c), q.Values().Encode(), q.Text); err != nil {
		return err
	}
	return web.SeeOther(c, "/compte/recherches", "Vous suivez cette recherche\u00a0: un courriel par jour au plus vous dira ce qui paraît.")
}

// saved answers GET /compte/recherches.
func (p *Pages) saved(c *fiber.Ctx) error {
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	list, err := p.site.Accounts.SavedSearches(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	page := web.FormPage(c, "Recherches suivies")
	page.Robots = "noindex"
	page.Crumbs = []ui.Link{{Text: "Mon compte", Address: "/compte"}, {Text: "Recherches suivies"}}
	return web.Show(c, savedPage(page, list))
}

// drop answers POST /compte/recherches/{id}/arreter.
func (p *Pages) drop(c *fiber.Ctx) error {
	id := models.ParseID(web.Param(c, "id"))
	if err := p.site.Accounts.DropSearch(c.UserContext(), web.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, "/compte/recherches", "Vous ne suivez plus cette recherche.")
}

// title is a saved search as its list names it.
func title(s account.SavedSearch) string { return typeset.Replace("« " + shortened(s.Words) + " »") }

// narrowed tells whether filters narrow a saved search.
func narrowed(s account.SavedSearch) bool {
	values, err := url.ParseQuery(s.Query)
	return err == nil && len(values) > 1
}
