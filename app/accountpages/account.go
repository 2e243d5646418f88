package accountpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
)

// overview is what the page « Mon compte » shows.
type overview struct {
	me       account.Account
	rights   []account.Held
	sessions []account.OpenSession
	current  models.ID
}

// account answers GET /compte.
func (p *Pages) account(c *fiber.Ctx) error {
	o := overview{current: web.SessionID(c)}
	var err error
	if o.me, err = p.accounts.Me(c.UserContext(), web.Actor(c)); err != nil {
		return err
	}
	if o.sessions, err = p.accounts.Sessions(c.UserContext(), web.Actor(c)); err != nil {
		return err
	}
	if o.rights, err = p.accounts.Rights(c.UserContext(), web.Actor(c)); err != nil {
		return err
	}
	return web.Show(c, accountPage(frame(c, "Mon compte"), o))
}

// confirmAgain answers POST /compte/confirmation.
func (p *Pages) confirmAgain(c *fiber.Ctx) error {
	if err := p.site.Allow("confirm", web.Actor(c).ID.String(), perMinute); err != nil {
		return err
	}
	if err := p.accounts.AskConfirmation(c.UserContext(), web.Actor(c)); err != nil {
		return err
	}
	return web.SeeOther(c, "/compte", "Le lien de confirmation vient d’être envoyé de nouveau.")
}

// theme answers POST /compte/apparence.
func (p *Pages) theme(c *fiber.Ctx) error {
	if err := p.accounts.SetTheme(c.UserContext(), web.Actor(c), web.Field(c, "theme")); err != nil {
		return err
	}
	return web.SeeOther(c, web.Local(web.Field(c, "retour"), "/compte"), "L’apparence est enregistrée.")
}

// closeSession answers POST /compte/sessions/{id}/fermer.
func (p *Pages) closeSession(c *fiber.Ctx) error {
	if err := p.accounts.CloseSession(c.UserContext(), web.Actor(c), web.ParamID(c, "id")); err != nil {
		return err
	}
	return web.SeeOther(c, "/compte", "La session est fermée.")
}

// closeOthers answers POST /compte/sessions/fermer.
func (p *Pages) closeOthers(c *fiber.Ctx) error {
	if err := p.accounts.CloseOtherSessions(c.UserContext(), web.Actor(c), web.SessionID(c)); err != nil {
		return err
	}
	return web.SeeOther(c, "/compte", "Vos autres sessions sont fermées.")
}

func (o overview) states() []ui.State {
	if o.me.Agent {
		return []ui.State{ui.PublicAgent}
	}
	return nil
}

func (o overview) themes() []ui.Option {
	return []ui.Option{{Value: "auto", Label: "Comme mon appareil"}, {Value: "light", Label: "Claire"}, {Value: "dark", Label: "Sombre"}}
}

// devices are the browsers where the person is logged in.
func (o overview) devices(csrf string) []ui.Fact {
	list := make([]ui.Fact, len(o.sessions))
	for i, s := range o.sessions {
		list[i] = ui.Fact{Label: s.Agent, Body: device(s, s.ID == o.current, csrf)}
	}
	return list
}

// agent is what is said of the address's domain.
func (o overview) agent() string {
	if o.me.Agent {
		return "Domaine vérifié\u00a0: vous êtes affiché comme agent public."
	}
	return ""
}

// roles are the roles that the person holds, and what they are for.
func (o overview) roles() []ui.Fact {
	list := make([]ui.Fact, len(o.rights))
	for i, held := range o.rights {
		list[i] = ui.Fact{Label: ui.RoleName(held.Role), Body: role(held)}
	}
	return list
}

// desk is where a role is exercised, if anywhere.
func desk(role models.Role) ui.Link {
	switch role {
	case models.Reviewer, models.LeadReviewer, models.Decider, models.Auditor:
		return ui.Link{Text: "Ouvrir l’instruction", Address: "/instruction"}
	case models.Moderator:
		return ui.Link{Text: "Lire le journal de la modération", Address: "/moderation/journal"}
	case models.Administrator:
		return ui.Link{Text: "Ouvrir l’administration", Address: "/administration"}
	}
	return ui.Link{}
}
