//go:build browser

package journeys_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"passerelle/app/journeys"
)

// tabLife is how long one test may take with a tab, on a slow machine.
const tabLife = 3 * time.Minute

// chromium is the one browser of the process, started by the first tab.
var chromium = sync.OnceValues(func() (context.Context, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	alive, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(alive, chromedp.WithErrorf(quiet))
	closeChromium = func() {
		cancel()
		stop()
	}
	return ctx, chromedp.Do(ctx)
})

var closeChromium = func() {}

func init() { atEnd = append(atEnd, func() { closeChromium() }) }

// quiet leaves out what a browser newer than the protocol says beyond it.
func quiet(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !strings.Contains(text, "could not unmarshal event") {
		fmt.Println(text)
	}
}

// tab is a walker in a browser of their own: nobody shares their cookies.
type tab struct {
	testing.TB
	ctx    context.Context
	base   string
	status int
}

// newTab opens a tab as wide as a window of that width, in a theme.
func newTab(t testing.TB, site *journeys.Site, width int64, theme string) *tab {
	t.Helper()
	b := openTab(t, site).limited(t)
	b.seen(width, theme)
	return b
}

// openTab opens a tab, which stays open until the test ends.
func openTab(t testing.TB, site *journeys.Site) *tab {
	t.Helper()
	shared, err := chromium()
	if err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	ctx, closing := chromedp.NewContext(shared, chromedp.WithNewBrowserContext())
	t.Cleanup(closing)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	b := &tab{TB: t, ctx: ctx, base: site.URL}
	call(b.limited(t), page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watch})
	return b
}

// limited is the tab in the hands of a test, which may not keep it for ever.
func (b *tab) limited(t testing.TB) *tab {
	ctx, cancel := context.WithTimeout(b.ctx, tabLife)
	t.Cleanup(cancel)
	return &tab{TB: t, ctx: ctx, base: b.base}
}

// watch notes what the policy stopped and what a script did not catch.
const watch = `window.faults = [];
document.addEventListener('securitypolicyviolation', (e) => faults.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
window.addEventListener('error', (e) => faults.push(e.message));
window.addEventListener('unhandledrejection', (e) => faults.push(String(e.reason)));`

// call sends one command to the browser.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.Helper()
	result, err := chromedp.Run(b.ctx, func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, command, params)
	})
	if err != nil {
		b.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// ask evaluates an expression on the page.
func ask[T any](b *tab, expression string, args ...any) T {
	b.Helper()
	for i, arg := range args {
		text, err := json.Marshal(arg)
		if err != nil {
			b.Fatal(err)
		}
		args[i] = string(text)
	}
	result, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](fmt.Sprintf(expression, args...)))
	if err != nil {
		b.Fatalf("%.200s: %v", expression, err)
	}
	return result
}

// seen sets the width of the window and the theme of the device.
func (b *tab) seen(width int64, theme string) {
	b.Helper()
	b.resize(width)
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
}

func (b *tab) resize(width int64) {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		b.Fatal(err)
	}
}

// become takes over the cookies of somebody who is logged in.
func (b *tab) become(who *journeys.Visitor) {
	b.Helper()
	home, err := url.Parse(b.base)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range who.Client().Jar.Cookies(home) {
		call(b, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: b.base})
	}
}

// lead does what leads to another page, and waits until that page is there.
func (b *tab) lead(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	answer, err := chromedp.RunResponse(b.ctx, steps...)
	if err != nil {
		b.Fatalf("at %s: %v", b.address(), err)
	}
	b.status = http.StatusOK
	if answer != nil {
		b.status = int(answer.Status)
	}
}

func (b *tab) address() string {
	address, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimPrefix(address, b.base)
}

func (b *tab) open(address string) {
	b.Helper()
	answer, err := chromedp.Run(b.ctx, chromedp.NavigateResponse(b.base+address))
	if err != nil {
		b.Fatalf("open %s: %v", address, err)
	}
	b.status = int(answer.Status)
}

// Labels and texts are compared as people read them.
const reading = `const words = (s) => s.replace(/[\u00a0\u202f]/g, ' ').replace(/’/g, "'").replace(/\s+/g, ' ').trim();
const reading = (selector, text, root = document) => {
  const all = [...root.querySelectorAll(selector)].filter((e) => e.checkVisibility());
  return all.find((e) => words(e.textContent) === words(text)) ?? all.find((e) => words(e.textContent).includes(words(text)));
};`

// do evaluates statements that know words and reading; they return "" when all
// went well.
func (b *tab) do(statements string, args ...any) {
	b.Helper()
	if problem := ask[string](b, "(() => {"+strings.ReplaceAll(reading, "%", "%%")+statements+"})()", args...); problem != "" {
		b.Fatalf("%s (%d): %s\n%s", b.address(), b.status, problem, b.text())
	}
}

// clicking clicks on what the statements return.
func (b *tab) clicking(statements string, args ...any) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(context.Context, *chromedp.Target) error {
		b.do(statements, args...)
		return nil
	})
}

func (b *tab) follow(text string) {
	b.Helper()
	b.lead(b.clicking("const link = reading('a[href]', %s); if (!link) return 'no link reads ' + %s; link.click(); return ''", text, text))
}

func (b *tab) press(text string) {
	b.Helper()
	b.lead(b.clicking("const button = reading('main button, header button, footer button', %s); if (!button) return 'no button reads ' + %s; button.click(); return ''", text, text))
}

func (b *tab) fill(label, value string) {
	b.Helper()
	b.do(`const label = reading('main label[for]', %s); if (!label) return 'no label reads ' + %s;
const field = document.getElementById(label.htmlFor);
if (field.tagName === 'SELECT') {
  const option = [...field.options].find((o) => words(o.text) === words(%s)); if (!option) return 'no such option'; field.focus(); field.value = option.value;
} else { field.focus(); field.select(); }
return ''`, label, label, value)
	if ask[string](b, "document.activeElement.tagName") != "SELECT" {
		call(b, input.InsertText, input.InsertTextParams{Text: value})
	}
}

func (b *tab) choose(group, label string) {
	b.Helper()
	b.do(`let root = document.querySelector('main');
if (%s) { const legend = reading('legend', %s, root); if (!legend) return 'no group reads ' + %s; root = legend.closest('fieldset'); }
const label = [...root.querySelectorAll('label')].find((e) => words(e.textContent).startsWith(words(%s)));
if (!label) return 'no choice reads ' + %s;
label.click(); return ''`, group, group, group, label, label)
}

// text is what the page's main part reads.
func (b *tab) text() string { return ask[string](b, "document.querySelector('main')?.innerText ?? ''") }

// sees fails the test unless the page reads each text.
func (b *tab) sees(texts ...string) {
	b.Helper()
	for _, text := range texts {
		if !ask[bool](b, "(() => {"+strings.ReplaceAll(reading, "%", "%%")+"return words(document.body.textContent).includes(words(%s))})()", text) {
			b.Fatalf("%s (%d) does not read %q:\n%s", b.address(), b.status, text, b.text())
		}
	}
}

// unharmed fails the test when the policy stopped something, or a script failed.
func (b *tab) unharmed() {
	b.Helper()
	for _, fault := range ask[[]string](b, "window.faults") {
		b.Errorf("%s: %s", b.address(), fault)
	}
}
