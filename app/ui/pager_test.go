package ui

import "testing"

func TestPagerShown(t *testing.T) {
	t.Parallel()
	tests := []struct {
		current, last int
		want          []int
	}{
		{1, 1, []int{1}},
		{1, 2, []int{1, 2}},
		{1, 9, []int{1, 2, 0, 9}},
		{4, 9, []int{1, 2, 3, 4, 5, 0, 9}},
		{5, 9, []int{1, 0, 4, 5, 6, 0, 9}},
		{6, 9, []int{1, 0, 5, 6, 7, 8, 9}},
		{9, 9, []int{1, 0, 8, 9}},
		{3, 5, []int{1, 2, 3, 4, 5}},
		{500, 1000, []int{1, 0, 499, 500, 501, 0, 1000}},
	}
	for _, tt := range tests {
		got := Pages{Current: tt.current, Last: tt.last}.shown()
		if len(got) != len(tt.want) {
			t.Errorf("page %d of %d: %v, want %v", tt.current, tt.last, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("page %d of %d: %v, want %v", tt.current, tt.last, got, tt.want)
				break
			}
		}
	}
}
