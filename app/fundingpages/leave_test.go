package fundingpages

import (
	"net/url"
	"strings"
	"testing"
)

// Each way out of a step keeps what was typed, without JavaScript.
func TestLeavingAStepKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	r := open(t)
	h := r.holder
	draft := h.begin()
	// The buttons stand outside of the form, and Enter presses another one.
	h.get(draft + "/projet")
	if first := h.doc.Find("[form=etape], #etape button").First(); first.AttrOr("value", "") != "enregistrer" {
		t.Errorf("Enter would press %q", first.AttrOr("value", ""))
	}
	for _, gesture := range []string{"aller-budget", "aller-depot", "aller-collegues", "aller-supprimer", "aller-equipe"} {
		if h.get(draft+"/projet").doc.Find("button[name=geste][value='"+gesture+"']").Length() == 0 {
			t.Errorf("the page has no button %s", gesture)
		}
		title := "Titre avant " + gesture
		h.fill(draft+"/projet", map[string]string{"title": title, "geste": gesture}).gets(200).sees("Étape « Projet » enregistrée")
		if h.address != draft+"/"+strings.TrimPrefix(gesture, "aller-") {
			t.Errorf("%s leads to %s", gesture, h.address)
		}
		if h.get(draft + "/projet"); h.value("title") != title {
			t.Errorf("%s: the title is %q", gesture, h.value("title"))
		}
	}
	// Who typed nothing saves nothing.
	if h.fill(draft+"/projet", map[string]string{"geste": "aller-budget"}).gets(200); strings.Contains(h.text(), "enregistrée") {
		t.Error("nothing was typed, and yet it was saved")
	}
	if h.fill(draft+"/budget", map[string]string{"geste": "aller-projet"}).gets(200); h.address != draft+"/projet" || strings.Contains(h.text(), "enregistrée") {
		t.Errorf("an untouched budget leads to %s", h.address)
	}
	// What cannot be saved is shown again, with a way out.
	h.fill(draft+"/projet", map[string]string{"start": "31/04/2027", "problem": "Un texte", "geste": "aller-budget"}).gets(422).
		sees("Écrivez une date qui existe", "partez sans l’enregistrer")
	if h.value("start") != "31/04/2027" || h.value("problem") != "Un texte" {
		t.Error("what was typed is lost")
	}
	if to := h.doc.Find("main a:contains('partez sans')").AttrOr("href", ""); to != draft+"/budget" {
		t.Errorf("the way out leads to %q", to)
	}
	// A gesture of no page stays here.
	h.get(draft+"/projet").fill(draft+"/projet", map[string]string{"title": "x", "geste": "aller-//exemple.fr"}).gets(200)
	if h.address != draft+"/projet" {
		t.Errorf("led to %s", h.address)
	}
	// A version is written one way.
	for _, version := range []string{"10 ", "+6", "06", ""} {
		h.get(draft+"/projet").post(draft+"/projet", url.Values{"version": {version}, "title": {"y"}, "geste": {"enregistrer"}}).gets(409)
	}
}

func TestDeletingADraft(t *testing.T) {
	t.Parallel()
	r := open(t)
	h := r.holder
	draft := h.begin()
	h.complete(draft)
	r.join(draft, r.colleague)
	h.get(draft+"/collegues").fill(draft+"/collegues", map[string]string{"email": "passante@example.org"}).gets(200)
	token := r.token()
	r.colleague.get(draft + "/supprimer").gets(200).sees("Seul le porteur supprime un brouillon")
	r.colleague.get(draft+"/projet").post(draft+"/supprimer", url.Values{"version": {h.get(draft+"/supprimer").doc.Find("main input[name=version]").AttrOr("value", "")}}).gets(403)
	r.outsider.get(draft + "/supprimer").gets(404)

	// A colleague wrote meanwhile: the holder is asked again.
	h.get(draft + "/supprimer").sees("1 collègue de l’équipe ne pourra plus l’ouvrir")
	r.colleague.get(draft+"/projet").fill(draft+"/projet", map[string]string{"title": "Encore", "geste": "enregistrer"}).gets(200)
	h.fill(draft+"/supprimer", nil).gets(409).sees("Ce dossier a changé")
	h.fill(draft+"/supprimer", nil).gets(200).sees("Le brouillon est supprimé", "Vous n’avez encore aucun dossier")
	r.colleague.get(draft+"/projet").gets(404).sees("a été supprimé par son porteur", "Mes dossiers")
	r.outsider.get("/dossiers/invitation?jeton=" + token).gets(404)
	id := strings.TrimPrefix(draft, "/dossiers/brouillons/")
	for query, want := range map[string]int{
		"SELECT count(*) FROM applications":                                                      0,
		"SELECT count(*) FROM draft_steps":                                                       0,
		"SELECT count(*) FROM invitations":                                                       0,
		"SELECT count(*) FROM application_members":                                               0,
		"SELECT count(*) FROM changes WHERE kind = 'draft.erased' AND subject = " + id:           1,
		"SELECT count(*) FROM changes WHERE kind = 'draft.erased' AND payload NOT IN ('', '{}')": 0,
	} {
		if got := r.count(query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	number := r.submitted()
	h.get("/dossiers/"+number).post("/dossiers/brouillons/2/supprimer", url.Values{"version": {"8"}}).gets(409).sees("déjà déposé")
	r.sound()
}
