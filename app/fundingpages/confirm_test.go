package fundingpages

import (
	"net/url"
	"strings"
	"testing"
)

func TestNothingIsDecidedOnOneClick(t *testing.T) {
	t.Parallel()
	r := open(t)
	number := r.proposed()
	address := "/instruction/" + number
	motive := "Un motif pesé,\n\nsur deux paragraphes & avec « des guillemets »."

	grant := map[string]string{"amount-grant": "26 000", "motive-grant": motive}
	r.decider.get(address).fill(address+"/accorder", grant).gets(200).
		sees("Accorder cette aide", "Rattachement non vérifié", "27 500 €", "26 000 €", "6 000 000 €", "5 974 000 €", "sur deux paragraphes")
	r.holder.get("/dossiers/" + number).sees("Votre dossier attend une décision")
	// Going back keeps what was typed.
	r.decider.fill(address+"/accorder", map[string]string{"geste": "corriger"}).gets(200)
	if r.decider.value("amount-grant") != "26 000" || r.decider.value("motive-grant") != motive {
		t.Errorf("what was typed is lost: %q %q", r.decider.value("amount-grant"), r.decider.value("motive-grant"))
	}
	// What is wrong is said before anything is asked.
	r.decider.fill(address+"/accorder", map[string]string{"motive-grant": ""}).gets(422).sees("Remplissez ce champ.")
	r.decider.fill(address+"/accorder", map[string]string{"amount-grant": "27 501", "motive-grant": "Trop."}).gets(422).sees("d’au plus 27 500 €")
	r.decider.fill(address+"/refuser", map[string]string{"motive-refuse": "Non."}).gets(200).sees("Refuser cette aide", "Enveloppe disponible, avant et après", "6 000 000 €")
	r.lead.get(address)
	for _, verb := range []string{"accorder", "refuser", "classer"} {
		r.decider.get(address + "/" + verb).gets(200)
		if r.decider.address != address {
			t.Errorf("GET …/%s leads to %s", verb, r.decider.address)
		}
		r.outsider.get(address + "/" + verb).gets(404)
		r.visitor().get(address + "/" + verb).gets(401)
	}
	// Somebody was quicker: the confirmation is refused and the text kept.
	late := r.decider.fill(address+"/accorder", grant).gets(200)
	form := url.Values{"geste": {"confirmer"}}
	for _, name := range []string{"version", "amount-grant", "motive-grant"} {
		form.Set(name, late.doc.Find("main input[name='"+name+"']").AttrOr("value", ""))
	}
	r.other.get(address).fill(address+"/refuser", map[string]string{"motive-refuse": "Non."}).confirms(address + "/refuser").sees("L’aide est refusée.")
	late.post(address+"/accorder", form).gets(409).sees("Rien n’est perdu", "Votre texte, à recopier", "sur deux paragraphes")
	r.holder.get("/dossiers/" + number).sees("L’aide est refusée")
	if strings.Contains(r.holder.text(), "26 000") {
		t.Error("an overtaken grant shows")
	}
	r.sound()
}
