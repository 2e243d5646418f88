package ui

import (
	"strings"

	"passerelle/models"
)

// Link is a text that leads somewhere.
type Link struct {
	Text    string
	Address string
}

// Viewer is who looks at the page; the zero Viewer is a visitor.
type Viewer struct {
	ID        models.ID
	Name      string
	LoggedIn  bool
	Confirmed bool // the e-mail address is proven: may write
	Desk      bool // reviews or decides on a call
	Moderator bool
	Admin     bool
	Editor    bool   // edits a laboratory
	Theme     string // "light", "dark", or "" to follow the device
}

// Page is what the frame of a page says.
type Page struct {
	Title       string // of the document; the brand is added
	Description string
	Section     string // one of the Section constants, or ""
	Crumbs      []Link // without « Accueil »; the last, current one has no address
	Wrong       bool   // a form of the page has errors: the title says so first
	Feed        *Link  // its Atom feed
	Robots      string // "noindex" and the like
	Wide        bool   // desks and their tables
	Bare        bool   // the page has its own search field: none in the header
	Path        string // of this page, to come back to
	Viewer      Viewer
	CSRF        string
	Flash       string // what has just been done; [Layout] shows it first
	FlashAt     string // the anchor where the browser jumps: a page that has it may say it there, and empty Flash
	Demo        bool
	SourceURL   string
}

// The sections of the main navigation, by their address.
const (
	SectionUseCases = "/cas-usage"
	SectionForums   = "/forums"
	SectionFunding  = "/financement"
	SectionLabs     = "/laboratoires"
)

var sections = []Link{
	{"Cas d’usage", SectionUseCases},
	{"Forums", SectionForums},
	{"Financement", SectionFunding},
	{"Laboratoires", SectionLabs},
}

// fullTitle is the document's title: an error first, the brand last.
func (p Page) fullTitle() string {
	title := "Passerelle"
	if p.Title != "" {
		title = p.Title + " – Passerelle"
	}
	if p.Wrong {
		title = "Erreur\u00a0: " + title
	}
	return title
}

// place is the page's address without its query, which may hold a secret.
func (p Page) place() string {
	path, _, _ := strings.Cut(p.Path, "?")
	return path
}
