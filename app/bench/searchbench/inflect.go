package main

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// withoutAccents writes a text as people in a hurry do.
func withoutAccents(text string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// inflections are endings and what stands for them in another form of the
// word; the first that fits is used. A rule of French grammar a line, not all.
var inflections = []struct{ ending, other string }{
	{"eaux", "eau"}, {"eau", "eaux"}, // réseau, réseaux
	{"aux", "al"}, {"iaux", "ial"}, {"al", "aux"}, // local, locaux
	{"ement", "ements"}, {"ements", "ement"}, // chargement, chargements
	{"tion", "tions"}, {"tions", "tion"}, // installation, installations
	{"issent", "it"}, {"issant", "it"}, // fournissent, fournit
	{"ées", "é"}, {"ée", "és"}, {"és", "ée"}, {"é", "ées"}, // créé, créées
	{"er", "ez"}, {"ez", "er"}, // installer, installez
	{"ant", "ants"}, {"ants", "ant"}, // suivant, suivants
	{"eux", "euse"}, {"euse", "eux"}, {"euses", "eux"}, // nombreux, nombreuse
	{"ifs", "ive"}, {"if", "ives"}, {"ives", "if"}, {"ive", "ifs"}, // actif, actives
}

// unchanged are endings of words that have one form.
var unchanged = []string{"ss", "us", "is", "as", "os", "x", "z"}

// inflected is another form of the same word; a word that has no other stays.
func inflected(word string) string {
	for _, rule := range inflections {
		stem, ok := strings.CutSuffix(word, rule.ending)
		if ok && utf8.RuneCountInString(stem) >= 2 {
			return stem + rule.other
		}
	}
	for _, ending := range unchanged {
		if strings.HasSuffix(word, ending) {
			return word
		}
	}
	if singular, ok := strings.CutSuffix(word, "s"); ok {
		return singular
	}
	return word + "s"
}

// misspelt makes one error in a word, never at its first letter: a letter left
// out, doubled, changed for a neighbour, or two that changed places.
func misspelt(random *rand.Rand, word string) string {
	letters := []rune(word)
	if len(letters) < 3 {
		return word
	}
	for {
		at := 1 + random.IntN(len(letters)-2)
		var wrong string
		switch random.IntN(4) {
		case 0:
			wrong = string(letters[:at]) + string(letters[at+1:])
		case 1:
			wrong = string(letters[:at+1]) + string(letters[at:])
		case 2:
			wrong = string(letters[:at]) + string('a'+rune(random.IntN(26))) + string(letters[at+1:])
		default:
			wrong = string(letters[:at]) + string(letters[at+1]) + string(letters[at]) + string(letters[at+2:])
		}
		if wrong != word {
			return wrong
		}
	}
}
