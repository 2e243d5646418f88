package funding

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"passerelle/models"
)

// Frozen is a submitted content. Its RFC 8785 JSON is what the receipt hashes.
// The holder is an account's id, not a name: who leaves the portal leaves no
// name in it.
type Frozen struct {
	Number       string        `json:"number"`
	Version      int           `json:"version"`
	SubmittedAt  string        `json:"submitted_at"` // UTC
	Call         string        `json:"call"`         // slug
	CallTitle    string        `json:"call_title"`
	Holder       models.ID     `json:"holder"`
	Eligibility  Outcome       `json:"eligibility"`
	Answers      Answers       `json:"answers"`
	Body         Body          `json:"organisation"`
	Team         Team          `json:"team"`
	Project      Project       `json:"project"`
	Lines        []frozenLine  `json:"lines"`
	Total        models.Cents  `json:"total_cents"`
	Innovative   models.Cents  `json:"innovative_cents"`
	Financing    Financing     `json:"financing"`
	Attestations []Attestation `json:"attestations"`
}

type frozenLine struct {
	Line
	Gross models.Cents `json:"gross_cents"`
}

// freeze writes what is submitted under a receipt, and its SHA-256.
func (d Draft) freeze(r Receipt) (content, hash string, err error) {
	lines := make([]frozenLine, len(d.Budget.Lines))
	for i, l := range d.Budget.Lines {
		lines[i] = frozenLine{l, l.Gross()}
	}
	text, err := canonical(Frozen{
		Number: r.Number, Version: r.Version, SubmittedAt: r.SubmittedAt.UTC().Format(instant), Call: d.Call.Slug, CallTitle: d.Call.Title,
		Holder: d.Application.HolderID, Eligibility: d.Call.Judge(d.Answers).Outcome, Answers: d.Answers, Body: d.Body, Team: d.Team,
		Project: d.Project, Lines: lines, Total: d.Budget.Total(), Innovative: d.Budget.Innovative(), Financing: d.Financing,
		Attestations: Attestations,
	})
	if err != nil {
		return "", "", err
	}
	return string(text), hashOf(string(text)), nil
}

// hashOf is the SHA-256 of a frozen content.
func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// Frozen reads the content back.
func (r Receipt) Frozen() (f Frozen, err error) {
	if err := json.Unmarshal([]byte(r.Content), &f); err != nil {
		return Frozen{}, fmt.Errorf("read submission %s: %w", r.Number, err)
	}
	return f, nil
}

// Budget are the lines of a frozen content.
func (f Frozen) Budget() Budget {
	b := Budget{Lines: make([]Line, len(f.Lines))}
	for i, l := range f.Lines {
		b.Lines[i] = l.Line
	}
	return b
}

// Contents are the six steps as they were frozen.
func (f Frozen) Contents() Contents {
	return Contents{Answers: f.Answers, Body: f.Body, Team: f.Team, Project: f.Project, Budget: f.Budget(), Financing: f.Financing}
}
