package forum

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"passerelle/models"
	"passerelle/models/modelstest"
)

// line is a thread of two posts as the bulk format writes it.
const line = `{"type":"thread","key":"k-1","forum":"commande-publique","category":"seuils","kind":"proposal","title":"Un seul format",
"author":"Marie L.","created_at":"2026-09-02T08:47:00+02:00","posts":[
{"author":"Marie L.","created_at":"2026-09-02T08:47:00+02:00","markdown":"Bonjour,\n\n## Titre\n"},
{"author":"Karim B.","created_at":"2026-09-03T09:00:00+02:00","markdown":"> Bonjour\n\nD’accord."}]}`

func parse(t *testing.T, text string) (l Line) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestALineIsImportedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var mu sync.Mutex
	added := 0
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			done, err := w.Import(context.Background(), parse(t, line))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if done {
				added++
			}
		})
	}
	wg.Wait()
	if added != 1 {
		t.Errorf("imported %d times", added)
	}
	list, err := w.Threads(context.Background(), "commande-publique", Filter{Category: "seuils", Kind: Proposal})
	if err != nil || len(list.Rows) != 1 {
		t.Fatalf("list %+v, %v", list, err)
	}
	row := list.Rows[0]
	opened, last := time.Date(2026, 9, 2, 8, 47, 0, 0, models.Paris), time.Date(2026, 9, 3, 9, 0, 0, 0, models.Paris)
	if row.Posts != 2 || row.Participants != 2 || row.Author.Name != "Marie L." || !row.CreatedAt.Equal(opened) || !row.LastActivity.Equal(last) {
		t.Errorf("row %+v", row)
	}
	if list.Forum.Title != "Commande publique" || list.Forum.Categories[0].Title != "Seuils" || !list.Forum.LastActivity.Equal(last) {
		t.Errorf("forum %+v", list.Forum)
	}
	page := w.page(t, visitor, row.ID, 1)
	if !strings.Contains(page.Posts[0].HTML, `id="m1-titre"`) || page.Posts[1].Author.Name != "Karim B." {
		t.Errorf("posts %+v", page.Posts)
	}
	// The same text under another key is another thread; without a key, its digest serves.
	for key, want := range map[string]bool{"k-1": false, "k-2": true} {
		again := parse(t, line)
		again.Key = key
		if done, err := w.Import(context.Background(), again); err != nil || done != want {
			t.Errorf("key %q: %v, %v", key, done, err)
		}
	}
	for _, want := range []bool{true, false} {
		again := parse(t, line)
		again.Key = ""
		if done, err := w.Import(context.Background(), again); err != nil || done != want {
			t.Errorf("no key: %v, %v", done, err)
		}
	}
	var authors int
	err = w.store.View(context.Background(), func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT count(*) FROM accounts WHERE imported <> ''").Scan(&authors).Error
	})
	if err != nil || authors != 2 {
		t.Errorf("%d imported authors, want 2 (%v)", authors, err)
	}
	w.sound(t)
}

func TestABadLineWritesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	later := modelstest.Start.Add(time.Hour)
	tests := []struct {
		name string
		edit func(*Line)
		want string
	}{
		{"no title", func(l *Line) { l.Title = " " }, "text.required"},
		{"no forum", func(l *Line) { l.Forum = "" }, "text.required"},
		{"no author", func(l *Line) { l.Author = "" }, "text.required"},
		{"no post", func(l *Line) { l.Posts = nil }, "text.required"},
		{"a forum that is no slug", func(l *Line) { l.Forum = "Commande publique" }, "forum.slug"},
		{"a category that is no slug", func(l *Line) { l.Category = "é" }, "forum.slug"},
		{"another kind", func(l *Line) { l.Kind = "rant" }, "forum.kind"},
		{"an empty post", func(l *Line) { l.Posts[1].Markdown = "" }, "text.required"},
		{"a post with NUL", func(l *Line) { l.Posts[1].Markdown = "a\x00" }, "text.unreadable"},
		{"a post of another encoding", func(l *Line) { l.Posts[1].Markdown = "\xe9t\xe9" }, "text.unreadable"},
		{"a post too long", func(l *Line) { l.Posts[1].Markdown = strings.Repeat("a", 20_001) }, "text.long"},
		{"a post too deep", func(l *Line) { l.Posts[1].Markdown = strings.Repeat(">", 20) }, "forum.too_deep"},
		{"a name too long", func(l *Line) { l.Posts[1].Author = strings.Repeat("a", 81) }, "text.long"},
		{"tomorrow", func(l *Line) { l.CreatedAt = later }, "forum.future"},
		{"a reply from tomorrow", func(l *Line) { l.Posts[1].CreatedAt = later }, "forum.future"},
		{"too many posts", func(l *Line) { l.Posts = make([]LinePost, maxLinePosts+1) }, "too_many"},
	}
	before := w.store.Head()
	for _, tt := range tests {
		l := parse(t, line)
		tt.edit(&l)
		done, err := w.Import(context.Background(), l)
		var why *models.Error
		if done || !errors.As(err, &why) || !strings.Contains(models.Code(err), tt.want) {
			t.Errorf("%s: %v, %v, want %q", tt.name, done, err, tt.want)
		}
	}
	if w.store.Head() != before {
		t.Error("a refused line left something")
	}
}

func TestAnImportThatFailsHalfwayLeavesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	fault := errors.New("no more authors")
	failing := New(w.store, func(ctx context.Context, tx *models.Tx, name string) (models.ID, error) {
		if name == "Karim B." {
			return 0, fault
		}
		return newcomers(t)(ctx, tx, name)
	})
	before := w.store.Head()
	if done, err := failing.Import(context.Background(), parse(t, line)); done || !errors.Is(err, fault) {
		t.Errorf("%v, %v", done, err)
	}
	if w.store.Head() != before {
		t.Error("half a line was written")
	}
	if done, err := w.Import(context.Background(), parse(t, line)); !done || err != nil {
		t.Errorf("afterwards: %v, %v", done, err)
	}
	w.sound(t)
}

func TestWhatALineLeavesOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	done, err := w.Import(context.Background(), Line{
		Forum: "essai", Title: "Oui", Author: "Marie L.", Posts: []LinePost{{Markdown: "Bonjour."}},
	})
	if err != nil || !done {
		t.Fatal(done, err)
	}
	list, err := w.Threads(context.Background(), "essai", Filter{})
	if err != nil || list.Rows[0].Kind != Discussion || !list.Rows[0].CreatedAt.Equal(modelstest.Start) || list.Rows[0].CategorySlug != "" {
		t.Errorf("row %+v, %v", list.Rows, err)
	}
	w.sound(t)
}
