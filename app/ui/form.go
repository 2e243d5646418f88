package ui

import "strings"

// Target is where a form goes. Without a Method it is a POST, and carries CSRF.
type Target struct {
	Action string
	CSRF   string
	Method string // "get", or "" for post
	Class  string // "stack" by default
	ID     string // for buttons that stand outside of it
	Files  bool   // it sends files
	Label  string // names the form for a screen reader, when a page has several
}

func (t Target) get() bool { return t.Method == "get" || t.Method == "GET" }

func (t Target) class() string {
	if t.Class == "" {
		return "form"
	}
	return t.Class
}

// Field is one question of a form, what was typed and what is wrong with it.
type Field struct {
	Name         string
	Label        string
	Hint         string
	Value        string
	Error        string // a sentence that says what to do
	Type         string // "text" by default
	Autocomplete string
	InputMode    string
	Optional     bool
	Checked      bool // for a Checkbox
	ReadOnly     bool
	Free         bool // of a filter: neither required nor marked as optional
	Short        bool // a field for few characters
	Max          int  // characters; 0 for no limit. Never cut what is pasted: the server says it is too long
	Rows         int  // of an Area
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() int {
	if f.Rows == 0 {
		return 5
	}
	return f.Rows
}

func (f Field) class() string {
	class := "field"
	if f.Error != "" {
		class += " field--wrong"
	}
	if f.Short {
		class += " field--short"
	}
	return class
}

// described lists the ids of the hint and of the error.
func (f Field) described() string {
	switch {
	case f.Hint != "" && f.Error != "":
		return f.hintID() + " " + f.errorID()
	case f.Hint != "":
		return f.hintID()
	case f.Error != "":
		return f.errorID()
	}
	return ""
}

// withLimit says in the hint how long the text may be.
func (f Field) withLimit() Field {
	if f.Max > 0 {
		f.Hint = strings.TrimSpace(f.Hint + " " + Count(f.Max, "caractère", "caractères") + " au plus.")
	}
	return f
}

func (f Field) hintID() string  { return f.Name + "-aide" }
func (f Field) errorID() string { return f.Name + "-erreur" }

// Option is one answer of a Select or of Radios.
type Option struct {
	Value string
	Label string
	Hint  string // under a radio's label
}

// FieldError is one line of an ErrorSummary.
type FieldError struct {
	Field string
	Text  string
}
