package accountpages

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/account"
)

// askConfirm answers GET /confirmer: what pressing the button will do.
func (p *Pages) askConfirm(c *fiber.Ctx) error {
	secret := web.Query(c, "jeton")
	link, err := p.accounts.Look(c.UserContext(), secret, account.ToConfirm, account.ToMove)
	if err != nil {
		return p.deadConfirmation(c, secret, err)
	}
	return web.Show(c, confirmPage(frame(c, "Confirmer mon adresse"), link, secret))
}

// confirm answers POST /confirmer.
func (p *Pages) confirm(c *fiber.Ctx) error {
	secret := web.Field(c, "jeton")
	purpose, err := p.accounts.Confirm(c.UserContext(), secret)
	if err != nil {
		return p.deadConfirmation(c, secret, err)
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

// deadConfirmation says of a link of confirmation that it did its work, or what
// to do instead. Whoever has the link got the mail: they may know.
func (p *Pages) deadConfirmation(c *fiber.Ctx, secret string, err error) error {
	var why *models.Error
	if !errors.As(err, &why) {
		return err
	}
	proved, again := p.accounts.Proved(c.UserContext(), secret)
	if again != nil {
		return again
	}
	dead := deadLink{why: why, next: "Connectez-vous : la page « Mon compte » permet de recevoir un nouveau lien."}
	if proved {
		dead.title = "Votre adresse est confirmée"
		dead.lead = "Ce lien a déjà servi : votre adresse est confirmée, connectez-vous."
		dead.next = "Vous pouvez écrire sur les forums et demander un financement."
		if web.LoggedIn(c) {
			dead.lead = "Ce lien a déjà servi : votre adresse est confirmée."
		}
	}
	return p.showDead(c, dead)
}

// deadLink is a mailed link that does nothing, and how to get one that does.
type deadLink struct {
	title string
	lead  string
	next  string
	why   *models.Error
}

// showDead shows it: 404 when it opens nothing, 409 when it did its work.
func (p *Pages) showDead(c *fiber.Ctx, dead deadLink) error {
	switch {
	case errors.Is(dead.why, account.ErrToken):
		c.Status(fiber.StatusNotFound)
	case errors.Is(dead.why, account.ErrTokenUsed), errors.Is(dead.why, account.ErrAddressTaken):
		c.Status(fiber.StatusConflict)
	default:
		return dead.why
	}
	if dead.title == "" {
		dead.title, dead.lead = "Ce lien ne fonctionne pas", web.Sentence(dead.why.Code)
	}
	dead.lead, dead.next = content.French(dead.lead), content.French(dead.next)
	links := []ui.Link{{Text: "Se connecter", Address: "/connexion"}, {Text: "Choisir un nouveau mot de passe", Address: "/mot-de-passe-oublie"}}
	if web.LoggedIn(c) {
		links = []ui.Link{{Text: "Mon compte", Address: "/compte"}}
	}
	return web.Show(c, deadLinkPage(frame(c, dead.title), dead, links))
}
