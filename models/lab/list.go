package lab

import (
	"context"
	"fmt"
	"slices"

	"passerelle/content"
	"passerelle/models"
)

// PageSize is how many use cases a page of the list shows.
const PageSize = 12

// Order is an order of the list.
type Order string

// The orders.
const (
	Recent  Order = ""
	ByTitle Order = "title"
)

// orders are fixed texts: no order comes from a request.
var orders = map[Order]string{
	Recent:  "u.published_at DESC, u.id DESC",
	ByTitle: "u.title_key, u.id",
}

// Card is a use case as lists show it.
type Card struct {
	ID          models.ID        `gorm:"column:id"`
	UUID        string           `gorm:"column:uuid"`
	Slug        string           `gorm:"column:slug"`
	Type        content.CaseType `gorm:"column:type"`
	Title       string           `gorm:"column:title"`
	Summary     string           `gorm:"column:summary"`
	Maturity    content.Stage    `gorm:"column:maturity"`
	RegionName  string           `gorm:"column:region_name"` // empty: the whole country
	PublishedAt models.Time      `gorm:"column:published_at"`
	UpdatedAt   models.Time      `gorm:"column:updated_at"`
	LabSlug     string           `gorm:"column:lab_slug"` // empty: an experience
	LabName     string           `gorm:"column:lab_name"`
}

// cardColumns are read from cardTables.
const cardColumns = `u.id, u.uuid, u.slug, u.type, u.title, u.summary, u.maturity, u.published_at, u.updated_at,
	coalesce(r.name, '') AS region_name,
	coalesce(l.slug, '') AS lab_slug, coalesce(l.name, '') AS lab_name`

const cardTables = " LEFT JOIN labs l ON l.id = u.lab_id LEFT JOIN regions r ON r.code = u.region"

// Facet is one value of a group: how many use cases there would be if it were
// the only one chosen in its group, the other groups staying as they are.
type Facet struct {
	Value  string // slug or maturity
	Name   string // empty for a maturity
	Count  int
	Chosen bool
}

// Listing is one page of the list, with the counts beside it. A facet that
// would find nothing is left out, unless it is chosen.
type Listing struct {
	Total, Page, Pages                           int
	Cards                                        []Card
	Labs, Regions, Themes, Audiences, Maturities []Facet
}

// List is a page of use cases under a filter. Refuses with ErrUnknownFilter,
// or with ErrNoPage beyond the last page.
func (l *Library) List(ctx context.Context, f Filter, order Order, page int) (list Listing, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		n, err := readNames(ctx, tx)
		if err != nil {
			return err
		}
		t, err := f.read(ctx, tx, n)
		if err != nil {
			return err
		}
		if list, err = readFacets(ctx, tx, t, n, f); err != nil {
			return err
		}
		if list.Total, err = count(ctx, tx, t); err != nil {
			return err
		}
		list.Page = page
		list.Pages = max(1, (list.Total+PageSize-1)/PageSize)
		if page < 1 || page > list.Pages {
			return ErrNoPage
		}
		list.Cards, err = cards(ctx, tx, t, order, PageSize, (page-1)*PageSize)
		return err
	})
	return list, err
}

// Latest are the use cases published last, and how many there are in all.
func (l *Library) Latest(ctx context.Context, limit int) (latest []Card, total int, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		if total, err = count(ctx, tx, nil); err != nil {
			return err
		}
		latest, err = cards(ctx, tx, nil, Recent, limit, 0)
		return err
	})
	return latest, total, err
}

func count(ctx context.Context, tx *models.Tx, t terms) (n int, err error) {
	where, args := t.where(noGroup)
	if err := tx.DB.WithContext(ctx).Raw("SELECT count(*) FROM use_cases u"+where, args...).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count use cases: %w", err)
	}
	return n, nil
}

// cards finds the ids in an index first: only the rows shown are read.
func cards(ctx context.Context, tx *models.Tx, t terms, order Order, limit, offset int) (list []Card, err error) {
	by, known := orders[order]
	if !known {
		return nil, ErrUnknownFilter
	}
	where, args := t.where(noGroup)
	err = tx.DB.WithContext(ctx).Raw(`SELECT `+cardColumns+`
		  FROM use_cases u`+cardTables+`
		 WHERE u.id IN (`+pageSQL(where, by)+`)
		 ORDER BY `+by, append(args, limit, offset)...).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("list use cases: %w", err)
	}
	return list, nil
}

// pageSQL finds the ids of a page.
func pageSQL(where, by string) string {
	return "SELECT u.id FROM use_cases u" + where + " ORDER BY " + by + " LIMIT ? OFFSET ?"
}

// counted is one line of a count by group.
type counted struct {
	Value string `gorm:"column:value"`
	Count int    `gorm:"column:n"`
}

// counts is where each group is counted.
var counts = map[group]struct{ column, from string }{
	byLab:      {"u.lab_id", "use_cases u"},
	byRegion:   {"u.region", "use_cases u"},
	byMaturity: {"u.maturity", "use_cases u"},
	byTheme:    {"x.theme_id", "use_case_themes x"},
	byAudience: {"x.audience_id", "use_case_audiences x"},
}

// countSQL is the count of use cases by the values of a group, within the
// filters of the other groups.
func countSQL(t terms, g group) (sql string, args []any) {
	where, args := t.where(g)
	if (g == byTheme || g == byAudience) && where != "" {
		where = " WHERE x.use_case_id IN (SELECT u.id FROM use_cases u" + where + ")"
	}
	c := counts[g]
	return "SELECT CAST(" + c.column + " AS TEXT) AS value, count(*) AS n FROM " + c.from + where +
		" GROUP BY " + c.column + " HAVING " + c.column + " IS NOT NULL", args
}

func countBy(ctx context.Context, tx *models.Tx, t terms, g group) (map[string]int, error) {
	query, args := countSQL(t, g)
	var lines []counted
	if err := tx.DB.WithContext(ctx).Raw(query, args...).Scan(&lines).Error; err != nil {
		return nil, fmt.Errorf("count use cases by group: %w", err)
	}
	found := make(map[string]int, len(lines))
	for _, line := range lines {
		found[line.Value] = line.Count
	}
	return found, nil
}

func readFacets(ctx context.Context, tx *models.Tx, t terms, n names, f Filter) (list Listing, err error) {
	found := map[group]map[string]int{}
	for g := byLab; g <= byMaturity; g++ {
		if found[g], err = countBy(ctx, tx, t, g); err != nil {
			return list, err
		}
	}
	list.Labs = facetsOf(n.labs, found[byLab], t[byLab])
	list.Regions = facetsOf(n.regions, found[byRegion], t[byRegion])
	list.Themes = facetsOf(n.themes, found[byTheme], t[byTheme])
	list.Audiences = facetsOf(n.audiences, found[byAudience], t[byAudience])
	for _, m := range Stages {
		list.Maturities = keep(list.Maturities, Facet{string(m), "", found[byMaturity][string(m)], slices.Contains(f.Maturities, m)})
	}
	return list, nil
}

func facetsOf(known []named, found map[string]int, chosen term) (list []Facet) {
	for _, k := range known {
		list = keep(list, Facet{k.Slug, k.Name, found[k.ID], chosen.has(k.ID)})
	}
	return list
}

// has tells whether a condition names an id.
func (t term) has(id string) bool {
	for _, list := range t.args {
		if values, ok := list.([]any); ok && slices.Contains(values, any(id)) {
			return true
		}
	}
	return false
}

func keep(list []Facet, f Facet) []Facet {
	if f.Count == 0 && !f.Chosen {
		return list
	}
	return append(list, f)
}
