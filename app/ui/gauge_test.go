package ui

import "testing"

func TestPlanks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                   string
		e                      Envelope
		total, engaged, review int
	}{
		{"the call", Envelope{Total: 6_000_000_00, Engaged: 3_712_500_00, InReview: 845_200_00, Cap: 48_000_00}, 125, 78, 17},
		{"untouched", Envelope{Total: 96_000_00, Cap: 48_000_00}, 2, 0, 0},
		{"one cent is a started plank", Envelope{Total: 96_000_00, Engaged: 1, Cap: 48_000_00}, 2, 1, 0},
		{"all of it", Envelope{Total: 96_000_00, Engaged: 96_000_00, InReview: 50_000_00, Cap: 48_000_00}, 2, 2, 0},
		{"no cap known", Envelope{Total: 96_000_00}, 0, 0, 0},
		{"too many to draw", Envelope{Total: 100_000_00, Engaged: 50_000_00, Cap: 1_00}, 200, 100, 0},
	}
	for _, tt := range tests {
		total, engaged, review := tt.e.planks()
		if total != tt.total || engaged != tt.engaged || review != tt.review {
			t.Errorf("%s: %d, %d, %d; want %d, %d, %d", tt.name, total, engaged, review, tt.total, tt.engaged, tt.review)
		}
	}
}
