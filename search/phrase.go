package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// phrased are documents that hold a phrase, in ascending order, and what it is
// worth in each: it stands there once or more, in the title or elsewhere.
type phrased struct {
	docs   []uint32
	worths []float32
}

// phrase are those of some documents, which hold all its words, in which they
// follow each other.
func (p *shard) phrase(phrase [][]string, among *roaring.Bitmap) (found phrased, err error) {
	if among.IsEmpty() {
		return found, nil
	}
	places := make([][]*places, len(phrase))
	for i, spellings := range phrase {
		for _, word := range spellings {
			one, err := p.places(word, among)
			if err != nil {
				return found, err
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
					return found, err
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
		if len(ends) == 0 {
			continue
		}
		var worth float32
		for _, end := range ends {
			worth += placeWeights[min(int(end/apart), len(placeWeights)-1)]
		}
		found.docs, found.worths = append(found.docs, doc), append(found.worths, worth)
	}
	return found, nil
}

// placeWeights are those of the fields by their place in the exact field.
var placeWeights = func() []float32 {
	byField := map[string]float32{}
	for _, w := range weights {
		byField[w.field] = w.weight
	}
	list := make([]float32, len(exactPlaces))
	for i, field := range exactPlaces {
		list[i] = byField[field]
	}
	return list
}()

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
