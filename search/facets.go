package search

import (
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"

	"passerelle/models"
)

// counts are what each filter would give within the others.
type counts struct {
	types map[Type]int
	labs  map[models.ID]int
}

// few are the types whose things are counted one by one. The replies, which
// are most of what is found, are what remains.
var few = []Type{UseCase, Experience, Lab, Call, Help}

// facets counts what q finds without its filters, all of them in number, by
// type and laboratory. Only the few are looked at one by one: reading the
// fields of every hit would cost six times the search itself.
func (q query) facets(ctx context.Context, s *scorch.IndexSnapshot, all int) (counts, error) {
	c := counts{types: map[Type]int{}, labs: map[models.ID]int{}}
	reader, err := s.DocValueReader([]string{fieldType, fieldLab})
	if err != nil {
		return c, wrap(err)
	}
	apart := q
	apart.labs, apart.types = nil, few
	counted := 0
	err = apart.each(ctx, s, func(match *search.DocumentMatch) error {
		var kind Type
		var lab models.ID
		err := reader.VisitDocValues(match.IndexInternalID, func(field string, term []byte) {
			if field == fieldType {
				kind = Type(term)
			} else {
				lab = models.ParseID(string(term))
			}
		})
		counted++
		if len(q.labs) == 0 || slices.Contains(q.labs, lab) {
			c.types[kind]++
		}
		if lab != 0 && (len(q.types) == 0 || slices.Contains(q.types, kind)) {
			c.labs[lab]++
		}
		return wrap(err)
	})
	if err != nil || len(q.labs) > 0 { // a debate belongs to no laboratory
		return c, err
	}
	apart.types = []Type{Thread}
	if c.types[Thread], err = apart.count(ctx, s); err != nil {
		return c, err
	}
	c.types[Post] = max(0, all-counted-c.types[Thread])
	return c, nil
}
