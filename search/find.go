package search

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"math"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"passerelle/models"
)

// Query is what somebody asks. Empty filters let all through; several values of
// one filter let through what has any of them.
type Query struct {
	Text     string // as typed
	Types    []Type
	Labs     []string // slugs
	Regions  []string // slugs
	Forums   []string // slugs
	Years    []string // of publication
	Statuses []Status
	Newest   bool   // newest first, not best first
	Page     int    // from 1, within a window
	After    string // the Next of an answer: the window that follows it
}

// How results are paged: a window holds the best two hundred, whose pages can be
// turned to; the next window begins after its last.
const (
	PageSize   = 20
	windowSize = 200
	MaxPages   = windowSize / PageSize
)

// Found is the answer to a Query.
type Found struct {
	Problem    Problem    // why there was nothing to look for; Fine when there was
	Cut        bool       // only the first words were looked for
	Relaxed    bool       // nothing holds all the words: these hold some
	Rebuilding bool       // the index is being built: this is only a part
	Operators  []Operator // what was typed as an operator, and whether it was understood
	Taken      []Taken    // words that no text holds, and what they were taken for
	Total      int        // things found within the filters
	Elsewhere  int        // things found without the filters, when none is within
	Page       int
	Pages      int    // of this window
	Next       string // the window that follows; "" when this is the last
	Hits       []Hit
	Also       []Hit // when few hold all the words: some that hold a part

	// What each value of a filter would give within the others.
	Types, Labs, Regions, Forums, Years, Statuses []Count
}

// Taken is a word that was typed, and the one that was looked for in its place.
type Taken struct{ Typed, For string }

// Count is how many things a value of a filter lets through.
type Count struct {
	Value string // in a Query
	Label string // name of the laboratory, region or forum; else the value
	Count int
}

// Find answers q. Whatever is typed has an answer, in bounded time. What it
// returns is shared: read it only. Refuses with ErrUnknownFilter.
func (x *Index) Find(ctx context.Context, q Query) (Found, error) {
	at, key := x.now(), q.Values().Encode()
	if found, ok := x.answers.get(at, key); ok {
		return found, nil
	}
	found, err := x.find(ctx, q)
	if err == nil && !found.Rebuilding && x.now() == at {
		x.answers.keep(at, key, found)
	}
	return found, err
}

func (x *Index) find(ctx context.Context, q Query) (Found, error) {
	found := Found{Page: min(max(q.Page, 1), MaxPages)}
	asked, w, err := x.understand(ctx, q, &found)
	if err != nil || found.Problem != Fine {
		return found, err
	}
	for {
		g := x.current()
		var a answer
		err := g.ask(func(s *scorch.IndexSnapshot) (err error) {
			a, err = g.answer(ctx, s, asked, w, x.Synonyms, found.Page, q.After)
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
	groups  []group // of the page, best first
	also    []string
	pages   int
	next    string
	counter counter
	relaxed bool
	taken   []Taken
	stems   map[string]bool // words to mark
}

// group is a thing that was found, with more posts of its thread.
type group struct {
	name   string
	others []string // replies of the same thread, best first, at most maxOthers
	more   int      // how many more there are
}

// maxOthers is how many more posts of a thread are shown with its best.
const maxOthers = 3

// answer looks for all the words, then for any of them.
func (g *generation) answer(ctx context.Context, s *scorch.IndexSnapshot, asked query, w words, synonyms *Synonyms, page int, after string) (answer, error) {
	v, err := g.look(s)
	if err != nil {
		return answer{}, err
	}
	asked.typed = w.typed
	all, err := v.sought(ctx, asked, w.wanted, w.without, synonyms)
	if err != nil {
		return answer{}, err
	}
	a, err := v.answer(ctx, all, page, after)
	if err == nil && after == "" && page <= 1 && a.counter.total < few {
		begun, failed := v.beginLast(all)
		if err = failed; begun && err == nil {
			a, err = v.answer(ctx, all, page, after)
		}
	}
	if err != nil || after != "" || a.counter.total >= few || page > 1 || !w.loosens() {
		return a, err
	}
	any, err := v.sought(ctx, asked, w.loose(), w.without, synonyms)
	if err != nil {
		return a, err
	}
	any.any = true
	loose, err := v.answer(ctx, any, page, after)
	switch {
	case err != nil:
		return a, err
	case a.counter.all == 0:
		loose.relaxed = loose.counter.all > 0
		return loose, nil
	}
	a.addAlso(loose)
	return a, nil
}

// beginLast takes the last word for a beginning too, however often it stands on
// its own: « budget part ».
func (v *view) beginLast(q *query) (begun bool, err error) {
	if len(q.wanted) < 2 {
		return false, nil
	}
	s := q.wanted[len(q.wanted)-1]
	if !s.last || len(s.surface) < 3 {
		return false, nil
	}
	known := len(s.senses)
	err = v.addBeginnings(s)
	return len(s.senses) > known, err
}

// few is how many hits with all the words ask for no others.
const few = 10

// loosens tells whether there are several words, of which some may be left out.
func (w words) loosens() bool {
	return len(w.wanted) > 1 || len(w.wanted) == 1 && len(w.wanted[0].phrase)+len(w.wanted[0].named) > 0
}

// addAlso takes what holds a part of the words, beside what holds them all.
func (a *answer) addAlso(loose answer) {
	known := map[string]bool{}
	for _, g := range a.groups {
		known[g.name] = true
		for _, other := range g.others {
			known[other] = true
		}
	}
	for _, g := range loose.groups {
		if !known[g.name] && len(a.also) < PageSize/2 {
			a.also = append(a.also, g.name)
		}
	}
}

// sought completes a query with its words, as this view can meet them.
func (v *view) sought(ctx context.Context, asked query, wanted, without []clause, synonyms *Synonyms) (*query, error) {
	q := asked
	for _, c := range wanted {
		key := c.surface + "\x00" + c.key()
		if v.resolved[key] == nil { // not by the search for all the words
			s, err := v.resolve(ctx, c, synonyms, true)
			if err != nil {
				return nil, err
			}
			v.resolved[key] = s
		}
		q.wanted = append(q.wanted, v.resolved[key])
	}
	for _, c := range without {
		s, err := v.resolve(ctx, c, synonyms, false)
		if err != nil {
			return nil, err
		}
		q.without = append(q.without, s)
	}
	return &q, nil
}

func (v *view) answer(ctx context.Context, q *query, page int, after string) (answer, error) {
	a := answer{stems: map[string]bool{}}
	for _, s := range q.wanted {
		s.mark(a.stems)
		if s.taken != "" && len(s.phrase) == 0 {
			a.taken = append(a.taken, Taken{s.surface, s.taken})
		}
	}
	hits, c, err := v.find(ctx, q, windowSize, v.place(after))
	if err != nil {
		return a, err
	}
	a.counter = c
	if len(hits) == windowSize { // by the score alone, which the next window is asked by
		if a.next, err = v.cursor(hits[windowSize-1]); err != nil {
			return a, err
		}
	}
	if !q.newest {
		if err := v.bringNear(q, hits); err != nil {
			return a, err
		}
		slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	}
	groups := q.grouped(hits)
	a.pages = (len(groups) + PageSize - 1) / PageSize
	first := min((page-1)*PageSize, len(groups))
	for _, list := range groups[first:min(first+PageSize, len(groups))] {
		var shown group
		for i, h := range list {
			switch {
			case i > 0 && v.parts[h.part].isThread(h.doc): // its first post, to which the title leads
				continue
			case len(shown.others) == maxOthers:
				shown.more++
				continue
			}
			name, err := v.name(h)
			if err != nil {
				return a, err
			}
			if i == 0 {
				shown.name = name
			} else {
				shown.others = append(shown.others, name)
			}
		}
		a.groups = append(a.groups, shown)
	}
	return a, nil
}

// grouped puts the posts of one thread behind the best of them. What is sorted
// by date stays as it is: each new post is news.
func (q *query) grouped(hits []hit) [][]hit {
	var groups [][]hit
	at := map[models.ID]int{}
	for _, h := range hits {
		if i, ok := at[h.thread]; ok && h.thread != 0 && !q.newest {
			groups[i] = append(groups[i], h)
			continue
		}
		at[h.thread] = len(groups)
		groups = append(groups, []hit{h})
	}
	if !q.newest {
		slices.SortStableFunc(groups, func(a, b []hit) int { return cmp.Compare(q.together(b), q.together(a)) })
	}
	return groups
}

// together is what a group is worth: a thread that speaks of a matter again and
// again is more about it than its best post alone, and what one post leaves out
// another may say.
func (q *query) together(group []hit) float32 {
	worth, share, met := group[0].score, float32(0.3), group[0].met
	for _, h := range group[1:] {
		if h.score <= 0 {
			break
		}
		worth += share * h.score
		share /= 2
		met |= h.met
	}
	if q.any && worth > 0 {
		worth *= covered(q.idf, met) / covered(q.idf, group[0].met)
	}
	return worth
}

// mark adds the words to mark in what is shown.
func (s *sought) mark(stems map[string]bool) {
	for _, one := range s.senses {
		for i, term := range one.terms {
			stems[term] = true
			for _, form := range one.formsAt(i) {
				stems[form] = true
			}
		}
	}
	for _, stem := range s.stems {
		stems[stem] = true
	}
}

func (v *view) name(h hit) (string, error) {
	name, err := v.parts[h.part].DocID(uint64(h.doc))
	return string(name), wrap(err)
}

// cursor says where a hit stands, in a text for an address.
func (v *view) cursor(h hit) (string, error) {
	name, err := v.name(h)
	if err != nil {
		return "", err
	}
	text := strconv.FormatUint(uint64(math.Float32bits(h.score)), 36) + "." + strconv.Itoa(int(h.day)) + "." + name
	return base64.RawURLEncoding.EncodeToString([]byte(text)), nil
}

// place is where a cursor points in this view; nil when it says nothing. What
// was taken out since is passed by its score.
func (v *view) place(cursor string) *hit {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || cursor == "" {
		return nil
	}
	score, rest, _ := strings.Cut(string(text), ".")
	day, name, ok := strings.Cut(rest, ".")
	bits, err := strconv.ParseUint(score, 36, 32)
	when, failed := strconv.Atoi(day)
	if err != nil || failed != nil || !ok {
		return nil
	}
	at := &hit{score: math.Float32frombits(uint32(bits)), day: int32(when), part: -1}
	for i, p := range v.parts {
		found, err := p.DocNumbers([]string{name})
		if err == nil && !found.IsEmpty() {
			at.part, at.doc = i, found.Minimum()
		}
	}
	return at
}
