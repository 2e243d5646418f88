package account

import (
	"strings"
	"testing"

	"passerelle/models"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	tests := []struct{ password, want string }{
		{goodPassword, ""},
		{otherPassword, ""},
		{"correct horse battery staple", ""},
		{"Vr3#kq9!zL0p", ""},
		{"διαβατήριο χωρίς τέλος", ""},
		{"мост через широкую реку", ""},
		{"", "text.required"},
		{"court", "account.password_short"},
		{"onze-lettre", "account.password_short"},
		{strings.Repeat("a", 201), "account.password_long"},
		{strings.Repeat("é", 201), "account.password_long"},
		{"pas du \xff texte", "text.unreadable"},
		{"octet nul \x00 dedans", "text.unreadable"},
		{"aaaaaaaaaaaa", "account.password_weak"},
		{strings.Repeat("a", 200), "account.password_weak"},
		{"123456789012", "account.password_weak"},
		{"azertyuiop123", "account.password_weak"},
		{"motdepasse2026", "account.password_weak"},
		{"MotDePasse2026", "account.password_weak"},
		{"motdepassémotdepassé", "account.password_weak"},
		{"passerelle-demo", "account.password_weak"},
		{"bonjourbonjour", "account.password_weak"},
		{"marie.dupont1", "account.password_weak"},
		{"MarieDupont2026", "account.password_weak"},
		{"marie@exemple.fr", "account.password_weak"},
	}
	for _, tt := range tests {
		p := models.Problems{}
		checkPassword(&p, tt.password, "Marie Dupont", "marie@exemple.fr")
		if got := models.Code(p.Err()); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.password, got, tt.want)
		}
	}
}

func FuzzCheckPassword(f *testing.F) {
	for _, seed := range []string{"motdepasse2026", "é\u0301a", "\xff\xfe", "a\x00b", strings.Repeat("4@", 40), "日本語日本語日本語日本語"} {
		f.Add(seed, "Marie Dupont")
	}
	f.Fuzz(func(t *testing.T, password, name string) {
		p := models.Problems{}
		checkPassword(&p, password, name, "marie@exemple.fr") // must not panic, whatever is typed
		if n := len([]rune(password)); n < passwordMin && len(p) == 0 {
			t.Errorf("%q passed", password)
		}
	})
}

// The slowest passwords are long and full of words: what one costs is what a
// stranger may ask for.
func BenchmarkGuessable(b *testing.B) {
	for _, password := range []string{goodPassword, strings.Repeat("p4$$w0rd", 25), strings.Repeat("4@1!", 50), strings.Repeat("1234", 50)} {
		b.Run(password[:8], func(b *testing.B) {
			for b.Loop() {
				guessable(password, "Marie Dupont", "marie@exemple.fr")
			}
		})
	}
}

func TestHashAndVerify(t *testing.T) {
	t.Parallel()
	h := newHasher()
	encoded, err := h.hash(ctx, "é une phrase de passe") // é in one character
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(encoded, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %q", encoded)
	}
	tests := []struct {
		name, password, encoded string
		want                    bool
	}{
		{"same", "é une phrase de passe", encoded, true},
		{"é in two characters", "e\u0301 une phrase de passe", encoded, true},
		{"another", "e une phrase de passe", encoded, false},
		{"nobody", "é une phrase de passe", "", false},
	}
	for _, tt := range tests {
		got, err := h.verify(ctx, tt.password, tt.encoded)
		if err != nil || got != tt.want {
			t.Errorf("%s: got %t (%v), want %t", tt.name, got, err, tt.want)
		}
	}
	if _, err := h.verify(ctx, "x", "$2a$10$abc"); err == nil {
		t.Error("a hash of another kind was read")
	}
}
