package funding

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"passerelle/content"
	"passerelle/models"
	"passerelle/models/modelstest"
)

var ctx = context.Background()

// place is a desk with one open call and the people around it.
type place struct {
	t                              testing.TB
	store                          *models.Store
	clock                          *modelstest.Clock
	desk                           *Desk
	call                           Call
	holder, colleague, outsider    models.Actor
	reviewer, lead, decider, other models.Actor // other: a second decider
}

// callFile is the content of a call with the rules of France Relance.
func callFile() content.Call {
	return content.Call{
		File: content.File{Path: "calls/essai.md", Digest: "1"}, ID: "6f1c2a52-8f6e-4b52-9d0e-0c4d2f3b7a11",
		Slug: "essai", Title: "Guichet d’essai", Summary: "Pour essayer.",
		Opens:    content.Moment{Time: time.Date(2026, 1, 18, 0, 0, 0, 0, models.Paris)},
		Closes:   content.Moment{Time: time.Date(2027, 1, 18, 0, 0, 0, 0, models.Paris)},
		CapCents: 48_000_00, EnvelopeCents: 6_000_000_00, RatePercent: 100, ExpectedMinCents: 20_000_00, ExpectedMaxCents: 100_000_00,
		MaxMonths: 3, InnovativePercent: 50,
		Bearers: []content.Bearer{
			{Kind: "central", Label: "Administration centrale", Verdict: content.Eligible},
			{Kind: "deconcentrated", Label: "Service déconcentré", Verdict: content.Eligible},
			{Kind: "laboratory", Label: "Laboratoire public", Verdict: content.Eligible},
			{Kind: "operator", Label: "Opérateur", Verdict: content.Eligible},
			{Kind: "other", Label: "Autre", Verdict: content.ToCheck},
			{Kind: "local", Label: "Collectivité", Verdict: content.NotEligible},
			{Kind: "company", Label: "Entreprise", Verdict: content.NotEligible},
		},
		Themes: []content.CallTheme{{Slug: "intelligence-artificielle", Label: "Intelligence artificielle"}, {Slug: "cybersecurite", Label: "Cybersécurité"}},
		Rules:  []content.Rule{{Key: "duration", Text: "Le projet donne ses résultats en trois mois au plus.", Source: "LIV"}},
		Body:   "Le texte du guichet.",
	}
}

func open(t testing.TB) *place { return openCall(t, callFile()) }

func openCall(t testing.TB, file content.Call) *place {
	t.Helper()
	store, clock := modelstest.Open(t)
	p := &place{t: t, store: store, clock: clock, desk: New(store)}
	p.load(file)
	for i, who := range []*models.Actor{&p.holder, &p.colleague, &p.outsider, &p.reviewer, &p.lead, &p.decider, &p.other} {
		*who = modelstest.Person(t, store, []string{"porteur", "collegue", "passante", "instructrice", "responsable", "decideur", "decideuse"}[i])
	}
	modelstest.Grant(t, store, p.reviewer, models.Reviewer, p.call.ID)
	modelstest.Grant(t, store, p.lead, models.LeadReviewer, p.call.ID)
	modelstest.Grant(t, store, p.decider, models.Decider, p.call.ID)
	modelstest.Grant(t, store, p.other, models.Decider, p.call.ID)
	return p
}

func (p *place) load(file content.Call) {
	p.t.Helper()
	if _, err := p.desk.LoadCall(ctx, file); err != nil {
		p.t.Fatalf("load the call: %v", err)
	}
	p.view(func(ctx context.Context, tx *models.Tx) (err error) {
		p.call, err = callBy(ctx, tx, "c.key = ?", file.ID)
		return err
	})
}

func (p *place) view(read func(context.Context, *models.Tx) error) {
	p.t.Helper()
	if err := p.store.View(ctx, read); err != nil {
		p.t.Fatal(err)
	}
}

// complete is a content with nothing missing, that asks for amount.
func complete(amount models.Cents) Contents {
	return Contents{
		Answers: Answers{Bearer: Deconcentrated, Team: Yes, Duration: Yes, Innovative: Yes, Public: Yes},
		Body:    Body{SIRET: "00000001800002", Name: "Direction de démonstration A", Kind: Deconcentrated, Department: "35"},
		Team:    Team{HolderFunction: "Cheffe de projet", HolderPhone: "01 02 03 04 05", SponsorName: "Camille Essai", SponsorFunction: "Directrice"},
		Project: Project{Title: "Lire les courriers", Summary: "Trier les courriers reçus.", Problem: "Trop de courriers.", Innovation: "Personne ne le fait.",
			Theme: "intelligence-artificielle", Start: "2027-02-01", End: "2027-04-30"},
		Budget:    Budget{Lines: []Line{{Wording: "Prototype", Category: "developpement", Supplier: "Jeune pousse A", Net: Sum(amount), VAT: 0, Innovative: Yes}}},
		Financing: Financing{Requested: Sum(amount), Own: Sum(0), Double: No},
	}
}

// draft begins a draft and saves each step.
func (p *place) draft(by models.Actor, c Contents) models.ID {
	p.t.Helper()
	id, err := p.desk.Start(ctx, by, p.call.Slug)
	if err != nil {
		p.t.Fatalf("start: %v", err)
	}
	for _, step := range Steps[:6] {
		if err := p.desk.SaveStep(ctx, by, StepSave{Draft: id, Content: c.Of(step)}); err != nil {
			p.t.Fatalf("save %s: %v", step, err)
		}
	}
	return id
}

// submission is what the holder posts on the last page.
func (p *place) submission(id models.ID) Submission {
	p.t.Helper()
	d, err := p.desk.Draft(ctx, p.holderOf(id), id)
	if err != nil {
		p.t.Fatal(err)
	}
	return Submission{Draft: id, Version: d.Application.Version, Attestations: Attestations}
}

func (p *place) holderOf(id models.ID) (by models.Actor) {
	p.t.Helper()
	p.view(func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT holder_id FROM applications WHERE id = ?", id).Scan(&by.ID).Error
	})
	return by
}

// submitted is an application of amount on the desk.
func (p *place) submitted(amount models.Cents) Receipt {
	p.t.Helper()
	return p.submittedBy(p.holder, complete(amount))
}

func (p *place) submittedBy(by models.Actor, c Contents) Receipt {
	p.t.Helper()
	id := p.draft(by, c)
	r, err := p.desk.Submit(ctx, by, p.submission(id))
	if err != nil {
		p.t.Fatalf("submit: %v", err)
	}
	return r
}

// proposed is an application that waits for a decision on amount.
func (p *place) proposed(amount models.Cents) Decision {
	p.t.Helper()
	return p.proposedFor(p.holder, complete(amount))
}

func (p *place) proposedFor(by models.Actor, c Contents) Decision {
	p.t.Helper()
	r, amount := p.submittedBy(by, c), c.Financing.Requested.Cents
	p.must(p.desk.Take(ctx, p.reviewer, r.Number, p.read(r.Number).Version))
	p.must(p.desk.Propose(ctx, p.reviewer, Proposal{Number: r.Number, Version: p.read(r.Number).Version, Amount: amount, Motive: "Projet utile."}))
	return Decision{Number: r.Number, Version: p.read(r.Number).Version, Amount: amount, Motive: "Accordé."}
}

func (p *place) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// want fails unless err is the refusal code.
func (p *place) want(err error, code string) {
	p.t.Helper()
	if got := models.Code(err); got != code {
		p.t.Errorf("got %q (%v), want %q", got, err, code)
	}
}

func (p *place) read(number string) (a Application) {
	p.t.Helper()
	p.view(func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT "+applicationColumns+" FROM applications a WHERE a.number = ?", number).Take(&a).Error
	})
	return a
}

func (p *place) count(query string, args ...any) (n int64) {
	p.t.Helper()
	p.view(func(_ context.Context, tx *models.Tx) error { return tx.DB.Raw(query, args...).Scan(&n).Error })
	return n
}

func (p *place) exec(query string, args ...any) {
	p.t.Helper()
	p.must(p.store.Update(ctx, func(_ context.Context, tx *models.Tx) error { return tx.DB.Exec(query, args...).Error }))
}

// sound fails when the store holds something that it never should.
func (p *place) sound() {
	p.t.Helper()
	faults, err := p.desk.Check(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, f := range faults {
		p.t.Errorf("%s: %s", f.Kind, f.Detail)
	}
}

// changes are the kinds of the feed, in order, about one application.
func (p *place) changes(id models.ID) (kinds []string) {
	p.t.Helper()
	p.view(func(ctx context.Context, tx *models.Tx) error {
		all, err := tx.Changes(ctx, 0, 100_000)
		for _, c := range all {
			if c.Subject == id && (c.Noun() == "application" || c.Noun() == "draft") {
				kinds = append(kinds, c.Kind)
			}
		}
		return err
	})
	return kinds
}

func (p *place) person(i int) models.Actor {
	return modelstest.Person(p.t, p.store, fmt.Sprintf("personne%d", i))
}

func isRefusal(err error) bool {
	var why *models.Error
	return errors.As(err, &why)
}
