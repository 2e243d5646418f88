package search

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"passerelle/models"
)

// source is one table of public things. Its SQL says what is public, here and
// nowhere else in this package: what it does not return is not indexed, not
// counted and not shown.
type source struct {
	noun string // of its changes and of its documents' ids
	sql  string // SELECT … WHERE what is public; the id is that of `row`
	id   string // column of the id
}

// sources in the order in which an index is built: the few first.
var sources = []source{useCases, labs, calls, projects, pages, threads, posts}

func sourceOf(noun string) (source, bool) {
	for _, s := range sources {
		if s.noun == noun {
			return s, true
		}
	}
	return source{}, false
}

// row is a public thing as the database gives it: what is indexed, and what a
// result shows.
type row struct {
	ID         models.ID   `gorm:"column:id"`
	Type       Type        `gorm:"column:type"`
	Slug       string      `gorm:"column:slug"`
	Title      string      `gorm:"column:title"`
	Summary    string      `gorm:"column:summary"`
	Text       string      `gorm:"column:text"`
	Problem    string      `gorm:"column:problem"`
	Tried      string      `gorm:"column:tried"`
	Result     string      `gorm:"column:result"`
	Abandoned  string      `gorm:"column:abandoned"`
	Lists      string      `gorm:"column:lists"` // JSON values, one after the other
	Themes     string      `gorm:"column:themes"`
	LabID      models.ID   `gorm:"column:lab_id"`
	LabName    string      `gorm:"column:lab_name"`
	Region     string      `gorm:"column:region"`
	RegionName string      `gorm:"column:region_name"`
	Place      string      `gorm:"column:place"`
	ForumID    models.ID   `gorm:"column:forum_id"`
	ForumTitle string      `gorm:"column:forum_title"`
	ThreadID   models.ID   `gorm:"column:thread_id"`
	Number     int64       `gorm:"column:number"`
	Official   string      `gorm:"column:official"` // institution that a reply answers for
	AuthorID   models.ID   `gorm:"column:author_id"`
	Status     Status      `gorm:"column:status"`
	Date       models.Time `gorm:"column:date"`
}

// after reads the next public things of a source by id.
func (s source) after(ctx context.Context, tx *models.Tx, id models.ID, limit int) ([]row, error) {
	rows, err := gorm.G[row](tx.DB).Raw(s.sql+" AND "+s.id+" > ? ORDER BY "+s.id+" LIMIT ?", id, limit).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("read every %s: %w", s.noun, err)
	}
	return rows, nil
}

// read reads those of ids that are public.
func (s source) read(ctx context.Context, tx *models.Tx, ids []models.ID) ([]row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := gorm.G[row](tx.DB).Raw(s.sql+" AND "+s.id+" IN ?", ids).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("read a %s: %w", s.noun, err)
	}
	return rows, nil
}

// readNumbers reads where replies stand in their threads, as far as they are
// public: the same query without its texts.
func readNumbers(ctx context.Context, tx *models.Tx, names []string) (map[string]row, error) {
	var ids []models.ID
	for _, name := range names {
		if s, id := parseName(name); s.noun == posts.noun {
			ids = append(ids, id)
		}
	}
	found := make(map[string]row, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := gorm.G[row](tx.DB).Raw("SELECT id, type, slug, number, thread_id FROM ("+posts.sql+" AND p.id IN ?)", ids).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("read where replies stand: %w", err)
	}
	for _, r := range rows {
		found[posts.name(r.ID)] = r
	}
	return found, nil
}

// readRows reads the named things that are public, with one query a source.
func readRows(ctx context.Context, tx *models.Tx, names []string) (map[string]row, error) {
	ids := map[string][]models.ID{}
	for _, name := range names {
		s, id := parseName(name)
		ids[s.noun] = append(ids[s.noun], id)
	}
	found := make(map[string]row, len(names))
	for _, s := range sources {
		rows, err := s.read(ctx, tx, ids[s.noun])
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			found[s.name(r.ID)] = r
		}
	}
	return found, nil
}

// name is the id of a thing in the index.
func (s source) name(id models.ID) string { return s.noun + ":" + id.String() }

// parseName is the inverse of name.
func parseName(name string) (source, models.ID) {
	noun, number, _ := strings.Cut(name, ":")
	s, _ := sourceOf(noun)
	return s, models.ParseID(number)
}

// doc is the row as the index takes it.
func (s source) doc(r row) doc {
	d := doc{
		ID: s.name(r.ID), Type: r.Type, Summary: r.Summary, Body: r.body(), Labels: r.labels(),
		Lab: r.LabID, Region: r.Region, Forum: r.ForumID, Thread: r.ThreadID,
		Author: r.AuthorID, Status: r.Status, Date: r.Date,
	}
	if r.Type != Post { // the title that a reply is shown with is its thread's
		d.Title = r.Title
	}
	return d
}

// body is all that is read below title and summary, as plain text.
func (r row) body() string {
	parts := []string{r.Problem, r.Tried, r.Result, r.Abandoned, r.Text}
	return joinNonEmpty(append(parts, textsIn(r.Lists)...), "\n")
}

// labels are the names under which a thing is filed.
func (r row) labels() string {
	return joinNonEmpty([]string{r.LabName, r.RegionName, r.Place, r.Themes, r.Official}, "\n")
}

func joinNonEmpty(parts []string, separator string) string {
	kept := parts[:0:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, separator)
}
