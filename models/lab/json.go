package lab

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// List is a list kept as JSON text in one column: no query looks inside it.
type List[T any] []T

// Value writes the JSON; an empty list is [].
func (l List[T]) Value() (driver.Value, error) {
	if len(l) == 0 {
		return "[]", nil
	}
	text, err := json.Marshal([]T(l))
	if err != nil {
		return nil, fmt.Errorf("write a list: %w", err)
	}
	return string(text), nil
}

// Scan reads what Value wrote.
func (l *List[T]) Scan(v any) error {
	var text []byte
	switch v := v.(type) {
	case string:
		text = []byte(v)
	case []byte:
		text = v
	default:
		return fmt.Errorf("read a list from %T", v)
	}
	list := []T(nil)
	if err := json.Unmarshal(text, &list); err != nil {
		return fmt.Errorf("read a list: %w", err)
	}
	*l = list
	return nil
}

// GormDataType keeps GORM from treating a List as an association.
func (List[T]) GormDataType() string { return "text" }
