package labpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/lab"
)

// cardsOfLab is how many of its use cases the page of a laboratory shows.
const cardsOfLab = 6

// lab answers GET /laboratoires/{lab}.
func (p *Pages) lab(c *fiber.Ctx) error {
	l, err := p.library.Lab(c.UserContext(), web.Param(c, "lab"), cardsOfLab)
	if err != nil {
		return elsewhere(c, err, labAddress)
	}
	now := p.site.Store.Now()
	web.DependsOn(c, shown...)
	agesWith(c, l.Sources, now)

	page := web.Page(c, l.Name)
	page.Section = ui.SectionLabs
	page.Crumbs = []ui.Link{{Text: "Laboratoires", Address: "/laboratoires"}, {Text: l.Name}}
	page.Description = l.Summary
	page.Feed = &ui.Link{Text: content.French("Cas d’usage : " + l.Name), Address: labAddress(l.Slug) + ".atom"}
	return web.Show(c, labPage(page, labView{l, now}))
}

// labView is a laboratory in the words of its page.
type labView struct {
	lab.ShownLab
	now models.Time
}

// where is its place on the map, in one line.
func (l labView) where() string {
	if l.Place == "" {
		return l.RegionName
	}
	return l.RegionName + ", " + l.Place
}

func (l labView) meta() []string {
	meta := []string{"Autre laboratoire"}
	if l.Kind == content.OneOfTen {
		meta = []string{"Un des dix laboratoires présentés sur Passerelle"}
	}
	if l.Wave != "" {
		meta = append(meta, l.Wave.Label())
	}
	return meta
}

// facts are « En bref »; what is not known says so.
func (l labView) facts() []ui.Fact {
	facts := []ui.Fact{
		{Label: "Le territoire", Text: l.where()},
		{Label: "Qui le porte", Text: known(list(l.Bearers), "Non connu")},
		{Label: "Depuis", Text: l.started()},
		{Label: "Sa situation", Text: l.situation()},
		{Label: "Sa méthode", Text: known(l.Method, "Non connue")},
		{Label: "Son site", Text: "Non connu"},
	}
	if len(l.Web) > 0 {
		facts[5].Body = webLinks(l.Web)
	}
	return facts
}

func (l labView) started() string {
	switch {
	case l.Since.IsZero():
		return known(capital(l.SinceNote), "Non connu")
	case l.SinceNote == "":
		return capital(l.Since.French())
	}
	return capital(l.Since.French()) + content.French(" : ") + l.SinceNote
}

// situation is what is known of it today, and the last sign of life.
func (l labView) situation() string {
	text := l.Status.Label()
	switch {
	case !l.Until.IsZero():
		text += " " + l.Until.When()
	case !l.LastTrace.IsZero():
		text += content.French(" ; dernière activité trouvée ") + l.LastTrace.When()
	}
	return text
}

// anchors are the parts of the page.
func (l labView) anchors() []ui.Anchor {
	all := anchors(l.Contents)
	if len(l.Disagreements) > 0 {
		all = append(all, ui.Anchor{ID: "fiche-desaccords", Text: "Là où les sources diffèrent", Level: 2})
	}
	if len(l.Sources) > 0 {
		all = append(all, ui.Anchor{ID: "fiche-sources", Text: "Sources", Level: 2})
	}
	return all
}

func (l labView) sign() ui.Sign { return ui.SignOf(l.Slug) }

func (l labView) contents() templ.Component { return ui.Contents(l.anchors()) }

func (l labView) allUseCases() ui.Link {
	if l.UseCases <= cardsOfLab {
		return ui.Link{}
	}
	return ui.Link{Text: "Tous ses cas d’usage (" + ui.Number(l.UseCases) + ")", Address: "/cas-usage?labo=" + l.Slug}
}

// known is a text, or what says that it is not known.
func known(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
