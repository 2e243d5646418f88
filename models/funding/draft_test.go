package funding

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"passerelle/models"
)

// join makes a colleague co-holder by a real invitation.
func (p *place) join(draft models.ID, who models.Actor, role TeamRole) {
	p.t.Helper()
	var email string
	p.view(func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT email FROM accounts WHERE id = ?", who.ID).Scan(&email).Error
	})
	p.must(p.desk.Invite(ctx, p.holderOf(draft), draft, email, role))
	_, err := p.desk.Accept(ctx, who, p.token(draft))
	p.must(err)
}

// token is what the mail of the newest invitation carries.
func (p *place) token(draft models.ID) (token string) {
	p.t.Helper()
	id := models.ID(p.count("SELECT max(id) FROM invitations WHERE application_id = ?", draft))
	p.must(p.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		m, err := IssueInvitation(ctx, tx, id)
		token = m.Token
		return err
	}))
	return token
}

func TestTheSecondToSaveLosesNothing(t *testing.T) {
	t.Parallel()
	p := open(t)
	id := p.draft(p.holder, complete(1000_00))
	p.join(id, p.colleague, CoHolder)
	read := complete(1000_00).Project // both opened version 1
	theirs, mine := read, read
	theirs.Title, theirs.Problem = "Leur titre", "Leur problème"
	mine.Title, mine.Innovation = "Mon titre", "Mon idée"
	p.must(p.desk.SaveStep(ctx, p.colleague, StepSave{Draft: id, Version: 1, Content: theirs}))
	err := p.desk.SaveStep(ctx, p.holder, StepSave{Draft: id, Version: 1, Content: mine})
	var overtaken *Overtaken
	if !errors.As(err, &overtaken) || !errors.Is(err, ErrOvertaken) {
		t.Fatalf("got %v, want Overtaken", err)
	}
	if want := []Difference{{"title", "Mon titre", "Leur titre"}}; !slices.Equal(overtaken.Differences, want) {
		t.Errorf("to choose %v, want %v", overtaken.Differences, want)
	}
	if want := []Difference{{"problem", read.Problem, "Leur problème"}}; !slices.Equal(overtaken.Taken, want) {
		t.Errorf("taken %v, want %v", overtaken.Taken, want)
	}
	merged := theirs
	merged.Title, merged.Innovation = "Mon titre", "Mon idée"
	if overtaken.Merged != merged {
		t.Errorf("merged %+v, want %+v", overtaken.Merged, merged)
	}
	// Who changed nothing of what they read has nothing to lose.
	p.must(p.desk.SaveStep(ctx, p.holder, StepSave{Draft: id, Version: 1, Content: read}))
	if overtaken.Theirs.Version != 2 || overtaken.Theirs.Name != "collegue" || overtaken.Now.Project != theirs {
		t.Errorf("%+v", overtaken)
	}
	d, err := p.desk.Draft(ctx, p.holder, id)
	p.must(err)
	if d.Project != theirs || d.Application.Title != "Leur titre" {
		t.Errorf("what the winner saved did not stay: %+v", d.Project)
	}
	// The choice is made on the version that was shown; the winner's text stays readable.
	p.must(p.desk.SaveStep(ctx, p.holder, StepSave{Draft: id, Version: 2, Content: mine}))
	if n := p.count("SELECT count(*) FROM draft_steps WHERE step = 'projet' AND content LIKE '%Leur titre%'"); n != 1 {
		t.Error("a text that was acknowledged as saved is gone")
	}
	// The very same sent twice is no conflict.
	p.must(p.desk.SaveStep(ctx, p.holder, StepSave{Draft: id, Version: 2, Content: mine}))
	if v := p.count("SELECT max(version) FROM draft_steps WHERE step = 'projet'"); v != 3 {
		t.Errorf("version %d, want 3", v)
	}
}

func TestManySaveTheSameVersion(t *testing.T) {
	t.Parallel()
	p := open(t)
	id := p.draft(p.holder, complete(1000_00))
	results := tally(together(20, func(i int) error {
		c := complete(1000_00).Team
		c.SponsorName = strings.Repeat("x", i+1)
		return p.desk.SaveStep(ctx, p.holder, StepSave{Draft: id, Version: 1, Content: c})
	}))
	if results[""] != 1 || results["funding.overtaken"] != 19 {
		t.Errorf("%v: want one winner", results)
	}
}

func TestWhatSavingRefuses(t *testing.T) {
	t.Parallel()
	p := open(t)
	id := p.draft(p.holder, complete(1000_00))
	p.join(id, p.colleague, Reader)
	content := complete(1000_00).Team
	save := func(by models.Actor, draft models.ID, c Content, complete bool) error {
		return p.desk.SaveStep(ctx, by, StepSave{Draft: draft, Version: 1, Content: c, Complete: complete})
	}
	p.want(save(models.Actor{}, id, content, false), "account.log_in")
	p.want(save(p.outsider, id, content, false), "funding.unknown")
	p.want(save(p.reviewer, id, content, false), "funding.unknown")
	p.want(save(p.holder, id+100, content, false), "funding.unknown")
	p.want(save(p.colleague, id, content, false), "funding.read_only")
	p.want(save(p.holder, id, Team{HolderPhone: "12"}, false), "funding.phone")
	p.want(save(p.holder, id, Team{HolderFunction: "a\x00"}, false), "text.unreadable")
	p.want(save(p.holder, id, Team{}, true), "text.required text.required text.required text.required")
	p.want(save(p.holder, id, Financing{Requested: Sum(900_00), Own: Sum(0), Double: No}, true), "funding.plan")
	if v := p.count("SELECT max(version) FROM draft_steps"); v != 1 {
		t.Errorf("something refused was saved: version %d", v)
	}
	p.must(save(p.holder, id, Team{}, false)) // unfinished, and kept so
	p.must(p.desk.SaveStep(ctx, p.holder, StepSave{Draft: id, Version: 2, Content: content}))
	_, err := p.desk.Submit(ctx, p.holder, p.submission(id))
	p.must(err)
	p.want(p.desk.SaveStep(ctx, p.holder, StepSave{Draft: id, Version: 3, Content: content}), "funding.submitted")
}

func TestWhatSubmittingRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit func(*Contents)
		want string
	}{
		{"nothing", func(c *Contents) { *c = Contents{} }, "funding.step_incomplete funding.step_incomplete funding.step_incomplete " +
			"funding.step_incomplete funding.step_incomplete funding.step_incomplete"},
		{"company", func(c *Contents) { c.Answers.Bearer, c.Body.Kind = Company, Company }, "funding.rule_bearer"},
		{"too long, in the call's words", func(c *Contents) { c.Answers.Duration = No }, "funding.rule_quoted"},
		{"to be checked by a person", func(c *Contents) { c.Answers.Bearer, c.Body.Kind = OtherBody, OtherBody }, ""},
		{"a field", func(c *Contents) { c.Project.Innovation = "" }, "funding.step_incomplete"},
		{"the plan", func(c *Contents) { c.Financing.Own = Sum(1) }, "funding.step_incomplete"},
		{"the share", func(c *Contents) { c.Budget.Lines[0].Innovative = No }, "funding.step_incomplete"},
		{"begun already", func(c *Contents) { c.Project.Start, c.Project.End = "2026-11-01", "2026-12-01" }, "funding.step_incomplete"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := open(t)
			c := complete(1000_00)
			tt.edit(&c)
			_, err := p.desk.Submit(ctx, p.holder, p.submission(p.draft(p.holder, c)))
			p.want(err, tt.want)
			if n := p.count("SELECT count(*) FROM submissions"); (n == 0) != (tt.want != "") {
				t.Errorf("%d submissions", n)
			}
			p.sound()
		})
	}
}

func TestWhoSubmits(t *testing.T) {
	t.Parallel()
	p := open(t)
	id := p.draft(p.holder, complete(1000_00))
	p.join(id, p.colleague, CoHolder)
	s := p.submission(id)
	_, err := p.desk.Submit(ctx, p.colleague, s)
	p.want(err, "funding.holder_only")
	_, err = p.desk.Submit(ctx, p.outsider, s)
	p.want(err, "funding.unknown")
	bare := s
	bare.Attestations = Attestations[:1]
	_, err = p.desk.Submit(ctx, p.holder, bare)
	p.want(err, "funding.attest funding.attest")
	p.exec("DELETE FROM memberships WHERE account_id = ?", p.holder.ID)
	_, err = p.desk.Submit(ctx, p.holder, s)
	p.want(err, "funding.not_member")
	p.exec("INSERT INTO memberships (account_id, organisation_id, way, created_at) SELECT ?, organisation_id, 'declared', ? FROM applications WHERE id = ?",
		p.holder.ID, p.store.Now(), id)
	_, err = p.desk.Submit(ctx, p.holder, s)
	p.must(err)
	if n := p.count("SELECT count(*) FROM refused_attempts WHERE act = 'submit'"); n != 2 {
		t.Errorf("%d refused attempts kept, want 2", n)
	}
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	p := open(t)
	id := p.draft(p.holder, complete(1000_00))
	for email, want := range map[string]string{
		"": "funding.email", "collegue": "funding.email", "a@b": "funding.email", "collegue@example.org, autre@example.org": "funding.email",
		"Collègue <collegue@example.org>": "funding.email", "collegue@example.org\r\nBcc: x@example.org": "funding.email",
		strings.Repeat("a", 250) + "@example.org": "funding.email", "porteur@example.org": "funding.member_already",
	} {
		if got := models.Code(p.desk.Invite(ctx, p.holder, id, email, CoHolder)); got != want {
			t.Errorf("%q: got %q, want %q", email, got, want)
		}
	}
	p.want(p.desk.Invite(ctx, p.holder, id, "collegue@example.org", Holder), "choice.unknown")
	p.want(p.desk.Invite(ctx, p.outsider, id, "collegue@example.org", CoHolder), "funding.unknown")
	p.must(p.desk.Invite(ctx, p.holder, id, " Collegue@Example.org ", CoHolder))
	p.want(p.desk.Invite(ctx, p.holder, id, "collegue@example.org", CoHolder), "funding.invited_already")
	if n := p.count("SELECT count(*) FROM changes WHERE kind = 'invitation.created' AND payload NOT LIKE '%@%'"); n != 1 {
		t.Errorf("%d changes without an address, want 1", n)
	}
	token := p.token(id)
	if n := p.count("SELECT count(*) FROM invitations WHERE hex(token_hash) LIKE '%' || hex(?) || '%'", token); n != 0 {
		t.Error("the token itself is kept")
	}
	_, err := p.desk.Accept(ctx, p.outsider, token)
	p.want(err, "funding.other_address")
	_, err = p.desk.Accept(ctx, p.colleague, "x"+token)
	p.want(err, "funding.invitation")
	if i, err := p.desk.Invited(ctx, p.colleague, token); err != nil || !i.ForMe || i.Inviter != "porteur" {
		t.Errorf("%+v, %v", i, err)
	}
	results := tally(together(8, func(int) error { _, err := p.desk.Accept(ctx, p.colleague, token); return err }))
	if results[""] != 1 || results["funding.invitation"] != 7 {
		t.Errorf("%v: want one use", results)
	}
	d, err := p.desk.Draft(ctx, p.colleague, id)
	p.must(err)
	if d.Role != CoHolder || len(d.Members) != 2 || len(d.Invitations) != 0 {
		t.Errorf("%+v", d)
	}
	if n := p.count("SELECT count(*) FROM memberships WHERE account_id = ? AND way = 'invited' AND verified = 0", p.colleague.ID); n != 1 {
		t.Error("who accepted does not belong to the organisation")
	}
	if n := p.count("SELECT count(*) FROM invitations WHERE email <> ''"); n != 0 {
		t.Error("a used invitation keeps the address")
	}
	p.want(p.desk.Invite(ctx, p.colleague, id, "x@example.org", CoHolder), "funding.holder_only")

	p.must(p.desk.Invite(ctx, p.holder, id, "passante@example.org", Reader))
	late := p.token(id)
	p.clock.Add(7*24*time.Hour - time.Microsecond)
	if _, err := p.desk.Invited(ctx, p.outsider, late); err != nil {
		t.Errorf("before seven days: %v", err)
	}
	p.clock.Add(time.Microsecond)
	_, err = p.desk.Accept(ctx, p.outsider, late)
	p.want(err, "funding.invitation")
	p.must(p.desk.Invite(ctx, p.holder, id, "passante@example.org", Reader)) // again, as the first expired
	again := p.token(id)
	invitation := models.ID(p.count("SELECT max(id) FROM invitations"))
	p.want(p.desk.Revoke(ctx, p.outsider, invitation), "funding.invitation")
	p.want(p.desk.Revoke(ctx, p.colleague, invitation), "funding.holder_only")
	p.must(p.desk.Revoke(ctx, p.holder, invitation))
	p.want(p.desk.Revoke(ctx, p.holder, invitation), "funding.invitation")
	_, err = p.desk.Accept(ctx, p.outsider, again)
	p.want(err, "funding.invitation")
	p.want(p.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		_, err := IssueInvitation(ctx, tx, invitation)
		return err
	}), "funding.invitation")
}

func TestErasingAnAccountErasesItsDrafts(t *testing.T) {
	t.Parallel()
	p := open(t)
	r := p.submitted(1000_00)
	id := p.draft(p.holder, complete(1000_00))
	p.must(p.desk.Invite(ctx, p.holder, id, "collegue@example.org", CoHolder))
	others := p.draft(p.colleague, complete(1000_00))
	p.join(others, p.holder, CoHolder)
	p.must(p.desk.Invite(ctx, p.colleague, others, "passante@example.org", CoHolder))
	for _, who := range []models.Actor{p.holder, p.outsider} {
		p.must(p.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error { return EraseDrafts(ctx, tx, who, who.ID) }))
	}
	for query, want := range map[string]int64{
		"SELECT count(*) FROM applications":                                           2, // the submitted one, and the colleague's draft
		"SELECT count(*) FROM draft_steps WHERE application_id = " + id.String():      0,
		"SELECT count(*) FROM invitations WHERE email <> ''":                          0,
		"SELECT count(*) FROM memberships WHERE account_id = " + p.holder.ID.String(): 0,
		"SELECT count(*) FROM application_members WHERE role <> 'holder'":             0,
		"SELECT count(*) FROM changes WHERE kind = 'draft.erased'":                    1,
		"SELECT count(*) FROM submissions":                                            1,
		"SELECT count(*) FROM events WHERE act = 'start'":                             3,
	} {
		if got := p.count(query); got != want {
			t.Errorf("%s: got %d, want %d", query, got, want)
		}
	}
	if _, err := p.desk.Draft(ctx, p.colleague, others); err != nil {
		t.Errorf("the colleague's draft: %v", err)
	}
	if p.read(r.Number).State != Submitted {
		t.Error("the submitted application is gone")
	}
	p.sound()
}

func TestADoubleClickBeginsOneDraft(t *testing.T) {
	t.Parallel()
	p := open(t)
	ids := make([]models.ID, 10)
	for _, err := range together(len(ids), func(i int) (err error) {
		ids[i], err = p.desk.Start(ctx, p.holder, p.call.Slug)
		return err
	}) {
		p.must(err)
	}
	if len(slices.Compact(ids)) != 1 || p.count("SELECT count(*) FROM applications") != 1 || p.count("SELECT count(*) FROM events") != 1 {
		t.Errorf("drafts %v", ids)
	}
	p.must(p.desk.SaveStep(ctx, p.holder, StepSave{Draft: ids[0], Content: complete(1).Team}))
	if id, err := p.desk.Start(ctx, p.holder, p.call.Slug); err != nil || id == ids[0] {
		t.Errorf("a draft in use was given back: %v %v", id, err)
	}
	for range maxDrafts - 2 {
		p.draft(p.holder, complete(1))
	}
	if _, err := p.desk.Start(ctx, p.holder, p.call.Slug); models.Code(err) != "" {
		t.Errorf("the untouched one: %v", err)
	}
	p.exec("UPDATE applications SET version = 2")
	_, err := p.desk.Start(ctx, p.holder, p.call.Slug)
	p.want(err, "funding.many_drafts")
}

// An invitation is written as an account writes its address.
func TestAnInvitationToADomainWithAccents(t *testing.T) {
	t.Parallel()
	p := open(t)
	id := p.draft(p.holder, complete(1000_00))
	p.exec("UPDATE accounts SET email = 'a@xn--9ca.fr' WHERE id = ?", p.colleague.ID)
	p.must(p.desk.Invite(ctx, p.holder, id, "A@É.fr", CoHolder))
	p.want(p.desk.Invite(ctx, p.holder, id, "a@xn--9ca.fr", CoHolder), "funding.invited_already")
	if _, err := p.desk.Accept(ctx, p.colleague, p.token(id)); err != nil {
		t.Errorf("the invited person may not accept: %v", err)
	}
}
