package search

import "sync"

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
