package accountpages

import (
	"errors"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
)

// forgetting is the form that asks for a new password, as typed.
type forgetting struct {
	email string
	why   *models.Error
}

// askForgotten answers GET /mot-de-passe-oublie.
func (p *Pages) askForgotten(c *fiber.Ctx) error {
	return web.Show(c, forgottenPage(frame(c, "Mot de passe oublié"), forgetting{}))
}

// forgotten answers POST /mot-de-passe-oublie.
func (p *Pages) forgotten(c *fiber.Ctx) error {
	form := forgetting{email: web.Line(c, "email")}
	err := p.site.Allow("reset", p.site.Network(c), perMinute)
	if err == nil {
		err = p.accounts.RequestReset(c.UserContext(), form.email)
	}
	if err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			form.why = why
			return forgottenPage(wrong(frame(c, "Mot de passe oublié")), form)
		})
	}
	return web.SeeOther(c, "/mot-de-passe-oublie/envoye", "")
}

// forgottenSent answers GET /mot-de-passe-oublie/envoye: the same words whether
// the address has an account.
func (p *Pages) forgottenSent(c *fiber.Ctx) error {
	return web.Show(c, sentPage(frame(c, "Consultez votre messagerie"), sent{
		text:  "Si l’adresse que vous avez indiquée a un compte, un lien vient d’y être envoyé pour choisir un nouveau mot de passe. Il est valable une heure.",
		next:  "Votre mot de passe actuel reste valable jusque-là.",
		links: []ui.Link{{Text: "Se connecter", Address: "/connexion"}},
		mails: p.mailsHint(c),
	}))
}

// resetting is the form that chooses a new password.
type resetting struct {
	secret string
	link   account.Link
	why    *models.Error
}

// askReset answers GET /nouveau-mot-de-passe.
func (p *Pages) askReset(c *fiber.Ctx) error {
	form := resetting{secret: web.Query(c, "jeton")}
	var err error
	if form.link, err = p.accounts.Look(c.UserContext(), form.secret, account.ToReset); err != nil {
		return p.deadReset(c, err)
	}
	return web.Show(c, resetPage(frame(c, "Choisir un nouveau mot de passe"), form))
}

// reset answers POST /nouveau-mot-de-passe.
func (p *Pages) reset(c *fiber.Ctx) error {
	form := resetting{secret: web.Field(c, "jeton")}
	var err error
	if form.link, err = p.accounts.Look(c.UserContext(), form.secret, account.ToReset); err != nil {
		return p.deadReset(c, err)
	}
	err = p.accounts.Reset(c.UserContext(), form.secret, web.Field(c, "password"))
	switch {
	case err == nil:
		return web.SeeOther(c, "/connexion", "Votre mot de passe est changé. Connectez-vous avec le nouveau.")
	case errors.Is(err, account.ErrToken), errors.Is(err, account.ErrTokenUsed):
		return p.deadReset(c, err)
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		form.why = why
		return resetPage(wrong(frame(c, "Choisir un nouveau mot de passe")), form)
	})
}

// deadReset says why a link for a new password does nothing.
func (p *Pages) deadReset(c *fiber.Ctx, err error) error {
	dead := deadLink{next: "Un lien vaut une heure et sert une fois. Demandez-en un autre, ou connectez-vous avec le mot de passe que vous avez choisi."}
	if !errors.As(err, &dead.why) {
		return err
	}
	return p.showDead(c, dead)
}
