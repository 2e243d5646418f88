package lab

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"passerelle/content"
	"passerelle/models"
)

// Filter chooses use cases. Within a group any of the values will do; all the
// groups must agree. An empty group asks nothing.
type Filter struct {
	Labs       []string // slugs
	Regions    []string // slugs
	Themes     []string // slugs
	Audiences  []string // slugs
	Maturities []content.Stage
}

// group is one group of a filter.
type group int

const (
	noGroup group = iota
	byLab
	byRegion
	byTheme
	byAudience
	byMaturity
)

// terms are the conditions of a filter in SQL, one a group that asks something.
type terms map[group]term

type term struct {
	sql  string
	args []any
}

// What each group asks of a use case u. The + keeps SQLite from fetching the
// rows of a theme one by one, texts and all: an index of use cases is read instead.
const (
	labTerm      = "u.lab_id IN ?"
	regionTerm   = "u.region IN ?"
	maturityTerm = "u.maturity IN ?"
	themeTerm    = "+u.id IN (SELECT use_case_id FROM use_case_themes WHERE theme_id IN ?)"
	audienceTerm = "+u.id IN (SELECT use_case_id FROM use_case_audiences WHERE audience_id IN ?)"
)

// named is a row that a filter names by its slug. ID is what use cases hold: a
// region's is its code.
type named struct {
	ID   string `gorm:"column:id"`
	Slug string `gorm:"column:slug"`
	Name string `gorm:"column:name"`
}

// names are what labs, regions, themes and audiences are called, in the order
// of facets.
type names struct {
	labs, regions, themes, audiences []named
}

func readNames(ctx context.Context, tx *models.Tx) (n names, err error) {
	for list, query := range map[*[]named]string{
		&n.labs:      "SELECT l.id, l.slug, l.name FROM labs l" + labOrder,
		&n.regions:   "SELECT code AS id, slug, name FROM regions ORDER BY slug",
		&n.themes:    "SELECT id, slug, name FROM themes ORDER BY slug",
		&n.audiences: "SELECT id, slug, name FROM audiences ORDER BY slug",
	} {
		if err := tx.DB.WithContext(ctx).Raw(query).Scan(list).Error; err != nil {
			return names{}, fmt.Errorf("read what filters may name: %w", err)
		}
	}
	return n, nil
}

// read turns a filter into conditions. A lab may be named by an address that
// it once had; a value that never existed is refused with ErrUnknownFilter.
func (f Filter) read(ctx context.Context, tx *models.Tx, n names) (terms, error) {
	t := terms{}
	labs, err := labIDs(ctx, tx, n.labs, f.Labs)
	if err != nil {
		return nil, err
	}
	t.add(byLab, labTerm, labs)
	regions, err := ids(n.regions, f.Regions)
	if err != nil {
		return nil, err
	}
	t.add(byRegion, regionTerm, regions)
	t.add(byMaturity, maturityTerm, anyOf(f.Maturities))
	themes, err := ids(n.themes, f.Themes)
	if err != nil {
		return nil, err
	}
	t.add(byTheme, themeTerm, themes)
	audiences, err := ids(n.audiences, f.Audiences)
	if err != nil {
		return nil, err
	}
	t.add(byAudience, audienceTerm, audiences)
	for _, m := range f.Maturities {
		if !slices.Contains(Stages, m) {
			return nil, ErrUnknownFilter
		}
	}
	return t, nil
}

func (t terms) add(g group, sql string, values []any) {
	if len(values) > 0 {
		t[g] = term{sql, []any{values}}
	}
}

// where is the condition of all groups but one: a facet counts within the
// filters of the others.
func (t terms) where(but group) (sql string, args []any) {
	var parts []string
	for g := byLab; g <= byMaturity; g++ {
		if part, asked := t[g]; asked && g != but {
			parts = append(parts, part.sql)
			args = append(args, part.args...)
		}
	}
	if len(parts) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(parts, " AND "), args
}

func anyOf[T any](values []T) []any {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return list
}

func ids(known []named, slugs []string) ([]any, error) {
	var list []any
	for _, slug := range slugs {
		i := slices.IndexFunc(known, func(n named) bool { return n.Slug == slug })
		if i < 0 {
			return nil, ErrUnknownFilter
		}
		list = append(list, known[i].ID)
	}
	return list, nil
}

func labIDs(ctx context.Context, tx *models.Tx, known []named, slugs []string) ([]any, error) {
	var list []any
	for _, slug := range slugs {
		if now, err := ids(known, []string{slug}); err == nil {
			list = append(list, now...)
			continue
		}
		var id string
		err := tx.DB.WithContext(ctx).Raw("SELECT lab_id FROM lab_slugs WHERE slug = ?", slug).Scan(&id).Error
		if err != nil {
			return nil, fmt.Errorf("look for a lab's former address: %w", err)
		}
		if id == "" {
			return nil, ErrUnknownFilter
		}
		list = append(list, id)
	}
	return list, nil
}
