package search

import (
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// posted is where a term stands in a segment, whose files hold it packed: what
// makes frequent words dear is to unpack it again for each search.
type posted struct {
	docs *roaring.Bitmap // with those that were taken out since

	key termKey

	mu     sync.Mutex
	list   []uint32  // the same, one after the other; nil until it was asked for
	worths []float32 // by place in list; nil until most of them were asked for
	places places    // of a term of the exact field; none until they were asked for again and again

	charged int // bytes, as postings counts them
}

// termKey names a term: of the exact field, or of the French fields together.
type termKey struct {
	exact bool
	term  string
}

// postings keeps the terms of one segment that were looked for. A segment never
// changes: what is kept stays true.
type postings struct {
	mu    sync.Mutex
	known map[termKey]*posted
	bytes int
	forms map[string]forms // of words that were looked for
	asked map[string]uint8 // how often the places of a word were, up to a few times
}

// Bounds of what is kept of one segment.
const (
	keptEach  = 64      // bytes for each of its documents
	keptLeast = 1 << 18 // and some
	keptEntry = 256     // what a term costs beside its sets
)

// get is what is kept of a term, or what make makes of it.
func (k *postings) get(key termKey, size int, make func() (*roaring.Bitmap, error)) (*posted, error) {
	k.mu.Lock()
	found := k.known[key]
	k.mu.Unlock()
	if found != nil {
		return found, nil
	}
	docs, err := make()
	if err != nil {
		return nil, err
	}
	found = &posted{docs: docs, key: key}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known == nil {
		k.known = map[termKey]*posted{}
	}
	for other := range k.known { // in no order: what is asked for often comes back at once
		if k.bytes <= k.most(size) {
			break
		}
		k.bytes -= k.known[other].charged
		delete(k.known, other)
	}
	if other := k.known[key]; other != nil { // made by another search meanwhile
		return other, nil
	}
	k.known[key] = found
	found.charged = found.cost()
	k.bytes += found.charged
	return found, nil
}

// most is how many bytes are kept of a segment of so many documents.
func (k *postings) most(size int) int { return keptEach*size + keptLeast }

// charge counts what a term takes more, as long as it is kept.
func (k *postings) charge(t *posted, bytes int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known[t.key] == t {
		t.charged += bytes
		k.bytes += bytes
	}
}

// maxFormed bounds the words whose forms are kept of one segment.
const maxFormed = 1 << 12

// asks counts how often the places of a word were asked for, up to a few times.
func (k *postings) asks(word string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.asked == nil || len(k.asked) >= maxFormed {
		k.asked = map[string]uint8{}
	}
	if k.asked[word] <= fewAsked {
		k.asked[word]++
	}
	return int(k.asked[word])
}

// formsOf are the forms of a word in this segment: what find makes of it the
// first time. They are shared: read them only.
func (k *postings) formsOf(word string, find func() (forms, error)) (forms, error) {
	k.mu.Lock()
	found, ok := k.forms[word]
	k.mu.Unlock()
	if ok {
		return found, nil
	}
	found, err := find()
	if err != nil {
		return found, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.forms == nil || len(k.forms) >= maxFormed {
		k.forms = map[string]forms{}
	}
	k.forms[word] = found
	return found, nil
}

// cost is about how many bytes keeping takes: the lists too, as frequent words
// get them sooner or later.
func (t *posted) cost() int {
	return keptEntry + int(t.docs.GetSizeInBytes()) + 8*int(t.docs.GetCardinality())
}

// each shows the places, in an ascending list, of the documents that hold the term.
func (t *posted) each(docs []uint32, show func(at int)) {
	if len(docs)*16 < int(t.docs.GetCardinality()) {
		for at, doc := range docs {
			if t.docs.Contains(doc) {
				show(at)
			}
		}
		return
	}
	join(docs, t.listed(), func(at, _ int) { show(at) })
}

func (t *posted) listed() []uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.list == nil {
		t.list = t.docs.ToArray()
	}
	return t.list
}

// exactly are the documents that hold a word as it stands. The set is shared:
// read it only.
func (p *shard) exactly(word string) (*roaring.Bitmap, error) {
	found, err := p.asWritten(word)
	if err != nil {
		return nil, err
	}
	return p.living(found.docs), nil
}

func (p *shard) asWritten(word string) (*posted, error) {
	return p.postings.get(termKey{true, word}, len(p.day), func() (*roaring.Bitmap, error) {
		set := roaring.New()
		return set, p.addDocs(set, fieldExact, word)
	})
}

// meets are the documents with a term in any French field. The set is shared:
// read it only.
func (p *shard) meets(term string) (*roaring.Bitmap, error) {
	found, err := p.posted(term)
	if err != nil {
		return nil, err
	}
	return p.living(found.docs), nil
}

// living are those of a set that were not taken out.
func (p *shard) living(docs *roaring.Bitmap) *roaring.Bitmap {
	if dead := p.Deleted(); dead != nil && dead.Intersects(docs) {
		return roaring.AndNot(docs, dead)
	}
	return docs
}

func (p *shard) posted(term string) (*posted, error) {
	return p.postings.get(termKey{false, term}, len(p.day), func() (*roaring.Bitmap, error) {
		set := roaring.New()
		for _, w := range weights {
			if err := p.addDocs(set, w.field, term); err != nil {
				return nil, err
			}
		}
		return set, nil
	})
}

// weigh adds what a term says of some documents, times share, to their counts.
func (p *shard) weigh(term string, among *roaring.Bitmap, docs []uint32, share float32, counts []float32) error {
	t, err := p.posted(term)
	if err != nil || t.docs.IsEmpty() {
		return err
	}
	worths, err := t.weighed(p, term, len(docs)*4 >= int(t.docs.GetCardinality()))
	if err != nil {
		return err
	}
	if worths != nil {
		join(docs, t.listed(), func(i, place int) { counts[i] += share * worths[place] })
		return nil
	}
	at := 0 // a few of many: unpack those alone
	return p.eachWorth(term, among, func(doc uint32, worth float32) {
		if at == len(docs) || docs[at] > doc { // the next field
			at = 0
		}
		for at < len(docs) && docs[at] < doc {
			at++
		}
		if at < len(docs) && docs[at] == doc {
			counts[at] += share * worth
		}
	})
}

// weighed are the worths of a term; nil when they are not known and not wanted.
func (t *posted) weighed(p *shard, term string, wanted bool) ([]float32, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.worths != nil || !wanted {
		return t.worths, nil
	}
	if t.list == nil {
		t.list = t.docs.ToArray()
	}
	docs := t.list
	worths := make([]float32, len(docs))
	at := 0
	err := p.eachWorth(term, nil, func(doc uint32, worth float32) {
		if docs[at] > doc { // the next field
			at = 0
		}
		for docs[at] < doc {
			at++
		}
		worths[at] += worth
	})
	if err == nil {
		t.worths = worths
	}
	return worths, err
}

// eachWorth shows what a term says of documents, field by field; of those within
// a set, or of all, also those that were taken out.
func (p *shard) eachWorth(term string, within *roaring.Bitmap, show func(doc uint32, worth float32)) error {
	for _, w := range weights {
		plain, slope := 1-w.slope, w.slope/w.words
		err := p.each(w.field, term, within, func(doc uint32, count, length float32) {
			show(doc, w.weight*count/(plain+slope*length))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// join shows the places of what two ascending lists have in common.
func join(one, other []uint32, show func(i, j int)) {
	if len(one)*16 < len(other) {
		j := 0
		for i, doc := range one {
			step, found := slices.BinarySearch(other[j:], doc)
			if j += step; found {
				show(i, j)
			}
		}
		return
	}
	for i, j := 0, 0; i < len(one) && j < len(other); {
		switch a, b := one[i], other[j]; {
		case a == b:
			show(i, j)
			i++
			j++
		case a < b:
			i++
		default:
			j++
		}
	}
}
