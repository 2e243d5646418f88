package search

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"passerelle/models"
)

// weights say how much a word counts in each field, and how much the length of
// the field takes from it.
var weights = []struct {
	field  string
	weight float32
	slope  float32 // b of BM25F
	words  float32 // usual length
}{
	{fieldTitle, 8, 0.6, 6},
	{fieldSummary, 2.5, 0.5, 25},
	{fieldLabels, 2, 0, 6},
	{fieldBody, 1, 0.6, 90},
}

// saturation is k1 of BM25: how soon a word more counts less.
const saturation = 2

// asTyped is how much more a word says that stands there as it was typed, not
// in another form.
const asTyped = 0.3

// far sets what only holds an approximate word behind all that holds the word.
const far = 1000

// query is what is looked for.
type query struct {
	wanted  []*sought
	without []*sought
	any     bool                // of the wanted, not all
	filters map[string][]string // by field: any of the terms
	authors []string            // ids: any of them; nil: everybody's
	from    int32               // first day; 0: none
	before  int32               // day after the last; 0: none
	newest  bool                // newest first, not best
	now     time.Time
}

// matched are the documents of one part that a query finds.
type matched struct {
	words    []wordSets      // by wanted
	all      *roaring.Bitmap // that hold what is wanted, without filters
	filtered *roaring.Bitmap // within the filters too
}

// wordSets are the documents that meet one clause.
type wordSets struct {
	any  *roaring.Bitmap // that meet it
	sure *roaring.Bitmap // by another than an approximate sense
}

// match finds what q asks for in one part.
func (p *shard) match(q *query) (m matched, err error) {
	for _, s := range q.wanted {
		sets, err := p.sets(s)
		if err != nil {
			return m, err
		}
		m.words = append(m.words, sets)
		switch {
		case m.all == nil:
			m.all = sets.any.Clone()
		case q.any:
			m.all.Or(sets.any)
		default:
			m.all.And(sets.any)
		}
	}
	if m.all == nil { // operators alone
		m.all = roaring.New()
		m.all.AddRange(0, uint64(p.FullSize()))
		if dead := p.Deleted(); dead != nil {
			m.all.AndNot(dead)
		}
	}
	for i, s := range q.wanted { // word for word, in what is left
		if len(s.phrase) == 0 || q.any {
			continue
		}
		if m.words[i].any, err = p.phrase(s.phrase, m.all); err != nil {
			return m, err
		}
		m.words[i].sure = m.words[i].any
		m.all.And(m.words[i].any)
	}
	for _, s := range q.without {
		if m.all.IsEmpty() {
			break
		}
		sets, err := p.sets(s)
		if err != nil {
			return m, err
		}
		unwanted := sets.any
		if len(s.phrase) > 0 {
			if unwanted, err = p.phrase(s.phrase, m.all); err != nil {
				return m, err
			}
		}
		m.all.AndNot(unwanted)
	}
	if err := p.keepAuthors(q, m.all); err != nil {
		return m, err
	}
	p.keepDays(q, m.all)
	m.filtered = p.within(m.all, q.filters, "")
	return m, nil
}

// sets are the documents of a clause; of a phrase those that hold all its words.
func (p *shard) sets(s *sought) (wordSets, error) {
	sets := wordSets{any: roaring.New(), sure: roaring.New()}
	if len(s.phrase) > 0 {
		for i, spellings := range s.phrase {
			at := roaring.New()
			for _, word := range spellings {
				if err := p.addDocs(at, fieldExact, word); err != nil {
					return sets, err
				}
			}
			if i == 0 {
				sets.any = at
			} else {
				sets.any.And(at)
			}
		}
		sets.sure = sets.any
		return sets, nil
	}
	for _, one := range s.senses {
		docs, err := p.having(one.terms)
		if err != nil {
			return sets, err
		}
		if !one.near {
			sets.sure.Or(docs)
		}
		sets.any.Or(docs)
	}
	return sets, nil
}

// having are the documents with all the terms, each in any French field.
func (p *shard) having(terms []string) (*roaring.Bitmap, error) {
	var all *roaring.Bitmap
	for _, term := range terms {
		docs := roaring.New()
		for _, w := range weights {
			if err := p.addDocs(docs, w.field, term); err != nil {
				return nil, err
			}
		}
		if all == nil {
			all = docs
		} else {
			all.And(docs)
		}
	}
	return all, nil
}

// phrase are those of some documents, which hold all its words, in which they
// follow each other.
func (p *shard) phrase(phrase [][]string, among *roaring.Bitmap) (*roaring.Bitmap, error) {
	found := roaring.New()
	if among.IsEmpty() {
		return found, nil
	}
	places := make([][]*places, len(phrase))
	for i, spellings := range phrase {
		for _, word := range spellings {
			one, err := p.places(word, among)
			if err != nil {
				return nil, err
			}
			places[i] = append(places[i], one)
		}
	}
	ends, next := []uint64(nil), []uint64(nil) // where the phrase so far ends
	for docs := among.Iterator(); docs.HasNext(); {
		doc := docs.Next()
		for i := range places {
			next = next[:0]
			for _, one := range places[i] {
				at, err := one.in(uint64(doc))
				if err != nil {
					return nil, err
				}
				for _, place := range at {
					if i == 0 || slices.Contains(ends, place.Pos()-1) {
						next = append(next, place.Pos())
					}
				}
			}
			ends, next = next, ends
			if len(ends) == 0 {
				break
			}
		}
		if len(ends) > 0 {
			found.Add(doc)
		}
	}
	return found, nil
}

// places are where a word stands, document by document.
type places struct {
	list segment.PostingsIterator
	next segment.Posting
}

func (p *shard) places(word string, among *roaring.Bitmap) (*places, error) {
	d, err := p.dictionary(fieldExact)
	if err != nil {
		return nil, err
	}
	list, err := d.PostingsList([]byte(word), p.Deleted(), nil)
	if err != nil || list.Count() == 0 {
		return &places{}, wrap(err)
	}
	one := &places{list: list.Iterator(true, true, true, nil)}
	if err := narrow(one.list, among); err != nil {
		return nil, err
	}
	one.next, err = one.list.Next()
	return one, wrap(err)
}

// in are the places in one document; documents are asked for in order.
func (s *places) in(doc uint64) (at []segment.Location, err error) {
	if s.list == nil || s.next == nil {
		return nil, nil
	}
	if s.next.Number() < doc {
		if s.next, err = s.list.Advance(doc); err != nil || s.next == nil {
			return nil, wrap(err)
		}
	}
	if s.next.Number() > doc {
		return nil, nil
	}
	return s.next.Locations(), nil
}

func (p *shard) keepAuthors(q *query, docs *roaring.Bitmap) error {
	if q.authors == nil || docs.IsEmpty() {
		return nil
	}
	theirs := roaring.New()
	for _, id := range q.authors {
		if err := p.addDocs(theirs, fieldAuthor, id); err != nil {
			return err
		}
	}
	docs.And(theirs)
	return nil
}

func (p *shard) keepDays(q *query, docs *roaring.Bitmap) {
	if q.from == 0 && q.before == 0 {
		return
	}
	outside := roaring.New()
	eachDoc(docs, func(doc uint32) {
		if day := p.day[doc]; day == 0 || day < q.from || q.before != 0 && day >= q.before {
			outside.Add(doc)
		}
	})
	docs.AndNot(outside)
}

// within are the documents of a set that pass the filters, but for those of
// one field.
func (p *shard) within(docs *roaring.Bitmap, filters map[string][]string, but string) *roaring.Bitmap {
	kept := docs
	for field, terms := range filters {
		if field == but || len(terms) == 0 {
			continue
		}
		allowed := roaring.New()
		for _, v := range p.facets[field] {
			if slices.Contains(terms, v.term) {
				allowed.Or(v.docs)
			}
		}
		kept = roaring.And(kept, allowed)
	}
	return kept
}

// counter counts hits: what a search finds, and in which facets.
type counter struct {
	total  int // within the filters
	all    int // without them
	facets map[string]map[string]int
}

// count adds what one part holds. Each facet counts what its own filter would
// give within the others.
func (c *counter) count(p *shard, q *query, m matched) {
	c.total += int(m.filtered.GetCardinality())
	c.all += int(m.all.GetCardinality())
	if m.all.IsEmpty() {
		return
	}
	for _, field := range facetFields {
		base := p.within(m.all, q.filters, field)
		if base.IsEmpty() {
			continue
		}
		for _, v := range p.facets[field] {
			if n := int(base.AndCardinality(v.docs)); n > 0 {
				if c.facets[field] == nil {
					c.facets[field] = map[string]int{}
				}
				c.facets[field][v.term] += n
			}
		}
	}
}

// scores are room for one part: by document.
type scores struct{ total, word, covered, near []float32 }

var scoreRoom = sync.Pool{New: func() any { return &scores{} }}

func (s *scores) reset(size int) {
	s.total, s.word = sized(s.total, size), sized(s.word, size)
	s.covered, s.near = sized(s.covered, size), sized(s.near, size)
}

func sized(list []float32, size int) []float32 {
	if cap(list) < size {
		return make([]float32, size)
	}
	list = list[:size]
	clear(list)
	return list
}

// score weighs what was found in one part by BM25F: the counts of a word in
// all fields are added before they saturate (Robertson, Zaragoza and Taylor,
// « Simple BM25 extension to multiple weighted fields », 2004).
func (p *shard) score(q *query, m matched, idf []float32, s *scores) error {
	s.reset(int(p.FullSize()))
	var sum float32
	for _, w := range idf {
		sum += w
	}
	for i, one := range q.wanted {
		docs := roaring.And(m.words[i].any, m.filtered)
		if docs.IsEmpty() {
			continue
		}
		if err := p.scoreWord(one, docs, s.word); err != nil {
			return err
		}
		sure := m.words[i].sure
		eachDoc(docs, func(doc uint32) {
			count := s.word[doc]
			s.word[doc] = 0
			s.total[doc] += idf[i] * count * (saturation + 1) / (count + saturation)
			if q.any {
				s.covered[doc] += idf[i] / sum
			}
		})
		if one.surface != "" {
			exactly, err := p.docs(fieldExact, one.surface)
			if err != nil {
				return err
			}
			exactly.And(docs)
			lift := asTyped * idf[i]
			eachDoc(exactly, func(doc uint32) { s.total[doc] += lift })
		}
		if !q.any && sure != m.words[i].any {
			eachDoc(roaring.AndNot(docs, sure), func(doc uint32) { s.near[doc]++ })
		}
	}
	return nil
}

// scoreWord adds up, by document, how often a clause is met in each field.
func (p *shard) scoreWord(s *sought, docs *roaring.Bitmap, counts []float32) error {
	if len(s.phrase) > 0 {
		eachDoc(docs, func(doc uint32) { counts[doc] += 2 })
		return nil
	}
	for _, one := range s.senses {
		among := docs
		if len(one.terms) > 1 {
			both, err := p.having(one.terms)
			if err != nil {
				return err
			}
			among = roaring.And(docs, both)
		}
		for _, term := range one.terms {
			for _, w := range weights {
				worth := w.weight * one.worth / float32(len(one.terms))
				plain, slope := 1-w.slope, w.slope/w.words
				err := p.each(w.field, term, among, func(doc uint32, count, length float32) {
					counts[doc] += worth * count / (plain + slope*length)
				})
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// rarity is how much each clause says: its inverse document frequency.
func rarity(docs int, hits []int) []float32 {
	list := make([]float32, len(hits))
	for i, n := range hits {
		list[i] = float32(math.Log(1 + (float64(docs)-float64(n)+0.5)/(float64(n)+0.5)))
	}
	return list
}

// hit is one document that was found.
type hit struct {
	score  float32
	day    int32
	part   int
	doc    uint32
	thread models.ID
}

// find answers q: the best hits, at most window of them, after one.
func (v *view) find(ctx context.Context, q *query, window int, after *hit) ([]hit, counter, error) {
	c := counter{facets: map[string]map[string]int{}}
	found := make([]matched, len(v.parts))
	hits := make([]int, len(q.wanted))
	for i, p := range v.parts {
		if err := ctx.Err(); err != nil {
			return nil, c, wrap(err)
		}
		m, err := p.match(q)
		if err != nil {
			return nil, c, err
		}
		for j := range m.words {
			hits[j] += int(m.words[j].any.GetCardinality())
		}
		c.count(p, q, m)
		found[i] = m
	}
	idf := rarity(v.docs, hits)
	top := &top{window: window, newest: q.newest, after: after}
	room, _ := scoreRoom.Get().(*scores)
	defer scoreRoom.Put(room)
	for i, p := range v.parts {
		if found[i].filtered.IsEmpty() {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, c, wrap(err)
		}
		if err := p.score(q, found[i], idf, room); err != nil {
			return nil, c, err
		}
		worth := p.worth(q.now)
		eachDoc(found[i].filtered, func(doc uint32) {
			score := room.total[doc] * worth(doc)
			if q.any {
				score *= room.covered[doc]
			}
			top.offer(hit{score - far*room.near[doc], p.day[doc], i, doc, p.thread[doc]})
		})
	}
	return top.sorted(), c, nil
}

// worth is by how much the age of a document lifts it, and the kind of thing
// that it is: by a tenth at most, so that words decide.
func (p *shard) worth(now time.Time) func(doc uint32) float32 {
	today := int32(now.Unix() / (24 * 60 * 60))
	return func(doc uint32) float32 {
		lift := kindLift[p.kind[doc]]
		if day := p.day[doc]; day > 0 {
			age := float32(max(0, today-day)) / 365
			lift += 0.1 / (1 + age)
		}
		return lift
	}
}

// kindLift is by place in Types: what was written to last comes before replies.
var kindLift = [...]float32{1.1, 1.1, 1.1, 1.1, 1.05, 1.05, 1, 1.05}

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
