package ui

import (
	"strconv"
	"strings"

	"passerelle/models"
)

// The spaces of French typography: narrow between thousands and before ; ! ?,
// plain before : % € and units.
const (
	nnbsp = "\u202f"
	nbsp  = "\u00a0"
)

// Euros writes an amount: « 48 000 € » when whole, « 22 750,50 € » otherwise.
func Euros(c models.Cents) string {
	if c%100 == 0 {
		return groups(int64(c/100), c < 0) + nbsp + "€"
	}
	return EurosFull(c)
}

// EurosFull writes an amount with its two decimals, as in tables.
func EurosFull(c models.Cents) string { return AmountFull(c) + nbsp + "€" }

// AmountFull is EurosFull without the sign, as a field shows it.
func AmountFull(c models.Cents) string {
	cents := int64(c % 100)
	if cents < 0 {
		cents = -cents
	}
	text := groups(int64(c/100), c < 0) + ","
	if cents < 10 {
		text += "0"
	}
	return text + strconv.FormatInt(cents, 10)
}

// groups writes a whole number with a narrow space between thousands.
func groups(n int64, negative bool) string {
	digits := strings.TrimPrefix(strconv.FormatInt(n, 10), "-")
	var b strings.Builder
	if negative {
		b.WriteString("\u2212")
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(nnbsp)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// maxEuroDigits keeps an amount well inside 64 bits of cents.
const maxEuroDigits = 13

// ParseEuros reads an amount as French people write it: « 48 000 »,
// « 48 000,00 », with or without the sign. The code says what is wrong:
// "text.required" (nothing), "amount.ambiguous" (a dot that may part thousands,
// as in « 48.000 »), "amount.format" (anything else); "" when it was read.
func ParseEuros(text string) (amount models.Cents, code string) {
	s := plainSpaces.Replace(text)
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, "text.required"
	}
	s = strings.TrimRight(strings.TrimSuffix(s, "€"), " ")
	if strings.Trim(s, "0123456789 .,") != "" || s == "" {
		return 0, "amount.format"
	}
	whole, decimals, dotted := s, "", false
	if i := strings.LastIndexAny(s, ".,"); i >= 0 {
		whole, decimals, dotted = s[:i], s[i+1:], s[i] == '.'
		ambiguous := strings.Contains(whole, ".") || dotted && len(decimals) > 2 && isDigits(decimals)
		switch {
		case ambiguous:
			return 0, "amount.ambiguous"
		case len(decimals) < 1 || len(decimals) > 2 || !isDigits(decimals):
			return 0, "amount.format"
		}
	}
	whole, ok := joinGroups(whole)
	if !ok || len(strings.TrimLeft(whole, "0")) > maxEuroDigits {
		return 0, "amount.format"
	}
	n, err := strconv.ParseInt(whole+(decimals + "00")[:2], 10, 64)
	if err != nil {
		return 0, "amount.format"
	}
	return models.Cents(n), ""
}

var plainSpaces = strings.NewReplacer(nbsp, " ", nnbsp, " ", "\u2009", " ")

// joinGroups takes the spaces out of a whole number; they may only part
// thousands, so that « 48 00 » is a slip and not 4 800.
func joinGroups(s string) (string, bool) {
	parts := strings.Split(s, " ")
	for i, part := range parts {
		if !isDigits(part) || len(parts) > 1 && (i > 0 && len(part) != 3 || i == 0 && len(part) > 3) {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
