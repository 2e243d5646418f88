package searchpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/search"
)

// suggestion is a thing that is offered while one types.
type suggestion struct {
	Title   string `json:"title"`
	Kind    string `json:"kind"`
	Address string `json:"address"`
}

// suggest answers GET /recherche/suggestions: a list in JSON for the script of
// the search field. Without it the field is a plain form.
func (p *Pages) suggest(c *fiber.Ctx) error {
	found, err := p.index.Suggest(c.UserContext(), web.Query(c, "q"))
	if err != nil {
		return err
	}
	list := make([]suggestion, len(found))
	for i, s := range found {
		list[i] = suggestion{s.Title, kinds[s.Type].one, search.Hit{Type: s.Type, ID: s.ID, Slug: s.Slug}.Address()}
	}
	return c.JSON(list)
}
