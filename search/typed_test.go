package search

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestWhateverIsTypedHasAnAnswer asks what people and scripts may type, in
// pieces put together at random. A search that fails would be taken for a
// damaged index, which is built again: nobody may bring that about by typing.
func TestWhateverIsTypedHasAnAnswer(t *testing.T) {
	t.Parallel()
	w := library(t)
	w.sync()
	var err error
	if w.index.Synonyms, err = ReadSynonyms(strings.NewReader("déchèterie, déchetterie mobile, point d’apport\nPLU, plan local d’urbanisme\nDLNUF, Dites-le-nous une fois\ncompteur, relevé à distance")); err != nil {
		t.Fatal(err)
	}
	pieces := []string{
		"déchèterie", "DÉCHÈTERIE", "dechet", "mobile", "point d’apport", "PLU", "plu", "plan local d'urbanisme", "Dites-le-nous une fois", "DLNUF",
		"compteur", "relever à distance", "horaires", "samedi", "comp", "déch", "zzz", "de la", "l’", "L. 312-1-1", "L312-1-1", "R. 1-", "48 000 euros", "48\u202f000\u00a0€",
		"-", "-rennes", "-PLU", "-\"la déchèterie\"", "\"", "«", "»", "\"la déchèterie\"", "\"ouverte reste\"", "\"de\"", "\"\"", "«\u202freste ouverte\u202f»",
		"type:fil", "type:", "auteur:camille", "labo:\"ti lab\"", "avant:2026", "après:junk", "agent·e·s", "aujourd’hui", "co-", "--", "a", "É", "\x00", "\xff", "\u00ad", "📎", "%", "*", "(",
	}
	random := rand.New(rand.NewPCG(9, 9))
	rounds := 1500
	if testing.Short() {
		rounds = 200
	}
	for range rounds {
		var typed strings.Builder
		for range 1 + random.IntN(7) {
			typed.WriteString(pieces[random.IntN(len(pieces))])
			if random.IntN(5) > 0 {
				typed.WriteByte(' ')
			}
		}
		q := Query{Text: typed.String(), Page: random.IntN(3), Newest: random.IntN(4) == 0}
		if random.IntN(4) == 0 {
			q.Types = []Type{Types[random.IntN(len(Types))]}
		}
		if random.IntN(6) == 0 {
			q.After = "MC4wLnBvc3Q6MTE"
		}
		found, err := w.index.Find(t.Context(), q)
		if err != nil || found.Rebuilding {
			t.Fatalf("%q: %v, rebuilding %v", q.Text, err, found.Rebuilding)
		}
		if _, err := w.index.Suggest(t.Context(), q.Text); err != nil {
			t.Fatalf("suggest %q: %v", q.Text, err)
		}
		w.index.Matcher(q.Text).In("Une déchèterie mobile, aujourd’hui", `["L. 312-1-1"]`)
	}
}
