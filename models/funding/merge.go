package funding

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// merge puts together what two people made of a step that both had read as
// base. What only one of them changed is taken; what both changed to different
// values is a difference, of which the merged step holds mine. Without a base
// each difference is one to choose.
func merge(base, mine, theirs Content) (merged Content, taken, differences []Difference, err error) {
	if m, isBudget := mine.(Budget); isBudget {
		b, known := base.(Budget)
		return mergeBudgets(b, known, m, theirs.(Budget))
	}
	fields, taken, differences, err := mergeFields(base, mine, theirs, mine.fields(), theirs.fields())
	if err != nil {
		return nil, nil, nil, err
	}
	var c Contents
	if err := c.read(mine.name(), string(fields)); err != nil {
		return nil, nil, nil, err
	}
	return c.Of(mine.name()), taken, differences, nil
}

// mergeFields merges two values field by field of their JSON.
func mergeFields(base, mine, theirs any, ours, others []FieldValue) (merged []byte, taken, differences []Difference, err error) {
	var sides [3]map[string]json.RawMessage // of base nil when there is none
	for i, side := range []any{base, mine, theirs} {
		text, err := json.Marshal(side)
		if err == nil {
			err = json.Unmarshal(text, &sides[i])
		}
		if err != nil {
			return nil, nil, nil, fmt.Errorf("read the versions of a step: %w", err)
		}
	}
	b, m, t := sides[0], sides[1], sides[2]
	for i, f := range ours {
		name := f.Field
		one := Difference{name, f.Value, others[i].Value}
		switch {
		case bytes.Equal(m[name], t[name]) || b != nil && bytes.Equal(t[name], b[name]):
		case b != nil && bytes.Equal(m[name], b[name]):
			m[name], taken = t[name], append(taken, one)
		default:
			differences = append(differences, one)
		}
	}
	merged, err = json.Marshal(m)
	return merged, taken, differences, err
}

// mergeBudgets merges line by line. A line that was taken out leaves no number
// to tell which one it was: then the whole is to be chosen.
func mergeBudgets(base Budget, known bool, mine, theirs Budget) (merged Content, taken, differences []Difference, err error) {
	n := len(base.Lines)
	switch {
	case known && slices.Equal(mine.Lines, base.Lines):
		return theirs, nil, nil, nil
	case !known || len(mine.Lines) < n || len(theirs.Lines) < n:
		return mine, nil, []Difference{{"lines", mine, theirs}}, nil
	}
	lines := make([]Line, 0, len(mine.Lines)+len(theirs.Lines)-n)
	for i, was := range base.Lines {
		line, t, d, err := mergeLines(i+1, was, mine.Lines[i], theirs.Lines[i])
		if err != nil {
			return nil, nil, nil, err
		}
		lines, taken, differences = append(lines, line), append(taken, t...), append(differences, d...)
	}
	lines = append(lines, mine.Lines[n:]...)
	for _, added := range theirs.Lines[n:] {
		lines = append(lines, added)
		taken = append(taken, Difference{lineField("line", len(lines)), nil, added})
	}
	return Budget{Lines: lines}, taken, differences, nil
}

// mergeLines merges the n-th line: field by field while it is the same expense,
// as a whole when both made another one of it.
func mergeLines(n int, base, mine, theirs Line) (merged Line, taken, differences []Difference, err error) {
	whole := []Difference{{lineField("line", n), mine, theirs}}
	switch {
	case mine == theirs || theirs == base:
		return mine, nil, nil, nil
	case mine == base:
		return theirs, whole, nil, nil
	case mine.Wording != base.Wording && theirs.Wording != base.Wording && mine.Wording != theirs.Wording:
		return mine, nil, whole, nil
	}
	text, taken, differences, err := mergeFields(base, mine, theirs, mine.fields(), theirs.fields())
	if err == nil {
		err = json.Unmarshal(text, &merged)
	}
	for _, list := range [][]Difference{taken, differences} {
		for i := range list {
			list[i].Field = lineField(list[i].Field, n)
		}
	}
	return merged, taken, differences, err
}
