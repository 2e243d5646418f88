package search

import (
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/analysis"
	index "github.com/blevesearch/bleve_index_api"
	"golang.org/x/text/unicode/norm"
)

func termsOf(a analysis.Analyzer, text string) string {
	var list []string
	for _, token := range a.Analyze([]byte(text)) {
		list = append(list, string(token.Term))
	}
	return strings.Join(list, " ")
}

func TestFrenchMeetsOtherForms(t *testing.T) {
	t.Parallel()
	tests := []struct{ one, other string }{
		{"sécurité", "securite"},
		{"SÉCURITÉ", "securite"},
		{"Sécurités", "securite"},
		{"réseaux", "reseau"},
		{"réseaux", "RESEAUX"},
		{"L’urbanisme", "urbanismes"},
		{"L'urbanisme", "urbanismes"},
		{"d’urbanisme", "urbanisme"},
		{"qu’urbanisme", "urbanisme"},
		{"jusqu’ici", "ici"},
		{"aujourd’hui", "aujourd'hui"},
		{"Aujourd’hui", "aujourdhui"},
		{"déchèterie", "déchetterie"},
		{"déchèteries", "decheterie"},
		{"D.I.T.P.", "DITP"},
		{"D.I.T.P", "ditp"},
		{"l’A.N.C.T.", "ANCT"},
		{"cœur", "coeur"},
		{"ŒUVRES", "oeuvre"},
		{"l’œuvre", "oeuvre"},
		{"marchés publics", "marché public"},
		{"MARCHES PUBLICS", "marché public"},
		{"numériques", "numérique"},
		{"communes", "commune"},
		{"journaux", "journal"},
		{"évaluations", "evaluation"},
		{"numérisations", "numériser"},
		{"caractères", "caracteres"},
		{"frontière", "frontieres"},
		{"conformément", "conformement"},
		{"première", "premiers"},
		{"complète", "complets"},
		{"agent·e·s", "agents"},
		{"agent.e.s", "agent"},
		{"usager·ères", "usager"},
		{"48 000 €", "48000"},
		{"48\u202f000\u00a0€", "48000"},
		{"1 250 000", "1250000"},
		{"22 750,50", "22750.50"},
		{"élus", "elu"},
		{"État", "etat"},
		{"co\u00adopération", "cooperation"},
		{"ﬁnancement", "financement"},
		{"co‑construction", "co-construction"},
		{"phase terminée.Début", "phase terminee début"},
		{"data.gouv.fr", "data gouv fr"},
	}
	for _, tt := range tests {
		one, other := termsOf(french, tt.one), termsOf(french, tt.other)
		if one != other {
			t.Errorf("%q is %q, but %q is %q", tt.one, one, tt.other, other)
		}
		if decomposed := termsOf(french, norm.NFD.String(tt.one)); decomposed != one {
			t.Errorf("%q in decomposed characters is %q, not %q", tt.one, decomposed, one)
		}
	}
}

func TestFrenchKeepsApart(t *testing.T) {
	t.Parallel()
	tests := []struct{ one, other string }{
		{"sécurité", "sécuriser"},
		{"numérisation", "numérique"},
		{"publication", "public"},
		{"lab", "laboratoire"},
		{"2021", "2022"},
		{"48 000", "48"},
		{"en 2026 150 agents", "2026150 agents"},
		{"12, 345", "12345"},
		{"cour", "cours d’eau"},
	}
	for _, tt := range tests {
		if one, other := termsOf(french, tt.one), termsOf(french, tt.other); one == other {
			t.Errorf("%q and %q are both %q", tt.one, tt.other, one)
		}
	}
}

func TestStopWords(t *testing.T) {
	t.Parallel()
	if got := termsOf(french, "Il y a été, l’été, ce qu’elle a dit à la mairie"); got != "ete ete dit mair" {
		t.Errorf("got %q", got)
	}
	for _, word := range strings.Fields("été ete étés son SI S.I. sous entre état fin or sol lit nom bon") {
		if termsOf(french, word) == "" {
			t.Errorf("%q is lost as a stop word", word)
		}
	}
	if got := termsOf(french, "de la à au même où si ÊTRE très"); got != "" {
		t.Errorf("stop words left %q", got)
	}
}

func TestExactKeepsEveryWord(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"Les réseaux de l’État", "les reseaux de etat"},
		{"Être ou ne pas être", "etre ou ne pas etre"},
		{"Lab’EST", "labest lab est"},
		{"aujourd’hui", "aujourdhui"},
		{"Cœur de ville, à 48 000 €", "coeur de ville a 48000"},
	}
	for _, tt := range tests {
		if got := termsOf(exact, tt.text); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Offsets are those of the text as it was given: a highlight cuts by them.
func TestOffsetsAreThoseOfTheText(t *testing.T) {
	t.Parallel()
	text := "À Orléans, l’œuvre coûte 48 000 € aux agent·e·s de Lab’EST."
	want := map[string]string{"orlean": "Orléans", "oeuvr": "l’œuvre", "48000": "48 000", "agent": "agent·e·s", "labest": "Lab’EST"}
	for _, token := range french.Analyze([]byte(text)) {
		if place, ok := want[string(token.Term)]; ok {
			if got := text[token.Start:token.End]; got != place {
				t.Errorf("%s stands at %q, want %q", token.Term, got, place)
			}
			delete(want, string(token.Term))
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}

func TestPositionsOfAJoinedWord(t *testing.T) {
	t.Parallel()
	var got []int
	for _, token := range exact.Analyze([]byte("le Lab’EST de Nancy")) {
		got = append(got, token.Position)
	}
	want := []int{1, 2, 2, 3, 4, 5} // le labest+lab est de nancy
	if len(got) != len(want) {
		t.Fatalf("positions %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("positions %v, want %v", got, want)
		}
	}
}

// A text of a single endless word takes no longer than another.
func TestAnalysisIsBounded(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"œ", "a", "é", "a'", "a.", "a·", "e\u0301", "字", "\u0301"} {
		text := []byte(strings.Repeat(unit, 20_000/len(unit)))
		began := time.Now()
		french.Analyze(text)
		exact.Analyze(text)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%d bytes of %q take %v", len(text), unit, took)
		}
	}
}

func FuzzAnalysis(f *testing.F) {
	for _, seed := range []string{"L’été à Orléans", "D.I.T.P. agent·e·s", "48 000 €", "a\u0301b\xff\x00'.'·", "œœœ''''", "ﷺ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, a := range []analysis.Analyzer{french, exact} {
			for _, token := range a.Analyze([]byte(text)) {
				if len(token.Term) == 0 || len(token.Term) > longest {
					t.Errorf("term %q of %q", token.Term, text)
				}
				if token.Start < 0 || token.End > len(text) || token.Start >= token.End {
					t.Errorf("%q at %d to %d of %q", token.Term, token.Start, token.End, text)
				}
			}
		}
	})
}

func BenchmarkAnalysis(b *testing.B) {
	text := []byte(corpus(1, 1)[0].Body)
	for name, a := range map[string]analysis.Analyzer{"french": french, "exact": exact} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				a.Analyze(text)
			}
		})
	}
}

// What a document is indexed with is what the analyzers say: the remembered
// words are only a shorter way.
func TestReadingIsTheAnalysis(t *testing.T) {
	t.Parallel()
	texts := []string{"", "L’été à Orléans : 48 000 € pour les agent·e·s de Lab’EST, D.I.T.P., œuvres et cœur. Fin.Début aujourd’hui.",
		"Réseau réseaux RÉSEAUX reseau", "\xff\x00 été"}
	for _, d := range corpus(5, 50) {
		texts = append(texts, d.Body)
	}
	for range 2 { // again, with the words remembered
		for _, text := range texts {
			r := &reading{text: []byte(text)}
			r.read()
			for name, pair := range map[string]struct {
				got  counted
				want analysis.TokenStream
			}{"french": {r.french, french.Analyze([]byte(text))}, "exact": {r.exact, exact.Analyze([]byte(text))}} {
				want := analysis.TokenFrequency(pair.want, nil, index.IncludeTermVectors)
				if pair.got.length != len(pair.want) || len(pair.got.terms) != len(want) {
					t.Fatalf("%s of %.40q: %d words, %d terms; want %d, %d", name, text, pair.got.length, len(pair.got.terms), len(pair.want), len(want))
				}
				for term, freq := range want {
					got := pair.got.terms[term]
					if got == nil || got.Frequency() != freq.Frequency() {
						t.Fatalf("%s of %.40q: %q is counted otherwise", name, text, term)
					}
					for i, location := range got.Locations {
						if location.Position != freq.Locations[i].Position {
							t.Fatalf("%.40q: %q stands elsewhere", text, term)
						}
					}
				}
			}
		}
	}
}
