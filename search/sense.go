package search

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	lev "github.com/blevesearch/vellum/levenshtein"
)

// sought is a clause as it is looked for: any of its senses, or a phrase.
type sought struct {
	clause
	senses []sense
	taken  string // the word that it was taken for, when no text holds it
}

// sense is one way to meet a clause.
type sense struct {
	terms []string // of the French fields: all of them in one document
	worth float32  // beside the word itself, which is worth 1
	near  bool     // a typing error mended or a beginning: after all the others
}

// How much the ways of meeting a word are worth.
const (
	asWritten   = 1
	asSynonym   = 0.6
	asForm      = 0.8
	asDerived   = 0.35
	asBeginning = 0.5
	asMended    = 0.6
)

// Bounds of what stands for one word.
const (
	maxForms      = 24
	maxBeginnings = 40
	maxMended     = 4
	fewHits       = 20   // a word with more hits is not only begun
	maxScanned    = 4000 // words of the vocabulary that are looked at for one
	maxMends      = 8    // words of one search that are mended: it walks over the vocabulary
	maxLetters    = 24   // of a word that is mended
)

// resolve says how a clause can be met in what a view holds.
func (v *view) resolve(ctx context.Context, c clause, synonyms *Synonyms, generous bool) (*sought, error) {
	s := &sought{clause: c}
	if len(c.phrase) > 0 {
		return s, ctx.Err()
	}
	if len(c.name) > 0 {
		s.add(sense{c.name, asWritten, false})
	} else {
		s.add(sense{[]string{c.term}, asWritten, false})
		if len(c.parts) > 0 {
			s.add(sense{c.parts, asWritten, false})
		}
	}
	for _, other := range c.others {
		s.add(sense{other, asSynonym, false})
	}
	if len(c.name) > 0 || !generous {
		return s, ctx.Err()
	}
	if err := v.addForms(s, c.surface); err != nil {
		return nil, err
	}
	hits, err := v.hits(s.senses)
	if err != nil {
		return nil, err
	}
	letters := utf8.RuneCountInString(c.surface)
	if c.last && letters >= 3 && hits < fewHits {
		if err := v.addBeginnings(s); err != nil {
			return nil, err
		}
		if hits == 0 {
			if hits, err = v.hits(s.senses); err != nil {
				return nil, err
			}
		}
	}
	if hits <= 1 && letters >= 4 && letters <= maxLetters && v.mends < maxMends && !strings.ContainsAny(c.surface, "0123456789") {
		v.mends++
		err = v.mend(s, hits, synonyms)
	}
	return s, cmp.Or(err, ctx.Err())
}

// add takes a sense that is not known yet.
func (s *sought) add(one sense) {
	for _, known := range s.senses {
		if slices.Equal(known.terms, one.terms) {
			return
		}
	}
	s.senses = append(s.senses, one)
}

// hits is how many documents meet any of the senses, at least: the count of
// the most frequent.
func (v *view) hits(senses []sense) (most int, err error) {
	for _, one := range senses {
		n, err := v.frequency(one.terms)
		if err != nil {
			return 0, err
		}
		most = max(most, n)
	}
	return most, nil
}

// frequency is in how many documents the rarest of the terms stands.
func (v *view) frequency(terms []string) (least int, err error) {
	for i, term := range terms {
		n := 0
		for _, p := range v.parts {
			docs, err := p.meets(term)
			if err != nil {
				return 0, err
			}
			n += int(docs.GetCardinality())
		}
		if i == 0 || n < least {
			least = n
		}
	}
	return least, nil
}

// addForms adds the other forms of a word, and words of its root, that the
// index holds.
func (v *view) addForms(s *sought, surface string) error {
	if len(surface) < 4 || strings.ContainsAny(surface, "0123456789") {
		return nil
	}
	forms := map[string]float32{} // stem → worth
	for _, p := range v.parts {
		list, err := p.postings.formsOf(surface, func() ([]form, error) { return p.formsOf(surface) })
		if err != nil {
			return err
		}
		for _, f := range list {
			forms[f.stem] = max(forms[f.stem], f.worth)
		}
	}
	for _, form := range irregularForms(surface) {
		forms[stemOf([]byte(form))] = asForm
	}
	stems := make([]string, 0, len(forms))
	for stem := range forms {
		stems = append(stems, stem)
	}
	slices.SortFunc(stems, func(a, b string) int { return cmp.Or(cmp.Compare(forms[b], forms[a]), cmp.Compare(a, b)) })
	for _, stem := range stems[:min(maxForms, len(stems))] {
		s.add(sense{[]string{stem}, forms[stem], false})
	}
	return nil
}

// form is another form of a word, or a word of its root.
type form struct {
	stem  string
	worth float32
}

// formsOf are those of a word that a part holds.
func (p *shard) formsOf(surface string) ([]form, error) {
	worths := map[string]float32{}
	scanned := 0
	k := kinOf(surface)
	root := k.root(surface)
	err := p.terms(fieldExact, stretch{from: root, before: after(root)}, func(word string, _ int) error {
		if scanned++; scanned > maxScanned {
			return errEnough
		}
		switch k.to(word) {
		case inflected:
			worths[stemOf([]byte(word))] = asForm
		case derived:
			if stem := stemOf([]byte(word)); worths[stem] == 0 {
				worths[stem] = asDerived
			}
		}
		return nil
	})
	list := make([]form, 0, len(worths))
	for stem, worth := range worths {
		list = append(list, form{stem, worth})
	}
	return list, err
}

// errEnough ends a walk over the vocabulary.
var errEnough = errors.New("enough words")

// after is the first text that no longer has a beginning.
func after(beginning string) string { return beginning + "\xff" }

// candidate is a word of the vocabulary that may have been meant.
type candidate struct {
	word     string
	count    int
	distance int
}

// addBeginnings takes what was typed for the beginning of words.
func (v *view) addBeginnings(s *sought) error {
	counts := map[string]int{}
	begun := stretch{from: s.surface, before: after(s.surface), counted: true}
	for _, p := range v.parts {
		err := p.terms(fieldExact, begun, func(word string, count int) error {
			if len(counts) >= maxScanned {
				return errEnough
			}
			counts[word] += count
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, c := range best(counts, func(string) int { return 0 }, maxBeginnings) {
		s.add(sense{[]string{stemOf([]byte(c.word))}, asBeginning, true})
	}
	return nil
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
	meant.add(sense{[]string{stem}, asWritten, false})
	for _, other := range synonyms.of(stem) {
		meant.add(sense{other, asSynonym, false})
	}
	if err := v.addForms(meant, word); err != nil {
		return err
	}
	for _, one := range meant.senses {
		if one.worth >= asForm {
			s.add(sense{one.terms, one.worth * worth, true})
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
			s.add(sense{[]string{stem}, asMended, true})
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
			docs, err := p.having(pair)
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
	s.add(sense{stems, asMended, true})
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
