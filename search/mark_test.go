package search

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMark(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, text, want string }{
		{"réseau", "Les réseaux d’eau", "Les [réseaux] d’eau"},
		{"reseau", "RÉSEAUX", "[RÉSEAUX]"},
		{"urbanisme", "l’urbanisme, d'urbanisme", "l’[urbanisme], d'[urbanisme]"},
		{"Orléans", "à Orléans même", "à [Orléans] même"},
		{"oeuvre", "l’œuvre", "l’[œuvre]"},
		{"DITP", "la D.I.T.P. répond", "la [D.I.T.P]. répond"},
		{"48000", "jusqu’à 48 000 € par projet", "jusqu’à [48 000] € par projet"},
		{"agent", "les agent·e·s", "les [agent]·e·s"},
		{"0,22", "soit 0,22 € par repas", "soit [0,22] € par repas"},
		{"numérique", "le numé\u00adrique", "le [numé\u00adrique]"},
		{"datacenter", "un data-center", "un [data-center]"},
		{"labest", "Lab’EST", "[Lab’EST]"},
		{"marché public", "le marché et le public", "le [marché] et le [public]"},
		{"mot", "", ""},
		{"mot", "rien de tel", "rien de tel"},
	}
	for _, tt := range tests {
		m := newMarker(stemsOf(tt.typed))
		if got := marked(m.whole(tt.text)); got != tt.want {
			t.Errorf("%q in %q: %s, want %s", tt.typed, tt.text, got, tt.want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("du texte sans rapport ", 40)
	tests := []struct{ name, typed, body, summary, want string }{
		{"around the word", "parapluie", filler + "voici un parapluie rouge " + filler, "",
			"sans rapport voici un [parapluie] rouge du texte"},
		{"at the start", "parapluie", "Un parapluie rouge. " + filler, "", "Un [parapluie] rouge. du texte"},
		{"at the end", "parapluie", filler + "enfin le parapluie", "", "sans rapport enfin le [parapluie]"},
		{"where most words are", "parapluie rouge", filler + "parapluie " + filler + "parapluie rouge " + filler, "", "[parapluie] [rouge]"},
		{"the summary, when the text has none", "parapluie", filler, "Un parapluie.", "Un [parapluie]."},
		{"the beginning, when nothing has", "parapluie", filler, "", "du texte sans rapport"},
		{"no-break spaces hold together", "parapluie", strings.Repeat("dit-on «\u202foui\u202f»\u00a0:\u202fnon ", 30) + "un parapluie", "", "non un [parapluie]"},
		{"lines are joined", "parapluie", "Il pleut.\nUn parapluie\nrouge", "", "Il pleut. Un [parapluie] · rouge"},
	}
	for _, tt := range tests {
		m := newMarker(stemsOf(tt.typed))
		got := marked(m.excerpt(tt.body, tt.summary))
		if !strings.Contains(got, tt.want) || !utf8.ValidString(got) || utf8.RuneCountInString(got) > excerptLength+20 {
			t.Errorf("%s: %q, want it to hold %q", tt.name, got, tt.want)
		}
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("été", "l’été à Orléans\nD.I.T.P. 48 000", "un résumé")
	f.Add("a", strings.Repeat("a é", 300), "")
	f.Add("mot", strings.Repeat("«\u202foui\u202f»\u00a0:", 90)+" mot", "")
	f.Fuzz(func(t *testing.T, typed, body, summary string) {
		m := newMarker(stemsOf(typed))
		var plain strings.Builder
		for _, p := range m.whole(body) {
			plain.WriteString(p.Text)
		}
		if plain.String() != body {
			t.Errorf("marking %q changed it to %q", body, plain.String())
		}
		for _, p := range m.excerpt(body, summary) {
			if utf8.ValidString(body) && utf8.ValidString(summary) && !utf8.ValidString(p.Text) {
				t.Errorf("%q is cut inside a character: %q", body, p.Text)
			}
		}
	})
}

// stemsOf are the words that a search marks, without their other forms.
func stemsOf(typed string) map[string]bool {
	stems := map[string]bool{}
	for _, c := range parse(typed, nil).wanted {
		s := &sought{clause: c}
		if c.term != "" {
			s.add(sense{terms: []string{c.term}, worth: asWritten})
		}
		s.mark(stems)
	}
	return stems
}
