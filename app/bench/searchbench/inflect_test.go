package main

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"
)

func TestInflected(t *testing.T) {
	t.Parallel()
	tests := []struct{ word, want string }{
		{"fichier", "fichiez"}, // a noun in -er is taken for a verb: no rule knows the difference
		{"réseau", "réseaux"}, {"réseaux", "réseau"}, {"local", "locaux"}, {"locaux", "local"}, {"spéciaux", "spécial"},
		{"chargement", "chargements"}, {"installations", "installation"}, {"installer", "installez"}, {"installez", "installer"},
		{"fournissent", "fournit"}, {"créé", "créées"}, {"créée", "créés"}, {"nombreux", "nombreuse"}, {"active", "actifs"},
		{"processus", "processus"}, {"choix", "choix"}, {"serveurs", "serveur"}, {"page", "pages"},
	}
	for _, tt := range tests {
		if got := inflected(tt.word); got != tt.want {
			t.Errorf("inflected(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestWithoutAccents(t *testing.T) {
	t.Parallel()
	if got := withoutAccents("Élève où ça"); got != "Eleve ou ca" {
		t.Error(got)
	}
}

func TestMisspelt(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		word := "développement"
		wrong := misspelt(random, word)
		first, _ := utf8.DecodeRuneInString(wrong)
		if wrong == word || first != 'd' || distance([]rune(word), []rune(wrong)) != 1 {
			t.Fatalf("%q", wrong)
		}
	}
	if got := misspelt(random, "de"); got != "de" {
		t.Errorf("a short word became %q", got)
	}
}

// distance counts errors: a letter too many, too few, another, or two that
// changed places.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			other := 1
			if a[i-1] == b[j-1] {
				other = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+other)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
