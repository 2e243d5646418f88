package forumpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models/forum"
)

// message answers GET /messages/{id}: the post where it stands.
func (p *Pages) message(c *fiber.Ctx) error {
	post, err := p.find(c)
	if err != nil {
		return err
	}
	return web.SeeOther(c, postAddress(placeOf(post)), "")
}

// find is the post of the address, as who asks may see it.
func (p *Pages) find(c *fiber.Ctx) (forum.Whole, error) {
	return p.forums.Post(c.UserContext(), web.Actor(c), web.ParamID(c, "post"))
}

func placeOf(post forum.Whole) forum.Posted {
	return forum.Posted{Post: post.ID, Thread: post.Thread.ID, Slug: post.Thread.Slug, Number: post.Number}
}

// alone is a post away from its thread, without acts.
func alone(post forum.Whole) ui.PostView {
	return ui.PostView{
		Number: int(post.Number), Address: messageAddress(post.ID), Author: person(post.Author),
		At: post.CreatedAt, HTML: post.HTML, Excerpt: true, Official: post.Official,
	}
}
