package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A document is this long, in characters.
const (
	shortest = 300
	longest  = 2000
)

// cutter joins the paragraphs of one page to documents, in their order.
type cutter struct {
	documents [][]string // the paragraphs of each
	open      []string
	length    int
}

// add takes the next paragraph of the page.
func (c *cutter) add(paragraph string) {
	for _, part := range cutLong(paragraph, longest) {
		length := utf8.RuneCountInString(part)
		if c.length > 0 && c.length+len("\n")+length > longest {
			c.end()
		}
		if c.length > 0 {
			c.length += len("\n")
		}
		c.open = append(c.open, part)
		c.length += length
		if c.length >= shortest {
			c.end()
		}
	}
}

// end closes a document at the end of a page; what is too short is left out.
func (c *cutter) end() {
	if c.length >= shortest {
		c.documents = append(c.documents, c.open)
	}
	c.open, c.length = nil, 0
}

// cutLong cuts a text into parts of at most limit characters, after a sentence
// where one ends in the second half, else between words.
func cutLong(text string, limit int) (parts []string) {
	for utf8.RuneCountInString(text) > limit {
		runes := []rune(text)
		at, space := 0, 0
		for i := limit - 1; i > limit/2 && at == 0; i-- {
			if !unicode.IsSpace(runes[i]) {
				continue
			}
			if space == 0 {
				space = i
			}
			if strings.ContainsRune(".!?…", runes[i-1]) {
				at = i
			}
		}
		switch {
		case at == 0 && space == 0:
			at = limit
		case at == 0:
			at = space
		}
		parts = append(parts, strings.TrimSpace(string(runes[:at])))
		text = strings.TrimSpace(string(runes[at:]))
	}
	if text != "" {
		parts = append(parts, text)
	}
	return parts
}

// frenchWords and englishWords are small words that tell the languages apart.
var (
	frenchWords  = set("le la les des du un une est et que qui pour dans par sur avec pas ce cette vous être sont au aux ou en ne plus se")
	englishWords = set("the of to and is in that it for with you are be this as from or not if by on can will which")
)

// isFrench tells French prose from what was left untranslated, from code and
// from lists of names.
func isFrench(text string) bool {
	french, english, words := 0, 0, 0
	for _, word := range wordsIn(text) {
		words++
		if frenchWords[word] {
			french++
		}
		if englishWords[word] {
			english++
		}
	}
	return french > 2*english && 10*french >= words
}

// wordsIn are the words of a text in lower case: letters alone, elided ones
// without their elision; what holds a digit or an underscore is no word.
func wordsIn(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	return slices.DeleteFunc(words, func(word string) bool {
		return strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
	})
}

func set(words string) map[string]bool {
	s := map[string]bool{}
	for _, word := range strings.Fields(words) {
		s[word] = true
	}
	return s
}
