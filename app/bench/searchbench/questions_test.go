package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// invented is a corpus of n documents, of two paragraphs each, in which
// "commune" stands everywhere and "singulierN" in one document alone.
func invented(n int) *corpus {
	c := &corpus{originals: n}
	for i := range n {
		letters := strings.Map(func(r rune) rune { return 'a' + r - '0' }, fmt.Sprintf("%05d", i))
		c.paragraphs = append(c.paragraphs,
			fmt.Sprintf("la commune ouvre la donnée%s pour les habitants étonnés", letters[3:]),
			fmt.Sprintf("le singulier%s texte vient après une moyenne%s phrase longue", letters, letters[2:4]))
		c.documents = append(c.documents, []int32{int32(2 * i), int32(2*i + 1)})
	}
	return c
}

func TestSizedKeepsKnownDocumentsUnique(t *testing.T) {
	t.Parallel()
	c := invented(100).sized(1000, 10, 1)
	if len(c.documents) != 1000 || c.originals != 100 || len(c.known) != 10 {
		t.Fatalf("%d documents, %d originals, %d known", len(c.documents), c.originals, len(c.known))
	}
	replies := 0
	for _, known := range invented(2000).sized(2000, 100, 1).known {
		if isReply(known) {
			replies++
		}
	}
	if replies < 80 { // 95 of a hundred are
		t.Errorf("of 100 known documents %d are replies", replies)
	}
	used := map[int32]int{}
	for _, document := range c.documents {
		for _, p := range document {
			used[p]++
		}
	}
	for _, known := range c.known {
		for _, p := range c.documents[known] {
			if used[p] != 1 {
				t.Errorf("a paragraph of the known document %d is used %d times", known, used[p])
			}
		}
	}
	if few := invented(100).sized(30, 10, 1); len(few.documents) != 30 || few.originals != 30 {
		t.Errorf("cut down: %d documents, %d originals", len(few.documents), few.originals)
	}
}

func TestQuestionsAreThoseOfTheirKind(t *testing.T) {
	t.Parallel()
	draw := func() (*asker, []question) {
		a := newAsker(invented(2000).sized(2000, 20, 1), 1)
		a.years = allYears()
		questions, _ := a.list(60)
		return a, questions
	}
	a, questions := draw()
	if _, again := draw(); !cmp.Equal(questions, again) {
		t.Error("the same seed draws other questions")
	}
	counted, frequents := map[string]int{}, 0
	for _, q := range questions {
		counted[q.Kind]++
		held := a.held[q.Words[0]]
		often := held > 200
		switch {
		case q.Kind == rare && held > 3, q.Kind == medium && (held < 2 || held > 40), q.Kind == frequent && !often,
			q.Kind == typo && held > 0, q.Kind == phrase && (len(q.Words) != 3 || !q.Phrase), q.Kind == filtered && q.Year == "":
			t.Errorf("%+v, held by %d", q, held)
		case q.Kind == mixed && len(q.Words) == 1 && often && q.Without == "":
			frequents++
		}
	}
	for _, kind := range kinds {
		if counted[kind] < 50 {
			t.Errorf("%d questions of the kind %q", counted[kind], kind)
		}
	}
	if n := counted[mixed]; 10*frequents < n-10 {
		t.Errorf("%d frequent words in a mix of %d", frequents, n)
	}
	for _, way := range ways {
		if counted[way] == 0 {
			t.Errorf("nothing known is asked %s", way)
		}
	}
}

func TestQuestionForEachEngine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		q          question
		ours, fts5 string
		postgres   string
	}{
		{question{Words: []string{"l'eau", "potable"}}, "l'eau potable", `"l'eau" AND "potable"`, "websearch_to_tsquery('french', 'l''eau potable')"},
		{question{Words: []string{"eau", "potable"}, Phrase: true}, `"eau potable"`, `"eau potable"`, `websearch_to_tsquery('french', '"eau potable"')`},
		{question{Words: []string{"eau"}, Without: "potable"}, "eau -potable", `("eau") NOT "potable"`, "websearch_to_tsquery('french', 'eau -potable')"},
		{question{Words: []string{"pota"}, Begun: true}, "pota", `"pota"*`, "to_tsquery('french', '''pota'':*')"},
	}
	for _, tt := range tests {
		got := []string{tt.q.typed(), tt.q.match(false), tt.q.tsquery(false)}
		if want := []string{tt.ours, tt.fts5, tt.postgres}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
