package fundingpages

import (
	"strconv"
	"strings"

	"passerelle/app/ui"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/funding"
)

// stepTitles are the steps in French, in the stepper and over their pages.
var stepTitles = map[funding.Step]string{
	funding.StepEligibility: "Éligibilité", funding.StepOrganisation: "Organisme", funding.StepTeam: "Équipe", funding.StepProject: "Projet",
	funding.StepBudget: "Budget", funding.StepFinancing: "Financement", funding.StepSubmission: "Relecture et dépôt",
}

var kindLabels = map[funding.BodyKind]string{
	funding.Central: "une administration centrale", funding.Deconcentrated: "un service déconcentré de l’État",
	funding.Laboratory: "un laboratoire public de recherche", funding.Operator: "un opérateur d’un ministère",
	funding.Local: "une collectivité territoriale", funding.Company: "une entreprise", funding.OtherBody: "autre chose, ou je ne sais pas",
}

// kindWord is a kind of body on its own: « Administration centrale ».
func kindWord(kind funding.BodyKind) string {
	label := strings.TrimPrefix(strings.TrimPrefix(kindLabels[kind], "une "), "un ")
	if kind == funding.OtherBody {
		label = "autre organisme"
	}
	return capital(label)
}

func capital(s string) string {
	for i := range s {
		if i > 0 {
			return strings.ToUpper(s[:i]) + s[i:]
		}
	}
	return strings.ToUpper(s)
}

func kindOptions() []ui.Option {
	options := make([]ui.Option, len(funding.BodyKinds))
	for i, kind := range funding.BodyKinds {
		options[i] = ui.Option{Value: string(kind), Label: kindLabels[kind]}
	}
	return options
}

var (
	yesNoUnknown = []ui.Option{{Value: string(funding.Yes), Label: "Oui"}, {Value: string(funding.No), Label: "Non"}, {Value: string(funding.Unknown), Label: "Je ne sais pas encore"}}
	yesNo        = []ui.Option{{Value: string(funding.No), Label: "Non"}, {Value: string(funding.Yes), Label: "Oui"}}
)

// questions are the five of the eligibility test, by the name of their field.
func questions(c funding.Call) []ui.Field {
	return []ui.Field{
		{Name: "bearer", Label: "Votre organisme est…"},
		{Name: "team", Label: "Une équipe de votre organisme pilote-t-elle le projet" + content.French(" ?")},
		{Name: "duration", Label: content.French("L’essai donne-t-il ses résultats en " + months(c.Months) + " au plus ?")},
		{Name: "innovative", Label: content.French("Au moins " + strconv.FormatInt(c.InnovativePercent, 10) + " % des dépenses vont-elles à des entreprises innovantes dont le siège est en France ?")},
		{Name: "public", Label: content.French("Acceptez-vous que les résultats soient rendus publics ?")},
	}
}

// dateHint says how a date is written; others are understood too.
const dateHint = "Jour, mois, année : par exemple 01/03/2027 ou 1/3/2027."

func months(n int) string { return ui.Count(n, "mois", "mois") }

func answerOptions(field string) []ui.Option {
	if field == "bearer" {
		return kindOptions()
	}
	return yesNoUnknown
}

var answerWords = map[funding.Answer]string{funding.Yes: "Oui", funding.No: "Non", funding.Unknown: "À préciser"}

var categoryWords = map[funding.Category]string{
	"etudes": "Études", "developpement": "Développement", "logiciel": "Logiciel", "materiel": "Matériel", "hebergement": "Hébergement",
	"formation": "Formation", "autre": "Autre",
}

func categoryOptions() []ui.Option {
	options := []ui.Option{{Value: "", Label: "à choisir"}}
	for _, c := range funding.Categories {
		options = append(options, ui.Option{Value: string(c), Label: categoryWords[c]})
	}
	return options
}

func rateOptions() []ui.Option {
	options := make([]ui.Option, len(funding.VATs))
	for i, rate := range funding.VATs {
		options[i] = ui.Option{Value: strconv.Itoa(int(rate)), Label: rateWord(rate)}
	}
	return options
}

// rateWord writes a rate of VAT: « 5,5 % ».
func rateWord(rate funding.VAT) string {
	if rate == funding.NoVAT {
		return "—"
	}
	text := strconv.Itoa(int(rate) / 10)
	if rate%10 != 0 {
		text += "," + strconv.Itoa(int(rate)%10)
	}
	return content.French(text + " %")
}

func departmentOptions() []ui.Option {
	options := []ui.Option{{Value: "", Label: "à choisir"}}
	for _, d := range funding.Departments {
		options = append(options, ui.Option{Value: d.Code, Label: d.Code + " " + d.Name})
	}
	return options
}

func themeOptions(c funding.Call) []ui.Option {
	options := []ui.Option{{Value: "", Label: "à choisir"}}
	for _, t := range c.Details.Themes {
		options = append(options, ui.Option{Value: t.Slug, Label: t.Label})
	}
	return options
}

var teamRoles = map[funding.TeamRole]string{funding.Holder: "porteur", funding.CoHolder: "co-porteur", funding.Reader: "lecteur"}

var dropWords = map[funding.DropCode]string{
	funding.Inadmissible: "Irrecevable", funding.Duplicate: "Doublon", funding.Redirected: "Réorienté vers un autre guichet",
	funding.NotComplete: "Incomplet",
}

func dropOptions() []ui.Option {
	options := make([]ui.Option, len(funding.DropCodes))
	for i, code := range funding.DropCodes {
		options[i] = ui.Option{Value: string(code), Label: dropWords[code]}
	}
	return options
}

var attestationWords = map[funding.Attestation]string{
	"exact":       "J’atteste que les informations de ce dossier sont exactes.",
	"mandate":     "J’ai le droit de déposer ce dossier au nom de l’organisme.",
	"publication": "Si l’aide est accordée, j’accepte que le titre, le résumé public, l’organisme et le montant soient publiés.",
}

// happenedWords say what an event was.
var happenedWords = map[funding.Act]string{
	funding.ActStart: "Brouillon commencé", funding.ActSubmit: "Dossier déposé", funding.ActWithdraw: "Dossier retiré",
	funding.ActTake: "Instruction commencée", funding.ActPropose: "Proposition transmise pour décision",
	funding.ActSendBack: "Renvoyé en instruction", funding.ActGrant: "Aide accordée", funding.ActRefuse: "Aide refusée",
	funding.ActDrop: "Dossier classé sans suite",
}

var actorWords = map[string]string{
	"holder": "par le porteur", "co_holder": "par un co-porteur", "reviewer": "par l’instruction", "lead_reviewer": "par l’instruction",
	"decider": "par un décideur",
}

// timeline shows events and checks as they came; with names where the reader
// may know them.
func timeline(events []funding.Happened, checks []funding.MembershipCheck) []ui.Event {
	list := make([]ui.Event, 0, len(events)+len(checks))
	for i, e := range events {
		for len(checks) > 0 && checks[0].At.Before(e.At.Time) {
			list, checks = append(list, checkEvent(checks[0])), checks[1:]
		}
		shown := ui.Event{Date: ui.MomentFull(e.At), Title: happenedWords[e.Act], State: "done", By: actorWords[e.Role]}
		if e.Name != "" {
			shown.By = capital(strings.TrimPrefix(actorWords[e.Role], "par ")) + content.French(" : ") + e.Name
		}
		if i == len(events)-1 && e.To.Undecided() {
			shown.State = "now"
		}
		var body []string
		if e.Code != "" {
			body = append(body, dropWords[funding.DropCode(e.Code)]+".")
		}
		if e.Amount > 0 {
			body = append(body, content.French("Montant : ")+ui.Euros(e.Amount)+".")
		}
		if e.Reason != "" {
			body = append(body, e.Reason)
		}
		if len(body) > 0 {
			shown.Body = paragraphs(strings.Join(body, "\n\n"))
		}
		list = append(list, shown)
	}
	for _, one := range checks {
		list = append(list, checkEvent(one))
	}
	return list
}

func checkEvent(k funding.MembershipCheck) ui.Event {
	shown := ui.Event{Date: ui.MomentFull(k.At), Title: "Rattachement du porteur vérifié", State: "done", By: "par l’instruction"}
	if k.Name != "" {
		shown.By = content.French("L’instruction : ") + k.Name
	}
	if k.Note != "" {
		shown.Body = paragraphs(k.Note)
	}
	return shown
}

// callState is the badge of a call.
func callState(phase funding.Phase) ui.State {
	switch phase {
	case funding.Open:
		return ui.CallOpen
	case funding.Coming:
		return ui.CallComing
	}
	return ui.CallClosed
}

func callStates(phase funding.Phase, demo bool) []ui.State {
	states := []ui.State{callState(phase)}
	if demo {
		states = append(states, ui.Demonstration)
	}
	return states
}

// state is the badge of an application.
func state(s funding.State) ui.State { return ui.ApplicationState(string(s)) }

func callAddress(slug string) string { return "/financement/" + slug }

func draftAddress(id models.ID, step funding.Step) string {
	return "/dossiers/brouillons/" + id.String() + "/" + string(step)
}

// splitParagraphs cuts a plain text where it has empty lines.
func splitParagraphs(text string) []string {
	var list []string
	for _, part := range strings.Split(text, "\n\n") {
		if strings.TrimSpace(part) != "" {
			list = append(list, strings.TrimSpace(part))
		}
	}
	return list
}
