package models

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Lock is a lock on a file, held until Release or the end of the process,
// however it ends.
type Lock struct{ file *os.File }

// Release gives the lock back.
func (l *Lock) Release() error { return l.file.Close() }

// ErrServed says that a server runs on the data folder.
var ErrServed = errors.New("a server runs on this data folder")

// LockFolder takes the folder's lock, which a running server holds; ErrServed
// when another process has it.
func LockFolder(dir string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	lock, err := tryLock(filepath.Join(dir, "serve.lock"))
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, ErrServed
	}
	return lock, err
}

// lockFile waits for a lock until ctx ends.
func lockFile(ctx context.Context, path string) (*Lock, error) {
	for {
		lock, err := tryLock(path)
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return lock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func tryLock(path string) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open a lock: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", filepath.Base(path), err), file.Close())
	}
	return &Lock{file: file}, nil
}
