package search

import (
	"bytes"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
)

// stemmer is the light stemmer of French, but for endings after which it takes
// words for others: numérisation for numérique, publication for public.
type stemmer struct{}

var light = fr.NewFrenchLightStemmerFilter()

// respelled are endings that are written in another way before stemming.
var respelled = []struct{ ending, as []byte }{
	{[]byte("isation"), []byte("iser")}, {[]byte("isateur"), []byte("iser")}, {[]byte("ication"), []byte("icat")},
}

// Filter stems every word.
func (stemmer) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	for _, token := range tokens {
		word := bytes.TrimSuffix(token.Term, []byte("s"))
		for _, r := range respelled {
			if root, ok := bytes.CutSuffix(word, r.ending); ok && len(root) > 2 {
				token.Term = append(bytes.Clone(root), r.as...)
				break
			}
		}
	}
	return light.Filter(tokens)
}
