package adminpages

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/account"
)

// people answers GET /administration.
func (p *Pages) people(c *fiber.Ctx) error {
	words, before := web.Query(c, "q"), models.ParseID(c.Query("avant"))
	found, err := p.accounts.People(c.UserContext(), web.Actor(c), words, before)
	if err != nil {
		return err
	}
	return web.Show(c, peoplePage(frame(c, "Administration"), listed{People: found, words: words, first: before == 0}))
}

// listed is a page of the list of people.
type listed struct {
	account.People
	words string
	first bool
}

// turns leads to the rest of the list.
func (l listed) turns() ui.Turns {
	turns := ui.Turns{NewerText: "Début de la liste", OlderText: "Suite de la liste"}
	if !l.first {
		turns.Newer = l.address(0)
	}
	if l.Next != 0 {
		turns.Older = l.address(l.Next)
	}
	return turns
}

func (l listed) address(before models.ID) string {
	values := url.Values{}
	if l.words != "" {
		values.Set("q", l.words)
	}
	if before != 0 {
		values.Set("avant", before.String())
	}
	if len(values) == 0 {
		return "/administration"
	}
	return "/administration?" + values.Encode()
}

func personAddress(id models.ID) string { return "/administration/personnes/" + id.String() }

// states are the badges of somebody.
func states(one account.Person) []ui.State {
	var list []ui.State
	if one.ConfirmedAt.IsZero() {
		list = append(list, ui.State{Word: "Non confirmé", Tone: ui.Warn, Icon: ui.IconClock})
	}
	if one.Agent {
		list = append(list, ui.PublicAgent)
	}
	if one.Demo {
		list = append(list, ui.Demonstration)
	}
	return list
}

// journal answers GET /administration/journal.
func (p *Pages) journal(c *fiber.Ctx) error {
	before := models.ParseID(c.Query("avant"))
	entries, next, err := p.accounts.Audit(c.UserContext(), web.Actor(c), before)
	if err != nil {
		return err
	}
	turns := ui.Turns{NewerText: "Début du journal", OlderText: "Suite du journal"}
	if before != 0 {
		turns.Newer = "/administration/journal"
	}
	if next != 0 {
		turns.Older = "/administration/journal?avant=" + next.String()
	}
	return web.Show(c, journalPage(frame(c, "Journal des rôles", home), entries, turns))
}
