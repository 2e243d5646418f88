package accountpages

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
)

// askConfirm answers GET /confirmer: what pressing the button will do.
func (p *Pages) askConfirm(c *fiber.Ctx) error {
	secret := web.Query(c, "jeton")
	link, err := p.accounts.Look(c.UserContext(), secret, account.ToConfirm, account.ToMove)
	if err != nil {
		return p.deadLink(c, err)
	}
	return web.Show(c, confirmPage(frame(c, "Confirmer mon adresse"), link, secret))
}

// confirm answers POST /confirmer.
func (p *Pages) confirm(c *fiber.Ctx) error {
	purpose, err := p.accounts.Confirm(c.UserContext(), web.Field(c, "jeton"))
	if err != nil {
		return p.deadLink(c, err)
	}
	done := "Votre adresse est confirmée."
	if purpose == account.ToMove {
		done = "Votre nouvelle adresse est confirmée."
	}
	back := goBack(web.Field(c, "retour"))
	switch {
	case !web.LoggedIn(c):
		return web.SeeOther(c, with("/connexion", back), done+" Connectez-vous.")
	case back != "/":
		return web.SeeOther(c, back, done)
	}
	return web.SeeOther(c, "/compte", done)
}

// deadLink says why a mailed link does nothing, and how to get one that does.
func (p *Pages) deadLink(c *fiber.Ctx, err error) error {
	var why *models.Error
	switch {
	case errors.Is(err, account.ErrToken):
		c.Status(fiber.StatusNotFound)
	case errors.Is(err, account.ErrTokenUsed), errors.Is(err, account.ErrAddressTaken):
		c.Status(fiber.StatusConflict)
	default:
		return err
	}
	errors.As(err, &why)
	links := []ui.Link{{Text: "Se connecter", Address: "/connexion"}, {Text: "Choisir un nouveau mot de passe", Address: "/mot-de-passe-oublie"}}
	if web.LoggedIn(c) {
		links = []ui.Link{{Text: "Mon compte", Address: "/compte"}}
	}
	return web.Show(c, deadLinkPage(frame(c, "Ce lien ne fonctionne pas"), web.Sentence(why.Code), links))
}
