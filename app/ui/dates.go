package ui

import (
	"fmt"
	"time"

	"passerelle/models"
)

var months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre"}

var shortMonths = [...]string{"janv.", "févr.", "mars", "avr.", "mai", "juin",
	"juil.", "août", "sept.", "oct.", "nov.", "déc."}

// Date is the day in Paris: « 24 novembre 2026 », « 1er janvier 2027 ».
func Date(t models.Time) string {
	p := t.Paris()
	return fmt.Sprintf("%s%s%s %d", dayOf(p), nbsp, months[p.Month()-1], p.Year())
}

// DateTime is the minute in Paris: « 24 novembre 2026 à 14 h 32 ».
func DateTime(t models.Time) string {
	p := t.Paris()
	return fmt.Sprintf("%s à %d%sh%s%02d", Date(t), p.Hour(), nbsp, nbsp, p.Minute())
}

// ShortDate is the day in Paris in few letters: « 24 nov. 2026 ».
func ShortDate(t models.Time) string {
	p := t.Paris()
	return fmt.Sprintf("%s%s%s %d", dayOf(p), nbsp, shortMonths[p.Month()-1], p.Year())
}

// Clock is the minute in Paris, without the day: « 14 h 32 ».
func Clock(t models.Time) string {
	p := t.Paris()
	return fmt.Sprintf("%d%sh%s%02d", p.Hour(), nbsp, nbsp, p.Minute())
}

// Deadline is the last second of a window that ends just before closes:
// « 17 janvier 2023 à 23 h 59 min 59 s, heure de Paris ».
func Deadline(closes models.Time) string {
	last := models.At(closes.Add(-time.Nanosecond).Truncate(time.Second))
	p := last.Paris()
	return fmt.Sprintf("%s à %d%[3]sh%[3]s%02[4]d%[3]smin%[3]s%02[5]d%[3]ss, heure de Paris",
		Date(last), p.Hour(), nbsp, p.Minute(), p.Second())
}

func dayOf(p time.Time) string {
	if p.Day() == 1 {
		return "1er"
	}
	return fmt.Sprint(p.Day())
}

// stamp is the instant as <time datetime> wants it.
func stamp(t models.Time) string { return t.UTC().Format(time.RFC3339) }
