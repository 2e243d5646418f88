package labpages

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/lab"
)

// welcome is what the home page shows.
type welcome struct {
	labs    []lab.LabLine
	regions []lab.Region
	latest  []lab.Card
	total   int // use cases
	now     lab.Now
}

// home answers GET /.
func (p *Pages) home(c *fiber.Ctx) (err error) {
	ctx := c.UserContext()
	var w welcome
	if w.labs, err = p.library.Labs(ctx); err != nil {
		return err
	}
	if w.regions, err = p.library.Regions(ctx); err != nil {
		return err
	}
	if w.latest, w.total, err = p.library.Latest(ctx, 3); err != nil {
		return err
	}
	if w.now, err = p.library.Now(ctx, 2, 5); err != nil {
		return err
	}
	web.DependsOn(c, shown...)
	web.DependsOn(c, "call", "forum", "category", "thread", "post")
	web.Until(c, w.now.Until)

	page := web.Page(c, "")
	page.Description = "Dix laboratoires d’innovation publique racontent ce qu’ils ont essayé. Les administrations le reprennent, chacun peut en débattre."
	page.Bare = true
	page.Feed = &ui.Link{Text: "Cas d’usage", Address: "/cas-usage.atom"}
	return web.Show(c, homePage(page, w))
}

// spans are the ten laboratories on their bridge.
func (w welcome) spans() []ui.LabSpan {
	var list []ui.LabSpan
	for _, l := range w.labs {
		if l.Kind != content.OneOfTen {
			continue
		}
		span := ui.LabSpan{Name: l.Name, Region: l.RegionName, Address: labAddress(l.Slug), Sign: ui.SignOf(l.Slug)}
		if strings.Contains(l.Name, l.RegionName) {
			span.Region = "" // its name says it
		}
		list = append(list, span)
	}
	return list
}

// moments are what happens now: the open calls, then the forums in which
// people write.
func (w welcome) moments() []ui.Now {
	var list []ui.Now
	for _, call := range w.now.Calls {
		kind := "Guichet"
		if call.Demo {
			kind = "Guichet de démonstration"
		}
		lastDay := models.At(call.ClosesAt.Add(-time.Nanosecond))
		list = append(list, ui.Now{
			Link: ui.Link{Text: kind + " ouvert jusqu’au " + ui.Date(lastDay), Address: "/financement/" + call.Slug},
			Text: "Jusqu’à " + ui.Euros(call.Cap) + " par projet, sur dossier.",
		})
	}
	for _, f := range w.now.Forums {
		list = append(list, ui.Now{
			Link: ui.Link{Text: content.French("Forum « " + f.Title + " »"), Address: "/forums/" + f.Slug},
			Text: ui.Count(f.Posts, "message", "messages") + ", le dernier le " + ui.Date(f.LastActivity) + ".",
		})
	}
	return list[:min(3, len(list))]
}

// debates are the threads in which people wrote last.
func (w welcome) debates() []ui.Line {
	var list []ui.Line
	for _, t := range w.now.Threads {
		line := ui.Line{
			Kind: ui.ThreadKind(t.Kind).Word, Date: ui.Moment(t.LastActivity),
			Title: t.Title, Address: "/fils/" + t.ID.String() + "-" + t.Slug, Meta: []string{t.ForumTitle},
			Figure: ui.Number(t.Posts), Unit: ui.Plural(t.Posts, "message", "messages"),
		}
		if t.CategoryTitle != "" {
			line.Meta = append(line.Meta, t.CategoryTitle)
		}
		if t.Locked {
			line.States = []ui.State{ui.Locked}
		}
		list = append(list, line)
	}
	return list
}

func (w welcome) allUseCases() ui.Link {
	return ui.Link{Text: "Tous les cas d’usage (" + strconv.Itoa(w.total) + ")", Address: "/cas-usage"}
}
