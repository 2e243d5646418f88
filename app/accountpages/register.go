package accountpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
)

// registering is the form of a new account, as typed; the password is not kept.
type registering struct {
	name, email string
	back        string // where to go once the address is confirmed, on this site
	why         *models.Error
}

// askRegister answers GET /inscription.
func (p *Pages) askRegister(c *fiber.Ctx) error {
	if web.LoggedIn(c) {
		return web.SeeOther(c, "/compte", "")
	}
	return web.Show(c, registerPage(frame(c, "Créer un compte"), registering{back: goBack(web.Query(c, "retour"))}))
}

// register answers POST /inscription.
func (p *Pages) register(c *fiber.Ctx) error {
	form := registering{name: web.Line(c, "name"), email: web.Line(c, "email"), back: goBack(web.Field(c, "retour"))}
	err := p.site.Allow("register", p.site.Network(c), perMinute)
	if err == nil {
		err = p.accounts.Register(c.UserContext(), account.Registration{
			Name: form.name, Email: form.email, Password: web.Field(c, "password"), Back: form.back,
		})
	}
	if err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			form.why = why
			return registerPage(wrong(frame(c, "Créer un compte")), form)
		})
	}
	return web.SeeOther(c, with("/inscription/confirmation", form.back), "")
}

// registered answers GET /inscription/confirmation: the same words whether the
// address had an account.
func (p *Pages) registered(c *fiber.Ctx) error {
	return web.Show(c, sentPage(frame(c, "Consultez votre messagerie"), sent{
		text:  "Un message vient d’être envoyé à l’adresse que vous avez indiquée. Il contient un lien pour la confirmer, valable trois jours.",
		next:  "En attendant, vous pouvez vous connecter et lire. Pour écrire, il faut avoir confirmé votre adresse.",
		links: []ui.Link{{Text: "Se connecter", Address: with("/connexion", goBack(web.Query(c, "retour")))}},
		mails: p.mailsHint(c),
	}))
}

// sent is what a page says when a mail was sent.
type sent struct {
	text, next string
	links      []ui.Link
	mails      string // where a demonstration shows them
}

// wrong marks a page that shows a form again.
func wrong(page ui.Page) ui.Page {
	page.Wrong = true
	return page
}

// passwordHint is what a new password must be.
const passwordHint = "12\u00a0caractères au moins. Quatre ou cinq mots sans lien entre eux font un bon mot de passe\u00a0: les espaces comptent."
