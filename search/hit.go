package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"passerelle/models"
)

// Hit is one thing that was found, with what a page needs to show it and to
// lead to it.
type Hit struct {
	Type    Type
	ID      models.ID
	Slug    string  // of the thing; of its thread, for a reply
	Title   []Piece // of the thing; of its thread, for a reply
	Excerpt []Piece
	Lab     string // name
	Region  string // name
	Forum   string // title
	Body    string // organisation of a funded project; institution that an official answer is of
	Thread  models.ID
	Number  int64       // of a reply in its thread; of a funded project, how many were decided later
	Date    models.Time // of publication; when a call opens; zero: none
	Others  []Hit       // more of the same thread, best first: only what leads to them
	More    int         // how many more there are
}

// Piece is a piece of a text; Mark says that it is a word that was looked for.
type Piece struct {
	Text string
	Mark bool
}

// Plain is the text of pieces without their marks.
func Plain(pieces []Piece) string {
	var text strings.Builder
	for _, p := range pieces {
		text.WriteString(p.Text)
	}
	return text.String()
}

// fill completes an answer with what the database says now: a thing that was
// hidden since it was indexed is not shown, nor counted.
func (x *Index) fill(ctx context.Context, found *Found, a answer) error {
	found.Total, found.Relaxed, found.Next, found.Pages = a.counter.total, a.relaxed, a.next, a.pages
	if a.counter.total == 0 {
		found.Elsewhere = a.counter.all
	}
	head := x.store.Head()
	return x.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		names, others := slices.Clone(a.also), []string(nil)
		for _, g := range a.groups {
			names, others = append(names, g.name), append(others, g.others...)
		}
		rows, err := readRows(ctx, tx, names)
		if err != nil {
			return err
		}
		more, err := readNumbers(ctx, tx, others)
		if err != nil {
			return err
		}
		m := newMarker(a.stems)
		for _, g := range a.groups {
			found.show(g, rows, more, m)
		}
		for _, name := range a.also {
			if r, ok := rows[name]; ok {
				found.Also = append(found.Also, hitOf(r, m))
			}
		}
		for _, t := range a.taken {
			found.Taken = append(found.Taken, Taken{t.Typed, found.spelled(t.For)})
		}
		return found.count(a.counter, func(field string) ([]nameRow, error) { return x.names.read(ctx, tx, field, head) })
	})
}

// show adds a group as far as it can be seen.
func (f *Found) show(g group, rows, more map[string]row, m *marker) {
	var others []Hit
	for _, name := range g.others {
		if r, ok := more[name]; ok {
			others = append(others, Hit{Type: r.Type, ID: r.ID, Slug: r.Slug, Thread: r.ThreadID, Number: r.Number})
		} else {
			f.Total--
		}
	}
	r, ok := rows[g.name]
	if !ok {
		f.Total--
		return
	}
	first := hitOf(r, m)
	first.Others, first.More = others, g.more
	f.Hits = append(f.Hits, first)
}

// spelled is a word of the vocabulary with its accents, as the hits write it.
func (f *Found) spelled(word string) string {
	for _, h := range f.Hits {
		for _, p := range slices.Concat(h.Title, h.Excerpt) {
			if !p.Mark {
				continue
			}
			for _, typed := range typedWords(p.Text) {
				if typed.surface == word {
					return strings.ToLower(p.Text[typed.start:typed.end])
				}
			}
		}
	}
	return word
}

// nameRow is what a filter shows of a laboratory, a region or a forum.
type nameRow struct {
	Term string `gorm:"column:term"` // in the index
	Slug string `gorm:"column:slug"`
	Name string `gorm:"column:name"`
}

// namesOf reads the names behind the terms of a field, in the order in which
// they are shown.
var namesOf = map[string]string{
	fieldLab:    "SELECT id AS term, slug, name FROM labs ORDER BY rank, name, id",
	fieldRegion: "SELECT code AS term, slug, name FROM regions ORDER BY name",
	fieldForum:  "SELECT id AS term, slug, title AS name FROM forums ORDER BY id",
}

func readNames(ctx context.Context, tx *models.Tx, field string) ([]nameRow, error) {
	var rows []nameRow
	return rows, wrap(tx.DB.WithContext(ctx).Raw(namesOf[field]).Scan(&rows).Error)
}

// count names what was counted.
func (f *Found) count(c counter, names func(field string) ([]nameRow, error)) error {
	for _, t := range Types {
		f.Types = withCount(f.Types, string(t), string(t), c.facets[fieldType][string(t)])
	}
	for _, s := range Statuses {
		f.Statuses = withCount(f.Statuses, string(s), string(s), c.facets[fieldStatus][string(s)])
	}
	for year, n := range c.facets[fieldYear] {
		f.Years = withCount(f.Years, year, year, n)
	}
	slices.SortFunc(f.Years, func(a, b Count) int { return cmp.Compare(b.Value, a.Value) })
	for field, list := range map[string]*[]Count{fieldLab: &f.Labs, fieldRegion: &f.Regions, fieldForum: &f.Forums} {
		if len(c.facets[field]) == 0 {
			continue
		}
		rows, err := names(field)
		if err != nil {
			return err
		}
		for _, r := range rows {
			*list = withCount(*list, r.Slug, r.Name, c.facets[field][r.Term])
		}
	}
	return nil
}

func withCount(list []Count, value, label string, n int) []Count {
	if n == 0 {
		return list
	}
	return append(list, Count{value, label, n})
}

func hitOf(r row, m *marker) Hit {
	body := r.Official
	if r.Type == Project {
		body = r.Place
	}
	return Hit{
		Body: body, Type: r.Type, ID: r.ID, Slug: r.Slug, Title: m.whole(r.Title), Excerpt: m.excerpt(r.body(), r.Summary),
		Lab: r.LabName, Region: r.RegionName, Forum: r.ForumTitle, Thread: r.ThreadID, Number: r.Number, Date: r.Date,
	}
}
