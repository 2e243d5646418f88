//go:build browser

package journeys_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"passerelle/app/journeys"
)

// axeFile is the rules of accessibility, brought by npm from the lock file.
const axeFile = "../../tools/node_modules/axe-core/axe.min.js"

// view is a width and a theme to look in.
type view struct {
	width int64
	theme string
}

var views = []view{{1280, "light"}, {360, "dark"}, {360, "light"}, {1280, "dark"}}

// viewsOf are the views of a test run: each page in one of them in turn, or in
// all when everything is tried.
func viewsOf(i int) []view {
	if os.Getenv("PASSERELLE_TEST_ALL") != "" {
		return views
	}
	return views[i%len(views) : i%len(views)+1]
}

// TestEveryPageIsAccessible looks at every type of page in a browser: no
// violation of WCAG 2.2 A and AA nor of good practice, nothing beyond the edge
// of a narrow window, nothing that the policy stops.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	rules, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed (make browser): %v", err)
	}
	s := set(t, journeys.Start(t))
	tabs := &tabs{TB: t, people: s.visitors(), idle: map[string][]*tab{}}
	for i, k := range kinds(s) {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			b, giveBack := tabs.borrow(t, k.who)
			defer giveBack()
			for n, v := range viewsOf(i) {
				b.seen(v.width, v.theme)
				if n == 0 {
					k.way(b)
				}
				if b.status != k.status {
					t.Fatalf("%s: status %d, want %d\n%s", b.address(), b.status, k.status, b.text())
				}
				for _, fault := range b.axe(string(rules)) {
					t.Errorf("%d px, %s: %s", v.width, v.theme, fault)
				}
			}
			b.fits(320)
			b.unharmed()
		})
	}
}

// tabs are lent to one page after the other: to open a tab, and to read the
// rules in it, takes longer than to look at a page.
type tabs struct {
	testing.TB
	people visitors
	mu     sync.Mutex
	idle   map[string][]*tab // by who is logged in
}

// borrow lends a tab of somebody's to a test, until it is given back.
func (o *tabs) borrow(t *testing.T, who string) (b *tab, giveBack func()) {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	var kept *tab
	if free := o.idle[who]; len(free) > 0 {
		kept, o.idle[who] = free[len(free)-1], free[:len(free)-1]
	} else {
		kept = openTab(o.TB, o.people.Site)
		if who != "" {
			kept.limited(t).become(o.people.as(who))
		}
	}
	return kept.limited(t), func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.idle[who] = append(o.idle[who], kept)
	}
}

// violation is a rule that a page breaks, and where.
type violation struct {
	ID, Impact, Help string
	Nodes            []string
}

func (v violation) String() string {
	return fmt.Sprintf("%s (%s): %s\n\t%s", v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "\n\t"))
}

// axe looks at the page from a world of its own, which the page's policy does
// not bind.
func (b *tab) axe(rules string) []violation {
	b.Helper()
	frames := call(b, page.GetFrameTree, struct{}{})
	world := call(b, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frames.FrameTree.Frame.ID, WorldName: "axe"}).ExecutionContextID
	there := func(p *runtime.EvaluateParams) { p.ContextID = world }
	if err := chromedp.Do(b.ctx, chromedp.Evaluate[chromedp.Void](rules, there)); err != nil {
		b.Fatalf("load axe: %v", err)
	}
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]violation](`axe.run(document, {
  resultTypes: ['violations'],
  runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
}).then((r) => r.violations.map((v) => ({ID: v.id, Impact: v.impact, Help: v.help,
  Nodes: v.nodes.slice(0, 5).map((n) => n.target.join(' ') + ': ' + n.failureSummary.replace(/\s+/g, ' '))})))`, there, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("run axe: %v", err)
	}
	return found
}

// fits fails the test when something stands beyond the edge of a window of that
// width: one would have to scroll in two directions.
func (b *tab) fits(width int64) {
	b.Helper()
	b.resize(width)
	wide := ask[[]string](b, `(() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return ['the page is ' + document.documentElement.scrollWidth + ' wide in ' + edge].concat([...document.querySelectorAll('body *')]
    .filter((e) => e.getBoundingClientRect().right > edge + 1).slice(0, 5).map((e) => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40)));
})()`)
	for _, one := range wide {
		b.Errorf("%s at %d px: %s", b.address(), width, one)
	}
}
