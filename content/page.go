package content

import "regexp"

// Page is a legal or a help page. Its slug is its address: "mentions-legales",
// "aide/publier".
type Page struct {
	File `yaml:"-"`

	Slug    string   `yaml:"slug"`
	Kind    PageKind `yaml:"kind"`
	Order   int      `yaml:"order,omitempty"` // place among the pages of its kind
	Title   string   `yaml:"title"`
	Summary string   `yaml:"summary"`
	Updated Date     `yaml:"updated"`

	Body string `yaml:"-"` // Markdown
}

// PageKind tells legal pages from help.
type PageKind string

// The kinds of page.
const (
	LegalPage PageKind = "legal"
	HelpPage  PageKind = "help"
)

// Render renders the body.
func (p Page) Render() Rendered { return RenderPage(p.Body) }

// ParsePage reads the file of a page. The error is [Faults].
func ParsePage(path string, data []byte) (Page, error) {
	p, s := readPage(path, data)
	return p, s.faults.err()
}

var pageSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$`)

func readPage(path string, data []byte) (Page, *sheet) {
	var p Page
	s, body := readFront(path, data, &p)
	p.File, p.Body = s.File, body
	if s.root == nil {
		return p, s
	}
	french(&p.Title, &p.Summary)
	s.check(pageSlug.MatchString(p.Slug) && len(p.Slug) <= MaxSlug, "« slug » : par exemple aide ou aide/publier", "slug")
	s.word(string(p.Kind), []string{string(LegalPage), string(HelpPage)}, "kind")
	s.check(p.Order >= 0, "« order » est un nombre positif", "order")
	s.text(p.Title, 1, maxTitle, "title")
	s.text(p.Summary, 1, maxSummary, "summary")
	s.check(p.Updated.Day != 0, "« updated » doit être un jour, par exemple 2026-11-24", "updated")
	if p.Body == "" {
		s.fault(0, "la page est vide")
	}
	return p, s
}
