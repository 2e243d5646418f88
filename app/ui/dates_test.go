package ui

import (
	"testing"

	"passerelle/models"
)

func TestDates(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		got  func(models.Time) string
		at   string
		want string
	}{
		{"day", Date, "2026-11-24T13:32:00Z", "24\u00a0novembre 2026"},
		{"first of the month", Date, "2027-01-01T00:00:00Z", "1er\u00a0janvier 2027"},
		{"the day is that of Paris", Date, "2026-12-31T23:30:00Z", "1er\u00a0janvier 2027"},
		{"minute", DateTime, "2026-11-24T13:32:59Z", "24\u00a0novembre 2026 à 14\u00a0h\u00a032"},
		{"summer time", DateTime, "2026-07-14T07:05:00Z", "14\u00a0juillet 2026 à 9\u00a0h\u00a005"},
		{"few letters", ShortDate, "2026-02-03T12:00:00Z", "3\u00a0févr. 2026"},
		{"clock", Clock, "2026-11-24T13:02:00Z", "14\u00a0h\u00a002"},
		{"end of the historic call", Deadline, "2023-01-17T23:00:00Z",
			"17\u00a0janvier 2023 à 23\u00a0h\u00a059\u00a0min\u00a059\u00a0s, heure de Paris"},
		{"end in the middle of a second", Deadline, "2023-01-17T23:00:00.5Z",
			"18\u00a0janvier 2023 à 0\u00a0h\u00a000\u00a0min\u00a000\u00a0s, heure de Paris"},
		{"the hour that summer skips", Deadline, "2026-03-29T01:00:00Z",
			"29\u00a0mars 2026 à 1\u00a0h\u00a059\u00a0min\u00a059\u00a0s, heure de Paris"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.got(instant(tt.at)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
