package api

import (
	"errors"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/forum"
	"passerelle/models/lab"
)

// feedSize is how many entries a feed holds.
const feedSize = 30

// useCases answers GET /cas-usage.atom.
func (a *API) useCases(c *fiber.Ctx) error {
	latest, _, err := a.library.Latest(c.UserContext(), feedSize)
	if err != nil {
		return err
	}
	web.DependsOn(c, "usecase", "lab")
	f := a.newFeed(a.tag("flux", "cas-usage"), content.French("Passerelle : cas d’usage"), "/cas-usage.atom", "/cas-usage")
	f.Entries = a.caseEntries(latest)
	return sendFeed(c, f, a.site.Store.Now())
}

// lab answers GET /laboratoires/{lab}.atom.
func (a *API) lab(c *fiber.Ctx) error {
	l, err := a.library.Lab(c.UserContext(), web.Param(c, "lab"), feedSize)
	var moved *lab.Moved
	if errors.As(err, &moved) {
		return web.Moved(c, "/laboratoires/"+moved.Slug+".atom")
	}
	if err != nil {
		return err
	}
	web.DependsOn(c, "usecase", "lab")
	page := "/laboratoires/" + l.Slug
	f := a.newFeed(a.tag("flux/laboratoire", l.UUID), content.French("Passerelle : "+l.Name), page+".atom", page)
	f.Subtitle = l.Summary
	f.Entries = a.caseEntries(l.Latest)
	return sendFeed(c, f, l.UpdatedAt)
}

func (a *API) caseEntries(cards []lab.Card) []entry {
	entries := make([]entry, 0, len(cards))
	for _, u := range cards {
		e := entry{
			ID: a.tag("cas-usage", u.UUID), Title: u.Title,
			Link:      link{Relation: "alternate", Type: "text/html", Address: a.full("/cas-usage/" + u.Slug)},
			Published: instant(u.PublishedAt), Updated: instant(latest(u.PublishedAt, u.UpdatedAt)), Summary: u.Summary,
		}
		if u.LabName != "" {
			e.Author = &person{Name: u.LabName}
		}
		entries = append(entries, e)
	}
	return entries
}

// forum answers GET /forums/{forum}.atom: its newest threads.
func (a *API) forum(c *fiber.Ctx) error {
	about, threads, err := a.forums.Newest(c.UserContext(), web.Param(c, "forum"), feedSize)
	if err != nil {
		return err
	}
	web.DependsOn(c, web.Tag("forum", about.ID), "account")
	page := "/forums/" + about.Slug
	f := a.newFeed(a.tag("flux/forum", about.ID.String()), content.French("Passerelle : "+about.Title), page+".atom", page)
	f.Subtitle = about.Lead
	for _, t := range threads {
		e := entry{
			ID: a.tag("fil", t.ID.String()), Title: t.Title,
			Link:      link{Relation: "alternate", Type: "text/html", Address: a.full(threadAddress(t.Row))},
			Published: instant(t.CreatedAt), Updated: instant(latest(t.CreatedAt, t.LastActivity)), Author: author(t.Author),
		}
		if t.CategoryTitle != "" {
			e.Categories = []category{{t.CategoryTitle}}
		}
		if t.HTML != "" {
			e.Content = &text{Type: "html", HTML: t.HTML}
		}
		f.Entries = append(f.Entries, e)
	}
	return sendFeed(c, f, a.site.Store.Now())
}

// thread answers GET /fils/{id}.atom: its last posts.
func (a *API) thread(c *fiber.Ctx) error {
	ctx, id := c.UserContext(), web.ParamID(c, "thread")
	visitor := models.Actor{}
	page, err := a.forums.Page(ctx, visitor, id, 1)
	if err != nil {
		return err
	}
	var posts []forum.Post
	for n := max(1, page.Pages-1); n <= page.Pages; n++ { // the last page may hold one post only
		last, err := a.forums.Page(ctx, visitor, id, n)
		if err != nil {
			return err
		}
		posts = append(posts, last.Posts...)
	}
	web.DependsOn(c, web.Tag("thread", id), web.Tag("forum", page.Thread.ForumID), "account")

	t := page.Thread
	f := a.newFeed(a.tag("flux/fil", t.ID.String()), content.French("Passerelle : "+t.Title), "/fils/"+t.ID.String()+".atom", threadAddress(t.Row))
	slices.Reverse(posts)
	for _, p := range posts {
		if p.State != forum.Visible || len(f.Entries) == feedSize {
			continue
		}
		number := models.ID(p.Number).String()
		f.Entries = append(f.Entries, entry{
			ID: a.tag("message", p.ID.String()), Title: content.French(t.Title + ", message " + number),
			Link:      link{Relation: "alternate", Type: "text/html", Address: a.full("/messages/" + p.ID.String())},
			Published: instant(p.CreatedAt), Updated: instant(latest(p.CreatedAt, p.EditedAt)), Author: author(p.Author),
			Content: &text{Type: "html", HTML: p.HTML},
		})
	}
	return sendFeed(c, f, t.CreatedAt)
}

func threadAddress(t forum.Row) string { return "/fils/" + t.ID.String() + "-" + t.Slug }

// author signs an entry; a deleted account has no name left.
func author(who forum.Author) *person {
	if who.Deleted || who.Name == "" {
		return &person{Name: "Compte supprimé"}
	}
	return &person{Name: who.Name}
}

func latest(a, b models.Time) models.Time {
	if b.After(a.Time) {
		return b
	}
	return a
}

// hostName is the name of the host, without its port.
func (a *API) hostName() string {
	base, err := url.Parse(a.site.Config.URL)
	if err != nil || base.Hostname() == "" {
		return "localhost"
	}
	return base.Hostname()
}
