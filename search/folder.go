package search

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The folder of the index holds one folder a generation, and a file that names
// the one that searches ask. A generation that is not named is no more, or not
// yet.

const generationPrefix = "g-"

func isGeneration(name string) bool {
	return strings.HasPrefix(name, generationPrefix) && filepath.Base(name) == name
}

func (x *Index) pointer() string { return filepath.Join(x.dir, "current") }

// begin makes a new, empty generation that follows the feed from here.
func (x *Index) begin() (*generation, error) {
	name := generationPrefix + strings.ToLower(rand.Text()[:12])
	return create(filepath.Join(x.dir, name), x.store.ID(), x.store.Head())
}

// point names the generation to open at the next start, in one step that a
// kill does not tear.
func (x *Index) point(g *generation) error {
	draft := x.pointer() + ".new"
	file, err := os.Create(draft)
	if err != nil {
		return fmt.Errorf("name the search index: %w", err)
	}
	_, err = file.WriteString(filepath.Base(g.path))
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(draft, x.pointer())
	}
	if err != nil {
		return fmt.Errorf("name the search index: %w", err)
	}
	return nil
}

// sweep removes the generations that are no longer used.
func (x *Index) sweep(ctx context.Context) {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		x.log.WarnContext(ctx, "cannot clean up the search index", "error", err)
		return
	}
	kept := filepath.Base(x.current().path)
	for _, entry := range entries {
		if name := entry.Name(); isGeneration(name) && name != kept {
			x.remove(ctx, &generation{path: filepath.Join(x.dir, name)})
		}
	}
}

// remove deletes the folder of a generation; what can't be deleted now is
// swept at the next start.
func (x *Index) remove(ctx context.Context, g *generation) {
	if err := os.RemoveAll(g.path); err != nil {
		x.log.WarnContext(ctx, "cannot remove an old search index", "error", err)
	}
}
