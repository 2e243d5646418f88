package forumpages

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/forum"
)

// draft is a text being written, as typed.
type draft struct {
	action    string // address that the text is sent to, without its last part
	submit    string // text of the main button
	body      string
	key       string // of a new post
	version   int64  // of an edited one
	edited    bool
	overtaken bool   // somebody, or the same person elsewhere, edited it meanwhile
	preview   string // sanitised HTML
	note      string // what sending it will do besides
	why       *models.Error
}

// readDraft reads the form of a composer; a form without a key gets one.
func readDraft(c *fiber.Ctx) draft {
	d := draft{body: web.Field(c, "body"), key: web.Line(c, "key")}
	if d.key == "" {
		d.key = newKey()
	}
	return d
}

// target is where the form goes.
func (d draft) target() string {
	if d.edited {
		return d.action + "/modifier"
	}
	return d.action + "/messages"
}

func (d draft) previewTarget() string {
	if d.edited {
		return d.action + "/modifier/apercu"
	}
	return d.action + "/apercu"
}

func (d draft) composer() ui.Draft {
	return ui.Draft{
		Name: "body", Label: "Votre message", Hint: writingHint, Value: d.body, Error: web.Says(d.why, "body"), SubmitText: d.submit,
		PreviewAction: d.previewTarget(), Preview: d.preview, Max: forum.MaxPost, Rows: 8,
	}
}

const writingHint = "Texte simple ou Markdown. Votre nom sera visible de tous."

// sending counts a post of the person; past ten a minute it is refused.
func (p *Pages) sending(c *fiber.Ctx) error {
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	return p.site.Allow("post", web.Actor(c).ID.String(), postsAMinute)
}

// preview renders a draft. What is wrong with it stands in the draft; any
// other refusal is returned.
func (p *Pages) preview(c *fiber.Ctx, d *draft) error {
	err := p.site.Allow("preview", web.Actor(c).ID.String(), previewsAMinute)
	if err == nil {
		d.preview, err = p.forums.Preview(c.UserContext(), web.Actor(c), d.body)
	}
	if errors.As(err, &d.why) && (d.why.Kind == models.Invalid || d.why.Kind == models.TooMany) {
		if d.why.Kind == models.TooMany {
			c.Status(fiber.StatusTooManyRequests)
		} else {
			c.Status(fiber.StatusUnprocessableEntity)
		}
		return nil
	}
	d.why = nil
	return err
}
