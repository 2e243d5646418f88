package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// corpus is a list of documents. A document is some paragraphs; those of the
// packages come first, then recombined ones.
type corpus struct {
	packages   []string // with their versions
	paragraphs []string
	documents  [][]int32 // which paragraphs
	originals  int       // how many documents are as the packages have them
	known      []int     // documents that are looked for by name
}

// text is what the portal holds as one post.
func (c *corpus) text(document int) string {
	var text strings.Builder
	for i, p := range c.documents[document] {
		if i > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(c.paragraphs[p])
	}
	return text.String()
}

// readCorpus reads what tools/corpus.sh has brought. A paragraph that several
// pages hold is taken once.
func readCorpus(dir string) (*corpus, error) {
	c := &corpus{}
	versions, err := filepath.Glob(filepath.Join(dir, "tree", "*", "version"))
	if err != nil || len(versions) == 0 {
		return nil, errors.Join(fmt.Errorf("%s holds no corpus: run tools/corpus.sh", dir), err)
	}
	seen := map[string]bool{}
	for _, file := range versions {
		name, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		c.packages = append(c.packages, strings.TrimSpace(string(name)))
		if err := c.readPackage(filepath.Dir(file), seen); err != nil {
			return nil, err
		}
	}
	c.originals = len(c.documents)
	return c, nil
}

func (c *corpus) readPackage(dir string, seen map[string]bool) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || entry.Name() == "version" || strings.Contains(entry.Name(), "-big-page") {
			return err
		}
		var cut cutter
		take := func(paragraph string) {
			if utf8.RuneCountInString(paragraph) >= 60 && utf8.ValidString(paragraph) && !seen[paragraph] && isFrench(paragraph) {
				seen[paragraph] = true
				cut.add(paragraph)
			}
		}
		page, err := readPage(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if filepath.Ext(path) == ".gz" {
			manParagraphs(page, take)
		} else if err := htmlParagraphs(page, take); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		cut.end()
		for _, paragraphs := range cut.documents {
			var document []int32
			for _, p := range paragraphs {
				document = append(document, int32(len(c.paragraphs)))
				c.paragraphs = append(c.paragraphs, p)
			}
			c.documents = append(c.documents, document)
		}
		return nil
	})
}

func readPage(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	var in io.Reader = file
	if filepath.Ext(path) == ".gz" {
		if in, err = gzip.NewReader(file); err != nil {
			return "", err
		}
	}
	text, err := io.ReadAll(in)
	return strings.ToValidUTF8(string(text), " "), err
}

// sized is a corpus of n documents: originals in a random order, then
// recombined paragraphs. Of the known documents no paragraph is used again, so
// that each stays the one right answer.
func (c *corpus) sized(n, known int, seed uint64) *corpus {
	random := rand.New(rand.NewPCG(seed, 1))
	d := &corpus{packages: c.packages, paragraphs: c.paragraphs, documents: slices.Clone(c.documents)}
	random.Shuffle(len(d.documents), func(i, j int) { d.documents[i], d.documents[j] = d.documents[j], d.documents[i] })
	d.documents = d.documents[:min(n, len(d.documents))]
	d.originals = len(d.documents)
	step := max(1, d.originals/max(1, known))
	for i := range min(known, d.originals) { // opening posts and replies, as it falls
		d.known = append(d.known, i*step+random.IntN(step))
	}
	var pool []int32
	for i, document := range d.documents {
		if !slices.Contains(d.known, i) {
			pool = append(pool, document...)
		}
	}
	for len(d.documents) < n {
		d.documents = append(d.documents, d.recombine(random, pool))
	}
	return d
}

// recombine draws paragraphs for as long a document as a random original.
func (c *corpus) recombine(random *rand.Rand, pool []int32) (document []int32) {
	want := 0
	for _, p := range c.documents[random.IntN(c.originals)] {
		want += len(c.paragraphs[p])
	}
	for length := 0; length < want || len(document) < 2; {
		p := pool[random.IntN(len(pool))]
		if length > 0 && length+len(c.paragraphs[p]) > longest {
			break
		}
		document = append(document, p)
		length += len(c.paragraphs[p])
	}
	return document
}
