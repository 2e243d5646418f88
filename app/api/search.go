package api

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"passerelle/content"
	"passerelle/models"
	"passerelle/search"
)

// searchesPerMinute is how often one address may search, here and on the page.
const searchesPerMinute = 120

// search answers GET /recherche.atom: what a search finds, newest first.
func (a *API) search(c *fiber.Ctx) error {
	values, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return search.ErrUnknownFilter
	}
	q, err := search.ReadQuery(values)
	if err != nil {
		return err
	}
	q.Page, q.After = 1, ""
	asked := q.Values().Encode()
	q.Newest = true
	found, err := a.index.Find(c.UserContext(), q)
	if err != nil {
		return err
	}
	f := a.newFeed(a.tag("flux/recherche", asked), content.French("Passerelle : recherche « "+q.Text+" »"), "/recherche.atom?"+asked, "/recherche?"+asked)
	var since models.Time
	for _, h := range found.Hits {
		if h.Date.IsZero() { // a laboratory, a page: nothing that appears one day
			continue
		}
		if h.Date.After(since.Time) {
			since = h.Date
		}
		f.Entries = append(f.Entries, entry{
			ID: a.tag(string(h.Type), h.ID.String()), Title: search.Plain(h.Title), Summary: search.Plain(h.Excerpt),
			Link:      link{Relation: "alternate", Type: "text/html", Address: a.full(h.Address())},
			Published: instant(h.Date), Updated: instant(h.Date), Categories: []category{{h.Type.Word()}},
		})
	}
	if since.IsZero() {
		since = a.site.Store.Now()
	}
	return sendFeed(c, f, since)
}
