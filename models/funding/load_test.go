package funding

import (
	"strings"
	"testing"

	"passerelle/content"
	"passerelle/models"
	"passerelle/models/modelstest"
)

func TestLoadingACall(t *testing.T) {
	t.Parallel()
	p := open(t)
	loads := func() int64 { return p.count("SELECT count(*) FROM changes WHERE kind = 'call.loaded'") }
	if loaded, err := p.desk.LoadCall(ctx, callFile()); err != nil || loaded || loads() != 1 {
		t.Errorf("the same file was loaded again: %v %v", loaded, err)
	}
	p.must(p.desk.Grant(ctx, p.decider, p.proposed(1000_00)))
	file := callFile()
	file.Digest, file.Slug, file.Title, file.EnvelopeCents = "2", "essai-2", "Un autre titre", 500_00
	p.load(file)
	if n := p.count("SELECT total_cents FROM envelopes"); n != 1000_00 {
		t.Errorf("the envelope holds %d cents, below what is committed", n)
	}
	if p.call.Title != "Un autre titre" || loads() != 2 {
		t.Errorf("%+v", p.call)
	}
	if slug, err := p.desk.MovedCall(ctx, "essai"); err != nil || slug != "essai-2" {
		t.Errorf("the old address leads to %q, %v", slug, err)
	}
	if _, err := p.desk.MovedCall(ctx, "essai-2"); models.Code(err) != "funding.unknown_call" {
		t.Errorf("got %v", err)
	}
	file.Digest, file.Slug = "3", "essai" // back to the first address
	p.load(file)
	if _, err := p.desk.MovedCall(ctx, "essai"); models.Code(err) != "funding.unknown_call" {
		t.Error("a present address still redirects")
	}
	p.sound()
}

func TestTheDemonstration(t *testing.T) {
	t.Parallel()
	store, clock := modelstest.Open(t)
	p := &place{t: t, store: store, clock: clock, desk: New(store)}
	library, err := content.Load(content.Embedded)
	p.must(err)
	for _, c := range library.Calls {
		if c.Demo {
			p.load(c)
		}
	}
	if got := p.call.ClosesAt.Paris().Format("2006-01-02 15:04"); got != "2027-11-24 00:00" || p.call.OpensAt != store.Now() {
		t.Errorf("open from %s to %s", p.call.OpensAt, got)
	}
	d := Demo{Call: p.call.Slug}
	for name, who := range map[string]*models.Actor{"porteur": &d.Holder, "porteuse2": &d.Holder2, "instructrice": &d.Reviewer,
		"decideur": &d.Decider, "decideuse2": &d.Decider2} {
		*who = modelstest.Person(t, store, name)
	}
	modelstest.Grant(t, store, d.Reviewer, models.Reviewer, p.call.ID)
	modelstest.Grant(t, store, d.Reviewer, models.LeadReviewer, p.call.ID)
	modelstest.Grant(t, store, d.Decider, models.Decider, p.call.ID)
	modelstest.Grant(t, store, d.Decider2, models.Decider, p.call.ID)
	projects, err := content.Embedded.ReadFile("demo/applications.jsonl")
	p.must(err)
	for range 2 { // the second time adds nothing
		d.Projects = strings.NewReader(string(projects))
		p.must(p.desk.SeedDemo(ctx, d))
	}
	for state, want := range map[State]int64{DraftState: 2, Submitted: 2, InReview: 2, InDecision: 2, Granted: 3, Refused: 1, Dropped: 1, Withdrawn: 1} {
		if got := p.count("SELECT count(*) FROM applications WHERE state = ?", state); got != want {
			t.Errorf("%s: %d applications, want %d", state, got, want)
		}
	}
	if n := p.count("SELECT count(*) FROM organisations WHERE demo = 1"); n != 4 {
		t.Errorf("%d bodies", n)
	}
	p.sound()
	p.must(p.desk.EndDemo(ctx))
	_, err = p.desk.Start(ctx, d.Holder, p.call.Slug)
	p.want(err, "funding.closed")
}
