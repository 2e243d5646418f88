package search

import "github.com/blevesearch/bleve/v2/analysis"

// vocabulary remembers what the filters make of words: they are three quarters
// of the analysis, and a language repeats its words. One goroutine at a time
// has it.
type vocabulary struct {
	words         map[string]word
	french, exact terms
	reading       int // counts the texts that were read with it
}

// terms are those of one analysis, each once.
type terms struct {
	known map[string]*term
	tally tally
}

// word is what a word of a text becomes.
type word struct {
	french []*term
	exact  []part
}

type part struct {
	term   *term
	joined bool
}

// term is a word as a field holds it, and where the last reading that met it
// counts it. It must not hold on to that reading itself.
type term struct {
	name    string
	text    []byte
	reading int
	at      int
}

// remembered bounds the words of a vocabulary: some 10 MB.
const remembered = 1 << 16

// vocabularies are those that nobody uses now.
var vocabularies = make(chan *vocabulary, 4)

func takeVocabulary() *vocabulary {
	var v *vocabulary
	select {
	case v = <-vocabularies:
	default:
		v = &vocabulary{}
	}
	if v.words == nil || len(v.words) >= remembered { // never within a reading, which counts by terms
		v.words, v.french.known, v.exact.known = map[string]word{}, map[string]*term{}, map[string]*term{}
	}
	return v
}

func (v *vocabulary) giveBack() {
	select {
	case vocabularies <- v:
	default:
	}
}

func (v *vocabulary) look(token *analysis.Token) word {
	if known, ok := v.words[string(token.Term)]; ok {
		return known
	}
	var found word
	for _, t := range through(french.TokenFilters, token) {
		found.french = append(found.french, v.french.intern(t.Term))
	}
	for _, t := range through(exact.TokenFilters, token) {
		found.exact = append(found.exact, part{v.exact.intern(t.Term), t.Type == joined})
	}
	v.words[string(token.Term)] = found
	return found
}

// intern is the one term of a spelling: different words may become the same.
func (t *terms) intern(text []byte) *term {
	if known, ok := t.known[string(text)]; ok {
		return known
	}
	added := &term{name: string(text), text: text}
	t.known[added.name] = added
	return added
}

// through sends one word of its own through the filters.
func through(filters []analysis.TokenFilter, token *analysis.Token) analysis.TokenStream {
	alone := *token
	alone.Term = append([]byte(nil), token.Term...)
	stream := analysis.TokenStream{&alone}
	for _, filter := range filters {
		stream = filter.Filter(stream)
	}
	return stream
}
