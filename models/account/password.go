package account

import (
	"strings"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go"
	"golang.org/x/text/unicode/norm"

	"passerelle/models"
)

// A password has 12 to 200 characters and resists guessing (zxcvbn score 3 of
// 4), the person's own name and address being the first that a guesser tries.
const (
	passwordMin   = 12
	passwordMax   = 200
	passwordScore = 3
)

// scored is how much of a password zxcvbn looks at: its work grows with the
// cube of the length, and 40 good characters are enough.
const scored = 40

// checkPassword notes what is wrong with a new password.
func checkPassword(p *models.Problems, password, name, email string) {
	n := utf8.RuneCountInString(password)
	switch {
	case password == "":
		p.If(true, "password", "text.required")
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		p.If(true, "password", "text.unreadable")
	case n < passwordMin:
		p.If(true, "password", "account.password_short", passwordMin)
	case n > passwordMax:
		p.If(true, "password", "account.password_long", passwordMax)
	case guessable(password, name, email):
		p.If(true, "password", "account.password_weak")
	}
}

// guessable tells whether a password falls to a guesser who knows the person.
func guessable(password, name, email string) bool {
	known := append(personal(name, email), frenchWords...)
	return zxcvbn.PasswordStrength(plain(password, scored), known).Score < passwordScore
}

// personal are the words of a person's name and address. They come first: the
// rank of a word is how early it is guessed.
func personal(name, email string) []string {
	words := strings.FieldsFunc(plain(name+" "+email, 400), func(r rune) bool {
		return strings.ContainsRune(" .-_@+'", r)
	})
	return append([]string{plain(name, 100), plain(strings.ReplaceAll(name, " ", ""), 100), email}, words...)
}

// plain folds accents and keeps the first max characters, all of them ASCII:
// zxcvbn mixes up bytes and characters otherwise. A letter of another script
// stands for one of ours, always the same.
func plain(s string, max int) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case b.Len() == max:
			return b.String()
		case r >= 0x300 && r < 0x370: // combining accents
		case r < 0x80:
			b.WriteRune(r)
		default:
			b.WriteByte(byte('a' + r%26))
		}
	}
	return b.String()
}
