package account

import (
	"strings"

	"passerelle/models"
)

// ParseEmail reads one address as typed; see [models.ParseEmail].
func ParseEmail(typed string) (email string, ok bool) { return models.ParseEmail(typed) }

// checkEmail is the address typed in a field, or what is wrong with it.
func checkEmail(p *models.Problems, typed, field string) string {
	if strings.TrimSpace(typed) == "" {
		p.If(true, field, "text.required")
		return ""
	}
	email, ok := ParseEmail(typed)
	p.If(!ok, field, "account.email")
	return email
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
