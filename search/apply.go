package search

import (
	"context"
	"fmt"
	"runtime/debug"

	"passerelle/models"
)

// batchSize is how many documents are written at once: fewer cost more CPU
// each, more cost memory.
const batchSize = 1000

// apply brings a generation from its position to that of the last change: what
// they concern is read again, as it is now, which may be newer than the change.
func (g *generation) apply(ctx context.Context, tx *models.Tx, changes []models.Change) (err error) {
	defer g.guard(&err)
	to := g.now()
	t, err := touch(ctx, tx, g, changes)
	if err != nil {
		return err
	}
	for _, c := range changes {
		to.Asked = to.Asked || c.Kind == askedKind
	}
	names := t.order
	for len(names) > batchSize { // a thread of many posts: the position comes with the last of them
		if err := g.refresh(ctx, tx, names[:batchSize], g.now()); err != nil {
			return err
		}
		names = names[batchSize:]
	}
	to.Position = changes[len(changes)-1].Seq
	return g.refresh(ctx, tx, names, to)
}

// refresh writes the named things as the database has them, or takes them out.
func (g *generation) refresh(ctx context.Context, tx *models.Tx, names []string, to state) error {
	known, err := g.digests(names)
	if err != nil {
		return err
	}
	docs, err := read(ctx, tx, names)
	if err != nil {
		return err
	}
	batch := g.index.NewBatch()
	for _, name := range names {
		d, public := docs[name]
		was, indexed := known[name]
		switch {
		case public && (!indexed || was != d.digest()):
			if err := batch.IndexAdvanced(d.build()); err != nil {
				return fmt.Errorf("index %s: %w", name, err)
			}
		case !public && indexed:
			batch.Delete(name)
		}
	}
	return g.write(batch, to)
}

// read reads the named things that are public.
func read(ctx context.Context, tx *models.Tx, names []string) (map[string]doc, error) {
	rows, err := readRows(ctx, tx, names)
	if err != nil {
		return nil, err
	}
	docs := make(map[string]doc, len(rows))
	for name, r := range rows {
		s, _ := parseName(name)
		docs[name] = s.doc(r)
	}
	return docs, nil
}

// fill reads the next things of the sources into a generation that is not
// whole yet.
func (g *generation) fill(ctx context.Context, tx *models.Tx) (err error) {
	defer g.guard(&err)
	to := g.now()
	s := sources[to.Source]
	rows, err := s.after(ctx, tx, models.ID(to.After), batchSize)
	if err != nil {
		return err
	}
	batch := g.index.NewBatch()
	for _, r := range rows {
		if err := batch.IndexAdvanced(s.doc(r).build()); err != nil {
			return fmt.Errorf("index a %s: %w", s.noun, err)
		}
		to.After = int64(r.ID)
	}
	if len(rows) < batchSize {
		to.Source, to.After = to.Source+1, 0
		to.Whole = to.Source == len(sources)
	}
	return g.write(batch, to)
}

// guard turns a panic over damaged files into errDamaged, and notes it.
func (g *generation) guard(err *error) {
	if p := recover(); p != nil {
		g.spoil()
		*err = fmt.Errorf("%w: %v\n%s", errDamaged, p, debug.Stack())
	}
}
