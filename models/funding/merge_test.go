package funding

import (
	"fmt"
	"strings"
	"testing"
)

// budget is one of lines « wording net ».
func budget(lines ...string) Budget {
	b := Budget{Lines: []Line{}}
	for _, text := range lines {
		line := Line{Category: "autre", Supplier: "Société", VAT: 200, Innovative: Yes}
		fmt.Sscan(text, &line.Wording, &line.Net.Cents)
		line.Net.Given = true
		b.Lines = append(b.Lines, line)
	}
	return b
}

func (b Budget) brief() string {
	list := make([]string, len(b.Lines))
	for i, l := range b.Lines {
		list[i] = fmt.Sprint(l.Wording, " ", l.Net.Cents)
	}
	return strings.Join(list, ", ")
}

func fieldsOf(list []Difference) string {
	names := make([]string, len(list))
	for i, d := range list {
		names[i] = d.Field
	}
	return strings.Join(names, " ")
}

func TestMergingBudgets(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                string
		base, mine, theirs  Budget
		merged, taken, asks string
	}{
		{"each another line", budget("a 1", "b 2"), budget("a 9", "b 2"), budget("a 1", "b 8"), "a 9, b 8", "line-2", ""},
		{"each another field of a line", budget("a 1"), budget("a 9"), budget("z 1"), "z 9", "wording-1", ""},
		{"the same field", budget("a 1"), budget("a 9"), budget("a 8"), "a 9", "", "net-1"},
		{"another expense each", budget("a 1"), budget("m 9"), budget("t 8"), "m 9", "", "line-1"},
		{"both add", budget("a 1"), budget("a 1", "m 2"), budget("a 1", "t 3", "u 4"), "a 1, m 2, t 3, u 4", "line-3 line-4", ""},
		{"they take a line out, I change another", budget("a 1", "b 2"), budget("a 1", "b 9"), budget("b 2"), "a 1, b 9", "", "lines"},
		{"I take a line out, they change another", budget("a 1", "b 2"), budget("b 2"), budget("a 1", "b 8"), "b 2", "", "lines"},
		{"they take a line out, I did nothing", budget("a 1", "b 2"), budget("a 1", "b 2"), budget("b 2"), "b 2", "", ""},
		{"from nothing", Budget{}, budget("m 1"), budget("t 2"), "m 1, t 2", "line-2", ""},
	}
	for _, tt := range tests {
		merged, taken, asks, err := merge(tt.base, tt.mine, tt.theirs)
		if err != nil {
			t.Fatal(err)
		}
		if got := merged.(Budget).brief(); got != tt.merged || fieldsOf(taken) != tt.taken || fieldsOf(asks) != tt.asks {
			t.Errorf("%s: got %q, taken %q, asks %q", tt.name, got, fieldsOf(taken), fieldsOf(asks))
		}
	}
	// A version that never was is no base: nothing is taken without asking.
	merged, taken, asks, err := merge(nil, budget("m 1"), budget("t 2"))
	if err != nil || merged.(Budget).brief() != "m 1" || len(taken) > 0 || fieldsOf(asks) != "lines" {
		t.Errorf("without a base: %v %v %v %v", merged, taken, asks, err)
	}
}

func TestMergingFields(t *testing.T) {
	t.Parallel()
	base := complete(1000_00).Financing
	mine, theirs := base, base
	mine.Requested, mine.Own, theirs.Own, theirs.Double, theirs.DoubleAid = Sum(900_00), Sum(100_00), Sum(50_00), Yes, "Une autre"
	merged, taken, asks, err := merge(base, mine, theirs)
	if err != nil {
		t.Fatal(err)
	}
	want := mine
	want.Double, want.DoubleAid = Yes, "Une autre"
	if merged != want || fieldsOf(taken) != "double double_aid" || fieldsOf(asks) != "own" {
		t.Errorf("%+v, taken %q, asks %q", merged, fieldsOf(taken), fieldsOf(asks))
	}
	if _, taken, asks, err = merge(nil, mine, theirs); err != nil || len(taken) > 0 || fieldsOf(asks) != "requested own double double_aid" {
		t.Errorf("without a base: taken %q, asks %q, %v", fieldsOf(taken), fieldsOf(asks), err)
	}
}
