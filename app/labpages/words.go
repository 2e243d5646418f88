package labpages

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models/lab"
)

// shown are the tags of whatever the library shows: these pages are few, and
// what changes on one often shows on another.
var shown = []string{"usecase", "lab", "theme", "audience", "region"}

// elsewhere leads a former address to the present one; any other error is passed on.
func elsewhere(c *fiber.Ctx, err error, address func(slug string) string) error {
	var moved *lab.Moved
	if errors.As(err, &moved) {
		return web.Moved(c, address(moved.Slug))
	}
	return err
}

func useCaseAddress(slug string) string  { return "/cas-usage/" + slug }
func markdownAddress(slug string) string { return "/cas-usage/" + slug + ".md" }
func labAddress(slug string) string      { return "/laboratoires/" + slug }
func themeAddress(slug string) string    { return "/cas-usage?theme=" + slug }
func audienceAddress(slug string) string { return "/cas-usage?public=" + slug }
func regionAddress(slug string) string   { return "/cas-usage?region=" + slug }

// card is a use case in a list.
func card(c lab.Card, level int) ui.UseCaseCard {
	shown := ui.UseCaseCard{
		Slug: c.Slug, Title: c.Title, Address: useCaseAddress(c.Slug), Summary: c.Summary,
		Lab: c.LabName, LabSlug: c.LabSlug, Maturity: ui.Maturity(string(c.Maturity)), Level: level,
	}
	if c.LabSlug == "" {
		shown.Lab = c.Type.Label()
	}
	if c.RegionName != "" {
		shown.Meta = []string{c.RegionName}
	}
	return shown
}

func anchors(contents []content.Heading) []ui.Anchor {
	var list []ui.Anchor
	for _, h := range contents {
		if h.Level <= 3 {
			list = append(list, ui.Anchor{ID: h.ID, Text: h.Text, Level: h.Level})
		}
	}
	return list
}

// topicLinks are tags that lead to the list filtered by them.
func topicLinks(topics []lab.Topic, address func(slug string) string) []ui.Link {
	var links []ui.Link
	for _, t := range topics {
		links = append(links, ui.Link{Text: t.Name, Address: address(t.Slug)})
	}
	return links
}

// list joins words: « a », « a et b », « a, b et c ».
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " et " + words[last]
}

// capital writes the first letter as a capital.
func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// tiles are the regions with their laboratory, if they have one; of two, the first.
func tiles(regions []lab.Region, labs []lab.LabLine) []ui.Tile {
	var list []ui.Tile
	for _, r := range regions {
		tile := ui.Tile{Code: r.Code, Name: r.Name, Count: r.UseCases}
		for _, l := range labs {
			if l.Region == r.Code {
				tile.Address, tile.Sign = labAddress(l.Slug), ui.SignOf(l.Slug)
				break
			}
		}
		list = append(list, tile)
	}
	return list
}
