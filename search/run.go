package search

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"passerelle/models"
)

// Run keeps the index true until ctx ends: it builds what is missing, follows
// the feed, and changes to a new index when the old one is damaged or a new
// one was asked for. It returns nil when ctx has ended.
func (x *Index) Run(ctx context.Context) error {
	pause := time.Second
	for ctx.Err() == nil {
		began := time.Now()
		g := x.current()
		err := x.keep(ctx, g)
		if ctx.Err() != nil || err == nil {
			continue
		}
		x.log.ErrorContext(ctx, "the search index is given up for a new one", "error", err)
		if time.Since(began) > time.Minute {
			pause = time.Second
		} else if !wait(ctx, pause) { // a disk that damages every index must not keep us busy
			break
		} else {
			pause = min(2*pause, 5*time.Minute)
		}
		if err := x.replace(ctx, g); err != nil {
			x.log.ErrorContext(ctx, "cannot make a new search index", "error", err)
		}
	}
	return nil
}

func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// replace puts an empty generation in the place of a damaged one.
func (x *Index) replace(ctx context.Context, damaged *generation) error {
	g, err := x.begin()
	if err != nil {
		return err
	}
	if err := x.point(g); err != nil {
		return errors.Join(err, g.close())
	}
	x.show(g)
	go damaged.close() // may wait for ever for a worker that is no more
	x.remove(ctx, damaged)
	return nil
}

// keep fills a generation and lets it follow the feed, until ctx ends, it is
// damaged (an error), or another one has taken its place (nil).
func (x *Index) keep(ctx context.Context, g *generation) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := x.complete(ctx, g); err != nil {
		return err
	}
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		debug.SetPanicOnFault(true)
		_ = x.store.Follow(ctx, "search", func() int64 { return g.now().Position }, x.reader(g))
	}()
	defer func() {
		stop()
		select {
		case <-followed:
		case <-g.broken: // it may never come back
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-g.broken:
			return errDamaged
		case <-x.wanted:
		}
		switch changed, err := x.renew(ctx, g, stop, followed); {
		case changed:
			return nil
		case g.isBroken():
			return errDamaged
		case err != nil && ctx.Err() == nil:
			x.log.ErrorContext(ctx, "the new search index was not finished", "error", err)
		}
	}
}

// reader hands what the feed says to a generation.
func (x *Index) reader(g *generation) func(context.Context, []models.Change) error {
	return func(ctx context.Context, changes []models.Change) error {
		err := x.store.View(ctx, func(ctx context.Context, tx *models.Tx) error { return g.apply(ctx, tx, changes) })
		if err != nil {
			return err
		}
		x.advance()
		for _, c := range changes {
			if c.Kind == askedKind {
				x.want()
			}
		}
		return nil
	}
}

// complete reads every source into a generation that is not whole yet.
func (x *Index) complete(ctx context.Context, g *generation) error {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	if g.now().Whole {
		return nil
	}
	began := time.Now()
	pause := 10 * time.Millisecond
	for !g.now().Whole {
		err := x.store.View(ctx, g.fill)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case g.isBroken():
			return errors.Join(errDamaged, err)
		case err != nil:
			x.log.ErrorContext(ctx, "cannot read what the search index is built from", "error", err)
			if !wait(ctx, pause) {
				return ctx.Err()
			}
			pause = min(2*pause, 5*time.Second)
		default:
			pause = 10 * time.Millisecond
		}
	}
	x.advance()
	count, _ := g.index.DocCount() // only for the log
	x.log.InfoContext(ctx, "the search index is built", "documents", count, "took", time.Since(began).Round(time.Millisecond).String())
	return nil
}

// renew builds a new generation beside g, which goes on following the feed
// and answering, and puts it in g's place.
func (x *Index) renew(ctx context.Context, g *generation, stop func(), followed <-chan struct{}) (changed bool, err error) {
	beside, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-g.broken:
			cancel()
		case <-beside.Done():
		}
	}()
	next, err := x.begin()
	if err != nil {
		return false, err
	}
	defer func() {
		if !changed {
			err = errors.Join(err, next.close())
			x.remove(ctx, next)
		}
	}()
	if err := x.complete(beside, next); err != nil {
		return false, err
	}
	if err := x.catchUp(beside, next); err != nil {
		return false, err
	}
	if err := x.point(next); err != nil {
		return false, err
	}
	x.show(next)
	stop()
	<-followed
	x.closes.Go(func() {
		if err := g.close(); err != nil {
			x.log.WarnContext(ctx, "cannot close the old search index", "error", err)
		}
		x.remove(ctx, g)
	})
	return true, nil
}

// catchUp applies what the feed says until a generation has seen all that g,
// which it will replace, has.
func (x *Index) catchUp(ctx context.Context, next *generation) error {
	for next.now().Position < x.current().now().Position {
		err := x.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
			changes, err := tx.Changes(ctx, next.now().Position, batchSize)
			if err != nil || len(changes) == 0 {
				return err
			}
			return next.apply(ctx, tx, changes)
		})
		if err != nil {
			return fmt.Errorf("catch up with the feed: %w", err)
		}
	}
	return nil
}
