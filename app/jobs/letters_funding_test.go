package jobs

import (
	"context"
	"slices"
	"strings"
	"testing"

	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/modelstest"
)

func TestApplicationMails(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	marie := modelstest.Person(t, f.store, "marie")
	luc := modelstest.Person(t, f.store, "luc")
	lecteur := modelstest.Person(t, f.store, "lecteur")
	ines := modelstest.Person(t, f.store, "ines")
	f.insert("calls", map[string]any{"id": 1, "slug": "appel", "title": "Un appel"})
	f.insert("organisations", map[string]any{"id": 3, "siret": "00000001800002"})
	f.insert("applications", map[string]any{"id": 7, "call_id": 1, "number": "2026-0412", "state": "granted", "holder_id": marie.ID, "organisation_id": 3,
		"title": "Guichet : unique. Voir escroc.example", "granted_cents": 4_800_000})
	f.insert("submissions", map[string]any{"application_id": 7, "number": 1, "sha256": strings.Repeat("ab", 32)})
	for by, role := range map[models.Actor]string{marie: "holder", luc: "co_holder", lecteur: "reader"} {
		f.insert("application_members", map[string]any{"application_id": 7, "account_id": by.ID, "role": role})
	}
	f.insert("assignments", map[string]any{"application_id": 7, "reviewer_id": ines.ID})
	lead := modelstest.Person(t, f.store, "responsable")
	f.insert("proposals", map[string]any{"application_id": 7, "submission_id": 1, "proposed_by": ines.ID})
	f.exec("UPDATE proposals SET ended_at = ?", f.store.Now())
	f.insert("proposals", map[string]any{"application_id": 7, "submission_id": 1, "proposed_by": lead.ID})
	for _, one := range []struct {
		name string
		role models.Role
	}{{"decideuse", models.Decider}, {"responsable2", models.LeadReviewer}} {
		modelstest.Grant(t, f.store, modelstest.Person(t, f.store, one.name), one.role, 1)
	}
	// Who proposed, who belongs to the applicant and who is of the team decides nothing.
	member := modelstest.Person(t, f.store, "membre")
	f.insert("memberships", map[string]any{"account_id": member.ID, "organisation_id": 3, "way": "declared"})
	for _, who := range []models.Actor{lead, member, lecteur} {
		modelstest.Grant(t, f.store, who, models.Decider, 1)
	}
	for _, kind := range []string{"submitted", "taken", "proposed", "sent_back", "granted", "refused", "dropped", "withdrawn"} {
		f.record("application."+kind, 7)
	}
	f.record("application.granted", 999) // erased since
	f.catchUp()
	err := f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.Record(ctx, models.System, "application.withdrawn", 7, models.About{"from": "in_decision"})
	})
	if err != nil {
		t.Fatal(err)
	}
	f.catchUp()
	var want []string
	for _, mail := range []string{
		"submitted marie luc", "to_decide decideuse", "sent_back ines responsable",
		"granted marie luc lecteur", "granted_desk ines responsable",
		"refused marie luc lecteur", "refused_desk ines responsable",
		"dropped marie luc lecteur", "dropped_desk ines responsable",
		"withdrawn marie luc lecteur", "withdrawn_desk ines responsable",
		"withdrawn marie luc lecteur", "withdrawn_desk ines responsable decideuse",
	} {
		template, people, _ := strings.Cut(mail, " ")
		for _, who := range strings.Fields(people) {
			want = append(want, template+" to "+who+"@example.org")
		}
	}
	if got := f.templates(); !slices.Equal(got, want) {
		t.Errorf("mails:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	receipt := f.outbox("template = 'submitted'")[0]
	for _, part := range []string{"2026-0412", strings.Repeat("ab", 32), "https://passerelle.example/dossiers/2026-0412", "24\u00a0novembre 2026 à 14\u00a0h\u00a032", "«\u202fGuichet\u00a0: unique. Voir escroc example\u202f»"} {
		if !strings.Contains(receipt.Body, part) {
			t.Errorf("the receipt lacks %q:\n%s", part, receipt.Body)
		}
	}
	if grant := f.outbox("template = 'granted'")[0]; !strings.Contains(grant.Body, "48\u202f000\u00a0€") {
		t.Errorf("the grant says:\n%s", grant.Body)
	}
}

func TestInvitation(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	marie := modelstest.Person(t, f.store, "marie")
	f.insert("calls", map[string]any{"id": 1, "slug": "appel", "title": "Un appel : essayer"})
	f.insert("applications", map[string]any{"id": 7, "call_id": 1, "state": "draft", "holder_id": marie.ID, "title": "Secret"})
	add := func(id int, email string) {
		f.insert("invitations", map[string]any{"id": id, "application_id": 7, "email": email, "role": "co_holder", "invited_by": marie.ID,
			"created_at": f.store.Now(), "expires_at": models.At(f.store.Now().AddDate(0, 0, 7))})
		f.record("invitation.created", models.ID(id))
	}
	add(1, "collegue@exemple.fr")
	add(2, "trop-tard@exemple.fr")
	f.exec("UPDATE invitations SET revoked_at = ? WHERE id = 2", f.store.Now())
	f.catchUp()
	if got := f.templates(); !slices.Equal(got, []string{"invitation to collegue@exemple.fr"}) {
		t.Fatalf("mails %v", got)
	}
	body := f.outbox("1")[0].Body
	if strings.Contains(body, "Secret") || !strings.Contains(body, "marie vous invite") || !strings.Contains(body, "«\u202fUn appel\u00a0: essayer\u202f»") {
		t.Errorf("the invitation says:\n%s", body)
	}
	if n := f.count("SELECT count(*) FROM invitations WHERE token_hash = ?", account.Hash(secretIn(t, body))); n != 1 {
		t.Error("the link opens no invitation")
	}
}
