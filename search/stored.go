package search

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// having lists the documents with a term in a field.
func (g *generation) having(field, term string) ([]string, error) {
	var names []string
	err := g.snapshot(func(s *scorch.IndexSnapshot) error {
		reader, err := s.TermFieldReader(context.Background(), []byte(term), field, false, false, false)
		if err != nil {
			return err
		}
		defer reader.Close()
		for {
			found, err := reader.Next(nil)
			if err != nil || found == nil {
				return err
			}
			name, err := s.ExternalID(found.ID)
			if err != nil {
				return err
			}
			names = append(names, name)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("list the documents of %s %s: %w", field, term, err)
	}
	return names, nil
}

// digests reads what the given documents were made of; one that is not there
// has none.
func (g *generation) digests(names []string) (map[string]string, error) {
	found := make(map[string]string, len(names))
	err := g.snapshot(func(s *scorch.IndexSnapshot) error {
		for _, name := range names {
			digest, ok, err := digestIn(s, name)
			if err != nil {
				return err
			}
			if ok {
				found[name] = digest
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read digests of documents: %w", err)
	}
	return found, nil
}

// all reads the digest of every document; a document that stands there twice
// is listed under again.
func (g *generation) all() (found map[string]string, again []string, err error) {
	found = map[string]string{}
	err = g.snapshot(func(s *scorch.IndexSnapshot) error {
		reader, err := s.DocIDReaderAll()
		if err != nil {
			return err
		}
		defer reader.Close()
		for {
			id, err := reader.Next()
			if err != nil || id == nil {
				return err
			}
			name, err := s.ExternalID(id)
			if err != nil {
				return err
			}
			if _, ok := found[name]; ok {
				again = append(again, name)
			}
			if found[name], _, err = digestIn(s, name); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return nil, nil, fmt.Errorf("walk over the search index: %w", err)
	}
	return found, again, nil
}

func digestIn(s *scorch.IndexSnapshot, name string) (digest string, ok bool, err error) {
	stored, err := s.Document(name)
	if err != nil || stored == nil {
		return "", false, err
	}
	stored.VisitFields(func(field index.Field) {
		if field.Name() == fieldDigest {
			digest = string(field.Value())
		}
	})
	return digest, true, nil
}
