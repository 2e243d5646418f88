package accountpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models/account"
)

// Pages answers for accounts.
type Pages struct {
	site     *web.Site
	accounts *account.Accounts
}

// New shows the accounts of a site.
func New(site *web.Site) *Pages { return &Pages{site: site, accounts: site.Accounts} }

// perMinute is how often one address, or one account, may try a password or
// have a mail sent.
const perMinute = 10

// Routes adds the addresses of accounts.
func (p *Pages) Routes(r fiber.Router) {
	r.Get("/inscription", p.askRegister)
	r.Post("/inscription", p.register)
	r.Get("/inscription/confirmation", p.registered)
	r.Get("/confirmer", p.askConfirm)
	r.Post("/confirmer", p.confirm)
	r.Get("/connexion", p.askLogIn)
	r.Post("/connexion", p.logIn)
	r.Post("/deconnexion", p.logOut)
	r.Get("/mot-de-passe-oublie", p.askForgotten)
	r.Post("/mot-de-passe-oublie", p.forgotten)
	r.Get("/mot-de-passe-oublie/envoye", p.forgottenSent)
	r.Get("/nouveau-mot-de-passe", p.askReset)
	r.Post("/nouveau-mot-de-passe", p.reset)
	r.Get("/compte", p.account)
	r.Post("/compte/confirmation", p.confirmAgain)
	r.Get("/compte/nom", p.askName)
	r.Post("/compte/nom", p.name)
	r.Get("/compte/adresse", p.askAddress)
	r.Post("/compte/adresse", p.address)
	r.Get("/compte/mot-de-passe", p.askPassword)
	r.Post("/compte/mot-de-passe", p.password)
	r.Post("/compte/apparence", p.theme)
	r.Post("/compte/sessions/fermer", p.closeOthers)
	r.Post("/compte/sessions/:id/fermer", p.closeSession)
	r.Get("/compte/donnees.json", p.export)
	r.Get("/compte/supprimer", p.askDelete)
	r.Post("/compte/supprimer", p.delete)
	r.Get("/compte/supprime", p.deleted)
	r.Get("/demo/mails", p.mails)
	r.Get("/.well-known/change-password", func(c *fiber.Ctx) error { return web.SeeOther(c, "/compte/mot-de-passe", "") })
}

// labelOf is what the field of a form is called.
func labelOf(field string) string {
	return map[string]string{"name": "Nom affiché", "email": "Adresse électronique", "password": "Mot de passe", "current": "Mot de passe actuel"}[field]
}

// frame is the frame of a page of this part: for its person alone.
func frame(c *fiber.Ctx, title string, crumbs ...ui.Link) ui.Page {
	page := web.FormPage(c, title)
	page.Robots = "noindex"
	page.Crumbs = append(crumbs, ui.Link{Text: title})
	return page
}

// mine is frame for the pages under « Mon compte ».
func mine(c *fiber.Ctx, title string) ui.Page {
	return frame(c, title, ui.Link{Text: "Mon compte", Address: "/compte"})
}

// mailsHint is where the mails of a demonstration are read; empty elsewhere.
func (p *Pages) mailsHint(c *fiber.Ctx) string {
	if p.site.Config.Demo && p.site.FromHere(c) {
		return "/demo/mails"
	}
	return ""
}
