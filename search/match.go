package search

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"passerelle/models"
)

// query is what is looked for.
type query struct {
	wanted  []*sought
	without []*sought
	any     bool                // of the wanted, not all
	typed   []clause            // plain words in the order in which they were typed
	filters map[string][]string // by field: any of the terms
	authors []string            // ids: any of them; nil: everybody's
	from    int32               // first day; 0: none
	before  int32               // day after the last; 0: none
	newest  bool                // newest first, not best
	now     time.Time
	idf     []float32 // how much each of the wanted says, once it was looked for
}

// matched are the documents of one part that a query finds.
type matched struct {
	words    []wordSets      // by wanted
	all      *roaring.Bitmap // that hold what is wanted, without filters
	filtered *roaring.Bitmap // within the filters too
}

// wordSets are the documents that meet one clause. They may be shared: read
// them only.
type wordSets struct {
	any    *roaring.Bitmap   // that meet it
	sure   *roaring.Bitmap   // by another than an approximate sense
	phrase phrased           // that hold it, if it is a phrase of several words
	senses []*roaring.Bitmap // by sense
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
		if len(s.phrase) < 2 || q.any {
			continue
		}
		found, err := p.phrase(s.phrase, m.all)
		if err != nil {
			return m, err
		}
		any := roaring.BitmapOf(found.docs...)
		m.words[i] = wordSets{any: any, sure: any, phrase: found}
		m.all.And(any)
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
		if len(s.phrase) > 1 {
			found, err := p.phrase(s.phrase, roaring.And(m.all, sets.any))
			if err != nil {
				return m, err
			}
			unwanted = roaring.BitmapOf(found.docs...)
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
	var sets wordSets
	if len(s.phrase) > 0 {
		for i, spellings := range s.phrase {
			at := roaring.New()
			for _, word := range spellings {
				docs, err := p.exactly(word)
				if err != nil {
					return sets, err
				}
				at.Or(docs)
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
	var sure, near []*roaring.Bitmap
	for _, one := range s.senses {
		docs, err := p.having(one)
		if err != nil {
			return sets, err
		}
		sets.senses = append(sets.senses, docs)
		switch {
		case docs.IsEmpty():
		case one.near:
			near = append(near, docs)
		default:
			sure = append(sure, docs)
		}
	}
	sets.sure = union(sure)
	sets.any = sets.sure
	if len(near) > 0 {
		sets.any = union(append(near, sets.sure))
	}
	return sets, nil
}

// union are the documents of any of the sets, which it leaves as they are.
func union(sets []*roaring.Bitmap) *roaring.Bitmap {
	switch len(sets) {
	case 0:
		return roaring.New()
	case 1:
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// having are the documents that meet a sense, each of its terms in any French
// field. The set may be shared: read it only.
func (p *shard) having(one sense) (all *roaring.Bitmap, err error) {
	for i, term := range one.terms {
		docs, err := p.meets(term)
		if err != nil {
			return nil, err
		}
		if forms := one.formsAt(i); len(forms) > 0 {
			sets := []*roaring.Bitmap{docs}
			for _, form := range forms {
				docs, err := p.meets(form)
				if err != nil {
					return nil, err
				}
				sets = append(sets, docs)
			}
			docs = union(sets)
		}
		if i == 0 {
			all = docs
		} else {
			all = roaring.And(all, docs)
		}
	}
	if one.exactly != "" {
		docs, err := p.exactly(one.exactly)
		if err != nil {
			return nil, err
		}
		return roaring.And(all, docs), nil
	}
	if one.together != nil && !all.IsEmpty() && all.GetCardinality() <= maxTogether {
		return p.together(*one.together, all)
	}
	return all, nil
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

// hit is one document that was found.
type hit struct {
	score  float32
	day    int32
	part   int
	doc    uint32
	met    uint32 // clauses that it meets, a bit each
	thread models.ID
}

// find answers q: the best hits, at most window of them, after one. It sets how
// much each clause says.
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
	q.idf = idf
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
		for at, doc := range room.docs {
			score, behind := room.total[at], far*room.near[at]
			if q.any {
				score *= covered(idf, room.met[at])
			}
			if !top.beaten(score*mostWorth - behind) {
				top.offer(hit{score*worth(doc) - behind, p.day[doc], i, doc, room.met[at], p.thread[doc]})
			}
		}
	}
	return top.sorted(), c, nil
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
