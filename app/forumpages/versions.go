package forumpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
)

// versions answers GET /messages/{id}/versions.
func (p *Pages) versions(c *fiber.Ctx) error {
	post, list, err := p.forums.Versions(c.UserContext(), web.Actor(c), web.ParamID(c, "post"))
	if err != nil {
		return err
	}
	web.DependsOn(c, web.Tag("thread", post.Thread.ID), "forum.changed", web.Tag("account", post.Author.ID))
	dependOnCited(c, post.Post)
	return web.Show(c, versionsPage(p.aboutPost(c, "Versions du message", post), post, list))
}
