package ui

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"passerelle/static"
)

var pagesDir = flag.String("pages", "", "write the sample pages and their assets to this folder")

func TestSamples(t *testing.T) {
	t.Parallel()
	for name, page := range samples {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			if err := page.Render(t.Context(), &out); err != nil {
				t.Fatal(err)
			}
			if *pagesDir != "" {
				write(t, name+".html", out.Bytes())
			}
			doc, err := goquery.NewDocumentFromReader(bytes.NewReader(out.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			checkInline(t, out.String())
			checkIDs(t, doc)
			checkLabels(t, doc)
			checkHeadings(t, doc)
		})
	}
}

func write(t *testing.T, name string, body []byte) {
	t.Helper()
	for _, asset := range []string{"site.css", "site.js", "favicon.svg"} {
		f, ok := static.Find(static.URL(asset), "")
		if !ok {
			t.Fatalf("no asset %s", asset)
		}
		writeFile(t, static.URL(asset), f.Body)
	}
	writeFile(t, name, body)
}

func writeFile(t *testing.T, name string, body []byte) {
	t.Helper()
	full := filepath.Join(*pagesDir, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, body, 0o644); err != nil {
		t.Fatal(err)
	}
}

// The strict policy of content blocks these, silently for the author.
var inline = regexp.MustCompile(`\s(style|on[a-z]+)=|<style|javascript:|data:|<script>`)

func checkInline(t *testing.T, html string) {
	t.Helper()
	if found := inline.FindString(html); found != "" {
		t.Errorf("inline code or style: %q", found)
	}
}

// checkIDs: each id once, and every reference to an id finds it.
func checkIDs(t *testing.T, doc *goquery.Document) {
	t.Helper()
	seen := map[string]int{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { seen[s.AttrOr("id", "")]++ })
	for id, n := range seen {
		if n > 1 {
			t.Errorf("%d elements have the id %q", n, id)
		}
	}
	for _, attribute := range []string{"for", "aria-describedby", "aria-labelledby", "popovertarget", "data-tools"} {
		doc.Find("[" + attribute + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attribute, "")) {
				if seen[id] == 0 {
					t.Errorf("%s names %q, which is not there", attribute, id)
				}
			}
		})
	}
}

// checkLabels: every control and every button says what it is for.
func checkLabels(t *testing.T, doc *goquery.Document) {
	t.Helper()
	doc.Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("type", "") == "hidden" || s.ParentsFiltered("label").Length() > 0 {
			return
		}
		if doc.Find(`label[for="`+s.AttrOr("id", "")+`"]`).Length() == 0 {
			t.Errorf("the control %q has no label", s.AttrOr("name", ""))
		}
	})
	doc.Find("a, button, summary").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.Text()) == "" && s.AttrOr("aria-label", "") == "" {
			html, _ := goquery.OuterHtml(s)
			t.Errorf("without words: %s", html)
		}
	})
}

// checkHeadings: one h1, and no level left out.
func checkHeadings(t *testing.T, doc *goquery.Document) {
	t.Helper()
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d h1, want 1", n)
	}
	before := 1
	doc.Find("main h1, main h2, main h3, main h4").Each(func(_ int, s *goquery.Selection) {
		level := int(goquery.NodeName(s)[1] - '0')
		if level > before+1 {
			t.Errorf("h%d after h%d: %s", level, before, s.Text())
		}
		before = level
	})
}
