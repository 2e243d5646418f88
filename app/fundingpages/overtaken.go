package fundingpages

import (
	"maps"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/funding"
)

// choice is a field with both its values, of which one is kept.
type choice struct {
	field        string // of the form
	label        string
	mine, theirs string
}

// toChoose are differences as choices. Nothing is chosen beforehand.
func (v stepView) toChoose(differences []funding.Difference) []choice {
	list := make([]choice, len(differences))
	for i, d := range differences {
		list[i] = choice{field: d.Field, label: v.label(d.Field), mine: v.said(d.Mine), theirs: v.said(d.Theirs)}
	}
	return list
}

// taken says what only somebody else changed, and to what.
func (v stepView) taken() []string {
	list := make([]string, len(v.over.Taken))
	for i, d := range v.over.Taken {
		list[i] = content.French(v.label(d.Field) + " : « " + v.said(d.Theirs) + " »")
	}
	return list
}

func saidLine(l funding.Line) string {
	return joined(given(l.Wording), l.Supplier, amount(l.Net)+" hors taxes")
}

// said is a value in words.
func (v stepView) said(value any) string {
	switch one := value.(type) {
	case funding.Line:
		return saidLine(one)
	case funding.Budget:
		lines := make([]string, len(one.Lines))
		for i, l := range one.Lines {
			lines[i] = saidLine(l)
		}
		return content.French(ui.Count(len(lines), "ligne", "lignes") + " : " + strings.Join(lines, " ; "))
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
	if field == "lines" {
		return "Le budget entier"
	}
	if n, whole := strings.CutPrefix(field, "line-"); whole {
		return "Ligne " + n + " du budget"
	}
	if n := lineOf(field); n > 0 {
		name := field[:len(field)-len(strconv.Itoa(n))-1]
		return labels[name] + ", ligne " + strconv.Itoa(n)
	}
	return labels[field]
}

// choose takes theirs where whoever sends the form chose it, and refuses a form
// in which a choice that was asked for was not made.
func (v *stepView) choose(c *fiber.Ctx) error {
	stored := show(v.draft.Of(v.step))
	p := models.Problems{}
	for _, field := range strings.Fields(web.Line(c, "choix")) {
		switch web.Line(c, choiceName(field)) {
		case "mienne":
		case "sienne":
			v.takeTheirs(field, stored)
		default:
			if v.label(field) == "" {
				continue // no field of ours
			}
			p.If(true, choiceName(field), "choice.unknown")
			v.choices = append(v.choices, choice{field: field, label: v.label(field), mine: v.saidTyped(field, v.typed), theirs: v.saidTyped(field, stored)})
		}
	}
	return p.Err()
}

// choiceName is the name of the radios that choose a field.
func choiceName(field string) string { return "choix-" + field }

// asked are the fields to choose, as the form carries them along.
func (v stepView) asked() string {
	names := make([]string, len(v.choices))
	for i, one := range v.choices {
		names[i] = one.field
	}
	return strings.Join(names, " ")
}

// takeTheirs puts what is stored in place of a field, a line or the whole budget.
func (v stepView) takeTheirs(field string, stored typed) {
	if number, whole := strings.CutPrefix(field, "line-"); whole {
		for _, name := range lineNames {
			if value, known := stored[name+"-"+number]; known {
				v.typed[name+"-"+number] = value
			}
		}
		return
	}
	if field == "lines" {
		clear(v.typed)
		maps.Copy(v.typed, stored)
		return
	}
	if _, known := v.typed[field]; known {
		v.typed[field] = stored[field]
	}
}

// saidTyped is a field of a form in words.
func (v stepView) saidTyped(field string, in typed) string {
	said, _ := in.parse(v.step)
	budget, isBudget := said.(funding.Budget)
	if number, whole := strings.CutPrefix(field, "line-"); whole {
		if n, err := strconv.Atoi(number); err == nil && isBudget && n > 0 && n <= len(budget.Lines) {
			return saidLine(budget.Lines[n-1])
		}
	}
	if field == "lines" && isBudget {
		return v.said(budget)
	}
	for _, f := range funding.Fields(said) {
		if f.Field == field {
			return v.said(f.Value)
		}
	}
	return "rien"
}
