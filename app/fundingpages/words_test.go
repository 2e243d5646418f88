package fundingpages

import (
	"strings"
	"testing"
)

// Every rule that an answer breaks is quoted, in the test and at submission.
func TestEachBrokenRuleIsQuoted(t *testing.T) {
	t.Parallel()
	r := open(t)
	rules := []string{"une administration centrale ou déconcentrée", "Une équipe interne", "trois mois au plus", "Au moins 50 % des dépenses", "peuvent être rendus publics"}
	r.visitor().get("/financement/" + callSlug + "/eligibilite?porteur=local&equipe=non&duree=non&innovation=non&publication=non").gets(200).sees(append(rules, "Non éligible")...)
	draft := r.holder.begin()
	for _, s := range steps() {
		switch s.step {
		case "eligibilite":
			s.fields = map[string]string{"bearer": "local", "team": "non", "duration": "non", "innovative": "non", "public": "non"}
		case "organisme":
			s.fields["kind"] = "local"
		}
		s.fields["geste"] = "continuer"
		r.holder.get(draft+"/"+s.step).fill(draft+"/"+s.step, s.fields).gets(200)
	}
	r.holder.get(draft+"/depot").fill(draft+"/depot", map[string]string{"exact": "oui", "mandate": "oui", "publication": "oui"}).gets(422).sees("5 points à corriger")
	for _, rule := range rules {
		if !strings.Contains(plain(r.holder.doc.Find(".summary").Text()), rule) {
			t.Errorf("the summary does not quote %q", rule)
		}
	}
}

// One end of a window has one wording.
func TestOneWordingOfTheDeadline(t *testing.T) {
	t.Parallel()
	r := open(t)
	draft := r.holder.begin()
	const want = "Dernier instant : le 23 novembre 2027 à 23 h 59 min 59 s, heure de Paris"
	for _, address := range []string{"/financement", "/financement/" + callSlug, "/financement/" + callSlug + "/commencer", draft + "/projet", draft + "/depot", "/dossiers"} {
		r.holder.get(address).gets(200).sees(want)
	}
}

// A field that another answer makes compulsory does not say « facultatif », and
// each long text states its limit.
func TestWhatFieldsSay(t *testing.T) {
	t.Parallel()
	r := open(t)
	draft := r.holder.begin()
	h := r.holder.get(draft + "/financement")
	for field, want := range map[string]string{"other_origin": "Obligatoire si vous indiquez d’autres financements.", "double_aid": "Obligatoire si vous avez répondu oui"} {
		hint := plain(h.doc.Find("[id='" + field + "-aide']").Text())
		if label := h.doc.Find("label[for='" + field + "']").Text(); strings.Contains(label, "facultatif") || !strings.Contains(hint, want) {
			t.Errorf("%s: label %q, hint %q", field, plain(label), hint)
		}
	}
	for _, step := range []string{"projet", "financement"} {
		h.get(draft + "/" + step)
		for i := range h.doc.Find("main textarea").Nodes {
			area := h.doc.Find("main textarea").Eq(i)
			name, most := area.AttrOr("id", ""), area.AttrOr("data-max", "")
			if hint := plain(h.doc.Find("[id='" + name + "-aide']").Text()); most == "" || !strings.Contains(strings.ReplaceAll(hint, " ", ""), most+"caractères") {
				t.Errorf("%s: limit %q, hint %q", name, most, hint)
			}
		}
	}
	// Dates are read as people write them.
	for _, start := range []string{"1/3/2027", "01/03/2027", "2027-03-01"} {
		h.get(draft+"/projet").fill(draft+"/projet", map[string]string{"start": start, "geste": "enregistrer"}).gets(200)
		if h.value("start") != "01/03/2027" {
			t.Errorf("%s is read as %s", start, h.value("start"))
		}
	}
}
