package search

import (
	"strings"
	"testing"
)

func TestMatcher(t *testing.T) {
	t.Parallel()
	synonyms, err := ReadSynonyms(strings.NewReader("RH, ressources humaines"))
	if err != nil {
		t.Fatal(err)
	}
	x := &Index{Synonyms: synonyms}
	const text = "2026-0412\nDirection de démonstration A\nL’équipe des ressources humaines publiera."
	tests := map[string]bool{
		"":                          false,
		"de la":                     false,
		"marche public":             true,
		"MARCHÉS":                   true,
		"publier":                   true, // another form
		"l'equipe":                  true,
		"RH":                        true,
		"48000":                     true,
		"0412":                      true,
		"2026-0412":                 true,
		"démonst":                   true, // only begun
		"démo assistant":            false,
		`"jeux de données"`:         true,
		`"données de jeux"`:         false,
		"marchés -assistant":        false,
		"marchés -robot":            true,
		"marchés robot":             false,
		"-robot":                    true,
		"-assistant":                false,
		`marchés -"jeux de billes"`: true,
	}
	for typed, want := range tests {
		if got := x.Matcher(typed).In(text, `{"projet": {"titre": "Un assistant pour les marchés publics"}, "lignes": ["48\u202f000 € de jeux de données"]}`); got != want {
			t.Errorf("%q: %v, want %v", typed, got, want)
		}
	}
}
