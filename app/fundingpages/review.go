package fundingpages

import (
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/funding"
)

// reviewView is an application on the desk, with the act that was refused, if
// one was: its form keeps what was typed.
type reviewView struct {
	page  ui.Page
	r     funding.Reviewed
	act   funding.Act
	typed typed
	why   *models.Error
}

// review answers GET /instruction/{number}.
func (p *Pages) review(c *fiber.Ctx) error {
	v, err := p.reviewing(c)
	if err != nil {
		return err
	}
	return web.Show(c, reviewPage(v))
}

func (p *Pages) reviewing(c *fiber.Ctx) (reviewView, error) {
	r, err := p.desk.Review(c.UserContext(), web.Actor(c), web.Param(c, "number"))
	if err != nil {
		return reviewView{}, orLogIn(c, err)
	}
	v := reviewView{r: r, page: page(c, "Dossier "+r.Application.Number, toDesk)}
	v.page.Wide = true
	return v, nil
}

// reviewedContent answers GET /instruction/{number}/contenu.json. Whoever
// belongs to the applicant does not read it here.
func (p *Pages) reviewedContent(c *fiber.Ctx) error {
	v, err := p.reviewing(c)
	if err != nil {
		return err
	}
	if v.r.Interested {
		return funding.ErrInterest
	}
	return sendContent(c, v.r.Receipt)
}

// typedIn is what was typed into the form of an act that was refused.
func (v reviewView) typedIn(act funding.Act, name, otherwise string) string {
	if v.act != act {
		return otherwise
	}
	return v.typed[name]
}

// says is what is wrong with a field of an act.
func (v reviewView) says(act funding.Act, name string) string {
	if v.act != act {
		return ""
	}
	return web.Says(v.why, name)
}

// actLabels are what the fields of each act are called.
var actLabels = map[funding.Act]map[string]string{
	funding.ActPropose:  {"amount": "Montant proposé", "motive": "Avis de l’instruction"},
	funding.ActGrant:    {"amount": "Montant accordé", "motive": "Motif de l’accord"},
	funding.ActSendBack: {"motive": "Ce qui manque à la proposition"},
	funding.ActRefuse:   {"motive": "Motif du refus"},
	funding.ActVerify:   {"note": "Comment vous l’avez vérifié"},
	funding.ActDrop:     {"code": "Pourquoi", "redirected_to": "Autre guichet", "motive": "Motif du classement"},
}

// field is a field of an act: its id bears the act's name, as a page shows
// several forms with the same fields.
func (v reviewView) field(act funding.Act, name, hint, otherwise string) ui.Field {
	return ui.Field{Name: name + "-" + string(act), Label: actLabels[act][name], Hint: hint, Value: v.typedIn(act, name, otherwise), Error: v.says(act, name)}
}

// problems are what the summary lists, with the ids of the act's fields.
func (v reviewView) problems() []ui.FieldError {
	list := web.Named(web.Summary(v.why), func(field string) string { return actLabels[v.act][field] })
	for i := range list {
		if list[i].Field != "" {
			list[i].Field += "-" + string(v.act)
		}
	}
	return list
}

// lost tells whether something was typed into a form that the page, as it
// stands now, no longer shows.
func (v reviewView) lost() bool {
	shown := map[funding.Act]bool{
		funding.ActTake: v.r.May.Take, funding.ActPropose: v.r.May.Propose, funding.ActSendBack: v.r.May.SendBack,
		funding.ActVerify: v.r.May.Verify, funding.ActGrant: v.r.May.Grant, funding.ActRefuse: v.r.May.Refuse, funding.ActDrop: v.r.May.Drop,
	}
	return v.act != "" && !shown[v.act] && v.text() != ""
}

// text is the long text of the act that was refused.
func (v reviewView) text() string { return v.typed["motive"] + v.typed["note"] }

func (v reviewView) states() []ui.State {
	states := appStates(v.r.Application.State, v.r.Call.Demo)
	if v.r.Interested {
		return states
	}
	if !v.r.Membership.Verified {
		states = append(states, ui.ToVerify)
	}
	if v.r.Application.Eligibility == funding.ToCheck {
		states = append(states, ui.State{Word: "Éligibilité à vérifier", Tone: ui.Warn, Icon: ui.IconWarn})
	}
	return states
}

func (v reviewView) action(verb string) ui.Target {
	return ui.Target{Action: "/instruction/" + v.r.Application.Number + "/" + verb, CSRF: v.page.CSRF}
}
