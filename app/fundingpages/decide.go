package fundingpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/funding"
)

// The acts of the desk. Each form names the version that was read; its fields
// bear the name of the act.

// take answers POST /instruction/{number}/prendre.
func (p *Pages) take(c *fiber.Ctx) error {
	err := p.desk.Take(c.UserContext(), web.Actor(c), web.Param(c, "number"), formVersion(c))
	return p.acted(c, err, funding.ActTake, typed{}, "Vous instruisez ce dossier.")
}

// verify answers POST /instruction/{number}/verifier.
func (p *Pages) verify(c *fiber.Ctx) error {
	t := readAct(c, funding.ActVerify, "note")
	err := p.desk.Verify(c.UserContext(), web.Actor(c), web.Param(c, "number"), t["note"])
	return p.acted(c, err, funding.ActVerify, t, "Le rattachement est vérifié. Votre note est dans le suivi.")
}

// propose answers POST /instruction/{number}/proposer.
func (p *Pages) propose(c *fiber.Ctx) error {
	t := readAct(c, funding.ActPropose, "amount", "motive")
	cents, err := t.euros("amount", "motive")
	if err == nil {
		err = p.desk.Propose(c.UserContext(), web.Actor(c), funding.Proposal{
			Number: web.Param(c, "number"), Version: formVersion(c), Amount: cents, Motive: t["motive"]})
	}
	return p.acted(c, err, funding.ActPropose, t, "La proposition est transmise pour décision.")
}

// sendBack answers POST /instruction/{number}/renvoyer.
func (p *Pages) sendBack(c *fiber.Ctx) error {
	t := readAct(c, funding.ActSendBack, "motive")
	err := p.desk.SendBack(c.UserContext(), web.Actor(c), t.decision(c, 0))
	return p.acted(c, err, funding.ActSendBack, t, "Le dossier est renvoyé en instruction.")
}

// readAct reads the fields of an act.
func readAct(c *fiber.Ctx, act funding.Act, names ...string) typed {
	t := typed{}
	for _, name := range names {
		if longTexts[name] {
			t[name] = web.Field(c, name+"-"+string(act))
		} else {
			t[name] = web.Line(c, name+"-"+string(act))
		}
	}
	return t
}

func (t typed) decision(c *fiber.Ctx, amount models.Cents) funding.Decision {
	return funding.Decision{Number: web.Param(c, "number"), Version: formVersion(c), Amount: amount, Motive: t["motive"]}
}

// euros reads the amount of an act. One that cannot be read is refused, with
// what else is missing.
func (t typed) euros(name, motive string) (models.Cents, error) {
	cents, code := ui.ParseEuros(t[name])
	if code == "" {
		return cents, nil
	}
	p := models.Problems{}
	p.If(true, name, code, brief(t[name]))
	p.Text(t[motive], motive, 1, 4000)
	return 0, p.Err()
}

// acted leads back to the application, or shows it as it stands now with the
// act that was refused: nothing typed is lost.
func (p *Pages) acted(c *fiber.Ctx, err error, act funding.Act, t typed, done string) error {
	if err == nil {
		return web.SeeOther(c, "/instruction/"+web.Param(c, "number"), content.French(done))
	}
	v, unread := p.reviewing(c)
	if unread != nil {
		return unread
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		v.act, v.typed, v.why, v.page.Wrong = act, t, why, true
		return reviewPage(v)
	})
}
