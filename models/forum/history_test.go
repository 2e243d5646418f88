package forum

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"passerelle/models"
	"passerelle/models/modelstest"
)

func TestAnEditLeavesATrace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	first := w.opened(t)
	before := w.store.Head()
	for i, body := range []string{"Deuxième *texte*.", "Deuxième *texte*.", "## Un titre\n\nTroisième."} {
		w.clock.Add(time.Hour)
		version := w.page(t, visitor, first.Thread, 1).Posts[0].Edits
		if _, err := w.Edit(ctx, w.author, Edit{Post: first.Post, Version: version, Body: body}); err != nil {
			t.Fatalf("edit %d: %v", i, err)
		}
	}
	if got := w.kinds(t, before); got != "post.edited post.edited" {
		t.Errorf("feed %q: the same text is no edit", got)
	}
	whole, versions, err := w.Versions(ctx, visitor, first.Post)
	if err != nil || len(versions) != 3 {
		t.Fatalf("versions %v, %v", versions, err)
	}
	for i, want := range []struct {
		version int64
		html    string
		after   time.Duration
	}{
		{2, `id="v2-un-titre"`, 3 * time.Hour}, {1, "<em>texte</em>", time.Hour}, {0, "<strong>seul</strong>", 0},
	} {
		got := versions[i]
		if got.Version != want.version || !strings.Contains(got.HTML, want.html) || !got.WrittenAt.Equal(modelstest.Start.Add(want.after)) {
			t.Errorf("version %+v, want %+v", got, want)
		}
	}
	if whole.Edits != 2 || !whole.EditedAt.Equal(modelstest.Start.Add(3*time.Hour)) || !whole.CreatedAt.Equal(modelstest.Start) {
		t.Errorf("post %+v", whole.Post)
	}
	w.sound(t)
}

// secret stands in a text that is deleted; nothing of it may stay.
const secret = "Zxqvjkwombat"

func TestADeletedTextIsErasedWithItsHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	first := w.opened(t)
	post := w.replied(t, w.other, first.Thread, "Le mot "+secret+".")
	for version, body := range []string{"Encore " + secret, "Toujours " + secret} {
		if _, err := w.Edit(ctx, w.other, Edit{Post: post.Post, Version: int64(version), Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	if !w.holds(t, secret) {
		t.Fatal("the search for the secret finds nothing before it is deleted")
	}
	done, err := w.Delete(ctx, w.other, post.Post)
	if err != nil || done.Number != 2 || done.Post != post.Post {
		t.Errorf("deleted %+v, %v", done, err)
	}
	if w.holds(t, secret) {
		t.Error("some table still holds the text")
	}
	w.sound(t)
}

// holds tells whether any text column of any table holds the words.
func (w world) holds(t *testing.T, words string) (found bool) {
	t.Helper()
	err := w.store.View(context.Background(), func(_ context.Context, tx *models.Tx) error {
		var columns []struct{ Tbl, Col string }
		err := tx.DB.Raw(`SELECT m.name AS tbl, c.name AS col FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`).
			Scan(&columns).Error
		for _, c := range columns {
			var n int
			if err := tx.DB.Raw(`SELECT count(*) FROM "`+c.Tbl+`" WHERE CAST("`+c.Col+`" AS TEXT) LIKE ?`, "%"+words+"%").Scan(&n).Error; err != nil {
				return err
			}
			found = found || n > 0
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheLogNamesNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	first := w.opened(t)
	post := w.replied(t, w.other, first.Thread, "Des injures.")
	acts := []func() (Posted, error){
		func() (Posted, error) { return w.HidePost(ctx, w.moderator, post.Post, "Injures") },
		func() (Posted, error) { return w.HidePost(ctx, w.moderator, post.Post, "Injures, encore") },
		func() (Posted, error) { return w.RestorePost(ctx, w.moderator, post.Post) },
		func() (Posted, error) { return w.Pin(ctx, w.moderator, first.Thread) },
		func() (Posted, error) { return w.Unpin(ctx, w.moderator, first.Thread) },
		func() (Posted, error) { return w.Lock(ctx, w.moderator, first.Thread, "Débat clos") },
		func() (Posted, error) { return w.Unlock(ctx, w.moderator, first.Thread) },
		func() (Posted, error) { return w.HideThread(ctx, w.moderator, first.Thread, "Publicité") },
		func() (Posted, error) { return w.RestoreThread(ctx, w.moderator, first.Thread) },
	}
	before := w.store.Head()
	for _, act := range acts {
		if _, err := act(); err != nil {
			t.Fatal(err)
		}
	}
	const want = "post.hidden post.restored thread.pinned thread.unpinned thread.locked thread.unlocked thread.hidden thread.restored"
	if got := w.kinds(t, before); got != want {
		t.Errorf("feed %q, want %q", got, want)
	}
	lines, next, err := w.Log(ctx, 0)
	if err != nil || next != 0 {
		t.Fatal(err, next)
	}
	var logged []string
	for i := len(lines) - 1; i >= 0; i-- {
		logged = append(logged, lines[i].Act)
	}
	if got := strings.Join(logged, " "); got != want {
		t.Errorf("log %q, want %q", got, want)
	}
	if hidden := lines[len(lines)-1]; hidden.Post != post.Post || hidden.Number != 2 || hidden.Reason != "Injures" || hidden.Title == "" {
		t.Errorf("first line %+v", hidden)
	}
	var columns []string
	err = w.store.View(ctx, func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT name FROM pragma_table_info('moderation_log')").Scan(&columns).Error
	})
	if err != nil || strings.Join(columns, " ") != "id at act forum_id thread_id post_id number reason" {
		t.Errorf("the log keeps %v (%v)", columns, err)
	}
}

func TestTheLogIsReadByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.opened(t)
	for range LogSize {
		for _, act := range []func(context.Context, models.Actor, models.ID) (Posted, error){w.Pin, w.Unpin} {
			if _, err := act(context.Background(), w.moderator, first.Thread); err != nil {
				t.Fatal(err)
			}
		}
	}
	seen := map[models.ID]bool{}
	pages := 0
	for before := models.ID(0); ; pages++ {
		lines, next, err := w.Log(context.Background(), before)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			seen[line.ID] = true
		}
		if next == 0 {
			break
		}
		before = next
	}
	if len(seen) != 2*LogSize || pages != 1 {
		t.Errorf("%d lines on %d pages more", len(seen), pages)
	}
}

func TestAQuoteLinksAndNamesNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	first := w.opened(t)
	post := w.replied(t, w.other, first.Thread, "> Déjà cité.\n\nUn avis\nsur deux lignes.\n\n- un point\n\n\n\nLa fin.")
	whole, err := w.Post(ctx, visitor, post.Post)
	if err != nil {
		t.Fatal(err)
	}
	want := "> [Message n°\u00a02](/messages/" + post.Post.String() + ")\n>\n> Un avis\n> sur deux lignes.\n>\n> - un point\n>\n> La fin.\n\n"
	if got := whole.Quote(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	reply := w.replied(t, w.author, first.Thread, whole.Quote()+"Bien dit. Voir aussi [là](/messages/999999).")
	var quotes string
	err = w.store.View(ctx, func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT quotes FROM posts WHERE id = ?", reply.Post).Scan(&quotes).Error
	})
	if err != nil || quotes != "["+post.Post.String()+"]" {
		t.Errorf("quotes %s, %v", quotes, err)
	}
	if html := w.page(t, visitor, first.Thread, 1).Posts[2].HTML; !strings.Contains(html, `<a href="/messages/`+post.Post.String()+`">`) {
		t.Errorf("the quote is shown as %s", html)
	}
}

func TestAnchorsBearTheNumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.opened(t)
	const body = "## Pourquoi\n\nUne note[^1], et du texte : \"m0-pourquoi.\n\n[^1]: La voici."
	w.replied(t, w.other, first.Thread, body)
	w.replied(t, w.other, first.Thread, body)
	page := w.page(t, visitor, first.Thread, 1)
	for _, post := range page.Posts[1:] {
		prefix := prefixOf(post.Number)
		for _, want := range []string{`id="` + prefix + "pourquoi\"", `href="#` + prefix + "fn:1\"", `id="` + prefix + "fn:1\"", "m0-pourquoi."} {
			if !strings.Contains(post.HTML, want) {
				t.Errorf("post %d lacks %s: %s", post.Number, want, post.HTML)
			}
		}
	}
}

func TestAuthorsAsThePublicSeesThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.opened(t)
	w.replied(t, w.other, first.Thread, "Oui.")
	w.replied(t, w.moderator, first.Thread, "Non.")
	w.exec(t, "UPDATE accounts SET agent = 1, email = 'autrice@ville.gouv.fr' WHERE id = ?", w.author.ID)
	w.exec(t, "UPDATE accounts SET email = '', name = '', deleted_at = created_at WHERE id = ?", w.other.ID)
	page := w.page(t, visitor, first.Thread, 1)
	for i, want := range []Author{
		{ID: w.author.ID, Name: "autrice", Agent: true, Domain: "ville.gouv.fr"},
		{ID: w.other.ID, Deleted: true},
		{ID: w.moderator.ID, Name: "moderateur"},
	} {
		if got := page.Posts[i].Author; got != want {
			t.Errorf("author %+v, want %+v", got, want)
		}
	}
}

func TestThePreviewIsWhatIsPublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	html, err := w.Preview(ctx, w.author, "Un **seul** format.\r\n")
	if err != nil {
		t.Fatal(err)
	}
	first := w.opened(t)
	if shown := w.page(t, visitor, first.Thread, 1).Posts[0].HTML; shown != html {
		t.Errorf("preview %q, published %q", html, shown)
	}
	for by, want := range map[models.Actor]string{visitor: "account.log_in", w.newcomer: "account.unconfirmed"} {
		if _, err := w.Preview(ctx, by, "Texte."); models.Code(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := w.Preview(ctx, w.author, ""); models.Code(err) != "text.required" {
		t.Errorf("an empty text: %v", err)
	}
}

func TestReadSeedsOfTheDemonstration(t *testing.T) {
	t.Parallel()
	file, err := os.Open(filepath.Join("..", "..", "content", "demo", "forums.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	seeds, err := ReadSeeds(file)
	if err != nil || len(seeds) != 3 {
		t.Fatalf("%d forums, %v", len(seeds), err)
	}
	for _, bad := range []string{
		"forums:\n  - slug: Majuscule\n    title: Oui\n", "forums:\n  - slug: a\n", "forums:\n  - slug: a\n    titre: b\n", "forum: x\n", "",
	} {
		if _, err := ReadSeeds(strings.NewReader(bad)); err == nil {
			t.Errorf("read %q", bad)
		}
	}
	w := newWorld(t)
	for range 2 {
		before := w.store.Head()
		if err := w.SeedForums(context.Background(), seeds); err != nil {
			t.Fatal(err)
		}
		if forums, err := w.List(context.Background()); err != nil || len(forums) != 4 {
			t.Errorf("%d forums, %v", len(forums), err)
		}
		if w.store.Head() == before {
			return
		}
	}
	t.Error("seeding twice wrote twice")
}
