package ui

import (
	"regexp"
	"strconv"
	"testing"
)

var pathPoint = regexp.MustCompile(`-?\d+(?:\.\d+)?`)

// TestBridgesStayInTheirSpan: two spans side by side must not cross. Control
// points of arches may stand outside; their curve does not.
func TestBridgesStayInTheirSpan(t *testing.T) {
	t.Parallel()
	seen := map[string]Bridge{}
	for _, b := range append(bridges[:len(bridges):len(bridges)], Bascule) {
		d := b.Path()
		if d == "" || d[0] != 'M' {
			t.Errorf("%s draws nothing: %q", b, d)
		}
		if other, twice := seen[d]; twice {
			t.Errorf("%s and %s look the same", b, other)
		}
		seen[d] = b
		for _, text := range pathPoint.FindAllString(d, -1) {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil || v < -22 || v > 120 {
				t.Errorf("%s leaves its span: %s", b, text)
			}
		}
	}
	if Bridge("").Path() != "" {
		t.Error("no bridge draws something")
	}
}

// TestHangersStopAtTheCurve by one of each kind, computed by hand.
func TestHangersStopAtTheCurve(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		curve curve
		x     float64
		want  string
	}{
		{"top of the bowstring", curve{4, 44, -22}, 60, "11"},
		{"foot of the bowstring", curve{4, 44, -22}, 4, "44"},
		{"middle of the hanging cable", curve{26, 10, 62}, 60, "36"},
		{"crown of the arch", curve{4, 72, 20}, 60, "46"},
		{"bottom of the lens", curve{4, 44, 86}, 60, "65"},
	}
	for _, tt := range tests {
		if got := num(tt.curve.at(tt.x)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestSignOf(t *testing.T) {
	t.Parallel()
	taken := map[Sign]string{}
	for slug := range signs {
		s := SignOf(slug)
		if other, twice := taken[s]; twice {
			t.Errorf("%s and %s have the same sign", slug, other)
		}
		taken[s] = slug
	}
	unknown := SignOf("un-autre-labo")
	if unknown != SignOf("un-autre-labo") || unknown.class() == "" || unknown.Bridge.Path() == "" {
		t.Errorf("the sign of an unknown laboratory: %+v", unknown)
	}
}
