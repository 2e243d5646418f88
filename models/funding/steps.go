package funding

import (
	"slices"
	"strings"

	"passerelle/models"
)

// Step is one page of a draft, as its address and the store name it.
type Step string

// The seven steps. The last one, re-reading and attestations, holds no content.
const (
	StepEligibility  Step = "eligibilite"
	StepOrganisation Step = "organisme"
	StepTeam         Step = "equipe"
	StepProject      Step = "projet"
	StepBudget       Step = "budget"
	StepFinancing    Step = "financement"
	StepSubmission   Step = "depot"
)

// Steps are all, in order.
var Steps = []Step{StepEligibility, StepOrganisation, StepTeam, StepProject, StepBudget, StepFinancing, StepSubmission}

// Content is what one step holds: Answers, Body, Team, Project, Budget or
// Financing.
type Content interface {
	name() Step
	check(c Call, complete bool) models.Problems // what is wrong; missing things only when it must be complete
	fields() []FieldValue
}

// Fields are those of a step with their values, in the order of its form.
func Fields(c Content) []FieldValue { return c.fields() }

// FieldValue is a field of a form with its value: a string of some kind, an
// Amount or a VAT.
type FieldValue struct {
	Field string
	Value any
}

// Body is the applying organisation as the applicant declares it, the second
// step.
type Body struct {
	SIRET      string   `json:"siret"` // 14 digits
	Name       string   `json:"name"`
	Kind       BodyKind `json:"kind"`
	Department string   `json:"department"`
}

func (b Body) name() Step { return StepOrganisation }

func (b Body) check(_ Call, complete bool) models.Problems {
	p := models.Problems{}
	siret, valid := ParseSIRET(b.SIRET)
	p.If(complete && b.SIRET == "", "siret", "text.required")
	p.If(b.SIRET != "" && (!valid || siret != b.SIRET), "siret", "funding.siret")
	text(&p, b.Name, "name", complete, 160)
	choice(&p, b.Kind, "kind", complete, BodyKinds)
	p.If(complete && b.Department == "", "department", "text.required")
	p.If(b.Department != "" && DepartmentName(b.Department) == "", "department", "choice.unknown")
	return p
}

func (b Body) fields() []FieldValue {
	return []FieldValue{{"siret", b.SIRET}, {"name", b.Name}, {"kind", b.Kind}, {"department", b.Department}}
}

// Team is who answers for the project, the third step.
type Team struct {
	HolderFunction  string `json:"holder_function"`
	HolderPhone     string `json:"holder_phone"`
	SponsorName     string `json:"sponsor_name"` // who has the power to decide
	SponsorFunction string `json:"sponsor_function"`
}

func (t Team) name() Step { return StepTeam }

func (t Team) check(_ Call, complete bool) models.Problems {
	p := models.Problems{}
	text(&p, t.HolderFunction, "holder_function", complete, 160)
	p.If(complete && t.HolderPhone == "", "holder_phone", "text.required")
	p.If(t.HolderPhone != "" && !validPhone(t.HolderPhone), "holder_phone", "funding.phone")
	text(&p, t.SponsorName, "sponsor_name", complete, 160)
	text(&p, t.SponsorFunction, "sponsor_function", complete, 160)
	return p
}

func (t Team) fields() []FieldValue {
	return []FieldValue{{"holder_function", t.HolderFunction}, {"holder_phone", t.HolderPhone},
		{"sponsor_name", t.SponsorName}, {"sponsor_function", t.SponsorFunction}}
}

var phoneMarks = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ".", "", "-", "")

// overseas are the country codes of the French territories that have their own.
var overseas = []string{"262", "508", "590", "594", "596", "681", "687", "689"}

// validPhone takes 0 or +33 and nine digits, or the prefix of a territory and
// its six to nine.
func validPhone(typed string) bool {
	s := phoneMarks.Replace(typed)
	if rest, ok := strings.CutPrefix(s, "+"); ok {
		if national, ok := strings.CutPrefix(rest, "33"); ok {
			return digits(national, 9, 9) && national[0] != '0'
		}
		return len(rest) > 3 && slices.Contains(overseas, rest[:3]) && digits(rest[3:], 6, 9)
	}
	return digits(s, 10, 10) && s[0] == '0' && s[1] != '0'
}

func digits(s string, least, most int) bool {
	return len(s) >= least && len(s) <= most && strings.Trim(s, "0123456789") == ""
}

// Project is what is to be tried, the fourth step.
type Project struct {
	Title      string `json:"title"`
	Summary    string `json:"summary"` // public once awarded
	Problem    string `json:"problem"`
	Innovation string `json:"innovation"`
	Theme      string `json:"theme"` // slug of one of the call's
	Start      Date   `json:"start"`
	End        Date   `json:"end"`
}

func (r Project) name() Step { return StepProject }

func (r Project) check(c Call, complete bool) models.Problems {
	p := models.Problems{}
	text(&p, r.Title, "title", complete, 120)
	text(&p, r.Summary, "summary", complete, 500)
	text(&p, r.Problem, "problem", complete, 4000)
	text(&p, r.Innovation, "innovation", complete, 4000)
	p.If(complete && r.Theme == "", "theme", "text.required")
	p.If(r.Theme != "" && c.Details.Theme(r.Theme) == "", "theme", "choice.unknown")
	p.If(complete && r.Start == "", "start", "text.required")
	p.If(complete && r.End == "", "end", "text.required")
	if r.Start != "" && r.End != "" {
		p.If(r.End <= r.Start, "end", "funding.end_before_start")
		p.If(r.End > r.Start.AddMonths(c.Months), "end", "funding.end_late", c.Months)
	}
	return p
}

func (r Project) fields() []FieldValue {
	return []FieldValue{{"title", r.Title}, {"summary", r.Summary}, {"problem", r.Problem}, {"innovation", r.Innovation},
		{"theme", r.Theme}, {"start", r.Start}, {"end", r.End}}
}

// Financing is who pays for the project, the sixth step.
type Financing struct {
	Requested   Amount `json:"requested"`
	Own         Amount `json:"own"`
	Other       Amount `json:"other"` // other funding, if any
	OtherOrigin string `json:"other_origin"`
	Double      Answer `json:"double"` // other public money was asked for this project
	DoubleAid   string `json:"double_aid"`
}

func (f Financing) name() Step { return StepFinancing }

func (f Financing) check(c Call, complete bool) models.Problems {
	p := models.Problems{}
	money(&p, f.Requested, "requested", complete)
	p.If(f.Requested.Given && f.Requested.Cents == 0, "requested", "funding.requested_zero")
	p.If(f.Requested.Cents > c.Cap && f.Requested.Cents <= maxAmount, "requested", "funding.cap", f.Requested.Cents-c.Cap, c.Cap)
	money(&p, f.Own, "own", complete)
	money(&p, f.Other, "other", false)
	text(&p, f.OtherOrigin, "other_origin", complete && f.Other.Cents > 0, 200)
	choice(&p, f.Double, "double", complete, []Answer{Yes, No})
	text(&p, f.DoubleAid, "double_aid", complete && f.Double == Yes, 1000)
	return p
}

func (f Financing) fields() []FieldValue {
	return []FieldValue{{"requested", f.Requested}, {"own", f.Own}, {"other", f.Other}, {"other_origin", f.OtherOrigin},
		{"double", f.Double}, {"double_aid", f.DoubleAid}}
}

// text notes a text that is missing though required, too long or no text.
func text(p *models.Problems, value, field string, required bool, most int) {
	least := 0
	if required {
		least = 1
	}
	p.Text(value, field, least, most)
}

// choice notes a value that is missing though required, or none of those offered.
func choice[T ~string](p *models.Problems, value T, field string, required bool, offered []T) {
	p.If(required && value == "" || value != "" && !slices.Contains(offered, value), field, "choice.unknown")
}

// money notes an amount that is missing though required, or beyond reason.
func money(p *models.Problems, a Amount, field string, required bool) {
	p.If(required && !a.Given, field, "text.required")
	p.If(a.Cents < 0 || a.Cents > maxAmount, field, "funding.amount_range", maxAmount)
}
