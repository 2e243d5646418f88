package content

import (
	"regexp"
	"strings"
)

// Evidence is what a text rests on: its sources, and where they differ.
type Evidence struct {
	Sources       []Source       `yaml:"sources"`
	Disagreements []Disagreement `yaml:"disagreements,omitempty"`
}

// Source is one document. Its key is how the body cites it: [KEY].
type Source struct {
	Key       string `yaml:"key"`
	Title     string `yaml:"title,omitempty"`
	Address   string `yaml:"address,omitempty"`   // as found; may be cut by « … »
	Published Date   `yaml:"published,omitempty"` // of the document: tells how old a figure is
	Consulted Date   `yaml:"consulted,omitempty"`
	Says      string `yaml:"says"`
}

// Disagreement is a point on which sources differ; all versions are shown.
type Disagreement struct {
	About    string    `yaml:"about"`
	Versions []Version `yaml:"versions"`
}

// Version is what one source says on the point.
type Version struct {
	Source string `yaml:"source"` // key
	Says   string `yaml:"says"`
}

// Anchor is the id of the source on its page: "source-reg".
func (s Source) Anchor() string { return sourceAnchor + Slug(s.Key) }

var completeAddress = regexp.MustCompile(`^(https?://)?[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s…]*)?$`)

// Link is the address to follow, empty when it is cut or not an address.
func (s Source) Link() string {
	if !completeAddress.MatchString(s.Address) {
		return ""
	}
	if strings.HasPrefix(s.Address, "http") {
		return s.Address
	}
	return "https://" + s.Address
}

// Source is the source of a key.
func (e Evidence) Source(key string) (Source, bool) {
	for _, s := range e.Sources {
		if s.Key == key {
			return s, true
		}
	}
	return Source{}, false
}

// references are the Markdown definitions that make links of the keys.
func (e Evidence) references() string {
	var b strings.Builder
	b.WriteString("\n")
	for _, s := range e.Sources {
		b.WriteString("\n[" + s.Key + "]: #" + s.Anchor())
	}
	return b.String()
}

func (e *Evidence) tidy() {
	for i := range e.Sources {
		french(&e.Sources[i].Title, &e.Sources[i].Says)
	}
	for i := range e.Disagreements {
		french(&e.Disagreements[i].About)
		for j := range e.Disagreements[i].Versions {
			french(&e.Disagreements[i].Versions[j].Says)
		}
	}
}

var (
	keyShape = regexp.MustCompile(`^[A-Z0-9]*[A-Z][A-Z0-9]*$`)
	citation = regexp.MustCompile(`\[([A-Z0-9]*[A-Z][A-Z0-9]*)\](?:[^(\[:]|$)`)
)

// check also follows the citations of the body: `[KEY]`.
func (e *Evidence) check(s *sheet, body string) {
	s.check(len(e.Sources) > 0, "il faut au moins une source", "sources")
	known := map[string]bool{}
	for i, src := range e.Sources {
		s.check(keyShape.MatchString(src.Key), "une clé est faite de majuscules et de chiffres, par exemple REG ou LO1", "sources", i, "key")
		s.check(!known[Slug(src.Key)], "cette clé est déjà prise", "sources", i, "key")
		known[Slug(src.Key)] = true
		s.check(src.Title != "" || src.Address != "", "une source a un titre ou une adresse", "sources", i)
		s.text(src.Title, 0, maxSummary, "sources", i, "title")
		s.text(src.Address, 0, maxSummary, "sources", i, "address")
		s.text(src.Says, 1, maxText, "sources", i, "says")
	}
	for i, d := range e.Disagreements {
		s.text(d.About, 1, maxSummary, "disagreements", i, "about")
		s.check(len(d.Versions) > 1, "un désaccord a au moins deux versions", "disagreements", i)
		for j, v := range d.Versions {
			s.text(v.Says, 1, maxText, "disagreements", i, "versions", j, "says")
			_, ok := e.Source(v.Source)
			s.check(ok, "« "+v.Source+" » n’est pas une source de cette page", "disagreements", i, "versions", j, "source")
		}
	}
	for _, m := range citation.FindAllStringSubmatch(body, -1) {
		if _, ok := e.Source(m[1]); !ok && m[1] != "X" { // [X] is a ticked box
			s.fault(0, "le texte cite « ["+m[1]+"] », qui n’est pas dans les sources")
		}
	}
}
