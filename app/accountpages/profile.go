package accountpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
)

// naming is the form of the name, as typed.
type naming struct {
	name string
	why  *models.Error
}

// askName answers GET /compte/nom.
func (p *Pages) askName(c *fiber.Ctx) error {
	me, err := p.accounts.Me(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return web.Show(c, namePage(mine(c, "Changer de nom"), naming{name: me.Name}))
}

// name answers POST /compte/nom.
func (p *Pages) name(c *fiber.Ctx) error {
	form := naming{name: web.Line(c, "name")}
	if err := p.accounts.ChangeName(c.UserContext(), web.Actor(c), form.name); err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			form.why = why
			return namePage(wrong(mine(c, "Changer de nom")), form)
		})
	}
	return web.SeeOther(c, "/compte", "Votre nom est changé.")
}

// moving is the form of a new address, as typed.
type moving struct {
	email string
	why   *models.Error
}

// askAddress answers GET /compte/adresse.
func (p *Pages) askAddress(c *fiber.Ctx) error {
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	return web.Show(c, addressPage(mine(c, "Changer d’adresse"), moving{}))
}

// address answers POST /compte/adresse.
func (p *Pages) address(c *fiber.Ctx) error {
	form := moving{email: web.Line(c, "email")}
	err := p.mayTryMine(c)
	if err == nil {
		err = p.accounts.RequestAddress(c.UserContext(), web.Actor(c), account.NewAddress{Current: web.Field(c, "current"), Email: form.email})
	}
	if err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			form.why = why
			return addressPage(wrong(mine(c, "Changer d’adresse")), form)
		})
	}
	return web.SeeOther(c, "/compte", "Un lien vient d’être envoyé à la nouvelle adresse. Elle sera la vôtre quand il aura servi.")
}

// askPassword answers GET /compte/mot-de-passe.
func (p *Pages) askPassword(c *fiber.Ctx) error {
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	return web.Show(c, passwordPage(mine(c, "Changer de mot de passe"), nil))
}

// password answers POST /compte/mot-de-passe.
func (p *Pages) password(c *fiber.Ctx) error {
	err := p.mayTryMine(c)
	var token string
	if err == nil {
		token, err = p.accounts.ChangePassword(c.UserContext(), web.Actor(c), account.NewPassword{
			Current: web.Field(c, "current"), Password: web.Field(c, "password"), Session: web.SessionID(c),
		})
	}
	if err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			return passwordPage(wrong(mine(c, "Changer de mot de passe")), why)
		})
	}
	web.LogIn(c, token)
	return web.SeeOther(c, "/compte", "Votre mot de passe est changé. Vos autres sessions sont fermées.")
}

// mayTryMine counts an attempt at one's own password: whoever borrowed a
// browser guesses no faster than at the log-in.
func (p *Pages) mayTryMine(c *fiber.Ctx) error {
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	return p.site.Allow("own password of", web.Actor(c).ID.String(), perMinute)
}
