package forum

import (
	"context"
	"strings"
	"testing"
)

func TestAQuoteNamesItsAuthorByTheirPresentName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	first := w.opened(t)
	post, err := w.Post(ctx, w.other, first.Post)
	if err != nil {
		t.Fatal(err)
	}
	written := post.Quote() + "D’accord."
	if strings.Contains(written, "autrice") {
		t.Errorf("the text names its author: %q", written)
	}
	reply := w.replied(t, w.other, first.Thread, written)
	tests := []struct {
		name string
		do   func()
		want string
	}{
		{"as they are called", func() {}, `<a href="/messages/1">autrice, message n°` + "\u00a0" + `1</a>`},
		{"as they are called now", func() {
			w.exec(t, "UPDATE accounts SET name = ? WHERE id = ?", `<i>Marie & "Luc"</i>`, w.author.ID)
		}, `<a href="/messages/1">&lt;i&gt;Marie &amp; &#34;Luc&#34;&lt;/i&gt;, message n°` + "\u00a0" + `1</a>`},
		{"gone", func() {
			w.exec(t, "UPDATE accounts SET name = '', email = '', deleted_at = created_at WHERE id = ?", w.author.ID)
		}, `<a href="/messages/1">Compte supprimé, message n°` + "\u00a0" + `1</a>`},
		{"hidden", func() {
			if _, err := w.HidePost(ctx, w.moderator, first.Post, "Injures"); err != nil {
				t.Fatal(err)
			}
		}, `<a href="/messages/1">Message n°` + "\u00a0" + `1</a>`},
	}
	for _, tt := range tests {
		tt.do()
		shown := w.page(t, visitor, first.Thread, 1).Posts[1]
		if !strings.Contains(shown.HTML, tt.want) {
			t.Errorf("%s: the page shows %s", tt.name, shown.HTML)
		}
		if len(shown.Cites) != 1 || shown.Cites[0].Post != first.Post {
			t.Errorf("%s: the page does not say what it depends on: %+v", tt.name, shown.Cites)
		}
		preview, err := w.Preview(ctx, w.other, written)
		if err != nil || !strings.Contains(preview, tt.want) {
			t.Errorf("%s: the preview shows %s, %v", tt.name, preview, err)
		}
		_, versions, err := w.Versions(ctx, visitor, reply.Post)
		if err != nil || !strings.Contains(versions[0].HTML, tt.want) {
			t.Errorf("%s: its versions show %+v, %v", tt.name, versions, err)
		}
	}
	if kept, err := w.Post(ctx, w.other, reply.Post); err != nil || !strings.Contains(kept.Markdown, "[Message n°\u00a01](/messages/1)") {
		t.Errorf("the text is kept as %q, %v", kept.Markdown, err)
	}
	if _, err := w.RestorePost(ctx, w.moderator, first.Post); err != nil {
		t.Fatal(err)
	}
	if _, err := w.HideThread(ctx, w.moderator, first.Thread, "Publicité"); err != nil {
		t.Fatal(err)
	}
	elsewhere, err := w.Open(ctx, w.other, NewThread{Forum: "essai", Kind: Discussion, Title: "Un autre fil", Body: written})
	if err != nil {
		t.Fatal(err)
	}
	if shown := w.page(t, visitor, elsewhere.Thread, 1).Posts[0]; strings.Contains(shown.HTML, "Compte supprimé") {
		t.Errorf("a post of a hidden thread is named: %s", shown.HTML)
	}
	if _, err := w.Reply(ctx, w.other, NewPost{Thread: elsewhere.Thread, Body: strings.Repeat("[Message n° 9](/messages/999)\n", 400)}); err != nil {
		t.Fatal(err)
	}
	if shown := w.page(t, visitor, elsewhere.Thread, 1); len(shown.Posts) != 2 {
		t.Errorf("a post full of quotes of nothing: %+v", shown.Posts)
	}
}
