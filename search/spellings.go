package search

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"
)

// addForms adds the other forms of a word, and words of its root, that the
// index holds.
func (v *view) addForms(s *sought, surface string) error {
	if !formed(surface) {
		return nil
	}
	worths := map[string]float32{} // by stem
	for _, p := range v.parts {
		held, err := p.formsOf(surface)
		if err != nil {
			return err
		}
		for stem, worth := range held.worths {
			worths[stem] = max(worths[stem], worth)
		}
	}
	for _, form := range irregularForms(surface) {
		worths[stemOf([]byte(form))] = asForm
	}
	stems := slices.Collect(maps.Keys(worths))
	slices.SortFunc(stems, func(a, b string) int { return cmp.Or(cmp.Compare(worths[b], worths[a]), cmp.Compare(a, b)) })
	for _, stem := range stems[:min(maxForms, len(stems))] {
		s.add(sense{terms: []string{stem}, worth: worths[stem]})
	}
	return nil
}

// formed tells whether a word may have other forms.
func formed(surface string) bool {
	return len(surface) >= 4 && !strings.ContainsAny(surface, "0123456789")
}

// forms are the forms of a word that a part holds.
type forms struct {
	worths    map[string]float32 // by stem: other forms, and words of the same root
	spellings []string           // its own and those of its other forms
}

// formsOf are those of a word. They are shared: read them only.
func (p *shard) formsOf(surface string) (forms, error) {
	if !formed(surface) {
		return forms{spellings: []string{surface, surface + "s", surface + "x"}}, nil
	}
	return p.postings.formsOf(surface, func() (forms, error) {
		held := forms{map[string]float32{}, []string{surface}}
		scanned := 0
		k := kinOf(surface)
		root := k.root(surface)
		err := p.terms(fieldExact, stretch{from: root, before: after(root)}, func(word string, _ int) error {
			if scanned++; scanned > maxScanned {
				return errEnough
			}
			switch k.to(word) {
			case inflected:
				held.worths[stemOf([]byte(word))] = asForm
				if word != surface && len(held.spellings) < maxSpellings {
					held.spellings = append(held.spellings, word)
				}
			case derived:
				if stem := stemOf([]byte(word)); held.worths[stem] == 0 {
					held.worths[stem] = asDerived
				}
			}
			return nil
		})
		return held, err
	})
}

// errEnough ends a walk over the vocabulary.
var errEnough = errors.New("enough words")

// after is the first text that no longer has a beginning.
func after(beginning string) string { return beginning + "\xff" }
