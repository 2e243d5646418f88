package content

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"
)

// Date is a day, a month or a year: sources often know no more. The parts that
// are not known are zero.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads "2021", "2021-05" or "2021-05-31".
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		d := Date{Year: t.Year()}
		if len(layout) > 4 {
			d.Month = t.Month()
		}
		if len(layout) > 7 {
			d.Day = t.Day()
		}
		return d, nil
	}
	return Date{}, fmt.Errorf("date %q: not a year, a month or a day", s)
}

// IsZero tells whether nothing is known.
func (d Date) IsZero() bool { return d == Date{} }

// String is the ISO form that [ParseDate] reads, empty when nothing is known.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

var months = [...]string{"", "janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// French is the date in words: « 2021 », « mai 2021 », « 1er juillet 2021 ».
func (d Date) French() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return strconv.Itoa(d.Year)
	case d.Day == 0:
		return months[d.Month] + " " + strconv.Itoa(d.Year)
	}
	day := strconv.Itoa(d.Day)
	if d.Day == 1 {
		day = "1er"
	}
	return day + string(noBreak) + months[d.Month] + " " + strconv.Itoa(d.Year)
}

// When is the date with its preposition: « en mai 2021 », « le 12 avril 2019 ».
func (d Date) When() string {
	switch {
	case d.IsZero():
		return ""
	case d.Day == 0:
		return "en " + d.French()
	}
	return "le " + d.French()
}

// First is the first day that the date may mean, at midnight UTC.
func (d Date) First() time.Time {
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// Compare orders dates by their first day; the less precise comes first.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// surelyAfter tells whether every day that d may mean is after every one of o.
func (d Date) surelyAfter(o Date) bool {
	if d.IsZero() || o.IsZero() || d.Year != o.Year {
		return d.Year > o.Year && !o.IsZero()
	}
	if d.Month == 0 || o.Month == 0 || d.Month != o.Month {
		return d.Month > o.Month && o.Month != 0
	}
	return d.Day > o.Day && o.Day != 0
}

// UnmarshalYAML reads the date as it is written, so that 2021 stays a year.
func (d *Date) UnmarshalYAML(n *yaml.Node) error {
	date, err := ParseDate(n.Value)
	if err != nil {
		return faulty(n, "date illisible : écrivez une année, un mois (2021-05) ou un jour (2021-05-31)")
	}
	*d = date
	return nil
}

// MarshalYAML writes the date without quotes.
func (d Date) MarshalYAML() (any, error) { return plain(d.String()), nil }

// MarshalText writes the ISO form (JSON, CSV).
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form, or nothing.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	date, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = date
	return nil
}

// Moment is an instant in Europe/Paris, written « 2021-01-18 00:00 ».
type Moment struct{ time.Time }

var paris = func() *time.Location {
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err) // time/tzdata is linked in
	}
	return place
}()

const momentLayout = "2006-01-02 15:04"

// UnmarshalYAML reads the instant.
func (m *Moment) UnmarshalYAML(n *yaml.Node) error {
	for _, layout := range []string{momentLayout, momentLayout + ":05"} {
		if t, err := time.ParseInLocation(layout, n.Value, paris); err == nil {
			m.Time = t
			return nil
		}
	}
	return faulty(n, "instant illisible : écrivez par exemple 2021-01-18 00:00 (heure de Paris)")
}

// Figure is a whole number that may be known, said to be unknown, or not said.
type Figure struct {
	Said    bool
	Unknown bool
	Value   int64
}

// IsZero tells whether nothing is said.
func (f Figure) IsZero() bool { return !f.Said }

// UnmarshalYAML reads a number or the word unknown.
func (f *Figure) UnmarshalYAML(n *yaml.Node) error {
	if n.Value == "unknown" {
		*f = Figure{Said: true, Unknown: true}
		return nil
	}
	value, err := strconv.ParseInt(n.Value, 10, 64)
	if err != nil || value < 0 {
		return faulty(n, "écrivez un nombre entier, sans espace, ou unknown")
	}
	*f = Figure{Said: true, Value: value}
	return nil
}

// MarshalYAML writes what [Figure.UnmarshalYAML] reads.
func (f Figure) MarshalYAML() (any, error) {
	if f.Unknown {
		return plain("unknown"), nil
	}
	return plain(strconv.FormatInt(f.Value, 10)), nil
}

func plain(value string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: value} }

// faulty is an error that the decoder adds to its list, instead of stopping.
func faulty(n *yaml.Node, message string) error {
	return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %s", n.Line, message)}}
}
