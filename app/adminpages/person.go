package adminpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
)

// shown is the page of somebody, with the form that grants as typed.
type shown struct {
	account.Person
	calls      []account.Scope
	role, call string
	why        *models.Error
}

// person answers GET /administration/personnes/{id}.
func (p *Pages) person(c *fiber.Ctx) error {
	s, err := p.read(c)
	if err != nil {
		return err
	}
	return web.Show(c, personPage(frame(c, s.Name, home), s))
}

func (p *Pages) read(c *fiber.Ctx) (s shown, err error) {
	if s.Person, err = p.accounts.Person(c.UserContext(), web.Actor(c), web.ParamID(c, "id")); err != nil {
		return s, err
	}
	_, s.calls, err = p.accounts.Scopes(c.UserContext(), web.Actor(c))
	return s, err
}

// grant answers POST /administration/personnes/{id}/roles.
func (p *Pages) grant(c *fiber.Ctx) error {
	s, err := p.read(c)
	if err != nil {
		return err
	}
	s.role, s.call = web.Field(c, "role"), web.Field(c, "call")
	if err := p.accounts.Grant(c.UserContext(), web.Actor(c), s.right()); err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			s.why = why
			page := frame(c, s.Name, home)
			page.Wrong = true
			return personPage(page, s)
		})
	}
	return web.SeeOther(c, personAddress(s.ID), "Le rôle est donné.")
}

// right is what the form grants: the call counts where the role asks for one.
func (s shown) right() account.Right {
	r := account.Right{Account: s.ID, Role: models.Role(s.role)}
	if table, _ := account.ScopeOf(r.Role); table == "calls" {
		r.Scope = models.ParseID(s.call)
	}
	return r
}

// revoke answers POST /administration/personnes/{id}/roles/retirer.
func (p *Pages) revoke(c *fiber.Ctx) error {
	s, err := p.read(c)
	if err != nil {
		return err
	}
	r := account.Right{Account: s.ID, Role: models.Role(web.Field(c, "role")), Scope: models.ParseID(web.Field(c, "scope"))}
	if err := p.accounts.Revoke(c.UserContext(), web.Actor(c), r); err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			s.why = why
			return personPage(frame(c, s.Name, home), s)
		})
	}
	if s.ID == web.Actor(c).ID && r.Role == models.Administrator {
		return web.SeeOther(c, "/compte", "Vous n’administrez plus le portail.")
	}
	return web.SeeOther(c, personAddress(s.ID), "Le rôle est retiré.")
}

// options are the choices among labs, or calls.
func options(list []account.Scope) []ui.Option {
	all := []ui.Option{{Value: "", Label: "Aucun"}}
	for _, one := range list {
		all = append(all, ui.Option{Value: one.ID.String(), Label: one.Name})
	}
	return all
}

func (s shown) facts() []ui.Fact {
	list := []ui.Fact{{Label: "Adresse", Text: s.Email}, {Label: "Compte ouvert", Body: ui.Day(s.CreatedAt)}}
	if !s.ConfirmedAt.IsZero() {
		list = append(list, ui.Fact{Label: "Adresse confirmée", Body: ui.Day(s.ConfirmedAt)})
	}
	return list
}

// held are the rights that the person holds, each with a button to take it away.
func (s shown) held(csrf string) []ui.Fact {
	list := make([]ui.Fact, len(s.Rights))
	for i, h := range s.Rights {
		list[i] = ui.Fact{Label: ui.RoleName(h.Role), Body: right(s, h, csrf)}
	}
	return list
}
