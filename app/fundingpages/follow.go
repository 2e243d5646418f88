package fundingpages

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/funding"
)

// follow answers GET /dossiers/{number}.
func (p *Pages) follow(c *fiber.Ctx) error {
	f, err := p.desk.Follow(c.UserContext(), web.Actor(c), web.Param(c, "number"))
	if err != nil {
		return orLogIn(c, err)
	}
	return web.Show(c, followPage(page(c, "Dossier "+f.Application.Number, toMine), f))
}

// orLogIn asks a visitor to log in before anything is said not to be there.
func orLogIn(c *fiber.Ctx, err error) error {
	if !web.LoggedIn(c) {
		return models.ErrLogIn
	}
	return err
}

// ownContent answers GET /dossiers/{number}/contenu.json: the very text that
// the receipt hashes.
func (p *Pages) ownContent(c *fiber.Ctx) error {
	f, err := p.desk.Follow(c.UserContext(), web.Actor(c), web.Param(c, "number"))
	if err != nil {
		return orLogIn(c, err)
	}
	return sendContent(c, f.Receipt)
}

func sendContent(c *fiber.Ctx, r funding.Receipt) error {
	c.Attachment("dossier-" + r.Number + ".json")
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	return c.SendString(r.Content)
}

// withdrawView is the page that asks before an application is withdrawn.
type withdrawView struct {
	page    ui.Page
	f       funding.Followed
	version int64
	motive  string
	why     *models.Error
}

// askWithdraw answers GET /dossiers/{number}/retirer.
func (p *Pages) askWithdraw(c *fiber.Ctx) error {
	v, err := p.withdrawing(c)
	if err != nil {
		return err
	}
	return web.Show(c, withdrawPage(v))
}

func (p *Pages) withdrawing(c *fiber.Ctx) (v withdrawView, err error) {
	if v.f, err = p.desk.Follow(c.UserContext(), web.Actor(c), web.Param(c, "number")); err != nil {
		return v, orLogIn(c, err)
	}
	number := v.f.Application.Number
	v.version = v.f.Application.Version
	v.page = page(c, "Retirer le dossier", toMine, ui.Link{Text: "Dossier " + number, Address: "/dossiers/" + number})
	return v, nil
}

// withdraw answers POST /dossiers/{number}/retirer.
func (p *Pages) withdraw(c *fiber.Ctx) error {
	number, motive := web.Param(c, "number"), web.Field(c, "motive")
	err := p.desk.Withdraw(c.UserContext(), web.Actor(c), number, formVersion(c), motive)
	if err == nil {
		return web.SeeOther(c, "/dossiers/"+number, "Le dossier est retiré. Il reste lisible ici.")
	}
	v, unread := p.withdrawing(c)
	if unread != nil {
		return unread
	}
	v.motive = motive
	return web.Again(c, err, func(why *models.Error) templ.Component {
		v.why, v.page.Wrong = why, true
		return withdrawPage(v)
	})
}

// Who contests a decision is told what the rules of the call say of it (T13); the
// ways to a judge differ from one body to another.
const contest = "Vous pouvez la contester auprès de l’équipe du guichet, qui peut réexaminer le dossier une fois. Demandez-lui aussi les voies et délais de recours : ils dépendent de votre organisme."

// outcome says in a sentence where an application stands, for its team.
func outcome(a funding.Application, demo bool) (tone ui.Tone, title, text string) {
	tone, title, text = standing(a)
	if demo && a.State != funding.Withdrawn && !a.State.Undecided() {
		text += " Ce guichet est une démonstration : la décision n’engage personne et rien n’est versé."
	}
	return tone, title, content.French(text)
}

func standing(a funding.Application) (tone ui.Tone, title, text string) {
	switch a.State {
	case funding.Submitted:
		return ui.Info, "Votre dossier est déposé", "Une personne du guichet va le prendre en charge. Vous n’avez rien à faire."
	case funding.InReview:
		return ui.Info, "Votre dossier est en instruction", "Une personne du guichet l’étudie."
	case funding.InDecision:
		return ui.Info, "Votre dossier attend une décision", "L’instruction est terminée."
	case funding.Granted:
		return ui.Ok, content.French("Une aide de " + ui.Euros(a.Granted) + " vous est accordée"), "Cette page vaut notification. Le projet, son organisme et ce montant sont désormais publics."
	case funding.Refused:
		return ui.Bad, "L’aide est refusée", "Le motif de cette décision est dans le suivi. " + contest
	case funding.Dropped:
		return ui.Plain, "Votre dossier est classé sans suite", "Le motif de cette décision est dans le suivi. " + contest
	case funding.Withdrawn:
		return ui.Plain, "Vous avez retiré ce dossier", "Il ne sera pas étudié."
	}
	return ui.Plain, "", ""
}
