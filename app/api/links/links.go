// Package links follows every link that pages show, as a patient visitor would,
// and tells which lead nowhere. It is for tests.
package links

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Answer is what the site says at an address.
type Answer struct {
	Status   int
	Type     string // Content-Type
	Location string // of a redirect
	Body     string
}

// Broken is a link that leads nowhere.
type Broken struct {
	Page string // that shows it
	Link string
	Why  string
}

// String is a line for a test.
func (b Broken) String() string { return fmt.Sprintf("%s links to %s: %s", b.Page, b.Link, b.Why) }

// maxPages stops a site whose addresses have no end.
const maxPages = 5000

// Follow reads the pages at some addresses and, from link to link, all those of
// the site; get asks the site for a path with its query. It returns the links
// that lead nowhere, also to an anchor that the page does not have, and every
// address that it read.
func Follow(get func(address string) (Answer, error), from ...string) (broken []Broken, read []string, err error) {
	w := walk{get: get, answers: map[string]*page{}, told: map[string]bool{}}
	for _, address := range from {
		w.want("", address)
	}
	for len(w.queue) > 0 {
		if len(w.answers) > maxPages {
			return w.broken, w.read(), fmt.Errorf("more than %d pages: do their addresses have an end?", maxPages)
		}
		next := w.queue[0]
		w.queue = w.queue[1:]
		if err := w.visit(next); err != nil {
			return w.broken, w.read(), err
		}
	}
	return w.broken, w.read(), nil
}

// reference is a link on a page.
type reference struct{ page, link, address, fragment string }

// page is what an address answered.
type page struct {
	why string // it leads nowhere
	ids map[string]bool
}

type walk struct {
	get     func(string) (Answer, error)
	queue   []reference
	answers map[string]*page
	told    map[string]bool // what is known to be broken
	broken  []Broken
}

func (w *walk) tell(target string, b Broken) {
	if !w.told[target] {
		w.told[target] = true
		w.broken = append(w.broken, b)
	}
}

func (w *walk) read() []string {
	var list []string
	for address := range w.answers {
		list = append(list, address)
	}
	slices.Sort(list)
	return list
}

// want notes a link of this site.
func (w *walk) want(from, link string) {
	base, err := url.Parse(from)
	if err != nil {
		return
	}
	target, err := base.Parse(strings.TrimSpace(link))
	if err != nil {
		w.tell(link, Broken{from, link, "cannot be read: " + err.Error()})
		return
	}
	if target.Host != "" || target.Scheme != "" {
		return // another site, or a mail address
	}
	fragment := target.Fragment
	target.Fragment = ""
	w.queue = append(w.queue, reference{from, link, target.String(), fragment})
}

func (w *walk) visit(ref reference) error {
	known, seen := w.answers[ref.address]
	if !seen {
		var err error
		if known, err = w.open(ref.address); err != nil {
			return err
		}
	}
	switch {
	case known.why != "":
		w.tell(ref.address, Broken{ref.page, ref.link, known.why})
	case ref.fragment != "" && known.ids != nil && !known.ids[ref.fragment]:
		w.tell(ref.address+"#"+ref.fragment, Broken{ref.page, ref.link, "the page has no such anchor"})
	}
	return nil
}

// open asks for an address and notes the links that it shows.
func (w *walk) open(address string) (*page, error) {
	answer, err := w.get(address)
	if err != nil {
		return nil, fmt.Errorf("ask for %s: %w", address, err)
	}
	p := &page{}
	w.answers[address] = p
	switch {
	case answer.Status >= 300 && answer.Status < 400 && answer.Location != "":
		w.want(address, answer.Location)
	case answer.Status == 401 || answer.Status == 403: // it is there, for others
	case answer.Status != 200:
		p.why = fmt.Sprintf("status %d", answer.Status)
	case strings.HasPrefix(answer.Type, "text/html"):
		return p, w.links(address, answer.Body, p)
	}
	return p, nil
}

// sources are the attributes that a browser, or a reader, follows by GET.
var sources = map[string]string{"a": "href", "link": "href", "script": "src", "img": "src", `form[method="get"], form:not([method])`: "action"}

func (w *walk) links(address, body string, p *page) error {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("read %s: %w", address, err)
	}
	p.ids = map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { p.ids[s.AttrOr("id", "")] = true })
	for selector, attribute := range sources {
		doc.Find(selector).Each(func(_ int, s *goquery.Selection) {
			if link, ok := s.Attr(attribute); ok {
				w.want(address, link)
			}
		})
	}
	return nil
}
