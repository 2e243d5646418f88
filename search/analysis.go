package search

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/token/elision"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
)

// french finds a word in its other forms: accents, elision, plural, stop words
// do not matter. Order matters: elision only knows lower case, the stop list
// accents and ligatures; folding before the stemmer makes caracteres meet
// caractères, whatever their endings.
var french = &analysis.DefaultAnalyzer{
	Tokenizer: tokenizer{},
	TokenFilters: []analysis.TokenFilter{
		capitals{},
		lowercase.NewLowerCaseFilter(),
		elisions,
		plainWords{},
		stopWords{},
		folding{},
		stemmer{},
	},
}

// exact keeps every word as it is written, but for case, accents and elision:
// phrases are looked for in it.
var exact = &analysis.DefaultAnalyzer{
	Tokenizer: tokenizer{},
	TokenFilters: []analysis.TokenFilter{
		capitals{},
		lowercase.NewLowerCaseFilter(),
		elisions,
		plainWords{},
		folding{},
	},
}

// elisions drops the elided article of « l’agent », « qu'un », « jusqu’ici ».
var elisions = elision.NewElisionFilter(articles())

func articles() analysis.TokenMap {
	words := analysis.NewTokenMap()
	for _, word := range []string{"l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"} {
		words.AddToken(word)
	}
	return words
}
