package fundingpages

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/ui"
	"passerelle/app/web"
	"passerelle/models"
	"passerelle/models/funding"
)

// typed is a form as it was typed, by the name of its fields.
type typed map[string]string

// fieldNames are those of each step but the budget.
var fieldNames = map[funding.Step][]string{
	funding.StepEligibility:  {"bearer", "team", "duration", "innovative", "public"},
	funding.StepOrganisation: {"siret", "name", "kind", "department"},
	funding.StepTeam:         {"holder_function", "holder_phone", "sponsor_name", "sponsor_function"},
	funding.StepProject:      {"title", "summary", "problem", "innovation", "theme", "start", "end"},
	funding.StepFinancing:    {"requested", "own", "other", "other_origin", "double", "double_aid"},
}

// lineNames are those of a line of the budget, before its number.
var lineNames = []string{"wording", "category", "supplier", "net", "vat", "innovative"}

// longTexts keep their line ends and spaces.
var longTexts = map[string]bool{"motive": true, "note": true, "summary": true, "problem": true, "innovation": true, "double_aid": true}

// mostLines bounds the lines that a form may hold.
const mostLines = 60

// readTyped reads the form of a step.
func readTyped(c *fiber.Ctx, step funding.Step) typed {
	t := typed{}
	if step == funding.StepBudget {
		for n := 1; n <= mostLines && c.Request().PostArgs().Has(lineName("wording", n)); n++ {
			for _, name := range lineNames {
				t[lineName(name, n)] = web.Line(c, lineName(name, n))
			}
		}
		return t
	}
	for _, name := range fieldNames[step] {
		if longTexts[name] {
			t[name] = web.Field(c, name)
		} else {
			t[name] = web.Line(c, name)
		}
	}
	return t
}

// show writes what a step holds as one would type it.
func show(content funding.Content) typed {
	t := typed{}
	for _, f := range funding.Fields(content) {
		t[f.Field] = shown(f.Value)
	}
	return t
}

// shown is one value as one would type it.
func shown(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case funding.BodyKind:
		return string(v)
	case funding.Answer:
		return string(v)
	case funding.Category:
		return string(v)
	case funding.Date:
		if t, err := time.Parse(time.DateOnly, string(v)); err == nil {
			return t.Format("02/01/2006")
		}
		return string(v)
	case funding.Amount:
		if !v.Given {
			return ""
		}
		return ui.AmountFull(v.Cents)
	case funding.VAT:
		if v == funding.NoVAT {
			return ""
		}
		return strconv.Itoa(int(v))
	}
	return ""
}

// parse reads a step from what was typed, with what cannot be read at all.
func (t typed) parse(step funding.Step) (funding.Content, models.Problems) {
	p := models.Problems{}
	switch step {
	case funding.StepEligibility:
		return t.answers(), p
	case funding.StepOrganisation:
		siret, ok := funding.ParseSIRET(t["siret"])
		if !ok {
			siret = t["siret"]
		}
		return funding.Body{SIRET: siret, Name: t["name"], Kind: funding.BodyKind(t["kind"]), Department: t["department"]}, p
	case funding.StepTeam:
		return funding.Team{HolderFunction: t["holder_function"], HolderPhone: t["holder_phone"], SponsorName: t["sponsor_name"],
			SponsorFunction: t["sponsor_function"]}, p
	case funding.StepProject:
		return funding.Project{Title: t["title"], Summary: t["summary"], Problem: t["problem"], Innovation: t["innovation"], Theme: t["theme"],
			Start: t.date(&p, "start"), End: t.date(&p, "end")}, p
	case funding.StepBudget:
		var b funding.Budget
		for n := 1; n <= t.lines(); n++ {
			b.Lines = append(b.Lines, t.line(&p, n))
		}
		return b, p
	}
	return funding.Financing{Requested: t.amount(&p, "requested"), Own: t.amount(&p, "own"), Other: t.amount(&p, "other"),
		OtherOrigin: t["other_origin"], Double: funding.Answer(t["double"]), DoubleAid: t["double_aid"]}, p
}

func (t typed) answers() funding.Answers {
	return funding.Answers{Bearer: funding.BodyKind(t["bearer"]), Team: funding.Answer(t["team"]), Duration: funding.Answer(t["duration"]),
		Innovative: funding.Answer(t["innovative"]), Public: funding.Answer(t["public"])}
}

func (t typed) date(p *models.Problems, name string) funding.Date {
	if t[name] == "" {
		return ""
	}
	day, ok := funding.ParseDate(t[name])
	p.If(!ok, name, "funding.date")
	return day
}

func (t typed) amount(p *models.Problems, name string) funding.Amount {
	cents, code := ui.ParseEuros(t[name])
	switch code {
	case "":
		return funding.Sum(cents)
	case "text.required": // whether it is, the desk knows
		return funding.Amount{}
	}
	p.If(true, name, code, brief(t[name]))
	return funding.Amount{}
}

// brief is a typed text short enough to be said again in a sentence.
func brief(text string) string {
	text = strings.ToValidUTF8(text, "")
	if utf8.RuneCountInString(text) <= 20 {
		return text
	}
	return string([]rune(text)[:20]) + "…"
}

func lineName(name string, n int) string { return name + "-" + strconv.Itoa(n) }

// lines is how many lines of a budget were typed.
func (t typed) lines() int {
	for n := 1; ; n++ {
		if _, ok := t[lineName("wording", n)]; !ok {
			return n - 1
		}
	}
}

func (t typed) line(p *models.Problems, n int) funding.Line {
	rate := funding.NoVAT
	if per, err := strconv.Atoi(t[lineName("vat", n)]); err == nil && per >= 0 {
		rate = funding.VAT(per)
	}
	return funding.Line{
		Wording: t[lineName("wording", n)], Category: funding.Category(t[lineName("category", n)]), Supplier: t[lineName("supplier", n)],
		Net: t.amount(p, lineName("net", n)), VAT: rate, Innovative: funding.Answer(t[lineName("innovative", n)]),
	}
}

// blank tells whether nothing was typed into a line: its rate is preset.
func (t typed) blank(n int) bool {
	for _, name := range lineNames {
		if name != "vat" && t[lineName(name, n)] != "" {
			return false
		}
	}
	return true
}

// addLine puts an empty line at the end.
func (t typed) addLine() {
	n := t.lines() + 1
	for _, name := range lineNames {
		t[lineName(name, n)] = ""
	}
	t[lineName("vat", n)] = "200"
}

// removeLine takes the n-th line out; those after it move up.
func (t typed) removeLine(n int) {
	last := t.lines()
	if n < 1 || n > last {
		return
	}
	for ; n <= last; n++ {
		for _, name := range lineNames {
			if n == last {
				delete(t, lineName(name, n))
				continue
			}
			t[lineName(name, n)] = t[lineName(name, n+1)]
		}
	}
}

// dropBlankLines takes out the lines in which nothing was typed.
func (t typed) dropBlankLines() {
	for n := t.lines(); n > 0; n-- {
		if t.blank(n) {
			t.removeLine(n)
		}
	}
}

// merge puts what cannot be read before what the desk finds wrong, one problem
// a field.
func merge(unread, wrong models.Problems) models.Problems {
	p := append(models.Problems{}, unread...)
	for _, w := range wrong {
		if (&models.Error{Fields: unread}).Field(w.Field) == nil {
			p = append(p, w)
		}
	}
	return p
}
