package accountpages

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/jobs"
	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
)

// shownMails is how many mails the page of the demonstration shows.
const shownMails = 50

// mails answers GET /demo/mails, for this machine alone: it shows links that
// open accounts.
func (p *Pages) mails(c *fiber.Ctx) error {
	if !p.site.Config.Demo || !p.site.FromHere(c) {
		return fiber.NewError(fiber.StatusNotFound)
	}
	written, err := jobs.Mailbox(p.site.Store.Dir(), shownMails)
	if err != nil {
		return err
	}
	list := make([]shownMail, len(written))
	for i, w := range written {
		list[i] = shownMail{to: w.To, subject: w.Subject, at: models.At(w.At), lines: p.lines(w.Text)}
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	page := web.Page(c, "Messages de la démonstration")
	page.Robots = "noindex"
	page.Crumbs = []ui.Link{{Text: page.Title}}
	return web.Show(c, mailsPage(page, list, p.site.Config.SMTPURL != ""))
}

// shownMail is a mail as the page shows it.
type shownMail struct {
	to, subject string
	at          models.Time
	lines       []mailLine
}

// mailLine is a paragraph of a mail, or an address of this site to follow.
type mailLine struct {
	text string
	link string
}

// lines tells the addresses of this site from the rest; the signature, which
// every mail has, is left out.
func (p *Pages) lines(text string) []mailLine {
	var list []mailLine
	text, _, _ = strings.Cut(text, "\n-- \n")
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		path, ours := strings.CutPrefix(line, p.site.Config.URL)
		if ours {
			list = append(list, mailLine{text: line, link: web.Local(path, "/")})
			continue
		}
		list = append(list, mailLine{text: line})
	}
	return list
}
