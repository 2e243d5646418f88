package search

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"passerelle/models"
)

// asker makes Bleve's searchers over what an index holds at one moment, so
// that hits and counts of one answer agree.
type asker struct {
	snapshot *scorch.IndexSnapshot
	ctx      context.Context
	options  search.SearcherOptions
	plain    *asker // the same without scores, for what only narrows
}

// weights say how much a word counts in each field.
var weights = []struct {
	field  string
	weight float64
	words  int // usual length of the field, for BM25
}{
	{fieldTitle, 5, 8},
	{fieldSummary, 2.5, 25},
	{fieldLabels, 2, 6},
	{fieldBody, 1, 90},
}

// ranking asks for hits with a score.
func ranking(ctx context.Context, s *scorch.IndexSnapshot) (asker, error) {
	count, err := s.DocCount()
	if err != nil {
		return asker{}, fmt.Errorf("count the documents: %w", err)
	}
	// Bleve would take the number of different words for the length of a field.
	lengths := map[string]int{fieldExact: int(count) * 150, "*": int(count)}
	for _, w := range weights {
		lengths[w.field] = int(count) * w.words
	}
	plain := counting(ctx, s)
	ctx = context.WithValue(ctx, search.BM25StatsKey, &search.BM25Stats{DocCount: float64(count), FieldCardinality: lengths})
	ctx = context.WithValue(ctx, search.GetScoringModelCallbackKey, search.GetScoringModelCallbackFn(func() string { return index.BM25Scoring }))
	return asker{snapshot: s, ctx: ctx, plain: &plain}, nil
}

// counting asks for hits alone, which Bleve finds faster.
func counting(ctx context.Context, s *scorch.IndexSnapshot) asker {
	a := asker{snapshot: s, ctx: ctx, options: search.SearcherOptions{Score: "none"}}
	a.plain = &a
	return a
}

// query is what is looked for within filters. Empty filters let all through.
type query struct {
	wanted  []clause
	without []clause
	any     bool // of the wanted, not all
	types   []Type
	labs    []models.ID
}

// searcher finds what q asks for.
func (a asker) searcher(q query) (search.Searcher, error) {
	wanted, err := a.clauses(q.wanted)
	if err != nil {
		return nil, err
	}
	found, err := a.join(wanted, q.any)
	if err != nil {
		return nil, err
	}
	if found, err = a.within(found, fieldType, texts(q.types)); err != nil {
		return nil, err
	}
	if found, err = a.within(found, fieldLab, texts(q.labs)); err != nil {
		return nil, err
	}
	if len(q.without) == 0 {
		return found, nil
	}
	unwanted, err := a.plain.clauses(q.without)
	if err != nil {
		return nil, err
	}
	not, err := a.plain.join(unwanted, true)
	if err != nil {
		return nil, err
	}
	s, err := searcher.NewBooleanSearcher(a.ctx, a.snapshot, found, nil, not, a.options)
	return s, wrap(err)
}

func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("ask the search index: %w", err)
	}
	return nil
}

func texts[T any](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = fmt.Sprint(v)
	}
	return list
}

func (a asker) clauses(list []clause) ([]search.Searcher, error) {
	searchers := make([]search.Searcher, 0, len(list))
	for _, c := range list {
		var s search.Searcher
		var err error
		if c.term != "" {
			s, err = a.word(c.term)
		} else {
			s, err = a.phrase(c)
		}
		if err != nil {
			return nil, err
		}
		searchers = append(searchers, s)
	}
	return searchers, nil
}

// phrase finds a phrase, in places where its words are: those that are no small
// words narrow at once what has to be read word for word.
func (a asker) phrase(c clause) (search.Searcher, error) {
	phrase, err := searcher.NewMultiPhraseSearcher(a.ctx, a.snapshot, c.phrase, 0, false, fieldExact, 1, a.options)
	if err != nil {
		return nil, wrap(err)
	}
	parts := []search.Searcher{phrase}
	for _, stem := range c.stems {
		s, err := a.plain.word(stem)
		if err != nil {
			return nil, err
		}
		parts = append(parts, s)
	}
	return a.join(parts, false)
}

// word finds a word in any field that has it.
func (a asker) word(term string) (search.Searcher, error) {
	var fields []search.Searcher
	for _, w := range weights {
		s, err := searcher.NewTermSearcher(a.ctx, a.snapshot, term, w.field, w.weight, a.options)
		if err != nil {
			return nil, wrap(err)
		}
		if s.Count() == 0 {
			s.Close()
			continue
		}
		fields = append(fields, s)
	}
	return a.join(fields, true)
}

// join finds what any, or all, of the searchers find.
func (a asker) join(list []search.Searcher, any bool) (s search.Searcher, err error) {
	switch {
	case len(list) == 0:
		s, err = searcher.NewMatchNoneSearcher(a.snapshot)
	case len(list) == 1:
		return list[0], nil
	case any:
		s, err = searcher.NewDisjunctionSearcher(a.ctx, a.snapshot, list, 1, a.options)
	default:
		s, err = searcher.NewConjunctionSearcher(a.ctx, a.snapshot, list, a.options)
	}
	return s, wrap(err)
}

// within keeps, of what is found, that which has one of the terms in a field.
func (a asker) within(found search.Searcher, field string, terms []string) (search.Searcher, error) {
	if len(terms) == 0 {
		return found, nil
	}
	list := make([]search.Searcher, len(terms))
	for i, term := range terms {
		s, err := searcher.NewTermSearcher(a.plain.ctx, a.snapshot, term, field, 1, a.plain.options)
		if err != nil {
			return nil, wrap(err)
		}
		list[i] = s
	}
	allowed, err := a.plain.join(list, true)
	if err != nil {
		return nil, err
	}
	return a.join([]search.Searcher{found, allowed}, false)
}
