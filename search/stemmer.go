package search

import (
	"bytes"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
)

// stemmer is the light stemmer of French over words without accents, but for
// endings after which it takes words for others (numérisation for numérique,
// publication for public) or knows them only by their accent (première).
type stemmer struct{}

var light = fr.NewFrenchLightStemmerFilter()

// respelled are endings that are written in another way before stemming, after
// so many letters at least.
var respelled = []struct {
	ending, as []byte
	after      int
}{
	{[]byte("isation"), []byte("iser"), 3}, {[]byte("isateur"), []byte("iser"), 3}, {[]byte("ication"), []byte("icat"), 3},
	{[]byte("iere"), []byte("ier"), 3}, {[]byte("ere"), []byte("er"), 4},
}

// Filter stems every word.
func (stemmer) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	for _, token := range tokens {
		word := bytes.TrimSuffix(token.Term, []byte("s"))
		for _, r := range respelled {
			if root, ok := bytes.CutSuffix(word, r.ending); ok && len(root) >= r.after {
				token.Term = append(bytes.Clone(root), r.as...)
				break
			}
		}
	}
	return light.Filter(tokens)
}
