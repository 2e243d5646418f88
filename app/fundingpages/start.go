package fundingpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/funding"
)

// startView is the page before a draft is begun.
type startView struct {
	page      ui.Page
	call      funding.CallPage
	answers   typed // of the eligibility test, carried along
	own       []funding.Own
	elsewhere []funding.Known
	why       *models.Error
}

// askStart answers GET /financement/{call}/commencer.
func (p *Pages) askStart(c *fiber.Ctx) error {
	v, err := p.starting(c)
	if err != nil {
		return p.moved(c, err, "/commencer")
	}
	return web.Show(c, startPage(v))
}

// starting reads what is shown before a draft is begun: one's own drafts under
// the call, and those of colleagues that one may know of.
func (p *Pages) starting(c *fiber.Ctx) (v startView, err error) {
	ctx, by := c.UserContext(), web.Actor(c)
	if !web.LoggedIn(c) {
		return v, models.ErrLogIn
	}
	if v.call, err = p.desk.Call(ctx, web.Param(c, "call")); err != nil {
		return v, err
	}
	own, err := p.desk.Mine(ctx, by)
	if err != nil {
		return v, err
	}
	for _, o := range own {
		if o.State == funding.DraftState && o.CallTitle == v.call.Title {
			v.own = append(v.own, o)
		}
	}
	if v.elsewhere, err = p.desk.Elsewhere(ctx, by, v.call.Slug); err != nil {
		return v, err
	}
	v.page = page(c, "Commencer un dossier", toFunding, ui.Link{Text: v.call.Title, Address: callAddress(v.call.Slug)})
	_, v.answers, _ = readTest(c)
	return v, nil
}

// start answers POST /financement/{call}/commencer. Answers of the eligibility
// test, when they are whole, become the first step.
func (p *Pages) start(c *fiber.Ctx) error {
	id, err := p.desk.Start(c.UserContext(), web.Actor(c), web.Param(c, "call"))
	if err != nil {
		v, unread := p.starting(c)
		if unread != nil {
			return err
		}
		return web.Again(c, err, func(why *models.Error) templ.Component {
			v.why, v.page.Wrong = why, true
			return startPage(v)
		})
	}
	answers := readTyped(c, funding.StepEligibility).answers()
	step := funding.StepEligibility
	if answers.Check() == nil {
		err = p.desk.SaveStep(c.UserContext(), web.Actor(c), funding.StepSave{Draft: id, Content: answers, Complete: true})
		if err != nil {
			return err
		}
		step = funding.StepOrganisation
	}
	return web.SeeOther(c, draftAddress(id, step), "Votre brouillon est créé. Vous pouvez y revenir jusqu’à la clôture du guichet.")
}

// mine answers GET /dossiers.
func (p *Pages) mine(c *fiber.Ctx) error {
	own, err := p.desk.Mine(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return web.Show(c, minePage(page(c, "Mes dossiers", toFunding), own))
}

// ownLines are applications as rows of a list: drafts, or what was submitted.
func ownLines(own []funding.Own, drafts bool) []ui.Line {
	var list []ui.Line
	for _, o := range own {
		if (o.State == funding.DraftState) != drafts {
			continue
		}
		line := ui.Line{Title: draftName(o.Title), States: []ui.State{state(o.State)}, Level: 3, Meta: []string{o.Organisation, o.CallTitle, capital(teamRoles[o.Role])}}
		if drafts {
			line.Kind, line.Date, line.Address = "Modifié", ui.Moment(o.UpdatedAt), "/dossiers/brouillons/"+o.ID.String()
			line.Meta = append(line.Meta, lastInstantAt(o.ClosesAt))
		} else {
			line.Kind, line.Date, line.Address = o.Number, ui.Moment(o.SubmittedAt), "/dossiers/"+o.Number
		}
		switch {
		case o.Granted > 0:
			line.Figure, line.Unit = ui.Euros(o.Granted), "accordés"
		case o.Requested > 0:
			line.Figure, line.Unit = ui.Euros(o.Requested), "demandés"
		}
		list = append(list, line)
	}
	return list
}
