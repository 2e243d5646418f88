package content

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
)

// ids makes the anchors of one document.
type ids struct {
	prefix string
	taken  map[string]int // anchor → times asked for
}

// The skeleton of every page has these anchors.
func newIDs(o options) *ids {
	return &ids{prefix: o.prefix, taken: map[string]int{
		"contenu": 1, "menu": 1, "recherche": 1, "pied": 1, "sommaire": 1, "non-lu": 1,
	}}
}

// Generate makes an anchor that no other heading of the document has.
func (s *ids) Generate(value []byte, _ ast.NodeKind) []byte {
	base := slug(string(value))
	if base == "" {
		base = "section"
	}
	base = s.prefix + base
	id := base
	for s.taken[id] > 0 {
		s.taken[base]++
		id = base + "-" + strconv.Itoa(s.taken[base])
	}
	s.taken[id]++
	return []byte(id)
}

// Put reserves an anchor.
func (s *ids) Put(value []byte) { s.taken[string(value)]++ }
