package search

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"passerelle/models"
)

// Folder is the folder of the index inside a data folder.
const Folder = "index"

// askedKind is the change that asks a running server for a new index.
const askedKind = "index.asked"

// Index is the search index of a data folder. Open it, and let Run follow the
// feed; searches may begin at once.
type Index struct {
	Synonyms *Synonyms // set before searches begin; nil: none

	store *models.Store
	dir   string
	log   *slog.Logger

	mu    sync.Mutex
	live  *generation   // what searches ask
	moved chan struct{} // closed when what searches see has moved on

	answers answers
	names   nameLists
	wanted  chan struct{} // a new index is wanted
	closes  sync.WaitGroup
}

// Open opens the index in a folder of its own. One that is missing, damaged,
// of another store, of another version or ahead of the feed is set aside: Run
// builds a new one while searches find what it holds so far. Fails when
// another process has the index, or the folder can't be written.
func Open(ctx context.Context, dir string, store *models.Store, log *slog.Logger) (*Index, error) {
	x := &Index{store: store, dir: dir, log: log, moved: make(chan struct{}), wanted: make(chan struct{}, 1)}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the search index: %w", err)
	}
	g, err := x.openCurrent(ctx)
	if errors.Is(err, errHeld) {
		return nil, err
	}
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			log.InfoContext(ctx, "there is no search index yet: it is built")
		} else {
			log.WarnContext(ctx, "the search index is built again", "reason", err.Error())
		}
		if g, err = x.begin(); err != nil {
			return nil, err
		}
		if err := x.point(g); err != nil {
			return nil, errors.Join(err, g.close())
		}
	}
	x.show(g)
	x.sweep(ctx)
	if g.now().Asked {
		x.want()
	}
	return x, nil
}

// openCurrent opens the generation that the folder points at, if it may be
// trusted and is of this store.
func (x *Index) openCurrent(ctx context.Context) (*generation, error) {
	name, err := os.ReadFile(x.pointer())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	if !isGeneration(string(name)) {
		return nil, errDamaged
	}
	g, err := open(filepath.Join(x.dir, string(name)))
	if err != nil {
		return nil, err
	}
	switch s := g.now(); {
	case s.Store != x.store.ID():
		err = errors.New("it is of another store")
	case s.Version != mappingVersion:
		err = fmt.Errorf("it is of version %d", s.Version)
	case s.Position > x.store.Head():
		err = fmt.Errorf("it stands at change %d, the feed at %d", s.Position, x.store.Head())
	}
	if err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

// Close ends the index; Run must have ended.
func (x *Index) Close() error {
	x.closes.Wait()
	g := x.current()
	if g.isBroken() {
		return nil // Bleve may wait for ever for a worker that is no more
	}
	g.settle()
	return g.close()
}

// State says how far the index is.
type State struct {
	Position   int64  // of the last change of the feed that searches see; zero while Rebuilding
	Rebuilding bool   // searches find only a part
	Documents  uint64 // how many things can be found
}

// State says how far the index is now.
func (x *Index) State() State {
	g := x.current()
	s := g.now()
	documents, _ := g.index.DocCount() // a closed index holds none
	if !s.Whole {
		return State{Rebuilding: true, Documents: documents}
	}
	return State{Position: s.Position, Documents: documents}
}

// Position is the last change of the feed that searches see; zero while the
// index is being built again.
func (x *Index) Position() int64 { return x.State().Position }

// WaitFor waits until searches see the change seq of the feed, and are whole.
func (x *Index) WaitFor(ctx context.Context, seq int64) error {
	for {
		moved := x.changed()
		if s := x.current().now(); s.Whole && s.Position >= seq {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for change %d in the search index: %w", seq, ctx.Err())
		case <-moved:
		}
	}
}

func (x *Index) current() *generation {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.live
}

func (x *Index) changed() <-chan struct{} {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.moved
}

// advance wakes those who wait for what searches see.
func (x *Index) advance() {
	x.mu.Lock()
	defer x.mu.Unlock()
	close(x.moved)
	x.moved = make(chan struct{})
}

// show makes searches ask g, and returns what they asked before.
func (x *Index) show(g *generation) (before *generation) {
	x.mu.Lock()
	before, x.live = x.live, g
	x.mu.Unlock()
	x.advance()
	return before
}

func (x *Index) want() {
	select {
	case x.wanted <- struct{}{}:
	default:
	}
}
