package ui

import "testing"

func TestCount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		n    int
		want string
	}{
		{0, "0 message"},
		{1, "1 message"},
		{2, "2 messages"},
		{999, "999 messages"},
		{1000, "1\u202f000 messages"},
		{1234567, "1\u202f234\u202f567 messages"},
		{-1, "\u22121 message"},
	}
	for _, tt := range tests {
		if got := Count(tt.n, "message", "messages"); got != tt.want {
			t.Errorf("Count(%d) = %q, want %q", tt.n, got, tt.want)
		}
	}
}

func TestSize(t *testing.T) {
	t.Parallel()
	tests := []struct {
		bytes int64
		want  string
	}{
		{0, "0\u00a0octet"},
		{1, "1\u00a0octet"},
		{999, "999\u00a0octets"},
		{1000, "1\u00a0ko"},
		{84_320, "84\u00a0ko"},
		{999_400, "999\u00a0ko"},
		{999_600, "1\u00a0Mo"},
		{1_240_000, "1,2\u00a0Mo"},
		{10_000_000, "10\u00a0Mo"},
		{2_500_000_000, "2,5\u00a0Go"},
		{1 << 62, "4611686\u00a0To"},
	}
	for _, tt := range tests {
		if got := Size(tt.bytes); got != tt.want {
			t.Errorf("Size(%d) = %q, want %q", tt.bytes, got, tt.want)
		}
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, want string }{
		{"Marie L.", "ML"},
		{"Karim Benali", "KB"},
		{"Jean-Pierre Le Goff", "JG"},
		{"élodie", "É"},
		{"  ", "?"},
		{"", "?"},
		{"« agent » 7", "A7"},
		{"Zoé d’Arc", "ZD"},
	}
	for _, tt := range tests {
		if got := Initials(tt.name); got != tt.want {
			t.Errorf("Initials(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}
