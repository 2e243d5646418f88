//go:build browser

package journeys_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"passerelle/app/journeys"
)

// recorder keeps the errors that a check reports, so that a test may look at
// whether the check sees anything at all.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Errorf(format string, args ...any) { r.errors = append(r.errors, format) }

// TestFaultsAreSeen spoils a good page and expects each check to tell.
func TestFaultsAreSeen(t *testing.T) {
	t.Parallel()
	rules, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed (make browser): %v", err)
	}
	b := newTab(t, journeys.Start(t), 1280, "light")
	b.open("/connexion")
	found := func() string {
		var ids []string
		for _, v := range b.axe(string(rules)) {
			ids = append(ids, v.ID)
		}
		return strings.Join(ids, " ")
	}
	if got := found(); got != "" {
		t.Fatalf("before anything is spoiled: %s", got)
	}
	ask[bool](b, `(() => { document.documentElement.removeAttribute('lang'); document.querySelector('main label').remove();
document.querySelector('main h1').style.color = '#dfe6e5'; return true })()`)
	for _, rule := range []string{"html-has-lang", "label", "color-contrast"} {
		if got := found(); !strings.Contains(got, rule) {
			t.Errorf("axe does not see %s: %q", rule, got)
		}
	}
	seen := &recorder{TB: t}
	spoiled := *b
	spoiled.TB = seen
	ask[bool](b, "(() => { document.querySelector('main').style.minWidth = '50rem'; return true })()")
	spoiled.fits(320)
	if len(seen.errors) == 0 {
		t.Error("nobody sees that the page is wider than the window")
	}

	// A picture from elsewhere is stopped, and told.
	seen.errors = nil
	_, err = chromedp.Run(b.ctx, chromedp.Evaluate[bool](`new Promise((done) => {
  document.addEventListener('securitypolicyviolation', () => done(true));
  const picture = document.createElement('img'); picture.src = 'https://ailleurs.example/x.png'; document.body.append(picture);
})`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	spoiled.unharmed()
	if len(seen.errors) == 0 {
		t.Error("nobody sees what the policy stops")
	}
}
