package search

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"passerelle/models"
)

// Suggestion is a public thing whose title, or a name that it is filed under,
// holds what is being typed.
type Suggestion struct {
	Type  Type
	ID    models.ID
	Slug  string
	Title string
}

// maxSuggestions is how many are shown under a field.
const maxSuggestions = 8

// suggested are the types that are suggested: replies have no title.
var suggested = []Type{Lab, UseCase, Experience, Call, Help, Thread, Question, Proposal}

// Suggest finds titles for what is being typed: its words, the last of which
// may be only begun. Less than two letters suggest nothing.
func (x *Index) Suggest(ctx context.Context, text string) ([]Suggestion, error) {
	if utf8.RuneCountInString(text) > MaxText {
		return nil, nil
	}
	w := parse(text, nil)
	if w.problem != Fine || utf8.RuneCountInString(text) < 2 {
		return nil, nil
	}
	var names []string
	g := x.current()
	err := g.ask(func(s *scorch.IndexSnapshot) (err error) {
		names, err = g.titles(ctx, s, w)
		return err
	})
	if err != nil {
		return nil, err
	}
	var list []Suggestion
	err = x.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		rows, err := readRows(ctx, tx, names)
		if err != nil {
			return err
		}
		for _, name := range names {
			if r, ok := rows[name]; ok {
				list = append(list, Suggestion{r.Type, r.ID, r.Slug, r.Title})
			}
		}
		return nil
	})
	return list, err
}

// titles are the documents whose titles hold the words, then those that are
// filed under them.
func (g *generation) titles(ctx context.Context, s *scorch.IndexSnapshot, w words) ([]string, error) {
	v, err := g.look(s)
	if err != nil {
		return nil, err
	}
	type found struct {
		name string
		rank int
		day  int32
	}
	var list []found
	for i, c := range w.wanted {
		w.wanted[i].last = i == len(w.wanted)-1 && c.surface != ""
	}
	sought, err := v.begun(ctx, w.wanted)
	if err != nil {
		return nil, err
	}
	for _, p := range v.parts {
		for place, fields := range [][]string{{fieldTitle}, {fieldTitle, fieldLabels}} {
			docs, err := p.titled(sought, fields)
			if err != nil {
				return nil, err
			}
			for many := docs.Iterator(); many.HasNext(); {
				doc := many.Next()
				rank := slices.Index(suggested, Types[p.kind[doc]])
				if rank < 0 {
					continue
				}
				name, err := p.DocID(uint64(doc))
				if err != nil {
					return nil, wrap(err)
				}
				list = append(list, found{string(name), place*len(suggested) + rank, p.day[doc]})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.day, a.day)) })
	var names []string
	for _, f := range list {
		if !slices.Contains(names, f.name) && len(names) < maxSuggestions {
			names = append(names, f.name)
		}
	}
	return names, nil
}

// begun resolves words, each as it is written and the last as a beginning.
func (v *view) begun(ctx context.Context, wanted []clause) ([]*sought, error) {
	var list []*sought
	for _, c := range wanted {
		s, err := v.resolve(ctx, c, nil, false)
		if err != nil {
			return nil, err
		}
		if c.last && len(c.surface) >= 2 {
			if err := v.addBeginnings(s); err != nil {
				return nil, err
			}
		}
		list = append(list, s)
	}
	return list, nil
}

// titled are the documents in whose given fields all the words stand.
func (p *shard) titled(wanted []*sought, fields []string) (*roaring.Bitmap, error) {
	var all *roaring.Bitmap
	for _, s := range wanted {
		any := roaring.New()
		for _, one := range s.senses {
			if len(one.terms) > 1 {
				continue
			}
			for _, field := range fields {
				if err := p.addDocs(any, field, one.terms[0]); err != nil {
					return nil, err
				}
			}
		}
		if all == nil {
			all = any
		} else {
			all.And(any)
		}
	}
	if all == nil {
		return roaring.New(), nil
	}
	return p.living(all), nil
}
