package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	lev "github.com/blevesearch/vellum/levenshtein"
)

// candidate is a word of the vocabulary that may have been meant.
type candidate struct {
	word     string
	count    int
	distance int
}

// best are the candidates of least distance, the most frequent first.
func best(counts map[string]int, distance func(string) int, most int) []candidate {
	list := make([]candidate, 0, len(counts))
	for word, count := range counts {
		list = append(list, candidate{word, count, distance(word)})
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(b.count, a.count), cmp.Compare(a.word, b.word))
	})
	return list[:min(most, len(list))]
}

// automata accept words within one edit, and within two.
var automata = func() [3]*lev.LevenshteinAutomatonBuilder {
	var list [3]*lev.LevenshteinAutomatonBuilder
	for distance := uint8(1); distance <= 2; distance++ {
		builder, err := lev.NewLevenshteinAutomatonBuilder(distance, true)
		if err != nil {
			panic(err) // the distances are fit
		}
		list[distance] = builder
	}
	return list
}()

// mend looks for the words that were meant by one that no text holds, or but
// one: an article without its apostrophe, a typing error, two words in one.
func (v *view) mend(s *sought, hits int, synonyms *Synonyms) error {
	if hits == 0 {
		if found, err := v.mendArticle(s); found || err != nil {
			return err
		}
	}
	for distance := 1; distance <= max(1, allowed(s.surface)); distance++ {
		if allowed(s.surface) >= distance {
			if found, err := v.mendTyping(s, hits, distance, synonyms); found || err != nil {
				return err
			}
		}
		if hits == 0 && distance == 1 {
			if found, err := v.mendSeam(s); found || err != nil {
				return err
			}
		}
	}
	return nil
}

// mendTyping takes the words of the vocabulary at a distance for what was meant.
func (v *view) mendTyping(s *sought, hits, distance int, synonyms *Synonyms) (found bool, err error) {
	counts, err := v.within(s.surface, distance)
	if err != nil {
		return false, err
	}
	if hits > 0 { // only what is far more usual than what was typed
		for word, count := range counts {
			if count < 8*hits || stemOf([]byte(word)) == s.term {
				delete(counts, word)
			}
		}
	}
	list := best(counts, func(word string) int { return badness(s.surface, word) }, maxMended)
	for i, c := range list {
		if i > 0 && (c.distance > list[0].distance || 5*c.count < list[0].count) {
			break
		}
		if err := v.addMended(s, c.word, asMended/float32(i+1), synonyms); err != nil {
			return false, err
		}
	}
	return len(list) > 0 || hits > 0, nil
}

// addMended takes a word of the vocabulary, in its forms, for what was meant.
func (v *view) addMended(s *sought, word string, worth float32, synonyms *Synonyms) error {
	if s.taken == "" {
		s.taken = word
	}
	meant := &sought{}
	stem := stemOf([]byte(word))
	meant.add(sense{terms: []string{stem}, worth: asWritten})
	others, _ := synonyms.of(clause{surface: word, term: stem})
	for _, other := range others {
		meant.add(other.sense())
	}
	if err := v.addForms(meant, word); err != nil {
		return err
	}
	for _, one := range meant.senses {
		if one.worth >= asForm {
			one.worth, one.near = one.worth*worth, true
			s.add(one)
		}
	}
	return nil
}

// articles that are typed without their apostrophe: lurbanisme.
var bareArticles = []string{"l", "d", "qu", "s", "n", "j", "m", "c"}

// mendArticle looks whether a word has swallowed an apostrophe.
func (v *view) mendArticle(s *sought) (found bool, err error) {
	for _, article := range bareArticles {
		word, ok := strings.CutPrefix(s.surface, article)
		if !ok || len(word) < 3 || !strings.ContainsAny(word[:1], "aeiouyh") {
			continue
		}
		stem := stemOf([]byte(word))
		n, err := v.frequency([]string{stem})
		if err != nil {
			return false, err
		}
		if n > 0 {
			s.add(sense{terms: []string{stem}, worth: asMended, near: true})
			s.taken = word
			return true, nil
		}
	}
	return false, nil
}

// mendSeam looks whether a word is two that stand in one text.
func (v *view) mendSeam(s *sought) (found bool, err error) {
	most, words := 0, ""
	var stems []string
	for cut := 3; cut+3 <= len(s.surface); cut++ {
		pair := []string{stemOf([]byte(s.surface[:cut])), stemOf([]byte(s.surface[cut:]))}
		n := 0
		for _, p := range v.parts {
			docs, err := p.having(sense{terms: pair})
			if err != nil {
				return false, err
			}
			n += int(docs.GetCardinality())
		}
		if short := cut < 4 || len(s.surface)-cut < 4; n > most && (n > 1 || !short) {
			most, stems, words = n, pair, s.surface[:cut]+" "+s.surface[cut:]
		}
	}
	if most == 0 {
		return false, nil
	}
	s.add(sense{terms: stems, worth: asMended, near: true})
	s.taken = words
	return true, nil
}

// allowed is how many typing errors a word may have.
func allowed(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4:
		return 0
	case n < 7:
		return 1
	}
	return 2
}

// within are the words of the vocabulary within a distance of a word, and how
// often they stand in the index.
func (v *view) within(word string, distance int) (map[string]int, error) {
	accepted, err := automata[distance].BuildDfa(word, uint8(distance))
	if err != nil {
		return nil, wrap(err)
	}
	counts := map[string]int{}
	for _, p := range v.parts {
		err := p.terms(fieldExact, stretch{accepted: accepted, counted: true}, func(term string, count int) error {
			if term != word && len(term) > 2 {
				counts[term] += count
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return counts, nil
}

// badness orders the words at one distance: who mistypes keeps the first letter
// and swaps or doubles more often than they replace.
func badness(typed, word string) int {
	n := 0
	if typed[0] != word[0] {
		n += 2
	}
	if len(typed) == len(word) && !sameLetters(typed, word) {
		n++
	}
	return n
}

func sameLetters(one, other string) bool {
	a, b := []byte(one), []byte(other)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}
