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

// teamView is the page of who works on a draft.
type teamView struct {
	page  ui.Page
	draft funding.Draft
	email string
	role  string
	why   *models.Error
}

// team answers GET /dossiers/brouillons/{id}/collegues.
func (p *Pages) team(c *fiber.Ctx) error {
	v, err := p.viewTeam(c)
	if err != nil {
		return err
	}
	if v.draft.Application.State != funding.DraftState {
		return web.Moved(c, "/dossiers/"+v.draft.Application.Number)
	}
	return web.Show(c, teamPage(v))
}

func (p *Pages) viewTeam(c *fiber.Ctx) (teamView, error) {
	d, err := p.desk.Draft(c.UserContext(), web.Actor(c), web.ParamID(c, "id"))
	if err != nil {
		return teamView{}, orLogIn(c, err)
	}
	v := teamView{draft: d, role: string(funding.CoHolder)}
	v.page = page(c, "Équipe du dossier", toMine, ui.Link{Text: draftName(d.Application.Title), Address: "/dossiers/brouillons/" + d.Application.ID.String()})
	return v, nil
}

func (v teamView) action() string { return draftAddress(v.draft.Application.ID, teamPlace) }

// invite answers POST /dossiers/brouillons/{id}/collegues.
func (p *Pages) invite(c *fiber.Ctx) error {
	id := web.ParamID(c, "id")
	email, role := web.Line(c, "email"), web.Line(c, "role")
	err := p.desk.Invite(c.UserContext(), web.Actor(c), id, email, funding.TeamRole(role))
	if err == nil {
		return web.SeeOther(c, draftAddress(id, teamPlace), "L’invitation part par courriel. Elle vaut sept jours.")
	}
	v, unread := p.viewTeam(c)
	if unread != nil {
		return unread
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		v.why, v.email, v.role, v.page.Wrong = why, email, role, true
		return teamPage(v)
	})
}

// revoke answers POST /dossiers/brouillons/{id}/collegues/{invitation}/retirer.
func (p *Pages) revoke(c *fiber.Ctx) error {
	err := p.desk.Revoke(c.UserContext(), web.Actor(c), web.ParamID(c, "invitation"))
	if err != nil {
		return err
	}
	return web.SeeOther(c, draftAddress(web.ParamID(c, "id"), teamPlace), content.French("L’invitation est retirée : son lien ne sert plus."))
}

// invitation answers GET /dossiers/invitation, the page of a mailed link: its
// button posts the token.
func (p *Pages) invitation(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store") // the address holds a token, whoever opens it
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	token := web.Query(c, "jeton")
	invited, err := p.desk.Invited(c.UserContext(), web.Actor(c), token)
	if err != nil {
		return err
	}
	return web.Show(c, invitationPage(page(c, "Invitation", toMine), invited, token))
}

// accept answers POST /dossiers/invitation.
func (p *Pages) accept(c *fiber.Ctx) error {
	draft, err := p.desk.Accept(c.UserContext(), web.Actor(c), web.Line(c, "jeton"))
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/dossiers/brouillons/"+draft.String(), "Vous faites partie de l’équipe de ce dossier.")
}

var roleOptions = []ui.Option{
	{Value: string(funding.CoHolder), Label: "Co-porteur", Hint: "écrit avec vous, ne dépose pas"},
	{Value: string(funding.Reader), Label: "Lecteur", Hint: "lit seulement"},
}

// invitationLabel is what a field of the invitation is called.
func invitationLabel(field string) string {
	return map[string]string{"email": "Adresse électronique du collègue", "role": "Son rôle"}[field]
}
