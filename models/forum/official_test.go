package forum

import (
	"context"
	"strings"
	"testing"

	"passerelle/models"
)

func TestOfficialAnswers(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	const name = "Préfecture de démonstration"
	w := newWorld(t)
	w.exec(t, "UPDATE accounts SET agent = 1 WHERE id IN (?, ?)", w.other.ID, w.moderator.ID)
	opened := w.opened(t)
	answer := w.replied(t, w.other, opened.Thread, "Nous le ferons.")
	personal := w.replied(t, w.author, opened.Thread, "Merci !")
	own := w.replied(t, w.moderator, opened.Thread, "Moi aussi.")
	hidden := w.replied(t, w.other, opened.Thread, "Masqué.")
	if _, err := w.HidePost(ctx, w.moderator, hidden.Post, "Hors sujet"); err != nil {
		t.Fatal(err)
	}
	deleted := w.replied(t, w.other, opened.Thread, "Supprimé.")
	if _, err := w.Delete(ctx, w.other, deleted.Post); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name        string
		by          models.Actor
		post        models.ID
		institution string
		want        string
	}{
		{"a visitor", visitor, answer.Post, name, "account.log_in"},
		{"its author", w.other, answer.Post, name, "forum.not_moderator"},
		{"the opening post", w.moderator, opened.Post, name, "forum.no_answer"},
		{"of somebody who is no agent", w.moderator, personal.Post, name, "forum.not_agent"},
		{"one's own", w.moderator, own.Post, name, "forum.own_official"},
		{"a hidden one", w.moderator, hidden.Post, name, "forum.post_hidden"},
		{"a deleted one", w.moderator, deleted.Post, name, "forum.post_deleted"},
		{"none", w.moderator, 99, name, "forum.unknown_post"},
		{"of nobody", w.moderator, answer.Post, "  ", "text.required"},
		{"of too long a name", w.moderator, answer.Post, strings.Repeat("a", MaxInstitution+1), "text.long"},
		{"of an institution", w.moderator, answer.Post, " Préfecture  de démonstration", ""},
		{"again", w.moderator, answer.Post, name, ""},
	} {
		_, err := w.MakeOfficial(ctx, tt.by, tt.post, tt.institution)
		if got := models.Code(err); !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	if p := w.page(t, visitor, opened.Thread, 1); p.Posts[1].Official != name || p.Posts[2].Official != "" || p.Thread.Official != 2 {
		t.Errorf("official are %q and %q, the first is number %d", p.Posts[1].Official, p.Posts[2].Official, p.Thread.Official)
	}
	lines, _, err := w.Log(ctx, 0)
	if err != nil || lines[0].Act != "post.official" || lines[0].Reason != name || lines[0].Number != 2 {
		t.Errorf("the log says %+v, %v", lines[0], err)
	}

	// What nobody vouched for is not official: an edit and a hiding end it, each in its way.
	if _, err := w.HidePost(ctx, w.moderator, answer.Post, "À vérifier"); err != nil {
		t.Fatal(err)
	}
	if p := w.page(t, visitor, opened.Thread, 1); p.Thread.Official != 0 {
		t.Error("a hidden answer is shown as official")
	}
	if _, err := w.RestorePost(ctx, w.moderator, answer.Post); err != nil {
		t.Fatal(err)
	}
	if p := w.page(t, visitor, opened.Thread, 1); p.Thread.Official != 2 {
		t.Error("a restored answer is not official again")
	}
	if _, err := w.Edit(ctx, w.other, Edit{Post: answer.Post, Body: "Nous ne le ferons pas."}); err != nil {
		t.Fatal(err)
	}
	if p := w.page(t, visitor, opened.Thread, 1); p.Posts[1].Official != "" || p.Thread.Official != 0 {
		t.Error("an edited answer is still official")
	}
	before := w.store.Head()
	for range 2 {
		if _, err := w.MakeOfficial(ctx, w.moderator, answer.Post, name); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if _, err := w.MakePersonal(ctx, w.moderator, answer.Post); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.kinds(t, before); got != "post.official post.personal" {
		t.Errorf("recorded %s", got)
	}
	if _, err := w.MakeOfficial(ctx, w.moderator, answer.Post, name); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Delete(ctx, w.other, answer.Post); err != nil {
		t.Errorf("an official answer cannot be deleted: %v", err)
	}
	w.sound(t)
}
