package content

import (
	"strings"
	"testing"
)

func TestRenderPost(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, src, want string
	}{
		{"heading shifted, anchor prefixed", "# L’école", `<h3 id="m1-l-ecole">L’école</h3>`},
		{"deep heading", "##### Bas", `<h6 id="m1-bas">Bas</h6>`},
		{"same heading twice", "# A\n\n# A", `<h3 id="m1-a">A</h3>
<h3 id="m1-a-2">A</h3>`},
		{"empty heading left out", "#\n\na", `<p>a</p>`},
		{"strike", "~~non~~", `<p><del>non</del></p>`},
		{"link away", "[a](https://exemple.example/x)",
			`<p><a href="https://exemple.example/x" rel="nofollow ugc noopener">a</a></p>`},
		{"link home", "[a](/fils/3-x?page=2#m4)", `<p><a href="/fils/3-x?page=2#m4">a</a></p>`},
		{"anchor", "[a](#m4)", `<p><a href="#m4">a</a></p>`},
		{"autolink", "https://exemple.example/l'a b",
			`<p><a href="https://exemple.example/l&#39;a" rel="nofollow ugc noopener">https://exemple.example/l&#39;a</a> b</p>`},
		{"no scheme of script", "[a](javascript:alert(1))", `<p>a</p>`},
		{"no data", "[a](data:text/html,x)", `<p>a</p>`},
		{"another site without scheme", "[a](//evil.example)", `<p>a</p>`},
		{"another site with a backslash", `[a](/\\evil.example)`, `<p>a</p>`},
		{"picture becomes a link", "![un pont](https://exemple.example/p.png)",
			`<p><a href="https://exemple.example/p.png" rel="nofollow ugc noopener">un pont</a></p>`},
		{"our picture too", "![](/s/p.png)", `<p><a href="/s/p.png">image</a></p>`},
		{"picture in a link", "[![un pont](https://a.example/p)](https://b.example)",
			`<p><a href="https://b.example" rel="nofollow ugc noopener">un pont</a></p>`},
		{"link in a picture", "![a [b](https://b.example) c](https://a.example/p)",
			`<p><a href="https://a.example/p" rel="nofollow ugc noopener">a b c</a></p>`},
		{"raw HTML is text", "un <b onclick=x>mot</b>", `<p>un &lt;b onclick=x&gt;mot&lt;/b&gt;</p>`},
		{"block of HTML is text", "<script>\nx\n</script>", "<p>&lt;script&gt;\nx\n&lt;/script&gt;</p>"},
		{"language of a part", `l'<span lang="en">open data</span>`, `<p>l’<span lang="en">open data</span></p>`},
		{"language left open", `a <span lang="en">b`, `<p>a &lt;span lang=&#34;en&#34;&gt;b</p>`},
		{"tasks", "- [x] a\n- [ ] b", `<ul>
<li><input type="checkbox" aria-label="Fait" checked="" disabled=""> a</li>
<li><input type="checkbox" aria-label="À faire" disabled=""> b</li>
</ul>`},
		{"table", "|a|b|\n|-|-:|\n|c|d|", `<div class="table-scroll" role="group" aria-label="Tableau" tabindex="0"><table>
<thead>
<tr>
<th scope="col">a</th>
<th align="right" scope="col">b</th>
</tr>
</thead>
<tbody>
<tr>
<td>c</td>
<td align="right">d</td>
</tr>
</tbody>
</table></div>`},
		{"footnote", "a[^x]\n\n[^x]: b", `<p>a<sup id="m1-fnref:1"><a href="#m1-fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>
<div class="footnotes" role="doc-endnotes">
<hr>
<ol>
<li id="m1-fn:1">
<p>b` + "\u00a0" + `<a href="#m1-fnref:1" class="footnote-backref" role="doc-backlink" aria-label="Retour à l’appel de note 1">↩` + "\ufe0e" + `</a></p>
</li>
</ol>
</div>`},
		{"typography not in code", "l'a `l'a ; b` l'*a* ; *l*'a", "<p>l’a <code>l&#39;a ; b</code> l’<em>a</em>\u202f; <em>l</em>’a</p>"},
		{"line break kept", "l'a\nb", "<p>l’a\nb</p>"},
		{"hard break kept", "l'a\\\nb", "<p>l’a<br>\nb</p>"},
		{"escapes and entities kept", `l'a \* &amp; &lt;b&gt; : c`, "<p>l’a * &amp; &lt;b&gt;\u00a0: c</p>"},
		{"NUL and broken UTF-8", "a\x00b\xff", "<p>ab\ufffd</p>"},
		{"nothing", " \n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := RenderPost(tt.src, "m1-")
			if err != nil {
				t.Fatal(err)
			}
			if html := strings.TrimSuffix(got.HTML, "\n"); html != tt.want {
				t.Errorf("got\n%s\nwant\n%s", html, tt.want)
			}
		})
	}
}

func TestRenderPostRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, src string
		want      error
	}{
		{"at the limit", strings.Repeat("a", MaxPost), nil},
		{"a byte too long", strings.Repeat("a", MaxPost+1), ErrTooLong},
		{"ten quotes", strings.Repeat("> ", 10) + "a", nil},
		{"eleven quotes", "a\n" + strings.Repeat(">", 11) + "a", ErrTooDeep},
		{"quotes in lists", strings.Repeat("- > ", 11) + "a", ErrTooDeep},
		{"lists", strings.Repeat("1. ", 21) + "a", ErrTooDeep},
		{"a long rule is no list", strings.Repeat("- ", 60), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := RenderPost(tt.src, ""); err != tt.want {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// A post of 20 000 bytes may not become a page of megabytes.
func TestShortTextLongPage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, src, want string
	}{
		{"short rows of a wide table", strings.Repeat("|a", 200) + "|\n" + strings.Repeat("|-", 200) + "|\n" + strings.Repeat("|\n", 8000), "<p>|a|a"},
		{"the same in a quote", "> " + strings.Repeat("|a", 200) + "|\n> " + strings.Repeat("|-", 200) + "|\n" + strings.Repeat("> |\n", 4000), "<p>|a|a"},
		{"one long address for many links", "[a]: /" + strings.Repeat("b", 9000) + "\n\n" + strings.Repeat("[a] ", 2500), "a a a"},
		{"one long title for many links", "[a]: /b '" + strings.Repeat("b", 9000) + "'\n\n" + strings.Repeat("[a] ", 2500), "a a a"},
		{"one note called many times", strings.Repeat("[^1]", 4000) + "\n\n[^1]: a\n", "<pre><code>[^1][^1]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := RenderPost(tt.src, "m1-")
			if err != nil {
				t.Fatal(err)
			}
			if len(got.HTML) > maxHTML+1000 || !strings.Contains(got.HTML, tt.want) {
				t.Errorf("%d bytes of HTML, with %q: %v", len(got.HTML), tt.want, strings.Contains(got.HTML, tt.want))
			}
		})
	}
}

func TestLargeHonestTable(t *testing.T) {
	t.Parallel()
	src := "|a|b|c|d|\n|-|-|-|-|\n" + strings.Repeat("| un | deux | trois | quatre |\n", 600)
	got, err := RenderPost(src, "m1-")
	if err != nil || strings.Count(got.HTML, "<td>") != 2400 {
		t.Errorf("%d cells, %v", strings.Count(got.HTML, "<td>"), err)
	}
}

func TestRenderPage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, src, want string
	}{
		{"h1 is the page's", "# A\n\n### B", "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>"},
		{"anchor of the skeleton", "## Contenu", `<h2 id="contenu-2">Contenu</h2>`},
		{"link away", "[a](https://exemple.example)", `<p><a href="https://exemple.example">a</a></p>`},
		{"our picture", "![un pont](/s/pont.svg)", `<p><img src="/s/pont.svg" alt="un pont"></p>`},
		{"picture from elsewhere", "![un pont](https://exemple.example/p.png)",
			`<p><a href="https://exemple.example/p.png">un pont</a></p>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := strings.TrimSuffix(RenderPage(tt.src).HTML, "\n"); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	src := "## L'*essai* : [fait](https://a.example)\n\n> cité\nencore\n\n- un\n- `deux` &amp; \\*\n\n" +
		"|a|b|\n|-|-|\n|c|d|\n\n```\nx = 1\n```\n\n![un pont](/p.png)[^n] <b>gras</b>\n\n[^n]: note\n"
	want := "L’essai\u00a0: fait\ncité encore\nun\ndeux & *\na b\nc d\nx = 1\nun pont <b>gras</b>\nnote"
	got := RenderPage(src)
	if got.Text != want {
		t.Errorf("got\n%s\nwant\n%s", got.Text, want)
	}
	if len(got.Contents) != 1 || got.Contents[0] != (Heading{2, "l-essai-fait", "L’essai\u00a0: fait"}) {
		t.Errorf("contents: %v", got.Contents)
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		max  int
		want string
	}{
		{"court", 10, "court"},
		{"une ligne\nune autre", 30, "une ligne une autre"},
		{"le pont, la rivière et la rive", 20, "le pont, la rivière…"},
		{"le pont, la rivière", 12, "le pont, la…"},
		{"élémentaires", 5, "éléme…"},
	}
	for _, tt := range tests {
		if got := Excerpt(tt.text, tt.max); got != tt.want {
			t.Errorf("Excerpt(%q, %d) = %q, want %q", tt.text, tt.max, got, tt.want)
		}
	}
}

func TestFrench(t *testing.T) {
	t.Parallel()
	const n, b = "\u202f", "\u00a0"
	tests := []struct{ in, want string }{
		{"l'été", "l’été"},
		{"aujourd'hui", "aujourd’hui"},
		{"l'« achat »", "l’«" + n + "achat" + n + "»"},
		{"'mot'", "'mot'"},
		{"5' 30", "5' 30"},
		{"Où ? Ici ; là ! Oui : non", "Où" + n + "? Ici" + n + "; là" + n + "! Oui" + b + ": non"},
		{"14:30, a != b, fin.", "14:30, a != b, fin."},
		{"48 000 € et 50 %", "48" + n + "000" + b + "€ et 50" + b + "%"},
		{"1 234 567", "1" + n + "234" + n + "567"},
		{"en 2017 250 agents", "en 2017 250 agents"},
		{"le 18 janvier 2021", "le 18 janvier 2021"},
		{": au début", ": au début"},
	}
	for _, tt := range tests {
		got := French(tt.in)
		if got != tt.want {
			t.Errorf("French(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if again := French(got); again != got {
			t.Errorf("French is not stable on %q: %q", got, again)
		}
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"L’école", "l-ecole"},
		{"L'école à Saint-Étienne", "l-ecole-a-saint-etienne"},
		{"Œuvre, cœur et æther", "oeuvre-coeur-et-aether"},
		{"  N° 12 — 50 % ", "n-12-50"},
		{"4 000 m²", "4-000-m2"},
		{"ÇA", "ca"},
		{"", "sans-titre"},
		{"!?", "sans-titre"},
		{strings.Repeat("a", 100), strings.Repeat("a", 80)},
		{strings.Repeat("mot ", 30), strings.TrimSuffix(strings.Repeat("mot-", 20), "-")},
	}
	for _, tt := range tests {
		if got := Slug(tt.in); got != tt.want {
			t.Errorf("Slug(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
