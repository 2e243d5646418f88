package fundingpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/funding"
)

// deleteView is the page that asks before a draft is erased.
type deleteView struct {
	page  ui.Page
	draft funding.Draft
	why   *models.Error
}

// askDelete answers GET /dossiers/brouillons/{id}/supprimer.
func (p *Pages) askDelete(c *fiber.Ctx) error {
	v, err := p.deleting(c)
	if err != nil {
		return err
	}
	if v.draft.Application.State != funding.DraftState {
		return web.Moved(c, "/dossiers/"+v.draft.Application.Number)
	}
	return web.Show(c, deletePage(v))
}

func (p *Pages) deleting(c *fiber.Ctx) (deleteView, error) {
	d, err := p.desk.Draft(c.UserContext(), web.Actor(c), web.ParamID(c, "id"))
	if err != nil {
		return deleteView{}, orLogIn(c, err)
	}
	v := deleteView{draft: d}
	v.page = page(c, "Supprimer ce brouillon", toMine, ui.Link{Text: draftName(d.Application.Title), Address: "/dossiers/brouillons/" + d.Application.ID.String()})
	return v, nil
}

// delete answers POST /dossiers/brouillons/{id}/supprimer.
func (p *Pages) delete(c *fiber.Ctx) error {
	err := p.desk.Delete(c.UserContext(), web.Actor(c), web.ParamID(c, "id"), formVersion(c))
	if err == nil {
		return web.SeeOther(c, "/dossiers", content.French("Le brouillon est supprimé : son texte, son équipe et ses invitations sont effacés."))
	}
	v, unread := p.deleting(c)
	if unread != nil {
		return unread
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		v.why, v.page.Wrong = why, true
		return deletePage(v)
	})
}

// others is how many people beside the holder lose the draft.
func (v deleteView) others() int { return len(v.draft.Members) - 1 }
