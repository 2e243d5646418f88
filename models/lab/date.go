package lab

import (
	"database/sql/driver"
	"fmt"

	"passerelle/content"
)

// Date is a day, a month or a year, as sources know it; empty text when it is
// not known.
type Date struct{ content.Date }

// Value writes the ISO form.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads what Value wrote.
func (d *Date) Scan(v any) error {
	switch v := v.(type) {
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("read a date from %T", v)
}

// GormDataType keeps GORM from treating a Date as a struct of columns.
func (Date) GormDataType() string { return "text" }
