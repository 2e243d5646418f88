package funding

import (
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

// Who reads what on the desk, role by role: an expert reads what they are asked
// about, finance what is awarded to be paid, and neither is built; an auditor
// reads and does nothing; an administrator reads no application.
func TestWhoReadsOnTheDesk(t *testing.T) {
	t.Parallel()
	p := open(t)
	submitted, proposed := p.submitted(1000_00).Number, p.proposed(1000_00).Number
	draft := p.draft(p.holder, complete(1000_00))
	for _, tt := range []struct {
		role models.Role
		call models.ID
		want string
		acts bool
	}{
		{models.Reviewer, p.call.ID, "", true},
		{models.LeadReviewer, p.call.ID, "", true},
		{models.Decider, p.call.ID, "", true},
		{models.Auditor, p.call.ID, "", false},
		{models.Expert, p.call.ID, "funding.unknown", false},
		{models.Finance, p.call.ID, "funding.unknown", false},
		{models.Administrator, 0, "funding.unknown", false},
		{models.Moderator, 0, "funding.unknown", false},
		{models.Reviewer, p.call.ID + 1, "funding.unknown", false},
		{models.Auditor, p.call.ID + 1, "funding.unknown", false},
	} {
		who := modelstest.Person(t, p.store, "role-"+string(tt.role)+tt.call.String())
		modelstest.Grant(t, p.store, who, tt.role, tt.call)
		for _, number := range []string{submitted, proposed} {
			r, err := p.desk.Review(ctx, who, number)
			p.want(err, tt.want)
			if err != nil && r.Receipt.Content != "" {
				t.Errorf("%s is refused and reads all the same", tt.role)
			}
			if number == submitted && tt.role == models.Decider {
				continue // nothing to decide yet
			}
			if number == proposed && tt.role == models.Reviewer {
				continue // somebody else reviews it
			}
			if number == proposed && tt.role == models.LeadReviewer && !r.May.Verify {
				t.Error("a lead reviewer may not verify")
			}
			if r.May.Any() != tt.acts {
				t.Errorf("%s on %s may %+v", tt.role, number, r.May)
			}
		}
		q, err := p.desk.Queue(ctx, who, QueueFilter{View: ViewRunning})
		if tt.call == p.call.ID+1 {
			p.must(err) // a desk, with nothing on it
		} else {
			p.want(err, tt.want)
		}
		if want := 2; tt.want == "" && len(q.Rows) != want || tt.want != "" && len(q.Rows) != 0 {
			t.Errorf("%s lists %d applications", tt.role, len(q.Rows))
		}
		// A draft is its team's alone, and so is the applicant's side.
		_, err = p.desk.Draft(ctx, who, draft)
		p.want(err, "funding.unknown")
		_, err = p.desk.Follow(ctx, who, submitted)
		p.want(err, "funding.unknown")
		if tt.acts {
			continue
		}
		for _, err := range []error{
			p.desk.Take(ctx, who, submitted, p.read(submitted).Version),
			p.desk.Verify(ctx, who, proposed, "Note."),
			p.desk.Grant(ctx, who, Decision{Number: proposed, Version: p.read(proposed).Version, Amount: 1, Motive: "x"}),
		} {
			if models.Code(err) != "funding.unknown" && models.Code(err) != "funding.role" {
				t.Errorf("%s acts: %v", tt.role, err)
			}
		}
	}
	p.sound()
}
