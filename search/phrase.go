package search

import (
	"github.com/RoaringBitmap/roaring/v2"
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
	var ends places // where the phrase so far ends
	for i, spellings := range phrase {
		var next places
		for n, word := range spellings {
			one, err := p.places(word, among)
			if err != nil {
				return found, err
			}
			if n == 0 {
				next = one
			} else {
				next = next.or(one)
			}
		}
		if i == 0 {
			ends = next.within(listed(nil, among))
		} else {
			ends = ends.then(next)
		}
		if len(ends.docs) == 0 {
			break
		}
		if len(ends.docs) < int(among.GetCardinality()) {
			among = roaring.BitmapOf(ends.docs...) // the words that follow are read in fewer and fewer
		}
	}
	found.docs, found.worths = ends.docs, make([]float32, len(ends.docs))
	for i := range ends.docs {
		for _, end := range ends.in(i) {
			found.worths[i] += placeWeights[min(int(end/apart), len(placeWeights)-1)]
		}
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
