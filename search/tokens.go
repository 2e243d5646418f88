package search

import (
	"bytes"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"golang.org/x/text/unicode/norm"
)

// tokenizer cuts a text into words by Unicode's rules, and makes one word of
// digits grouped by spaces: « 48 000 » is 48000, and of words with hyphens.
type tokenizer struct{}

var segmenter = unicode.NewUnicodeTokenizer()

func (tokenizer) Tokenize(text []byte) analysis.TokenStream {
	tokens := segmenter.Tokenize(text)
	kept := tokens[:0]
	for _, token := range tokens {
		token.Term = composed(token.Term)
		if last := len(kept) - 1; last >= 0 && continues(text, kept[last], token) {
			number := kept[last]
			number.Term = append(bytes.Clone(number.Term), token.Term...)
			number.End = token.End
			continue
		}
		if last := len(kept) - 1; last >= 0 && isArticle(text, kept[last], token) {
			number := kept[last]
			number.Term = append(bytes.Clone(number.Term), token.Term...)
			number.End, number.Type = token.End, analysis.AlphaNumeric
			continue
		}
		if last := len(kept) - 1; last >= 0 && compounds(text, kept[last], token) {
			word := kept[last]
			word.Term = append(append(bytes.Clone(word.Term), '-'), token.Term...)
			word.End, word.Type = token.End, analysis.AlphaNumeric
			continue
		}
		kept = append(kept, token)
	}
	for i, token := range kept {
		token.Position = i + 1
	}
	return kept
}

// continues tells whether next is a further group of three digits of number.
func continues(text []byte, number, next *analysis.Token) bool {
	if next.Type != analysis.Numeric || number.Type != analysis.Numeric || next.Start-number.End > 3 {
		return false
	}
	switch string(text[number.End:next.Start]) {
	case " ", "\u00a0", "\u202f", "\u2009":
	default:
		return false
	}
	first := len(number.Term) == number.End-number.Start // no group joined yet
	return (!first || len(number.Term) <= 3) && len(number.Term) < longestNumber && groupOfThree(next.Term)
}

// isArticle tells whether a letter and a number are those of an article of a
// code: « L. 312-1-1 » is L312-1-1.
func isArticle(text []byte, letter, number *analysis.Token) bool {
	if number.Type != analysis.Numeric || len(letter.Term) != 1 || !bytes.Contains([]byte("LRD"), letter.Term) {
		return false
	}
	switch string(text[letter.End:number.Start]) {
	case ".", ". ", " ", ".\u00a0", "\u00a0", ".\u202f", "\u202f":
		return number.End+1 < len(text) && text[number.End] == '-' && '0' <= text[number.End+1] && text[number.End+1] <= '9'
	}
	return false
}

// compounds tells whether next is a further part of a word with hyphens, which
// begins with a letter: 2021-2027 are two numbers.
func compounds(text []byte, word, next *analysis.Token) bool {
	if word.Type == analysis.Numeric || len(word.Term)+len(next.Term) >= longest || next.Start <= word.End {
		return false
	}
	switch string(text[word.End:next.Start]) {
	case "-", "\u2010", "\u2011":
		return true
	}
	return false
}

// longestNumber is how many digits are joined: a table of numbers is no number.
const longestNumber = 15

// groupOfThree holds for 000 and for 750,50.
func groupOfThree(term []byte) bool {
	whole, _, _ := bytes.Cut(term, []byte(","))
	return len(whole) == 3
}

// composed writes a word in composed characters with one kind of apostrophe,
// without invisible ones: what the later filters know.
func composed(term []byte) []byte {
	term = shortened(term, 2*longest)
	plain := true
	for _, b := range term {
		if b >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain {
		return term
	}
	if !norm.NFC.IsNormal(term) {
		term = norm.NFC.Bytes(term)
	}
	if !bytes.ContainsAny(term, "’‘ʼ＇\u00ad\u200b\u200c\u200d\u2060\ufeff") {
		return term
	}
	return bytes.Map(func(r rune) rune {
		switch r {
		case '’', '‘', 'ʼ', '＇':
			return '\''
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
			return -1
		}
		return r
	}, term)
}

// longest is how many bytes a term has; what is longer is no word. The stemmer
// takes a time that grows with the square of the length.
const longest = 64

// shortened cuts a term between characters.
func shortened(term []byte, length int) []byte {
	if len(term) <= length {
		return term
	}
	for length > 0 && !utf8.RuneStart(term[length]) {
		length--
	}
	return term[:length]
}
