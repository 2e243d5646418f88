package search

import (
	"slices"
	"strings"
	"testing"
)

func TestFormsOfAWord(t *testing.T) {
	t.Parallel()
	tests := []struct {
		one, other string
		want       kinship
	}{
		{"publier", "publions", inflected},
		{"publient", "publiee", inflected},
		{"publiait", "publieront", inflected},
		{"finir", "finissons", inflected},
		{"finissent", "finie", inflected},
		{"repondre", "repondu", inflected},
		{"repondent", "repondons", inflected},
		{"prennent", "pris", inflected},
		{"comprendre", "compris", inflected},
		{"obtenir", "obtient", inflected},
		{"inscrire", "inscrit", inflected},
		{"envoyer", "envoient", inflected},
		{"elu", "elues", inflected},
		{"municipal", "municipaux", inflected},
		{"travail", "travaux", inflected},
		{"redacteur", "redactrice", inflected},
		{"ancien", "anciennes", inflected},
		{"numeriser", "numerisation", derived},
		{"publier", "publication", derived},
		{"simplifier", "simplification", derived},
		{"accessible", "accessibilite", derived},
		{"decider", "decision", derived},
		{"construire", "construction", derived},
		{"transparent", "transparence", derived},
		{"commune", "communication", strangers},
		{"ville", "village", strangers},
		{"agent", "agence", strangers},
		{"maison", "mais", strangers},
		{"port", "portail", strangers},
	}
	for _, tt := range tests {
		if got := related(tt.one, tt.other); got != tt.want {
			t.Errorf("%s and %s: %d, want %d", tt.one, tt.other, got, tt.want)
		}
		if one, other := related(tt.one, tt.other), related(tt.other, tt.one); one != other {
			t.Errorf("%s is to %s what %s is not to it: %d, %d", tt.one, tt.other, tt.other, one, other)
		}
	}
}

// related is how two words belong together, by their endings or as irregular forms.
func related(one, other string) kinship {
	if slices.Contains(irregularForms(one), other) {
		return inflected
	}
	return kinOf(one).to(other)
}

// What is scanned for the forms of a word holds them all.
func TestTheRootIsTheBeginningOfEveryForm(t *testing.T) {
	t.Parallel()
	for _, word := range strings.Fields("publier publication communes maisons habitants dematerialisation accessible elus entreprises ouverte") {
		k := kinOf(word)
		root := k.root(word)
		if len(root) < 3 || !strings.HasPrefix(word, root) {
			t.Errorf("%s: root %q", word, root)
		}
		for r := range k {
			if len(r) >= 3 && !strings.HasPrefix(r, root) {
				t.Errorf("%s: %q does not begin with %q", word, r, root)
			}
		}
	}
}

func TestSynonymsAreRead(t *testing.T) {
	t.Parallel()
	s, err := ReadSynonyms(strings.NewReader("# à la main\n\nlab, laboratoire\nSI, système d’information\n"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ typed, want string }{
		{"laboratoire", "[[lab]]"},
		{"systèmes d'information", "[[si]]"},
		{"SI", "[[system inform]]"},
		{"système", "[]"},
	}
	for _, tt := range tests {
		list := s.named(wordsOf(tt.typed))
		others := [][]string{}
		for _, other := range list[0].others {
			others = append(others, other.stems)
		}
		if got := sprint(others); got != tt.want || len(list) != 1 {
			t.Errorf("%q: %s, %d clauses; want %s", tt.typed, got, len(list), tt.want)
		}
	}
	if list := s.named(wordsOf("si le système")); len(list) != 1 || len(list[0].others) != 0 {
		t.Errorf("a small word became an acronym: %v", list)
	}
	for text, line := range map[string]string{"lab\n": "line 1", "a, b\n# ok\nx,\n": "line 1", "mairie, commune\nseul": "line 2", "mairie, de la": "line 1"} {
		if _, err := ReadSynonyms(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), line) {
			t.Errorf("%q: %v, want %s", text, err, line)
		}
	}
}

func sprint(names [][]string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = "[" + strings.Join(name, " ") + "]"
	}
	return "[" + strings.Join(list, " ") + "]"
}

func TestOperators(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, operators, rest string }{
		{"budget auteur:claire", "auteur=claire", "budget"},
		{`auteur:"Claire Dubois" budget`, "auteur=Claire Dubois", "budget"},
		{"lab:ti-lab labo:siilab", "labo=ti-lab labo=siilab", ""},
		{"après:2025 avant:2026-10-01 APRES:1/2026", "apres=2025 avant=2026-10-01 apres=1/2026", ""},
		{"Région:Bretagne", "region=Bretagne", ""},
		{"titre:budget http://labo:80", "", "titre:budget http://labo:80"},
		{"auteur: claire", "", "auteur: claire"},
		{"xauteur:claire", "", "xauteur:claire"},
		{`auteur:"claire`, `auteur="claire`, ""},
		{":::", "", ":::"},
	}
	for _, tt := range tests {
		list, rest := operatorsIn(tt.typed)
		var got []string
		for _, o := range list {
			got = append(got, o.Name+"="+o.Value)
		}
		if strings.Join(got, " ") != tt.operators || strings.Join(strings.Fields(rest), " ") != tt.rest {
			t.Errorf("%s: %q and %q, want %q and %q", tt.typed, got, rest, tt.operators, tt.rest)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]int32{
		"1970-01-02": 1, "2/1/1970": 1, "02/01/1970": 1, "1970": 0, "02/1970": 31, "1970-02": 31, "1969": -1, "31/02/2026": -1, "demain": -1, "": -1,
	} {
		got, ok := firstDay(value)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %d, %v; want %d", value, got, ok, want)
		}
	}
}

func FuzzOperators(f *testing.F) {
	for _, seed := range []string{"auteur:a b", `labo:"x`, "après:«a»", "é:", "avant:\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, rest := operatorsIn(text)
		if len(list) > maxOperators || len(rest) > len(text)+len(list) {
			t.Errorf("%q: %d operators, rest %q", text, len(list), rest)
		}
		parse(rest, nil)
	})
}
