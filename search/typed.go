package search

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
)

// spoken cuts a text into words as they are said: without elided articles, dots
// and ligatures, but with accents, small words and endings.
var spoken = &analysis.DefaultAnalyzer{
	Tokenizer:    tokenizer{},
	TokenFilters: []analysis.TokenFilter{capitals{}, lowercase.NewLowerCaseFilter(), elisions, plainWords{}},
}

// typedWord is one word that somebody typed.
type typedWord struct {
	surface    string // in lower case without accents, as the exact field holds it
	stem       string // as the French fields hold it
	small      bool   // on the stop list
	capitals   bool   // all of it
	start, end int    // in the text
	parts      []typedWord
}

// typedWords are the words of a text. A compound is one word, with its parts.
func typedWords(text string) []typedWord {
	var list []typedWord
	whole := -1 // where the last compound began
	for _, token := range spoken.Analyze([]byte(text)) {
		w := typedWord{
			surface: string(fold(append([]byte(nil), token.Term...))), stem: stemOf(token.Term),
			small: isSmall(token), capitals: token.KeyWord, start: token.Start, end: token.End,
		}
		switch {
		case w.surface == "":
		case token.Start == whole:
			last := &list[len(list)-1]
			last.parts = append(last.parts, w)
		default:
			list = append(list, w)
			if token.Type == joined {
				whole = token.Start
			}
		}
	}
	return list
}

// stemOf is a word as the French fields hold it.
func stemOf(word []byte) string {
	token := &analysis.Token{Term: fold(append([]byte(nil), word...))}
	return string(stemmer{}.Filter(analysis.TokenStream{token})[0].Term)
}

// SameWord tells whether two words differ only in case, accents and an elided
// article.
func SameWord(one, other string) bool {
	a, b := typedWords(one), typedWords(other)
	return len(a) == 1 && len(b) == 1 && a[0].surface == b[0].surface
}
