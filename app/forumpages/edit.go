package forumpages

import (
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/forum"
)

// askEdit answers GET /messages/{id}/modifier.
func (p *Pages) askEdit(c *fiber.Ctx) error {
	post, frame, err := p.ownPost(c, "Modifier le message")
	if err != nil {
		return err
	}
	return web.Show(c, editPage(frame, post, draft{body: post.Markdown, version: post.Edits}))
}

// edit answers POST /messages/{id}/modifier.
func (p *Pages) edit(c *fiber.Ctx) error {
	d := readEdit(c)
	err := p.sending(c)
	var done forum.Posted
	if err == nil {
		done, err = p.forums.Edit(c.UserContext(), web.Actor(c), forum.Edit{Post: web.ParamID(c, "post"), Version: d.version, Body: d.body})
	}
	if err == nil {
		return web.SeeOther(c, postAddress(done), "Votre message est modifié.")
	}
	post, frame, again := p.ownPost(c, "Modifier le message")
	if again != nil {
		return again
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		d.why = why
		frame.Wrong = true
		d.overtaken = d.version != post.Edits
		d.version = post.Edits // who saves now has seen the present text
		return editPage(frame, post, d)
	})
}

// previewEdit answers POST /messages/{id}/modifier/apercu.
func (p *Pages) previewEdit(c *fiber.Ctx) error {
	d := readEdit(c)
	post, frame, err := p.ownPost(c, "Modifier le message")
	if err != nil {
		return err
	}
	if err := p.preview(c, &d); err != nil {
		return err
	}
	frame.Wrong = d.why != nil
	return web.Show(c, editPage(frame, post, d))
}

func readEdit(c *fiber.Ctx) draft {
	d := readDraft(c)
	version, err := strconv.ParseInt(web.Line(c, "version"), 10, 64)
	if err != nil {
		version = -1 // no such version: refused as overtaken
	}
	d.version = version
	return d
}

// ownPost is a post of whoever asks, that may still be changed, and the frame
// of a page about it.
func (p *Pages) ownPost(c *fiber.Ctx, title string) (forum.Whole, ui.Page, error) {
	post, err := p.find(c)
	if err != nil {
		return post, ui.Page{}, err
	}
	frame := p.aboutPost(c, title, post)
	switch {
	case mayWrite(frame.Viewer) != nil:
		err = mayWrite(frame.Viewer)
	case post.Author.ID != frame.Viewer.ID:
		err = forum.ErrNotAuthor
	case post.State == forum.Deleted:
		err = forum.ErrPostDeleted
	case post.State == forum.Hidden:
		err = forum.ErrPostHidden
	case post.Thread.Hidden:
		err = forum.ErrThreadHidden
	case post.Thread.Locked:
		err = forum.ErrLocked
	}
	return post, frame, err
}

// aboutPost is the frame of a page about a post.
func (p *Pages) aboutPost(c *fiber.Ctx, title string, post forum.Whole) ui.Page {
	t := post.Thread
	frame := page(c, title, ui.Link{Text: t.ForumTitle, Address: forumAddress(t.ForumSlug)},
		ui.Link{Text: t.Title, Address: postAddress(placeOf(post))}, ui.Link{Text: title})
	frame.Robots = "noindex"
	return frame
}

// editPage is the form of an edit; when it was overtaken, the present text
// stands under it.
func editPage(frame ui.Page, post forum.Whole, d draft) templ.Component {
	d.action, d.submit, d.edited = messageAddress(post.ID), "Enregistrer", true
	if post.Official != "" {
		d.note = "Ce message est une réponse officielle. Si vous le modifiez, il redevient personnel jusqu’à ce que la modération le confirme."
	}
	var after templ.Component
	if d.overtaken {
		after = present(post)
	}
	return writePage(frame, "Modifier le message "+numero(post.Number), d, after)
}
