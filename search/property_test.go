package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/forum"
	"passerelle/models/lab"
	"passerelle/models/modelstest"
)

// said is a thing with a word of its own, and what a reader may see of it.
type said struct {
	word   string
	name   string // as a hit
	post   models.ID
	thread models.ID
	public bool
	erased bool // for ever
	edits  int
}

// TestEveryPublicThingIsFoundByAWordOfItsOwn lets people write, edit, delete
// and hide at random, by the acts of the portal, and looks for every word ever
// written: that of a public thing finds it and nothing else, any other finds
// nothing.
func TestEveryPublicThingIsFoundByAWordOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lab(1, "Ti Lab", "53")
	w.open()
	ctx := context.Background()
	moderator := modelstest.Person(t, w.store, "dominique")
	modelstest.Grant(t, w.store, moderator, models.Moderator, 0)
	forums, library := forum.New(w.store, account.EnsureImported), lab.New(w.store)
	random := rand.New(rand.NewPCG(11, 4))

	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var things []*said
	hidden := map[models.ID]bool{} // threads
	var old []string               // words of texts that were replaced
	words := 0
	word := func() string { words++; return rareWord(words) }
	pick := func(fits func(*said) bool) *said {
		for range 20 {
			if len(things) > 0 {
				if s := things[random.IntN(len(things))]; fits(s) {
					return s
				}
			}
		}
		return nil
	}
	living := func(s *said) bool { return s.post != 0 && s.public && !hidden[s.thread] }

	acts := []func(){
		func() {
			s := &said{word: word(), public: true}
			posted, err := forums.Open(ctx, w.by, forum.NewThread{Forum: "donnees", Kind: forum.Discussion, Title: "Un fil de plus", Body: "Voici " + s.word + " et la suite."})
			must(err)
			s.name, s.post, s.thread = fmt.Sprint("thread:", posted.Thread), posted.Post, posted.Thread
			things = append(things, s)
		},
		func() {
			at := pick(living)
			if at == nil {
				return
			}
			s := &said{word: word(), public: true, thread: at.thread}
			posted, err := forums.Reply(ctx, w.by, forum.NewPost{Thread: at.thread, Body: "Je réponds **" + s.word + "**."})
			must(err)
			s.name, s.post = fmt.Sprint("post:", posted.Post), posted.Post
			things = append(things, s)
		},
		func() {
			s := pick(living)
			if s == nil {
				return
			}
			old = append(old, s.word)
			s.word = word()
			_, err := forums.Edit(ctx, w.by, forum.Edit{Post: s.post, Version: int64(s.edits), Body: "Corrigé : " + s.word + "."})
			must(err)
			s.edits++
		},
		func() {
			s := pick(living)
			if s == nil {
				return
			}
			_, err := forums.Delete(ctx, w.by, s.post)
			must(err)
			s.public, s.erased = false, true
		},
		func() {
			s := pick(living)
			if s == nil {
				return
			}
			_, err := forums.HidePost(ctx, moderator, s.post, "Hors du sujet de ce forum.")
			must(err)
			s.public = false
		},
		func() {
			s := pick(func(s *said) bool { return s.post != 0 && !s.public && !s.erased && !hidden[s.thread] })
			if s == nil {
				return
			}
			_, err := forums.RestorePost(ctx, moderator, s.post)
			must(err)
			s.public = true
		},
		func() {
			s := pick(living)
			if s == nil {
				return
			}
			_, err := forums.HideThread(ctx, moderator, s.thread, "Hors du sujet de ce forum.")
			must(err)
			hidden[s.thread] = true
		},
		func() {
			s := pick(func(s *said) bool { return hidden[s.thread] })
			if s == nil {
				return
			}
			_, err := forums.RestoreThread(ctx, moderator, s.thread)
			must(err)
			delete(hidden, s.thread)
		},
		func() {
			s := &said{word: word(), public: true}
			_, err := library.Import(ctx, lab.Line{Key: s.word, Lab: "lab-1", Title: "Un cas " + s.word, Summary: "Un résumé.", Markdown: "Un texte."})
			must(err)
			things = append(things, s)
		},
	}
	for range 300 {
		// Writing comes up more often than the rest, so that the portal grows.
		if n := random.IntN(len(acts) + 4); n < len(acts) {
			acts[n]()
		} else {
			acts[n%2]()
		}
	}
	w.agrees()
	for _, s := range things {
		found := w.find(Query{Text: s.word})
		want := 0
		if s.public && !hidden[s.thread] {
			want = 1
		}
		if found.Total != want || len(found.Hits) != want || found.Relaxed {
			t.Errorf("%s (%s): %d found, want %d: %s", s.word, s.name, found.Total, want, found.names())
		}
		if want == 1 && s.name != "" && found.names() != s.name {
			t.Errorf("%s finds %s, want %s", s.word, found.names(), s.name)
		}
	}
	for _, word := range old {
		if found := w.find(Query{Text: word}); found.Total != 0 {
			t.Errorf("%s, which was replaced, still finds %s", word, found.names())
		}
	}
	if len(things) < 60 || len(hidden) == 0 || len(old) == 0 {
		t.Fatalf("too little happened: %d things, %d threads hidden, %d texts replaced", len(things), len(hidden), len(old))
	}
}
