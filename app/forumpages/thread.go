package forumpages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/forum"
)

// thread answers GET /fils/{id}-{slug}.
func (p *Pages) thread(c *fiber.Ctx) error {
	number, err := web.QueryPage(c)
	if err != nil {
		return err
	}
	shown, err := p.forums.Page(c.UserContext(), web.Actor(c), threadID(c), number)
	if err != nil {
		return err
	}
	t := shown.Thread
	if c.Params("thread") != t.ID.String()+"-"+t.Slug {
		return web.Moved(c, withQuery(threadAddress(t.ID, t.Slug), c))
	}
	frame := page(c, t.Title, ui.Link{Text: t.ForumTitle, Address: forumAddress(t.ForumSlug)}, ui.Link{Text: t.Title})
	if number > 1 {
		frame.Title += " – page " + strconv.Itoa(number)
	}
	if t.Hidden {
		frame.Robots = "noindex"
	} else {
		frame.Feed = &ui.Link{Text: t.Title, Address: "/fils/" + t.ID.String() + ".atom"}
	}
	view := threadView{Page: shown, draft: draft{action: "/fils/" + t.ID.String(), submit: "Publier"}}
	view.viewer, view.quoting = frame.Viewer, models.ParseID(c.Query("citer"))
	if view.writes() {
		view.draft.key = newKey()
		if view.draft.body, err = p.quoted(c); err != nil {
			return err
		}
	}
	for _, post := range shown.Posts {
		if frame.FlashAt == anchor(post.Number) { // the browser jumps there: the top of the page is out of sight
			view.flash, view.flashOn, frame.Flash = frame.Flash, post.Number, ""
		}
	}
	if frame.FlashAt == "repondre" {
		view.flash, frame.Flash = frame.Flash, ""
	}
	p.dependOn(c, shown)
	return web.Show(c, threadPageView(frame, view))
}

// withQuery is an address with the query of the request.
func withQuery(address string, c *fiber.Ctx) string {
	if query := c.Request().URI().QueryString(); len(query) > 0 {
		return address + "?" + string(query)
	}
	return address
}

// quoted is the Markdown that the composer begins with: ?citer= names a post.
// One that is gone quotes nothing.
func (p *Pages) quoted(c *fiber.Ctx) (string, error) {
	id := models.ParseID(c.Query("citer"))
	if id == 0 {
		return "", nil
	}
	post, err := p.forums.Post(c.UserContext(), web.Actor(c), id)
	switch {
	case models.Code(err) == "forum.unknown_post":
		return "", nil
	case err != nil:
		return "", err
	case post.State != forum.Visible:
		return "", nil
	}
	return post.Quote(), nil
}

// dependOn names what a page of a thread shows. Not its forum by id: each post
// of the forum would end it.
func (p *Pages) dependOn(c *fiber.Ctx, shown forum.Page) {
	web.DependsOn(c, web.Tag("thread", shown.Thread.ID), "forum.changed", web.Tag("account", shown.Thread.Author.ID))
	for _, post := range shown.Posts {
		web.DependsOn(c, web.Tag("account", post.Author.ID))
		dependOnCited(c, post)
	}
}

// dependOnCited names the posts that a post quotes: their authors' names stand
// in it, as long as they are shown.
func dependOnCited(c *fiber.Ctx, post forum.Post) {
	for _, one := range post.Cites {
		web.DependsOn(c, web.Tag("post", one.Post))
		if one.Thread != 0 {
			web.DependsOn(c, web.Tag("thread", one.Thread), web.Tag("account", one.Author.ID))
		}
	}
}

// threadView is a page of a thread for whoever looks at it.
type threadView struct {
	forum.Page
	viewer  ui.Viewer
	draft   draft
	quoting models.ID // the post that the answer begins with
	flash   string    // what has just been done
	flashOn int64     // to which post; zero: it is said beside the composer
}

// flashOf is what has just been done to a post.
func (v threadView) flashOf(post forum.Post) string {
	if v.flashOn != post.Number {
		return ""
	}
	return v.flash
}

// writes tells whether the viewer gets a composer.
func (v threadView) writes() bool {
	return v.viewer.LoggedIn && v.viewer.Confirmed && v.Thread.TakesPosts()
}

func (v threadView) head() ui.Head {
	t := v.Thread
	head := ui.Head{Title: t.Title, States: []ui.State{ui.ThreadKind(string(t.Kind))}, Meta: []string{
		"par " + nameOf(t.Author) + ", le " + ui.Date(t.CreatedAt),
		ui.Count(t.Posts, "message", "messages"), ui.Count(t.Participants, "participant", "participants"),
	}}
	if t.Demo {
		head.States = append(head.States, ui.Demonstration)
	}
	if t.Official != 0 {
		head.States = append(head.States, ui.OfficialAnswer)
	}
	if t.Pinned {
		head.States = append(head.States, ui.Pinned)
	}
	if t.Locked {
		head.States = append(head.States, ui.Locked)
	}
	if t.Hidden {
		head.States = append(head.States, ui.HiddenState)
	}
	return head
}

// essentials leads to the official answer, and to both ends of a long thread.
func (v threadView) essentials() (links []ui.Link) {
	t := v.Thread
	to := func(text string, number int64) {
		links = append(links, ui.Link{Text: text, Address: postAddress(forum.Posted{Thread: t.ID, Slug: t.Slug, Number: number})})
	}
	if t.Official != 0 {
		to("Réponse officielle", t.Official)
	}
	if t.LastNumber <= 10 {
		return links
	}
	to("Premier message", 1)
	to("Dernier message", t.LastNumber)
	if t.TakesPosts() {
		links = append(links, ui.Link{Text: "Répondre", Address: "#repondre"})
	}
	return links
}

func (v threadView) pages() ui.Pages {
	return ui.Pages{Current: v.Number, Last: v.Pages, Label: "Pages du fil", Address: func(n int) string {
		return threadPage(v.Thread.ID, v.Thread.Slug, n)
	}}
}

// back is the composer of the page, with what it quotes: where a visitor comes
// back to, once logged in.
func (v threadView) back() string {
	if v.quoting != 0 {
		return v.quoteOn(v.Number, v.quoting)
	}
	return threadPage(v.Thread.ID, v.Thread.Slug, v.Number) + "#repondre"
}

// post is a visible post with the acts of the viewer.
func (v threadView) post(post forum.Post) ui.PostView {
	view := ui.PostView{
		Number: int(post.Number), Address: messageAddress(post.ID), Author: person(post.Author), At: post.CreatedAt, HTML: post.HTML,
		Mine: v.mine(post), Flash: v.flashOf(post), Official: post.Official,
	}
	if post.Edits > 0 {
		view.Edited = ui.Link{Text: "modifié le " + ui.DateTime(post.EditedAt), Address: messageAddress(post.ID) + "/versions"}
	}
	if v.Thread.TakesPosts() {
		view.Quote = v.quote(post)
	}
	if view.Mine && !v.Thread.Locked && !v.Thread.Hidden {
		view.More = append(view.More,
			ui.Link{Text: "Modifier", Address: messageAddress(post.ID) + "/modifier"},
			ui.Link{Text: "Supprimer", Address: messageAddress(post.ID) + "/supprimer"})
	}
	if v.Moderator {
		view.More = append(view.More, ui.Link{Text: "Masquer", Address: messageAddress(post.ID) + "/masquer"})
		if post.Official != "" || post.Author.Agent && post.Number > 1 && !v.mine(post) {
			view.More = append(view.More, ui.Link{Text: "Réponse officielle", Address: messageAddress(post.ID) + "/officielle"})
		}
	}
	return view
}

func (v threadView) mine(post forum.Post) bool {
	return v.viewer.LoggedIn && post.Author.ID == v.viewer.ID
}

// quote is the address of the composer that begins with a post: on the last
// page, where the answer will stand.
func (v threadView) quote(post forum.Post) string { return v.quoteOn(v.Pages, post.ID) }

func (v threadView) quoteOn(page int, post models.ID) string {
	address := threadPage(v.Thread.ID, v.Thread.Slug, page)
	mark := "?"
	if page > 1 {
		mark = "&"
	}
	return address + mark + "citer=" + post.String() + "#repondre"
}

// gone is the tombstone of a post that is deleted or hidden.
func (v threadView) gone(post forum.Post) ui.Gone {
	gone := ui.Gone{Number: int(post.Number), Text: "Message supprimé par son auteur.", At: post.CreatedAt, Flash: v.flashOf(post)}
	if post.State == forum.Hidden {
		gone.Text, gone.Reason, gone.HTML = "Message masqué par la modération.", post.HiddenReason, post.HTML
		if v.mine(post) {
			gone.Text = "Votre message a été masqué par la modération. Vous seul pouvez encore le lire, avec la modération. Tant qu’il est masqué, il ne peut être ni modifié, ni supprimé."
		}
	}
	return gone
}
