package content

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

var fuzzSeeds = []string{
	"# L'école\n\n> cité\n\n|a|b|\n|-|:-:|\n|c|d|\n",
	"[a](javascript:alert(1)) [b](data:text/html,x) ![c](//x) <https://a.example>",
	"<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> <a href='javascript:x'>",
	`<span lang="en">open **data</span>** <span lang="en" onclick="x">a</span>`,
	"a[^1] b[^1]\n\n[^1]: x[^1]\n\n- [x] fait\n- [ ] non",
	"[![a](b)](c) ![a [b](http://c)](http://d) [a [b](http://c)](http://d)",
	"**a *b ~~c** d~~* `e` ``\n\n```html\n<b>\n```\n",
	"javascript:alert(1) JaVaScRiPt&colon;alert(1) [x](java\nscript:alert(1)) [x](&#106;avascript:a)",
	"[x]: javascript:alert(1)\n\n[x] [^x]\n\n[^x]: <b>\n    - a\n\n1. a\n   > b",
	"a {style=x} # T {#id onclick=x style=\"a\"}\n===\n",
	"\xff\xfe\x00l'\u202e a ; b",
}

func FuzzRenderPost(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		got, err := RenderPost(src, "m1-")
		if err != nil {
			return
		}
		checkSafe(t, src, got)
		again, _ := RenderPost(src, "m1-")
		if again.HTML != got.HTML || again.Text != got.Text {
			t.Errorf("two renderings of %q differ", src)
		}
		for _, bad := range []string{"<img", "<h1", "<h2"} {
			if strings.Contains(got.HTML, bad) {
				t.Errorf("a post holds %s: %q", bad, src)
			}
		}
	})
}

func FuzzRenderPage(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > MaxPost || tooDeep(src) {
			return
		}
		checkSafe(t, src, RenderPage(src))
	})
}

var void = []string{"br", "hr", "img", "input"}

// checkSafe reads the HTML as a browser does and looks for what may never be.
func checkSafe(t *testing.T, src string, got Rendered) {
	t.Helper()
	if !utf8.ValidString(got.HTML) || !utf8.ValidString(got.Text) {
		t.Errorf("%q gives invalid UTF-8", src)
	}
	var open []string
	seen := map[string]bool{}
	tokens := html.NewTokenizer(strings.NewReader(got.HTML))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%q leaves %v open in %q", src, open, got.HTML)
			}
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("%q gives a comment or doctype: %q", src, got.HTML)
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("%q closes %s within %v: %q", src, name, open, got.HTML)
			}
			open = open[:len(open)-1]
		case html.StartTagToken:
			tag := tokens.Token()
			checkTag(t, src, tag)
			if tag.Data == "a" && slices.Contains(open, "a") {
				t.Errorf("%q gives a link in a link: %q", src, got.HTML)
			}
			if !slices.Contains(void, tag.Data) {
				open = append(open, tag.Data)
			}
			for _, a := range tag.Attr {
				if a.Key == "id" && seen[a.Val] {
					t.Errorf("%q gives the anchor %q twice", src, a.Val)
				} else if a.Key == "id" {
					seen[a.Val] = true
				}
			}
		}
	}
}

var allowedTags = strings.Fields("p br hr strong em del code pre blockquote ul ol li table thead tbody tr th td " +
	"sup div span h2 h3 h4 h5 h6 a img input")

func checkTag(t *testing.T, src string, tag html.Token) {
	t.Helper()
	if !slices.Contains(allowedTags, tag.Data) {
		t.Errorf("%q gives <%s>", src, tag.Data)
	}
	for _, a := range tag.Attr {
		value := strings.ToLower(strings.TrimSpace(a.Val))
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcset", a.Key == "target":
			t.Errorf("%q gives the attribute %s", src, a.Key)
		case a.Key == "src" && (!strings.HasPrefix(value, "/") || strings.HasPrefix(value, "//")):
			t.Errorf("%q loads %q", src, a.Val)
		case a.Key == "href":
			ok := strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://") ||
				strings.HasPrefix(value, "mailto:") || strings.HasPrefix(value, "#") || strings.HasPrefix(value, "?") ||
				strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "//") && !strings.HasPrefix(value, `/\`)
			if !ok {
				t.Errorf("%q links to %q", src, a.Val)
			}
		}
	}
}

func BenchmarkRenderPost(b *testing.B) {
	paragraph := "Nous avons essayé l'accueil partagé : « trois services » sous un toit, et **vingt agents** " +
		"y ont travaillé ; voir [le bilan](/cas-usage/limaccueil) ou https://exemple.example/bilan.\n\n"
	for _, size := range []struct {
		name string
		src  string
	}{
		{"1kB", strings.Repeat(paragraph, 5)},
		{"20kB", strings.Repeat(paragraph, 90)},
		{"worst", strings.Repeat("[a](", 5000)},
	} {
		b.Run(size.name, func(b *testing.B) {
			b.SetBytes(int64(len(size.src)))
			for b.Loop() {
				if _, err := RenderPost(size.src, "m1-"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
