package main

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// openFTS5 opens the file that the other engine of SQLite has for itself, with
// the cache and the memory map of the portal.
func openFTS5(dir string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "fts5.db")+"?_journal_mode=WAL&_synchronous=OFF&_cache_size=-16000&_stmt_cache_size=128")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.Exec("PRAGMA mmap_size=268435456")
	return db, err
}

// hasFTS5 tells whether SQLite was compiled with it (go's tag sqlite_fts5).
func hasFTS5() bool {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return false
	}
	defer db.Close()
	_, err = db.Exec("CREATE VIRTUAL TABLE t USING fts5(x)")
	return err == nil
}

// buildFTS5 fills the table from the store.
func buildFTS5(ctx context.Context, dir string) (b built, err error) {
	began, used := time.Now(), cpu()
	db, err := openFTS5(dir)
	if err != nil {
		return b, err
	}
	defer db.Close()
	for _, statement := range []string{
		"CREATE VIRTUAL TABLE docs USING fts5 (text, year UNINDEXED, reply UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')",
		"ATTACH '" + filepath.Join(dir, "passerelle.db") + "' AS portal",
		`INSERT INTO docs (rowid, text, year, reply)
			SELECT id - 1, text, substr(created_at, 1, 4), number > 1 FROM portal.posts ORDER BY id`,
		"PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return b, err
		}
	}
	b.Wall, b.CPU, b.Memory = time.Since(began).Seconds(), (cpu() - used).Seconds(), peakMemory()
	file, err := os.Stat(filepath.Join(dir, "fts5.db"))
	if err == nil {
		b.Size = file.Size()
	}
	return b, err
}

// askFTS5 asks for 20 results by bm25 with their excerpts, and the total; for
// any of the words where no document holds all.
func askFTS5(ctx context.Context, dir string, warm, questions []question) (list []answered, err error) {
	runtime.GOMAXPROCS(1)
	db, err := openFTS5(dir)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	for i, q := range append(warm, questions...) {
		began, used := time.Now(), cpu()
		documents, err := findFTS5(ctx, db, q, q.match(false))
		if err == nil && len(documents) == 0 && q.may() {
			documents, err = findFTS5(ctx, db, q, q.match(true))
		}
		if err != nil {
			return nil, err
		}
		if i >= len(warm) {
			list = append(list, answered{documents, ms(time.Since(began)), ms(cpu() - used)})
		}
	}
	return list, nil
}

func findFTS5(ctx context.Context, db *sql.DB, q question, match string) (documents []int, err error) {
	where, args := "docs MATCH ?", []any{match}
	if q.Replies {
		where, args = where+" AND reply = 1 AND year = ?", append(args, q.Year)
	}
	var total int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM docs WHERE "+where, args...).Scan(&total); err != nil || total == 0 {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT rowid, snippet(docs, 0, '<mark>', '</mark>', '…', 32) FROM docs WHERE "+where+" ORDER BY rank LIMIT 20", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var document int
		var excerpt string
		if err := rows.Scan(&document, &excerpt); err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
	return documents, rows.Err()
}
