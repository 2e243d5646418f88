package accountpages

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
)

// loggingIn is the log-in form, as typed; the password is not kept.
type loggingIn struct {
	email string
	back  string // where to go afterwards, on this site
	why   *models.Error
}

// askLogIn answers GET /connexion.
func (p *Pages) askLogIn(c *fiber.Ctx) error {
	back := goBack(web.Query(c, "retour"))
	if web.LoggedIn(c) {
		return web.SeeOther(c, back, "")
	}
	return web.Show(c, logInPage(frame(c, "Se connecter"), loggingIn{back: back}))
}

// logIn answers POST /connexion.
func (p *Pages) logIn(c *fiber.Ctx) error {
	form := loggingIn{email: web.Line(c, "email"), back: goBack(web.Field(c, "retour"))}
	err := p.mayTry(c, form.email)
	var token string
	if err == nil {
		token, err = p.accounts.LogIn(c.UserContext(), form.email, web.Field(c, "password"), account.Browser(c.Get(fiber.HeaderUserAgent)))
	}
	if err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			form.why = why
			return logInPage(wrong(frame(c, "Se connecter")), form)
		})
	}
	web.LogIn(c, token)
	return web.SeeOther(c, form.back, "Vous êtes connecté.")
}

// mayTry counts an attempt at a password, by where it comes from and by the
// account that it is for, whether that exists or not.
func (p *Pages) mayTry(c *fiber.Ctx, of string) error {
	if err := p.site.Allow("log-in from", p.site.Network(c), perMinute); err != nil {
		return err
	}
	if email, ok := account.ParseEmail(of); ok {
		of = email
	}
	if len(of) > 255 {
		of = of[:255]
	}
	return p.site.Allow("log-in of", of, perMinute)
}

// loops are the pages that nobody wants to come back to once logged in.
var loops = map[string]bool{
	"/connexion": true, "/inscription": true, "/inscription/confirmation": true, "/confirmer": true,
	"/mot-de-passe-oublie": true, "/mot-de-passe-oublie/envoye": true, "/nouveau-mot-de-passe": true, "/compte/supprime": true,
}

// goBack is a page of this site to go to once logged in.
func goBack(address string) string {
	address = web.Local(address, "/")
	if path, _, _ := strings.Cut(address, "?"); loops[path] {
		return "/"
	}
	return address
}

// with is the address of a page of this part that comes back to another one
// afterwards; home needs no word.
func with(address, back string) string {
	if back == "" || back == "/" {
		return address
	}
	return address + "?retour=" + url.QueryEscape(back)
}

// logOut answers POST /deconnexion.
func (p *Pages) logOut(c *fiber.Ctx) error {
	if err := p.accounts.CloseSession(c.UserContext(), web.Actor(c), web.SessionID(c)); err != nil {
		return err
	}
	web.LogOut(c)
	return web.SeeOther(c, "/", "")
}
