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

// speaking is the form that says in whose name a reply answers.
type speaking struct {
	post        forum.Whole
	institution string
	why         *models.Error
}

// askOfficial answers GET /messages/{id}/officielle.
func (p *Pages) askOfficial(c *fiber.Ctx) error {
	s, frame, err := p.speaking(c)
	if err != nil {
		return err
	}
	return web.Show(c, officialPage(frame, s))
}

// official answers POST /messages/{id}/officielle.
func (p *Pages) official(c *fiber.Ctx) error {
	typed := web.Line(c, "institution")
	done, err := p.forums.MakeOfficial(c.UserContext(), web.Actor(c), web.ParamID(c, "post"), typed)
	if err == nil {
		return web.SeeOther(c, postAddress(done), "Ce message est une réponse officielle.")
	}
	s, frame, again := p.speaking(c)
	if again != nil {
		return again
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		s.institution, s.why, frame.Wrong = typed, why, true
		return officialPage(frame, s)
	})
}

// personal answers POST /messages/{id}/personnelle.
func (p *Pages) personal(c *fiber.Ctx) error {
	return p.decide(c, func(ctx context.Context, by models.Actor, id models.ID) (forum.Posted, error) {
		return p.forums.MakePersonal(ctx, by, id)
	}, web.ParamID(c, "post"), "Ce message n’est plus une réponse officielle.")
}

// speaking is the form about the post of the address, for moderators.
func (p *Pages) speaking(c *fiber.Ctx) (speaking, ui.Page, error) {
	post, err := p.find(c)
	if err != nil {
		return speaking{}, ui.Page{}, err
	}
	frame := p.aboutPost(c, "Réponse officielle", post)
	switch {
	case !frame.Viewer.Moderator:
		err = refuseModeration(c)
	case post.State == forum.Deleted:
		err = forum.ErrPostDeleted
	case post.State == forum.Hidden:
		err = forum.ErrPostHidden
	}
	return speaking{post: post, institution: post.Official}, frame, err
}

func (s speaking) field() ui.Field {
	return ui.Field{
		Name: "institution", Label: "Au nom de quelle institution", Hint: "Son nom en toutes lettres\u00a0: «\u202fPréfecture de la région Bretagne\u202f».",
		Value: s.institution, Error: web.Says(s.why, "institution"), Max: forum.MaxInstitution,
	}
}

// submit is the text of the main button.
func (s speaking) submit() string {
	if s.post.Official != "" {
		return "Changer le nom"
	}
	return "En faire une réponse officielle"
}

// domain is that of the verified address of who wrote the reply.
func (s speaking) domain() string { return s.post.Author.Domain }
