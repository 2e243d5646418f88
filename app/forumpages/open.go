package forumpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/forum"
)

// opening is the form of a new thread, as typed.
type opening struct {
	draft
	forum    forum.Forum
	kind     string // as in addresses
	category string
	title    string
}

// readOpening reads the form; what is wrong is not told here.
func readOpening(c *fiber.Ctx) opening {
	return opening{draft: readDraft(c), kind: web.Line(c, "kind"), category: web.Line(c, "category"), title: web.Line(c, "title")}
}

func (o opening) thread(slug string) forum.NewThread {
	kind, known := kindWords[o.kind]
	if !known {
		kind = forum.Kind(o.kind) // refused as such
	}
	return forum.NewThread{Forum: slug, Category: o.category, Kind: kind, Title: o.title, Body: o.body, Key: o.key}
}

// askOpen answers GET /forums/{forum}/nouveau.
func (p *Pages) askOpen(c *fiber.Ctx) error {
	shown, err := p.openPage(c)
	if err != nil {
		return err
	}
	return web.Show(c, shown(opening{draft: draft{key: newKey()}, kind: kindWord(forum.Discussion), category: web.Query(c, "rubrique")}))
}

// open answers POST /forums/{forum}/nouveau.
func (p *Pages) open(c *fiber.Ctx) error {
	o := readOpening(c)
	err := p.sending(c)
	var done forum.Posted
	if err == nil {
		done, err = p.forums.Open(c.UserContext(), web.Actor(c), o.thread(web.Param(c, "forum")))
	}
	if err == nil {
		return web.SeeOther(c, threadAddress(done.Thread, done.Slug), "Votre fil est ouvert.")
	}
	shown, again := p.openPage(c)
	if again != nil {
		return again
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		o.why = why
		return shown(o)
	})
}

// previewOpen answers POST /forums/{forum}/nouveau/apercu.
func (p *Pages) previewOpen(c *fiber.Ctx) error {
	o := readOpening(c)
	shown, err := p.openPage(c)
	if err != nil {
		return err
	}
	if err := p.preview(c, &o.draft); err != nil {
		return err
	}
	return web.Show(c, shown(o))
}

// openPage is the page of the form, for whoever may send it.
func (p *Pages) openPage(c *fiber.Ctx) (func(opening) templ.Component, error) {
	f, err := p.forums.Find(c.UserContext(), web.Param(c, "forum"))
	if err != nil {
		return nil, err
	}
	frame := page(c, "Ouvrir un fil", ui.Link{Text: f.Title, Address: forumAddress(f.Slug)}, ui.Link{Text: "Ouvrir un fil"})
	if err := mayWrite(frame.Viewer); err != nil {
		return nil, err
	}
	if !f.Open {
		return nil, forum.ErrClosed
	}
	return func(o opening) templ.Component {
		o.forum = f
		frame.Wrong = o.why != nil
		return openPage(frame, o)
	}, nil
}

func (o opening) composer() ui.Draft {
	d := o.draft.composer()
	d.Label, d.SubmitText = "Premier message", "Ouvrir le fil"
	d.PreviewAction = forumAddress(o.forum.Slug) + "/nouveau/apercu"
	return d
}

// openLabel is what a field of the form is called.
func openLabel(field string) string {
	return map[string]string{"kind": "Vous ouvrez", "category": "Rubrique", "title": "Titre", "body": "Premier message"}[field]
}

func (o opening) lead() string {
	return content.French("Dans le forum « " + o.forum.Title + " ». Un sujet par fil : un titre clair attire de meilleures réponses.")
}

func (o opening) kinds() []ui.Option {
	return []ui.Option{
		{Value: "discussion", Label: "Discussion", Hint: "Raconter une expérience, demander des avis."},
		{Value: "question", Label: "Question", Hint: "Obtenir une réponse précise."},
		{Value: "proposition", Label: "Proposition", Hint: "Dire ce que l’on pourrait faire, et comment."},
	}
}

func (o opening) categories() []ui.Option {
	list := []ui.Option{{Label: "Sans rubrique"}}
	for _, category := range o.forum.Categories {
		list = append(list, ui.Option{Value: category.Slug, Label: category.Title})
	}
	return list
}
