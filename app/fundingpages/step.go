package fundingpages

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/funding"
)

// stepView is the page of one step of a draft.
type stepView struct {
	page    ui.Page
	draft   funding.Draft
	step    funding.Step
	typed   typed
	version int64 // of the step, as the form read it
	why     *models.Error
	over    *funding.Overtaken
	choices []choice // that are still to be made after somebody else saved
	leave   string   // where one was going, when the step could not be saved
}

// draft answers GET /dossiers/brouillons/{id}: its first step that is not
// complete.
func (p *Pages) draft(c *fiber.Ctx) error {
	d, err := p.desk.Draft(c.UserContext(), web.Actor(c), web.ParamID(c, "id"))
	if err != nil {
		return orLogIn(c, err)
	}
	for _, step := range funding.Steps {
		if len(d.Missing(d.Call, step, d.At)) > 0 {
			return web.SeeOther(c, draftAddress(d.Application.ID, step), "")
		}
	}
	return web.SeeOther(c, draftAddress(d.Application.ID, funding.StepSubmission), "")
}

// step answers GET /dossiers/brouillons/{id}/{step}.
func (p *Pages) step(c *fiber.Ctx) error {
	v, err := p.openStep(c)
	if err != nil {
		return err
	}
	if v.draft.Application.State != funding.DraftState {
		return web.Moved(c, "/dossiers/"+v.draft.Application.Number)
	}
	return web.Show(c, stepPage(v))
}

// openStep reads the draft and the step that an address names.
func (p *Pages) openStep(c *fiber.Ctx) (stepView, error) {
	step := funding.Step(web.Param(c, "step"))
	if step != funding.StepBudget && fieldNames[step] == nil {
		return stepView{}, web.ErrPage
	}
	return p.viewStep(c, step)
}

func (p *Pages) viewStep(c *fiber.Ctx, step funding.Step) (stepView, error) {
	d, err := p.desk.Draft(c.UserContext(), web.Actor(c), web.ParamID(c, "id"))
	if err != nil {
		return stepView{}, orLogIn(c, err)
	}
	v := stepView{draft: d, step: step, version: d.Saved[step].Version}
	v.page = page(c, stepTitles[step], toMine, ui.Link{Text: v.name(), Address: draftAddress(d.Application.ID, funding.StepEligibility)})
	if step == funding.StepSubmission {
		return v, nil
	}
	v.typed = show(d.Of(step))
	switch {
	case step == funding.StepBudget && v.typed.lines() == 0:
		v.typed.addLine()
	case step == funding.StepOrganisation && v.version == 0: // already answered at the first step
		v.typed["kind"] = string(d.Answers.Bearer)
	}
	return v, nil
}

// name is what a draft is called, before it has a title too.
func (v stepView) name() string { return draftName(v.draft.Application.Title) }

func draftName(title string) string {
	if title == "" {
		return "Dossier sans titre"
	}
	return title
}

// saveStep answers POST /dossiers/brouillons/{id}/{step}. Each button of the page
// keeps what was typed, those that lead elsewhere too.
func (p *Pages) saveStep(c *fiber.Ctx) error {
	v, err := p.openStep(c)
	if err != nil {
		return err
	}
	if v.draft.Application.State != funding.DraftState {
		return funding.ErrSubmitted
	}
	read, version := v.typed, v.version
	v.typed, v.version = readTyped(c, v.step), formVersion(c)
	if err = v.choose(c); err != nil {
		return p.stepAgain(c, v, err)
	}
	gesture := web.Line(c, "geste")
	if v.step == funding.StepBudget && v.reshape(gesture) {
		return web.Show(c, stepPage(v))
	}
	v.typed.dropBlankLines()
	read.dropBlankLines()
	complete := gesture == "continuer"
	to, leaves := v.destination(gesture)
	if leaves && v.version == version && maps.Equal(read, v.typed) {
		return web.SeeOther(c, to, "") // nothing was typed
	}
	if err = p.keep(c, v, complete); err != nil {
		v.leave = to
		return p.stepAgain(c, v, err)
	}
	if !leaves {
		to = v.after(complete)
	}
	return web.SeeOther(c, to, content.French("Étape « "+stepTitles[v.step]+" » enregistrée."))
}

// stepAgain shows a step that was not saved, as typed; merged with what somebody
// else saved meanwhile.
func (p *Pages) stepAgain(c *fiber.Ctx, v stepView, err error) error {
	if errors.As(err, &v.over) {
		v.version = v.over.Theirs.Version
		if len(v.over.Taken) > 0 {
			v.typed = show(v.over.Merged)
		}
		v.choices = v.toChoose(v.over.Differences)
	}
	if v.step == funding.StepBudget && v.typed.lines() == 0 {
		v.typed.addLine()
	}
	return web.Again(c, err, func(why *models.Error) templ.Component {
		v.why, v.page.Wrong = why, true
		return stepPage(v)
	})
}

// goTo is the gesture of a button that keeps the step and leads to another page
// of the draft.
func goTo(page string) string { return "aller-" + page }

// Pages of a draft beside its steps.
const (
	teamPlace   = "collegues"
	deletePlace = "supprimer"
)

// destination is where a gesture leads, if it leads elsewhere.
func (v stepView) destination(gesture string) (address string, leaves bool) {
	place, leaves := strings.CutPrefix(gesture, "aller-")
	if !leaves || place != teamPlace && place != deletePlace && stepTitles[funding.Step(place)] == "" {
		return "", false
	}
	return draftAddress(v.draft.Application.ID, funding.Step(place)), true
}

// keep saves what was typed, unless some of it cannot be read.
func (p *Pages) keep(c *fiber.Ctx, v stepView, complete bool) error {
	said, unread := v.typed.parse(v.step)
	if len(unread) > 0 {
		return merge(unread, v.draft.Wrong(said, complete, v.draft.At)).Err()
	}
	return p.desk.SaveStep(c.UserContext(), web.Actor(c), funding.StepSave{
		Draft: v.draft.Application.ID, Version: v.version, Content: said, Complete: complete,
	})
}

// formVersion is the version that a form was read on; -1, which is none, when
// it does not say.
func formVersion(c *fiber.Ctx) int64 {
	text := web.Field(c, "version")
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != text { // as we write it, or not at all
		return -1
	}
	return n
}

// reshape adds or removes a line of the budget, without saving anything.
func (v stepView) reshape(gesture string) bool {
	switch n, removes := strings.CutPrefix(gesture, "retirer-"); {
	case removes:
		line, _ := strconv.Atoi(n)
		v.typed.removeLine(line)
		if v.typed.lines() == 0 {
			v.typed.addLine()
		}
	case gesture == "ajouter":
		v.typed.addLine()
	default:
		return false
	}
	return true
}

// after is where one goes once the step is saved.
func (v stepView) after(complete bool) string {
	step := v.step
	if complete {
		step = funding.Steps[slices.Index(funding.Steps, step)+1]
	}
	return draftAddress(v.draft.Application.ID, step)
}

// field is a field of the step with what was typed and what is wrong.
func (v stepView) field(name, label, hint string) ui.Field {
	return ui.Field{Name: name, Label: content.French(label), Hint: content.French(hint), Value: v.typed[name], Error: web.Says(v.why, name), ReadOnly: v.readOnly()}
}

func (v stepView) readOnly() bool { return v.draft.Role == funding.Reader }

// place is the address of a page of the draft.
func (v stepView) place(name string) string {
	return draftAddress(v.draft.Application.ID, funding.Step(name))
}

func teamLabel(d funding.Draft) string {
	if d.Role == funding.Holder {
		return "Inviter des collègues, voir l’équipe"
	}
	return "Voir l’équipe"
}

// ownOther tells whether the same person saved the step, in another window.
func (v stepView) ownOther() bool { return v.over.Theirs.By == v.page.Viewer.ID }

func (v stepView) overtakenTitle() string {
	if v.ownOther() {
		return "Vous avez écrit ici dans une autre fenêtre"
	}
	return "Un collègue vient d’écrire ici"
}

// savedBy begins the sentence that says when it was saved.
func (v stepView) savedBy() string {
	switch {
	case v.ownOther():
		return "Vous avez enregistré"
	case v.over.Theirs.Name == "":
		return "Quelqu’un a enregistré"
	}
	return v.over.Theirs.Name + " a enregistré"
}

// changedBy is who saved the step meanwhile.
func (v stepView) changedBy() string {
	if v.ownOther() {
		return "vous"
	}
	if v.over.Theirs.Name == "" {
		return "quelqu’un"
	}
	return v.over.Theirs.Name
}

func (v stepView) action() string { return draftAddress(v.draft.Application.ID, v.step) }

// previous is the step before, "" for the first.
func (v stepView) previous() funding.Step {
	i := slices.Index(funding.Steps, v.step)
	if i == 0 {
		return ""
	}
	return funding.Steps[i-1]
}

// stepForm is the id of the form of a step: the buttons of the stepper send it.
const stepForm = "etape"

// stepper says how far each step is.
func (v stepView) stepper() []ui.Step {
	list := make([]ui.Step, len(funding.Steps))
	for i, step := range funding.Steps {
		state := ui.StepTodo
		switch _, saved := v.draft.Saved[step]; {
		case step == v.step:
			state = ui.StepCurrent
		case saved && len(v.draft.Missing(v.draft.Call, step, v.draft.At)) == 0:
			state = ui.StepDone
		case saved:
			state = ui.StepWrong
		}
		list[i] = ui.Step{Number: i + 1, Title: stepTitles[step], Address: draftAddress(v.draft.Application.ID, step), State: state}
		if v.step != funding.StepSubmission && !v.readOnly() {
			list[i].Form, list[i].Name, list[i].Value = stepForm, "geste", goTo(string(step))
		}
	}
	return list
}

// meta says until when one may submit, and who saved the step last.
func (v stepView) meta() []string {
	call := v.draft.Call
	list := []string{lastInstant(call)}
	if call.PhaseAt(v.draft.At) == funding.Closed {
		list = []string{"Guichet clos depuis le " + ui.DateTime(call.End())}
	}
	if saved, ok := v.draft.Saved[v.step]; ok {
		text := "Enregistré le " + ui.Date(saved.At) + " à " + ui.Clock(saved.At)
		if saved.Name != "" && saved.By != v.page.Viewer.ID {
			text += " par " + saved.Name
		}
		list = append(list, text)
	}
	return list
}

func (v stepView) states() []ui.State {
	states := []ui.State{state(funding.DraftState)}
	if v.draft.Call.Demo {
		states = append(states, ui.Demonstration)
	}
	return states
}

// problems are what the summary on top lists.
func (v stepView) problems() []ui.FieldError {
	return web.Named(web.Summary(v.why), func(field string) string { return v.label(strings.TrimPrefix(field, choiceName(""))) })
}

// lineOf is the number of the line that a field belongs to, 0 for none.
func lineOf(field string) int {
	name, number, _ := strings.Cut(field, "-")
	n, err := strconv.Atoi(number)
	if err != nil || !slices.Contains(lineNames, name) {
		return 0
	}
	return n
}

// sheet is the budget as typed.
func (v stepView) sheet() ui.BudgetSheet {
	sheet := ui.BudgetSheet{Rates: rateOptions(), Categories: categoryOptions(), Add: "ajouter", ReadOnly: v.readOnly()}
	said, unread := v.typed.parse(funding.StepBudget)
	lines := said.(funding.Budget).Lines
	for i, l := range lines {
		n := i + 1
		row := ui.BudgetLine{Number: n, Total: "—", Removable: len(lines) > 1}
		row.Wording, row.Category, row.Supplier = v.typed[lineName("wording", n)], v.typed[lineName("category", n)], v.typed[lineName("supplier", n)]
		row.Net, row.VAT, row.Innovative = v.typed[lineName("net", n)], v.typed[lineName("vat", n)], v.typed[lineName("innovative", n)]
		if l.Net.Given {
			row.Total = ui.EurosFull(l.Gross())
		}
		for _, e := range web.Summary(v.why) {
			if lineOf(e.Field) == n {
				row.Errors = append(row.Errors, e)
			}
		}
		sheet.Lines = append(sheet.Lines, row)
	}
	sheet.Total = said.(funding.Budget).Total()
	if len(unread) > 0 {
		sheet.TotalText = "—"
	}
	return sheet
}

// unexpected tells whether the budget is out of the size that the call expects.
func (v stepView) unexpected() bool {
	said, _ := v.typed.parse(funding.StepBudget)
	return said.(funding.Budget).Unexpected(v.draft.Call)
}
