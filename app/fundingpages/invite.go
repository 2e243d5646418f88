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

// invite answers POST /dossiers/brouillons/{id}/invitations.
func (p *Pages) invite(c *fiber.Ctx) error {
	id := web.ParamID(c, "id")
	email, role := web.Line(c, "email"), web.Line(c, "role")
	err := p.desk.Invite(c.UserContext(), web.Actor(c), id, email, funding.TeamRole(role))
	if err == nil {
		return web.SeeOther(c, draftAddress(id, funding.StepTeam), "L’invitation part par courriel. Elle vaut sept jours.")
	}
	v, unread := p.viewStep(c, funding.StepTeam)
	if unread != nil {
		return unread
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		v.invited, v.email, v.role, v.page.Wrong = why, email, role, true
		return stepPage(v)
	})
}

// revoke answers POST /dossiers/brouillons/{id}/invitations/{invitation}/retirer.
func (p *Pages) revoke(c *fiber.Ctx) error {
	err := p.desk.Revoke(c.UserContext(), web.Actor(c), web.ParamID(c, "invitation"))
	if err != nil {
		return err
	}
	return web.SeeOther(c, draftAddress(web.ParamID(c, "id"), funding.StepTeam), content.French("L’invitation est retirée : son lien ne sert plus."))
}

// invitation answers GET /dossiers/invitation, the page of a mailed link: its
// button posts the token.
func (p *Pages) invitation(c *fiber.Ctx) error {
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
