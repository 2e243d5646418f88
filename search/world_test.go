package search

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

// world is a store with a forum, an author and an index that follows it.
type world struct {
	t     testing.TB
	store *models.Store
	dir   string // of the index
	index *Index
	end   func()
	by    models.Actor
}

// newWorld opens a store without an index yet.
func newWorld(t testing.TB) *world {
	t.Helper()
	store, _ := modelstest.Open(t)
	w := &world{t: t, store: store, dir: filepath.Join(store.Dir(), Folder), by: modelstest.Person(t, store, "camille")}
	w.exec("INSERT INTO forums (id, slug, title, created_at) VALUES (1, 'donnees', 'Données ouvertes', '2026-01-01')")
	w.exec("INSERT INTO regions (code, slug, name) VALUES ('53', 'bretagne', 'Bretagne'), ('44', 'grand-est', 'Grand Est')")
	return w
}

// open opens the index and lets it run; again after shut.
func (w *world) open() *world {
	w.t.Helper()
	index, err := Open(context.Background(), w.dir, w.store, slog.New(slog.DiscardHandler))
	if err != nil {
		w.t.Fatalf("open the index: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = index.Run(ctx) }()
	w.index = index
	w.end = func() {
		cancel()
		<-done
		if err := index.Close(); err != nil {
			w.t.Errorf("close the index: %v", err)
		}
		w.index, w.end = nil, nil
	}
	w.t.Cleanup(func() {
		if w.end != nil {
			w.end()
		}
	})
	return w
}

func (w *world) shut() { w.t.Helper(); w.end() }

// exec writes rows and records what changed: "post.created" and its subject.
func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	w.act("test.done", 1, sql, args...)
}

func (w *world) act(kind string, subject models.ID, sql string, args ...any) {
	w.t.Helper()
	err := w.store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		if err := tx.DB.Exec(sql, args...).Error; err != nil {
			return err
		}
		return tx.Record(ctx, w.by, kind, subject)
	})
	if err != nil {
		w.t.Fatalf("%s: %v", kind, err)
	}
}

// thread adds a thread with its opening post, whose id is a thousand times its own.
func (w *world) thread(id models.ID, title, text string) {
	w.t.Helper()
	w.act("thread.opened", id, `INSERT INTO threads (id, forum_id, kind, title, slug, author_id, last_number, posts, participants, last_visible, last_activity, created_at)
		VALUES (?, 1, 'discussion', ?, 'fil', ?, 1, 1, 1, 1, ?, ?)`, id, title, w.by.ID, w.store.Now(), w.store.Now())
	w.post(1000*id, id, 1, text)
}

func (w *world) post(id, thread models.ID, number int, text string) {
	w.t.Helper()
	w.act("post.created", id, `INSERT INTO posts (id, thread_id, number, author_id, markdown, html, text, renderer, created_at)
		VALUES (?, ?, ?, ?, '', '', ?, 1, ?)`, id, thread, number, w.by.ID, text, w.store.Now())
}

func (w *world) lab(id models.ID, name, region string) {
	w.t.Helper()
	w.act("lab.published", id, `INSERT INTO labs (id, uuid, slug, kind, name, region, summary, text, updated_at) VALUES (?, ?, ?, 'ten', ?, ?, ?, '', ?)`,
		id, fmt.Sprint("lab-", id), fmt.Sprint("lab-", id), name, region, "Un laboratoire", w.store.Now())
}

func (w *world) useCase(id, lab models.ID, title, summary, text string) {
	w.t.Helper()
	var owner any
	kind := "experience"
	if lab != 0 {
		owner, kind = lab, "use_case"
	}
	w.act("usecase.published", id, `INSERT INTO use_cases (id, uuid, slug, type, lab_id, region, published_at, updated_at, title, title_key, summary, text)
		VALUES (?, ?, ?, ?, ?, '53', ?, ?, ?, ?, ?, ?)`, id, fmt.Sprint("case-", id), fmt.Sprint("cas-", id), kind, owner, w.store.Now(), w.store.Now(), title, title, summary, text)
}

func (w *world) page(id models.ID, kind, title, text string) {
	w.t.Helper()
	w.act("page.published", id, `INSERT INTO pages (id, slug, kind, title, text, updated_at) VALUES (?, ?, ?, ?, ?, ?)`,
		id, fmt.Sprint("page-", id), kind, title, text, w.store.Now())
}

func (w *world) call(id models.ID, title, text string) {
	w.t.Helper()
	w.act("call.loaded", id, `INSERT INTO calls (id, key, slug, title, summary, markdown, html, text, opens_at, closes_at, cap_cents, rate_percent, months, innovative_percent, path, digest, updated_at)
		VALUES (?, ?, ?, ?, 'Un guichet', '', '', ?, '2021-01-17 23:00:00.000000', '2023-01-17 23:00:00.000000', 4800000, 100, 12, 50, '', 'd', ?)`,
		id, fmt.Sprint("call-", id), fmt.Sprint("call-", id), title, text, w.store.Now())
}

// sync waits until searches see every change.
func (w *world) sync() {
	w.t.Helper()
	if err := w.index.WaitFor(w.t.(interface{ Context() context.Context }).Context(), w.store.Head()); err != nil {
		w.t.Fatal(err)
	}
}

// agrees compares the database with the open index.
func (w *world) agrees() {
	w.t.Helper()
	w.sync()
	var faults []Fault
	err := w.store.View(context.Background(), func(ctx context.Context, tx *models.Tx) (err error) {
		faults, err = w.index.current().compare(ctx, tx)
		return err
	})
	if err != nil || len(faults) > 0 {
		w.t.Fatalf("faults %v, error %v", faults, err)
	}
}

// indexed are the names of all documents.
func (w *world) indexed() map[string]string {
	w.t.Helper()
	found, again, err := w.index.current().all()
	if err != nil || len(again) > 0 {
		w.t.Fatalf("twice %v, error %v", again, err)
	}
	return found
}
