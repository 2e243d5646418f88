package forumpages

import (
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/forum"
)

// postsAMinute is how many threads, replies and edits one person may send.
const postsAMinute = 10

// previewsAMinute bounds the Markdown that one person has rendered.
const previewsAMinute = 60

// kindWords are the kinds of threads in addresses.
var kindWords = map[string]forum.Kind{"": "", "discussion": forum.Discussion, "question": forum.Question, "proposition": forum.Proposal}

func kindWord(k forum.Kind) string {
	if k == forum.Proposal {
		return "proposition"
	}
	return string(k)
}

// threadID is the id that begins the address of a thread: "12" or "12-titre".
func threadID(c *fiber.Ctx) models.ID {
	id, _, _ := strings.Cut(c.Params("thread"), "-")
	return models.ParseID(id)
}

// Where the rules are, and what to do against a decision.
const (
	rulesAddress  = "/aide/regles"
	appealAddress = rulesAddress + "#contester-une-decision"
)

func forumAddress(slug string) string { return "/forums/" + slug }

func threadAddress(id models.ID, slug string) string { return "/fils/" + id.String() + "-" + slug }

// threadPage is the address of a page of a thread.
func threadPage(id models.ID, slug string, page int) string {
	if page <= 1 {
		return threadAddress(id, slug)
	}
	return threadAddress(id, slug) + "?page=" + strconv.Itoa(page)
}

// postAddress is where a post stands: its page and its anchor.
func postAddress(p forum.Posted) string {
	return threadPage(p.Thread, p.Slug, forum.PageOf(p.Number)) + "#" + anchor(p.Number)
}

// anchor is where a post stands on its page.
func anchor(number int64) string { return "m" + strconv.FormatInt(number, 10) }

func messageAddress(id models.ID) string { return "/messages/" + id.String() }

// numero is the number of a post or of a thread, « n° 7 ».
func numero(n int64) string { return "n°\u00a0" + ui.Number(int(n)) }

// loginFor leads to the log-in page and back.
func loginFor(address string) string { return "/connexion?retour=" + url.QueryEscape(address) }

// registerFor leads to the registration page and back.
func registerFor(address string) string { return "/inscription?retour=" + url.QueryEscape(address) }

// person is an author as pages show them.
func person(a forum.Author) ui.Person {
	if a.Deleted {
		return ui.Person{Name: deletedName, Deleted: true}
	}
	shown := ui.Person{Name: a.Name, Agent: a.Agent}
	if a.Domain != "" {
		shown.Organisation = "domaine vérifié " + a.Domain
	}
	return shown
}

const deletedName = "Compte supprimé"

func nameOf(a forum.Author) string { return person(a).Name }

// newKey is what a form carries so that sending it twice posts once.
func newKey() string {
	var b [12]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// page is the frame of a page of the forums.
func page(c *fiber.Ctx, title string, crumbs ...ui.Link) ui.Page {
	p := web.Page(c, title)
	p.Section = ui.SectionForums
	p.Crumbs = append([]ui.Link{{Text: "Forums", Address: "/forums"}}, crumbs...)
	return p
}

// mayWrite refuses to show a form to whoever could not send it.
func mayWrite(v ui.Viewer) error {
	switch {
	case !v.LoggedIn:
		return models.ErrLogIn
	case !v.Confirmed:
		return models.ErrUnconfirmed
	}
	return nil
}

// authorTags are what a page depends on to show its authors.
func authorTags(rows []forum.Row) []string {
	tags := make([]string, 0, len(rows))
	for _, row := range rows {
		tags = append(tags, web.Tag("account", row.Author.ID))
	}
	return tags
}
