package funding

import (
	"testing"

	"passerelle/models"
)

func TestDeletingADraft(t *testing.T) {
	t.Parallel()
	p := open(t)
	id := p.draft(p.holder, complete(1000_00))
	p.join(id, p.colleague, CoHolder)
	p.must(p.desk.Invite(ctx, p.holder, id, "passante@example.org", Reader))
	kept := p.draft(p.holder, complete(1000_00))
	version := p.count("SELECT version FROM applications WHERE id = ?", id)
	for _, tt := range []struct {
		name    string
		by      models.Actor
		version int64
		want    string
	}{
		{"visitor", models.Actor{}, version, "account.log_in"},
		{"stranger", p.outsider, version, "funding.unknown"},
		{"colleague", p.colleague, version, "funding.holder_only"},
		{"an older version", p.holder, version - 1, "funding.stale"},
		{"holder", p.holder, version, ""},
		{"again", p.holder, version, "funding.unknown"},
	} {
		if got := models.Code(p.desk.Delete(ctx, tt.by, id, tt.version)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	for query, want := range map[string]int64{
		"SELECT count(*) FROM draft_steps WHERE application_id = ?":                                   0,
		"SELECT count(*) FROM invitations WHERE application_id = ?":                                   0,
		"SELECT count(*) FROM application_members WHERE application_id = ?":                           0,
		"SELECT count(*) FROM applications WHERE id = ?":                                              0,
		"SELECT count(*) FROM changes WHERE kind = 'draft.erased' AND payload = '{}' AND subject = ?": 1,
		"SELECT count(*) FROM events WHERE application_id = ?":                                        1,
	} {
		if got := p.count(query, id); got != want {
			t.Errorf("%s: got %d, want %d", query, got, want)
		}
	}
	if d, err := p.desk.Draft(ctx, p.holder, kept); err != nil || d.Project.Title == "" {
		t.Errorf("the other draft: %v", err)
	}
	r := p.submitted(1000_00)
	p.want(p.desk.Delete(ctx, p.holder, p.read(r.Number).ID, p.read(r.Number).Version), "funding.submitted")
	p.sound()
}
