package account

import (
	"strings"
	"testing"
)

func TestParseEmail(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, want string }{
		{"marie@exemple.fr", "marie@exemple.fr"},
		{"  Marie.Dupont@Exemple.FR ", "marie.dupont@exemple.fr"},
		{"a@b.fr", "a@b.fr"},
		{"prenom+liste@service.gouv.fr", "prenom+liste@service.gouv.fr"},
		{"o'neill@exemple.fr", "o'neill@exemple.fr"},
		{"marie@mairie-évry.fr", "marie@xn--mairie-vry-h7a.fr"},
		{"", ""},
		{"marie", ""},
		{"marie@", ""},
		{"@exemple.fr", ""},
		{"marie@exemple", ""},
		{"marie@localhost", ""},
		{"m@e.f", ""},
		{"marie@exemple.123", ""},
		{"marie@127.0.0.1", ""},
		{"marie@[127.0.0.1]", ""},
		{"marie@@exemple.fr", ""},
		{"marie @exemple.fr", ""},
		{"marie.@exemple.fr", ""},
		{".marie@exemple.fr", ""},
		{"ma..rie@exemple.fr", ""},
		{"marie@exemple..fr", ""},
		{"marie@-exemple.fr", ""},
		{"marie@exemple-.fr", ""},
		{`"marie dupont"@exemple.fr`, ""},
		{"Marie <marie@exemple.fr>", ""},
		{"marie@exemple.fr, luc@exemple.fr", ""},
		{"marie@exemple.fr\r\nBcc: tous@exemple.fr", ""},
		{"marie\r\nBcc: x@exemple.fr", ""},
		{"marie@exemple.fr\x00", ""},
		{"maríe@exemple.fr", ""},
		{"\u212Aarl@exemple.fr", ""}, // the Kelvin sign lowers to k
		{strings.Repeat("m", 65) + "@exemple.fr", ""},
		{"marie@" + strings.Repeat("e", 64) + ".fr", ""},
		{"m@" + strings.Repeat("exemple.", 32) + "fr", ""},
	}
	for _, tt := range tests {
		got, ok := ParseEmail(tt.typed)
		if !ok {
			got = ""
		}
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q: got %q, want %q", tt.typed, got, tt.want)
		}
	}
}

func FuzzParseEmail(f *testing.F) {
	for _, seed := range []string{"marie@exemple.fr", "a@b", "é@é.fr", "x@\r\n.fr", "@", "a@b@c.fr"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		email, ok := ParseEmail(typed)
		if !ok {
			return
		}
		if strings.ContainsAny(email, "\r\n\x00 <>,;\"") || email != strings.ToLower(email) || strings.Count(email, "@") != 1 {
			t.Errorf("%q gives %q", typed, email)
		}
		again, ok := ParseEmail(email)
		if !ok || again != email {
			t.Errorf("%q is read again as %q", email, again)
		}
	})
}

func TestPublicAgent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		email string
		want  bool
	}{
		{"marie@gouv.fr", true},
		{"marie@bretagne.gouv.fr", true},
		{"marie@sgar.bretagne.gouv.fr", true},
		{"marie@ac-rennes.fr", true},
		{"marie@fakegouv.fr", false},
		{"marie@gouv.fr.exemple.fr", false},
		{"gouv.fr@exemple.fr", false},
		{"marie@ac-arnaque.fr", false},
		{"marie@gmail.com", false},
		{"marie@laposte.net", false},
		{"", false},
	}
	for _, tt := range tests {
		if got := publicAgent(tt.email); got != tt.want {
			t.Errorf("%s: got %t", tt.email, got)
		}
	}
}
