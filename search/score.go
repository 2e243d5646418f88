package search

import (
	"math"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
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
