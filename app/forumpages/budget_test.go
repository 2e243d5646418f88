package forumpages

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"passerelle/models/forum"
)

var inline = regexp.MustCompile(`(?i)<[^>]+\s(style|on[a-z]+)=|<script(?:[^>]*)></script>|<script>|javascript:`)

// TestAThreadOfTwentyPostsStaysLight counts what a browser has to hold and to
// load, as a moderator who gets every button and as a visitor.
func TestAThreadOfTwentyPostsStaysLight(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	author, moderator := p.logIn("Marie L."), p.moderator()
	author.opened()
	body := "> [Message n° 1](/messages/1)\n>\n> Publier tout.\n\nUn paragraphe **important**.\n\nD’accord avec cela."
	for i := range 19 {
		done, err := p.forums.Reply(context.Background(), author.who, forum.NewPost{Thread: 1, Body: fmt.Sprintf("%s %d", body, i)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.forums.Edit(context.Background(), author.who, forum.Edit{Post: done.Post, Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	for name, b := range map[string]*browser{"moderator": moderator, "visitor": p.visitor()} {
		b.open(thread).sees(200)
		if n := b.page.Find("*").Length(); n >= 900 {
			t.Errorf("%s: %d elements", name, n)
		}
		if n := b.page.Find("article.post").Length(); n != 20 {
			t.Errorf("%s: %d posts", name, n)
		}
		scripts := b.page.Find("script")
		if scripts.Length() != 1 || !strings.HasPrefix(scripts.AttrOr("src", ""), "/s/") {
			t.Errorf("%s: a script that is not the site's", name)
		}
		if found := inline.FindString(strings.ReplaceAll(b.body, "<script defer", "<x")); found != "" {
			t.Errorf("%s: inline code or style: %s", name, found)
		}
		seen := map[string]bool{}
		for _, node := range b.page.Find("[id]").Nodes {
			for _, attr := range node.Attr {
				if attr.Key == "id" && seen[attr.Val] {
					t.Errorf("%s: two elements are called %q", name, attr.Val)
				}
				if attr.Key == "id" {
					seen[attr.Val] = true
				}
			}
		}
	}
}
