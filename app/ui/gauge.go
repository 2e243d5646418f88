package ui

import (
	"strconv"

	"passerelle/models"
)

// Envelope is the money of a call, by what became of it.
type Envelope struct {
	Total    models.Cents
	Engaged  models.Cents
	InReview models.Cents // asked for, not decided
	Cap      models.Cents // of one project: the value of a plank
	Projects int          // engaged
	Files    int          // in review
	Updated  string       // « 24 novembre 2026 à 14 h 32 »
}

// planks is how many planks the deck has, and how many of them are engaged and
// in review. A started plank counts: money is never shown as still there.
func (e Envelope) planks() (total, engaged, review int) {
	if e.Cap <= 0 || e.Total <= 0 {
		return 0, 0, 0
	}
	total = min(int(up(e.Total, e.Cap)), 200)
	unit := up(e.Total, models.Cents(total))
	engaged = min(int(up(e.Engaged, unit)), total)
	review = min(int(up(e.Engaged+e.InReview, unit)), total) - engaged
	return total, engaged, review
}

func up(a, b models.Cents) models.Cents { return (a + b - 1) / b }

// Available is what neither is engaged nor asked for, never below zero.
func (e Envelope) Available() models.Cents { return max(0, e.Total-e.Engaged-e.InReview) }

// sentence says in words what the drawing shows.
func (e Envelope) sentence() string {
	return "Sur " + Euros(e.Total) + nbsp + ": " + Euros(e.Engaged) + " engagés, " +
		Euros(e.InReview) + " en instruction, " + Euros(e.Available()) + " encore disponibles."
}

// plankPath draws planks from the index-th on, each 6 apart and 4.5 wide.
func plankPath(from, n int, top string) string {
	d := ""
	for i := from; i < from+n; i++ {
		d += "M" + strconv.FormatFloat(float64(i)*6+2.25, 'f', -1, 64) + " 34V" + top
	}
	return d
}
