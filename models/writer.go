package models

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"
)

// maxGroup is how many writes one commit may carry.
const maxGroup = 128

// errNested is a fault of ours: the one writer would wait for itself.
var errNested = errors.New("an Update inside an Update")

// errClosed is what a write gets while the store closes.
var errClosed = errors.New("the store is closed")

type insideUpdate struct{}

// job is one Update on its way through the writer.
type job struct {
	ctx      context.Context // the caller's, cut off from its cancellation
	run      func(context.Context, *Tx) error
	taken    atomic.Bool // by the writer, or by a caller who left
	result   chan error
	err      error
	recorded int64
}

// Update runs write in a transaction of the one writer and returns when it is
// on disk. What waits at the same time is committed together, each write in a
// savepoint of its own: one that fails or panics takes nobody else with it.
//
// It waits for its turn under ctx, then hands write a context that cannot be
// cancelled (SQLite would drop the others' work too). write may run twice, so
// it must have no effect outside the transaction; it uses tx alone, and does
// nothing slow: no mail, file, hashing, Markdown or HTTP.
func (s *Store) Update(ctx context.Context, write func(context.Context, *Tx) error) error {
	if ctx.Value(insideUpdate{}) == s {
		return errNested
	}
	inside := context.WithValue(context.WithoutCancel(ctx), insideUpdate{}, s)
	j := &job{ctx: inside, run: write, result: make(chan error, 1)}
	select {
	case s.queue <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.stop:
		return errClosed
	}
	select {
	case err := <-j.result:
		return err
	case <-ctx.Done():
		if j.taken.CompareAndSwap(false, true) {
			return ctx.Err() // it never ran
		}
		return <-j.result // too late to leave: tell what became of it
	}
}

// write is the one goroutine that owns the writing connection.
func (s *Store) write() {
	for {
		select {
		case j := <-s.queue:
			s.commit(s.group(j))
		case <-s.stop:
			for {
				select {
				case j := <-s.queue:
					s.commit(s.group(j))
				default:
					return
				}
			}
		}
	}
}

// group takes what waits now, and never waits for more.
func (s *Store) group(first *job) []*job {
	group := make([]*job, 0, 8)
	for j := first; ; {
		if j.taken.CompareAndSwap(false, true) {
			group = append(group, j)
		}
		if len(group) == maxGroup {
			return group
		}
		select {
		case j = <-s.queue:
		default:
			return group
		}
	}
}

// commit runs a group in one transaction and answers its callers. When SQLite
// dropped the whole transaction under one of them, the others run again alone.
func (s *Store) commit(group []*job) {
	if len(group) == 0 {
		return
	}
	err := s.attempt(group)
	if errors.Is(err, errDropped) && len(group) > 1 {
		for _, j := range group {
			if j.err != nil {
				j.result <- j.err
				continue
			}
			s.commit([]*job{j})
		}
		return
	}
	var head int64
	for _, j := range group {
		if err == nil && j.err == nil {
			head = max(head, j.recorded)
		}
	}
	s.advance(head)
	for _, j := range group {
		if j.err == nil {
			j.err = err
		}
		j.result <- j.err
	}
}

// errDropped says that SQLite rolled the whole transaction back.
var errDropped = errors.New("SQLite dropped the transaction")

// attempt begins, runs each job in a savepoint and commits. A job's own error
// is left in the job; attempt returns what hit them all.
func (s *Store) attempt(group []*job) error {
	ctx := context.Background()
	sqlTx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin to write: %w", err)
	}
	defer sqlTx.Rollback() // nothing to roll back once committed
	for _, j := range group {
		if _, err := sqlTx.ExecContext(ctx, "SAVEPOINT r"); err != nil {
			return fmt.Errorf("%w: savepoint: %w", errDropped, err)
		}
		tx := &Tx{DB: within(j.ctx, s.writeDB, sqlTx), Now: s.Now()}
		j.err = protect(j, tx)
		j.recorded = tx.recorded
		if j.err != nil {
			if _, err := sqlTx.ExecContext(ctx, "ROLLBACK TO r"); err != nil {
				return fmt.Errorf("%w: roll back a write: %w", errDropped, err)
			}
		}
		if _, err := sqlTx.ExecContext(ctx, "RELEASE r"); err != nil {
			if j.err == nil && len(group) == 1 {
				j.err = fmt.Errorf("%w: release: %w", errDropped, err)
			}
			return fmt.Errorf("%w: release: %w", errDropped, err)
		}
	}
	if err := sqlTx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// protect turns a panic of a write into that write's error.
func protect(j *job, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack())
		}
	}()
	return j.run(j.ctx, tx)
}
