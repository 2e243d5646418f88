package search

import (
	"cmp"
	"slices"
)

// top keeps the best of the hits that it is offered, as a heap whose first is
// the worst of them.
type top struct {
	window int
	newest bool
	after  *hit // only what comes after it
	hits   []hit
}

// compare puts the better hit first; of equals, the one that was indexed first.
func (t *top) compare(a, b hit) int {
	switch {
	case t.newest:
	case a.score > b.score: // nearly always
		return -1
	case a.score < b.score:
		return 1
	}
	if t.newest {
		if c := cmp.Compare(b.day, a.day); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.part, b.part), cmp.Compare(a.doc, b.doc))
}

// beaten tells whether a score is surely too low.
func (t *top) beaten(score float32) bool {
	return len(t.hits) == t.window && !t.newest && score < t.hits[0].score
}

func (t *top) offer(h hit) {
	switch {
	case t.after != nil && t.compare(h, *t.after) <= 0:
	case len(t.hits) < t.window:
		t.hits = append(t.hits, h)
		if len(t.hits) == t.window {
			for i := t.window/2 - 1; i >= 0; i-- {
				t.sink(i)
			}
		}
	case t.compare(h, t.hits[0]) < 0:
		t.hits[0] = h
		t.sink(0)
	}
}

// sink puts the hit at i below those that are worse.
func (t *top) sink(i int) {
	for {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(t.hits); child++ {
			if t.compare(t.hits[child], t.hits[worst]) > 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		t.hits[i], t.hits[worst] = t.hits[worst], t.hits[i]
		i = worst
	}
}

func (t *top) sorted() []hit {
	slices.SortFunc(t.hits, t.compare)
	return t.hits
}
