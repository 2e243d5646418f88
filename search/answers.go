package search

import (
	"context"
	"sync"

	"passerelle/models"
)

// answers keeps what was found as long as nothing has changed since: people ask
// the same again, turn a page back and follow a link of a list.
type answers struct {
	mu    sync.Mutex
	at    moment
	found map[string]Found
}

// moment is a state of all that an answer is made of.
type moment struct {
	generation *generation
	position   int64 // of the index
	head       int64 // of the feed, and so of the database
	day        int32 // on which things are new
}

// maxAnswers is how many are kept: some 20 kB each.
const maxAnswers = 512

// now is the present moment.
func (x *Index) now() moment {
	g := x.current()
	return moment{g, g.now().Position, x.store.Head(), dayOf(x.store.Now().Paris())}
}

func (a *answers) get(at moment, key string) (Found, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.at != at {
		return Found{}, false
	}
	found, ok := a.found[key]
	return found, ok
}

// keep keeps an answer that was made at one moment, still the present one.
func (a *answers) keep(at moment, key string, found Found) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.at != at || len(a.found) >= maxAnswers {
		a.at, a.found = at, map[string]Found{}
	}
	a.found[key] = found
}

// nameLists keeps the names that filters show as long as the feed stands still.
type nameLists struct {
	mu    sync.Mutex
	head  int64
	known map[string][]nameRow
}

// read gives the names of a field as of a head of the feed, at least. They are
// shared: read them only.
func (k *nameLists) read(ctx context.Context, tx *models.Tx, field string, head int64) ([]nameRow, error) {
	k.mu.Lock()
	rows, ok := k.known[field]
	ok = ok && k.head == head
	k.mu.Unlock()
	if ok {
		return rows, nil
	}
	rows, err := readNames(ctx, tx, field)
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.head != head || k.known == nil {
		k.head, k.known = head, map[string][]nameRow{}
	}
	k.known[field] = rows
	return rows, nil
}
