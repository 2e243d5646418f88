package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

func record(ctx context.Context, store *models.Store, subject models.ID) error {
	return store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.Record(ctx, models.System, "test.done", subject)
	})
}

func TestBackupAndRestoreWhileOthersWrite(t *testing.T) {
	t.Parallel()
	store, clock := modelstest.Open(t)
	ctx := context.Background()
	write(t, filepath.Join(store.Dir(), "mail", "1.eml"), "un courriel")
	write(t, filepath.Join(store.Dir(), indexFolder, "store", "1.zap"), "un index")
	if err := record(ctx, store, 1); err != nil {
		t.Fatal(err)
	}
	running, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for running.Err() == nil {
				_ = record(running, store, 2)
			}
		})
	}
	target := filepath.Join(t.TempDir(), "sauvegarde.tar.gz")
	before := store.Head()
	err := backup(ctx, store, target)
	after := store.Head()
	stop()
	wg.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if err := backup(ctx, store, target); err == nil {
		t.Error("a second backup replaced the first")
	}

	dir := t.TempDir()
	write(t, filepath.Join(dir, "mail", "ancien.eml"), "remplacé")
	lock, err := models.LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := restore(ctx, dir, target, clock.Now()); !errors.Is(err, models.ErrServed) {
		t.Errorf("under a server: %v, want ErrServed", err)
	}
	lock.Release()
	if err := restore(ctx, dir, target, clock.Now()); err != nil {
		t.Fatal(err)
	}
	restored, err := models.Open(ctx, models.Settings{Dir: dir, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	if head := restored.Head(); head < before || head > after {
		t.Errorf("restored up to change %d, want between %d and %d", head, before, after)
	}
	if restored.ID() == store.ID() {
		t.Error("the restored store has the id of the first")
	}
	if got := read(t, filepath.Join(dir, "mail", "1.eml")); got != "un courriel" {
		t.Errorf("the mail came back as %q", got)
	}
	if _, err := os.Stat(filepath.Join(dir, indexFolder)); !errors.Is(err, os.ErrNotExist) {
		t.Error("the index was restored")
	}
	aside, err := filepath.Glob(filepath.Join(dir, replacedPrefix+"*", "mail", "ancien.eml"))
	if err != nil || len(aside) != 1 {
		t.Errorf("what was replaced is not kept aside: %v %v", aside, err)
	}
}

func TestADamagedBackupReplacesNothing(t *testing.T) {
	t.Parallel()
	store, clock := modelstest.Open(t)
	ctx := context.Background()
	write(t, filepath.Join(store.Dir(), "mail", "1.eml"), strings.Repeat("un courriel ", 100))
	target := filepath.Join(t.TempDir(), "sauvegarde.tar.gz")
	if err := backup(ctx, store, target); err != nil {
		t.Fatal(err)
	}
	whole := read(t, target)
	for name, damaged := range map[string]string{
		"cut":    whole[:len(whole)/2],
		"middle": scramble(whole, len(whole)/2, 16),
		"end":    scramble(whole, len(whole)-40, 16),
		"sum":    scramble(whole, len(whole)-7, 2),
		"empty":  "",
		"other":  "bonjour",
	} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "mail", "ancien.eml"), "encore là")
		source := filepath.Join(t.TempDir(), name)
		write(t, source, damaged)
		if err := restore(ctx, dir, source, clock.Now()); err == nil {
			t.Errorf("%s: restored", name)
		}
		if got := read(t, filepath.Join(dir, "mail", "ancien.eml")); got != "encore là" {
			t.Errorf("%s: the folder was touched", name)
		}
	}
}

// scramble inverts some bytes. (One bit alone may be of no meaning.)
func scramble(s string, at, n int) string {
	b := []byte(s)
	for i := at; i < at+n; i++ {
		b[i] ^= 0xff
	}
	return string(b)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
