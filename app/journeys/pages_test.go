package journeys_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"passerelle/app/journeys"
)

// TestEveryPageIsWellMade looks at what no page may hold and at what each must
// say to browsers.
func TestEveryPageIsWellMade(t *testing.T) {
	t.Parallel()
	s := set(t, journeys.Start(t))
	people := s.visitors()
	for _, k := range kinds(s) {
		who := people.as(k.who)
		k.way(onFoot{who})
		if who.Status != k.status {
			t.Errorf("%s: status %d, want %d\n%s", k.name, who.Status, k.status, who.Text())
			continue
		}
		report := func(format string, args ...any) { t.Helper(); t.Errorf(k.name+": "+format, args...) }
		strict(report, who)
		outline(report, who)
		ours(report, s, who)
		if k.who != "" && who.Header.Get("Cache-Control") != "no-store" {
			report("a person's page may be kept: Cache-Control %q", who.Header.Get("Cache-Control"))
		}
	}
	for address, cookies := range map[string]int{"/": 0, "/cas-usage": 0, "/fils/1": 0, "/connexion": 1} {
		visitor := s.Visitor().Open(address)
		got := (&http.Response{Header: visitor.Header}).Cookies()
		if len(got) != cookies {
			t.Errorf("%s gives a visitor %d cookies, want %d", address, len(got), cookies)
		}
		for _, c := range got {
			if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("%s: cookie %s", address, c)
			}
		}
	}
}

type reporter func(format string, args ...any)

// strict looks for what the policy forbids, and for the policy.
func strict(report reporter, v *journeys.Visitor) {
	policy := v.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} {
		if !strings.Contains(policy, part) {
			report("the policy lacks %s: %q", part, policy)
		}
	}
	if strings.Contains(policy, "unsafe") {
		report("the policy is %q", policy)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Content-Type": "text/html; charset=utf-8"} {
		if got := v.Header.Get(name); got != want {
			report("%s is %q", name, got)
		}
	}
	v.Find("[style], style, script:not([src]), iframe, object, embed, base, meta[http-equiv]").Each(func(_ int, s *goquery.Selection) {
		html, _ := goquery.OuterHtml(s)
		report("holds %.120s", html)
	})
	for _, node := range v.Find("*").Nodes {
		for _, a := range node.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				report("<%s %s=%q>", node.Data, a.Key, a.Val)
			}
		}
	}
}

// ours looks for what a browser would fetch elsewhere, or a form send there.
func ours(report reporter, s scene, v *journeys.Visitor) {
	base, err := url.Parse(s.URL)
	if err != nil {
		report("%v", err)
		return
	}
	for selector, attribute := range map[string]string{"img, script, source, audio, video, use": "src", "link": "href", "form": "action", "button": "formaction", "img, source": "srcset"} {
		v.Find(selector).Each(func(_ int, one *goquery.Selection) {
			link, ok := one.Attr(attribute)
			if !ok {
				return
			}
			target, err := base.Parse(link)
			if err != nil || target.Host != base.Host || strings.HasPrefix(link, "//") {
				report("<%s %s=%q>", goquery.NodeName(one), attribute, link)
			}
		})
	}
}

// outline looks at headings, names and landmarks.
func outline(report reporter, v *journeys.Visitor) {
	if v.Find("html").AttrOr("lang", "") != "fr" || v.Find("main").Length() != 1 || v.Find("h1").Length() != 1 {
		report("lang %q, %d main, %d h1", v.Find("html").AttrOr("lang", ""), v.Find("main").Length(), v.Find("h1").Length())
	}
	title := v.Find("title").Text()
	if !strings.HasSuffix(title, "Passerelle") && !strings.HasPrefix(title, "Passerelle") {
		report("title %q", title)
	}
	if wrong := v.Find(".summary").Length() > 0; wrong != strings.HasPrefix(title, "Erreur") {
		report("the page lists errors: %t, its title is %q", wrong, title)
	}
	lines := map[string]bool{}
	v.Find(".summary li").Each(func(_ int, s *goquery.Selection) {
		if lines[s.Text()] {
			report("two lines of the summary read %q: which is which?", s.Text())
		}
		lines[s.Text()] = true
	})
	seen := map[string]bool{}
	v.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if seen[id] {
			report("the id %q stands twice", id)
		}
		seen[id] = true
	})
	for _, attribute := range []string{"for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget"} {
		v.Find("[" + attribute + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attribute, "")) {
				if !seen[id] {
					report("%s names %q, which is not there", attribute, id)
				}
			}
		})
	}
	v.Find("a[href^='#']").Each(func(_ int, s *goquery.Selection) {
		if to := strings.TrimPrefix(s.AttrOr("href", ""), "#"); !seen[to] {
			report("a link leads to #%s, which is not there", to)
		}
	})
	level := 0
	v.Find("h1, h2, h3, h4, h5, h6").Each(func(_ int, s *goquery.Selection) {
		now := int(goquery.NodeName(s)[1] - '0')
		if now > level+1 && level > 0 {
			report("heading %q jumps from level %d to %d", strings.TrimSpace(s.Text()), level, now)
		}
		level = now
	})
	for _, text := range []string{"%!", "{{", "<nil>", "undefined", "0001-01-01", "\uFFFD"} {
		if strings.Contains(v.Text(), text) {
			report("reads %q", text)
		}
	}
}
