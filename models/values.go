package models

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"time"
	_ "time/tzdata" // Paris must be known on a machine without zone files
)

// ID identifies a row of one table; zero is no row.
type ID int64

// String writes the ID in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// ParseID reads a positive decimal ID; anything else is zero.
func ParseID(s string) ID {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != s {
		return 0
	}
	return ID(n)
}

// Cents is an amount of money in euro cents.
type Cents int64

// Paris is the zone in which windows and days are counted and times are shown.
var Paris = mustZone("Europe/Paris")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // time/tzdata is linked in
	}
	return zone
}

// Time is an instant, UTC to the microsecond. Its zero value is NULL in the
// database. SQLite compares instants as text: one fixed width in one zone is
// what keeps their order true, in columns and in arguments.
type Time struct{ time.Time }

const timeLayout = "2006-01-02 15:04:05.000000"

// At is t as the store keeps it.
func At(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{t.UTC().Truncate(time.Microsecond)}
}

// Paris is the instant with the calendar and clock of Paris.
func (t Time) Paris() time.Time { return t.In(Paris) }

// Value writes the fixed-width text, or NULL for the zero Time.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UTC().Format(timeLayout), nil
}

// Scan reads what Value wrote, NULL, or a time.Time made by the driver.
func (t *Time) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*t = Time{}
	case time.Time:
		*t = At(v)
	case string:
		return t.parse(v)
	case []byte:
		return t.parse(string(v))
	default:
		return fmt.Errorf("scan an instant from %T", v)
	}
	return nil
}

func (t *Time) parse(s string) error {
	parsed, err := time.ParseInLocation(timeLayout, s, time.UTC)
	if err != nil {
		return fmt.Errorf("scan an instant: %w", err)
	}
	*t = Time{parsed}
	return nil
}

// GormDataType keeps GORM from treating a Time as a struct of columns.
func (Time) GormDataType() string { return "datetime" }
