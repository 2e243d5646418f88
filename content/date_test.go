package content

import "testing"

func TestDate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in, french, when string
	}{
		{"2021", "2021", "en 2021"},
		{"2021-05", "mai 2021", "en mai 2021"},
		{"2021-07-01", "1er\u00a0juillet 2021", "le 1er\u00a0juillet 2021"},
		{"2019-04-12", "12\u00a0avril 2019", "le 12\u00a0avril 2019"},
	}
	for _, tt := range tests {
		d, err := ParseDate(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if d.String() != tt.in || d.French() != tt.french || d.When() != tt.when {
			t.Errorf("%s: got %q, %q, %q", tt.in, d.String(), d.French(), d.When())
		}
	}
	for _, in := range []string{"", "21", "2021-13", "2021-02-30", "2021-5", "mai 2021", "2021-05-31T00:00:00Z"} {
		if d, err := ParseDate(in); err == nil {
			t.Errorf("%q is read as %v", in, d)
		}
	}
}

func TestDateOrder(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b   string
		after  bool // every day of a is after every day of b
		before int
	}{
		{"2021", "2020", true, 1},
		{"2021", "2021-05", false, -1},
		{"2021-05", "2021", false, 1},
		{"2021-05", "2021-04-30", true, 1},
		{"2021-05-01", "2021-05", false, 1},
		{"2021-05-02", "2021-05-01", true, 1},
		{"2021-05-01", "2021-05-01", false, 0},
		{"2021", "", false, 1},
	}
	for _, tt := range tests {
		a, _ := ParseDate(tt.a)
		b, _ := ParseDate(tt.b)
		if got := a.surelyAfter(b); got != tt.after {
			t.Errorf("%q surely after %q: %v", tt.a, tt.b, got)
		}
		if got := a.Compare(b); got != tt.before {
			t.Errorf("%q compared with %q: %d", tt.a, tt.b, got)
		}
	}
}
