package api

import (
	"encoding/xml"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"passerelle/models"
)

// feed is an Atom feed (RFC 4287).
type feed struct {
	XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Language string   `xml:"xml:lang,attr"`
	Base     string   `xml:"xml:base,attr"` // for the links inside contents
	ID       string   `xml:"id"`
	Title    string   `xml:"title"`
	Subtitle string   `xml:"subtitle,omitempty"`
	Updated  instant  `xml:"updated"`
	Author   person   `xml:"author"`
	Links    []link   `xml:"link"`
	Rights   string   `xml:"rights,omitempty"`
	Entries  []entry  `xml:"entry"`
}

type entry struct {
	ID         string     `xml:"id"`
	Title      string     `xml:"title"`
	Link       link       `xml:"link"`
	Published  instant    `xml:"published"`
	Updated    instant    `xml:"updated"`
	Author     *person    `xml:"author,omitempty"`
	Categories []category `xml:"category,omitempty"`
	Summary    string     `xml:"summary,omitempty"`
	Content    *text      `xml:"content,omitempty"`
}

type link struct {
	Relation string `xml:"rel,attr,omitempty"`
	Type     string `xml:"type,attr,omitempty"`
	Address  string `xml:"href,attr"`
}

type person struct {
	Name string `xml:"name"`
}

type category struct {
	Term string `xml:"term,attr"`
}

// text is HTML that the sanitiser has made.
type text struct {
	Type string `xml:"type,attr"`
	HTML string `xml:",chardata"`
}

// instant is written as RFC 3339 wants it.
type instant models.Time

// MarshalText writes the instant.
func (i instant) MarshalText() ([]byte, error) {
	return []byte(i.UTC().Format(time.RFC3339)), nil
}

// idYear dates the tag: ids (RFC 4151). It never changes, lest every reader
// take every entry for a new one.
const idYear = "2026"

// tag is the id of a thing for ever: its address may change, this does not.
func (a *API) tag(kind, id string) string {
	return fmt.Sprintf("tag:%s,%s:%s/%s", a.hostName(), idYear, kind, id)
}

// newFeed is a feed without entries, at an address, about a page.
func (a *API) newFeed(id, title, path, page string) feed {
	return feed{
		Language: "fr", Base: a.full("/"), ID: id, Title: title, Author: person{Name: "Passerelle"},
		Links: []link{
			{Relation: "self", Type: "application/atom+xml", Address: a.full(path)},
			{Relation: "alternate", Type: "text/html", Address: a.full(page)},
		},
	}
}

// sendFeed answers with a feed that was updated when its latest entry was, or
// at since when it has none.
func sendFeed(c *fiber.Ctx, f feed, since models.Time) error {
	f.Updated = instant(since)
	for i, e := range f.Entries {
		if i == 0 || e.Updated.After(f.Updated.Time) {
			f.Updated = e.Updated
		}
	}
	return sendXML(c, "application/atom+xml; charset=utf-8", f)
}

func sendXML(c *fiber.Ctx, kind string, document any) error {
	body, err := xml.MarshalIndent(document, "", " ")
	if err != nil {
		return fmt.Errorf("write XML: %w", err)
	}
	c.Set(fiber.HeaderContentType, kind)
	return c.Send(append([]byte(xml.Header), body...))
}
