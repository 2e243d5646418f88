package search

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"passerelle/models"
)

func names(found map[string]string) string {
	return strings.Join(slices.Sorted(maps.Keys(found)), " ")
}

func TestTheIndexHoldsWhatIsPublic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.thread(1, "Premier fil", "message d’ouverture")
	w.post(11, 1, 2, "une réponse")
	w.lab(1, "Ti Lab", "53")
	w.open() // what was there before
	w.useCase(1, 1, "Un cas", "résumé", "texte")
	w.useCase(2, 0, "Une expérience", "résumé", "texte")
	w.page(1, "help", "Aide", "texte")
	w.page(2, "legal", "Mentions légales", "texte")
	w.call(1, "France Relance", "texte")
	w.agrees()
	if got := names(w.indexed()); got != "call:1 lab:1 page:1 page:2 post:11 thread:1 usecase:1 usecase:2" {
		t.Errorf("indexed %s", got)
	}
}

func TestWhatIsHiddenLeavesTheIndexAndComesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t).open()
	w.thread(1, "Fil", "ouverture")
	for i := range 5 {
		w.post(models.ID(11+i), 1, i+2, "réponse")
	}
	w.agrees()
	w.act("post.deleted", 12, "UPDATE posts SET state = 'deleted', text = '', deleted_at = ? WHERE id = 12", w.store.Now())
	w.act("post.hidden", 13, "UPDATE posts SET state = 'hidden', hidden_reason = 'hors sujet', hidden_at = ? WHERE id = 13", w.store.Now())
	w.agrees()
	if got := names(w.indexed()); got != "post:11 post:14 post:15 thread:1" {
		t.Errorf("after hiding posts: %s", got)
	}
	w.act("thread.hidden", 1, "UPDATE threads SET hidden = 1, hidden_reason = 'hors sujet', hidden_at = ? WHERE id = 1", w.store.Now())
	w.agrees()
	if got := names(w.indexed()); got != "" {
		t.Errorf("after hiding the thread: %s", got)
	}
	w.act("thread.restored", 1, "UPDATE threads SET hidden = 0 WHERE id = 1")
	w.agrees()
	if got := names(w.indexed()); got != "post:11 post:14 post:15 thread:1" {
		t.Errorf("after restoring the thread: %s", got)
	}
	w.act("thread.deleted", 1, "DELETE FROM posts WHERE thread_id = 1")
	w.act("thread.deleted", 1, "DELETE FROM threads WHERE id = 1")
	w.agrees()
	if got := names(w.indexed()); got != "" {
		t.Errorf("after deleting the rows: %s", got)
	}
}

func TestNamesThatOthersBearAreReadAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t).open()
	w.lab(1, "Ti Lab", "53")
	w.useCase(1, 1, "Un cas", "résumé", "texte")
	w.agrees()
	before := w.indexed()["usecase:1"]
	w.act("lab.edited", 1, "UPDATE labs SET name = 'Laboratoire breton' WHERE id = 1")
	w.agrees()
	after := w.indexed()["usecase:1"]
	if before == after {
		t.Error("the use case kept the old name of its laboratory")
	}
	w.act("region.edited", 53, "UPDATE regions SET name = 'Breizh' WHERE code = '53'")
	w.agrees()
	if w.indexed()["usecase:1"] == after {
		t.Error("the use case kept the old name of its region")
	}
	w.act("theme.edited", 1, "INSERT INTO themes (id, slug, name) VALUES (1, 'donnees', 'Données')")
	w.act("usecase.edited", 1, "INSERT INTO use_case_themes VALUES (1, 1)")
	w.act("theme.edited", 1, "UPDATE themes SET name = 'Données ouvertes' WHERE id = 1")
	w.agrees()
}

func TestALongThreadIsReadAgainWhole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.thread(1, "Long fil", "ouverture")
	w.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
		INSERT INTO posts (thread_id, number, author_id, markdown, html, text, renderer, created_at) SELECT 1, i, ?, '', '', 'réponse ' || i, 1, ? FROM n`,
		w.by.ID, w.store.Now())
	w.open()
	w.agrees()
	w.act("thread.hidden", 1, "UPDATE threads SET hidden = 1, hidden_reason = 'x', hidden_at = ? WHERE id = 1", w.store.Now())
	w.agrees()
	if n := len(w.indexed()); n != 0 {
		t.Errorf("%d documents left", n)
	}
	w.act("thread.restored", 1, "UPDATE threads SET hidden = 0 WHERE id = 1")
	w.agrees()
	if n := len(w.indexed()); n != 2500 {
		t.Errorf("%d documents, want 2500", n)
	}
}

func TestTheIndexGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	w := newWorld(t).open()
	w.thread(1, "Fil", "ouverture")
	w.agrees()
	path := w.index.current().path
	w.shut()
	w.post(11, 1, 2, "pendant l’arrêt")
	w.open()
	w.agrees()
	if got := names(w.indexed()); got != "post:11 thread:1" {
		t.Errorf("indexed %s", got)
	}
	if w.index.current().path != path {
		t.Error("the index was built again for no reason")
	}
}

// An index that was being built when the program ended goes on from there, and
// sees what changed meanwhile in what it had read already.
func TestABuildGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.thread(1, "Long fil", "ouverture")
	w.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
		INSERT INTO posts (id, thread_id, number, author_id, markdown, html, text, renderer, created_at) SELECT 10000 + i, 1, i, ?, '', '', 'réponse ' || i, 1, ? FROM n`,
		w.by.ID, w.store.Now())
	index, err := Open(t.Context(), w.dir, w.store, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	g := index.current()
	for g.now().After < 11000 { // a thousand posts read
		if err := w.store.View(t.Context(), g.fill); err != nil {
			t.Fatal(err)
		}
	}
	if s := index.State(); !s.Rebuilding || s.Position != 0 || s.Documents < 1000 {
		t.Errorf("half built: %+v", s)
	}
	if err := index.Close(); err != nil {
		t.Fatal(err)
	}
	if faults, err := Check(t.Context(), w.dir, w.store); err != nil || len(faults) != 1 || faults[0].Kind != FaultUnfinished {
		t.Errorf("check says %v, %v", faults, err)
	}
	w.act("post.edited", 10002, "UPDATE posts SET text = 'corrigé' WHERE id = 10002")
	w.act("post.deleted", 10003, "UPDATE posts SET state = 'deleted', text = '', deleted_at = ? WHERE id = 10003", w.store.Now())
	w.open()
	w.agrees()
	if w.index.current().path != g.path || len(w.indexed()) != 2499 {
		t.Errorf("%d documents in %s, begun in %s", len(w.indexed()), w.index.current().path, g.path)
	}
}

// A kill leaves the folder as it is at that instant: a copy of it is what the
// next start finds.
func TestTheIndexSurvivesAKill(t *testing.T) {
	t.Parallel()
	w := newWorld(t).open()
	w.thread(1, "Fil", "ouverture")
	w.agrees()
	for i := range 12 {
		for j := range 40 {
			w.post(models.ID(100+40*i+j), 1, 2+40*i+j, fmt.Sprintf("réponse %d", 40*i+j))
		}
		killed := filepath.Join(t.TempDir(), "index")
		copyWhileItWrites(t, w.dir, killed)
		after := &world{t: t, store: w.store, dir: killed, by: w.by}
		after.open()
		after.agrees()
		after.shut()
		if faults, err := Check(context.Background(), w.dir, w.store); err != nil || len(faults) > 0 {
			t.Fatalf("check beside the running index: %v, %v", faults, err)
		}
	}
}

// copyWhileItWrites copies a folder as a kill would freeze it: files that
// vanish meanwhile are those that were merged away, so it is tried again.
func copyWhileItWrites(t *testing.T, from, to string) {
	t.Helper()
	for range 50 {
		if os.CopyFS(to, os.DirFS(from)) == nil {
			return
		}
		if err := os.RemoveAll(to); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("the index never kept still for a copy")
}

func TestADamagedIndexIsBuiltAgain(t *testing.T) {
	t.Parallel()
	garble := func(path string) error {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i := len(content) / 3; i < len(content)*2/3; i++ {
			content[i] ^= 0x5a
		}
		return os.WriteFile(path, content, 0o600)
	}
	halve := func(path string) error {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		return os.Truncate(path, info.Size()/2)
	}
	empty := func(path string) error { return os.Truncate(path, 0) }
	tests := map[string]struct {
		pattern string // below the folder
		damage  func(string) error
	}{
		"garbled segment":     {"g-*/store/*.zap", garble},
		"truncated segment":   {"g-*/store/*.zap", halve},
		"empty segment":       {"g-*/store/*.zap", empty},
		"missing segment":     {"g-*/store/*.zap", os.Remove},
		"garbled table":       {"g-*/store/root.bolt", garble},
		"truncated table":     {"g-*/store/root.bolt", halve},
		"empty table":         {"g-*/store/root.bolt", empty},
		"missing table":       {"g-*/store/root.bolt", os.Remove},
		"garbled settings":    {"g-*/index_meta.json", garble},
		"missing settings":    {"g-*/index_meta.json", os.Remove},
		"missing generation":  {"g-*", os.RemoveAll},
		"missing name":        {"current", os.Remove},
		"garbled name":        {"current", garble},
		"missing folder":      {"", os.RemoveAll},
		"name leads outwards": {"current", func(path string) error { return os.WriteFile(path, []byte("../../g-x"), 0o600) }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t).open()
			w.thread(1, "Fil", "ouverture")
			for i := range 60 {
				w.post(models.ID(11+i), 1, i+2, "réponse")
			}
			w.agrees()
			w.shut()
			files, err := filepath.Glob(filepath.Join(w.dir, tt.pattern))
			if err != nil || len(files) == 0 {
				t.Fatalf("nothing to damage: %v", err)
			}
			for _, file := range files {
				if err := tt.damage(file); err != nil {
					t.Fatal(err)
				}
			}
			w.open()
			w.agrees()
			if len(w.indexed()) != 61 {
				t.Errorf("%d documents", len(w.indexed()))
			}
			readEverything(t, w.index.current())
		})
	}
}

// readEverything reads each posting of each term of each field: damage that was
// not noticed shows.
func readEverything(t *testing.T, g *generation) {
	t.Helper()
	read := 0
	err := g.snapshot(func(s *scorch.IndexSnapshot) error {
		fields, err := s.Fields()
		if err != nil {
			return err
		}
		for _, field := range fields {
			dictionary, err := s.FieldDict(field)
			if err != nil {
				return err
			}
			for {
				entry, err := dictionary.Next()
				if err != nil {
					return err
				}
				if entry == nil {
					break
				}
				postings, err := s.TermFieldReader(t.Context(), []byte(entry.Term), field, true, true, field == fieldExact)
				if err != nil {
					return err
				}
				for {
					found, err := postings.Next(nil)
					if err != nil {
						return err
					}
					if found == nil {
						break
					}
					read++
				}
			}
		}
		return nil
	})
	if err != nil || read < 61 {
		t.Errorf("%d postings, error %v", read, err)
	}
}

func TestAnIndexThatCannotBeTrueIsBuiltAgain(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*state){
		"of another store":   func(s *state) { s.Store = "other" },
		"of another version": func(s *state) { s.Version++ },
		"ahead of the feed":  func(s *state) { s.Position += 1000 },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t).open()
			w.thread(1, "Fil", "ouverture")
			w.sync()
			g := w.index.current()
			path, s := g.path, g.now()
			w.shut()
			g, err := open(path)
			if err != nil {
				t.Fatal(err)
			}
			change(&s)
			if err := g.write(g.index.NewBatch(), s); err != nil {
				t.Fatal(err)
			}
			g.settle()
			if err := g.close(); err != nil {
				t.Fatal(err)
			}
			if faults, err := Check(context.Background(), w.dir, w.store); err != nil || len(faults) != 1 || faults[0].Kind != FaultUnusable {
				t.Errorf("check says %v, %v", faults, err)
			}
			w.open()
			w.agrees()
			if w.index.current().path == path {
				t.Error("the old index is still used")
			}
		})
	}
}

func TestReindexWhileItServes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.thread(1, "Fil", "ouverture")
	w.open()
	w.agrees()
	first := w.index.current().path
	if err := w.index.Reindex(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.post(11, 1, 2, "après")
	w.agrees()
	second := w.index.current().path
	if first == second {
		t.Error("no new index was built")
	}
	changed := w.index.changed()
	if err := Ask(t.Context(), w.store, models.System); err != nil {
		t.Fatal(err)
	}
	for w.index.current().path == second { // asked by the feed
		<-changed
		changed = w.index.changed()
	}
	w.agrees()
	w.shut()
	if entries, err := filepath.Glob(filepath.Join(w.dir, "g-*")); err != nil || len(entries) != 1 {
		t.Errorf("generations left: %v, %v", entries, err)
	}
}

func TestAFolderTakenAwayIsNoticed(t *testing.T) {
	t.Parallel()
	away := filepath.Join(t.TempDir(), "away") // emptied after the index is shut
	w := newWorld(t).open()
	w.thread(1, "Fil", "ouverture")
	w.sync()
	first := w.index.current()
	// Moved away at once: scorch may still be writing into it.
	if err := os.Rename(w.dir, away); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := 0; w.index.current() == first; i++ {
		moved := w.index.changed()
		w.post(models.ID(11+i), 1, i+2, "réponse")
		<-moved
	}
	w.agrees()
}

func TestCheckTellsEachDifference(t *testing.T) {
	t.Parallel()
	w := newWorld(t).open()
	w.thread(1, "Fil", "ouverture")
	w.post(11, 1, 2, "une réponse")
	w.agrees()
	w.shut()
	if faults, err := Check(t.Context(), w.dir, w.store); err != nil || len(faults) != 0 {
		t.Fatalf("before: %v, %v", faults, err)
	}
	// Written behind the feed's back, as only a fault would.
	w.exec("UPDATE posts SET text = 'changé' WHERE id = 11")
	w.exec("UPDATE threads SET hidden = 1, hidden_reason = 'x', hidden_at = '2026-01-01' WHERE id = 1")
	w.exec("INSERT INTO pages (id, slug, kind, title, text, updated_at) VALUES (1, 'a', 'help', 'Aide', '', '2026-01-01')")
	faults, err := Check(t.Context(), w.dir, w.store)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(faults); got != "[{missing page:1} {surplus post:11} {surplus thread:1}]" {
		t.Errorf("faults %v", got)
	}
	w.exec("UPDATE threads SET hidden = 0 WHERE id = 1")
	faults, err = Check(t.Context(), w.dir, w.store)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(faults); got != "[{missing page:1} {outdated post:11}]" {
		t.Errorf("faults %v", got)
	}
	if left, _ := filepath.Glob(filepath.Join(w.store.Dir(), copyPrefix+"*")); len(left) > 0 {
		t.Errorf("copies left behind: %v", left)
	}
}
