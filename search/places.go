package search

import (
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// places are where a word stands, as it is written, in ascending documents: in
// the i-th of them at at[starts[i]:starts[i+1]], ascending too.
type places struct {
	docs   []uint32
	starts []uint32
	at     []uint32
}

// in are the places in the document at a place of docs.
func (s places) in(i int) []uint32 { return s.at[s.starts[i]:s.starts[i+1]] }

// add adds a document behind the others with places that were added to at.
func (s *places) add(doc uint32) {
	if len(s.starts) == 0 {
		s.starts = append(s.starts, 0)
	}
	if len(s.at) > int(s.starts[len(s.docs)]) {
		s.docs, s.starts = append(s.docs, doc), append(s.starts, uint32(len(s.at)))
	}
}

// within are those of some ascending documents.
func (s places) within(docs []uint32) (kept places) {
	join(s.docs, docs, func(i, _ int) {
		kept.at = append(kept.at, s.in(i)...)
		kept.add(s.docs[i])
	})
	return kept
}

// then are the places of next that come right behind one of s.
func (s places) then(next places) (behind places) {
	join(s.docs, next.docs, func(i, j int) {
		ends := s.in(i)
		for _, place := range next.in(j) {
			for len(ends) > 0 && ends[0]+1 < place {
				ends = ends[1:]
			}
			if len(ends) > 0 && ends[0]+1 == place {
				behind.at = append(behind.at, place)
			}
		}
		behind.add(s.docs[i])
	})
	return behind
}

// or are the places of either.
func (s places) or(other places) (both places) {
	for i, j := 0, 0; i < len(s.docs) || j < len(other.docs); {
		doc := uint32(math.MaxUint32)
		if i < len(s.docs) {
			doc = s.docs[i]
		}
		if j < len(other.docs) {
			doc = min(doc, other.docs[j])
		}
		began := len(both.at)
		if i < len(s.docs) && s.docs[i] == doc {
			both.at = append(both.at, s.in(i)...)
			i++
		}
		if j < len(other.docs) && other.docs[j] == doc {
			both.at = append(both.at, other.in(j)...)
			j++
		}
		slices.Sort(both.at[began:])
		both.add(doc)
	}
	return both
}

// cost is how many bytes they take.
func (s places) cost() int { return 4 * (len(s.starts) + len(s.at)) }

// fewAsked is how often the places of a word are read for the documents at hand
// alone: few words are asked for again and again.
const fewAsked = 2

// places are those of a word in some documents, at least. They are shared: read
// them only.
func (p *shard) places(word string, among *roaring.Bitmap) (places, error) {
	if p.postings.asks(word) <= fewAsked {
		return p.readPlaces(word, among)
	}
	t, err := p.asWritten(word)
	if err != nil || t.docs.IsEmpty() {
		return places{}, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.places.docs != nil {
		return t.places, nil
	}
	if int(t.docs.GetCardinality()) > max(1000, len(p.day)/8) { // they would push all others out
		return p.readPlaces(word, among)
	}
	found, err := p.readPlaces(word, nil)
	if err == nil {
		t.places = found
		p.postings.charge(t, found.cost())
	}
	return found, err
}

// readPlaces unpacks the places of a word in some documents, in all for nil.
func (p *shard) readPlaces(word string, among *roaring.Bitmap) (found places, err error) {
	d, err := p.dictionary(fieldExact)
	if err != nil {
		return found, err
	}
	list, err := d.PostingsList([]byte(word), nil, nil)
	if err != nil || list.Count() == 0 {
		return found, wrap(err)
	}
	walked := list.Iterator(true, true, true, nil)
	if among != nil {
		if err := narrow(walked, among); err != nil {
			return found, err
		}
	}
	for {
		next, err := walked.Next()
		if err != nil || next == nil {
			return found, wrap(err)
		}
		for _, place := range next.Locations() {
			found.at = append(found.at, uint32(place.Pos()))
		}
		found.add(uint32(next.Number()))
	}
}
