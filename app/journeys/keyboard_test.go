//go:build browser

package journeys_test

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"passerelle/app/journeys"
)

// keys presses keys, one after the other, once the page has been painted: the
// browser drops what is pressed before.
func (b *tab) keys(keys string) {
	b.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`new Promise((done) => {
  const look = () => performance.getEntriesByType('paint').length > 0 ? done(true) : requestAnimationFrame(look);
  look();
})`, chromedp.EvalAwaitPromise)); err != nil {
		b.Fatal(err)
	}
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent(keys)); err != nil {
		b.Fatal(err)
	}
}

// enter presses Enter as a keyboard does: the character that follows the key is
// swallowed when the key has done something. Sent in one, as keys would, it
// would reach the field that the key led to, and send its form.
func (b *tab) enter() {
	b.Helper()
	for _, kind := range []input.DispatchKeyEventType{"rawKeyDown", "char", "keyUp"} {
		call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", Text: "\r",
			WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13})
	}
}

// focused is the text, or the label, of what has the focus.
func (b *tab) focused() string {
	b.Helper()
	return ask[string](b, "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText ?? '').trim()")
}

func TestTheKeyboardIsEnough(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	b := newTab(t, site, 1280, "light")

	// The first stop skips to the content, and shows itself.
	b.open("/cas-usage")
	b.keys(kb.Tab)
	if got := b.focused(); got != "Aller au contenu" {
		t.Fatalf("the first stop is %q", got)
	}
	if !ask[bool](b, "(() => { const r = document.activeElement.getBoundingClientRect(); return r.top >= 0 && r.left >= 0 && r.height >= 24 && getComputedStyle(document.activeElement).outlineStyle !== 'none' })()") {
		t.Error("the link to the content does not show when it has the focus")
	}
	b.keys(kb.Enter)
	if got := ask[string](b, "document.activeElement.id"); got != "contenu" {
		t.Errorf("skipping leads to %q", got)
	}

	// Every stop of a page can be seen, in the order of the page.
	for _, address := range []string{"/", "/cas-usage", "/fils/1", callPage} {
		b.open(address)
		everyStopShows(b)
	}

	// What is wrong is read first, and leads to its field.
	b.open("/inscription")
	b.fill("Adresse électronique", "marie@")
	b.lead(chromedp.KeyEvent(kb.Enter))
	if !ask[bool](b, "document.activeElement.matches('.summary')") {
		t.Fatalf("after a refusal the focus is on %q", b.focused())
	}
	b.keys(kb.Tab)
	b.enter()
	if got := ask[string](b, "document.activeElement.name ?? document.activeElement.tagName"); got != "name" {
		t.Errorf("the first line of the summary leads to %q", got)
	}
	b.unharmed()
}

// everyStopShows tabs through a page: each stop has a ring and a name.
func everyStopShows(b *tab) {
	b.Helper()
	seen := 0
	for range 400 {
		b.keys(kb.Tab)
		stop := ask[struct {
			Body, Ring, Seen bool
			Name, What       string
		}](b, `(() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  const ringed = (n) => n && ((getComputedStyle(n).outlineStyle !== 'none' && parseFloat(getComputedStyle(n).outlineWidth) > 0));
  let ring = ringed(e);
  for (let n = e.parentElement, i = 0; !ring && n && i < 4; n = n.parentElement, i++) ring = ringed(n) || getComputedStyle(n).filter !== 'none';
  return {Body: e === document.body, Ring: !!ring, Seen: r.width > 0 && r.bottom > 0 && r.top < innerHeight,
    Name: (e.getAttribute('aria-label') ?? e.labels?.[0]?.innerText ?? e.innerText ?? '').trim(), What: e.outerHTML.slice(0, 120)};
})()`)
		if stop.Body {
			break
		}
		seen++
		if !stop.Ring || !stop.Seen || stop.Name == "" {
			b.Errorf("%s, stop %d: ring %t, in sight %t, named %q: %s", b.address(), seen, stop.Ring, stop.Seen, stop.Name, stop.What)
		}
	}
	if seen < 10 {
		b.Errorf("%s has only %d stops", b.address(), seen)
	}
}

func TestSheetsOpenAndClose(t *testing.T) {
	t.Parallel()
	rules, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed (make browser): %v", err)
	}
	s := set(t, journeys.Start(t))
	people := s.visitors()
	tests := []struct{ who, address, sheet string }{
		{"", "/", "menu"}, {"", "/cas-usage", "filtres"}, {"agent", s.empty + "/budget", "etapes"}, {"agent", "/", "mon-compte"},
	}
	for _, tt := range tests {
		for _, theme := range []string{"light", "dark"} {
			who := people.as(tt.who)
			t.Run(tt.sheet+"/"+theme, func(t *testing.T) {
				t.Parallel()
				b := newTab(t, s.Site, 360, theme)
				if tt.who != "" {
					b.become(who)
				}
				b.open(tt.address)
				open := func() bool { return ask[bool](b, "document.getElementById(%s).matches(':popover-open')", tt.sheet) }
				b.do(`const button = [...document.querySelectorAll('[popovertarget]')].find((e) => e.getAttribute('popovertarget') === %s && !e.hasAttribute('popovertargetaction'));
if (!button || !button.checkVisibility()) return 'no button opens the sheet';
button.focus(); return ''`, tt.sheet)
				b.keys(kb.Enter)
				if !open() {
					t.Fatal("Enter does not open the sheet")
				}
				for _, fault := range b.axe(string(rules)) {
					t.Error(fault)
				}
				b.fits(320)
				b.keys(kb.Escape)
				if open() {
					t.Error("Esc does not close the sheet")
				}
				if !ask[bool](b, "document.activeElement.getAttribute('popovertarget') === %s", tt.sheet) {
					t.Errorf("once closed, the focus is on %q", b.focused())
				}
				b.unharmed()
			})
		}
	}
}

// A search field is a combobox once there is something to offer.
func TestTitlesAreOfferedWhileOneTypes(t *testing.T) {
	t.Parallel()
	rules, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed (make browser): %v", err)
	}
	site := journeys.Start(t)
	site.Found()
	b := newTab(t, site, 1280, "light")
	b.open("/laboratoires")
	b.do("document.getElementById('recherche').focus(); return ''")
	call(b, input.InsertText, input.InsertTextParams{Text: "accu"})
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`new Promise((done) => {
  const list = document.getElementById('recherche-suggestions');
  const look = () => list.children.length ? done(true) : setTimeout(look, 20);
  look();
})`, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatalf("nothing is offered: %v", err)
	}
	b.keys(kb.ArrowDown)
	active := ask[string](b, "document.getElementById(document.getElementById('recherche').getAttribute('aria-activedescendant'))?.getAttribute('aria-selected') ?? ''")
	if active != "true" || ask[string](b, "document.activeElement.id") != "recherche" {
		t.Errorf("the arrow chooses nothing, or takes the focus away")
	}
	for _, fault := range b.axe(string(rules)) {
		t.Error(fault)
	}
	b.fits(320)
	b.keys(kb.Escape)
	if ask[string](b, "document.getElementById('recherche').getAttribute('aria-expanded')") != "false" {
		t.Error("Esc does not close the list")
	}
	b.keys(kb.ArrowDown)
	b.keys(kb.ArrowDown)
	wanted := ask[string](b, "document.querySelector('#recherche-suggestions [aria-selected=true]')?.dataset.address ?? ''")
	b.lead(chromedp.Func(func(context.Context, *chromedp.Target) error { b.enter(); return nil }))
	if wanted == "" || b.address() != wanted {
		t.Errorf("Enter leads to %s, not to %q", b.address(), wanted)
	}
	b.unharmed()
}
