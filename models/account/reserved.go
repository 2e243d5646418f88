package account

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Names that speak with authority are nobody's: the badge of a role is the one
// thing that shows it. A name is refused when it holds a title, or consists of
// nothing but words of authority and what stands around them.
var (
	titles = strings.Fields(`
		moderation moderateur moderatrice moderateurs moderatrices moderator moderators
		administrateur administratrice administrateurs administratrices administrator administrators webmaster webmestre`)
	authority = append(strings.Fields(`
		passerelle administration admin admins support assistance modo modos staff systeme system root
		comptesupprime comptessupprimes compteefface deleted`), titles...)
	around = strings.Fields(`
		le la les l un une de du des d et a au aux the of and equipe team service compte officiel officielle officiels
		portail forum forums site technique generale general`)
)

// reserved tells whether a name passes for the portal, for those who keep it,
// or for an account that is gone, however it is written.
func reserved(name string) bool {
	words := strings.FieldsFunc(folded(name), func(r rune) bool { return r < 'a' || r > 'z' })
	for _, word := range words {
		for _, title := range titles {
			if word == title {
				return true
			}
		}
	}
	// Words may be run together, or spaced out letter by letter.
	return madeOf(strings.Join(words, ""))
}

// madeOf tells whether a text without spaces is words of authority and what
// stands around them, one at least being of authority.
func madeOf(text string) bool {
	const reached, speaks = 1, 2
	at := make([]int, len(text)+1)
	at[0] = reached
	for i := range text {
		if at[i] == 0 {
			continue
		}
		for _, word := range authority {
			if strings.HasPrefix(text[i:], word) {
				at[i+len(word)] |= reached | speaks
			}
		}
		for _, word := range around {
			if strings.HasPrefix(text[i:], word) {
				at[i+len(word)] |= at[i]
			}
		}
	}
	return at[len(text)]&speaks != 0
}

// folded is a name in small letters from a to z as far as it looks so: without
// accents, width or style, letters of other alphabets and digits standing for
// those that they look like.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		if like, ok := lookalikes[r]; ok {
			return like
		}
		return r
	}, strings.ToLower(norm.NFKD.String(name)))
}

// lookalikes are the letters of other alphabets, and the digits, that pass for ours.
var lookalikes = map[rune]rune{
	'а': 'a', 'в': 'b', 'е': 'e', 'ԁ': 'd', 'һ': 'h', 'і': 'i', 'ј': 'j', 'к': 'k', 'м': 'm', 'н': 'n', 'о': 'o', 'р': 'p', 'ԛ': 'q',
	'с': 'c', 'ѕ': 's', 'т': 't', 'у': 'y', 'х': 'x', 'ԝ': 'w', 'ӏ': 'l', 'п': 'n', 'г': 'r', // Cyrillic
	'α': 'a', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'μ': 'm', // Greek
	'ı': 'i', 'ɑ': 'a', 'ɡ': 'g', 'ɪ': 'i', 'ø': 'o', 'đ': 'd', 'ł': 'l', 'ꓲ': 'i',
	'0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', '$': 's', '!': 'i', '|': 'l', '€': 'e',
}
