package forumpages

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models/forum"
)

// activeThreads is how many threads the page of all forums shows.
const activeThreads = 8

// list answers GET /forums.
func (p *Pages) list(c *fiber.Ctx) error {
	forums, err := p.forums.List(c.UserContext())
	if err != nil {
		return err
	}
	active, err := p.forums.Active(c.UserContext(), activeThreads)
	if err != nil {
		return err
	}
	web.DependsOn(c, "forum", "thread", "post")
	web.DependsOn(c, authorTags(active)...)
	frame := page(c, "Forums")
	frame.Crumbs = []ui.Link{{Text: "Forums"}}
	frame.Description = "Les forums de l’innovation publique territoriale : questions, propositions et discussions entre agents et citoyens."
	return web.Show(c, forumsPage(frame, forums, active))
}

// forum answers GET /forums/{forum}.
func (p *Pages) forum(c *fiber.Ctx) error {
	kind, known := kindWords[web.Query(c, "type")]
	before := forum.ParseCursor(web.Query(c, "avant"))
	if !known || before == (forum.Cursor{}) && c.Query("avant") != "" {
		return web.ErrPage
	}
	filter := forum.Filter{Category: web.Query(c, "rubrique"), Kind: kind, Before: before}
	threads, err := p.forums.Threads(c.UserContext(), web.Param(c, "forum"), filter)
	if err != nil {
		return err
	}
	web.DependsOn(c, web.Tag("forum", threads.Forum.ID))
	web.DependsOn(c, authorTags(threads.Pinned)...)
	web.DependsOn(c, authorTags(threads.Rows)...)
	frame := page(c, threads.Forum.Title, ui.Link{Text: threads.Forum.Title})
	frame.Description = threads.Forum.Lead
	frame.Feed = &ui.Link{Text: threads.Forum.Title, Address: forumAddress(threads.Forum.Slug) + ".atom"}
	return web.Show(c, forumPage(frame, listing{Threads: threads, filter: filter}))
}

// listing is a page of a forum with what was asked for.
type listing struct {
	forum.Threads
	filter forum.Filter
}

// with is the address of the list with other filters, from its beginning.
func (l listing) with(category string, kind forum.Kind) string {
	return l.address(category, kind, forum.Cursor{})
}

func (l listing) address(category string, kind forum.Kind, before forum.Cursor) string {
	v := url.Values{}
	if category != "" {
		v.Set("rubrique", category)
	}
	if kind != "" {
		v.Set("type", kindWord(kind))
	}
	if cursor := before.String(); cursor != "" {
		v.Set("avant", cursor)
	}
	if len(v) == 0 {
		return forumAddress(l.Forum.Slug)
	}
	return forumAddress(l.Forum.Slug) + "?" + v.Encode()
}

// turns leads on, and back to the beginning.
func (l listing) turns() ui.Turns {
	t := ui.Turns{NewerText: "Revenir aux plus récents", OlderText: "Fils plus anciens"}
	if l.filter.Before != (forum.Cursor{}) {
		t.Newer = l.with(l.filter.Category, l.filter.Kind)
	}
	if l.Next != (forum.Cursor{}) {
		t.Older = l.address(l.filter.Category, l.filter.Kind, l.Next)
	}
	return t
}

// kinds are the tabs of the list.
func (l listing) kinds() []ui.Tab {
	words := []struct {
		kind forum.Kind
		text string
	}{{"", "Tous les fils"}, {forum.Discussion, "Discussions"}, {forum.Question, "Questions"}, {forum.Proposal, "Propositions"}}
	tabs := make([]ui.Tab, len(words))
	for i, w := range words {
		tabs[i] = ui.Tab{Text: w.text, Address: l.with(l.filter.Category, w.kind), Current: w.kind == l.filter.Kind}
	}
	return tabs
}

// categories are the links of the headings, save the chosen one.
func (l listing) categories() (others, chosen []ui.Link) {
	for _, category := range l.Forum.Categories {
		if category.Slug == l.filter.Category {
			chosen = append(chosen, ui.Link{Text: category.Title, Address: l.with("", l.filter.Kind)})
			continue
		}
		others = append(others, ui.Link{Text: category.Title, Address: l.with(category.Slug, l.filter.Kind)})
	}
	return others, chosen
}

// rows are the threads of the page, the pinned ones first.
func (l listing) rows() []ui.Line {
	return lines(append(append([]forum.Row{}, l.Pinned...), l.Rows...), false)
}

// lines shows threads; everywhere says in which forum each is.
func lines(rows []forum.Row, everywhere bool) []ui.Line {
	list := make([]ui.Line, len(rows))
	for i, row := range rows {
		line := ui.Line{
			Kind: ui.ThreadKind(string(row.Kind)).Word, Date: ui.Moment(row.LastActivity),
			Title: row.Title, Address: threadAddress(row.ID, row.Slug),
			Meta:   []string{"par " + nameOf(row.Author)},
			Figure: ui.Number(row.Posts), Unit: ui.Plural(row.Posts, "message", "messages"),
		}
		if !everywhere { // right under the title of the page
			line.Level = 2
		}
		if row.Pinned && !everywhere {
			line.States = append(line.States, ui.Pinned)
		}
		if row.Official != 0 {
			line.States = append(line.States, ui.OfficialAnswer)
		}
		if row.Locked {
			line.States = append(line.States, ui.Locked)
		}
		switch {
		case everywhere:
			line.Meta = append(line.Meta, row.ForumTitle)
		case row.CategoryTitle != "":
			line.Meta = append(line.Meta, row.CategoryTitle)
		}
		line.Meta = append(line.Meta, ui.Count(row.Participants, "participant", "participants"))
		list[i] = line
	}
	return list
}

// forumLine is a forum in the list of all.
func forumLine(f forum.Forum) ui.Line {
	line := ui.Line{
		Title: f.Title, Address: forumAddress(f.Slug), Level: 2,
		Meta:   []string{ui.Count(f.Posts, "message", "messages")},
		Figure: ui.Number(f.Threads), Unit: ui.Plural(f.Threads, "fil", "fils"),
	}
	if f.Lead != "" {
		line.Text = ui.Words(f.Lead)
	}
	if !f.LastActivity.IsZero() {
		line.Kind, line.Date = "Dernier message", ui.Moment(f.LastActivity)
	}
	line.States = forumStates(f)
	return line
}

func forumStates(f forum.Forum) []ui.State {
	var states []ui.State
	if f.Demo {
		states = append(states, ui.Demonstration)
	}
	if !f.Open {
		states = append(states, closedForum)
	}
	return states
}

var closedForum = ui.State{Word: "Fermé", Tone: ui.Plain, Icon: ui.IconLock}
