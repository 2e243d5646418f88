package web

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/models"
)

// Page is the frame of a page for whoever asks: who they are, what was just
// done, where to come back to. A visitor's page holds no token, so that it may
// be cached; see FormPage.
func Page(c *fiber.Ctx, title string) ui.Page {
	r := of(c)
	page := ui.Page{
		Title:     title,
		Path:      string(c.Request().URI().RequestURI()),
		Demo:      r.site.Config.Demo,
		SourceURL: r.site.Config.SourceURL,
	}
	if r.session.ID != 0 {
		page.Viewer = ui.Viewer{
			ID: r.session.AccountID, Name: r.session.Name, LoggedIn: true, Confirmed: r.session.Confirmed,
			Desk: r.session.Desk, Moderator: r.session.Moderator, Admin: r.session.Admin, Editor: r.session.Editor,
			Theme: r.session.Theme,
		}
	}
	if r.token != "" {
		page.CSRF = r.site.csrf(r.token)
		page.Flash, page.FlashAt = r.site.flashes.take(r.token)
	}
	return page
}

// FormPage is Page for a form that a visitor may send: it gives them a cookie
// for the token to be bound to.
func FormPage(c *fiber.Ctx, title string) ui.Page {
	r := of(c)
	if r.token == "" {
		r.token = newAnonymous()
		r.site.setCookie(c, r.token, 0)
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	return Page(c, title)
}

// Show answers with a page.
func Show(c *fiber.Ctx, page templ.Component) error {
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	if err := page.Render(c.UserContext(), c.Response().BodyWriter()); err != nil {
		return fmt.Errorf("render the page: %w", err)
	}
	if body := c.Response().Body(); !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0 {
		c.Response().SetBody(legible(body)) // a form shows what was typed, whatever it is
	}
	return nil
}

// legible puts the replacement character where a page may hold no byte.
func legible(body []byte) []byte {
	return bytes.ReplaceAll(bytes.ToValidUTF8(body, []byte("\uFFFD")), []byte{0}, []byte("\uFFFD"))
}

// Again shows a form as it was typed, with what is wrong: 422, 409 when it was
// overtaken, 429 when it came too often, 503 when there was no room. Any other
// error is passed on.
func Again(c *fiber.Ctx, err error, form func(why *models.Error) templ.Component) error {
	var why *models.Error
	if !errors.As(err, &why) {
		return err
	}
	switch why.Kind {
	case models.Invalid, models.Conflict, models.TooMany, models.Busy:
	default:
		return err
	}
	c.Status(statuses[why.Kind])
	return Show(c, form(why))
}

// SeeOther leads elsewhere after something was done (303), where flash says
// what; it may be empty. Where the address ends in an anchor, a page that holds
// it may say it there ([ui.Page].FlashAt): its top is out of sight.
func SeeOther(c *fiber.Ctx, address, flash string) error {
	r := of(c)
	if flash != "" && r.token != "" {
		_, anchor, _ := strings.Cut(address, "#")
		r.site.flashes.keep(r.token, flash, anchor)
	}
	return c.Redirect(encodeLocation(address), fiber.StatusSeeOther)
}

// Moved says that an address has changed for good (301).
func Moved(c *fiber.Ctx, address string) error {
	return c.Redirect(encodeLocation(address), fiber.StatusMovedPermanently)
}

// encodeLocation keeps a line end out of a header.
func encodeLocation(address string) string {
	return strings.NewReplacer("\r", "%0D", "\n", "%0A").Replace(address)
}

// Summary lists every problem of a refusal, for the top of the form.
func Summary(why *models.Error) []ui.FieldError {
	if why == nil {
		return nil
	}
	if len(why.Fields) == 0 {
		return []ui.FieldError{{Text: Sentence(why.Code, why.Args...)}}
	}
	list := make([]ui.FieldError, 0, len(why.Fields))
	for _, p := range why.Fields {
		list = append(list, ui.FieldError{Field: p.Field, Text: Sentence(p.Code, p.Args...)})
	}
	return list
}

// Named puts the label of its field before each line of a summary: « Remplissez
// ce champ. » does not say which.
func Named(list []ui.FieldError, label func(field string) string) []ui.FieldError {
	for i, e := range list {
		switch name := label(e.Field); {
		case name == "":
		case strings.HasSuffix(name, "?"), strings.HasSuffix(name, "…"):
			list[i].Text = name + " " + e.Text
		default:
			list[i].Text = typeset(name + " : " + e.Text)
		}
	}
	return list
}

// Says is the sentence for what is wrong with a field; empty when it is fine.
func Says(why *models.Error, field string) string {
	problem := why.Field(field)
	if problem == nil {
		return ""
	}
	return Sentence(problem.Code, problem.Args...)
}

// NotFound answers what no route took: an address that ends with a slash leads
// to the one without, any other is a page that does not exist.
func (s *Site) NotFound(c *fiber.Ctx) error {
	path := strings.TrimRight(c.Path(), "/")
	if path != c.Path() && path != "" && (c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead) {
		return Moved(c, Local("/"+strings.TrimLeft(path, "/"), "/"))
	}
	return fiber.NewError(fiber.StatusNotFound)
}
