package forum

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"passerelle/models"
)

// many opens n threads of varied kinds and categories, one a minute.
func (w world) many(t testing.TB, n int) []models.ID {
	t.Helper()
	ids := make([]models.ID, n)
	for i := range ids {
		w.clock.Add(time.Minute)
		done, err := w.Open(context.Background(), w.author, NewThread{
			Forum: "essai", Category: []string{"idees", "questions", ""}[i%3], Kind: Kinds[i/3%3],
			Title: fmt.Sprintf("Fil numéro %d", i), Body: "Un texte.",
		})
		if err != nil {
			t.Fatal(err)
		}
		ids[i] = done.Thread
	}
	return ids
}

func TestACursorMissesAndRepeatsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.many(t, 2*ListSize+10)
	if _, err := w.Pin(context.Background(), w.moderator, ids[3]); err != nil {
		t.Fatal(err)
	}
	if _, err := w.HideThread(context.Background(), w.moderator, ids[5], "Hors sujet"); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		filter Filter
		keep   func(i int) bool
	}{
		{"all", Filter{}, func(int) bool { return true }},
		{"a category", Filter{Category: "idees"}, func(i int) bool { return i%3 == 0 }},
		{"a kind", Filter{Kind: Question}, func(i int) bool { return i/3%3 == 1 }},
		{"both", Filter{Category: "questions", Kind: Proposal}, func(i int) bool { return i%3 == 1 && i/3%3 == 2 }},
	}
	for _, tt := range tests {
		var want []models.ID
		if tt.keep(3) {
			want = append(want, ids[3]) // pinned: before all others
		}
		for i := len(ids) - 1; i >= 0; i-- {
			if i != 3 && i != 5 && tt.keep(i) {
				want = append(want, ids[i])
			}
		}
		var got []models.ID
		filter := tt.filter
		for {
			page, err := w.Threads(context.Background(), "essai", filter)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range append(page.Pinned, page.Rows...) {
				got = append(got, row.ID)
			}
			if page.Next == (Cursor{}) {
				break
			}
			filter.Before = ParseCursor(page.Next.String())
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s:\n got %v\nwant %v", tt.name, got, want)
		}
	}
}

func TestActivityMovesAThreadUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.many(t, 3)
	w.clock.Add(time.Minute)
	reply := w.replied(t, w.other, ids[0], "Oui.")
	order := func() (got []models.ID) {
		active, err := w.Active(context.Background(), 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range active {
			got = append(got, row.ID)
		}
		return got
	}
	if got := order(); fmt.Sprint(got) != fmt.Sprint([]models.ID{ids[0], ids[2], ids[1]}) {
		t.Errorf("after a reply %v", got)
	}
	if _, err := w.Delete(context.Background(), w.other, reply.Post); err != nil {
		t.Fatal(err)
	}
	if got := order(); fmt.Sprint(got) != fmt.Sprint([]models.ID{ids[2], ids[1], ids[0]}) {
		t.Errorf("after its deletion %v", got)
	}
	_, entries, err := w.Newest(context.Background(), "essai", 2)
	if err != nil || len(entries) != 2 || entries[0].ID != ids[2] || !strings.Contains(entries[0].HTML, "Un texte") {
		t.Errorf("newest %+v, %v", entries, err)
	}
	w.sound(t)
}

func TestUnknownPlaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, tt := range []struct {
		slug   string
		filter Filter
	}{{"ailleurs", Filter{}}, {"", Filter{}}, {"essai", Filter{Category: "ailleurs"}}, {"ESSAI", Filter{}}} {
		if _, err := w.Threads(context.Background(), tt.slug, tt.filter); models.Code(err) != "forum.unknown" {
			t.Errorf("%q %q: %v", tt.slug, tt.filter.Category, err)
		}
	}
	if page, err := w.Threads(context.Background(), "essai", Filter{}); err != nil || len(page.Rows) != 0 || page.Next != (Cursor{}) {
		t.Errorf("an empty forum: %+v, %v", page, err)
	}
	if _, err := w.Find(context.Background(), "ailleurs"); models.Code(err) != "forum.unknown" {
		t.Error(err)
	}
	if _, err := w.Post(context.Background(), w.moderator, 99); models.Code(err) != "forum.unknown_post" {
		t.Error(err)
	}
}

func TestParseCursor(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "-", "1-", "-1", "a-1", "1-a", "1-0", "01-1", "1-01", "1-1-1", "99999999999999999999-1", " 1-1", "9223372036854775807-1"} {
		if c := ParseCursor(s); c != (Cursor{}) {
			t.Errorf("%q is read as %v", s, c)
		}
	}
	c := Cursor{models.At(time.Date(2026, 11, 24, 13, 32, 0, 123456000, time.UTC)), 12}
	if got := ParseCursor(c.String()); got != c || c.String() != "1795527120123456-12" {
		t.Errorf("%v is read as %v", c, got)
	}
}

// TestListsFollowAnIndex asks SQLite how it reads each list: never the whole
// table, never sorted by hand.
func TestListsFollowAnIndex(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	queries := map[string]string{
		"threads_forum (forum_id=? AND pinned=?)":            "t.forum_id = 1 AND t.pinned = 1",
		"threads_forum (forum_id=? AND pinned=? AND last":    "t.forum_id = 1 AND (t.last_activity, t.id) < ('2026', 3) AND t.pinned = 0",
		"threads_kind (forum_id=? AND kind=? AND pinned=?)":  "t.forum_id = 1 AND t.kind = 'question' AND t.pinned = 0",
		"threads_category (category_id=? AND pinned=? AND l": "t.category_id = 1 AND (t.last_activity, t.id) < ('2026', 3) AND t.pinned = 0",
		"threads_active": "1 = 1",
	}
	for index, where := range queries {
		plan := w.plan(t, "SELECT "+rowColumns+" FROM threads t "+rowJoins+" WHERE t.hidden = 0 AND "+where+" ORDER BY t.last_activity DESC, t.id DESC LIMIT 26")
		if !strings.Contains(plan, index) || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s:\n%s", where, plan)
		}
	}
	plan := w.plan(t, "SELECT p.html FROM posts p JOIN accounts a ON a.id = p.author_id WHERE p.thread_id = 1 AND p.number BETWEEN 21 AND 40 ORDER BY p.number")
	if !strings.Contains(plan, "(thread_id=? AND number>? AND number<?)") || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("a page:\n%s", plan)
	}
	plan = w.plan(t, "SELECT last_activity FROM threads WHERE forum_id = 1 AND hidden = 0 AND pinned = 0 ORDER BY last_activity DESC, id DESC LIMIT 1")
	if !strings.Contains(plan, "threads_forum") || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("the last activity:\n%s", plan)
	}
}

func (w world) plan(t *testing.T, query string) string {
	t.Helper()
	var steps []struct{ Detail string }
	err := w.store.View(context.Background(), func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("EXPLAIN QUERY PLAN " + query).Scan(&steps).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, step := range steps {
		b.WriteString(step.Detail + "\n")
	}
	return b.String()
}
