package forumpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/forum"
)

// reply answers POST /fils/{id}/messages.
func (p *Pages) reply(c *fiber.Ctx) error {
	d := readDraft(c)
	err := p.sending(c)
	var done forum.Posted
	if err == nil {
		done, err = p.forums.Reply(c.UserContext(), web.Actor(c), forum.NewPost{Thread: threadID(c), Body: d.body, Key: d.key})
	}
	if err == nil {
		return web.SeeOther(c, postAddress(done), "Votre message est publié.")
	}
	shown, again := p.replyPage(c)
	if again != nil {
		return again
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		d.why = why
		return shown(d)
	})
}

// previewReply answers POST /fils/{id}/apercu.
func (p *Pages) previewReply(c *fiber.Ctx) error {
	d := readDraft(c)
	shown, err := p.replyPage(c)
	if err != nil {
		return err
	}
	if err := p.preview(c, &d); err != nil {
		return err
	}
	return web.Show(c, shown(d))
}

// replyPage is the page of a reply that is not published: its thread's title
// and the composer.
func (p *Pages) replyPage(c *fiber.Ctx) (func(draft) templ.Component, error) {
	shown, err := p.forums.Page(c.UserContext(), web.Actor(c), threadID(c), 1)
	if err != nil {
		return nil, err
	}
	t := shown.Thread
	frame := page(c, "Répondre", ui.Link{Text: t.ForumTitle, Address: forumAddress(t.ForumSlug)},
		ui.Link{Text: t.Title, Address: threadAddress(t.ID, t.Slug)}, ui.Link{Text: "Répondre"})
	return func(d draft) templ.Component {
		d.action, d.submit = "/fils/"+t.ID.String(), "Publier"
		frame.Wrong = d.why != nil
		return writePage(frame, content.French("Répondre à « "+t.Title+" »"), d, nil)
	}, nil
}
