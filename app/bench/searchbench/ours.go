package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"runtime"
	"time"

	"passerelle/content"
	"passerelle/models"
	"passerelle/search"
)

// built is what an index has cost.
type built struct {
	Wall   float64 // s, until searches see all
	CPU    float64 // s, until nothing is left to merge
	Size   int64   // bytes on disk
	Memory float64 // MiB, the most that the process held, mapped files too
	Go     float64 // MiB, what of this Go's runtime took from the system
}

// opened is the portal's own store and index, as the program opens them.
type opened struct {
	store *models.Store
	index *search.Index
	end   func() error

	rebuilt bool // there was none to open
}

func openOurs(ctx context.Context, dir string) (*opened, error) {
	store, err := models.Open(ctx, models.Settings{Dir: dir, Now: time.Now})
	if err != nil {
		return nil, err
	}
	index, err := search.Open(ctx, filepath.Join(dir, search.Folder), store, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	file, err := content.Embedded.Open("synonyms.txt")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if index.Synonyms, err = search.ReadSynonyms(file); err != nil {
		return nil, err
	}
	rebuilt := index.State().Rebuilding
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); _ = index.Run(ctx) }()
	end := func() error {
		cancel()
		<-done
		return errors.Join(index.Close(), store.Close())
	}
	return &opened{store, index, end, rebuilt}, index.WaitFor(ctx, store.Head())
}

// buildOurs builds the index of a filled store, in a process of its own.
func buildOurs(ctx context.Context, dir string) (b built, err error) {
	began, used := time.Now(), cpu()
	o, err := openOurs(ctx, dir)
	if err != nil {
		return b, err
	}
	b.Wall = time.Since(began).Seconds()
	if err := o.end(); err != nil {
		return b, err
	}
	b.CPU = (cpu() - used).Seconds()
	b.Memory, b.Go = peakMemory(), goMemory()
	b.Size, err = folderSize(filepath.Join(dir, search.Folder))
	return b, err
}

// askOurs asks the index for the pages that people see: 20 results with their
// excerpts, the total and the counts of the filters. One core does all.
func askOurs(ctx context.Context, dir string, warm, questions []question) (list []answered, err error) {
	runtime.GOMAXPROCS(1)
	o, err := openOurs(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.end()) }()
	if o.rebuilt {
		return nil, errors.New("the index that was built is not used: it was built again")
	}
	for i, q := range append(warm, questions...) {
		asked := search.Query{Text: q.typed()}
		if q.Replies {
			asked.Types, asked.Years = []search.Type{search.Post}, []string{q.Year}
		}
		began, used := time.Now(), cpu()
		found, err := o.index.Find(ctx, asked)
		if err != nil {
			return nil, err
		}
		if i >= len(warm) {
			list = append(list, answered{documentsOf(found), ms(time.Since(began)), ms(cpu() - used)})
		}
	}
	return list, nil
}

// documentsOf are the documents of a page; replies that are shown with another
// of their thread follow it.
func documentsOf(found search.Found) (documents []int) {
	for _, hit := range append(found.Hits, found.Also...) {
		documents = append(documents, documentOf(hit))
		for _, other := range hit.Others {
			documents = append(documents, documentOf(other))
		}
	}
	return documents
}

func documentOf(hit search.Hit) int {
	if hit.Type.OfThread() {
		return int(hit.ID-1) * perThread
	}
	return int(hit.ID - 1)
}
