package search

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"passerelle/models"
)

// Fault is a difference between the database and the index.
type Fault struct {
	Kind string // one of the Fault… constants
	Name string // "post:99", or empty for the whole index
}

// The kinds of fault.
const (
	FaultMissing    = "missing"    // public, but not in the index
	FaultOutdated   = "outdated"   // in the index with another content
	FaultSurplus    = "surplus"    // in the index, but not public
	FaultTwice      = "twice"      // in the index more than once
	FaultUnusable   = "unusable"   // there is no index to compare with: the next start builds it
	FaultUnfinished = "unfinished" // it is still being built
)

// Check compares the database with the index of a data folder, both ways, one
// public thing after the other. It works on a copy of the index that first
// follows the feed to its end, as the next start would: a server may go on
// running beside it.
func Check(ctx context.Context, dir string, store *models.Store) (faults []Fault, err error) {
	g, remove, err := openCopy(dir, store)
	if errors.Is(err, errDamaged) || errors.Is(err, fs.ErrNotExist) {
		return []Fault{{Kind: FaultUnusable}}, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, g.close(), remove()) }()
	err = store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		faults, err = g.check(ctx, tx, store.ID())
		return err
	})
	return faults, err
}

func (g *generation) check(ctx context.Context, tx *models.Tx, storeID string) (faults []Fault, err error) {
	defer g.guard(&err)
	var head int64
	if err := tx.DB.WithContext(ctx).Raw("SELECT coalesce(max(seq), 0) FROM changes").Scan(&head).Error; err != nil {
		return nil, fmt.Errorf("read the head of the feed: %w", err)
	}
	switch s := g.now(); {
	case s.Store != storeID || s.Version != mappingVersion || s.Position > head:
		return []Fault{{Kind: FaultUnusable}}, nil
	case !s.Whole:
		return []Fault{{Kind: FaultUnfinished}}, nil
	}
	for {
		changes, err := tx.Changes(ctx, g.now().Position, batchSize)
		if err != nil {
			return nil, err
		}
		if len(changes) == 0 {
			break
		}
		if err := g.apply(ctx, tx, changes); err != nil {
			return nil, err
		}
	}
	return g.compare(ctx, tx)
}

// compare lists the differences between a generation and the database, which
// is not written to meanwhile.
func (g *generation) compare(ctx context.Context, tx *models.Tx) ([]Fault, error) {
	indexed, again, err := g.all()
	if err != nil {
		return nil, err
	}
	var faults []Fault
	for _, name := range again {
		faults = append(faults, Fault{FaultTwice, name})
	}
	for _, s := range sources {
		var after models.ID
		for {
			rows, err := s.after(ctx, tx, after, batchSize)
			if err != nil {
				return nil, err
			}
			if len(rows) == 0 {
				break
			}
			for _, r := range rows {
				d := s.doc(r)
				switch digest, ok := indexed[d.ID]; {
				case !ok:
					faults = append(faults, Fault{FaultMissing, d.ID})
				case digest != d.digest():
					faults = append(faults, Fault{FaultOutdated, d.ID})
				}
				delete(indexed, d.ID)
				after = r.ID
			}
		}
	}
	surplus := make([]string, 0, len(indexed))
	for name := range indexed {
		surplus = append(surplus, name)
	}
	sort.Strings(surplus)
	for _, name := range surplus {
		faults = append(faults, Fault{FaultSurplus, name})
	}
	return faults, nil
}

// copyPrefix begins the names of the folders that hold copies for a check.
const copyPrefix = "index-check-"

// openCopy opens a copy of the index: its files are never changed once
// written, so links to them do. A running server may remove some while they
// are linked; then the copy is made again.
func openCopy(dir string, store *models.Store) (g *generation, remove func() error, err error) {
	removeOldCopies(store)
	for range 10 {
		var path string
		if path, err = os.MkdirTemp(store.Dir(), copyPrefix); err != nil {
			return nil, nil, fmt.Errorf("make room for a copy of the index: %w", err)
		}
		remove = func() error { return os.RemoveAll(path) }
		if err = copyIndex(dir, path); err == nil {
			if g, err = open(path); err == nil {
				return g, remove, nil
			}
		}
		if err := remove(); err != nil {
			return nil, nil, fmt.Errorf("remove a copy of the index: %w", err)
		}
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errDamaged) {
			break
		}
	}
	return nil, nil, err
}

func copyIndex(dir, to string) error {
	name, err := os.ReadFile(filepath.Join(dir, "current"))
	if err != nil {
		return fmt.Errorf("find the search index: %w", err)
	}
	from := filepath.Join(dir, filepath.Base(string(name)))
	if err := os.Mkdir(filepath.Join(to, "store"), 0o700); err != nil {
		return fmt.Errorf("copy the search index: %w", err)
	}
	// The table of the segments first: those that it names exist at that moment.
	for _, file := range []string{"index_meta.json", filepath.Join("store", "root.bolt")} {
		content, err := os.ReadFile(filepath.Join(from, file))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, file), content, 0o600)
		}
		if err != nil {
			return fmt.Errorf("copy the search index: %w", err)
		}
	}
	segments, err := filepath.Glob(filepath.Join(from, "store", "*.zap"))
	if err != nil {
		return fmt.Errorf("copy the search index: %w", err)
	}
	for _, segment := range segments {
		err := os.Link(segment, filepath.Join(to, "store", filepath.Base(segment)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // merged away meanwhile; open tells if it is missed
			return fmt.Errorf("copy the search index: %w", err)
		}
	}
	return nil
}

// removeOldCopies removes what a check that was killed left behind.
func removeOldCopies(store *models.Store) {
	entries, err := os.ReadDir(store.Dir())
	if err != nil {
		return // openCopy meets the same trouble, and tells
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && strings.HasPrefix(entry.Name(), copyPrefix) && time.Since(info.ModTime()) > time.Hour {
			_ = os.RemoveAll(filepath.Join(store.Dir(), entry.Name())) // tried again by the next check
		}
	}
}
