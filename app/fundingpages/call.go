package fundingpages

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/funding"
)

// call answers GET /financement/{call}.
func (p *Pages) call(c *fiber.Ctx) error {
	call, err := p.desk.Call(c.UserContext(), web.Param(c, "call"))
	if err != nil {
		return p.moved(c, err, "")
	}
	web.DependsOn(c, web.Tag("call", call.ID))
	web.Until(c, call.TextChangesAt(call.At))
	frame := page(c, call.Title, toFunding)
	frame.Description = call.Summary
	return web.Show(c, callPage(frame, call))
}

// overview answers GET /financement.
func (p *Pages) overview(c *fiber.Ctx) error {
	number, err := web.QueryPage(c)
	if err != nil {
		return err
	}
	o, err := p.desk.Overview(c.UserContext(), number)
	if err != nil {
		return err
	}
	if number > 1 && len(o.Awards) == 0 {
		return web.ErrPage
	}
	web.DependsOn(c, "call", "application")
	web.Until(c, o.Next)
	frame := page(c, "Financement")
	frame.Description = "Les guichets ouverts et clos, les projets financés et leurs montants."
	return web.Show(c, overviewPage(frame, o, number))
}

// bigFacts are the three figures of a call.
func bigFacts(c funding.CallPage) []ui.Fact {
	facts := []ui.Fact{
		{Label: "Montant", Text: "jusqu’à " + ui.Euros(c.Cap)},
		{Label: "Durée de l’essai", Text: months(c.Months) + " au plus"},
	}
	switch c.Phase {
	case funding.Coming:
		return append(facts, ui.Fact{Label: "Ouverture", Body: ui.Day(c.OpensAt)})
	case funding.Closed:
		return append(facts, ui.Fact{Label: "Clos depuis le", Body: ui.Day(c.End())})
	}
	return append(facts, ui.Fact{Label: "Dernier jour", Body: ui.Day(lastDay(c.Call))})
}

// envelope is the gauge of a call.
func envelope(c funding.CallPage) ui.Envelope {
	return ui.Envelope{Total: c.Total, Engaged: c.Committed, InReview: c.InReview, Cap: c.Cap, Projects: c.Projects, Files: c.Files}
}

// themeChart are the amounts awarded on each theme.
func themeChart(c funding.CallPage) ui.Chart {
	chart := ui.Chart{Caption: "Montants accordés par thème", Of: "Thème", Unit: "Montant accordé"}
	for _, t := range c.Themes {
		chart.Bars = append(chart.Bars, ui.Bar{Label: c.Details.Theme(t.Theme), Value: int64(t.Amount), Text: ui.Euros(t.Amount)})
	}
	return chart
}

// daysLeft is how long one may still submit, in words.
func daysLeft(c funding.CallPage) string {
	n := c.DaysLeft(c.At)
	if n == 0 {
		return "Dernier jour"
	}
	return content.French("Il reste " + ui.Count(n, "jour", "jours"))
}

// lastDay is an instant of the last day on which one may submit.
func lastDay(c funding.Call) models.Time { return models.At(c.End().Add(-time.Microsecond)) }

// lastInstant is how each page writes the end of a window.
func lastInstant(c funding.Call) string { return lastInstantAt(c.End()) }

func lastInstantAt(end models.Time) string {
	return content.French("Dernier instant : le " + ui.Deadline(end))
}

// callLines are the calls as rows of a list.
func callLines(calls []funding.CallView, open bool) []ui.Line {
	var list []ui.Line
	for _, c := range calls {
		if (c.Phase == funding.Closed) == open {
			continue
		}
		line := ui.Line{
			Title: c.Title, Address: callAddress(c.Slug), States: callStates(c.Phase, c.Demo), Text: ui.Words(c.Summary), Level: 3,
			Figure: ui.Euros(c.Cap), Unit: "au plus par projet",
		}
		switch c.Phase {
		case funding.Coming:
			line.Meta = []string{"Ouvre le " + ui.DateTime(c.OpensAt) + ", heure de Paris", lastInstant(c.Call)}
		case funding.Open:
			line.Meta = []string{lastInstant(c.Call)}
		default:
			line.Meta = []string{"Du " + ui.Date(c.OpensAt) + " au " + ui.Date(lastDay(c.Call))}
			if c.Projects > 0 {
				line.Meta = append(line.Meta, ui.Count(c.Projects, "projet financé ici", "projets financés ici"))
			}
		}
		list = append(list, line)
	}
	return list
}

var awardColumns = []ui.Column{{Text: "Projet"}, {Text: "Organisme"}, {Text: "Thème"}, {Text: "Guichet"}, {Text: "Décidé le"}, {Text: "Montant", Right: true}}

// awardLines are funded projects as rows, the latest first.
func awardLines(awards []funding.Award) []ui.Line {
	list := make([]ui.Line, len(awards))
	for i, a := range awards {
		list[i] = ui.Line{Date: ui.Moment(a.DecidedAt), Title: a.Title, Text: ui.Words(a.Summary), Level: 3,
			Meta: []string{a.Organisation, a.ThemeName()}, Figure: ui.Euros(a.Amount), Unit: "accordés"}
	}
	return list
}

func pageAddress(n int) string {
	if n == 1 {
		return "/financement"
	}
	return "/financement?page=" + strconv.Itoa(n)
}
