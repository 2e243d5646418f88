package search

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"passerelle/models"
)

// cpu is what this process has used.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

const benchPosts = 20_000

// newForum fills a store with threads of twenty posts.
func newForum(b *testing.B, posts int) *world {
	b.Helper()
	w := newWorld(b)
	docs := corpus(3, posts)
	for from := 0; from < len(docs); from += 1000 {
		err := w.store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
			for i := from; i < min(from+1000, len(docs)); i++ {
				if i%20 == 0 {
					if err := tx.DB.Exec(`INSERT INTO threads (id, forum_id, kind, title, slug, author_id, last_number, posts, participants, last_visible, last_activity, created_at)
						VALUES (?, 1, 'discussion', ?, 'fil', ?, 20, 20, 1, 20, ?, ?)`, i/20+1, docs[i].Body[:60], w.by.ID, tx.Now, tx.Now).Error; err != nil {
						return err
					}
				}
				if err := tx.DB.Exec(`INSERT INTO posts (id, thread_id, number, author_id, markdown, html, text, renderer, created_at)
					VALUES (?, ?, ?, ?, '', '', ?, 1, ?)`, i+1, i/20+1, i%20+1, w.by.ID, docs[i].Body, tx.Now).Error; err != nil {
					return err
				}
			}
			return tx.Record(ctx, w.by, "test.done", 1)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return w
}

// BenchmarkBuild builds an index of 20 000 posts from the database.
func BenchmarkBuild(b *testing.B) {
	w := newForum(b, benchPosts)
	for b.Loop() {
		began := cpu(b)
		w.open()
		w.syncs(b)
		w.index.current().settle()
		b.ReportMetric(benchPosts/(cpu(b)-began).Seconds(), "posts/cpu-s")
		if err := w.index.Reindex(context.Background()); err != nil {
			b.Fatal(err)
		}
		w.shut()
	}
}

func (w *world) syncs(b *testing.B) {
	b.Helper()
	if err := w.index.WaitFor(context.Background(), w.store.Head()); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkFind asks a portal of 20 000 posts: the index alone (ask), and with
// the rows, excerpts and counts of a page (page).
func BenchmarkFind(b *testing.B) {
	w := newForum(b, benchPosts).open()
	w.syncs(b)
	w.index.current().settle()
	words := inventedWords()
	common, second := words[0], words[1]
	questions := []struct{ name, text string }{
		{"rare", rareWord(777)},
		{"frequent", common},
		{"two", common + " " + second},
		{"five", fmt.Sprint(words[3], " ", words[40], " ", words[100], " ", words[200], " ", words[300])},
		{"phrase", `"qu’il s’agit de la"`},
		{"nothing", "introuvable " + common},
	}
	for _, q := range questions {
		parsed := parse(q.text, nil)
		b.Run("ask/"+q.name, func(b *testing.B) {
			total := 0
			began := cpu(b)
			for b.Loop() {
				g := w.index.current()
				err := g.ask(func(s *scorch.IndexSnapshot) error {
					a, err := g.answer(context.Background(), s, query{now: time.Now()}, parsed, nil, 1, "")
					total = a.counter.total
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(total), "hits")
			b.ReportMetric(float64((cpu(b)-began).Microseconds())/float64(b.N), "cpu-µs/op")
		})
		b.Run("page/"+q.name, func(b *testing.B) {
			began := cpu(b)
			for b.Loop() {
				if _, err := w.index.Find(context.Background(), Query{Text: q.text}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((cpu(b)-began).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}
