package fundingpages

import (
	"passerelle/app/ui"
	"passerelle/models/funding"
)

// Small changes to a field. Texts have no maxlength: a browser would cut what is
// pasted without a word, where the rule says how many characters are too many.

func short(f ui.Field, mode string, n int) ui.Field {
	f.Short, f.InputMode, f.Max = true, mode, n
	return f
}

// area is a long text of at most so many characters.
func area(f ui.Field, rows, most int) ui.Field {
	f.Rows, f.Max = rows, most
	return f
}

// conditional is a field that another answer makes compulsory; its hint says so.
func conditional(f ui.Field) ui.Field {
	f.Free = true
	return f
}

func tel(f ui.Field) ui.Field {
	f.Type, f.Autocomplete, f.Short, f.Max = "tel", "tel", true, 30
	return f
}

func optional(f ui.Field) ui.Field {
	f.Optional = true
	return f
}

// kindWordOptions are the kinds of body on their own.
func kindWordOptions() []ui.Option {
	options := make([]ui.Option, len(funding.BodyKinds))
	for i, kind := range funding.BodyKinds {
		options[i] = ui.Option{Value: string(kind), Label: kindWord(kind)}
	}
	return options
}
