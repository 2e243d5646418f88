package journeys_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"passerelle/app/journeys"
)

// posting is a form of the site, as a page showed it to somebody.
type posting struct {
	page, who string
	action    string
	values    url.Values      // as the form stands, with its main button
	texts     []string        // names of the fields that one types into
	choices   []string        // of those that one picks an answer from
	secret    map[string]bool // passwords are never shown again
	required  bool            // something must be filled in
}

// postings are the forms of all types of pages, one for each address that takes
// a form; and of each route, whether a form leads there.
func postings(t *testing.T, s scene, people visitors) (forms []posting) {
	t.Helper()
	seen := map[string]bool{}
	for _, k := range kinds(s) {
		who := people.as(k.who)
		k.way(onFoot{who})
		who.Find("form").Each(func(_ int, form *goquery.Selection) {
			for _, f := range readForm(form) {
				route := routeOf(s, f.action)
				if route == "" {
					t.Errorf("%s: a form leads to %s, which takes none", k.name, f.action)
				}
				if !seen[route] {
					seen[route] = true
					f.page, f.who = k.name, k.who
					forms = append(forms, f)
				}
			}
		})
	}
	for _, route := range s.Service.App.GetRoutes(true) {
		if route.Method == http.MethodPost && !seen[route.Path] {
			t.Errorf("no page has a form for POST %s: this test does not try it", route.Path)
		}
	}
	return forms
}

// readForm is a form that is posted, once for each address that its buttons lead to.
func readForm(form *goquery.Selection) (list []posting) {
	if form.AttrOr("method", "") != "post" {
		return nil
	}
	p := posting{values: url.Values{}, secret: map[string]bool{}}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name, kind := field.AttrOr("name", ""), field.AttrOr("type", "text")
		_, required := field.Attr("required")
		p.required = p.required || required
		_, fixed := field.Attr("readonly")
		switch {
		case goquery.NodeName(field) == "select" || kind == "radio" || kind == "checkbox":
			if !slices.Contains(p.choices, name) {
				p.choices = append(p.choices, name)
			}
		case goquery.NodeName(field) == "textarea" || kind != "hidden" && !fixed:
			p.texts = append(p.texts, name)
		}
		p.secret[name] = kind == "password"
		if kind != "radio" && kind != "checkbox" {
			p.values.Set(name, field.AttrOr("value", ""))
		}
	})
	main := form.Find("button.button--main[name]")
	if main.Length() > 0 {
		p.values.Set(main.AttrOr("name", ""), main.AttrOr("value", ""))
	}
	p.action = form.AttrOr("action", "")
	list = append(list, p)
	form.Find("button[formaction]").Each(func(_ int, button *goquery.Selection) {
		p.action = button.AttrOr("formaction", "")
		list = append(list, p)
	})
	return list
}

// routeOf is the route that takes a form sent to an address; empty for none.
func routeOf(s scene, address string) string {
	for _, route := range s.Service.App.GetRoutes(true) {
		if route.Method == http.MethodPost && fiber.RoutePatternMatch(address, route.Path) {
			return route.Path
		}
	}
	return ""
}

// attempt is one way to send a form wrongly.
type attempt struct {
	name   string
	fits   func(posting) bool
	edit   func(posting, url.Values) // changes what is sent
	status []int                     // any 4xx when empty
	kept   string                    // stays in the page, from each field that one types into
}

const typed = "Un texte auquel la personne tient, é."

func everywhere(value string) func(posting, url.Values) {
	return func(p posting, values url.Values) {
		for _, name := range p.texts {
			values.Set(name, value)
		}
	}
}

func takesText(p posting) bool { return len(p.texts) > 0 }
func takesAny(posting) bool    { return true }

var attempts = []attempt{
	{"empty", func(p posting) bool { return p.required }, func(p posting, values url.Values) {
		for name := range values {
			if slices.Contains(p.texts, name) || slices.Contains(p.choices, name) {
				values.Set(name, "")
			}
		}
	}, nil, ""},
	{"100 000 characters", takesText, everywhere(strings.Repeat("Bien trop long. ", 6250)), nil, strings.TrimSpace(strings.Repeat("Bien trop long. ", 6250))},
	{"NUL", takesText, everywhere("avant\x00après le NUL"), nil, "après le NUL"},
	{"invalid UTF-8", takesText, everywhere("du latin-1 : \xe9t\xe9"), nil, "du latin-1"},
	{"array for scalar", func(p posting) bool { return p.required }, func(p posting, values url.Values) {
		for _, name := range append(slices.Clone(p.texts), p.choices...) {
			values.Del(name)
			values.Set(name+"[]", "x")
			values.Set(name+"[0]", "x")
		}
	}, nil, ""},
	{"answer of no list", func(p posting) bool { return len(p.choices) > 0 }, func(p posting, values url.Values) {
		for _, name := range p.choices {
			values.Set(name, "réponse-inventée")
		}
	}, nil, ""},
	{"repeated field", takesAny, func(p posting, values url.Values) {
		everywhere(typed)(p, values)
		for name := range values {
			values.Add(name, values.Get(name))
		}
	}, []int{403, 422}, typed},
	{"wrong token", takesAny, func(p posting, values url.Values) {
		everywhere(typed)(p, values)
		values.Set("csrf", "bm9uIG5vbiBub24gbm9uIG5vbiBub24gbm9uIG5vbg")
	}, []int{403}, typed},
	{"no token", takesAny, func(p posting, values url.Values) {
		everywhere(typed)(p, values)
		values.Del("csrf")
	}, []int{403}, typed},
}

// hiddenOnes are what a form carries along and may be sent changed.
func hiddenOnes(p posting) (names []string) {
	for name := range p.values {
		if name != "csrf" && !slices.Contains(p.texts, name) && !slices.Contains(p.choices, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func TestWrongFormsAreRefused(t *testing.T) {
	t.Parallel()
	s := set(t, journeys.Start(t))
	people := s.visitors()
	for _, form := range postings(t, s, people) {
		for _, a := range attempts {
			if !a.fits(form) {
				continue
			}
			values := url.Values{}
			for name, value := range form.values {
				values[name] = slices.Clone(value)
			}
			a.edit(form, values)
			refused(t, s, people.as(form.who), form, a, form.action, values)
		}
		if unknown := elsewhere(form.action); unknown != form.action {
			values := url.Values{}
			for name, value := range form.values {
				values[name] = slices.Clone(value)
			}
			everywhere(typed)(form, values)
			a := attempt{name: "unknown id", status: []int{401, 403, 404}}
			if strings.HasPrefix(unknown, "/compte/sessions/") {
				a.status = []int{200} // a session that ended already is closed
			}
			refused(t, s, people.as(form.who), form, a, unknown, values)
		}
		for _, name := range hiddenOnes(form) {
			for _, value := range []string{"", "-1", "abc", "1e9", "99999999999999999999", "a\x00b", "\xff\xfe", strings.Repeat("9", 5000), "https://ailleurs.example/", "//ailleurs.example"} {
				if form.required { // others do their one act whatever they carry
					tampered(t, s, people.as(form.who), form, name, value)
				}
			}
		}
	}
	s.Found()
	s.Check()
}

var identifier = regexp.MustCompile(`^(\d{4}-\d{4}|\d+(-.*)?)$`)

// elsewhere is an address where what it names does not exist.
func elsewhere(address string) string {
	parts := strings.Split(address, "/")
	for i, part := range parts {
		switch {
		case !identifier.MatchString(part) && !(i == 2 && (parts[1] == "forums" || parts[1] == "financement")):
		case strings.HasPrefix(part, "2026-"):
			parts[i] = "2026-9876"
		case part[0] >= '0' && part[0] <= '9':
			parts[i] = "987654321"
		default:
			parts[i] = "qui-n-existe-pas"
		}
	}
	return strings.Join(parts, "/")
}

func refused(t *testing.T, s scene, who *journeys.Visitor, form posting, a attempt, address string, values url.Values) {
	t.Helper()
	report := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s, POST %s, %s: "+format, append([]any{form.page, address, a.name}, args...)...)
	}
	head := s.Service.Store.Head()
	who.PostRaw(address, values.Encode())
	expected := who.Status >= 400 && who.Status <= 499
	if len(a.status) > 0 {
		expected = slices.Contains(a.status, who.Status)
	}
	if !expected {
		report("status %d, want one of %v\n%.300s", who.Status, a.status, who.Text())
	}
	if head != s.Service.Store.Head() {
		report("a refused form wrote to the feed")
	}
	if problem := inFrench(who); problem != "" {
		report("%s", problem)
	}
	if a.kept == "" {
		return
	}
	held := strings.NewReplacer("\r\n", "\n").Replace(html.UnescapeString(who.Body))
	for _, name := range form.texts {
		if form.secret[name] {
			if strings.Contains(held, a.kept) && len(form.texts) == 1 {
				report("a password is shown")
			}
			continue
		}
		if n := strings.Count(held, a.kept); n == 0 {
			report("%s: what was typed is no more in the page (%d)", name, who.Status)
		}
	}
}

// inFrench tells what is wrong with the words of an error page.
func inFrench(v *journeys.Visitor) string {
	switch text := v.Text(); {
	case v.Find("html").AttrOr("lang", "") != "fr":
		return fmt.Sprintf("no page in French: %.200q", v.Body)
	case !utf8.ValidString(v.Body):
		return "the page is not UTF-8"
	case strings.ContainsRune(v.Body, 0):
		return "the page holds a NUL"
	case v.Find("main h1").Length() != 1 || len(text) < 40:
		return fmt.Sprintf("the page says only %q", text)
	default:
		for _, english := range []string{"Error", "error", "invalid", "Invalid", "not found", "Not Found", "Bad Request", "Forbidden"} {
			if strings.Contains(text, english) {
				return fmt.Sprintf("the page reads %q: %.300q", english, text)
			}
		}
	}
	return ""
}

// tampered sends a form whose hidden field was changed: whatever comes, it is no
// fault of ours and leads nowhere else.
func tampered(t *testing.T, s scene, who *journeys.Visitor, form posting, name, value string) {
	t.Helper()
	values := url.Values{}
	for n, v := range form.values {
		values[n] = slices.Clone(v)
	}
	values.Set(name, value)
	who.PostRaw(form.action, values.Encode())
	if who.Status >= 500 {
		t.Errorf("%s, POST %s with %s=%.40q: status %d", form.page, form.action, name, value, who.Status)
	}
}

func TestHugeAndOddBodies(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	visitor := site.Visitor().Open("/connexion")
	head := site.Service.Store.Head()
	visitor.PostRaw("/connexion", "email="+strings.Repeat("a", 1<<20)).Gets(413).Sees("Cet envoi dépasse 1 Mo")
	for kind, body := range map[string]string{
		"application/json": `{"email":"a@b.fr"}`, "text/plain": "email=a", "multipart/form-data": "--", "multipart/form-data; boundary=x": "--x\r\nbroken",
		"": "email=a", "application/x-www-form-urlencoded; charset=utf-16": "%zz=%&&&;=", "multipart/form-data; boundary=y": "--y\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nx\r\n--y--\r\n",
	} {
		request, err := http.NewRequest(http.MethodPost, site.URL+"/connexion", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", kind)
		visitor.Send(request)
		if visitor.Status < 400 || visitor.Status > 499 {
			t.Errorf("a body of type %q: status %d", kind, visitor.Status)
		}
		if problem := inFrench(visitor); problem != "" {
			t.Errorf("a body of type %q: %s", kind, problem)
		}
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, "TRACE", "PROPFIND"} {
		request, err := http.NewRequest(method, site.URL+"/fils/1", nil)
		if err != nil {
			t.Fatal(err)
		}
		if visitor.Send(request); visitor.Status < 400 || visitor.Status > 499 {
			t.Errorf("%s: status %d", method, visitor.Status)
		}
	}
	if site.Service.Store.Head() != head {
		t.Error("something was written")
	}
}
