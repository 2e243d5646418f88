package search

import (
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
)

// reading is one text analysed once for both fields that it goes to. What the
// filters make of a word is remembered: they are three quarters of the
// analysis, and a language repeats its words.
type reading struct {
	text          []byte
	done          bool
	french, exact analysis.TokenStream
}

// asFrench and asExact are the two analyses as Bleve asks for them, one after
// the other in one goroutine.
type (
	asFrench struct{ *reading }
	asExact  struct{ *reading }
)

func (r asFrench) Analyze([]byte) analysis.TokenStream { r.read(); return r.french }
func (r asExact) Analyze([]byte) analysis.TokenStream  { r.read(); return r.exact }

func (r *reading) read() {
	if r.done {
		return
	}
	r.done = true
	known := vocabularies.Get().(*vocabulary)
	defer vocabularies.Put(known)
	tokens := tokenizer{}.Tokenize(r.text)
	slab := make([]analysis.Token, 0, 2*len(tokens)+16)
	place := func(stream analysis.TokenStream, at *analysis.Token, term []byte, position int) analysis.TokenStream {
		slab = append(slab, analysis.Token{Start: at.Start, End: at.End, Term: term, Position: position, Type: at.Type})
		return append(stream, &slab[len(slab)-1]) // an outgrown slab stays alive through its tokens
	}
	r.french, r.exact = make(analysis.TokenStream, 0, len(tokens)), make(analysis.TokenStream, 0, len(tokens))
	position := 0
	for _, token := range tokens {
		word := known.look(token)
		for _, term := range word.french {
			r.french = place(r.french, token, term, position+1)
		}
		for _, part := range word.exact {
			r.exact = place(r.exact, token, part.term, position+1)
			if !part.joined {
				position++
			}
		}
	}
}

// vocabulary remembers what words become. Each goroutine has its own.
type vocabulary struct{ words map[string]word }

type word struct {
	french [][]byte
	exact  []part
}

type part struct {
	term   []byte
	joined bool
}

// remembered bounds the words of a vocabulary: some 10 MB.
const remembered = 1 << 16

var vocabularies = sync.Pool{New: func() any { return &vocabulary{words: map[string]word{}} }}

func (v *vocabulary) look(token *analysis.Token) word {
	if known, ok := v.words[string(token.Term)]; ok {
		return known
	}
	var found word
	for _, t := range through(french.TokenFilters, token) {
		found.french = append(found.french, t.Term)
	}
	for _, t := range through(exact.TokenFilters, token) {
		found.exact = append(found.exact, part{t.Term, t.Type == joined})
	}
	if len(v.words) >= remembered {
		clear(v.words)
	}
	if len(token.Term) <= longest {
		v.words[string(token.Term)] = found
	}
	return found
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
