package web

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/maypok86/otter/v2"

	"passerelle/models"
)

// cacheBytes bounds the pages kept, about 3 000 of them.
const cacheBytes = 64 << 20

// recentChanges is how far back a page that was being rendered can be checked
// against what changed meanwhile.
const recentChanges = 4096

// pageCache keeps anonymous pages, compressed once, until a change of what
// they show. It is a reader of the feed: position is how far it has read.
type pageCache struct {
	store    *models.Store
	pages    *otter.Cache[string, *cachedPage]
	position atomic.Int64

	reading sync.Mutex // one reader of the feed at a time

	mu     sync.Mutex
	byTag  map[string]map[string]struct{} // tag → keys
	recent []changeTags                   // the last changes, oldest first

	building sync.Map // key → chan struct{}, closed when a builder is done
}

type changeTags struct {
	seq  int64
	tags []string
}

// cachedPage is one answer, ready to send.
type cachedPage struct {
	kind  string // Content-Type
	etag  string
	plain []byte
	gzip  []byte
	br    atomic.Pointer[[]byte] // made at the first use
	tags  []string
	until models.Time // zero: only a change ends it
}

func (p *cachedPage) size() int { return len(p.plain) + 2*len(p.gzip) + 512 }

func newPageCache(store *models.Store) *pageCache {
	pc := &pageCache{store: store, byTag: map[string]map[string]struct{}{}}
	pc.position.Store(store.Head())
	pc.pages = otter.Must(&otter.Options[string, *cachedPage]{
		MaximumWeight: cacheBytes,
		Weigher:       func(key string, page *cachedPage) uint32 { return uint32(len(key) + page.size()) },
		OnDeletion: func(e otter.DeletionEvent[string, *cachedPage]) {
			if e.Cause != otter.CauseReplacement {
				pc.untag(e.Key, e.Value.tags)
			}
		},
	})
	return pc
}

// tagsOf are the names under which pages may depend on a change:
// "post.created", "post", "post:9" and, from the payload, "thread:12".
func tagsOf(c models.Change) []string {
	tags := []string{c.Kind, c.Noun(), fmt.Sprintf("%s:%d", c.Noun(), c.Subject)}
	for name, value := range c.About() {
		if id, ok := value.(models.ID); ok {
			tags = append(tags, fmt.Sprintf("%s:%d", name, id))
		}
	}
	return tags
}

// catchUp reads the feed up to the head that is known now, ends the pages that
// show what changed, and hands each change to also. Nobody is served a page
// from before a change that was committed when they asked.
func (pc *pageCache) catchUp(ctx context.Context, also func(models.Change)) error {
	head := pc.store.Head()
	if pc.position.Load() >= head {
		return nil
	}
	pc.reading.Lock()
	defer pc.reading.Unlock()
	for pc.position.Load() < head {
		var batch []models.Change
		err := pc.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
			batch, err = tx.Changes(ctx, pc.position.Load(), 500)
			return err
		})
		if err != nil {
			return fmt.Errorf("read what changed: %w", err)
		}
		if len(batch) == 0 {
			return nil
		}
		for _, change := range batch {
			pc.end(change)
			also(change)
		}
		pc.position.Store(batch[len(batch)-1].Seq)
	}
	return nil
}

// end drops the pages that show what changed.
func (pc *pageCache) end(change models.Change) {
	tags := tagsOf(change)
	pc.mu.Lock()
	pc.recent = append(pc.recent, changeTags{change.Seq, tags})
	if len(pc.recent) > 2*recentChanges {
		pc.recent = slices.Clone(pc.recent[recentChanges:])
	}
	var keys []string
	for _, tag := range tags {
		for key := range pc.byTag[tag] {
			keys = append(keys, key)
		}
	}
	pc.mu.Unlock()
	for _, key := range keys {
		pc.pages.Invalidate(key)
	}
}

func (pc *pageCache) get(key string) (*cachedPage, bool) {
	page, ok := pc.pages.GetIfPresent(key)
	if !ok {
		return nil, false
	}
	if !page.until.IsZero() && !pc.store.Now().Before(page.until.Time) {
		pc.pages.Invalidate(key)
		return nil, false
	}
	return page, true
}

// keep stores a page that was rendered from the state at position, unless what
// it shows changed since: a slow render would else stay wrong for ever.
func (pc *pageCache) keep(key string, page *cachedPage, position int64) {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	if pc.changedSince(position, page.tags) {
		return
	}
	pc.pages.Set(key, page)
	for _, tag := range page.tags {
		if pc.byTag[tag] == nil {
			pc.byTag[tag] = map[string]struct{}{}
		}
		pc.byTag[tag][key] = struct{}{}
	}
}

func (pc *pageCache) changedSince(position int64, tags []string) bool {
	if pc.position.Load() == position {
		return false
	}
	if len(pc.recent) == 0 || pc.recent[0].seq > position+1 {
		return true // too long ago to tell
	}
	for i := len(pc.recent) - 1; i >= 0 && pc.recent[i].seq > position; i-- {
		for _, tag := range pc.recent[i].tags {
			if slices.Contains(tags, tag) {
				return true
			}
		}
	}
	return false
}

func (pc *pageCache) untag(key string, tags []string) {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	if _, ok := pc.pages.GetEntryQuietly(key); ok {
		return // stored again meanwhile, under tags of its own
	}
	for _, tag := range tags {
		delete(pc.byTag[tag], key)
		if len(pc.byTag[tag]) == 0 {
			delete(pc.byTag, tag)
		}
	}
}
