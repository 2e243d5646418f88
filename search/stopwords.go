package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// stopList are the words that no search needs. It leaves out what means
// something in an administration: été, son, sous, entre, état, fin, or.
// Accent-less spellings are those that people type.
var stopList = wordSet(`
	au aux avec ce ces cet cette ceci cela celà ça chez comme dans de des du donc elle elles en et eux il ils
	je la là le les leur leurs lui ma mais me même mêmes mes moi mon ne nos notre nous on ou où par pas plus pour
	qu que quel si quelle quelles quels qui quoi sa sans se ses sur ta te tes toi ton tu un une vos votre vous
	à y
	est es suis sommes êtes sont était étaient étais étions étiez sera seront serai seras serez serait seraient soit soient étant être
	ai as a avons avez ont avait avaient avais avions aviez aura auront aurai auras aurez aurait auraient ait aient ayant avoir
	celui celle celles ceux ici très trop aussi alors ainsi afin car lors lorsque dont puis tous tout toute toutes
	meme memes etes etait etaient etais etions etiez etant etre tres ca
`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}

// acronyms are small words that are none when they are written in capitals:
// système d'information, intelligence artificielle, comité d'entreprise.
var acronyms = wordSet("si ai ce")

// capitals marks the words that are written in capitals, before case is lost.
type capitals struct{}

// Filter marks them as key words.
func (capitals) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	for _, token := range tokens {
		token.KeyWord = inCapitals(token.Term)
	}
	return tokens
}

func inCapitals(term []byte) bool {
	letters := 0
	for len(term) > 0 {
		r, size := utf8.DecodeRune(term)
		switch {
		case unicode.IsUpper(r):
			letters++
		case r != '.' && r != '\'':
			return false
		}
		term = term[size:]
	}
	return letters > 1
}

// isSmall tells whether a word, in lower case, is on the stop list.
func isSmall(token *analysis.Token) bool {
	return stopList[string(token.Term)] && !(token.KeyWord && acronyms[string(token.Term)])
}
