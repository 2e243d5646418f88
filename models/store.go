package models

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
)

// Settings are what a store needs to open.
type Settings struct {
	Dir string           // the data folder; made when absent
	Now func() time.Time // the clock; main gives time.Now
	Log *slog.Logger     // nil: nothing is logged
}

// DatabaseFile is the name of the database inside the data folder.
const DatabaseFile = "passerelle.db"

// Store is one data folder: its database, its writer and its change feed.
type Store struct {
	dir     string
	id      string
	now     func() time.Time
	log     *slog.Logger
	writer  *sql.DB // one connection, BEGIN IMMEDIATE
	readers *sql.DB // read-only connections
	writeDB *gorm.DB
	readDB  *gorm.DB

	queue chan *job
	stop  chan struct{}
	done  sync.WaitGroup

	head   atomic.Int64 // last committed sequence number
	signal struct {
		sync.Mutex
		changed chan struct{}
	}
}

// Tx is one transaction: Now is its single instant.
type Tx struct {
	DB  *gorm.DB
	Now Time

	recorded int64 // highest sequence number written by this transaction
}

// Open opens the store of a data folder, brings its schema up to date under a
// lock, and starts its writer. Several processes may open the same folder;
// SQLite's own lock keeps their writes in order.
func Open(ctx context.Context, settings Settings) (*Store, error) {
	if settings.Log == nil {
		settings.Log = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(settings.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	s := &Store{
		dir:   settings.Dir,
		now:   settings.Now,
		log:   settings.Log,
		queue: make(chan *job, maxGroup),
		stop:  make(chan struct{}),
	}
	s.signal.changed = make(chan struct{})
	if err := s.connect(ctx); err != nil {
		return nil, errors.Join(err, s.closePools())
	}
	s.done.Go(s.write)
	s.done.Go(s.watchOthers)
	return s, nil
}

func (s *Store) connect(ctx context.Context) (err error) {
	file := filepath.Join(s.dir, DatabaseFile)
	if err := private(file); err != nil {
		return err
	}
	if s.writer, err = openPool(file, writerParameters, 1); err != nil {
		return err
	}
	if err := migrate(ctx, s.dir, s.writer); err != nil {
		return err
	}
	if s.readers, err = openPool(file, readerParameters, 4); err != nil {
		return err
	}
	if s.writeDB, err = openGorm(s.writer, s.log); err != nil {
		return err
	}
	if s.readDB, err = openGorm(s.readers, s.log); err != nil {
		return err
	}
	if s.id, err = identify(ctx, s.writer, At(s.now())); err != nil {
		return err
	}
	head, err := lastSequence(ctx, s.readers)
	s.head.Store(head)
	return err
}

// Close ends the writer after what waits, and closes the database.
func (s *Store) Close() error {
	close(s.stop)
	s.done.Wait()
	return s.closePools()
}

func (s *Store) closePools() error {
	var errs []error
	for _, pool := range []*sql.DB{s.readers, s.writer} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// ID is the random id of this store; a restored copy has another.
func (s *Store) ID() string { return s.id }

// Now is the present instant by the store's clock.
func (s *Store) Now() Time { return At(s.now()) }

// Head is the sequence number of the last committed change known here.
func (s *Store) Head() int64 { return s.head.Load() }

// Changed is closed at the next committed change.
func (s *Store) Changed() <-chan struct{} {
	s.signal.Lock()
	defer s.signal.Unlock()
	return s.signal.changed
}

// advance makes a newer head known and wakes whoever waits on Changed.
func (s *Store) advance(head int64) {
	for {
		known := s.head.Load()
		if head <= known {
			return
		}
		if s.head.CompareAndSwap(known, head) {
			break
		}
	}
	s.signal.Lock()
	defer s.signal.Unlock()
	close(s.signal.changed)
	s.signal.changed = make(chan struct{})
}

// View runs read on one snapshot of the store; it cannot write.
func (s *Store) View(ctx context.Context, read func(context.Context, *Tx) error) error {
	sqlTx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer sqlTx.Rollback() // a snapshot has nothing to commit
	return read(ctx, &Tx{DB: within(ctx, s.readDB, sqlTx), Now: s.Now()})
}

// within is a GORM handle that speaks to one transaction.
func within(ctx context.Context, db *gorm.DB, sqlTx *sql.Tx) *gorm.DB {
	// A session with a context has a statement of its own, which may be changed.
	session := db.Session(&gorm.Session{NewDB: true, Context: ctx})
	session.Statement.ConnPool = sqlTx
	return session
}

// watchOthers notices what other processes committed (`import`, `user`): their
// writes move SQLite's data_version, ours on the writer's connection do too.
func (s *Store) watchOthers() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	conn, err := s.readers.Conn(ctx)
	if err != nil {
		s.log.ErrorContext(ctx, "cannot watch for the writes of other processes", "error", err)
		return
	}
	defer conn.Close()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	var seen int64
	for {
		select {
		case <-s.stop:
			return
		case <-tick.C:
		}
		var version, head int64
		if err := conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil || version == seen {
			continue
		}
		if err := conn.QueryRowContext(ctx, lastSequenceSQL).Scan(&head); err != nil {
			continue // tried again at the next tick
		}
		seen = version
		s.advance(head)
	}
}

const lastSequenceSQL = "SELECT coalesce(max(seq), 0) FROM changes"

func lastSequence(ctx context.Context, db *sql.DB) (head int64, err error) {
	if err := db.QueryRowContext(ctx, lastSequenceSQL).Scan(&head); err != nil {
		return 0, fmt.Errorf("read the head of the feed: %w", err)
	}
	return head, nil
}

// identify reads the store's id, or gives it one.
func identify(ctx context.Context, db *sql.DB, now Time) (id string, err error) {
	_, err = db.ExecContext(ctx, "INSERT INTO store (id, store_id, created_at) VALUES (1, ?, ?) ON CONFLICT DO NOTHING", NewStoreID(), now)
	if err == nil {
		err = db.QueryRowContext(ctx, "SELECT store_id FROM store WHERE id = 1").Scan(&id)
	}
	if err != nil {
		return "", fmt.Errorf("identify the store: %w", err)
	}
	return id, nil
}

// NewStoreID is a fresh random store id.
func NewStoreID() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// CopyTo writes a consistent copy of the database to a new file, while others
// write. (The backup API in small steps would restart at each commit.)
func (s *Store) CopyTo(ctx context.Context, file string) error {
	if err := private(file); err != nil { // VACUUM INTO takes an empty file
		return err
	}
	// The readers are held to reading; VACUUM counts as a write, even INTO.
	pool, err := openPool(filepath.Join(s.dir, DatabaseFile), commonParameters, 1)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.ExecContext(ctx, "VACUUM INTO ?", file); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return nil
}

// private makes a database, and what SQLite keeps beside it, its owner's alone:
// it holds addresses. SQLite would make it readable by all, and gives the files
// beside it the same mode.
func private(file string) error {
	made, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("make the database: %w", err)
	}
	if err := made.Close(); err != nil {
		return fmt.Errorf("make the database: %w", err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Chmod(file+suffix, 0o600); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("keep the database to its owner: %w", err)
		}
	}
	return nil
}

// Renew gives a database file that nobody has open a new store id.
func Renew(ctx context.Context, file string) error {
	pool, err := openPool(file, writerParameters, 1)
	if err != nil {
		return err
	}
	defer pool.Close()
	done, err := pool.ExecContext(ctx, "UPDATE store SET store_id = ? WHERE id = 1", NewStoreID())
	if err != nil {
		return fmt.Errorf("renew the store id: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("renew the store id: not a database of Passerelle (%w)", errors.Join(err, sql.ErrNoRows))
	}
	return nil
}

// Integrity asks SQLite whether the file is sound and its foreign keys hold;
// "" when it is, else its first complaint.
func (s *Store) Integrity(ctx context.Context) (complaint string, err error) {
	if err := s.readers.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&complaint); err != nil {
		return "", fmt.Errorf("check the database: %w", err)
	}
	if complaint != "ok" {
		return complaint, nil
	}
	var table string
	err = s.readers.QueryRowContext(ctx, `SELECT "table" FROM pragma_foreign_key_check LIMIT 1`).Scan(&table)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("check the foreign keys: %w", err)
	}
	return "a row of " + table + " refers to nothing", nil
}
