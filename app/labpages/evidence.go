package labpages

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"passerelle/app/web"
	"passerelle/content"
	"passerelle/models"
)

// oldAfter is the number of years after which a source says its age.
const oldAfter = 2

// sourceName is a source in words: its title, and its address when that cannot
// be followed.
func sourceName(s content.Source) string {
	switch {
	case s.Title == "":
		return s.Address
	case s.Address != "" && s.Link() == "":
		return s.Title + ", " + s.Address
	}
	return s.Title
}

// sourceDates says when a source was published and read, and that it is old.
func sourceDates(s content.Source, now models.Time) string {
	var parts []string
	if !s.Published.IsZero() {
		text := "publié " + s.Published.When()
		if !now.Before(oldFrom(s.Published).Time) {
			text += ", il y a plus de deux ans"
		}
		parts = append(parts, text)
	}
	if !s.Consulted.IsZero() {
		parts = append(parts, "consulté "+s.Consulted.When())
	}
	return capital(strings.Join(parts, content.French(" ; ")))
}

// oldFrom is when a document of that date is surely over two years old.
func oldFrom(published content.Date) models.Time {
	first := published.First()
	end := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, models.Paris)
	switch {
	case published.Month == 0:
		end = end.AddDate(1, 0, 0)
	case published.Day == 0:
		end = end.AddDate(0, 1, 0)
	default:
		end = end.AddDate(0, 0, 1)
	}
	return models.At(end.AddDate(oldAfter, 0, 0))
}

// agesWith ends a cached page at the instant when one of its sources becomes old.
func agesWith(c *fiber.Ctx, sources []content.Source, now models.Time) {
	for _, s := range sources {
		if from := oldFrom(s.Published); !s.Published.IsZero() && now.Before(from.Time) {
			web.Until(c, from)
		}
	}
}
