package models_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"passerelle/models"
	"passerelle/models/modelstest"
)

// record is the smallest act: one change.
func record(ctx context.Context, store *models.Store, subject models.ID) error {
	return store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.Record(ctx, models.System, "test.done", subject)
	})
}

func feed(t *testing.T, store *models.Store) []models.Change {
	t.Helper()
	var all []models.Change
	err := store.View(context.Background(), func(ctx context.Context, tx *models.Tx) (err error) {
		all, err = tx.Changes(ctx, 0, 100_000)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestUpdateRefusesAnUpdateInside(t *testing.T) {
	t.Parallel()
	store, _ := modelstest.Open(t)
	var inner error
	err := store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		inner = store.Update(ctx, func(context.Context, *models.Tx) error { return nil })
		return nil
	})
	if err != nil || inner == nil {
		t.Errorf("outer %v, inner %v: want the inner one refused at once", err, inner)
	}
}

func TestViewCannotWrite(t *testing.T) {
	t.Parallel()
	store, _ := modelstest.Open(t)
	err := store.View(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		return tx.Record(ctx, models.System, "test.done", 1)
	})
	if err == nil || len(feed(t, store)) != 0 {
		t.Errorf("a view wrote (%v)", err)
	}
}

func TestAFailedWriteTakesNobodyWithIt(t *testing.T) {
	t.Parallel()
	store, _ := modelstest.Open(t)
	refusal := errors.New("refused")
	const each = 40
	var acknowledged sync.Map
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(uint64(w), 7))
			for i := range each {
				id := models.ID(w*each + i + 1)
				ctx, cancel := context.WithCancel(context.Background())
				err := store.Update(ctx, func(inner context.Context, tx *models.Tx) error {
					if err := tx.Record(inner, models.System, "test.done", id); err != nil {
						return err
					}
					switch random.IntN(5) {
					case 0:
						return refusal
					case 1:
						panic("as badly written")
					case 2: // a nested transaction that fails is undone alone
						_ = tx.DB.Transaction(func(nested *gorm.DB) error {
							nested.Exec("INSERT INTO readers (name, position) VALUES (?, 1)", fmt.Sprint("lost", id))
							return refusal
						})
					case 3:
						cancel() // the caller leaves in mid-write
					}
					return nil
				})
				if err == nil {
					acknowledged.Store(id, true)
				}
				cancel()
			}
		})
	}
	wg.Wait()
	seen := map[models.ID]int{}
	for _, c := range feed(t, store) {
		seen[c.Subject]++
	}
	acknowledged.Range(func(id, _ any) bool {
		if seen[id.(models.ID)] != 1 {
			t.Errorf("acknowledged write %v stands %d times in the feed", id, seen[id.(models.ID)])
		}
		delete(seen, id.(models.ID))
		return true
	})
	for id := range seen {
		t.Errorf("write %v was refused, yet stands in the feed", id)
	}
	err := store.View(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		lost, err := tx.Position(ctx, "lost1")
		if lost != 0 {
			t.Error("a nested transaction that failed was kept")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestACallerWhoLeftBeforeItsTurnWritesNothing(t *testing.T) {
	t.Parallel()
	store, _ := modelstest.Open(t)
	running, leave := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = store.Update(context.Background(), func(context.Context, *models.Tx) error {
			close(running)
			<-leave
			return nil
		})
	})
	<-running
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := record(ctx, store, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want a cancelled write", err)
	}
	close(leave)
	wg.Wait()
	if err := record(context.Background(), store, 2); err != nil {
		t.Fatal(err)
	}
	if all := feed(t, store); len(all) != 1 || all[0].Subject != 2 {
		t.Errorf("feed %v: want only the second write", all)
	}
}

func TestFollowMissesNothing(t *testing.T) {
	t.Parallel()
	store, _ := modelstest.Open(t)
	const writers, each = 8, 50
	var mu sync.Mutex
	var position int64
	var got []models.Change
	full := make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var reader sync.WaitGroup
	reader.Go(func() {
		_ = store.Follow(ctx, "test",
			func() int64 { mu.Lock(); defer mu.Unlock(); return position },
			func(_ context.Context, batch []models.Change) error {
				mu.Lock()
				defer mu.Unlock()
				got = append(got, batch...)
				position = batch[len(batch)-1].Seq
				if len(got) == writers*each {
					close(full)
				}
				return nil
			})
	})
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				if err := record(context.Background(), store, models.ID(w*each+i+1)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	<-full
	cancel()
	reader.Wait()
	for i, c := range got {
		if c.Seq != int64(i+1) {
			t.Fatalf("change %d has sequence %d", i, c.Seq)
		}
	}
}

func TestAnotherProcessIsNoticed(t *testing.T) {
	t.Parallel()
	store, clock := modelstest.Open(t)
	other, err := models.Open(context.Background(), models.Settings{Dir: store.Dir(), Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	changed := store.Changed()
	if err := record(context.Background(), other, 1); err != nil {
		t.Fatal(err)
	}
	<-changed
	if store.Head() != other.Head() {
		t.Errorf("head %d, want %d", store.Head(), other.Head())
	}
}

func TestThePayloadHoldsNoText(t *testing.T) {
	t.Parallel()
	store, _ := modelstest.Open(t)
	for _, about := range []models.About{
		{"name": "Marie Dupont"}, {"email": "a@b.fr"}, {"text": "Été"}, {"any": []string{"a"}},
	} {
		err := store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
			return tx.Record(ctx, models.System, "test.done", 1, about)
		})
		if err == nil {
			t.Errorf("%v was recorded", about)
		}
	}
	err := store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		return tx.Record(ctx, models.System, "test.done", 1, models.About{"thread": models.ID(1 << 60), "state": "in_review"})
	})
	if err != nil {
		t.Fatal(err)
	}
	about := feed(t, store)[0].About()
	if about.ID("thread") != 1<<60 || about["state"] != "in_review" {
		t.Errorf("payload came back as %v", about)
	}
}

func TestTimeSortsAsText(t *testing.T) {
	t.Parallel()
	morning := models.At(time.Date(2026, 11, 24, 11, 59, 0, 0, models.Paris))
	later := models.At(time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC))
	a, _ := morning.Value()
	b, _ := later.Value()
	if a.(string) >= b.(string) {
		t.Errorf("%v does not sort before %v", a, b)
	}
	var back models.Time
	if err := back.Scan(a); err != nil || !back.Equal(morning.Time) {
		t.Errorf("%v came back as %v (%v)", a, back, err)
	}
}

func TestTheFolderHasOneServer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lock, err := models.LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := models.LockFolder(dir); !errors.Is(err, models.ErrServed) {
		t.Errorf("a second lock: %v, want ErrServed", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := models.LockFolder(dir)
	if err != nil {
		t.Errorf("after its release: %v", err)
	} else {
		again.Release()
	}
}

func TestNobodyElseReadsTheDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	old := filepath.Join(dir, models.DatabaseFile) // of a folder that an earlier program made
	if err := os.WriteFile(old, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(old, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{dir, t.TempDir()} {
		store, err := models.Open(context.Background(), models.Settings{Dir: dir, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(t.TempDir(), "copie.db")
		if err := store.CopyTo(context.Background(), copied); err != nil {
			t.Fatal(err)
		}
		database := filepath.Join(dir, models.DatabaseFile)
		for _, file := range []string{database, database + "-wal", database + "-shm", copied} {
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != 0o600 {
				t.Errorf("%s has mode %v", filepath.Base(file), info.Mode())
			}
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
