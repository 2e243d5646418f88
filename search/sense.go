package search

import (
	"cmp"
	"context"
	"errors"
	"maps"
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
	terms    []string   // of the French fields: all of them in one document
	worth    float32    // beside the word itself, which is worth 1
	near     bool       // a typing error mended or a beginning: after all the others
	forms    [][]string // by place in terms, what each may be instead; nil: nothing
	exactly  string     // how the only term must be written; "": in any form
	together *name      // whose words must stand one soon after the other; nil: anywhere
}

// formsAt are what the term at a place may be instead.
func (s sense) formsAt(place int) []string {
	if len(s.forms) == 0 {
		return nil
	}
	return s.forms[place]
}

// How much the ways of meeting a word are worth.
const (
	asWritten   = 1
	asSynonym   = 0.7
	asForm      = 0.8
	asDerived   = 0.35
	asBeginning = 0.5
	asMended    = 0.6
)

// Bounds of what stands for one word.
const (
	maxForms      = 24
	maxSpellings  = 12
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
	switch {
	case len(c.named) > 0:
		one, err := v.namedTogether(c.named, generous)
		if err != nil {
			return nil, err
		}
		s.add(one)
	case c.acronym:
		s.add(sense{terms: []string{c.term}, worth: asWritten, exactly: c.surface})
	default:
		s.add(sense{terms: []string{c.term}, worth: asWritten})
		if len(c.parts) > 0 {
			s.add(sense{terms: c.parts, worth: asWritten})
		}
	}
	for _, other := range c.others {
		s.add(other.sense())
	}
	if len(c.named) > 0 || c.acronym || !generous {
		return s, ctx.Err()
	}
	if err := v.addForms(s, c.surface); err != nil {
		return nil, err
	}
	hits, err := v.hits(s.senses)
	if err != nil {
		return nil, err
	}
	letters, begun := utf8.RuneCountInString(c.surface), false
	if c.last && letters >= 3 && hits < fewHits {
		if err := v.addBeginnings(s); err != nil {
			return nil, err
		}
		more, err := v.hits(s.senses)
		if err != nil {
			return nil, err
		}
		begun = more > hits && letters > 4 // more likely than mistyped
		if hits == 0 {
			hits = more
		}
	}
	if hits <= 1 && !begun && letters >= 4 && letters <= maxLetters && v.mends < maxMends && !strings.ContainsAny(c.surface, "0123456789") {
		v.mends++
		err = v.mend(s, hits, synonyms)
	}
	return s, cmp.Or(err, ctx.Err())
}

// namedTogether are words that name one thing, each in any of its forms.
func (v *view) namedTogether(words []clause, generous bool) (sense, error) {
	one := sense{worth: asWritten}
	for _, word := range words {
		alone := &sought{}
		if generous {
			if err := v.addForms(alone, word.surface); err != nil {
				return one, err
			}
		}
		var others []string
		for _, form := range alone.senses {
			if form.worth == asForm && form.terms[0] != word.term {
				others = append(others, form.terms[0])
			}
		}
		one.terms, one.forms = append(one.terms, word.term), append(one.forms, others)
	}
	return one, nil
}

// sense is the name as a way to meet another.
func (n name) sense() sense {
	switch {
	case n.acronym:
		return sense{terms: n.stems, worth: asSynonym, exactly: n.surfaces[0]}
	case len(n.stems) == 1:
		return sense{terms: n.stems, worth: asSynonym}
	}
	return sense{terms: n.stems, worth: asSynonym, together: &n}
}

// add takes a sense that is not known yet.
func (s *sought) add(one sense) {
	for _, known := range s.senses {
		if slices.Equal(known.terms, one.terms) && known.exactly == one.exactly {
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
	if !formed(surface) {
		return nil
	}
	worths := map[string]float32{} // by stem
	for _, p := range v.parts {
		held, err := p.formsOf(surface)
		if err != nil {
			return err
		}
		for stem, worth := range held.worths {
			worths[stem] = max(worths[stem], worth)
		}
	}
	for _, form := range irregularForms(surface) {
		worths[stemOf([]byte(form))] = asForm
	}
	stems := slices.Collect(maps.Keys(worths))
	slices.SortFunc(stems, func(a, b string) int { return cmp.Or(cmp.Compare(worths[b], worths[a]), cmp.Compare(a, b)) })
	for _, stem := range stems[:min(maxForms, len(stems))] {
		s.add(sense{terms: []string{stem}, worth: worths[stem]})
	}
	return nil
}

// formed tells whether a word may have other forms.
func formed(surface string) bool {
	return len(surface) >= 4 && !strings.ContainsAny(surface, "0123456789")
}

// forms are the forms of a word that a part holds.
type forms struct {
	worths    map[string]float32 // by stem: other forms, and words of the same root
	spellings []string           // its own and those of its other forms
}

// formsOf are those of a word. They are shared: read them only.
func (p *shard) formsOf(surface string) (forms, error) {
	if !formed(surface) {
		return forms{spellings: []string{surface, surface + "s", surface + "x"}}, nil
	}
	return p.postings.formsOf(surface, func() (forms, error) {
		held := forms{map[string]float32{}, []string{surface}}
		scanned, own := 0, stemOf([]byte(surface))
		k := kinOf(surface)
		root := k.root(surface)
		err := p.terms(fieldExact, stretch{from: root, before: after(root)}, func(word string, _ int) error {
			if scanned++; scanned > maxScanned {
				return errEnough
			}
			stem, kinship := stemOf([]byte(word)), k.to(word)
			switch {
			case kinship == inflected:
				held.worths[stem] = asForm
			case kinship == derived && held.worths[stem] == 0:
				held.worths[stem] = asDerived
			}
			if word != surface && (kinship == inflected || stem == own) && len(held.spellings) < maxSpellings {
				held.spellings = append(held.spellings, word)
			}
			return nil
		})
		return held, err
	})
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
		s.add(sense{terms: []string{stemOf([]byte(c.word))}, worth: asBeginning, near: true})
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
