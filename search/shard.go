package search

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"passerelle/models"
)

// view is what an index holds at one moment. Searches read its parts below
// Bleve's own searchers, which take four times as long: they go through every
// hit of every field one by one, where whole sets can be joined at once.
type view struct {
	snapshot *scorch.IndexSnapshot
	parts    []*shard
	docs     int
	mends    int                // words of this search that were mended
	resolved map[string]*sought // clauses of this search, by what was typed
}

// shard is one segment of a view. Its documents are numbered from 0.
type shard struct {
	*scorch.SegmentSnapshot
	*columns
	dictionaries map[string]segment.TermDictionary
	room         segment.PostingsList     // used again and again
	walked       segment.PostingsIterator // the same
}

// columns are what every document of a segment says of itself, for sorting,
// grouping and counting. A segment never changes: they are read once.
type columns struct {
	day    []int32 // days since 1970; 0: none
	thread []models.ID
	kind   []uint8   // place in Types
	lift   []float32 // by how much its kind and its status lift it
	facets map[string][]value

	postings postings
}

// value is one value of a facet and the documents that have it.
type value struct {
	term string
	docs *roaring.Bitmap
}

// facetFields are the fields by which results are counted and narrowed.
var facetFields = []string{fieldType, fieldLab, fieldRegion, fieldForum, fieldYear, fieldStatus}

// look is what g holds now.
func (g *generation) look(s *scorch.IndexSnapshot) (*view, error) {
	v := &view{snapshot: s, resolved: map[string]*sought{}}
	used := map[uint64]bool{}
	for _, one := range s.Segments() {
		p := &shard{SegmentSnapshot: one, dictionaries: map[string]segment.TermDictionary{}}
		var err error
		if p.columns, err = g.columns.of(p); err != nil {
			return nil, err
		}
		used[one.Id()] = true
		v.parts = append(v.parts, p)
		v.docs += int(one.LiveSize())
	}
	g.columns.keep(used)
	return v, nil
}

// shelf keeps the columns of the segments in use.
type shelf struct {
	mu    sync.Mutex
	known map[uint64]*columns
	spent map[uint64]int // segments that were not used, and for how many looks
}

func (s *shelf) of(p *shard) (*columns, error) {
	s.mu.Lock()
	found := s.known[p.Id()]
	s.mu.Unlock()
	if found != nil {
		return found, nil
	}
	found, err := readColumns(p)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[uint64]*columns{}
	}
	s.known[p.Id()] = found
	return found, nil
}

// keep forgets the segments that have not been used for some looks: a search
// that began earlier may still read them.
func (s *shelf) keep(used map[uint64]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) <= len(used) {
		return
	}
	if s.spent == nil {
		s.spent = map[uint64]int{}
	}
	for id := range s.known {
		if used[id] {
			delete(s.spent, id)
			continue
		}
		if s.spent[id]++; s.spent[id] > 16 {
			delete(s.known, id)
			delete(s.spent, id)
		}
	}
}

func readColumns(p *shard) (*columns, error) {
	size := int(p.FullSize())
	c := &columns{day: make([]int32, size), thread: make([]models.ID, size), kind: make([]uint8, size), facets: map[string][]value{}}
	for _, field := range facetFields {
		err := p.terms(field, stretch{}, func(term string, _ int) error {
			docs, err := p.docs(field, term)
			if err == nil {
				docs.RunOptimize()
				c.facets[field] = append(c.facets[field], value{term, docs})
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for _, v := range c.facets[fieldType] {
		kind := uint8(max(0, slices.Index(Types, Type(v.term))))
		eachDoc(v.docs, func(doc uint32) { c.kind[doc] = kind })
	}
	c.lift = make([]float32, size)
	for doc, kind := range c.kind {
		c.lift[doc] = kindLift[kind]
	}
	for _, v := range c.facets[fieldStatus] {
		if lift := statusLift[Status(v.term)]; lift != 0 {
			eachDoc(v.docs, func(doc uint32) { c.lift[doc] += lift })
		}
	}
	visitable, ok := p.Segment().(segment.DocValueVisitable)
	if !ok {
		return c, fmt.Errorf("%w: a segment without columns", errDamaged)
	}
	fields := []string{fieldDay, fieldThread}
	var state segment.DocVisitState
	for doc := range size {
		var err error
		state, err = visitable.VisitDocValues(uint64(doc), fields, func(field string, term []byte) {
			if field == fieldDay {
				day, _ := strconv.Atoi(string(term)) // written by us; a damaged one sorts last
				c.day[doc] = int32(day)
			} else {
				c.thread[doc] = models.ParseID(string(term))
			}
		}, state)
		if err != nil {
			return nil, wrap(err)
		}
	}
	return c, nil
}

func (p *shard) dictionary(field string) (segment.TermDictionary, error) {
	if d, ok := p.dictionaries[field]; ok {
		return d, nil
	}
	d, err := p.Segment().Dictionary(field)
	if err != nil {
		return nil, wrap(err)
	}
	p.dictionaries[field] = d
	return d, nil
}

// list is the postings of a term, until the next call, also those that were
// taken out since.
func (p *shard) list(field, term string) (segment.PostingsList, error) {
	d, err := p.dictionary(field)
	if err != nil {
		return nil, err
	}
	p.room, err = d.PostingsList([]byte(term), nil, p.room)
	return p.room, wrap(err)
}

// docs are the documents with a term in a field; the caller's own set.
func (p *shard) docs(field, term string) (*roaring.Bitmap, error) {
	set := roaring.New()
	if err := p.addDocs(set, field, term); err != nil {
		return nil, err
	}
	if dead := p.Deleted(); dead != nil {
		set.AndNot(dead)
	}
	return set, nil
}

// joiner is what zap's postings lists do beside the interface of segments.
type joiner interface{ OrInto(*roaring.Bitmap) }

// addDocs adds the documents with a term in a field to a set, also those that
// were taken out since. The set shares nothing with the files of the segment,
// which may be gone before it, nor with other sets.
func (p *shard) addDocs(set *roaring.Bitmap, field, term string) error {
	list, err := p.list(field, term)
	if err != nil {
		return err
	}
	if list.Count() == 0 {
		return nil
	}
	j, ok := list.(joiner)
	if !ok {
		return fmt.Errorf("%w: postings of another kind", errDamaged)
	}
	j.OrInto(set)
	set.CloneCopyOnWriteContainers()
	return nil
}

// stretch is a part of a dictionary: the terms from one on to before another
// that an automaton accepts; zero values let all through.
type stretch struct {
	accepted     segment.Automaton
	from, before string
	counted      bool // how often each stands there is asked for: it costs more than the walk
}

// uncounted is what zap's dictionaries do beside the interface of segments.
type uncounted interface {
	AutomatonIteratorOmitCount(a segment.Automaton, from, before []byte) segment.DictionaryIterator
}

// terms shows the terms of a field in a stretch, until show says errEnough.
func (p *shard) terms(field string, in stretch, show func(term string, count int) error) error {
	d, err := p.dictionary(field)
	if err != nil {
		return err
	}
	var from, before []byte
	if in.from != "" {
		from = []byte(in.from)
	}
	if in.before != "" {
		before = []byte(in.before)
	}
	var found segment.DictionaryIterator
	if plain, ok := d.(uncounted); ok && !in.counted {
		found = plain.AutomatonIteratorOmitCount(in.accepted, from, before)
	} else {
		found = d.AutomatonIterator(in.accepted, from, before)
	}
	for {
		entry, err := found.Next()
		if err != nil || entry == nil {
			return wrap(err)
		}
		switch err := show(entry.Term, int(entry.Count)); {
		case errors.Is(err, errEnough):
			return nil
		case err != nil:
			return err
		}
	}
}

// posting is one document of a list: how often it holds the term, and how many
// words its field has.
type posting interface {
	Number() uint64
	Frequency() uint64
	NormUint64() uint64
}

// each shows the postings of a term that are in a set; all for nil.
func (p *shard) each(field, term string, within *roaring.Bitmap, show func(doc uint32, count, length float32)) error {
	list, err := p.list(field, term)
	if err != nil || list.Count() == 0 {
		return err
	}
	p.walked = list.Iterator(true, true, false, p.walked)
	if within != nil {
		if err := narrow(p.walked, within); err != nil {
			return err
		}
	}
	for {
		next, err := p.walked.Next()
		if err != nil || next == nil {
			return wrap(err)
		}
		found, ok := next.(posting)
		if !ok {
			return fmt.Errorf("%w: a posting of another kind", errDamaged)
		}
		show(uint32(found.Number()), float32(found.Frequency()), float32(found.NormUint64()))
	}
}

// narrow makes an iterator pass over what is not in a set.
func narrow(places segment.PostingsIterator, within *roaring.Bitmap) error {
	able, ok := places.(segment.OptimizablePostingsIterator)
	if !ok {
		return fmt.Errorf("%w: places of another kind", errDamaged)
	}
	if doc, single := able.DocNum1Hit(); single {
		if !within.Contains(uint32(doc)) {
			_, err := places.Advance(doc + 1) // past its only document
			return wrap(err)
		}
		return nil
	}
	all := able.ActualBitmap()
	if all != nil && all.AndCardinality(within) < all.GetCardinality() {
		able.ReplaceActual(roaring.And(all, within))
	}
	return nil
}

// docRooms are room for documents on their way out of a set.
var docRooms = sync.Pool{New: func() any { return new([256]uint32) }}

// eachDoc shows the documents of a set, many at a time.
func eachDoc(docs *roaring.Bitmap, show func(doc uint32)) {
	room, _ := docRooms.Get().(*[256]uint32)
	defer docRooms.Put(room)
	for list := docs.ManyIterator(); ; {
		n := list.NextMany(room[:])
		if n == 0 {
			return
		}
		for _, doc := range room[:n] {
			show(doc)
		}
	}
}

// isThread tells whether a document is a thread itself, not a reply.
func (p *shard) isThread(doc uint32) bool { return Types[p.kind[doc]].OfThread() }
