package funding

import (
	"time"

	"passerelle/models"
)

// Date is a day of the calendar, « 2026-11-24 »; empty while not given.
type Date string

// ParseDate reads « 24/11/2026 », « 1/3/2027 » or « 2026-11-24 »; ok is false for a day that
// does not exist.
func ParseDate(typed string) (day Date, ok bool) {
	for _, layout := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006"} {
		if t, err := time.Parse(layout, typed); err == nil && t.Year() >= 2000 && t.Year() < 2200 {
			return Date(t.Format(time.DateOnly)), true
		}
	}
	return "", false
}

// DayOf is the day of an instant in Paris.
func DayOf(t models.Time) Date { return Date(t.Paris().Format(time.DateOnly)) }

// Start is the first instant of the day in Paris; the zero Time when the day
// is none.
func (d Date) Start() models.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), models.Paris)
	if err != nil {
		return models.Time{}
	}
	return models.At(t)
}

// AddMonths is the same day n months later, or the last of that month when it
// is shorter: 30 November and three months make 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date(first.AddDate(0, 0, min(t.Day(), last)-1).Format(time.DateOnly))
}
