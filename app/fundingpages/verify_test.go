package fundingpages

import (
	"strings"
	"testing"
)

func TestTheDeskVerifiesAMembership(t *testing.T) {
	t.Parallel()
	r := open(t)
	number := r.proposed()
	r.decider.get("/instruction/"+number).sees("Rattachement non vérifié", "porteur déclare appartenir à « Direction de démonstration A » depuis le 24 novembre 2026",
		"domaine example.org", "Rattachement à vérifier")
	if strings.Contains(r.decider.text(), "Vérifier l’appartenance") {
		t.Error("a decider is offered to verify")
	}
	r.reviewer.get("/instruction/"+number).fill("/instruction/"+number+"/verifier", nil).gets(422).sees("Comment vous l’avez vérifié : Remplissez ce champ.")
	r.reviewer.fill("/instruction/"+number+"/verifier", map[string]string{"note-verify": "Appelée au standard de la direction."}).gets(200).
		sees("Le rattachement est vérifié.", "Rattachement du porteur vérifié", "L’instruction : instructrice", "Appelée au standard de la direction.")
	r.decider.get("/instruction/"+number).sees("vérifié, domaine example.org", "Appelée au standard de la direction.")
	if strings.Contains(r.decider.text(), "Rattachement non vérifié") {
		t.Error("a verified membership is still warned of")
	}
	r.holder.get("/dossiers/" + number).sees("Rattachement du porteur vérifié")
	if strings.Contains(r.holder.text(), "standard de la direction") || strings.Contains(r.holder.text(), "instructrice") {
		t.Error("the applicant reads how they were checked, or by whom")
	}
	r.sound()
}
