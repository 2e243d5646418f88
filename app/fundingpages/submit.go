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

// rereading answers GET /dossiers/brouillons/{id}/depot.
func (p *Pages) rereading(c *fiber.Ctx) error {
	v, err := p.viewStep(c, funding.StepSubmission)
	if err != nil {
		return err
	}
	if v.draft.Application.State != funding.DraftState {
		return web.Moved(c, "/dossiers/"+v.draft.Application.Number)
	}
	return web.Show(c, submitPage(v))
}

// submit answers POST /dossiers/brouillons/{id}/depot. Sent again, it leads to
// the same receipt.
func (p *Pages) submit(c *fiber.Ctx) error {
	s := funding.Submission{Draft: web.ParamID(c, "id"), Version: formVersion(c)}
	ticked := typed{}
	for _, a := range funding.Attestations {
		if web.Line(c, string(a)) == "oui" {
			s.Attestations = append(s.Attestations, a)
			ticked[string(a)] = "oui"
		}
	}
	receipt, err := p.desk.Submit(c.UserContext(), web.Actor(c), s)
	if err == nil {
		return web.SeeOther(c, "/dossiers/"+receipt.Number, content.French("Dossier "+receipt.Number+" déposé le "+ui.DateTime(receipt.SubmittedAt)+
			". Un accusé de réception vous est envoyé."))
	}
	v, unread := p.viewStep(c, funding.StepSubmission)
	if unread != nil {
		return unread
	}
	v.typed = ticked
	return web.Again(c, err, func(why *models.Error) templ.Component {
		v.why, v.page.Wrong = why, true
		return submitPage(v)
	})
}

// stepProblem is one thing that is missing, with the step where it is.
type stepProblem struct {
	step funding.Step
	text []string
}

// missing lists what keeps the draft from being submitted, step by step.
func (v stepView) missing() []stepProblem {
	var list []stepProblem
	for _, step := range funding.Steps {
		found := v.draft.Missing(v.draft.Call, step, v.draft.At)
		if len(found) == 0 {
			continue
		}
		one := stepProblem{step: step}
		labelled := stepView{step: step, draft: v.draft}
		for _, m := range found {
			text := web.Sentence(m.Code, m.Args...)
			if label := labelled.label(m.Field); label != "" && step != funding.StepEligibility {
				text = content.French(label+" : ") + text
			}
			one.text = append(one.text, text)
		}
		list = append(list, one)
	}
	return list
}

// submitProblems are what the summary lists: the steps as links, the
// attestations by their box.
func (v stepView) submitProblems() []ui.FieldError {
	return web.Named(web.Summary(v.why), func(field string) string {
		return stepTitles[funding.Step(field)] + attestationTitles[funding.Attestation(field)]
	})
}

var attestationTitles = map[funding.Attestation]string{"exact": "Exactitude", "mandate": "Mandat", "publication": "Publication"}

func (v stepView) edit(step funding.Step) string { return draftAddress(v.draft.Application.ID, step) }
