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

// scores are room for what a query finds in one part, by place in docs.
type scores struct {
	docs              []uint32
	total, word, near []float32
	met               []uint32  // clauses that each meets, a bit each
	some              []uint32  // of docs
	few               []float32 // by place in some
}

var scoreRoom = sync.Pool{New: func() any { return &scores{} }}

func (s *scores) reset(found *roaring.Bitmap) {
	s.docs = listed(s.docs, found)
	size := len(s.docs)
	s.total, s.word = sized(s.total, size), sized(s.word, size)
	s.near, s.met = sized(s.near, size), sized(s.met, size)
}

// listed are the documents of a set, in the room of a list that is done with.
func listed(room []uint32, set *roaring.Bitmap) []uint32 {
	size := int(set.GetCardinality())
	if cap(room) < size {
		room = make([]uint32, size)
	}
	return room[:set.ManyIterator().NextMany(room[:size])]
}

func sized[T any](list []T, size int) []T {
	if cap(list) < size {
		return make([]T, size)
	}
	list = list[:size]
	clear(list)
	return list
}

// score weighs what was found in one part by BM25F: the counts of a word in
// all fields are added before they saturate (Robertson, Zaragoza and Taylor,
// « Simple BM25 extension to multiple weighted fields », 2004).
func (p *shard) score(q *query, m matched, idf []float32, s *scores) error {
	s.reset(m.filtered)
	for i, one := range q.wanted {
		if err := p.scoreWord(one, m.words[i], m.filtered, s); err != nil {
			return err
		}
		if one.surface != "" {
			typed, err := p.asWritten(one.surface)
			if err != nil {
				return err
			}
			typed.each(s.docs, func(at int) {
				if s.word[at] > 0 {
					s.total[at] += asTyped * idf[i]
				}
			})
		}
		worth := idf[i] * (saturation + 1)
		for at, count := range s.word {
			if count == 0 {
				continue
			}
			s.total[at] += worth * count / (count + saturation)
			s.met[at] |= 1 << i
			s.word[at] = 0
		}
		if !q.any && m.words[i].sure != m.words[i].any {
			for at, doc := range s.docs {
				if !m.words[i].sure.Contains(doc) {
					s.near[at]++
				}
			}
		}
	}
	return nil
}

// scoreWord adds up how often a clause is met in each field.
func (p *shard) scoreWord(c *sought, sets wordSets, found *roaring.Bitmap, s *scores) error {
	switch {
	case len(c.phrase) > 1:
		join(s.docs, sets.phrase.docs, func(at, place int) { s.word[at] += sets.phrase.worths[place] })
		return nil
	case len(c.phrase) == 1: // a word as it is written: worth what it is as any word
		for _, stem := range c.stems {
			if err := p.weigh(stem, found, s.docs, 1, s.word); err != nil {
				return err
			}
		}
		return nil
	}
	for i, one := range c.senses {
		if len(one.terms) == 1 && one.exactly == "" {
			if err := p.weigh(one.terms[0], found, s.docs, one.worth, s.word); err != nil {
				return err
			}
			continue
		}
		all := roaring.And(sets.senses[i], found)
		if all.IsEmpty() {
			continue
		}
		s.some = listed(s.some, all)
		s.few = sized(s.few, len(s.some))
		share := one.worth / float32(len(one.terms))
		for i, term := range one.terms {
			if err := p.weigh(term, all, s.some, share, s.few); err != nil {
				return err
			}
			for _, form := range one.formsAt(i) {
				if err := p.weigh(form, all, s.some, share*asForm, s.few); err != nil {
					return err
				}
			}
		}
		join(s.docs, s.some, func(at, place int) { s.word[at] += s.few[place] })
	}
	return nil
}

// covered is which share of a query some clauses are, by what each says.
func covered(idf []float32, met uint32) float32 {
	var sum, part float32
	for i, w := range idf {
		sum += w
		if met&(1<<i) != 0 {
			part += w
		}
	}
	return part / sum
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
		lift := p.lift[doc]
		if day := p.day[doc]; day > 0 {
			age := float32(max(0, today-day)) / 365
			lift += 0.1 / (1 + age)
		}
		return lift
	}
}

// statusLift is how much more, or less, a thing is worth by how far it has come:
// what one can use today before what is over, within a few hundredths; an answer
// in the name of an institution stands out.
var statusLift = map[Status]float32{
	StatusOfficial: officialLift, StatusDeployed: 0.03, StatusActive: 0.03, StatusOpen: 0.02, StatusAbandoned: -0.03, StatusEnded: -0.02, StatusClosed: -0.02,
}

const officialLift = 0.4

// mostWorth is the most that worth gives.
const mostWorth = 1.1 + 0.1 + officialLift

// kindLift is by place in Types: what was written to last comes before replies.
var kindLift = [...]float32{1.1, 1.1, 1.1, 1.1, 1.05, 1.05, 1.05, 1.05, 1, 1.05}
