package content

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxSlug is the longest slug, in bytes.
const MaxSlug = 80

// ligatures have no decomposition in Unicode.
var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ø", "o", "ł", "l", "đ", "d")

// Slug makes the part of an address out of a title: lower case, accents
// folded, words joined by hyphens, cut between two words at [MaxSlug].
// It is never empty: a title without a letter or digit gives "sans-titre".
func Slug(title string) string {
	if s := slug(title); s != "" {
		return s
	}
	return "sans-titre"
}

func slug(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(ligatures.Replace(strings.ToLower(title))) {
		r = unicode.ToLower(r) // NFKD may bring capitals back
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		default:
			gap = true
		}
	}
	s := b.String()
	if len(s) <= MaxSlug {
		return s
	}
	if i := strings.LastIndexByte(s[:MaxSlug+1], '-'); i > 0 {
		return s[:i]
	}
	return s[:MaxSlug]
}
