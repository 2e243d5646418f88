package search

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// shown writes a parsed text: words, "phrases", and -what is not wanted.
func (w words) shown() string {
	var parts []string
	for _, c := range w.wanted {
		parts = append(parts, c.shown())
	}
	for _, c := range w.without {
		parts = append(parts, "-"+c.shown())
	}
	if w.problem != Fine {
		parts = append(parts, "("+string(w.problem)+")")
	}
	if w.cut {
		parts = append(parts, "(cut)")
	}
	return strings.Join(parts, " ")
}

func (c clause) shown() string {
	if c.term != "" {
		return c.term
	}
	places := make([]string, len(c.phrase))
	for i, spellings := range c.phrase {
		places[i] = strings.Join(spellings, "|")
	}
	return `"` + strings.Join(places, " ") + `"`
}

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, want string }{
		{"sécurité des réseaux", "securit reseau"},
		{"réseau RÉSEAUX reseau", "reseau"},
		{`"marchés publics"`, `"marches publics"`},
		{`accord "marchés publics" local`, `"marches publics" acord local`},
		{"« à l’État » budget", `"a etat" budget`},
		{"“être ou ne pas être”", `"etre ou ne pas etre"`},
		{`"Lab’EST"`, `"labest|lab est"`},
		{"Lab’EST", "labest"},
		{"commune -métropole", `comun -"metropole"`},
		{`commune -"grande ville"`, `comun -"grande ville"`},
		{"arc-en-ciel", "arcenciel"},
		{"arc - ciel", "arc ciel"},
		{"48 000 €", "48000"},
		{"48 000 € -2021", `48000 -"2021"`},
		{"comment faire une demande", "demand"},
		{"comment faire", "coment fair"},
		{"y a-t-il un budget", "budget"},
		{"D.I.T.P.", "ditp"},
		{"titre:budget*", "titr budget"},
		{`"budget`, "budget"},
		{`budget"`, "budget"},
		{`""`, "(only_signs)"},
		{"", "(nothing)"},
		{" \t\n", "(nothing)"},
		{"!!! ??? * ~ ^", "(only_signs)"},
		{"de la le les", "(only_small)"},
		{`"`, "(only_signs)"},
		{"-", "(only_signs)"},
		{"--budget", "budget"},
		{"-budget", `-"budget" (only_without)`},
		{"\x00\xff budget \x1b", "budget"},
		{"<script>alert(1)</script>", "script alert 1"},
		{strings.Repeat("é", 2001), "(too_long)"},
		{strings.Repeat("ab", 1000), strings.Repeat("ab", 32)},
	}
	for _, tt := range tests {
		if got := parse(tt.typed, nil).shown(); got != tt.want {
			t.Errorf("%.40q is understood as %s, want %s", tt.typed, got, tt.want)
		}
	}
}

func TestParseIsBounded(t *testing.T) {
	t.Parallel()
	var many, phrase strings.Builder
	for i := range 200 {
		fmt.Fprintf(&many, "mot%d ", i)
		fmt.Fprintf(&phrase, "m%d ", i)
	}
	if w := parse(many.String(), nil); len(w.wanted) != maxClauses || !w.cut {
		t.Errorf("%d words, cut %v", len(w.wanted), w.cut)
	}
	if w := parse(`"`+phrase.String()+`"`, nil); len(w.wanted) != 1 || len(w.wanted[0].phrase) != maxInPhrase {
		t.Errorf("a phrase of %d words", len(w.wanted[0].phrase))
	}
	for _, hostile := range []string{strings.Repeat(`"`, 2000), strings.Repeat("-a", 1000), strings.Repeat("«", 2000),
		strings.Repeat(` -"`, 600), strings.Repeat("'", 2000), strings.Repeat("a.", 1000)} {
		began := time.Now()
		parse(hostile, nil)
		if took := time.Since(began); took > time.Second {
			t.Errorf("%.10q… takes %v", hostile, took)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`a "b c" -d «e f» “g”`, `"`, `-"`, `--a-"b"-`, "«a\"b»", "\xff\"\x00", "48 000 -1 000", "-–—'’"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		w := parse(typed, nil)
		if len(w.wanted) > maxClauses || len(w.without) > maxClauses {
			t.Errorf("%q: %d and %d clauses", typed, len(w.wanted), len(w.without))
		}
		if (w.problem == Fine) != (len(w.wanted) > 0) {
			t.Errorf("%q: problem %q with %d clauses", typed, w.problem, len(w.wanted))
		}
		for _, c := range append(w.wanted, w.without...) {
			if c.term == "" && len(c.phrase) == 0 || len(c.phrase) > maxInPhrase {
				t.Errorf("%q: clause %v", typed, c)
			}
			if !utf8.ValidString(c.shown()) {
				t.Errorf("%q: %q is no text", typed, c.shown())
			}
		}
	})
}
