package search

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"passerelle/models"
)

// Type is a kind of thing that is found.
type Type string

// The types. A thread is a discussion, a question or a proposal; its opening
// post is found as the thread, so that no text is found twice; Post are the replies.
const (
	UseCase    Type = "use_case"
	Experience Type = "experience"
	Lab        Type = "lab"
	Call       Type = "call"
	Project    Type = "project" // one that was funded
	Thread     Type = "thread"  // a discussion
	Question   Type = "question"
	Proposal   Type = "proposal"
	Post       Type = "post"
	Help       Type = "page"
)

// Types are all of them, in the order in which they are shown.
var Types = []Type{UseCase, Experience, Lab, Call, Project, Thread, Question, Proposal, Post, Help}

// OfThread tells whether a thing is a thread itself, of whatever kind.
func (t Type) OfThread() bool { return t == Thread || t == Question || t == Proposal }

// Status is how far a thing has come.
type Status string

// The statuses: of a call and of a thread; of a use case; of a laboratory; of a reply.
const (
	StatusPlanned    Status = "planned"
	StatusOpen       Status = "open"
	StatusClosed     Status = "closed"
	StatusIdea       Status = "idea"
	StatusExperiment Status = "experiment"
	StatusDeployed   Status = "deployed"
	StatusAbandoned  Status = "abandoned"
	StatusEnded      Status = "ended"
	StatusActive     Status = "active"
	StatusOfficial   Status = "official" // of a reply: it answers in the name of an institution
)

// Statuses are all of them, in the order in which they are shown.
var Statuses = []Status{StatusPlanned, StatusOpen, StatusClosed, StatusIdea, StatusExperiment, StatusDeployed, StatusActive, StatusEnded, StatusAbandoned, StatusOfficial}

// doc is one public thing as the index takes it.
type doc struct {
	ID      string // "usecase:12"
	Type    Type
	Title   string
	Summary string
	Body    string // plain text
	Labels  string // names that it is filed under: laboratory, region, themes
	Lab     models.ID
	Region  string // INSEE code
	Forum   models.ID
	Thread  models.ID
	Author  models.ID
	Status  Status
	Date    models.Time
}

// The fields of the index. Those of text are analysed; the others are terms.
const (
	fieldTitle   = "title"
	fieldSummary = "summary"
	fieldBody    = "body"
	fieldLabels  = "labels"
	fieldExact   = "exact" // title, summary and body as they are written
	fieldType    = "type"
	fieldLab     = "lab"
	fieldRegion  = "region"
	fieldForum   = "forum"
	fieldThread  = "thread"
	fieldAuthor  = "author"
	fieldStatus  = "status"
	fieldYear    = "year"
	fieldDay     = "day"    // days since 1970, in Paris
	fieldDigest  = "digest" // stored: what the document was made of
)

const (
	searched  = index.IndexField
	located   = index.IndexField | index.IncludeTermVectors
	filtered  = index.IndexField | index.SkipFreqNorm
	countable = index.IndexField | index.SkipFreqNorm | index.DocValues
	kept      = index.StoreField
)

// exactPlaces are the fields whose texts stand one behind the other in the
// exact one.
var exactPlaces = []string{fieldBody, fieldTitle, fieldSummary, fieldLabels}

// build makes what Bleve indexes. It is written out by hand: Bleve's mapping
// walks values by reflection, once more for each document.
func (d doc) build() *document.Document {
	b := builder{document.NewDocument(d.ID)}
	for i, text := range []string{d.Body, d.Title, d.Summary, d.Labels} {
		b.text(exactPlaces[i], i, text)
	}
	b.term(fieldType, string(d.Type), filtered)
	b.id(fieldLab, d.Lab, filtered)
	b.term(fieldRegion, d.Region, filtered)
	b.id(fieldForum, d.Forum, filtered)
	b.id(fieldThread, d.Thread, countable)
	b.id(fieldAuthor, d.Author, filtered)
	b.term(fieldStatus, string(d.Status), filtered)
	if !d.Date.IsZero() {
		local := d.Date.Paris()
		b.term(fieldYear, strconv.Itoa(local.Year()), filtered)
		b.term(fieldDay, strconv.Itoa(int(dayOf(local))), countable)
	}
	b.term(fieldDigest, d.digest(), kept)
	return b.Document
}

// dayOf counts the days of the calendar from 1970 to a moment, where it is.
func dayOf(t time.Time) int32 {
	year, month, day := t.Date()
	return int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// digest tells two contents of a document apart.
func (d doc) digest() string {
	hash := sha256.New()
	for _, part := range []string{string(d.Type), d.Title, d.Summary, d.Body, d.Labels,
		d.Lab.String(), d.Region, d.Forum.String(), d.Thread.String(), d.Author.String(), string(d.Status), d.Date.String()} {
		hash.Write([]byte(part))
		hash.Write([]byte{0})
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

type builder struct{ *document.Document }

// apart is how far the values of the exact field are from each other, in words:
// no phrase reaches from one into the next.
const apart = 1 << 20

// text adds a text to its own field and, as its place-th value, to the exact one.
func (b builder) text(field string, place int, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	read := &reading{text: []byte(text), first: place * apart}
	b.AddField(&textField{reading: read, name: field, options: searched, of: &read.french})
	b.AddField(&textField{reading: read, name: fieldExact, options: located, of: &read.exact})
}

func (b builder) term(field, term string, options index.FieldIndexingOptions) {
	if term != "" {
		b.AddField(document.NewTextFieldCustom(field, nil, []byte(term), options, nil))
	}
}

func (b builder) id(field string, id models.ID, options index.FieldIndexingOptions) {
	if id != 0 {
		b.term(field, id.String(), options)
	}
}
