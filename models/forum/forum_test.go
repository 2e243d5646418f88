package forum

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

// world is a forum with the people of a test.
type world struct {
	*Forums
	store     *models.Store
	clock     *modelstest.Clock
	author    models.Actor
	other     models.Actor
	moderator models.Actor
	newcomer  models.Actor // has not confirmed their address
}

var visitor models.Actor

// newWorld has one open forum, "essai", with the category "idees".
func newWorld(t testing.TB) world {
	t.Helper()
	store, clock := modelstest.Open(t)
	w := world{
		Forums: New(store, newcomers(t)), store: store, clock: clock,
		author: modelstest.Person(t, store, "autrice"), other: modelstest.Person(t, store, "autre"),
		moderator: modelstest.Person(t, store, "moderateur"), newcomer: modelstest.Person(t, store, "nouveau"),
	}
	modelstest.Grant(t, store, w.moderator, models.Moderator, 0)
	w.exec(t, "UPDATE accounts SET confirmed_at = NULL WHERE id = ?", w.newcomer.ID)
	w.seed(t, false)
	return w
}

// newcomers makes the authors of imports as models/account does.
func newcomers(t testing.TB) Authors {
	return func(ctx context.Context, tx *models.Tx, name string) (id models.ID, err error) {
		t.Helper()
		err = tx.DB.Raw("SELECT id FROM accounts WHERE imported = ?", name).Scan(&id).Error
		if err == nil && id == 0 {
			err = tx.DB.Raw("INSERT INTO accounts (name, imported, created_at) VALUES (?, ?, ?) RETURNING id", name, name, tx.Now).Scan(&id).Error
		}
		return id, err
	}
}

func (w world) seed(t testing.TB, closed bool) {
	t.Helper()
	err := w.SeedForums(context.Background(), []Seed{{
		Slug: "essai", Title: "Essai", Lead: "Pour voir.", Position: 1, Closed: closed,
		Categories: []SeedCategory{{"idees", "Idées"}, {"questions", "Questions"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func (w world) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	err := w.store.Update(context.Background(), func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Exec(query, args...).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// opened is a thread of w.author with one post.
func (w world) opened(t testing.TB) Posted {
	t.Helper()
	done, err := w.Open(context.Background(), w.author, NewThread{
		Forum: "essai", Category: "idees", Kind: Proposal, Title: "Publier les marchés", Body: "Un **seul** format.",
	})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func (w world) replied(t testing.TB, by models.Actor, thread models.ID, body string) Posted {
	t.Helper()
	done, err := w.Reply(context.Background(), by, NewPost{Thread: thread, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func (w world) page(t testing.TB, by models.Actor, thread models.ID, number int) Page {
	t.Helper()
	page, err := w.Page(context.Background(), by, thread, number)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// sound fails the test when a counter differs from what it counts.
func (w world) sound(t testing.TB) {
	t.Helper()
	faults, err := w.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

// kinds lists the changes since a position.
func (w world) kinds(t testing.TB, after int64) string {
	t.Helper()
	var kinds []string
	err := w.store.View(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		changes, err := tx.Changes(ctx, after, 1000)
		for _, c := range changes {
			kinds = append(kinds, c.Kind)
			if c.Noun() != "forum" && (c.About().ID("thread") == 0 || c.About().ID("forum") == 0) {
				t.Errorf("%s does not say where: %s", c.Kind, c.Payload)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(kinds, " ")
}

func TestAThreadIsADebate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.store.Head()
	first := w.opened(t)
	w.replied(t, w.other, first.Thread, "D’accord.")
	last := w.replied(t, w.author, first.Thread, "Merci.")
	if first.Number != 1 || last.Number != 3 || first.Slug != "publier-les-marches" {
		t.Errorf("first %+v, last %+v", first, last)
	}
	if got, want := w.kinds(t, before), "thread.opened post.created post.created post.created"; got != want {
		t.Errorf("feed %q, want %q", got, want)
	}
	page := w.page(t, visitor, first.Thread, 1)
	if page.Thread.Posts != 3 || page.Thread.Participants != 2 || page.Pages != 1 || len(page.Posts) != 3 {
		t.Errorf("page %+v", page.Thread)
	}
	if html := page.Posts[0].HTML; !strings.Contains(html, "<strong>seul</strong>") {
		t.Errorf("first post %q", html)
	}
	list, err := w.Threads(context.Background(), "essai", Filter{})
	if err != nil || len(list.Rows) != 1 || list.Forum.Threads != 1 || list.Forum.Posts != 3 || list.Forum.Categories[0].Threads != 1 {
		t.Errorf("list %+v, %v", list, err)
	}
	w.sound(t)
}

func TestWhatIsTypedIsChecked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ok := NewThread{Forum: "essai", Kind: Discussion, Title: "Un titre", Body: "Un texte."}
	tests := []struct {
		name string
		edit func(*NewThread)
		want string
	}{
		{"as it should be", func(*NewThread) {}, ""},
		{"nothing at all", func(n *NewThread) { *n = NewThread{Forum: "essai"} }, "text.required forum.kind text.required"},
		{"a title of four letters", func(n *NewThread) { n.Title = "Quoi" }, "text.short"},
		{"a title of five letters", func(n *NewThread) { n.Title = "Quoi ?"[:5] }, "text.short"}, // the space at its end does not count
		{"a title of 150 letters", func(n *NewThread) { n.Title = strings.Repeat("é", 150) }, ""},
		{"a title of 151 letters", func(n *NewThread) { n.Title = strings.Repeat("é", 151) }, "text.long"},
		{"a title on two lines", func(n *NewThread) { n.Title = "Un titre\nlong" }, ""},
		{"a title with NUL", func(n *NewThread) { n.Title = "Un titre\x00" }, "text.unreadable"},
		{"a title of no encoding", func(n *NewThread) { n.Title = "Un titre \xff" }, "text.unreadable"},
		{"another kind", func(n *NewThread) { n.Kind = "rant" }, "forum.kind"},
		{"another forum", func(n *NewThread) { n.Forum = "ailleurs" }, "forum.unknown"},
		{"another category", func(n *NewThread) { n.Category = "ailleurs" }, "forum.category"},
		{"a text of blanks", func(n *NewThread) { n.Body = " \r\n\t\n " }, "text.required"},
		{"20 000 bytes", func(n *NewThread) { n.Body = strings.Repeat("mot ", 4999) + "mots" }, ""},
		{"20 001 bytes", func(n *NewThread) { n.Body = strings.Repeat("mot ", 4999) + "motsx" }, "text.long"},
		{"20 001 bytes, fewer letters", func(n *NewThread) { n.Body = strings.Repeat("é", 10_000) + "x" }, "forum.too_long"},
		{"a text with NUL", func(n *NewThread) { n.Body = "Un\x00texte" }, "text.unreadable"},
		{"ten quotes deep", func(n *NewThread) { n.Body = strings.Repeat(">", 10) + " oui" }, ""},
		{"eleven quotes deep", func(n *NewThread) { n.Body = strings.Repeat(">", 11) + " oui" }, "forum.too_deep"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := ok
			tt.edit(&n)
			before := w.store.Head()
			_, err := w.Open(context.Background(), w.author, n)
			if got := models.Code(err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if (w.store.Head() == before) != (err != nil) {
				t.Errorf("written: %v, refused: %v", w.store.Head() != before, err)
			}
		})
	}
	w.sound(t)
}

func TestAPageIsARangeOfNumbers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.opened(t)
	for i := 2; i <= 41; i++ {
		w.replied(t, w.other, first.Thread, fmt.Sprintf("Message %d.", i))
	}
	gone := w.page(t, visitor, first.Thread, 2).Posts[4] // number 25
	if _, err := w.Delete(context.Background(), w.other, gone.ID); err != nil {
		t.Fatal(err)
	}
	for number, want := range map[int][2]int64{1: {1, 20}, 2: {21, 40}, 3: {41, 41}} {
		page := w.page(t, visitor, first.Thread, number)
		got := [2]int64{page.Posts[0].Number, page.Posts[len(page.Posts)-1].Number}
		if got != want || page.Pages != 3 {
			t.Errorf("page %d of %d holds %v, want %v", number, page.Pages, got, want)
		}
	}
	if tomb := w.page(t, visitor, first.Thread, 2).Posts[4]; tomb.ID != gone.ID || tomb.Number != 25 || tomb.State != Deleted || tomb.HTML != "" {
		t.Errorf("the tombstone is %+v", tomb)
	}
	for _, number := range []int{-1, 0, 4} {
		if _, err := w.Page(context.Background(), visitor, first.Thread, number); models.Code(err) != "forum.unknown_thread" {
			t.Errorf("page %d: %v", number, err)
		}
	}
	for number, want := range map[int64]int{1: 1, 20: 1, 21: 2, 40: 2, 41: 3} {
		if got := PageOf(number); got != want {
			t.Errorf("number %d is on page %d, want %d", number, got, want)
		}
	}
	w.sound(t)
}
