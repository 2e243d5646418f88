package funding

import (
	"strings"
	"testing"
	"time"

	"passerelle/models"
	"passerelle/models/modelstest"
)

func TestAnApplicationFromDraftToAward(t *testing.T) {
	t.Parallel()
	p := open(t)
	d := p.proposed(30_000_00)
	p.must(p.desk.Grant(ctx, p.decider, d))
	a := p.read(d.Number)
	if a.State != Granted || a.Granted != 30_000_00 || a.DecidedAt.IsZero() || a.Number != "2026-0001" {
		t.Errorf("%+v", a)
	}
	want := "draft.started draft.saved draft.saved draft.saved draft.saved draft.saved draft.saved " +
		"application.submitted application.taken application.proposed application.granted"
	if got := strings.Join(p.changes(a.ID), " "); got != want {
		t.Errorf("feed: %s", got)
	}
	o, err := p.desk.Overview(ctx, 1)
	p.must(err)
	if len(o.Awards) != 1 || o.Awards[0].Amount != 30_000_00 || o.Calls[0].Committed != 30_000_00 || o.Awarded != (Awarded{1, 30_000_00, 1}) {
		t.Errorf("public page: %+v", o)
	}
	p.sound()
}

// Each transition is tried twice on the same version: the second changes
// nothing and leaves no event, only a refused attempt.
func TestATransitionHappensOnce(t *testing.T) {
	t.Parallel()
	tests := []struct {
		act  Act
		run  func(*place) (act func() error, number string)
		want string
	}{
		{ActTake, func(p *place) (func() error, string) {
			r := p.submitted(1000_00)
			v := p.read(r.Number).Version
			return func() error { return p.desk.Take(ctx, p.reviewer, r.Number, v) }, r.Number
		}, "funding.stale"},
		{ActPropose, func(p *place) (func() error, string) {
			r := p.submitted(1000_00)
			p.must(p.desk.Take(ctx, p.reviewer, r.Number, p.read(r.Number).Version))
			q := Proposal{Number: r.Number, Version: p.read(r.Number).Version, Amount: 1000_00, Motive: "Oui."}
			return func() error { return p.desk.Propose(ctx, p.reviewer, q) }, r.Number
		}, "funding.stale"},
		{ActSendBack, func(p *place) (func() error, string) {
			d := p.proposed(1000_00)
			return func() error { return p.desk.SendBack(ctx, p.decider, d) }, d.Number
		}, "funding.stale"},
		{ActGrant, func(p *place) (func() error, string) {
			d := p.proposed(1000_00)
			return func() error { return p.desk.Grant(ctx, p.decider, d) }, d.Number
		}, "funding.stale"},
		{ActRefuse, func(p *place) (func() error, string) {
			d := p.proposed(1000_00)
			return func() error { return p.desk.Refuse(ctx, p.decider, d) }, d.Number
		}, "funding.stale"},
		{ActDrop, func(p *place) (func() error, string) {
			r := p.submitted(1000_00)
			d := Drop{Number: r.Number, Version: p.read(r.Number).Version, Code: Duplicate, Motive: "Déjà déposé."}
			return func() error { return p.desk.Drop(ctx, p.lead, d) }, r.Number
		}, "funding.stale"},
		{ActWithdraw, func(p *place) (func() error, string) {
			r := p.submitted(1000_00)
			v := p.read(r.Number).Version
			return func() error { return p.desk.Withdraw(ctx, p.holder, r.Number, v, "") }, r.Number
		}, "funding.stale"},
		{ActSubmit, func(p *place) (func() error, string) {
			s := p.submission(p.draft(p.holder, complete(1000_00)))
			return func() error { _, err := p.desk.Submit(ctx, p.holder, s); return err }, "2026-0001"
		}, ""},
	}
	for _, tt := range tests {
		t.Run(string(tt.act), func(t *testing.T) {
			t.Parallel()
			p := open(t)
			act, number := tt.run(p)
			p.must(act())
			after := p.read(number)
			p.want(act(), tt.want)
			if again := p.read(number); again != after {
				t.Errorf("the second time changed it: %+v, then %+v", after, again)
			}
			if n := p.count("SELECT count(*) FROM events WHERE act = ?", tt.act); n != 1 {
				t.Errorf("%d events", n)
			}
			refused := int64(1)
			if tt.want == "" {
				refused = 0
			}
			if n := p.count("SELECT count(*) FROM refused_attempts WHERE act = ? AND code = 'funding.stale'", tt.act); n != refused {
				t.Errorf("%d refused attempts kept, want %d", n, refused)
			}
			p.sound()
		})
	}
}

func TestWhoMayActOnTheDesk(t *testing.T) {
	t.Parallel()
	p := open(t)
	r := p.submitted(1000_00)
	version := p.read(r.Number).Version
	admin := modelstest.Person(t, p.store, "admin")
	modelstest.Grant(t, p.store, admin, models.Administrator, 0)
	elsewhere := modelstest.Person(t, p.store, "ailleurs")
	modelstest.Grant(t, p.store, elsewhere, models.Reviewer, p.call.ID+1)
	d := Decision{Number: r.Number, Version: version, Amount: 1000_00, Motive: "Oui."}
	for _, stranger := range []models.Actor{admin, elsewhere, p.outsider, p.holder} {
		_, err := p.desk.Review(ctx, stranger, r.Number)
		p.want(err, "funding.unknown")
		p.want(p.desk.Take(ctx, stranger, r.Number, version), "funding.unknown")
		p.want(p.desk.Grant(ctx, stranger, d), "funding.unknown")
	}
	p.want(p.desk.Take(ctx, models.Actor{}, r.Number, version), "account.log_in")
	p.want(p.desk.Take(ctx, p.decider, r.Number, version), "funding.role")
	p.want(p.desk.Take(ctx, p.reviewer, "2026-9999", version), "funding.unknown")
	p.want(p.desk.Take(ctx, p.reviewer, "", version), "funding.unknown")
	p.want(p.desk.Drop(ctx, p.reviewer, Drop{Number: r.Number, Version: version, Code: Duplicate, Motive: "x"}), "funding.role")
	p.must(p.desk.Take(ctx, p.reviewer, r.Number, version))
	version++
	second := modelstest.Person(t, p.store, "instructeur2")
	modelstest.Grant(t, p.store, second, models.Reviewer, p.call.ID)
	q := Proposal{Number: r.Number, Version: version, Amount: 1000_00, Motive: "Oui."}
	p.want(p.desk.Propose(ctx, second, q), "funding.not_assigned")
	p.want(p.desk.Propose(ctx, p.decider, q), "funding.role")
	for amount, want := range map[models.Cents]string{0: "funding.amount", -1: "funding.amount", 1000_01: "funding.amount"} {
		wrong := q
		wrong.Amount = amount
		p.want(p.desk.Propose(ctx, p.reviewer, wrong), want)
	}
	wrong := q
	wrong.Amount, wrong.Motive = 0, ""
	p.want(p.desk.Propose(ctx, p.reviewer, wrong), "funding.amount text.required")
	p.must(p.desk.Propose(ctx, p.lead, q)) // without being assigned
	version++
	d.Version = version
	p.want(p.desk.Grant(ctx, p.reviewer, d), "funding.role")
	over := d
	over.Amount++
	p.want(p.desk.Grant(ctx, p.decider, over), "funding.amount")
	stale := d
	stale.Version--
	p.want(p.desk.Grant(ctx, p.decider, stale), "funding.stale")
	p.want(p.desk.Refuse(ctx, p.decider, stale), "funding.stale")
	if n := p.count("SELECT committed_cents FROM envelopes"); n != 0 {
		t.Errorf("%d cents committed by refused acts", n)
	}
	p.sound()
}

func TestTheProposerNeverDecides(t *testing.T) {
	t.Parallel()
	p := open(t)
	modelstest.Grant(t, p.store, p.reviewer, models.Decider, p.call.ID)
	modelstest.Grant(t, p.store, p.decider, models.LeadReviewer, p.call.ID)
	d := p.proposed(1000_00)
	p.want(p.desk.Grant(ctx, p.reviewer, d), "funding.own_proposal")
	p.want(p.desk.Refuse(ctx, p.reviewer, d), "funding.own_proposal")
	if r, err := p.desk.Review(ctx, p.reviewer, d.Number); err != nil || r.May.Grant || r.May.Refuse {
		t.Errorf("the page offers a decision to the proposer: %+v %v", r.May, err)
	}
	// Sent back and proposed by somebody else, it still is the first one's proposal too.
	p.must(p.desk.SendBack(ctx, p.other, d))
	p.must(p.desk.Propose(ctx, p.decider, Proposal{Number: d.Number, Version: d.Version + 1, Amount: 900_00, Motive: "Moins."}))
	d.Version, d.Amount = d.Version+2, 900_00
	p.want(p.desk.Grant(ctx, p.reviewer, d), "funding.own_proposal")
	p.want(p.desk.Grant(ctx, p.decider, d), "funding.own_proposal")
	p.must(p.desk.Grant(ctx, p.other, d))
	p.sound()
}

// Membership counts however it came: granted, declared or by invitation.
func TestNobodyActsOnTheirOwnOrganisation(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"granted", "declared", "of the team"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			p := open(t)
			organisation := p.read(p.submitted(1000_00).Number).OrganisationID
			join := func(who models.Actor, id models.ID) {
				switch way {
				case "granted":
					p.must(p.desk.Admit(ctx, models.System, who.ID, organisation))
				case "declared":
					p.exec("INSERT INTO memberships (account_id, organisation_id, way, created_at) VALUES (?, ?, 'declared', ?)", who.ID, organisation, p.store.Now())
				default:
					p.exec("INSERT INTO application_members (application_id, account_id, role, joined_at) VALUES (?, ?, 'reader', ?)", id, who.ID, p.store.Now())
				}
			}
			d := p.proposed(1000_00)
			id := p.read(d.Number).ID
			join(p.decider, id)
			p.want(p.desk.Grant(ctx, p.decider, d), "funding.interest")
			p.want(p.desk.Refuse(ctx, p.decider, d), "funding.interest")
			p.want(p.desk.SendBack(ctx, p.decider, d), "funding.interest")
			r, err := p.desk.Review(ctx, p.decider, d.Number)
			p.must(err)
			if r.May.Any() || !r.Interested || r.Receipt.Content != "" || r.Proposal != nil || len(r.Events) > 0 {
				t.Errorf("who belongs to the applicant sees the desk's side: %+v", r)
			}
			join(p.reviewer, id)
			join(p.lead, id)
			p.must(p.desk.SendBack(ctx, p.other, d))
			p.want(p.desk.Propose(ctx, p.reviewer, Proposal{Number: d.Number, Version: d.Version + 1, Amount: 1, Motive: "x"}), "funding.interest")
			p.want(p.desk.Drop(ctx, p.lead, Drop{Number: d.Number, Version: d.Version + 1, Code: Duplicate, Motive: "x"}), "funding.interest")
			if n := p.count("SELECT count(*) FROM refused_attempts WHERE code = 'funding.interest'"); n != 5 {
				t.Errorf("%d refused attempts kept, want 5", n)
			}
			p.sound()
		})
	}
}

func TestDrop(t *testing.T) {
	t.Parallel()
	p := open(t)
	r := p.submitted(1000_00)
	ok := Drop{Number: r.Number, Version: p.read(r.Number).Version, Code: Redirected, RedirectedTo: "Guichet des données", Motive: "Projet de données."}
	tests := []struct {
		name string
		edit func(*Drop)
		want string
	}{
		{"no code", func(d *Drop) { d.Code, d.RedirectedTo = "", "" }, "choice.unknown"},
		{"unknown code", func(d *Drop) { d.Code, d.RedirectedTo = "bored", "" }, "choice.unknown"},
		{"redirected nowhere", func(d *Drop) { d.RedirectedTo = "" }, "text.required"},
		{"a duplicate is not redirected", func(d *Drop) { d.Code = Duplicate }, "funding.redirected_only"},
		{"no motive", func(d *Drop) { d.Motive = " " }, "text.required"},
		{"motive too long", func(d *Drop) { d.Motive = strings.Repeat("a", maxMotive+1) }, "text.long"},
		{"stale", func(d *Drop) { d.Version-- }, "funding.stale"},
		{"fine", func(*Drop) {}, ""},
	}
	for _, tt := range tests { // in turn: the last one drops it
		d := ok
		tt.edit(&d)
		if got := models.Code(p.desk.Drop(ctx, p.lead, d)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	f, err := p.desk.Follow(ctx, p.holder, r.Number)
	p.must(err)
	if last := f.Events[len(f.Events)-1]; !strings.Contains(last.Reason, "Guichet des données") || last.Code != "redirected" {
		t.Errorf("the applicant does not read where to go: %+v", last)
	}
	d := p.proposed(1000_00)
	p.want(p.desk.Drop(ctx, p.lead, Drop{Number: d.Number, Version: d.Version, Code: Duplicate, Motive: "Trop tard."}), "funding.stale")
	p.sound()
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.must(p.desk.Withdraw(ctx, p.holder, p.submitted(1000_00).Number, p.read("2026-0001").Version, "Projet abandonné."))
	d := p.proposed(1000_00)
	p.exec("INSERT INTO application_members (application_id, account_id, role, joined_at) VALUES (?, ?, 'co_holder', ?)",
		p.read(d.Number).ID, p.colleague.ID, p.store.Now())
	p.want(p.desk.Withdraw(ctx, p.colleague, d.Number, d.Version, ""), "funding.holder_only")
	p.want(p.desk.Withdraw(ctx, p.reviewer, d.Number, d.Version, ""), "funding.unknown")
	p.must(p.desk.Withdraw(ctx, p.holder, d.Number, d.Version, ""))
	p.want(p.desk.Grant(ctx, p.decider, d), "funding.stale")
	granted := p.proposed(1000_00)
	p.must(p.desk.Grant(ctx, p.decider, granted))
	p.want(p.desk.Withdraw(ctx, p.holder, granted.Number, granted.Version+1, ""), "funding.stale")
	if n := p.count("SELECT committed_cents FROM envelopes"); n != 1000_00 {
		t.Errorf("%d cents committed", n)
	}
	p.sound()
}

func TestTheApplicantDoesNotSeeInsideTheDesk(t *testing.T) {
	t.Parallel()
	p := open(t)
	d := p.proposed(1000_00)
	back := d
	back.Motive = "Instruction trop courte."
	p.must(p.desk.SendBack(ctx, p.decider, back))
	f, err := p.desk.Follow(ctx, p.holder, d.Number)
	p.must(err)
	if f.Application.Proposed != 0 || len(f.Events) != 5 {
		t.Errorf("%+v", f)
	}
	for _, e := range f.Events {
		if e.Name != "" || e.ActorID != 0 || e.Amount != 0 || e.Reason != "" {
			t.Errorf("shown to the applicant: %+v", e)
		}
	}
	for _, stranger := range []models.Actor{p.outsider, p.reviewer, p.decider} {
		_, err := p.desk.Follow(ctx, stranger, d.Number)
		p.want(err, "funding.unknown")
	}
}

// holds tells whether an application holds a text.
func holds(part string) func(text, content string) bool {
	return func(text, content string) bool { return strings.Contains(text+content, part) }
}

func TestTheQueue(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.submitted(1000_00)
	taken := p.submitted(2000_00)
	p.must(p.desk.Take(ctx, p.reviewer, taken.Number, p.read(taken.Number).Version))
	d := p.proposed(3000_00)
	p.clock.Add(time.Hour)
	p.draft(p.holder, complete(1000_00)) // never on the desk
	for _, tt := range []struct {
		name   string
		by     models.Actor
		filter QueueFilter
		want   string
	}{
		{"mine, reviewer", p.reviewer, QueueFilter{}, "2026-0002"},
		{"mine, decider", p.decider, QueueFilter{}, "2026-0003"},
		{"running", p.lead, QueueFilter{View: ViewRunning}, "2026-0001 2026-0002 2026-0003"},
		{"to decide", p.lead, QueueFilter{View: ViewToDecide}, "2026-0003"},
		{"unassigned", p.lead, QueueFilter{View: ViewUnassigned}, "2026-0001"},
		{"closed", p.lead, QueueFilter{View: ViewClosed}, ""},
		{"dearest first", p.lead, QueueFilter{View: ViewRunning, Order: DearestFirst}, "2026-0003 2026-0002 2026-0001"},
		{"by words of the organisation", p.lead, QueueFilter{View: ViewRunning, Says: holds("Direction de")}, "2026-0001 2026-0002 2026-0003"},
		{"by what was submitted", p.lead, QueueFilter{View: ViewRunning, Says: holds("Jeune pousse A")}, "2026-0001 2026-0002 2026-0003"},
		{"by nothing that is there", p.lead, QueueFilter{View: ViewRunning, Says: holds("%")}, ""},
		{"by number", p.lead, QueueFilter{View: ViewRunning, Says: holds("2026-0002")}, "2026-0002"},
		{"by state", p.lead, QueueFilter{View: ViewRunning, State: InReview}, "2026-0002"},
		{"by reviewer", p.lead, QueueFilter{View: ViewRunning, Reviewer: p.reviewer.ID}, "2026-0002 2026-0003"},
		{"second page", p.lead, QueueFilter{View: ViewRunning, Page: 2}, ""},
		{"order that no list has", p.lead, QueueFilter{View: ViewRunning, Order: "a.id; DROP TABLE calls"}, "2026-0001 2026-0002 2026-0003"},
	} {
		q, err := p.desk.Queue(ctx, tt.by, tt.filter)
		p.must(err)
		var numbers []string
		for _, r := range q.Rows {
			numbers = append(numbers, r.Number)
		}
		if got := strings.Join(numbers, " "); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	for _, stranger := range []models.Actor{p.outsider, p.holder} {
		_, err := p.desk.Queue(ctx, stranger, QueueFilter{})
		p.want(err, "funding.unknown")
	}
	p.must(p.desk.Grant(ctx, p.decider, d))
	q, err := p.desk.Queue(ctx, p.decider, QueueFilter{View: ViewClosed})
	p.must(err)
	if len(q.Rows) != 1 || q.Counts[ViewClosed] != 1 || q.Available != 6_000_000_00-3000_00 {
		t.Errorf("%+v", q)
	}
}
