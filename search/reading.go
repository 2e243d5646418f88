package search

import (
	index "github.com/blevesearch/bleve_index_api"
)

// reading is one text analysed once for the two fields that it goes to, and
// counted on the way. Bleve would cut it into words for each field anew, and
// allocate some five hundred times for a post; this does twenty times.
type reading struct {
	text  []byte
	first int // position of its first word in the exact field, less one
	done  bool

	french, exact counted
}

// counted are the words of a text in one analysis.
type counted struct {
	length int
	terms  index.TokenFrequencies
}

func (r *reading) read() {
	if r.done {
		return
	}
	r.done = true
	v := takeVocabulary()
	defer v.giveBack()
	v.reading++
	v.french.tally.clear()
	v.exact.tally.clear()
	position := r.first
	for _, token := range (tokenizer{}).Tokenize(r.text) {
		word := v.look(token)
		for _, term := range word.french {
			v.french.tally.add(term, v.reading)
		}
		for _, part := range word.exact {
			v.exact.tally.add(part.term, v.reading)
			v.exact.tally.places = append(v.exact.tally.places, place{part.term.at, position + 1})
			if !part.joined {
				position++
			}
		}
	}
	r.french, r.exact = v.french.tally.counted(), v.exact.tally.counted()
}

// tally counts the terms of one text. It is used again for the next.
type tally struct {
	terms  []*term
	counts []int
	places []place
	length int
}

// place is where the at-th term stands. Its offsets in the text are not kept:
// marks are found in the text that is shown.
type place struct{ at, position int }

func (t *tally) clear() {
	t.terms, t.counts, t.places, t.length = t.terms[:0], t.counts[:0], t.places[:0], 0
}

func (t *tally) add(found *term, reading int) {
	if found.reading != reading {
		found.reading, found.at = reading, len(t.terms)
		t.terms, t.counts = append(t.terms, found), append(t.counts, 0)
	}
	t.counts[found.at]++
	t.length++
}

// counted is the tally as Bleve takes it.
func (t *tally) counted() counted {
	c := counted{t.length, make(index.TokenFrequencies, len(t.terms))}
	frequencies := make([]index.TokenFreq, len(t.terms))
	locations := make([]index.TokenLocation, len(t.places))
	pointers := make([]*index.TokenLocation, len(t.places))
	used := 0
	for i, found := range t.terms {
		frequencies[i].Term = found.text
		frequencies[i].SetFrequency(t.counts[i])
		if len(t.places) > 0 {
			frequencies[i].Locations = pointers[used : used : used+t.counts[i]]
			used += t.counts[i]
		}
		c.terms[found.name] = &frequencies[i]
	}
	for i, p := range t.places {
		locations[i].Position = p.position
		frequencies[p.at].Locations = append(frequencies[p.at].Locations, &locations[i])
	}
	return c
}

// textField is one of the two fields of a reading, as Bleve asks for it.
type textField struct {
	*reading
	name    string
	options index.FieldIndexingOptions
	of      *counted
}

// Analyze reads the text, once for both fields: Bleve analyses the fields of a
// document one after the other.
func (f *textField) Analyze() { f.read() }

// Name is the name of the field.
func (f *textField) Name() string { return f.name }

// Value is the text.
func (f *textField) Value() []byte { return f.text }

// ArrayPositions is nil: the values of the exact field are told apart by the
// positions of their words.
func (f *textField) ArrayPositions() []uint64 { return nil }

// EncodedFieldType is that of a text.
func (f *textField) EncodedFieldType() byte { return 't' }

// Options say what is kept of the words.
func (f *textField) Options() index.FieldIndexingOptions { return f.options }

// NumPlainTextBytes is the length of the text.
func (f *textField) NumPlainTextBytes() uint64 { return uint64(len(f.text)) }

// AnalyzedLength is how many words were found.
func (f *textField) AnalyzedLength() int { return f.of.length }

// AnalyzedTokenFrequencies are the words that were found.
func (f *textField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.of.terms }

// Size is about what the field takes in memory.
func (f *textField) Size() int { return 16 * len(f.text) }
