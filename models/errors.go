package models

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what sort of refusal an [Error] is; app/web gives each a status.
type Kind int

// The kinds of refusal.
const (
	Invalid   Kind = iota // what was typed is wrong; Fields says where
	NotFound              // absent, or not to be known of
	Forbidden             // known, but not this person's to do
	Conflict              // overtaken by another change, or against the present state
	LogIn                 // only for somebody logged in
	TooMany               // too often; try later
	Busy                  // no room now; try again at once
)

// Problem is one thing wrong with a form: the field, the code of its sentence
// and the values that the sentence shows.
type Problem struct {
	Field string
	Code  string
	Args  []any
}

// Error is a refusal: meant for the person, with a French sentence in app/web
// for its code. Any other error is ours.
type Error struct {
	Kind   Kind
	Code   string
	Args   []any
	Fields Problems
}

// Refuse makes a refusal with its kind and code ("funding.stale").
func Refuse(kind Kind, code string) *Error { return &Error{Kind: kind, Code: code} }

// With is the same refusal, with values for its sentence.
func (e *Error) With(args ...any) *Error {
	return &Error{Kind: e.Kind, Code: e.Code, Args: args, Fields: e.Fields}
}

// Error lists the codes; it is for logs and tests, never for people.
func (e *Error) Error() string { return "refused: " + e.codes() }

// Is tells refusals apart by their code.
func (e *Error) Is(target error) bool {
	other, ok := target.(*Error)
	return ok && other.codes() == e.codes()
}

func (e *Error) codes() string {
	if len(e.Fields) == 0 {
		return e.Code
	}
	codes := make([]string, len(e.Fields))
	for i, p := range e.Fields {
		codes[i] = p.Code
	}
	return strings.Join(codes, " ")
}

// Field is the first problem of a field, or nil.
func (e *Error) Field(name string) *Problem {
	if e == nil {
		return nil
	}
	for i := range e.Fields {
		if e.Fields[i].Field == name {
			return &e.Fields[i]
		}
	}
	return nil
}

// Code is the code of a refusal (those of its fields, joined by spaces, for a
// form), "" for nil, and "internal" for any other error.
func Code(err error) string {
	var refusal *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refusal):
		return refusal.codes()
	}
	return "internal"
}

// Problems collects all that is wrong with a form, at once.
type Problems []Problem

// If notes a problem when wrong holds.
func (p *Problems) If(wrong bool, field, code string, args ...any) {
	if wrong {
		*p = append(*p, Problem{Field: field, Code: code, Args: args})
	}
}

// Text notes what is wrong with a text of min to max characters: missing,
// too short, too long, or not text at all (bytes that are no UTF-8, NUL and
// other control characters).
func (p *Problems) Text(value, field string, min, max int) {
	n := utf8.RuneCountInString(value)
	switch {
	case !readable(value):
		p.If(true, field, "text.unreadable")
	case min > 0 && strings.TrimSpace(value) == "":
		p.If(true, field, "text.required")
	case n < min:
		p.If(true, field, "text.short", min)
	case n > max:
		p.If(true, field, "text.long", max, n)
	}
}

// Err is nil when nothing is wrong, else one refusal that names every field.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: "form.invalid", Fields: p}
}

func readable(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return false
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // they turn the text around them
			return true
		}
		return unicode.IsControl(r) || r == '\uFFFD'
	})
}
