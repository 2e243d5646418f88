package accountpages

import (
	"encoding/json"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/models"
)

// export answers GET /compte/donnees.json: what is kept of the person who asks.
func (p *Pages) export(c *fiber.Ctx) error {
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	if err := p.site.Allow("export", web.Actor(c).ID.String(), perMinute); err != nil {
		return err
	}
	kept, err := p.accounts.Export(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return fmt.Errorf("write an export: %w", err)
	}
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="passerelle-mes-donnees.json"`)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(text)
}
