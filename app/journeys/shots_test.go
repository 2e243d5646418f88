//go:build browser

package journeys_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"passerelle/app/journeys"
)

// TestShots writes a picture of every type of page, in each width and theme, to
// the folder that PASSERELLE_SHOTS names, for people to look at; names may be
// narrowed by -run TestShots/NAME.
func TestShots(t *testing.T) {
	dir := os.Getenv("PASSERELLE_SHOTS")
	if dir == "" {
		return
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	s := set(t, journeys.Start(t))
	people := s.visitors()
	for _, k := range kinds(s) {
		t.Run(k.name, func(t *testing.T) {
			b := newTab(t, s.Site, 1280, "light")
			if k.who != "" {
				b.become(people.as(k.who))
			}
			k.way(b)
			for _, v := range views {
				b.seen(v.width, v.theme)
				picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
				if err != nil {
					t.Fatal(err)
				}
				name := fmt.Sprintf("%s-%d-%s.png", k.name, v.width, v.theme)
				if err := os.WriteFile(filepath.Join(dir, name), picture, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
