package funding

import "strings"

// laPoste is the SIREN whose establishments follow a rule of their own: the
// sum of their digits is a multiple of 5. Its head office obeys the common one.
const (
	laPoste     = "356000000"
	laPosteHead = "35600000000048"
)

var siretMarks = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ".", "")

// ParseSIRET reads the 14 digits of an establishment, spaces and dots aside,
// and tells whether they pass its check (Luhn on the SIREN and on the whole).
// All zeros would pass Luhn and are no body's.
func ParseSIRET(typed string) (siret string, ok bool) {
	siret = siretMarks.Replace(strings.TrimSpace(typed))
	if len(siret) != 14 || strings.Trim(siret, "0123456789") != "" || strings.Trim(siret, "0") == "" {
		return "", false
	}
	siren := siret[:9]
	if !luhn(siren) {
		return "", false
	}
	if siren == laPoste && siret != laPosteHead {
		return siret, digitSum(siret)%5 == 0
	}
	return siret, luhn(siret)
}

func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		n := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			n *= 2
			if n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

func digitSum(digits string) int {
	sum := 0
	for i := range len(digits) {
		sum += int(digits[i] - '0')
	}
	return sum
}
