package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestCutter(t *testing.T) {
	t.Parallel()
	text := func(n int) string { return strings.Repeat("é", n) }
	tests := []struct {
		name  string
		given []int // lengths of paragraphs
		want  [][]int
	}{
		{"too short a page", []int{299}, nil},
		{"just long enough", []int{300}, [][]int{{300}}},
		{"short ones are joined", []int{100, 199, 50}, [][]int{{100, 199}}},
		{"a long one does not swallow a short one", []int{200, 1900, 300}, [][]int{{1900}, {300}}},
		{"too long a one is cut", []int{4100}, [][]int{{2000}, {2000}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var c cutter
			for _, n := range tt.given {
				c.add(text(n))
			}
			c.end()
			var got [][]int
			for _, document := range c.documents {
				var lengths []int
				for _, p := range document {
					lengths = append(lengths, utf8.RuneCountInString(p))
				}
				got = append(got, lengths)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCutLong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		limit      int
		want       []string
	}{
		{"short enough", "Une phrase.", 20, []string{"Une phrase."}},
		{"nothing", "", 20, nil},
		{"after a sentence", "Une phrase. Et la suite vient.", 20, []string{"Une phrase.", "Et la suite vient."}},
		{"between words", "sans aucune ponctuation ici", 20, []string{"sans aucune", "ponctuation ici"}},
		{"within a word", strings.Repeat("é", 25), 20, []string{strings.Repeat("é", 20), "ééééé"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, cutLong(tt.text, tt.limit)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestIsFrench(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want bool
	}{
		{"Le fichier est créé dans le répertoire de travail.", true},
		{"The file is created in the directory of the user.", false},
		{"alpha beta gamma delta epsilon zeta eta theta iota kappa lambda", false},
		{"Voir the manual of the program for this.", false},
	}
	for _, tt := range tests {
		if got := isFrench(tt.text); got != tt.want {
			t.Errorf("isFrench(%q) = %v", tt.text, got)
		}
	}
}

func TestWordsIn(t *testing.T) {
	t.Parallel()
	got := wordsIn("L’Installation d'un nœud : SO_REUSEADDR, e2fsck, 42 fois.")
	if diff := cmp.Diff([]string{"l", "installation", "d", "un", "nœud", "fois"}, got); diff != "" {
		t.Error(diff)
	}
}
