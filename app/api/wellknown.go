package api

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"passerelle/models"
)

// robots answers GET /robots.txt: what is personal, or has no end of
// addresses, is not for robots.
func (a *API) robots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.SendString(`User-agent: *
Disallow: /recherche
Disallow: /connexion
Disallow: /inscription
Disallow: /mot-de-passe-oublie
Disallow: /compte
Disallow: /notifications
Disallow: /dossiers
Disallow: /instruction
Disallow: /administration
Disallow: /moderation
Disallow: /demo

Sitemap: ` + a.full("/sitemap.xml") + "\n")
}

// security answers GET /.well-known/security.txt (RFC 9116).
func (a *API) security(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.SendString(fmt.Sprintf(`Contact: %s
Expires: %s
Preferred-Languages: fr, en
Canonical: %s
Policy: %s
`, a.full("/mentions-legales"), expires(a.site.Store.Now()).Format(time.RFC3339),
		a.full("/.well-known/security.txt"), a.full("/mentions-legales")))
}

// expires is the first day of the sixth month from now: always months away,
// never a year, and the same for a whole month.
func expires(now models.Time) time.Time {
	u := now.UTC()
	return time.Date(u.Year(), u.Month()+6, 1, 0, 0, 0, 0, time.UTC)
}
