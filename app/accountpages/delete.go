package accountpages

import (
	"errors"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
)

// askDelete answers GET /compte/supprimer: what will happen, or why it can't.
func (p *Pages) askDelete(c *fiber.Ctx) error {
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	err := p.accounts.MayLeave(c.UserContext(), web.Actor(c))
	var why *models.Error
	if err != nil && !errors.As(err, &why) {
		return err
	}
	return web.Show(c, deletePage(mine(c, "Supprimer mon compte"), leaving{may: why == nil, why: why}))
}

// delete answers POST /compte/supprimer.
func (p *Pages) delete(c *fiber.Ctx) error {
	err := p.mayTryMine(c)
	if err == nil {
		err = p.accounts.Delete(c.UserContext(), web.Actor(c), web.Field(c, "current"))
	}
	if err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			return deletePage(wrong(mine(c, "Supprimer mon compte")), leaving{may: why.Field("current") != nil || why.Kind != models.Conflict, why: why})
		})
	}
	web.LogOut(c)
	return web.SeeOther(c, "/compte/supprime", "")
}

// deleted answers GET /compte/supprime.
func (p *Pages) deleted(c *fiber.Ctx) error {
	page := web.Page(c, "Compte supprimé")
	page.Robots = "noindex"
	return web.Show(c, deletedPage(page))
}

// leaving is the page of a deletion.
type leaving struct {
	may bool // nothing but the password stands in the way
	why *models.Error
}

// wayOut is what to do when something stands in the way.
func (l leaving) wayOut() []ui.Link {
	return []ui.Link{{Text: "Mes dossiers", Address: "/dossiers"}, {Text: "Mon compte", Address: "/compte"}}
}
