package search

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// mappingVersion changes with anything that changes what the index holds for a
// same thing: analysis, fields, texts. An index of another version is built again.
const mappingVersion = 8

// errDamaged says that a folder holds no index that can be trusted.
var errDamaged = errors.New("the search index is damaged")

// errHeld says that another process has the index open.
var errHeld = errors.New("another process has the search index open")

// generation is one index in one folder. What it is and how far it follows the
// feed stands in it, in the same batch as the documents.
type generation struct {
	path  string
	index bleve.Index

	mu    sync.Mutex
	state state

	columns shelf

	broken chan struct{} // closed when its files turn out to be damaged
	once   sync.Once
}

// state is what a generation says of itself.
type state struct {
	Store    string `json:"store"`    // id of the store that it was made from
	Version  int    `json:"version"`  // mappingVersion
	Position int64  `json:"position"` // last change of the feed that it holds
	Whole    bool   `json:"whole"`    // every thing was read once
	Source   int    `json:"source"`   // until then: which source is being read
	After    int64  `json:"after"`    // and the last id that was
	Asked    bool   `json:"asked"`    // a new index was asked for
}

var stateKey = []byte("passerelle")

// encode writes the state with a checksum: a wrong position would lose changes.
func (s state) encode() ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("write the state of the index: %w", err)
	}
	return fmt.Appendf(nil, "%08x%s", crc32.ChecksumIEEE(text), text), nil
}

func decodeState(value []byte) (s state, err error) {
	if len(value) < 8 || fmt.Sprintf("%08x", crc32.ChecksumIEEE(value[8:])) != string(value[:8]) {
		return s, errDamaged
	}
	if err := json.Unmarshal(value[8:], &s); err != nil {
		return s, errDamaged
	}
	return s, nil
}

// settings of scorch. A batch is visible at once and on disk a little later
// (unsafe_batch): safe, as a lost batch takes its position with it.
func settings() map[string]any {
	return map[string]any{"unsafe_batch": true, "bolt_timeout": "2s", "asyncErrorCallbackName": callback}
}

// indexMapping only says how scores are made; documents bring their fields.
func indexMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.ScoringModel = index.BM25Scoring
	return m
}

// create makes an empty generation that is to hold the store's things as of
// position and what changes after it.
func create(path, store string, position int64) (*generation, error) {
	opened, err := bleve.NewUsing(path, indexMapping(), scorch.Name, scorch.Name, settings())
	if err != nil {
		return nil, fmt.Errorf("make the search index: %w", err)
	}
	g := newGeneration(path, opened)
	err = g.write(g.index.NewBatch(), state{Store: store, Version: mappingVersion, Position: position})
	if err != nil {
		return nil, errors.Join(err, g.close())
	}
	g.settle()
	return g, nil
}

// open opens a generation, or says errDamaged or errHeld.
func open(path string) (g *generation, err error) {
	defer func() {
		if p := recover(); p != nil {
			g, err = nil, fmt.Errorf("%w: %v", errDamaged, p)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // a file shorter than its own tables
	if err := walk(filepath.Join(path, "store", "root.bolt")); err != nil {
		return nil, err
	}
	suspects, err := verify(filepath.Join(path, "store"))
	if err != nil {
		return nil, err
	}
	opened, err := bleve.OpenUsing(path, settings())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	g = newGeneration(path, opened)
	if err := g.trust(suspects); err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

func newGeneration(path string, opened bleve.Index) *generation {
	g := &generation{path: path, index: opened, broken: make(chan struct{})}
	watched.Store(filepath.Join(path, "store"), g)
	return g
}

// trust reads the state, and refuses an index that uses a damaged file.
func (g *generation) trust(suspects map[string]bool) error {
	value, err := g.index.GetInternal(stateKey)
	if err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	if g.state, err = decodeState(value); err != nil {
		return err
	}
	return g.snapshot(func(s *scorch.IndexSnapshot) error {
		for _, segment := range s.Segments() {
			if file, ok := segment.Segment().(interface{ Path() string }); ok && suspects[filepath.Base(file.Path())] {
				return fmt.Errorf("%w: %s", errDamaged, filepath.Base(file.Path()))
			}
		}
		return nil
	})
}

// snapshot shows what the index holds now, below Bleve's queries.
func (g *generation) snapshot(read func(*scorch.IndexSnapshot) error) error {
	inner, err := g.index.Advanced()
	if err != nil {
		return fmt.Errorf("reach the search index: %w", err)
	}
	reader, err := inner.Reader()
	if err != nil {
		return fmt.Errorf("read the search index: %w", err)
	}
	s, ok := reader.(*scorch.IndexSnapshot)
	if !ok || s == nil { // closed
		return bleve.ErrorIndexClosed
	}
	defer s.Close()
	return read(s)
}

// write applies a batch and the state that it leads to, both or none.
func (g *generation) write(batch *bleve.Batch, to state) error {
	value, err := to.encode()
	if err != nil {
		return err
	}
	batch.SetInternal(stateKey, value)
	if err := g.index.Batch(batch); err != nil {
		return fmt.Errorf("write to the search index: %w", err)
	}
	g.mu.Lock()
	g.state = to
	g.mu.Unlock()
	return nil
}

// settle waits until what searches see is on disk, but not for ever: a full
// disk only costs a longer start.
func (g *generation) settle() {
	batch := g.index.NewBatch()
	value, err := g.now().encode()
	if err != nil {
		return
	}
	settled := make(chan struct{})
	batch.SetInternal(stateKey, value)
	batch.SetPersistedCallback(func(error) { close(settled) })
	if g.index.Batch(batch) != nil {
		return
	}
	select {
	case <-settled:
	case <-g.broken:
	case <-time.After(3 * time.Second):
	}
}

// now is the state that searches see.
func (g *generation) now() state {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.state
}

func (g *generation) close() error {
	watched.Delete(filepath.Join(g.path, "store"))
	if err := g.index.Close(); err != nil {
		return fmt.Errorf("close the search index: %w", err)
	}
	return nil
}

// spoil says that the files of the generation can't be trusted any more.
func (g *generation) spoil() { g.once.Do(func() { close(g.broken) }) }

func (g *generation) isBroken() bool {
	select {
	case <-g.broken:
		return true
	default:
		return false
	}
}

// Scorch tells of trouble in its background work by the name of a callback and
// the path of an index.
const callback = "passerelle"

var watched sync.Map // path of a scorch folder → *generation

func init() {
	scorch.RegistryAsyncErrorCallbacks[callback] = func(err error, path string) {
		g, ok := watched.Load(path)
		if !ok {
			return
		}
		// A full disk passes; a panic, or a folder taken away, does not.
		_, missing := os.Stat(filepath.Join(path, "root.bolt"))
		if errors.Is(err, scorch.ErrAsyncPanic) || missing != nil {
			g.(*generation).spoil()
		}
	}
}

// walk reads every page of scorch's own table, so that damage shows here, in
// this goroutine, and not later in one of Bleve's.
func walk(path string) error {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: 2e9})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return errHeld
	case err != nil:
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	defer db.Close()
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(_ []byte, bucket *bbolt.Bucket) error { return walkBucket(bucket) })
	})
	if err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	return nil
}

func walkBucket(bucket *bbolt.Bucket) error {
	return bucket.ForEach(func(key, value []byte) error {
		if value != nil {
			crc32.ChecksumIEEE(value)
			return nil
		}
		return walkBucket(bucket.Bucket(key))
	})
}

// verify compares each segment with the checksum at its end and returns those
// that differ. After a kill, the one that was being written does.
func verify(store string) (suspects map[string]bool, err error) {
	files, err := filepath.Glob(filepath.Join(store, "*.zap"))
	if err != nil {
		return nil, fmt.Errorf("list the files of the search index: %w", err)
	}
	suspects = map[string]bool{}
	for _, file := range files {
		sound, err := sound(file)
		if err != nil {
			return nil, err
		}
		if !sound {
			suspects[filepath.Base(file)] = true
		}
	}
	return suspects, nil
}
