package search

import (
	"strings"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"
)

// Matcher tells whether a text says what somebody looks for. It serves what is
// private: such texts are in no index, they are read where they may be read.
type Matcher struct{ words words }

// Matcher understands what was typed as Find does, but for operators and typing
// errors, for which it would need a vocabulary.
func (x *Index) Matcher(text string) Matcher { return Matcher{parse(text, x.Synonyms)} }

// In tells whether a text, with those inside some JSON, holds all that is wanted,
// and nothing that is not.
func (m Matcher) In(text, lists string) bool {
	r := &reading{text: []byte(joinNonEmpty(append([]string{text}, textsIn(lists)...), "\n"))}
	r.read()
	for _, c := range m.words.wanted {
		if !r.holds(c) {
			return false
		}
	}
	for _, c := range m.words.without {
		if r.holds(c) {
			return false
		}
	}
	return len(m.words.wanted)+len(m.words.without) > 0
}

// holds tells whether a text meets a clause.
func (r *reading) holds(c clause) bool {
	if len(c.phrase) > 0 {
		return r.holdsPhrase(c.phrase)
	}
	if len(c.named) > 0 {
		all := true
		for _, word := range c.named {
			all = all && r.holds(word)
		}
		if all {
			return true
		}
	} else if r.holdsAll([]string{c.term}) || r.holdsAll(c.parts) || r.holdsForm(c) {
		return true
	}
	for _, other := range c.others {
		if other.acronym && r.exact.terms[other.surfaces[0]] != nil || !other.acronym && r.holdsAll(other.stems) {
			return true
		}
	}
	return false
}

// holdsAll tells whether a text holds all of some stems, at least one.
func (r *reading) holdsAll(stems []string) bool {
	for _, stem := range stems {
		if r.french.terms[stem] == nil {
			return false
		}
	}
	return len(stems) > 0
}

// holdsForm tells whether a text holds another form of a word, or begins one
// with it when it was the last to be typed.
func (r *reading) holdsForm(c clause) bool {
	begun := c.last && utf8.RuneCountInString(c.surface) >= 3
	if !begun && !formed(c.surface) {
		return false
	}
	k := kinOf(c.surface)
	for word := range r.exact.terms {
		if begun && strings.HasPrefix(word, c.surface) || formed(c.surface) && k.to(word) == inflected {
			return true
		}
	}
	return false
}

// holdsPhrase tells whether the words of a phrase follow each other in a text.
func (r *reading) holdsPhrase(phrase [][]string) bool {
	var ends map[int]bool
	for i, spellings := range phrase {
		next := map[int]bool{}
		for _, word := range spellings {
			for _, place := range placesOf(r.exact.terms[word]) {
				if at := place.Position; i == 0 || ends[at-1] {
					next[at] = true
				}
			}
		}
		ends = next
	}
	return len(ends) > 0
}

func placesOf(found *index.TokenFreq) []*index.TokenLocation {
	if found == nil {
		return nil
	}
	return found.Locations
}
