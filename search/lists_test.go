package search

import (
	"strings"
	"testing"
)

func TestTextsIn(t *testing.T) {
	t.Parallel()
	tests := []struct{ lists, want string }{
		{``, ""},
		{`[] []`, ""},
		{`["Préfecture","ANCT"]`, "Préfecture|ANCT"},
		{`["a"] [{"Stage":"ended","Decision":"b"}] {"Rules":[{"Key":"k","Text":"c"}]}`, "a|b|c"},
		{`{"Sources":[{"Title":"lu"}],"Criteria":[{"Title":"a","Points":["b",null,3,true]}]}`, "a|b"},
		{`["a", [`, "a"},
		{`{"Text"`, ""},
		{`not JSON`, ""},
	}
	for _, tt := range tests {
		if got := strings.Join(textsIn(tt.lists), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.lists, got, tt.want)
		}
	}
}
