package web

import "github.com/gofiber/fiber/v2"

// policy forbids whatever is not ours, and every inline script and style.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types live"

// headers sets what every page says to browsers, before its handler.
func (s *Site) headers(c *fiber.Ctx) error {
	s.setHeaders(c)
	return c.Next()
}

func (s *Site) setHeaders(c *fiber.Ctx) {
	h := &c.Response().Header
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
	h.Set("Vary", "Accept-Encoding, Cookie")
	if s.Config.Secure() {
		h.Set("Content-Security-Policy", policy+"; upgrade-insecure-requests")
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
	if of(c).token != "" {
		h.Set("Cache-Control", "no-store") // a personal page
	} else {
		h.Set("Cache-Control", "no-cache")
	}
}
