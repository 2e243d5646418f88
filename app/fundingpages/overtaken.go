package fundingpages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models/funding"
)

// choice is a field with both its values, of which one is kept.
type choice struct {
	field        string // of the form; the radio's name has « choix- » before
	label        string
	mine, theirs string
}

// choices are what the second to save has to choose between. A line of the
// budget that only one side has is kept or left as a whole.
func (v stepView) choices() []choice {
	var list []choice
	for _, d := range v.over.Differences {
		n := lineOf(d.Field)
		oneSided := n > 0 && (d.Mine == nil || d.Theirs == nil)
		if oneSided && d.Field != lineName("wording", n) {
			continue
		}
		one := choice{field: d.Field, label: v.label(d.Field), mine: v.said(d.Mine), theirs: v.said(d.Theirs)}
		if oneSided {
			one.label = "Ligne " + strconv.Itoa(n) + " du budget"
			one.mine, one.theirs = v.wholeLine(d.Mine, v.typed, n), v.wholeLine(d.Theirs, show(v.over.Now.Budget), n)
		}
		list = append(list, one)
	}
	return list
}

func (v stepView) wholeLine(value any, in typed, n int) string {
	if value == nil {
		return "pas de ligne"
	}
	return in[lineName("wording", n)] + ", " + in[lineName("supplier", n)] + ", " + in[lineName("net", n)] + content.French(" € hors taxes")
}

// said is a value in words.
func (v stepView) said(value any) string {
	switch one := value.(type) {
	case funding.BodyKind:
		return kindWord(one)
	case funding.Answer:
		return answerWords[one]
	case funding.Category:
		return categoryWords[one]
	case funding.VAT:
		return rateWord(one)
	case funding.Amount:
		if one.Given {
			return ui.EurosFull(one.Cents)
		}
	}
	if text := shown(value); text != "" {
		if theme := v.draft.Call.Details.Theme(text); theme != "" {
			return theme
		}
		return text
	}
	return "rien"
}

var labels = map[string]string{
	"siret": "SIRET", "name": "Nom de l’organisme", "kind": "Nature de l’organisme", "department": "Département",
	"holder_function": "Votre fonction", "holder_phone": "Votre téléphone", "sponsor_name": "Nom du commanditaire",
	"sponsor_function": "Fonction du commanditaire", "title": "Titre du projet", "summary": "Résumé public", "problem": "Problème à résoudre",
	"innovation": "Ce qui est nouveau", "theme": "Thème", "start": "Début", "end": "Fin", "requested": "Montant demandé",
	"own": "Fonds propres", "other": "Autres financements", "other_origin": "Origine des autres financements",
	"double": "Autre aide publique", "double_aid": "Cette autre aide", "wording": "Libellé", "category": "Catégorie",
	"supplier": "Prestataire", "net": "Hors taxes", "vat": "TVA", "innovative": "Entreprise innovante, siège en France",
}

// label is what a field is called.
func (v stepView) label(field string) string {
	if v.step == funding.StepEligibility {
		for _, q := range questions(v.draft.Call) {
			if q.Name == field {
				return q.Label
			}
		}
	}
	if n := lineOf(field); n > 0 {
		name := field[:len(field)-len(strconv.Itoa(n))-1]
		return labels[name] + ", ligne " + strconv.Itoa(n)
	}
	return labels[field]
}

// choose takes theirs where whoever sends the form chose it.
func (v stepView) choose(c *fiber.Ctx) {
	stored := show(v.draft.Of(v.step))
	theirs := func(field string) bool { return web.Line(c, "choix-"+field) == "sienne" }
	for field, value := range stored {
		if _, known := v.typed[field]; known && theirs(field) {
			v.typed[field] = value
		}
	}
	if v.step != funding.StepBudget {
		return
	}
	own := v.typed.lines()
	for n := own; n > stored.lines(); n-- {
		if theirs(lineName("wording", n)) {
			v.typed.removeLine(n)
		}
	}
	for n := own + 1; n <= stored.lines(); n++ {
		if theirs(lineName("wording", n)) {
			v.typed.addLine()
			for _, name := range lineNames {
				v.typed[lineName(name, v.typed.lines())] = stored[lineName(name, n)]
			}
		}
	}
}
