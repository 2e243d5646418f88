package ui

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
)

// Number writes a whole number with narrow spaces between thousands.
func Number(n int) string { return groups(int64(n), n < 0) }

// Count writes a number and its noun: singular for 0 and 1, as French has it.
func Count(n int, one, many string) string {
	return Number(n) + " " + Plural(n, one, many)
}

// Plural is one for 0 and 1, else many.
func Plural(n int, one, many string) string {
	if n > -2 && n < 2 {
		return one
	}
	return many
}

// Size writes a number of bytes: « 84 ko », « 1,2 Mo ».
func Size(bytes int64) string {
	units := []string{"octets", "ko", "Mo", "Go", "To"}
	if bytes < 2 {
		return strconv.FormatInt(bytes, 10) + nbsp + "octet"
	}
	value, unit := float64(bytes), 0
	for value >= 999.5 && unit < len(units)-1 {
		value /= 1000
		unit++
	}
	decimals := 0
	if unit > 1 && value < 9.95 {
		decimals = 1
	}
	text := strings.Replace(strconv.FormatFloat(value, 'f', decimals, 64), ".", ",", 1)
	return strings.TrimSuffix(text, ",0") + nbsp + units[unit]
}

// Initials are the first letters of the first and the last word of a name.
func Initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' })
	var letters []rune
	for _, w := range words {
		for _, r := range w {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				letters = append(letters, unicode.ToUpper(r))
				break
			}
		}
	}
	switch len(letters) {
	case 0:
		return "?"
	case 1:
		return string(letters)
	}
	return string([]rune{letters[0], letters[len(letters)-1]})
}

// spread is a number from 0 to n−1, always the same for the same text.
func spread(text string, n int) int {
	h := fnv.New32a()
	h.Write([]byte(text))
	return int(h.Sum32() % uint32(n))
}
