package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// How much two words say that stand as near each other as they were typed,
// beside the rarer of them; and a little further apart, or the other way round.
const (
	asNear   = 1.2
	asAround = 0.4
)

// How far two words may be from each other, small words between them counted; and
// how much farther those of a name than they are in it.
const (
	near   = 3
	around = 8
	slack  = 1
)

// Bounds of what is looked at: words of one search, and hits, three pages of them.
const (
	maxNear   = 8
	maxLifted = 60
)

// bringNear lifts the hits in which words stand near each other that were typed
// one after the other: « demandeurs d’emploi » is more than demands and jobs. Only
// the hits at hand are looked at, so that it costs the same in a large index.
func (v *view) bringNear(q *query, hits []hit) error {
	typed, hits := q.typed[:min(len(q.typed), maxNear)], hits[:min(len(hits), maxLifted)]
	if len(typed) < 2 || len(hits) < 2 {
		return nil
	}
	idf := make([]float32, len(typed))
	for i, c := range typed {
		n, err := v.frequency([]string{c.term})
		if err != nil {
			return err
		}
		idf[i] = rarity(v.docs, []int{n})[0]
		if q.any { // words of a question: few of its pairs name a thing
			idf[i] *= 0.4
		}
	}
	for part, p := range v.parts {
		among := roaring.New()
		for _, h := range hits {
			if h.part == part {
				among.Add(h.doc)
			}
		}
		if among.IsEmpty() {
			continue
		}
		lifts, err := p.nearness(typed, idf, among)
		if err != nil {
			return err
		}
		for i, h := range hits {
			if h.part == part {
				hits[i].score += lifts[among.Rank(h.doc)-1]
			}
		}
	}
	return nil
}

// nearness is by how much each of some documents is lifted, by place.
func (p *shard) nearness(typed []clause, idf []float32, among *roaring.Bitmap) ([]float32, error) {
	docs := listed(nil, among)
	lifts := make([]float32, len(docs))
	var before [][]uint32
	for i, c := range typed {
		at, err := p.standing(c.surface, docs, among)
		if err != nil {
			return nil, err
		}
		for doc := range docs {
			if before == nil {
				break
			}
			switch how := nearest(before[doc], at[doc]); {
			case how == asWritten:
				lifts[doc] += asNear * min(idf[i-1], idf[i])
			case how > 0:
				lifts[doc] += asAround * min(idf[i-1], idf[i])
			}
		}
		before = at
	}
	return lifts, nil
}

// maxTogether is how many documents of a part are looked through for words that
// must stand together; where more hold them all, that says enough.
const maxTogether = 2000

// together are those of some documents in which the words of a name stand one
// after the other, about as they do in it.
func (p *shard) together(n name, among *roaring.Bitmap) (*roaring.Bitmap, error) {
	docs := listed(nil, among)
	ends, err := p.standing(n.surfaces[0], docs, among)
	if err != nil {
		return nil, err
	}
	for i, step := range n.steps {
		at, err := p.standing(n.surfaces[i+1], docs, among)
		if err != nil {
			return nil, err
		}
		for doc, places := range at {
			at[doc] = slices.DeleteFunc(places, func(place uint32) bool {
				return !slices.ContainsFunc(ends[doc], func(end uint32) bool { return place > end && place-end <= step+slack })
			})
		}
		ends = at
	}
	found := roaring.New()
	for i, doc := range docs {
		if len(ends[i]) > 0 {
			found.Add(doc)
		}
	}
	return found, nil
}

// standing is where a word, in any of its forms, stands in some documents, by place.
func (p *shard) standing(word string, docs []uint32, among *roaring.Bitmap) ([][]uint32, error) {
	held, err := p.formsOf(word)
	if err != nil {
		return nil, err
	}
	at := make([][]uint32, len(docs))
	for _, word := range held.spellings {
		places, err := p.places(word, among)
		if err != nil {
			return nil, err
		}
		join(docs, places.docs, func(doc, place int) { at[doc] = append(at[doc], places.in(place)...) })
	}
	return at, nil
}

// nearest tells how two words stand: asWritten one soon after the other, less
// when they are only around each other, 0 when they are apart.
func nearest(one, other []uint32) (how float32) {
	for _, a := range one {
		for _, b := range other {
			switch {
			case b > a && b-a <= near:
				return asWritten
			case b > a && b-a <= around || a > b && a-b <= around:
				how = asAround
			}
		}
	}
	return how
}
