package search

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"passerelle/models"
)

// ask is what an index holds for a text, by name, with the scores.
func (w *world) ask(text string) (map[string]float32, error) {
	found := map[string]float32{}
	g := w.index.current()
	err := g.ask(func(s *scorch.IndexSnapshot) error {
		v, err := g.look(s)
		if err != nil {
			return err
		}
		q, err := v.sought(context.Background(), query{now: time.Unix(1_790_000_000, 0)}, parse(text, nil).wanted, nil, nil)
		if err != nil {
			return err
		}
		hits, _, err := v.find(context.Background(), q, windowSize, nil)
		for _, h := range hits {
			name, failed := v.name(h)
			if failed != nil {
				return failed
			}
			found[name] = h.score
		}
		return err
	})
	return found, err
}

// forget drops all that is kept of the segments.
func (w *world) forget() {
	shelf := &w.index.current().columns
	shelf.mu.Lock()
	defer shelf.mu.Unlock()
	shelf.known = nil
}

// TestWhatIsKeptSaysWhatTheFilesSay asks the same of a fresh index and of one
// that was asked much before, by many at once, with posts taken out in between.
func TestWhatIsKeptSaysWhatTheFilesSay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.thread(1, "Un fil", "ouverture")
	for i, d := range corpus(5, 300) {
		w.post(models.ID(i+1), 1, i+2, d.Body)
	}
	w.open().sync()
	for i := 3; i < 300; i += 7 {
		w.act("post.hidden", models.ID(i), "UPDATE posts SET state = 'hidden', hidden_reason = 'essai', hidden_at = ? WHERE id = ?", w.store.Now(), i)
	}
	w.sync()
	words := inventedWords()
	var texts []string
	for i := range 40 {
		texts = append(texts, words[i], words[i]+" "+words[i/2], words[i]+" "+words[400+i])
	}
	for i, d := range corpus(5, 10) {
		if i%7 == 2 { // hidden
			continue
		}
		words := strings.Fields(d.Body)
		texts = append(texts, `"`+strings.Join(words[5:8], " ")+`"`, `"`+words[20]+" "+words[21]+`"`)
	}
	want := map[string]map[string]float32{}
	for _, text := range texts {
		w.forget()
		found, err := w.ask(text)
		if err != nil {
			t.Fatal(err)
		}
		want[text] = found
		if strings.HasPrefix(text, `"`) && len(found) == 0 {
			t.Errorf("%s is in a text, and not found", text)
		}
	}
	w.forget()
	var everybody sync.WaitGroup
	for n := range 4 {
		everybody.Go(func() {
			random := rand.New(rand.NewPCG(uint64(n), 1))
			for range 2 * len(texts) {
				text := texts[random.IntN(len(texts))]
				got, err := w.ask(text)
				if err != nil || len(got) != len(want[text]) {
					t.Errorf("%q: %d found, want %d, error %v", text, len(got), len(want[text]), err)
					return
				}
				for name, score := range want[text] {
					if math.Abs(float64(got[name]-score)) > 1e-3 {
						t.Errorf("%q: %s is worth %v, want %v", text, name, got[name], score)
						return
					}
				}
			}
		})
	}
	everybody.Wait()
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	t.Parallel()
	var kept postings
	const size = 1000
	for i := range 20_000 {
		_, err := kept.get(termKey{term: fmt.Sprint(i)}, size, func() (*roaring.Bitmap, error) { return roaring.BitmapOf(1, uint32(i%size)), nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	held := 0
	for _, one := range kept.known {
		held += one.charged
	}
	if most := keptEach*size + keptLeast; held != kept.bytes || held > most+1000 || held < most/2 {
		t.Errorf("%d bytes are kept, said to be %d; %d are the most", held, kept.bytes, most)
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(2, 2))
	list := func(n int) []uint32 {
		var docs []uint32
		for range n {
			docs = append(docs, random.Uint32N(500))
		}
		slices.Sort(docs)
		return slices.Compact(docs)
	}
	for range 200 {
		one, other := list(random.IntN(20)), list(random.IntN(400))
		if random.IntN(2) == 0 {
			one, other = other, one
		}
		var got []uint32
		join(one, other, func(i, j int) {
			if one[i] != other[j] {
				t.Fatalf("%d is not %d", one[i], other[j])
			}
			got = append(got, one[i])
		})
		want := roaring.And(roaring.BitmapOf(one...), roaring.BitmapOf(other...)).ToArray()
		if !slices.Equal(got, want) {
			t.Fatalf("%v and %v share %v, not %v", one, other, want, got)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 4))
	draw := func() (places, map[[2]uint32]bool) {
		var s places
		all := map[[2]uint32]bool{}
		for doc := range uint32(30) {
			if random.IntN(2) == 0 {
				continue
			}
			for at := range uint32(12) {
				if random.IntN(3) == 0 {
					s.at = append(s.at, at)
					all[[2]uint32{doc, at}] = true
				}
			}
			s.add(doc)
		}
		return s, all
	}
	all := func(s places) map[[2]uint32]bool {
		found := map[[2]uint32]bool{}
		for i, doc := range s.docs {
			for _, at := range s.in(i) {
				found[[2]uint32{doc, at}] = true
			}
		}
		return found
	}
	for range 200 {
		one, inOne := draw()
		other, inOther := draw()
		then, or := map[[2]uint32]bool{}, map[[2]uint32]bool{}
		for place := range inOther {
			or[place] = true
			if inOne[[2]uint32{place[0], place[1] - 1}] {
				then[place] = true
			}
		}
		for place := range inOne {
			or[place] = true
		}
		if got := all(one.then(other)); !maps.Equal(got, then) {
			t.Fatalf("%v then %v: %v, want %v", inOne, inOther, got, then)
		}
		if got := all(one.or(other)); !maps.Equal(got, or) {
			t.Fatalf("%v or %v: %v, want %v", inOne, inOther, got, or)
		}
		if got := all(one.within(one.docs)); !maps.Equal(got, inOne) {
			t.Fatalf("%v within itself: %v", inOne, got)
		}
	}
}
