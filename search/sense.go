package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"
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
