package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Pragmas belong to a connection, so each pool writes them all.
//
// synchronous FULL: the driver is compiled with NORMAL for WAL, where an
// acknowledged commit may vanish at a power loss.
const (
	commonParameters = "_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_busy_timeout=5000&_stmt_cache_size=128&_cache_size=-16000"
	writerParameters = commonParameters + "&_txlock=immediate"
	readerParameters = commonParameters + "&_txlock=deferred&_query_only=1"
)

const driverName = "passerelle-sqlite"

var registerDriver = sync.OnceFunc(func() {
	// Scan logs through a recorder of GORM's own, which asks this for the values.
	logger.RecorderParamsFilter = func(_ context.Context, query string, _ ...any) (string, []any) { return query, nil }
	sql.Register(driverName, &sqlite3.SQLiteDriver{
		ConnectHook: func(conn *sqlite3.SQLiteConn) error {
			// Has no name in the address; a page is read a quarter faster with it.
			_, err := conn.Exec("PRAGMA mmap_size=268435456", nil)
			return err
		},
	})
})

func openPool(file, parameters string, connections int) (*sql.DB, error) {
	registerDriver()
	pool, err := sql.Open(driverName, "file:"+url.PathEscape(file)+"?"+parameters)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	pool.SetMaxOpenConns(connections + extra(connections))
	pool.SetMaxIdleConns(connections + extra(connections))
	return pool, nil
}

// extra leaves the readers' pool the connection that watches other processes.
func extra(connections int) int {
	if connections > 1 {
		return 1
	}
	return 0
}

func openGorm(pool *sql.DB, log *slog.Logger) (*gorm.DB, error) {
	db, err := gorm.Open(sqlite.Dialector{DriverName: driverName, Conn: pool}, &gorm.Config{
		SkipDefaultTransaction: true, // every statement runs in a transaction of ours
		TranslateError:         true,
		Logger:                 queryLog{log},
		NowFunc:                func() time.Time { return time.Time{} }, // instants come from Tx.Now
	})
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return db, nil
}

// queryLog sends GORM's complaints to slog, without values: no personal data.
type queryLog struct{ log *slog.Logger }

func (q queryLog) LogMode(logger.LogLevel) logger.Interface { return q }

func (q queryLog) Info(ctx context.Context, text string, _ ...any) { q.log.InfoContext(ctx, text) }

func (q queryLog) Warn(ctx context.Context, text string, _ ...any) { q.log.WarnContext(ctx, text) }

func (q queryLog) Error(ctx context.Context, text string, _ ...any) { q.log.ErrorContext(ctx, text) }

// slow is how long a query may take before it is worth a line.
const slow = 200 * time.Millisecond

func (q queryLog) Trace(ctx context.Context, begin time.Time, query func() (string, int64), err error) {
	took := time.Since(begin)
	failed := err != nil && !errors.Is(err, gorm.ErrRecordNotFound) && !errors.Is(err, context.Canceled)
	if took < slow && !failed {
		return
	}
	text, rows := query()
	if failed {
		// A constraint that refuses is the last net of a rule: its act answers for it.
		q.log.DebugContext(ctx, "query failed", "query", text, "error", err)
		return
	}
	q.log.WarnContext(ctx, "slow query", "query", text, "rows", rows, "took", took)
}

// ParamsFilter keeps values out of the query's text.
func (q queryLog) ParamsFilter(_ context.Context, query string, _ ...any) (string, []any) {
	return query, nil
}
