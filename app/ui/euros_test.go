package ui

import (
	"strings"
	"testing"

	"passerelle/models"
)

func TestEuros(t *testing.T) {
	t.Parallel()
	tests := []struct {
		cents models.Cents
		short string
		full  string
	}{
		{0, "0 €", "0,00 €"},
		{5, "0,05 €", "0,05 €"},
		{100, "1 €", "1,00 €"},
		{48_000_00, "48_000 €", "48_000,00 €"},
		{22_750_50, "22_750,50 €", "22_750,50 €"},
		{999_99, "999,99 €", "999,99 €"},
		{6_000_000_00, "6_000_000 €", "6_000_000,00 €"},
		{-1_200_00, "−1_200 €", "−1_200,00 €"},
		{-5, "−0,05 €", "−0,05 €"},
	}
	for _, tt := range tests {
		if got := Euros(tt.cents); got != french(tt.short) {
			t.Errorf("Euros(%d) = %q, want %q", tt.cents, got, french(tt.short))
		}
		if got := EurosFull(tt.cents); got != french(tt.full) {
			t.Errorf("EurosFull(%d) = %q, want %q", tt.cents, got, french(tt.full))
		}
	}
}

// french writes _ as a narrow space and a space as a no-break one.
func french(s string) string {
	return strings.NewReplacer("_", nnbsp, " ", nbsp).Replace(s)
}

func TestParseEuros(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want models.Cents
		code string
	}{
		{"48000", 48_000_00, ""},
		{"48 000", 48_000_00, ""},
		{"48\u00a0000", 48_000_00, ""},
		{"48\u202f000,00\u00a0€", 48_000_00, ""},
		{"48 000,00 €", 48_000_00, ""},
		{"48000€", 48_000_00, ""},
		{"  4500,5 ", 4_500_50, ""},
		{"4500.5", 4_500_50, ""},
		{"4500.50", 4_500_50, ""},
		{"48 000.5", 48_000_50, ""},
		{"0", 0, ""},
		{"0,01", 1, ""},
		{"007", 7_00, ""},
		{"1 234 567,89", 1_234_567_89, ""},
		{"9999999999999", 9_999_999_999_999_00, ""},

		{"", 0, "text.required"},
		{" \u00a0 ", 0, "text.required"},

		{"48.000", 0, "amount.ambiguous"},
		{"4.500", 0, "amount.ambiguous"},
		{"1.234.567", 0, "amount.ambiguous"},
		{"48.000,00", 0, "amount.ambiguous"},
		{"1.2345", 0, "amount.ambiguous"},

		{"48,000", 0, "amount.format"},
		{"4,5,6", 0, "amount.format"},
		{"1e5", 0, "amount.format"},
		{"NaN", 0, "amount.format"},
		{"Infinity", 0, "amount.format"},
		{"+5", 0, "amount.format"},
		{"-5", 0, "amount.format"},
		{"−5", 0, "amount.format"},
		{"٤٨", 0, "amount.format"},
		{"４８", 0, "amount.format"},
		{"0x10", 0, "amount.format"},
		{"1_000", 0, "amount.format"},
		{"48 00", 0, "amount.format"},
		{"1234 567", 0, "amount.format"},
		{"48  000", 0, "amount.format"},
		{"5,", 0, "amount.format"},
		{"5.", 0, "amount.format"},
		{",5", 0, "amount.format"},
		{".", 0, "amount.format"},
		{"€", 0, "amount.format"},
		{"€ 5", 0, "amount.format"},
		{"5 $", 0, "amount.format"},
		{"quatre", 0, "amount.format"},
		{"5\x00", 0, "amount.format"},
		{"\xff", 0, "amount.format"},
		{"99999999999999", 0, "amount.format"},
		{"92233720368547758,07", 0, "amount.format"},
		{strings.Repeat("9", 400), 0, "amount.format"},
	}
	for _, tt := range tests {
		got, code := ParseEuros(tt.text)
		if got != tt.want || code != tt.code {
			t.Errorf("ParseEuros(%q) = %d, %q; want %d, %q", tt.text, got, code, tt.want, tt.code)
		}
	}
}

// FuzzParseEuros: an amount that was read is never negative, and reads the
// same once written the way we write it.
func FuzzParseEuros(f *testing.F) {
	for _, seed := range []string{"48 000,00 €", "48.000", "1e5", "", "0,01", "9999999999999,99", "\u202f5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		amount, code := ParseEuros(text)
		if code != "" {
			if amount != 0 {
				t.Fatalf("%q is refused (%s) and yet %d", text, code, amount)
			}
			return
		}
		if amount < 0 {
			t.Fatalf("%q is %d", text, amount)
		}
		for _, written := range []string{Euros(amount), EurosFull(amount), AmountFull(amount)} {
			again, code := ParseEuros(written)
			if again != amount || code != "" {
				t.Fatalf("%q is %d, written %q, read %d %q", text, amount, written, again, code)
			}
		}
	})
}
