package models

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// One folder a dialect; the files of both bear the same numbers.
//
//go:embed migrations
var migrations embed.FS

// migrate brings the schema up to date. goose has no lock of its own for
// SQLite, so a file of the folder serves: two programs that start together
// migrate one after the other.
func migrate(ctx context.Context, dir string, db *sql.DB) error {
	lock, err := lockFile(ctx, filepath.Join(dir, "migrate.lock"))
	if err != nil {
		return fmt.Errorf("wait for the migration lock: %w", err)
	}
	defer lock.Release()
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
