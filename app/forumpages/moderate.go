package forumpages

import (
	"context"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/forum"
)

// ruling is the form of an act that states a reason.
type ruling struct {
	title    string
	text     string // what will happen
	action   string
	back     string // where to go without acting
	submit   string
	optional bool // the reason is
	reason   string
	why      *models.Error
}

// deciding is an act on a thread or a post.
type deciding func(context.Context, models.Actor, models.ID) (forum.Posted, error)

// decide answers the POST of an act without a reason.
func (p *Pages) decide(c *fiber.Ctx, act deciding, id models.ID, flash string) error {
	done, err := act(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	return web.SeeOther(c, decided(done), flash)
}

// decided is where an act of moderation is seen: the post, or the top of the
// thread.
func decided(done forum.Posted) string {
	if done.Post == 0 {
		return threadAddress(done.Thread, done.Slug)
	}
	return postAddress(done)
}

func (p *Pages) unlock(c *fiber.Ctx) error {
	return p.decide(c, p.forums.Unlock, threadID(c), "Le fil est rouvert.")
}

func (p *Pages) pin(c *fiber.Ctx) error {
	return p.decide(c, p.forums.Pin, threadID(c), "Le fil est épinglé.")
}

func (p *Pages) unpin(c *fiber.Ctx) error {
	return p.decide(c, p.forums.Unpin, threadID(c), "Le fil n’est plus épinglé.")
}

func (p *Pages) restoreThread(c *fiber.Ctx) error {
	return p.decide(c, p.forums.RestoreThread, threadID(c), "Le fil est rétabli.")
}

func (p *Pages) restore(c *fiber.Ctx) error {
	return p.decide(c, p.forums.RestorePost, web.ParamID(c, "post"), "Le message est rétabli.")
}

// askLock answers GET /fils/{id}/fermer.
func (p *Pages) askLock(c *fiber.Ctx) error { return p.askAboutThread(c, locking) }

// lock answers POST /fils/{id}/fermer.
func (p *Pages) lock(c *fiber.Ctx) error {
	return p.rule(c, threadID(c), p.forums.Lock, "Le fil est clos.", func(r ruling) error { return p.askAboutThread(c, locking.as(r)) })
}

// askHideThread answers GET /fils/{id}/masquer.
func (p *Pages) askHideThread(c *fiber.Ctx) error { return p.askAboutThread(c, hidingThread) }

// hideThread answers POST /fils/{id}/masquer.
func (p *Pages) hideThread(c *fiber.Ctx) error {
	return p.rule(c, threadID(c), p.forums.HideThread, "Le fil est masqué.", func(r ruling) error { return p.askAboutThread(c, hidingThread.as(r)) })
}

// askHide answers GET /messages/{id}/masquer.
func (p *Pages) askHide(c *fiber.Ctx) error { return p.askAboutPost(c, hiding) }

// hide answers POST /messages/{id}/masquer.
func (p *Pages) hide(c *fiber.Ctx) error {
	return p.rule(c, web.ParamID(c, "post"), p.forums.HidePost, "Le message est masqué.", func(r ruling) error { return p.askAboutPost(c, hiding.as(r)) })
}

var (
	locking = ruling{
		title: "Clore le fil", submit: "Clore le fil", optional: true,
		text: "Plus personne ne pourra y répondre, ni modifier ou supprimer ses messages. Tout le monde pourra le lire.",
	}
	hidingThread = ruling{
		title: "Masquer le fil", submit: "Masquer le fil",
		text: "Seules la personne qui l’a ouvert et la modération pourront encore le lire. Vous pourrez le rétablir.",
	}
	hiding = ruling{
		title: "Masquer le message", submit: "Masquer le message",
		text: "Seules la personne qui l’a écrit et la modération pourront encore le lire. Son numéro restera, avec le motif. Vous pourrez le rétablir.",
	}
)

// as is the ruling with what was typed and what is wrong with it.
func (r ruling) as(typed ruling) ruling {
	r.reason, r.why = typed.reason, typed.why
	return r
}

// rule does an act with the reason of the form, or shows the form again.
func (p *Pages) rule(c *fiber.Ctx, id models.ID, act func(context.Context, models.Actor, models.ID, string) (forum.Posted, error),
	flash string, again func(ruling) error) error {
	typed := ruling{reason: web.Field(c, "reason")}
	done, err := act(c.UserContext(), web.Actor(c), id, typed.reason)
	if err == nil {
		return web.SeeOther(c, decided(done), flash)
	}
	var shown error
	err = web.Again(c, err, func(why *models.Error) templ.Component {
		typed.why = why
		shown = again(typed)
		return templ.NopComponent
	})
	if err != nil {
		return err
	}
	return shown
}

// askAboutThread shows the form of an act on a thread.
func (p *Pages) askAboutThread(c *fiber.Ctx, r ruling) error {
	shown, err := p.forums.Page(c.UserContext(), web.Actor(c), threadID(c), 1)
	if err != nil {
		return err
	}
	if !shown.Moderator {
		return refuseModeration(c)
	}
	t := shown.Thread
	r.back = threadAddress(t.ID, t.Slug)
	r.action = string(c.Request().URI().Path())
	frame := page(c, r.title, ui.Link{Text: t.ForumTitle, Address: forumAddress(t.ForumSlug)},
		ui.Link{Text: t.Title, Address: r.back}, ui.Link{Text: r.title})
	frame.Wrong = r.why != nil
	return web.Show(c, rulingPage(frame, r, nil))
}

// askAboutPost shows the form of an act on a post.
func (p *Pages) askAboutPost(c *fiber.Ctx, r ruling) error {
	post, err := p.find(c)
	if err != nil {
		return err
	}
	frame := p.aboutPost(c, r.title, post)
	switch {
	case !frame.Viewer.Moderator:
		return refuseModeration(c)
	case post.State == forum.Deleted:
		return forum.ErrPostDeleted
	}
	r.back = postAddress(placeOf(post))
	r.action = messageAddress(post.ID) + "/masquer"
	frame.Wrong = r.why != nil
	return web.Show(c, rulingPage(frame, r, prose(post)))
}

func refuseModeration(c *fiber.Ctx) error {
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	return forum.ErrNotModerator
}

func (r ruling) field() ui.Field {
	return ui.Field{
		Name: "reason", Label: "Motif", Hint: "Il sera public, dans le journal de la modération\u00a0: n’y nommez personne.",
		Value: r.reason, Error: web.Says(r.why, "reason"), Optional: r.optional, Max: forum.MaxReason, Rows: 3,
	}
}
