package labpages

import (
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/lab"
)

// useCase answers GET /cas-usage/{slug}.
func (p *Pages) useCase(c *fiber.Ctx) error {
	u, err := p.library.UseCase(c.UserContext(), web.Param(c, "slug"))
	if err != nil {
		return elsewhere(c, err, useCaseAddress)
	}
	now := p.site.Store.Now()
	web.DependsOn(c, shown...)
	agesWith(c, u.Sources, now)

	page := web.Page(c, u.Title)
	page.Section = ui.SectionUseCases
	page.Crumbs = []ui.Link{{Text: "Cas d’usage", Address: "/cas-usage"}, {Text: u.Title}}
	page.Description = u.Summary
	page.Feed = &ui.Link{Text: "Cas d’usage", Address: "/cas-usage.atom"}
	return web.Show(c, useCasePage(page, caseView{u, now}))
}

// markdown answers GET /cas-usage/{slug}.md.
func (p *Pages) markdown(c *fiber.Ctx) error {
	text, id, err := p.library.Markdown(c.UserContext(), web.Param(c, "slug"))
	if err != nil {
		return elsewhere(c, err, markdownAddress)
	}
	web.DependsOn(c, web.Tag("usecase", id))
	c.Set(fiber.HeaderContentType, "text/markdown; charset=utf-8")
	return c.SendString(text)
}

// caseView is a use case in the words of its page.
type caseView struct {
	lab.Shown
	now models.Time
}

func (u caseView) sign() ui.Sign { return ui.SignOf(u.LabSlug) }

// crown is the line over the title: whose case it is, and where.
func (u caseView) crown() templ.Component {
	words := []string{u.LabName}
	if u.LabSlug == "" {
		words[0] = u.Type.Label()
	}
	if u.RegionName != "" {
		words = append(words, u.RegionName)
	}
	text := strings.Join(words, ", ")
	if u.LabSlug == "" {
		return ui.LabName(ui.Link{Text: text}, ui.Sign{})
	}
	return ui.LabName(ui.Link{Text: text, Address: labAddress(u.LabSlug)}, u.sign())
}

func (u caseView) meta() []string {
	meta := []string{"Publié le " + ui.Date(u.PublishedAt)}
	if u.UpdatedOn.Compare(u.CreatedOn.Date) > 0 {
		meta = append(meta, "Mis à jour "+u.UpdatedOn.When())
	}
	return append(meta, u.readingTime())
}

// readingTime counts 200 words a minute.
func (u caseView) readingTime() string {
	minutes := max(1, (len(strings.Fields(u.Text))+199)/200)
	return ui.Count(minutes, "minute", "minutes") + " de lecture"
}

// facts are « En bref »: what is not known says so.
func (u caseView) facts() []ui.Fact {
	return []ui.Fact{
		{Label: "Le problème", Text: known(u.Problem, "Non connu")},
		{Label: "L’essai", Text: known(u.Tried, "Non connu")},
		{Label: "Le résultat", Text: known(u.Result, "Non connu")},
		{Label: "Le coût", Text: u.cost()},
		{Label: "La durée", Text: u.duration()},
		{Label: "Les partenaires", Text: known(capital(list(u.Partners)), "Non connus")},
	}
}

func (u caseView) cost() string {
	var parts []string
	if u.CostEuros != nil {
		parts = append(parts, ui.Euros(models.Cents(*u.CostEuros*100)))
	}
	if u.CostDays != nil {
		parts = append(parts, ui.Count(int(*u.CostDays), "jour de travail", "jours de travail"))
	}
	return known(list(parts), "Non connu")
}

// duration is when the project began and when it ended, as far as its phases say.
func (u caseView) duration() string {
	var start, end content.Date
	for _, p := range u.Phases {
		if start.IsZero() {
			start = p.Start
		}
		if !p.End.IsZero() {
			end = p.End
		}
	}
	switch {
	case start.IsZero() && end.IsZero():
		return "Non connue"
	case start.IsZero():
		return "Fin " + end.When() + content.French(" ; début non connu")
	case !end.IsZero() && end == start:
		return capital(start.When())
	case !end.IsZero():
		return "Début " + start.When() + content.French(" ; fin ") + end.When()
	case u.over():
		return "Début " + start.When() + content.French(" ; fin non connue")
	}
	return "Début " + start.When()
}

// over tells whether the project ended, one way or the other.
func (u caseView) over() bool { return u.Maturity == content.Ended || u.Maturity == content.Abandoned }

// record is what the file says besides: legal basis, part of the lab, licence.
func (u caseView) record() []ui.Fact {
	facts := []ui.Fact{{Label: "Base légale", Text: known(capital(u.LegalBasis), "Non connue")}}
	if u.Support != "" {
		facts = append(facts, ui.Fact{Label: "Part du laboratoire", Text: u.Support.Label()})
	}
	return append(facts, ui.Fact{Label: "Licence", Text: licence(u.Licence)})
}

// steps are the phases, in order.
func (u caseView) steps() []ui.Event {
	var events []ui.Event
	for i, p := range u.Phases {
		e := ui.Event{Title: p.Stage.Label(), State: "done"}
		if i == len(u.Phases)-1 && !u.over() {
			e.State = "now"
		}
		if text := span(p); text != "" {
			e.Date = ui.Words(text)
		}
		if p.Decision != "" {
			e.Body = ui.Words(p.Decision)
		}
		events = append(events, e)
	}
	return events
}

func span(p content.Phase) string {
	switch {
	case p.Start.IsZero() && p.End.IsZero():
		return ""
	case p.End.IsZero() || p.Start == p.End:
		return capital(p.Start.French())
	case p.Start.IsZero():
		return "Jusqu’à " + p.End.French()
	}
	return capital(p.Start.French()) + " – " + p.End.French()
}

// anchors are the parts of the page: those of the text, then what it adds,
// under ids that no heading of a text is likely to have.
func (u caseView) anchors() []ui.Anchor {
	all := anchors(u.Contents)
	for _, part := range []struct {
		shown    bool
		id, text string
	}{
		{len(u.Phases) > 0, "fiche-etapes", "Les étapes"},
		{len(u.Redo) > 0, "fiche-documents", "Documents pour le reprendre"},
		{len(u.Disagreements) > 0, "fiche-desaccords", "Là où les sources diffèrent"},
		{len(u.Sources) > 0, "fiche-sources", "Sources"},
	} {
		if part.shown {
			all = append(all, ui.Anchor{ID: part.id, Text: part.text, Level: 2})
		}
	}
	return all
}

func (u caseView) contents() templ.Component { return ui.Contents(u.anchors()) }

func (u caseView) links() []ui.Link {
	var links []ui.Link
	for _, l := range u.Links {
		links = append(links, ui.Link{Text: l.Label, Address: l.Address})
	}
	return links
}

// licence is a licence by the name that people know.
func licence(code string) string {
	if code == "" || code == "etalab-2.0" {
		return "Licence Ouverte 2.0 (etalab-2.0)"
	}
	return code
}
