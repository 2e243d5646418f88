package web

import (
	"sync"
	"time"

	"passerelle/models"
)

// flashLife is how long what was done waits for the next page.
const flashLife = time.Minute

// maxFlashes bounds what waits; past it, the oldest thing to do is forget all.
const maxFlashes = 10_000

// flashes are the sentences that the next page of a browser shows once. They
// live in memory: losing one costs a confirmation, never data.
type flashes struct {
	store *models.Store
	mu    sync.Mutex
	kept  map[string]flash
}

type flash struct {
	text   string
	anchor string // of the page, where the browser jumps; "" for its top
	at     models.Time
}

func newFlashes(store *models.Store) *flashes {
	return &flashes{store: store, kept: map[string]flash{}}
}

func (f *flashes) keep(token, text, anchor string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.kept) >= maxFlashes {
		clear(f.kept)
	}
	f.kept[token] = flash{text: text, anchor: anchor, at: f.store.Now()}
}

func (f *flashes) take(token string) (text, anchor string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	kept, ok := f.kept[token]
	if !ok {
		return "", ""
	}
	delete(f.kept, token)
	if f.store.Now().Sub(kept.at.Time) > flashLife {
		return "", ""
	}
	return kept.text, kept.anchor
}
