package main

import "strings"

// question is one search, in parts that every engine can be asked by.
type question struct {
	Kind    string
	Words   []string // all of them, in the order of the typing
	Phrase  bool     // the words as a phrase
	Without string   // a word that the answer must not hold
	Begun   bool     // the last word is only begun
	Replies bool     // only replies of Year
	Year    string
	Right   int // a known document that answers it, or -1
}

// answered is what an engine said: the documents of its first page, best
// first, and what that cost.
type answered struct {
	Documents []int
	Wall      float64 // ms
	CPU       float64 // ms; zero: not known
}

// typed is the question as a person types it into our box.
func (q question) typed() string {
	text := strings.Join(q.Words, " ")
	if q.Phrase {
		text = `"` + text + `"`
	}
	if q.Without != "" {
		text += " -" + q.Without
	}
	return text
}

// match is the question for FTS5: all the words, or any of them.
func (q question) match(any bool) string {
	quoted := make([]string, len(q.Words))
	for i, word := range q.Words {
		quoted[i] = `"` + strings.ReplaceAll(word, `"`, "") + `"`
	}
	joint := " AND "
	if any {
		joint = " OR "
	}
	text := strings.Join(quoted, joint)
	if q.Phrase {
		text = `"` + strings.Join(q.Words, " ") + `"`
	}
	if q.Begun {
		text += "*"
	}
	if q.Without != "" {
		text = "(" + text + `) NOT "` + q.Without + `"`
	}
	return text
}

// tsquery is the question as an expression of PostgreSQL.
func (q question) tsquery(any bool) string {
	if q.Begun {
		return "to_tsquery('french', '''" + literal(q.Words[len(q.Words)-1]) + "'':*')"
	}
	joint := " "
	if any {
		joint = " or "
	}
	text := strings.Join(q.Words, joint)
	if q.Phrase {
		text = `"` + strings.Join(q.Words, " ") + `"`
	}
	if q.Without != "" {
		text += " -" + q.Without
	}
	return "websearch_to_tsquery('french', '" + literal(text) + "')"
}

func literal(text string) string { return strings.ReplaceAll(text, "'", "''") }

// may tells whether any word may do where no document holds all.
func (q question) may() bool { return len(q.Words) > 1 && !q.Phrase && !q.Begun }
