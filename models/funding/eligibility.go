package funding

import (
	"passerelle/content"
	"passerelle/models"
)

// BodyKind is what sort of body applies, as it declares itself.
type BodyKind string

// The kinds of bearers; a call lists those it is open to.
const (
	Central        BodyKind = "central"        // central administration
	Deconcentrated BodyKind = "deconcentrated" // its services in the territories
	Laboratory     BodyKind = "laboratory"     // public research laboratory
	Operator       BodyKind = "operator"       // operator of a ministry
	Local          BodyKind = "local"          // local authority
	Company        BodyKind = "company"
	OtherBody      BodyKind = "other" // or not known: a person will check
)

// BodyKinds are all kinds, in the order of the form.
var BodyKinds = []BodyKind{Central, Deconcentrated, Laboratory, Operator, Local, Company, OtherBody}

// Answer is yes, no, or not known; empty while not given.
type Answer string

// The answers to a question of the eligibility test.
const (
	Yes     Answer = "oui"
	No      Answer = "non"
	Unknown Answer = "inconnu"
)

// Answers are the five of the eligibility test, the first step of a draft.
type Answers struct {
	Bearer     BodyKind `json:"bearer"`     // kind of body
	Team       Answer   `json:"team"`       // an internal team pilots
	Duration   Answer   `json:"duration"`   // results within the call's months
	Innovative Answer   `json:"innovative"` // the call's share goes to innovative companies in France
	Public     Answer   `json:"public"`     // results may be published
}

// Outcome is the verdict of the eligibility test.
type Outcome string

// The outcomes. ToCheck is for a person of the desk, never a refusal.
const (
	Eligible    Outcome = "eligible"
	ToCheck     Outcome = "to_check"
	NotEligible Outcome = "not_eligible"
)

// Verdict is an outcome with the rules that led to it, each under the name of
// the answer that it is about.
type Verdict struct {
	Outcome Outcome
	Rules   models.Problems
}

// Judge tells whether complete answers meet the rules of a call. It quotes
// each rule in the words of the call, where the call has them.
func (c Call) Judge(a Answers) Verdict {
	var against, unsure models.Problems
	switch c.Details.Bearer(a.Bearer).Verdict {
	case content.Eligible:
	case content.NotEligible:
		quote(&against, "bearer", "rule", c.Details.Rule("bearer"))
	default:
		quote(&unsure, "bearer", "check", c.Details.Rule("bearer"))
	}
	for _, q := range []struct {
		field  string
		answer Answer
	}{
		{"team", a.Team}, {"duration", a.Duration}, {"innovative", a.Innovative}, {"public", a.Public},
	} {
		switch q.answer {
		case Yes:
		case No:
			quote(&against, q.field, "rule", c.Details.Rule(q.field))
		default:
			quote(&unsure, q.field, "check", c.Details.Rule(q.field))
		}
	}
	switch {
	case len(against) > 0:
		return Verdict{NotEligible, against}
	case len(unsure) > 0:
		return Verdict{ToCheck, unsure}
	}
	return Verdict{Outcome: Eligible}
}

// quote notes a rule: in the call's words, or in ours by its name.
func quote(p *models.Problems, field, what, words string) {
	if words == "" {
		p.If(true, field, "funding."+what+"_"+field)
		return
	}
	p.If(true, field, "funding."+what+"_quoted", words)
}

// Check refuses answers that are missing, or that no question offers.
func (a Answers) Check() error { return a.check(Call{}, true).Err() }

func (a Answers) name() Step { return StepEligibility }

func (a Answers) check(_ Call, complete bool) models.Problems {
	p := models.Problems{}
	choice(&p, a.Bearer, "bearer", complete, BodyKinds)
	for _, q := range a.fields()[1:] {
		choice(&p, q.Value.(Answer), q.Field, complete, []Answer{Yes, No, Unknown})
	}
	return p
}

func (a Answers) fields() []FieldValue {
	return []FieldValue{
		{"bearer", a.Bearer}, {"team", a.Team}, {"duration", a.Duration}, {"innovative", a.Innovative}, {"public", a.Public},
	}
}
