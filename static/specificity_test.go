package static

import (
	"regexp"
	"strings"
	"testing"
)

// weight is the specificity of a selector without ids: classes and the like,
// then elements.
type weight struct{ classes, elements int }

func (w weight) less(v weight) bool {
	return w.classes < v.classes || w.classes == v.classes && w.elements < v.elements
}

var (
	simple = regexp.MustCompile(`::[\w-]+(?:\([^)]*\))?|:[\w-]+|\.[\w-]+|\[[^\]]*\]|[A-Za-z][\w-]*`)
	lists  = regexp.MustCompile(`:(is|not|has|where)\(`)
)

// weigh is the specificity of one complex selector (CSS Selectors 4, § 16).
func weigh(selector string) weight {
	var w weight
	for {
		at := lists.FindStringSubmatchIndex(selector)
		if at == nil {
			break
		}
		end := closing(selector, at[1])
		if selector[at[2]:at[3]] != "where" {
			inner := heaviest(selector[at[1]:end])
			w.classes += inner.classes
			w.elements += inner.elements
		}
		selector = selector[:at[0]] + selector[end+1:]
	}
	for _, part := range simple.FindAllString(selector, -1) {
		switch {
		case strings.HasPrefix(part, "::"):
			w.elements++
		case strings.ContainsAny(part[:1], ".:["):
			w.classes++
		default:
			w.elements++
		}
	}
	return w
}

// closing is where the parenthesis opened just before from closes.
func closing(s string, from int) int {
	depth := 1
	for i := from; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			return i
		}
	}
	return len(s) - 1
}

func heaviest(list string) weight {
	var most weight
	for _, s := range split(list) {
		if w := weigh(s); most.less(w) {
			most = w
		}
	}
	return most
}

// split parts a list of selectors at the commas that no parenthesis holds.
func split(list string) []string {
	var parts []string
	depth, start := 0, 0
	for i, r := range list {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, list[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, list[start:])
}

func TestWeigh(t *testing.T) {
	t.Parallel()
	tests := map[string]weight{
		"a":                      {0, 1},
		".a .b > c":              {2, 1},
		".a::before":             {1, 1},
		".a:hover [href]":        {3, 0},
		":is(.a, .b .c) > *":     {2, 0},
		":where(.a .b) .c":       {1, 0},
		".a:has(:not(b, .c))":    {2, 0},
		".a:not(:is(.b, c)) + d": {2, 1},
	}
	for selector, want := range tests {
		if got := weigh(selector); got != want {
			t.Errorf("%s: %v, want %v", selector, got, want)
		}
	}
}

// TestSpecificity keeps every rule easy to override: two classes and an
// element at most.
func TestSpecificity(t *testing.T) {
	t.Parallel()
	limit := weight{2, 1}
	for _, name := range styles {
		css := string(comments.ReplaceAll(read("css/"+name+".css"), nil))
		for _, rule := range regexp.MustCompile(`[^{};]+\{`).FindAllString(css, -1) {
			rule = strings.TrimSpace(strings.TrimSuffix(rule, "{"))
			if strings.HasPrefix(rule, "@") {
				continue
			}
			for _, selector := range split(rule) {
				if w := weigh(selector); limit.less(w) {
					t.Errorf("css/%s.css: %s is 0,%d,%d", name, strings.TrimSpace(selector), w.classes, w.elements)
				}
			}
		}
	}
}
