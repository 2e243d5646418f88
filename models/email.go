package models

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// ParseEmail reads one address as typed: trimmed, in lower case, its domain in
// ASCII, so that accounts and invitations write it alike. It is wrong when it
// is not one address of 6 to 255 characters with a top-level domain (funding
// form, section People).
func ParseEmail(typed string) (email string, ok bool) {
	typed = strings.TrimSpace(typed)
	at := strings.LastIndexByte(typed, '@')
	if at < 0 {
		return "", false
	}
	local, domain := typed[:at], typed[at+1:]
	if !validLocal(local) || !utf8.ValidString(domain) || strings.ContainsRune(domain, utf8.RuneError) {
		return "", false
	}
	domain, err := idna.Lookup.ToASCII(domain) // also refuses spaces, controls and empty labels
	if err != nil || !validDomain(domain) {
		return "", false
	}
	email = strings.ToLower(local) + "@" + domain
	return email, len(email) >= 6 && len(email) <= 255
}

// validLocal accepts a dot-atom of RFC 5322, in ASCII: quoted forms are legal
// and used by nobody but those who try to break a mail's header.
func validLocal(local string) bool {
	if local == "" || len(local) > 64 {
		return false
	}
	for _, atom := range strings.Split(local, ".") {
		if atom == "" || strings.ContainsFunc(atom, func(r rune) bool { return !isAtext(r) }) {
			return false
		}
	}
	return true
}

func isAtext(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r)
}

func validDomain(domain string) bool {
	labels := strings.Split(domain, ".")
	if len(labels) < 2 {
		return false
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' ||
			strings.ContainsFunc(label, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') }) {
			return false
		}
	}
	top := labels[len(labels)-1]
	return len(top) >= 2 && strings.ContainsFunc(top, func(r rune) bool { return r >= 'a' && r <= 'z' })
}
