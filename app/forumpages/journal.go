package forumpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/forum"
)

// journal answers GET /moderation/journal, the public log.
func (p *Pages) journal(c *fiber.Ctx) error {
	before := models.ParseID(c.Query("avant"))
	if before == 0 && c.Query("avant") != "" {
		return web.ErrPage
	}
	lines, next, err := p.forums.Log(c.UserContext(), before)
	if err != nil {
		return err
	}
	web.DependsOn(c, "forum.changed")
	for kind := range actWords {
		web.DependsOn(c, kind)
	}
	frame := page(c, "Journal de la modération", ui.Link{Text: "Journal de la modération"})
	turns := ui.Turns{NewerText: "Revenir aux plus récents", OlderText: "Actes plus anciens"}
	if before != 0 {
		turns.Newer = "/moderation/journal"
	}
	if next != 0 {
		turns.Older = "/moderation/journal?avant=" + next.String()
	}
	return web.Show(c, journalPage(frame, lines, turns))
}

// actWords are what the log says of each act.
var actWords = map[string]string{
	"thread.locked": "Fil clos", "thread.unlocked": "Fil rouvert",
	"thread.pinned": "Fil épinglé", "thread.unpinned": "Fil désépinglé",
	"thread.hidden": "Fil masqué", "thread.restored": "Fil rétabli",
	"post.hidden": "Message masqué", "post.restored": "Message rétabli",
	"post.official": "Réponse officielle", "post.personal": "Réponse qui n’est plus officielle",
}

// logLine is one act: a hidden thread is not named.
func logLine(l forum.Logged) ui.Line {
	line := ui.Line{Kind: actWords[l.Act], Date: ui.Moment(l.At), Title: "Fil masqué, " + numero(int64(l.Thread)), Meta: []string{l.ForumTitle}, Level: 2}
	switch {
	case l.Slug == "":
	case l.Post != 0:
		line.Title, line.Address = l.Title+", message "+numero(l.Number), messageAddress(l.Post)
	default:
		line.Title, line.Address = l.Title, threadAddress(l.Thread, l.Slug)
	}
	switch {
	case l.Act == "post.official":
		line.Text = ui.Words("Au nom de\u00a0: " + l.Reason)
	case l.Reason != "":
		line.Text = ui.Words("Motif\u00a0: " + l.Reason)
	}
	return line
}
