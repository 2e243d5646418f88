package funding

import (
	"encoding/json"
	"fmt"
	"slices"

	"passerelle/models"
)

// Amount is a sum of money that may not have been given yet.
type Amount struct {
	Cents models.Cents
	Given bool
}

// Sum is an amount that was given.
func Sum(c models.Cents) Amount { return Amount{Cents: c, Given: true} }

// MarshalJSON writes the cents, or null.
func (a Amount) MarshalJSON() ([]byte, error) {
	if !a.Given {
		return []byte("null"), nil
	}
	return json.Marshal(a.Cents)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (a *Amount) UnmarshalJSON(text []byte) error {
	*a = Amount{}
	if string(text) == "null" {
		return nil
	}
	a.Given = true
	return json.Unmarshal(text, &a.Cents)
}

// maxAmount keeps every sum of a budget far inside 64 bits: a milliard euros.
const maxAmount models.Cents = 1_000_000_000_00

// VAT is a rate in per mille, as in article 278 and following of the code
// général des impôts: 0, 21, 55, 100, 200.
type VAT int

// NoVAT stands for a rate that was not chosen yet.
const NoVAT VAT = -1

// VATs are the rates of a budget line.
var VATs = []VAT{200, 100, 55, 21, 0}

// Category is what a line pays for.
type Category string

// Categories are those of a budget line.
var Categories = []Category{"etudes", "developpement", "logiciel", "materiel", "hebergement", "formation", "autre"}

// Line is one expense of a budget.
type Line struct {
	Wording    string   `json:"wording"`
	Category   Category `json:"category"`
	Supplier   string   `json:"supplier"`
	Net        Amount   `json:"net"` // without VAT
	VAT        VAT      `json:"vat"`
	Innovative Answer   `json:"innovative"` // an innovative company with its head office in France
}

// Gross is the line with its VAT, rounded half up to the cent.
func (l Line) Gross() models.Cents {
	if l.VAT < 0 {
		return l.Net.Cents
	}
	return l.Net.Cents + (l.Net.Cents*models.Cents(l.VAT)+500)/1000
}

// Budget is the list of expenses, the fifth step of a draft.
type Budget struct {
	Lines []Line `json:"lines"`
}

// maxLines is more than any experiment of three months needs.
const maxLines = 40

// Total is the sum of the lines.
func (b Budget) Total() models.Cents {
	var total models.Cents
	for _, l := range b.Lines {
		total += l.Gross()
	}
	return total
}

// Innovative is the part of the total that goes to innovative companies with
// their head office in France.
func (b Budget) Innovative() models.Cents {
	var part models.Cents
	for _, l := range b.Lines {
		if l.Innovative == Yes {
			part += l.Gross()
		}
	}
	return part
}

// MeetsShare tells whether the innovative part reaches the share of the call:
// in whole numbers, so that half exactly is half.
func (b Budget) MeetsShare(percent int64) bool {
	return 100*b.Innovative() >= models.Cents(percent)*b.Total()
}

// Unexpected tells whether the total lies outside the size that the call
// expects: a warning, never a refusal.
func (b Budget) Unexpected(c Call) bool {
	total := b.Total()
	return total > 0 && c.ExpectedMax > 0 && (total < c.ExpectedMin || total > c.ExpectedMax)
}

func (b Budget) name() Step { return StepBudget }

func (b Budget) check(c Call, complete bool) models.Problems {
	p := models.Problems{}
	p.If(len(b.Lines) > maxLines, "lines", "funding.lines_many", maxLines)
	p.If(complete && len(b.Lines) == 0, "lines", "funding.lines_none")
	for i, l := range b.Lines[:min(len(b.Lines), maxLines)] {
		l.check(&p, i+1, complete)
	}
	p.If(complete && len(p) == 0 && !b.MeetsShare(c.InnovativePercent), "lines", "funding.share", c.InnovativePercent, b.Innovative(), b.Total())
	return p
}

// lineField is the name of a field of the n-th line.
func lineField(field string, n int) string { return fmt.Sprintf("%s-%d", field, n) }

func (l Line) check(p *models.Problems, n int, complete bool) {
	text(p, l.Wording, lineField("wording", n), complete, 200)
	choice(p, l.Category, lineField("category", n), complete, Categories)
	text(p, l.Supplier, lineField("supplier", n), complete, 200)
	money(p, l.Net, lineField("net", n), complete)
	p.If(l.Net.Given && l.Net.Cents == 0, lineField("net", n), "funding.net_zero")
	p.If(l.VAT != NoVAT && !slices.Contains(VATs, l.VAT) || complete && l.VAT == NoVAT, lineField("vat", n), "choice.unknown")
	choice(p, l.Innovative, lineField("innovative", n), complete, []Answer{Yes, No})
}

func (b Budget) fields() []FieldValue {
	var list []FieldValue
	for i, l := range b.Lines {
		for _, f := range l.fields() {
			list = append(list, FieldValue{lineField(f.Field, i+1), f.Value})
		}
	}
	return list
}

func (l Line) fields() []FieldValue {
	return []FieldValue{{"wording", l.Wording}, {"category", l.Category}, {"supplier", l.Supplier}, {"net", l.Net}, {"vat", l.VAT}, {"innovative", l.Innovative}}
}
