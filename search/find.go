package search

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/collector"

	"passerelle/models"
)

// Query is what somebody asks.
type Query struct {
	Text  string   // as typed
	Types []Type   // only these; none: all
	Labs  []string // only what belongs to these laboratories, by slug; none: all
	Page  int      // from 1
}

// How results are paged: the first thousand can be turned to, and no more, as
// each further page costs all those before it.
const (
	PageSize = 20
	MaxPages = 50
)

// ErrUnknownFilter says that a filter names what is not there.
var ErrUnknownFilter = models.Refuse(models.NotFound, "lab.unknown_filter")

// Found is the answer to a Query.
type Found struct {
	Problem    Problem // why there was nothing to look for; Fine when there was
	Cut        bool    // only the first words were looked for
	Relaxed    bool    // nothing holds all the words: these hold some
	Rebuilding bool    // the index is being built: this is only a part
	Total      int     // things found within the filters
	Elsewhere  int     // things found without the filters, when none is within
	Page       int
	Pages      int // that can be turned to
	Hits       []Hit
	Types      []TypeCount // each with what it would give within the other filters
	Labs       []LabCount
}

// TypeCount is how many things of a type are found.
type TypeCount struct {
	Type  Type
	Count int
}

// LabCount is how many things of a laboratory are found.
type LabCount struct {
	Slug, Name string
	Count      int
}

// Find answers q. Whatever is typed has an answer, in bounded time. Refuses
// with ErrUnknownFilter.
func (x *Index) Find(ctx context.Context, q Query) (Found, error) {
	w := parse(q.Text)
	found := Found{Problem: w.problem, Cut: w.cut, Page: min(max(q.Page, 1), MaxPages)}
	labs, err := x.filter(ctx, q)
	if err != nil {
		return found, err
	}
	if w.problem != Fine {
		return found, nil
	}
	asked := query{wanted: w.wanted, without: w.without, types: q.Types, labs: labs}
	for {
		g := x.current()
		var a answer
		err := g.ask(func(s *scorch.IndexSnapshot) (err error) {
			a, err = find(ctx, s, asked, w, found.Page)
			return err
		})
		if errors.Is(err, bleve.ErrorIndexClosed) && x.current() != g {
			continue // another one has just taken its place
		}
		if errors.Is(err, errDamaged) { // Run is putting an empty one in its place
			x.log.ErrorContext(ctx, "a search met a damaged index", "error", err)
			found.Rebuilding = true
			return found, nil
		}
		if err != nil {
			return found, err
		}
		found.Rebuilding = !g.now().Whole
		return found, x.fill(ctx, &found, a)
	}
}

// ask reads what a generation holds; damage that shows becomes errDamaged.
func (g *generation) ask(read func(*scorch.IndexSnapshot) error) (err error) {
	defer g.guard(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	return g.snapshot(read)
}

// answer is what the index alone says.
type answer struct {
	names   []string // of the page, best first
	total   int
	all     int // without filters
	relaxed bool
	stems   map[string]bool // words to mark
	counts  counts
}

// find looks for all the words, then for any of them.
func find(ctx context.Context, s *scorch.IndexSnapshot, q query, w words, page int) (answer, error) {
	a, err := q.answer(ctx, s, page)
	if err != nil || a.all > 0 {
		return a, err
	}
	q.wanted, q.any = w.loose(), true
	if len(q.wanted) < 2 && len(w.wanted) < 2 && w.wanted[0].term != "" {
		return a, nil // one word: nothing to relax
	}
	a, err = q.answer(ctx, s, page)
	a.relaxed = a.all > 0
	return a, err
}

func (q query) answer(ctx context.Context, s *scorch.IndexSnapshot, page int) (answer, error) {
	a := answer{stems: q.stems()}
	var err error
	if a.names, a.total, err = q.best(ctx, s, page); err != nil {
		return a, err
	}
	a.all = a.total
	if len(q.types)+len(q.labs) > 0 {
		wide := q
		wide.types, wide.labs = nil, nil
		if a.all, err = wide.count(ctx, s); err != nil {
			return a, err
		}
	}
	if a.all > 0 {
		a.counts, err = q.facets(ctx, s, a.all)
	}
	return a, err
}

// stems are the words to mark in what is shown.
func (q query) stems() map[string]bool {
	stems := map[string]bool{}
	for _, c := range q.wanted {
		if c.term != "" {
			stems[c.term] = true
		}
		for _, stem := range c.stems {
			stems[stem] = true
		}
	}
	return stems
}

// best are the names of one page of results, and how many there are in all.
func (q query) best(ctx context.Context, s *scorch.IndexSnapshot, page int) (names []string, total int, err error) {
	a, err := ranking(ctx, s)
	if err != nil {
		return nil, 0, err
	}
	found, err := a.searcher(q)
	if err != nil {
		return nil, 0, err
	}
	defer found.Close()
	top := collector.NewTopNCollector(PageSize, (page-1)*PageSize, search.SortOrder{&search.SortScore{Desc: true}})
	if err := top.Collect(a.ctx, found, s); err != nil {
		return nil, 0, wrap(err)
	}
	for _, hit := range top.Results() {
		names = append(names, hit.ID)
	}
	return names, int(top.Total()), nil
}

// count is how many things q finds.
func (q query) count(ctx context.Context, s *scorch.IndexSnapshot) (n int, err error) {
	err = q.each(ctx, s, func(*search.DocumentMatch) error { n++; return nil })
	return n, err
}

// each shows every hit, in no order of worth.
func (q query) each(ctx context.Context, s *scorch.IndexSnapshot, hit func(*search.DocumentMatch) error) error {
	found, err := counting(ctx, s).searcher(q)
	if err != nil {
		return err
	}
	defer found.Close()
	room := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(found.DocumentMatchPoolSize()+1, 0), IndexReader: s}
	for i := 0; ; i++ {
		if i%1024 == 0 && ctx.Err() != nil {
			return fmt.Errorf("count what is found: %w", ctx.Err())
		}
		match, err := found.Next(room)
		if err != nil || match == nil {
			return wrap(err)
		}
		if err := hit(match); err != nil {
			return err
		}
		room.DocumentMatchPool.Put(match)
	}
}
