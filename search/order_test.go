package search

import (
	"strings"
	"testing"

	"passerelle/models"
)

// TestBetterAnswersComeFirst holds what orders things that hold the same words.
func TestBetterAnswersComeFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lab(1, "Ti Lab", "53")
	w.useCase(1, 1, "Aider les demandeurs à remplir un dossier", "Un atelier", "La demande est longue. Depuis un an, un agent sans emploi stable tient le guichet.")
	w.useCase(2, 1, "Un atelier pour chercher", "Retour au travail", "Des demandeurs d’emploi ont relu les courriers.")
	w.useCase(3, 1, "Un permis d’aménager", "Une aide", "On y parle du permis de conduire, et du permis de conduire encore.")
	w.useCase(4, 1, "Le permis de conduire des agents", "Une aide", "Rien d’autre.")
	w.useCase(5, 1, "Un texte", "Un article", "Voyez l’article L. 312-1-1 du code.")
	w.useCase(6, 1, "Un prix", "Une somme", "Elle atteint 48 000 € au plus.")
	w.useCase(7, 1, "Budget participatif", "Des idées", "Les habitants choisissent.")
	for i := range 25 {
		w.useCase(models.ID(100+i), 1, "Une part du travail", "Chacun sa part", "Rien.")
	}
	w.useCase(200, 1, "La facture arrive", "Une somme", "Elle est payée.")
	w.thread(1, "Délais de paiement", "Ma facture dort à la mairie.")
	w.post(11, 1, 2, "Elle fut réglée au bout de trois mois par la trésorerie.")
	w.thread(2, "Un autre fil", "Quand ouvre la passerelle piétonne ?")
	w.post(21, 2, 2, "La passerelle piétonne ouvre, la passerelle piétonne est prête.")
	w.post(22, 2, 3, "La passerelle piétonne ouvrira en mai, après les essais de charge.")
	w.act("post.official", 22, "UPDATE posts SET official = 'Métropole de démonstration' WHERE id = 22")
	for id := models.ID(30); id <= 31; id++ { // the same but for its state
		w.useCase(id, 1, "Une navette à la demande", "Un essai", "Elle passe au village.")
	}
	w.act("usecase.published", 30, "UPDATE use_cases SET maturity = 'abandoned' WHERE id = 30")
	w.act("usecase.published", 31, "UPDATE use_cases SET maturity = 'deployed' WHERE id = 31")
	w.open()
	tests := map[string]struct{ text, first string }{
		"what runs before what was given up":    {"navette demande", "use_case:31"},
		"an official answer":                    {"passerelle piétonne", "post:22"},
		"the institution that answers":          {"métropole passerelle", "post:22"},
		"words that stand together":             {"demandeurs emploi", "use_case:2"},
		"a phrase in the title":                 {`"permis de conduire"`, "use_case:4"},
		"an article of a code, written short":   {"L312-1-1", "use_case:5"},
		"the same, its number alone":            {"312-1-1", "use_case:5"},
		"the same, with a space":                {"article L 312-1-1", "use_case:5"},
		"euros, where the text has the sign":    {"48 000 euros", "use_case:6"},
		"a frequent word that may be a start":   {"budget part", "use_case:7"},
		"what the posts of a thread say as one": {"facture trésorerie inexistante", "post:11"},
	}
	for name, tt := range tests {
		found := w.find(Query{Text: tt.text})
		if len(found.Hits) == 0 {
			t.Errorf("%s: %q finds nothing", name, tt.text)
			continue
		}
		if first, _, _ := strings.Cut(found.names(), " "); first != tt.first {
			t.Errorf("%s: %q finds %s first, not %s", name, tt.text, found.names(), tt.first)
		}
	}
}

func TestKindsOfThreads(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.thread(1, "Cantine bio", "Une discussion.")
	w.thread(2, "Cantine à un euro", "Une question.")
	w.thread(3, "Cantine pour tous", "Une proposition.")
	w.post(31, 3, 2, "La cantine, oui.")
	w.exec("UPDATE threads SET kind = 'question' WHERE id = 2")
	w.exec("UPDATE threads SET kind = 'proposal' WHERE id = 3")
	w.open()
	tests := map[string]string{
		"cantine type:proposition": "proposal:3",
		"cantine type:proposals":   "proposal:3",
		"cantine type:question":    "question:2",
		"cantine type:message":     "post:31",
		"cantine type:fil":         "post:31 proposal:3 question:2 thread:1",
	}
	for text, want := range tests {
		if got := sorted(strings.ReplaceAll(w.find(Query{Text: text}).names(), "+", "")); got != want {
			t.Errorf("%q finds %s, not %s", text, got, want)
		}
	}
	if got := w.find(Query{Text: "cantine"}).facets(); got != "thread 1, question 1, proposal 1, post 1" {
		t.Errorf("counted %s", got)
	}
}
