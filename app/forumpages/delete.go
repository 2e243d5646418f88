package forumpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
)

// askDelete answers GET /messages/{id}/supprimer: what will happen.
func (p *Pages) askDelete(c *fiber.Ctx) error {
	post, frame, err := p.ownPost(c, "Supprimer le message")
	if err != nil {
		return err
	}
	return web.Show(c, deletePage(frame, post))
}

// delete answers POST /messages/{id}/supprimer.
func (p *Pages) delete(c *fiber.Ctx) error {
	done, err := p.forums.Delete(c.UserContext(), web.Actor(c), web.ParamID(c, "post"))
	if err != nil {
		return err
	}
	return web.SeeOther(c, postAddress(done), "Votre message est supprimé.")
}
