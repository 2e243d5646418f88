package journeys

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Visitor is somebody with a browser that runs no script.
type Visitor struct {
	t      testing.TB
	client *http.Client
	base   string

	Address string // of the page that is open, without the host
	Status  int
	Header  http.Header
	Body    string
	at      *url.URL
	read    *goquery.Document     // the page, once somebody looked at it
	filled  map[string]url.Values // what was typed, by the form's place
}

// NewVisitor is a visitor of the site at base, without a cookie.
func NewVisitor(t testing.TB, base string) *Visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Visitor{t: t, base: base, client: &http.Client{Jar: jar}}
}

// Open goes to an address of the site.
func (v *Visitor) Open(address string) *Visitor {
	v.t.Helper()
	if !strings.HasPrefix(address, "http") {
		address = v.base + address
	}
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.Send(request)
}

// Send sends a request as the visitor's browser would.
func (v *Visitor) Send(request *http.Request) *Visitor {
	v.t.Helper()
	request.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
	answer, err := v.client.Do(request)
	if err != nil {
		v.t.Fatalf("%s %s: %v", request.Method, request.URL, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatalf("%s %s: %v", request.Method, request.URL, err)
	}
	v.Address, v.Status, v.Header, v.Body = answer.Request.URL.RequestURI(), answer.StatusCode, answer.Header, string(body)
	v.at, v.read, v.filled = answer.Request.URL, nil, map[string]url.Values{}
	return v
}

// page is what the visitor looks at.
func (v *Visitor) page() *goquery.Document {
	v.t.Helper()
	if v.read == nil {
		var err error
		if v.read, err = goquery.NewDocumentFromReader(strings.NewReader(v.Body)); err != nil {
			v.t.Fatalf("%s: %v", v.Address, err)
		}
	}
	return v.read
}

// words is a text as people read it: one space between words, no-break spaces
// and typographic apostrophes made plain.
func words(s string) string {
	s = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// Link is the address of the first link that reads text, or contains it.
func (v *Visitor) Link(text string) string {
	v.t.Helper()
	return v.reading("a[href]", text).AttrOr("href", "")
}

// Follow follows the first link that reads text, or contains it.
func (v *Visitor) Follow(text string) *Visitor {
	v.t.Helper()
	address := v.Link(text)
	target, err := v.at.Parse(address)
	if err != nil {
		v.t.Fatalf("%s: link %q leads to %q: %v", v.Address, text, address, err)
	}
	return v.Open(target.String())
}

// reading is the first element that reads text; else the first that contains it.
func (v *Visitor) reading(selector, text string) *goquery.Selection {
	v.t.Helper()
	wanted := words(text)
	all := v.page().Find(selector)
	same := all.FilterFunction(func(_ int, s *goquery.Selection) bool { return words(s.Text()) == wanted })
	if same.Length() == 0 {
		same = all.FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(words(s.Text()), wanted) })
	}
	if same.Length() == 0 {
		v.t.Fatalf("%s (%d): nothing among %q reads %q\n%s", v.Address, v.Status, selector, text, v.brief())
	}
	return same.First()
}

// control is the field that a visible label names.
func (v *Visitor) control(label string) *goquery.Selection {
	v.t.Helper()
	id, ok := v.reading("main label[for]", label).Attr("for")
	if !ok {
		v.t.Fatalf("%s: label %q names no field", v.Address, label)
	}
	field := v.page().Find("[id='" + id + "']")
	if field.Length() != 1 {
		v.t.Fatalf("%s: label %q names %d fields", v.Address, label, field.Length())
	}
	return field
}

// Value is what the field that a label names holds.
func (v *Visitor) Value(label string) string {
	v.t.Helper()
	field := v.control(label)
	name, _ := field.Attr("name")
	form := formOf(v, field)
	if typed, ok := v.of(form)[name]; ok {
		return typed[0]
	}
	return sent(form).Get(name)
}

// Fill types into the field that a label names.
func (v *Visitor) Fill(label, value string) *Visitor {
	v.t.Helper()
	field := v.control(label)
	name, _ := field.Attr("name")
	v.of(formOf(v, field)).Set(name, value)
	return v
}

// Select picks the option of a list by its text.
func (v *Visitor) Select(label, option string) *Visitor {
	v.t.Helper()
	field := v.control(label)
	wanted := words(option)
	chosen := field.Find("option").FilterFunction(func(_ int, s *goquery.Selection) bool { return words(s.Text()) == wanted })
	if chosen.Length() == 0 {
		v.t.Fatalf("%s: %q has no option %q", v.Address, label, option)
	}
	value, ok := chosen.Attr("value")
	if !ok {
		value = chosen.Text()
	}
	name, _ := field.Attr("name")
	v.of(formOf(v, field)).Set(name, value)
	return v
}

// Choose picks a radio button or ticks a box by its label, inside the group
// that a legend names, or anywhere when group is empty.
func (v *Visitor) Choose(group, label string) *Visitor {
	v.t.Helper()
	scope := v.page().Find("main")
	if group != "" {
		legend := v.reading("main legend", group)
		scope = legend.Closest("fieldset")
	}
	wanted := words(label)
	found := scope.Find("label").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasPrefix(words(s.Text()), wanted) })
	if found.Length() == 0 {
		v.t.Fatalf("%s: no choice %q in %q\n%s", v.Address, label, group, v.brief())
	}
	field := found.First().Find("input")
	if id, ok := found.First().Attr("for"); ok {
		field = v.page().Find("[id='" + id + "']")
	}
	name, _ := field.Attr("name")
	value, ok := field.Attr("value")
	if !ok {
		value = "on"
	}
	v.of(formOf(v, field)).Set(name, value)
	return v
}

func formOf(v *Visitor, field *goquery.Selection) *goquery.Selection {
	v.t.Helper()
	if id, ok := field.Attr("form"); ok {
		return v.page().Find("[id='" + id + "']")
	}
	form := field.Closest("form")
	if form.Length() == 0 {
		v.t.Fatalf("%s: a field stands in no form", v.Address)
	}
	return form
}

// of is what was typed into a form.
func (v *Visitor) of(form *goquery.Selection) url.Values {
	place := fmt.Sprint(v.page().Find("form").IndexOfSelection(form))
	if v.filled[place] == nil {
		v.filled[place] = url.Values{}
	}
	return v.filled[place]
}

// Press presses the button that reads text: its form is sent as a browser
// would, and redirects are followed.
func (v *Visitor) Press(text string) *Visitor {
	v.t.Helper()
	return v.Send(v.Request(text))
}

// Request is what pressing a button would send.
func (v *Visitor) Request(text string) *http.Request {
	v.t.Helper()
	button := v.reading("main button, header button, footer button", text)
	form := formOf(v, button)
	values := sent(form)
	for name, typed := range v.of(form) {
		values[name] = typed
	}
	if name, ok := button.Attr("name"); ok && name != "" {
		values.Set(name, button.AttrOr("value", ""))
	}
	action := button.AttrOr("formaction", form.AttrOr("action", v.Address))
	target, err := v.at.Parse(action)
	if err != nil {
		v.t.Fatal(err)
	}
	if strings.EqualFold(form.AttrOr("method", "get"), "get") {
		target.RawQuery = values.Encode()
		request, err := http.NewRequest(http.MethodGet, target.String(), nil)
		if err != nil {
			v.t.Fatal(err)
		}
		return request
	}
	return v.posting(target.String(), values.Encode())
}

// Post sends fields, name after value, with the token of the page that is open,
// to an address that the page may not lead to.
func (v *Visitor) Post(address string, fields ...string) *Visitor {
	v.t.Helper()
	token, ok := v.page().Find("input[name=csrf]").Attr("value")
	if !ok {
		v.t.Fatalf("%s: no form to take the token from", v.Address)
	}
	values := url.Values{"csrf": {token}}
	for i := 0; i+1 < len(fields); i += 2 {
		values.Add(fields[i], fields[i+1])
	}
	return v.Send(v.posting(address, values.Encode()))
}

// PostRaw sends a body as a form, as it is.
func (v *Visitor) PostRaw(address, body string) *Visitor {
	v.t.Helper()
	return v.Send(v.posting(address, body))
}

// posting is a form sent from the site's own pages.
func (v *Visitor) posting(address, body string) *http.Request {
	v.t.Helper()
	if !strings.HasPrefix(address, "http") {
		address = v.base + address
	}
	request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", v.base)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return request
}

// sent is what a form holds as it stands.
func sent(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name := field.AttrOr("name", "")
		if _, off := field.Attr("disabled"); off {
			return
		}
		switch goquery.NodeName(field) {
		case "textarea":
			values.Add(name, strings.TrimPrefix(field.Text(), "\n"))
		case "select":
			option := field.Find("option[selected]")
			if option.Length() == 0 {
				option = field.Find("option").First()
			}
			values.Add(name, option.AttrOr("value", option.Text()))
		default:
			kind := strings.ToLower(field.AttrOr("type", "text"))
			_, checked := field.Attr("checked")
			if kind == "submit" || kind == "button" || (kind == "radio" || kind == "checkbox") && !checked {
				return
			}
			values.Add(name, field.AttrOr("value", ""))
		}
	})
	return values
}

// Text is what the page's main part reads.
func (v *Visitor) Text() string { return words(v.page().Find("main").Text()) }

// brief is the beginning of the page, for the message of a failure.
func (v *Visitor) brief() string {
	text := []rune(v.Text())
	return string(text[:min(len(text), 1000)])
}

// Find looks for elements of the page.
func (v *Visitor) Find(selector string) *goquery.Selection { return v.page().Find(selector) }

// Sees fails the test unless the page reads each text.
func (v *Visitor) Sees(texts ...string) *Visitor {
	v.t.Helper()
	page := words(v.page().Find("body").Text())
	for _, text := range texts {
		if !strings.Contains(page, words(text)) {
			v.t.Fatalf("%s (%d) does not read %q:\n%s", v.Address, v.Status, text, v.brief())
		}
	}
	return v
}

// DoesNotSee fails the test when the page reads one of the texts.
func (v *Visitor) DoesNotSee(texts ...string) *Visitor {
	v.t.Helper()
	page := words(v.page().Find("body").Text())
	for _, text := range texts {
		if strings.Contains(page, words(text)) {
			v.t.Fatalf("%s reads %q", v.Address, text)
		}
	}
	return v
}

// Gets fails the test unless the page came with a status.
func (v *Visitor) Gets(status int) *Visitor {
	v.t.Helper()
	if v.Status != status {
		v.t.Fatalf("%s: status %d, want %d\n%s", v.Address, v.Status, status, v.brief())
	}
	return v
}

// At fails the test unless the page is at an address that begins so.
func (v *Visitor) At(prefix string) *Visitor {
	v.t.Helper()
	if !strings.HasPrefix(v.Address, prefix) {
		v.t.Fatalf("at %s, want %s…\n%s", v.Address, prefix, v.brief())
	}
	return v
}

// Reads tells whether what came, a page or a feed, holds a text: shown, however
// it is marked up, or in an attribute.
func (v *Visitor) Reads(text string) bool {
	v.t.Helper()
	return v.Holds(text) || strings.Contains(words(v.page().Text()), words(text))
}

// Holds tells whether what came holds a text as it is, without a mark inside.
func (v *Visitor) Holds(text string) bool {
	return strings.Contains(words(html.UnescapeString(v.Body)), words(text))
}

// Client is the visitor's browser, with its cookies.
func (v *Visitor) Client() *http.Client { return v.client }
