package search

import (
	"cmp"
	"slices"
)

// top keeps the best of the hits that it is offered.
type top struct {
	window int
	newest bool
	after  *hit  // only what comes after it
	hits   []hit // at most two windows, in any order
	floor  *hit  // the last of a full window
}

// compare puts the better hit first; of equals, the one that was indexed first.
func (t *top) compare(a, b hit) int {
	if t.newest {
		if c := cmp.Compare(b.day, a.day); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.part, b.part), cmp.Compare(a.doc, b.doc))
}

func (t *top) offer(h hit) {
	if t.floor != nil && t.compare(h, *t.floor) > 0 || t.after != nil && t.compare(h, *t.after) <= 0 {
		return
	}
	if t.hits = append(t.hits, h); len(t.hits) >= 2*t.window {
		t.trim()
	}
}

func (t *top) trim() {
	slices.SortFunc(t.hits, t.compare)
	if len(t.hits) >= t.window {
		t.hits = t.hits[:t.window]
		last := t.hits[t.window-1]
		t.floor = &last
	}
}

func (t *top) sorted() []hit {
	t.trim()
	return t.hits
}
