package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Problem says why there is nothing to look for in what was typed.
type Problem string

// The problems.
const (
	Fine        Problem = ""
	Nothing     Problem = "nothing"      // nothing was typed
	TooLong     Problem = "too_long"     // more than MaxText characters
	OnlySigns   Problem = "only_signs"   // no letter and no digit
	OnlySmall   Problem = "only_small"   // only words that every text holds
	OnlyWithout Problem = "only_without" // only what is not wanted
)

// Bounds of what is looked for: time is theirs, not the typist's.
const (
	MaxText     = 2000 // characters
	maxClauses  = 32   // words and phrases
	maxInPhrase = 16   // words
)

// words are what somebody looks for, as it was understood. Typed signs have no
// power but those of a phrase ("…", «…») and of exclusion (-word): there is no
// syntax to get wrong.
type words struct {
	wanted  []clause
	without []clause
	typed   []clause // the plain words of wanted, in the order in which they were typed
	problem Problem
	cut     bool // more was typed than is looked for
}

// clause is a word, several words that name one thing, or a phrase.
type clause struct {
	surface string     // of a word, in lower case without accents
	term    string     // of a word, as the French fields hold it
	parts   []string   // of a compound: the stems of its parts but for small words; nil when only one is left
	named   []clause   // of several words that name one thing: each of them
	others  []name     // other names
	phrase  [][]string // of a phrase, as the exact field holds it: the spellings at each place
	stems   []string   // of a phrase: its words as the French fields hold them
	last    bool       // the last word typed, maybe only begun

	capitals bool // typed in capitals
	acronym  bool // so, and one of the synonyms: it has no other form
}

// parse understands what was typed; it never fails.
func parse(text string, synonyms *Synonyms) words {
	var w words
	text = strings.Map(readable, strings.ToValidUTF8(text, " "))
	switch {
	case strings.TrimSpace(text) == "":
		w.problem = Nothing
		return w
	case utf8.RuneCountInString(text) > MaxText:
		w.problem = TooLong
		return w
	}
	var plain strings.Builder // what is neither phrase nor excluded, in one text: 48 000 is one word
	for rest := text; rest != ""; {
		var part string
		var kind kind
		part, kind, rest = next(rest)
		switch kind {
		case typed:
			plain.WriteString(part)
		case quoted:
			w.add(&w.wanted, phraseOf(part))
			plain.WriteByte('\n')
		case excluded:
			w.add(&w.without, phraseOf(part))
			plain.WriteByte('\n')
		}
	}
	w.typed = wordsOf(plain.String())
	for _, c := range synonyms.named(w.typed) {
		w.add(&w.wanted, c)
	}
	w.problem = w.judge(text)
	return w
}

func readable(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

type kind int

const (
	typed    kind = iota
	quoted        // "…"
	excluded      // -word, -"…"
)

// next cuts the next part off what was typed, which is not empty.
func next(text string) (part string, kind kind, rest string) {
	if inside, rest, ok := cutQuotes(text); ok {
		return inside, quoted, rest
	}
	if len(text) > 1 && text[0] == '-' {
		if inside, rest, ok := cutQuotes(text[1:]); ok {
			return inside, excluded, rest
		}
		word, rest := cutWord(text[1:])
		if startsWord(word) {
			return word, excluded, rest
		}
	}
	// Up to the next place where a phrase or an exclusion may begin.
	i := 0
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if following, _ := utf8.DecodeRuneInString(text[i:]); isQuote(following) || unicode.IsSpace(r) && following == '-' {
			break
		}
	}
	return text[:i], typed, text[i:]
}

func isQuote(r rune) bool { return strings.ContainsRune(`"“„«`, r) && r != 0 }

var closing = map[rune]string{'"': `"”“`, '“': `”"“`, '„': `“”"`, '«': "»"}

// cutQuotes cuts a phrase in quotes off the text; an open quote is no quote.
func cutQuotes(text string) (inside, rest string, ok bool) {
	r, size := utf8.DecodeRuneInString(text)
	ends, ok := closing[r]
	if !ok {
		return "", text, false
	}
	end := strings.IndexAny(text[size:], ends)
	if end < 0 {
		return "", text, false
	}
	inside = text[size : size+end]
	_, closed := utf8.DecodeRuneInString(text[size+end:])
	return inside, text[size+end+closed:], true
}

func cutWord(text string) (word, rest string) {
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}

func startsWord(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// add takes a clause, unless it is empty, known already, or one too many.
func (w *words) add(to *[]clause, c clause) {
	if c.term == "" && len(c.phrase) == 0 && len(c.named) == 0 {
		return
	}
	for _, known := range *to {
		if known.key() == c.key() {
			return
		}
	}
	if len(*to) >= maxClauses {
		w.cut = true
		return
	}
	*to = append(*to, c)
}

func (c clause) key() string {
	var key strings.Builder
	key.WriteString(c.term)
	for _, word := range c.named {
		key.WriteByte('+')
		key.WriteString(word.term)
	}
	for _, spellings := range c.phrase {
		key.WriteByte(' ')
		key.WriteString(spellings[0])
	}
	return key.String()
}

// phraseOf is a phrase, word for word.
func phraseOf(text string) clause {
	var c clause
	position := 0
	for _, token := range exact.Analyze([]byte(text)) {
		if token.Position != position {
			if len(c.phrase) == maxInPhrase {
				break
			}
			c.phrase = append(c.phrase, nil)
			position = token.Position
		}
		last := len(c.phrase) - 1
		c.phrase[last] = append(c.phrase[last], string(token.Term))
	}
	for _, word := range typedWords(text) {
		if !word.small {
			c.stems = append(c.stems, word.stem)
		}
	}
	return c
}

// wordsOf are the words of a text that are worth looking for.
func wordsOf(text string) []clause {
	var strong, weak []clause
	list := typedWords(text)
	for i, word := range list {
		if word.small {
			continue
		}
		c := clause{surface: word.surface, term: word.stem, parts: word.stems(), capitals: word.capitals}
		if i > 0 && word.stem == euro && isNumber([]byte(list[i-1].surface)) { // most texts write €
			continue
		}
		c.last = i == len(list)-1 && word.end == len(strings.TrimRightFunc(text, unicode.IsSpace))
		if isWeak(text, word) {
			weak = append(weak, c)
		} else {
			strong = append(strong, c)
		}
	}
	switch {
	case len(strong) > 0:
		return strong
	case len(weak) > 0:
		return weak
	}
	for _, word := range list { // « si » alone may be the acronym
		if acronyms[word.surface] {
			weak = append(weak, clause{surface: word.surface, term: word.stem})
		}
	}
	return weak
}

var euro = stemOf([]byte("euros"))

// stems are those of the parts of a compound, but for small words; nil when only
// one is left, which would say something else: sans-abri.
func (w typedWord) stems() []string {
	var stems []string
	for _, part := range w.parts {
		if !part.small {
			stems = append(stems, part.stem)
		}
	}
	if len(stems) < 2 {
		return nil
	}
	return stems
}

// weakWords carry a question, not what it is about. Written small beside other
// words they are not looked for; alone, or with a capital, they are.
var weakWords = wordSet(`comment pourquoi quand combien faire fais fait faut peut peux peuvent puis veux voudrais voulons existe
	trouver savoir cherche cherchons souhaite souhaitons aimerais aimerions besoin dois doit devons quelque quelques chose
	quelqu'un est-ce qu'est-ce y-a-t-il a-t-il existe-t-il peut-on faut-il puis-je dois-je va vais merci bonjour svp
	c d j l m n s t`)

func isWeak(text string, word typedWord) bool {
	typed := strings.ReplaceAll(text[word.start:word.end], "’", "'")
	if weakWords[typed] || weakWords[word.surface] && typed == strings.ToLower(typed) {
		return true
	}
	for _, part := range word.parts {
		if !part.small && !weakWords[part.surface] {
			return false
		}
	}
	return len(word.parts) > 0
}

// named makes one clause of words that name one thing together, and gives each
// its other names.
func (s *Synonyms) named(list []clause) []clause {
	var out []clause
	for i := 0; i < len(list); {
		c, used := list[i], 1
		var acronym bool
		c.others, acronym = s.of(c)
		c.acronym = acronym && c.capitals
		for n := 2; s != nil && n <= s.longest && i+n <= len(list); n++ {
			if others, _ := s.of(list[i : i+n]...); len(others) > 0 {
				c, used = clause{named: list[i : i+n], others: others}, n
			}
		}
		out, i = append(out, c), i+used
	}
	return out
}

// judge says why there is nothing to look for.
func (w *words) judge(text string) Problem {
	switch {
	case len(w.wanted) > 0:
		return Fine
	case len(w.without) > 0:
		return OnlyWithout
	case len(exact.Analyze([]byte(text))) == 0:
		return OnlySigns
	}
	return OnlySmall
}

// loose are the single words of all that is wanted, phrases taken apart, and what
// they name together.
func (w words) loose() []clause {
	var loose words
	for _, c := range w.wanted {
		if len(c.phrase) == 0 {
			loose.add(&loose.wanted, c)
		}
		for _, word := range c.named {
			loose.add(&loose.wanted, word)
		}
		for _, stem := range c.stems {
			loose.add(&loose.wanted, clause{surface: stem, term: stem})
		}
	}
	return loose.wanted
}
