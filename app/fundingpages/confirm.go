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

// What ends an application is asked for twice: its form leads to a page that
// says what will happen, and that page's button does it. The texts travel in the
// pages, never in an address.

// What the buttons of that page are called in the form.
const (
	confirmed = "confirmer"
	corrected = "corriger"
)

// confirmView is the page that asks before an application is decided.
type confirmView struct {
	reviewView
	left   funding.Left
	amount models.Cents
}

// grant answers POST /instruction/{number}/accorder.
func (p *Pages) grant(c *fiber.Ctx) error {
	t := readAct(c, funding.ActGrant, "amount", "motive")
	cents, err := t.euros("amount", "motive")
	return p.ask(c, funding.ActGrant, t, asking{
		unread: err, amount: cents, done: "L’aide est accordée.",
		foresee: func() (funding.Left, error) {
			return p.desk.ForeseeGrant(c.UserContext(), web.Actor(c), t.decision(c, cents))
		},
		do: func() error { return p.desk.Grant(c.UserContext(), web.Actor(c), t.decision(c, cents)) },
	})
}

// refuse answers POST /instruction/{number}/refuser.
func (p *Pages) refuse(c *fiber.Ctx) error {
	t := readAct(c, funding.ActRefuse, "motive")
	return p.ask(c, funding.ActRefuse, t, asking{
		done: "L’aide est refusée.",
		foresee: func() (funding.Left, error) {
			return p.desk.ForeseeRefuse(c.UserContext(), web.Actor(c), t.decision(c, 0))
		},
		do: func() error { return p.desk.Refuse(c.UserContext(), web.Actor(c), t.decision(c, 0)) },
	})
}

// drop answers POST /instruction/{number}/classer.
func (p *Pages) drop(c *fiber.Ctx) error {
	t := readAct(c, funding.ActDrop, "code", "redirected_to", "motive")
	d := funding.Drop{Number: web.Param(c, "number"), Version: formVersion(c), Code: funding.DropCode(t["code"]), RedirectedTo: t["redirected_to"],
		Motive: t["motive"]}
	return p.ask(c, funding.ActDrop, t, asking{
		done:    "Le dossier est classé sans suite.",
		foresee: func() (funding.Left, error) { return p.desk.ForeseeDrop(c.UserContext(), web.Actor(c), d) },
		do:      func() error { return p.desk.Drop(c.UserContext(), web.Actor(c), d) },
	})
}

// asking is an act that is asked for twice.
type asking struct {
	unread  error // what was typed cannot be read
	amount  models.Cents
	foresee func() (funding.Left, error)
	do      func() error
	done    string
}

// ask shows what an act would do, does it once that is confirmed, or shows the
// application again with what was typed.
func (p *Pages) ask(c *fiber.Ctx, act funding.Act, t typed, a asking) error {
	gesture := web.Line(c, "geste")
	if gesture == confirmed && a.unread == nil {
		return p.acted(c, a.do(), act, t, a.done)
	}
	v, err := p.reviewing(c)
	if err != nil {
		return err
	}
	v.act, v.typed = act, t
	if gesture == corrected {
		return web.Show(c, reviewPage(v))
	}
	err = a.unread
	var left funding.Left
	if err == nil {
		left, err = a.foresee()
	}
	if err != nil {
		return web.Again(c, err, func(why *models.Error) templ.Component {
			v.why, v.page.Wrong = why, true
			return reviewPage(v)
		})
	}
	number := v.r.Application.Number
	v.page = page(c, confirmTitles[act], toDesk, ui.Link{Text: "Dossier " + number, Address: "/instruction/" + number})
	return web.Show(c, confirmPage(confirmView{reviewView: v, left: left, amount: a.amount}))
}

// backToReview answers the GET of an address that only takes forms: whoever
// comes back there after having logged in.
func (p *Pages) backToReview(c *fiber.Ctx) error {
	if _, err := p.reviewing(c); err != nil {
		return err
	}
	return web.SeeOther(c, "/instruction/"+web.Param(c, "number"), "")
}

var confirmTitles = map[funding.Act]string{
	funding.ActGrant: "Accorder cette aide", funding.ActRefuse: "Refuser cette aide", funding.ActDrop: "Classer ce dossier sans suite",
}

var confirmVerbs = map[funding.Act]string{funding.ActGrant: "accorder", funding.ActRefuse: "refuser", funding.ActDrop: "classer"}

// button is the one that does it.
func (v confirmView) button() ui.Act {
	act := ui.Act{Name: "geste", Value: confirmed, Tone: ui.Danger}
	switch v.act {
	case funding.ActGrant:
		act.Text, act.Tone = content.French("Accorder "+ui.Euros(v.amount)), ui.Main
	case funding.ActRefuse:
		act.Text = "Refuser l’aide"
	default:
		act.Text = "Classer sans suite"
	}
	return act
}

// consequence says what follows, for whom.
func (v confirmView) consequence() string {
	switch v.act {
	case funding.ActGrant:
		return content.French("Le montant est réservé dans l’enveloppe. Le porteur en est averti par courriel ; le titre, le résumé, l’organisme et le montant deviennent publics aussitôt. Une décision ne se défait pas d’un clic.")
	case funding.ActRefuse:
		return "Le porteur en est averti par courriel et lit le motif. L’enveloppe ne change pas."
	}
	if v.r.Application.State == funding.Submitted {
		return "Personne n’a encore pris ce dossier en charge : il sera clos sans avoir été instruit. Le porteur en est averti par courriel et lit le motif."
	}
	return "L’instruction s’arrête sans décision sur le fond. Le porteur en est averti par courriel et lit le motif."
}

// facts are what is confirmed.
func (v confirmView) facts() []ui.Fact {
	a := v.r.Application
	facts := []ui.Fact{{Label: "Bénéficiaire", Text: a.Body}, {Label: "Projet", Text: a.Title}, {Label: "Demandé", Text: ui.Euros(a.Requested)}}
	if v.act != funding.ActDrop {
		facts = append(facts, ui.Fact{Label: "Proposé par l’instruction", Text: ui.Euros(a.Proposed)})
	}
	if v.act == funding.ActGrant {
		facts = append(facts, ui.Fact{Label: "Enveloppe disponible avant", Text: ui.Euros(v.left.Before)}, ui.Fact{Label: "Enveloppe disponible après", Text: ui.Euros(v.left.After)})
	} else {
		facts = append(facts, ui.Fact{Label: "Enveloppe disponible, avant et après", Text: ui.Euros(v.left.Before)})
	}
	if code := v.typed["code"]; code != "" {
		facts = append(facts, ui.Fact{Label: "Pourquoi", Text: dropWords[funding.DropCode(code)]})
	}
	if to := v.typed["redirected_to"]; to != "" {
		facts = append(facts, ui.Fact{Label: "Autre guichet", Text: to})
	}
	return append(facts, ui.Fact{Label: actLabels[v.act]["motive"], Body: paragraphs(v.typed["motive"])})
}
