package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPercentile(t *testing.T) {
	t.Parallel()
	var hundred []float64
	for i := 100; i > 0; i-- {
		hundred = append(hundred, float64(i))
	}
	tests := []struct {
		values []float64
		p      float64
		want   float64
	}{
		{nil, 50, 0},
		{[]float64{7}, 99, 7},
		{[]float64{3, 1, 2}, 50, 2},
		{[]float64{4, 3, 2, 1}, 50, 2},
		{hundred, 50, 50}, {hundred, 95, 95}, {hundred, 99, 99}, {hundred, 100, 100}, {hundred, 0, 1},
	}
	for _, tt := range tests {
		if got := percentile(tt.values, tt.p); got != tt.want {
			t.Errorf("percentile(%d values, %v) = %v, want %v", len(tt.values), tt.p, got, tt.want)
		}
	}
}

func TestReciprocal(t *testing.T) {
	t.Parallel()
	documents := []int{5, 4, 3, 9, 8, 7, 6, 2, 1, 10, 11}
	for right, want := range map[int]float64{5: 1, 4: 0.5, 10: 0.1, 11: 0, 99: 0} {
		if got := reciprocal(documents, right); got != want {
			t.Errorf("rank of %d: %v, want %v", right, got, want)
		}
	}
}

func TestReadTimings(t *testing.T) {
	t.Parallel()
	printed := "@-1\nTime: 9.000 ms\n7|3\n@0\nCPU: 5000000 7 1\nTime: 1.500 ms\n12|40\n3|41\nTime: 1200.250 ms (00:01.200)\nCPU: 7500000 9 1\n@1\nTime: 2.000 ms\n"
	want := []answered{{Documents: []int{12, 3}, Wall: 1201.75, CPU: 2.5}, {Wall: 2}}
	if diff := cmp.Diff(want, readTimings(printed, 2)); diff != "" {
		t.Error(diff)
	}
}
