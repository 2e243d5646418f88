package fundingpages

import (
	"strings"

	"passerelle/app/ui"
	"passerelle/content"
	"passerelle/models/funding"
)

// given is a text, or what stands for one that is still missing.
func given(text string) string {
	if text == "" {
		return "À remplir"
	}
	return text
}

func joined(parts ...string) string {
	var list []string
	for _, part := range parts {
		if part != "" {
			list = append(list, part)
		}
	}
	return strings.Join(list, ", ")
}

// siret writes a number in its groups: « 130 025 265 00013 ».
func siret(number string) string {
	if len(number) != 14 {
		return number
	}
	return number[:3] + "\u202f" + number[3:6] + "\u202f" + number[6:9] + "\u202f" + number[9:]
}

func kindOr(kind funding.BodyKind) string {
	if kind == "" {
		return ""
	}
	return kindWord(kind)
}

func department(code string) string {
	if code == "" {
		return ""
	}
	return funding.DepartmentName(code) + " (" + code + ")"
}

func dates(p funding.Project) string {
	if p.Start == "" || p.End == "" {
		return ""
	}
	return "du " + ui.Date(p.Start.Start()) + " au " + ui.Date(p.End.Start())
}

func amount(a funding.Amount) string {
	if !a.Given {
		return "—"
	}
	return ui.EurosFull(a.Cents)
}

func answerFacts(call funding.Call, a funding.Answers) []ui.Fact {
	facts := []ui.Fact{{Label: "Nature de l’organisme", Text: given(kindOr(a.Bearer))}}
	for _, q := range []struct {
		label  string
		answer funding.Answer
	}{
		{"Équipe interne qui pilote", a.Team}, {"Résultats en " + months(call.Months) + " au plus", a.Duration},
		{"Part des entreprises innovantes", a.Innovative}, {"Résultats publics", a.Public},
	} {
		facts = append(facts, ui.Fact{Label: q.label, Text: given(answerWords[q.answer])})
	}
	return facts
}

func financingFacts(f funding.Financing) []ui.Fact {
	facts := []ui.Fact{{Label: "Montant demandé", Text: amount(f.Requested)}, {Label: "Fonds propres", Text: amount(f.Own)}}
	if f.Other.Cents > 0 {
		facts = append(facts, ui.Fact{Label: "Autres financements", Text: joined(amount(f.Other), f.OtherOrigin)})
	}
	facts = append(facts, ui.Fact{Label: "Autre aide publique demandée", Text: given(answerWords[f.Double])})
	if f.DoubleAid != "" {
		facts = append(facts, ui.Fact{Label: "Cette autre aide", Body: paragraphs(f.DoubleAid)})
	}
	return facts
}

// innovativeShare says which part of a budget goes to innovative companies.
func innovativeShare(b funding.Budget) string {
	total := b.Total()
	if total <= 0 {
		return ""
	}
	return content.French("dont " + ui.Number(int(b.Innovative()*100/total)) + " % à des entreprises innovantes, siège en France")
}
