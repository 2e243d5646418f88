package search

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Ask asks for a new index by the feed, as an operator does beside a running
// server: it builds one while it serves. Without a server, the next start does.
func Ask(ctx context.Context, store *models.Store, by models.Actor) error {
	return store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.Record(ctx, by, askedKind, 0)
	})
}

// Reindex has Run build a new index, and waits until searches see it. One that
// is being built already is new enough.
func (x *Index) Reindex(ctx context.Context) error {
	before := x.current()
	if before.now().Whole {
		x.want()
	} else {
		before = nil
	}
	for {
		moved := x.changed()
		if g := x.current(); g != before && g.now().Whole {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for the new search index: %w", ctx.Err())
		case <-moved:
		}
	}
}
