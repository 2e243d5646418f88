package search

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"golang.org/x/text/unicode/norm"
)

// plainWords writes words the one way in which people look for them:
//
//	d.i.t.p → ditp               cœur → coeur
//	agent·e·s, agent.e.s → agent  fin.début → fin, début
//	lab'est → labest, lab, est    aujourd'hui → aujourdhui
//	sans-abri → sansabri, sans, abri
//	l312-1-1 → l31211, 312, 1, 1
type plainWords struct{}

func (plainWords) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	var out analysis.TokenStream // nil until a token has to be replaced
	for i, token := range tokens {
		token.Term = withoutLigatures(token.Term)
		parts := split(token)
		if parts != nil && out == nil {
			out = append(make(analysis.TokenStream, 0, len(tokens)+4), tokens[:i]...)
		}
		if parts != nil {
			out = append(out, parts...)
		} else if out != nil {
			out = append(out, token)
		}
	}
	if out == nil {
		return tokens
	}
	renumber(out)
	return out
}

// renumber gives dense positions; a joined word stands where its first part does.
func renumber(tokens analysis.TokenStream) {
	position := 0
	for _, token := range tokens {
		position++
		token.Position = position
		if token.Type == joined {
			position--
		}
	}
}

// joined marks a word with an apostrophe or a hyphen that stands beside its parts.
const joined = analysis.Shingle

// whole are words whose parts nobody looks for.
var whole = map[string]bool{
	"aujourd'hui": true, "quelqu'un": true, "quelqu'une": true, "presqu'île": true, "presqu'îles": true,
	"prud'homme": true, "prud'hommes": true, "prud'homal": true, "prud'homale": true, "prud'homales": true, "prud'homaux": true,
	"entr'ouvert": true, "entr'ouverte": true, "d'accord": true,
}

// split returns what a word with signs inside stands for; nil leaves it as it is.
func split(token *analysis.Token) analysis.TokenStream {
	if token.Type == analysis.Numeric {
		if i := bytes.IndexByte(token.Term, ','); i >= 0 {
			token.Term = bytes.ReplaceAll(token.Term, []byte(","), []byte("."))
		}
		return nil
	}
	if !bytes.ContainsAny(token.Term, ".'·‧:_-") {
		return nil
	}
	parts := bytes.FieldsFunc(token.Term, func(r rune) bool {
		switch r {
		case '.', '\'', '·', '‧', ':', '_', '-':
			return true
		}
		return false
	})
	switch {
	case len(parts) == 0:
		return analysis.TokenStream{}
	case len(parts) == 1:
		return analysis.TokenStream{with(token, parts[0], token.Type)}
	case whole[string(token.Term)] || letters(parts):
		return analysis.TokenStream{with(token, bytes.Join(parts, nil), token.Type)}
	case inclusive(parts):
		return analysis.TokenStream{with(token, parts[0], token.Type)}
	}
	var out analysis.TokenStream
	if bytes.ContainsAny(token.Term, "'-") {
		out = append(out, with(token, bytes.Join(parts, nil), joined))
	}
	if number := parts[0][1:]; isNumber(number) && isNumber(parts[1]) && bytes.IndexByte([]byte("lrd"), parts[0][0]) >= 0 {
		parts[0] = number // people leave out the letter
	}
	for _, part := range parts {
		out = append(out, with(token, part, token.Type))
	}
	return out
}

func isNumber(term []byte) bool {
	for _, b := range term {
		if b < '0' || b > '9' {
			return false
		}
	}
	return len(term) > 0
}

func with(token *analysis.Token, term []byte, kind analysis.TokenType) *analysis.Token {
	return &analysis.Token{Start: token.Start, End: token.End, Term: term, Type: kind, KeyWord: token.KeyWord}
}

// letters holds for the parts of an acronym with dots.
func letters(parts [][]byte) bool {
	for _, part := range parts {
		if r, size := utf8.DecodeRune(part); size != len(part) || !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// endings are those that inclusive writing adds to a word.
var endings = map[string]bool{
	"e": true, "es": true, "s": true, "x": true, "ne": true, "nes": true, "le": true, "les": true, "te": true, "tes": true,
	"ve": true, "ves": true, "se": true, "ses": true, "ère": true, "ères": true, "rice": true, "rices": true,
	"trice": true, "trices": true, "euse": true, "euses": true, "ice": true, "ices": true, "esse": true, "esses": true,
}

// inclusive holds for agent·e·s: a word, then only endings.
func inclusive(parts [][]byte) bool {
	if utf8.RuneCount(parts[0]) < 2 {
		return false
	}
	for _, part := range parts[1:] {
		if !endings[string(part)] {
			return false
		}
	}
	return true
}

func withoutLigatures(term []byte) []byte {
	if !bytes.ContainsAny(term, "œæ") {
		return term
	}
	term = bytes.ReplaceAll(term, []byte("œ"), []byte("oe"))
	return bytes.ReplaceAll(term, []byte("æ"), []byte("ae"))
}

// stopWords drops the words of stopList.
type stopWords struct{}

func (stopWords) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	kept := tokens[:0]
	for _, token := range tokens {
		if !isSmall(token) {
			kept = append(kept, token)
		}
	}
	return kept
}

// folding takes the accents off, as the last step: an index of its terms is
// met with and without them.
type folding struct{}

func (folding) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	kept := tokens[:0]
	for _, token := range tokens {
		token.Term = fold(token.Term)
		if len(token.Term) > 0 {
			kept = append(kept, token)
		}
	}
	return kept
}

// fold writes a word without accents; a text that is no word becomes empty.
func fold(term []byte) []byte {
	i := 0
	for i < len(term) && term[i] < utf8.RuneSelf {
		i++
	}
	if i < len(term) {
		out := make([]byte, 0, len(term))
		for _, r := range string(term) {
			if plain, ok := unaccented[r]; ok {
				out = append(out, plain)
				continue
			}
			if r < utf8.RuneSelf {
				out = append(out, byte(r))
				continue
			}
			out = appendDecomposed(out, r)
		}
		term = out
	}
	return shortened(term, longest)
}

// unaccented are the letters that French texts hold: the short way.
var unaccented = map[rune]byte{
	'à': 'a', 'â': 'a', 'ä': 'a', 'á': 'a', 'ã': 'a', 'ç': 'c', 'é': 'e', 'è': 'e', 'ê': 'e', 'ë': 'e', 'î': 'i', 'ï': 'i',
	'í': 'i', 'ì': 'i', 'ñ': 'n', 'ô': 'o', 'ö': 'o', 'ó': 'o', 'ò': 'o', 'õ': 'o', 'ù': 'u', 'û': 'u', 'ü': 'u', 'ú': 'u', 'ÿ': 'y',
}

// appendDecomposed writes any other letter by Unicode's compatible
// decomposition, without its marks.
func appendDecomposed(out []byte, r rune) []byte {
	var buffer [utf8.UTFMax]byte
	for _, part := range string(norm.NFKD.Bytes(buffer[:utf8.EncodeRune(buffer[:], r)])) {
		if !unicode.Is(unicode.Mn, part) {
			out = utf8.AppendRune(out, part)
		}
	}
	return out
}
