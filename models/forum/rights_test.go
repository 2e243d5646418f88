package forum

import (
	"context"
	"errors"
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

// TestWhoMay tries every act as everybody on a thread in each state. The
// answers stand in the order of people.
func TestWhoMay(t *testing.T) {
	t.Parallel()
	const ok, login, unconfirmed = "", "account.log_in", "account.unconfirmed"
	acts := map[string]func(world, models.Actor, Posted) error{
		"reply": func(w world, by models.Actor, p Posted) error {
			_, err := w.Reply(context.Background(), by, NewPost{Thread: p.Thread, Body: "Oui."})
			return err
		},
		"edit": func(w world, by models.Actor, p Posted) error {
			_, err := w.Edit(context.Background(), by, Edit{Post: p.Post, Body: "Autrement dit."})
			return err
		},
		"delete": func(w world, by models.Actor, p Posted) error {
			_, err := w.Delete(context.Background(), by, p.Post)
			return err
		},
		"lock": func(w world, by models.Actor, p Posted) error {
			_, err := w.Lock(context.Background(), by, p.Thread, "")
			return err
		},
		"unlock": func(w world, by models.Actor, p Posted) error {
			_, err := w.Unlock(context.Background(), by, p.Thread)
			return err
		},
		"pin": func(w world, by models.Actor, p Posted) error {
			_, err := w.Pin(context.Background(), by, p.Thread)
			return err
		},
		"unpin": func(w world, by models.Actor, p Posted) error {
			_, err := w.Unpin(context.Background(), by, p.Thread)
			return err
		},
		"hide thread": func(w world, by models.Actor, p Posted) error {
			_, err := w.HideThread(context.Background(), by, p.Thread, "Hors sujet")
			return err
		},
		"restore thread": func(w world, by models.Actor, p Posted) error {
			_, err := w.RestoreThread(context.Background(), by, p.Thread)
			return err
		},
		"hide": func(w world, by models.Actor, p Posted) error {
			_, err := w.HidePost(context.Background(), by, p.Post, "Injures")
			return err
		},
		"restore": func(w world, by models.Actor, p Posted) error {
			_, err := w.RestorePost(context.Background(), by, p.Post)
			return err
		},
		"read": func(w world, by models.Actor, p Posted) error {
			_, err := w.Page(context.Background(), by, p.Thread, 1)
			return err
		},
		"versions": func(w world, by models.Actor, p Posted) error {
			_, _, err := w.Versions(context.Background(), by, p.Post)
			return err
		},
	}
	only := [5]string{login, unconfirmed, "forum.not_moderator", "forum.not_moderator", ok}
	everybody := [5]string{}
	tests := []struct {
		act, state string
		want       [5]string // visitor, newcomer, author, other, moderator
	}{
		{"reply", "", [5]string{login, unconfirmed, ok, ok, ok}},
		{"reply", "locked", [5]string{login, unconfirmed, "forum.locked", "forum.locked", "forum.locked"}},
		{"reply", "closed", [5]string{login, unconfirmed, "forum.closed", "forum.closed", "forum.closed"}},
		{"reply", "hidden thread", [5]string{login, unconfirmed, "forum.thread_hidden", "forum.unknown_thread", "forum.thread_hidden"}},
		{"edit", "", [5]string{login, unconfirmed, ok, "forum.not_author", "forum.not_author"}},
		{"edit", "locked", [5]string{login, unconfirmed, "forum.locked", "forum.not_author", "forum.not_author"}},
		{"edit", "closed", [5]string{login, unconfirmed, ok, "forum.not_author", "forum.not_author"}},
		{"edit", "hidden", [5]string{login, unconfirmed, "forum.post_hidden", "forum.unknown_post", "forum.unknown_post"}},
		{"edit", "hidden thread", [5]string{login, unconfirmed, "forum.thread_hidden", "forum.unknown_post", "forum.unknown_post"}},
		{"edit", "deleted", [5]string{login, unconfirmed, "forum.post_deleted", "forum.not_author", "forum.not_author"}},
		{"delete", "", [5]string{login, unconfirmed, ok, "forum.not_author", "forum.not_author"}},
		{"delete", "locked", [5]string{login, unconfirmed, "forum.locked", "forum.not_author", "forum.not_author"}},
		{"delete", "closed", [5]string{login, unconfirmed, ok, "forum.not_author", "forum.not_author"}},
		{"delete", "hidden", [5]string{login, unconfirmed, "forum.post_hidden", "forum.unknown_post", "forum.unknown_post"}},
		{"delete", "hidden thread", [5]string{login, unconfirmed, "forum.thread_hidden", "forum.unknown_post", "forum.unknown_post"}},
		{"delete", "deleted", [5]string{login, unconfirmed, ok, "forum.not_author", "forum.not_author"}},
		{"lock", "", only}, {"lock", "locked", only},
		{"unlock", "locked", only}, {"unlock", "", only},
		{"pin", "", only}, {"unpin", "", only},
		{"hide thread", "", only}, {"hide thread", "hidden thread", only},
		{"restore thread", "hidden thread", only}, {"restore thread", "", only},
		{"hide", "", only}, {"hide", "locked", only}, {"hide", "hidden", only},
		{"hide", "deleted", [5]string{login, unconfirmed, "forum.not_moderator", "forum.not_moderator", "forum.post_deleted"}},
		{"restore", "hidden", only}, {"restore", "", only},
		{"restore", "deleted", [5]string{login, unconfirmed, "forum.not_moderator", "forum.not_moderator", "forum.post_deleted"}},
		{"read", "", everybody}, {"read", "locked", everybody}, {"read", "closed", everybody}, {"read", "hidden", everybody},
		{"read", "hidden thread", [5]string{"forum.unknown_thread", "forum.unknown_thread", ok, "forum.unknown_thread", ok}},
		{"versions", "", everybody},
		{"versions", "hidden", [5]string{"forum.unknown_post", "forum.unknown_post", ok, "forum.unknown_post", ok}},
		{"versions", "deleted", [5]string{"forum.unknown_post", "forum.unknown_post", "forum.unknown_post", "forum.unknown_post", "forum.unknown_post"}},
	}
	w := newWorld(t)
	people := [5]models.Actor{visitor, w.newcomer, w.author, w.other, w.moderator}
	names := [5]string{"visitor", "newcomer", "author", "other", "moderator"}
	for _, tt := range tests {
		for i, by := range people {
			w.seed(t, false)
			post := w.opened(t)
			w.bring(t, post, tt.state)
			if got := models.Code(acts[tt.act](w, by, post)); got != tt.want[i] {
				t.Errorf("%s, thread %q, by the %s: got %q, want %q", tt.act, tt.state, names[i], got, tt.want[i])
			}
		}
	}
	w.sound(t)
}

// bring brings a thread of one post to a state.
func (w world) bring(t *testing.T, post Posted, state string) {
	t.Helper()
	ctx := context.Background()
	var err error
	switch state {
	case "locked":
		_, err = w.Lock(ctx, w.moderator, post.Thread, "Débat clos")
	case "closed":
		w.seed(t, true)
	case "hidden thread":
		_, err = w.HideThread(ctx, w.moderator, post.Thread, "Hors sujet")
	case "hidden":
		_, err = w.HidePost(ctx, w.moderator, post.Post, "Injures")
	case "deleted":
		_, err = w.Delete(ctx, w.author, post.Post)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAReasonIsRequired(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	post := w.opened(t)
	for _, reason := range []string{"", "  \n", string(make([]byte, 3)), string([]rune{'a', 0xFFFD})} {
		if _, err := w.HidePost(context.Background(), w.moderator, post.Post, reason); err == nil {
			t.Errorf("hidden for %q", reason)
		}
		if _, err := w.HideThread(context.Background(), w.moderator, post.Thread, reason); err == nil {
			t.Errorf("thread hidden for %q", reason)
		}
	}
	if page := w.page(t, visitor, post.Thread, 1); page.Posts[0].State != Visible {
		t.Error("a refused act hid the post")
	}
}

func TestAHiddenTextIsReadByItsAuthorAndModerators(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.opened(t)
	post := w.replied(t, w.other, first.Thread, "Des injures.")
	if _, err := w.HidePost(context.Background(), w.moderator, post.Post, "Injures"); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		by   models.Actor
		read bool
	}{
		"visitor": {visitor, false}, "newcomer": {w.newcomer, false}, "thread's author": {w.author, false},
		"author": {w.other, true}, "moderator": {w.moderator, true},
	} {
		shown := w.page(t, tt.by, first.Thread, 1).Posts[1]
		whole, err := w.Post(context.Background(), tt.by, post.Post)
		if err != nil {
			t.Fatal(err)
		}
		if read := shown.HTML != ""; read != tt.read || (whole.Markdown != "") != tt.read || (whole.HTML != "") != tt.read {
			t.Errorf("%s: page %q, post %q", name, shown.HTML, whole.Markdown)
		}
		if shown.State != Hidden || shown.HiddenReason != "Injures" || shown.Number != 2 {
			t.Errorf("%s sees %+v", name, shown)
		}
	}
	list, err := w.Threads(context.Background(), "essai", Filter{})
	if err != nil || list.Rows[0].Posts != 1 || list.Rows[0].Participants != 1 || list.Forum.Posts != 1 {
		t.Errorf("the list counts a hidden post: %+v, %v", list.Rows, err)
	}
	w.sound(t)
}

func TestWhatModeratorsHideStaysAsItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	post := w.replied(t, w.other, w.opened(t).Thread, "Des injures.")
	if _, err := w.HidePost(ctx, w.moderator, post.Post, "Injures"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Delete(ctx, w.other, post.Post); !errors.Is(err, ErrPostHidden) {
		t.Errorf("its author erases it: %v", err)
	}
	if _, err := w.Edit(ctx, w.other, Edit{Post: post.Post, Body: "Des compliments."}); !errors.Is(err, ErrPostHidden) {
		t.Errorf("its author changes it: %v", err)
	}
	if whole, err := w.Post(ctx, w.moderator, post.Post); err != nil || whole.Markdown != "Des injures." {
		t.Errorf("a moderator reads %q, %v", whole.Markdown, err)
	}
	if _, err := w.RestorePost(ctx, w.moderator, post.Post); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Delete(ctx, w.other, post.Post); err != nil {
		t.Errorf("restored, its author may not erase it: %v", err)
	}
	w.sound(t)
}

func TestAHiddenThreadIsNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	first := w.opened(t)
	reply := w.replied(t, w.other, first.Thread, "Une réponse.")
	if _, err := w.HideThread(ctx, w.moderator, first.Thread, "Publicité"); err != nil {
		t.Fatal(err)
	}
	list, err := w.Threads(ctx, "essai", Filter{})
	if err != nil || len(list.Rows) != 0 || list.Forum.Threads != 0 || list.Forum.Posts != 0 || !list.Forum.LastActivity.IsZero() || list.Forum.Categories[0].Threads != 0 {
		t.Errorf("the forum shows it: %+v, %v", list, err)
	}
	if active, err := w.Active(ctx, 10); err != nil || len(active) != 0 {
		t.Errorf("the active threads show it: %v, %v", active, err)
	}
	if _, entries, err := w.Newest(ctx, "essai", 10); err != nil || len(entries) != 0 {
		t.Errorf("the feed shows it: %v, %v", entries, err)
	}
	if _, err := w.Post(ctx, visitor, reply.Post); !errors.Is(err, ErrUnknownPost) {
		t.Errorf("a visitor reads its post: %v", err)
	}
	if whole, err := w.Post(ctx, w.other, reply.Post); err != nil || whole.Markdown == "" {
		t.Errorf("the author of a reply lost it: %v", err)
	}
	if _, err := w.Delete(ctx, w.other, reply.Post); !errors.Is(err, ErrThreadHidden) {
		t.Errorf("and may erase what moderators judge: %v", err)
	}
	lines, _, err := w.Log(ctx, 0)
	if err != nil || len(lines) != 1 || lines[0].Title != "" || lines[0].Slug != "" || lines[0].Reason != "Publicité" {
		t.Errorf("the log shows %+v, %v", lines, err)
	}
	if _, err := w.RestoreThread(ctx, w.moderator, first.Thread); err != nil {
		t.Fatal(err)
	}
	if list, err = w.Threads(ctx, "essai", Filter{}); err != nil || len(list.Rows) != 1 || list.Forum.Posts != 2 {
		t.Errorf("restored, the forum shows %+v, %v", list, err)
	}
	w.sound(t)
}

func TestTheSystemMayActAsAModerator(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	post := w.opened(t)
	if _, err := w.HidePost(context.Background(), models.System, post.Post, "Publicité"); err != nil {
		t.Error(err)
	}
	deleted := modelstest.Person(t, w.store, "partie")
	w.exec(t, "UPDATE accounts SET deleted_at = created_at WHERE id = ?", deleted.ID)
	if _, err := w.Reply(context.Background(), deleted, NewPost{Thread: post.Thread, Body: "Encore là."}); models.Code(err) != "account.log_in" {
		t.Errorf("a deleted account writes: %v", err)
	}
}
