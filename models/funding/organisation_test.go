package funding

import (
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

func TestOrganisations(t *testing.T) {
	t.Parallel()
	p := open(t)
	first := p.draft(p.holder, complete(1000_00))
	if n := p.count("SELECT count(*) FROM memberships WHERE account_id = ? AND way = 'declared' AND verified = 0", p.holder.ID); n != 1 {
		t.Error("starting a draft for a SIRET did not declare it")
	}
	// Alone with its organisation, the holder may still correct its name.
	body := complete(1000_00).Body
	body.Name = "Direction A"
	p.must(p.desk.SaveStep(ctx, p.holder, StepSave{Draft: first, Version: 1, Content: body}))
	// Whoever declares the same SIRET afterwards does not rename it, and sees nothing of the first draft.
	c := complete(1000_00)
	c.Body.Name = "Nom d’un autre"
	second := p.draft(p.outsider, c)
	if n := p.count("SELECT count(*) FROM organisations WHERE name = 'Direction A'"); n != 1 {
		t.Error("a mere declaration renamed an organisation")
	}
	list, err := p.desk.Elsewhere(ctx, p.outsider, p.call.Slug)
	p.must(err)
	if len(list) != 0 {
		t.Errorf("a declared member sees the drafts of the organisation: %v", list)
	}
	_, err = p.desk.Draft(ctx, p.outsider, first)
	p.want(err, "funding.unknown")
	organisation := models.ID(p.count("SELECT organisation_id FROM applications WHERE id = ?", first))
	admin := modelstest.Person(t, p.store, "admin")
	p.want(p.desk.Admit(ctx, p.outsider, p.outsider.ID, organisation), "funding.role")
	modelstest.Grant(t, p.store, admin, models.Administrator, 0)
	p.must(p.desk.Admit(ctx, admin, p.outsider.ID, organisation))
	list, err = p.desk.Elsewhere(ctx, p.outsider, p.call.Slug)
	p.must(err)
	if len(list) != 1 || list[0].Holder != "porteur" {
		t.Errorf("a verified member does not see the drafts: %v", list)
	}
	_, err = p.desk.Draft(ctx, p.outsider, first) // it is there; its text is its team's
	p.want(err, "funding.unknown")
	p.must(p.desk.SaveStep(ctx, p.outsider, StepSave{Draft: second, Version: 1, Content: c.Body}))
	if n := p.count("SELECT count(*) FROM organisations WHERE name = 'Nom d’un autre'"); n != 1 {
		t.Error("a verified member could not correct the name")
	}
}

// Whoever declares a SIRET first names nobody's application but their own.
func TestEachApplicationKeepsTheNameItDeclared(t *testing.T) {
	t.Parallel()
	p := open(t)
	named := func(name, department string) Contents {
		c := complete(1000_00)
		c.Body.Name, c.Body.Department = name, department
		return c
	}
	squatter := p.draft(p.outsider, named("Mairie du canular", "75"))
	d := p.proposedFor(p.holder, named("Direction de démonstration A", "35"))
	p.must(p.desk.Grant(ctx, p.decider, d))
	p.must(p.desk.Admit(ctx, models.System, p.outsider.ID, p.read(d.Number).OrganisationID))
	p.must(p.desk.SaveStep(ctx, p.outsider, StepSave{Draft: squatter, Version: 1, Content: named("Encore un canular", "13").Body}))

	const want = "Direction de démonstration A"
	f, err := p.desk.Follow(ctx, p.holder, d.Number)
	p.must(err)
	r, err := p.desk.Review(ctx, p.reviewer, d.Number)
	p.must(err)
	q, err := p.desk.Queue(ctx, p.reviewer, QueueFilter{View: ViewClosed, Says: holds("Direction de")})
	p.must(err)
	own, err := p.desk.Mine(ctx, p.holder)
	p.must(err)
	o, err := p.desk.Overview(ctx, 1)
	p.must(err)
	for where, got := range map[string]string{
		"follow": f.Application.Body, "review": r.Application.Body, "queue": q.Rows[0].Organisation, "mine": own[0].Organisation,
		"public": o.Awards[0].Organisation,
	} {
		if got != want {
			t.Errorf("%s shows %q, want %q", where, got, want)
		}
	}
	if o.Awards[0].Department != "35" {
		t.Errorf("the department became %s", o.Awards[0].Department)
	}
	elsewhere, err := p.desk.Elsewhere(ctx, p.outsider, p.call.Slug)
	p.must(err)
	if len(elsewhere) != 0 {
		t.Errorf("a decided application is listed as a draft: %v", elsewhere)
	}
	// The rules still count on the SIRET: the other one belongs to the same body.
	if a := p.read(d.Number); p.count("SELECT count(*) FROM applications WHERE organisation_id = ?", a.OrganisationID) != 2 {
		t.Error("one SIRET is two organisations")
	}
}
