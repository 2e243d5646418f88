package funding

import (
	"context"
	"strings"
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

func TestVerifyingAMembership(t *testing.T) {
	t.Parallel()
	p := open(t)
	d := p.proposed(1000_00)
	second := modelstest.Person(t, p.store, "instructeur2")
	modelstest.Grant(t, p.store, second, models.Reviewer, p.call.ID)
	for _, tt := range []struct {
		name string
		by   models.Actor
		note string
		want string
	}{
		{"outsider", p.outsider, "Annuaire.", "funding.unknown"},
		{"holder", p.holder, "Annuaire.", "funding.unknown"},
		{"decider", p.decider, "Annuaire.", "funding.role"},
		{"reviewer of another", second, "Annuaire.", "funding.not_assigned"},
		{"no note", p.reviewer, " ", "text.required"},
		{"endless note", p.reviewer, strings.Repeat("a", maxNote+1), "text.long"},
		{"reviewer", p.reviewer, "Annuaire de l’organisme.", ""},
		{"once more", p.lead, "Annuaire.", "funding.nothing_to_verify"},
	} {
		if got := models.Code(p.desk.Verify(ctx, tt.by, d.Number, tt.note)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	r, err := p.desk.Review(ctx, p.decider, d.Number)
	p.must(err)
	if !r.Membership.Verified || r.Membership.Way != "declared" || r.Membership.Domain != "example.org" || r.May.Verify {
		t.Errorf("%+v", r.Membership)
	}
	if len(r.Checks) != 1 || r.Checks[0].Note != "Annuaire de l’organisme." || r.Checks[0].Name != "instructrice" {
		t.Errorf("%+v", r.Checks)
	}
	f, err := p.desk.Follow(ctx, p.holder, d.Number)
	p.must(err)
	if len(f.Checks) != 1 || f.Checks[0].Note != "" || f.Checks[0].Name != "" {
		t.Errorf("the applicant reads how it was checked: %+v", f.Checks)
	}
	// It is no transition: what was proposed may still be decided.
	p.must(p.desk.Grant(ctx, p.decider, d))
	if err := p.store.Update(ctx, func(_ context.Context, tx *models.Tx) error { return tx.DB.Exec("DELETE FROM membership_checks").Error }); err == nil {
		t.Error("a check can be deleted")
	}
	p.sound()
}

// A check is for an application under review, never of one's own organisation.
func TestWhatIsNotVerified(t *testing.T) {
	t.Parallel()
	p := open(t)
	granted := p.proposed(1000_00)
	p.must(p.desk.Grant(ctx, p.decider, granted))
	p.want(p.desk.Verify(ctx, p.reviewer, granted.Number, "Annuaire."), "funding.nothing_to_verify")
	d := p.proposed(1000_00)
	p.exec("INSERT INTO memberships (account_id, organisation_id, way, created_at) VALUES (?, ?, 'declared', ?)",
		p.reviewer.ID, p.read(d.Number).OrganisationID, p.store.Now())
	p.want(p.desk.Verify(ctx, p.reviewer, d.Number, "Annuaire."), "funding.interest")
}
