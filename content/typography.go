package content

import (
	"strings"
	"unicode"
)

const (
	narrow  = '\u202f' // before ; ! ? and inside « », between thousands
	noBreak = '\u00a0' // before : % €
)

// French sets a plain text in French typography: the apostrophe ’ and the
// spaces that must not break. It changes spaces that are there and adds none,
// so that a time (14:30), an address or a smiley keep their shape.
func French(s string) string {
	return typeset(s, 0, false)
}

// typeset is French for a piece of a line: prev is the rune before it (0: none),
// more tells whether something follows it on the line.
func typeset(s string, prev rune, more bool) string {
	if !strings.ContainsAny(s, " '") {
		return s
	}
	text := []rune(s)
	for i, r := range text {
		switch r {
		case '\'':
			if elides(prev, text[i+1:], more) {
				text[i] = '’'
			}
		case ' ':
			text[i] = space(prev, text, i)
		}
		prev = text[i]
	}
	return string(text)
}

// elides tells whether the ' between prev and rest is an apostrophe, as in
// « l'école » or « l'« achat » », and not a quote.
func elides(prev rune, rest []rune, more bool) bool {
	if !unicode.IsLetter(prev) {
		return false
	}
	if len(rest) == 0 {
		return more
	}
	return unicode.IsLetter(rest[0]) || unicode.IsDigit(rest[0]) || rest[0] == '«'
}

// space is the space that French wants at text[i], which is an ordinary one.
func space(prev rune, text []rune, i int) rune {
	if prev == '«' {
		return narrow
	}
	if i+1 == len(text) || prev == 0 || unicode.IsSpace(prev) {
		return ' '
	}
	switch next := text[i+1]; next {
	case ';', '?', '»':
		return narrow
	case '!':
		if i+2 < len(text) && text[i+2] == '=' { // a != b
			return ' '
		}
		return narrow
	case ':':
		return noBreak
	case '%', '€':
		if unicode.IsDigit(prev) {
			return noBreak
		}
	default:
		if groups(text, i) {
			return narrow
		}
	}
	return ' '
}

// groups tells whether the space at text[i] parts thousands: one to three
// digits before it, exactly three after.
func groups(text []rune, i int) bool {
	before := 0
	for j := i - 1; j >= 0 && unicode.IsDigit(text[j]); j-- {
		before++
	}
	after := 0
	for j := i + 1; j < len(text) && unicode.IsDigit(text[j]); j++ {
		after++
	}
	return 1 <= before && before <= 3 && after == 3
}
