package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	"passerelle/models"
)

// Strings of Fiber live in the request's buffer; these copy.

// Param is a part of the address.
func Param(c *fiber.Ctx, name string) string { return utils.CopyString(c.Params(name)) }

// ParamID is a part of the address that identifies; zero when it is no ID.
func ParamID(c *fiber.Ctx, name string) models.ID { return models.ParseID(c.Params(name)) }

// Query is a parameter of the address.
func Query(c *fiber.Ctx, name string) string { return utils.CopyString(c.Query(name)) }

// QueryAll is every value of a parameter that may be given several times, in
// order, without repetitions or empty ones.
func QueryAll(c *fiber.Ctx, name string) []string {
	var values []string
	seen := map[string]bool{}
	for _, value := range c.Context().QueryArgs().PeekMulti(name) {
		text := string(value)
		if text != "" && !seen[text] {
			seen[text] = true
			values = append(values, text)
		}
	}
	return values
}

// QueryPage is the number of the page asked for, from 1; ErrPage when it is
// none.
func QueryPage(c *fiber.Ctx) (int, error) {
	text := c.Query("page")
	if text == "" {
		return 1, nil
	}
	n := models.ParseID(text)
	if n == 0 || n > 1_000_000 {
		return 0, ErrPage
	}
	return int(n), nil
}

// ErrPage says that an address asks for a page that cannot be.
var ErrPage = models.Refuse(models.NotFound, "web.page")

// Field is what a form's field holds, as typed, never what the address says;
// line ends are made one kind.
func Field(c *fiber.Ctx, name string) string {
	return strings.ReplaceAll(string(c.Request().PostArgs().Peek(name)), "\r\n", "\n")
}

// Line is what a one-line field holds, without the spaces around it.
func Line(c *fiber.Ctx, name string) string { return strings.TrimSpace(Field(c, name)) }

// Actor is who sends the request.
func Actor(c *fiber.Ctx) models.Actor { return models.Actor{ID: of(c).session.AccountID} }

// LoggedIn tells whether somebody logged in sends the request.
func LoggedIn(c *fiber.Ctx) bool { return of(c).session.ID != 0 }

// SessionID is the session of the request, zero for a visitor.
func SessionID(c *fiber.Ctx) models.ID { return of(c).session.ID }

// Local is an address of this site to go back to, or fallback: another site's
// address, or one that a browser might read as such, is not followed.
func Local(address, fallback string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t\x00") {
		return fallback
	}
	return address
}
