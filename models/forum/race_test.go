package forum

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"passerelle/models"
	"passerelle/models/modelstest"
)

func TestNumbersAreDenseUnder64Writers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.opened(t)
	const writers, each = 64, 4
	people := make([]models.Actor, writers)
	for i := range people {
		people[i] = modelstest.Person(t, w.store, fmt.Sprintf("p%d", i))
	}
	var mu sync.Mutex
	given := map[int64]models.ID{1: first.Post}
	var wg sync.WaitGroup
	for _, by := range people {
		wg.Go(func() {
			for range each {
				done, err := w.Reply(context.Background(), by, NewPost{Thread: first.Thread, Body: "Oui."})
				mu.Lock()
				if other, twice := given[done.Number]; err != nil || twice {
					t.Errorf("number %d given to %d and %d: %v", done.Number, other, done.Post, err)
				}
				given[done.Number] = done.Post
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for n := int64(1); n <= writers*each+1; n++ {
		if given[n] == 0 {
			t.Errorf("number %d is missing", n)
		}
	}
	page := w.page(t, visitor, first.Thread, 1)
	if page.Thread.Posts != writers*each+1 || page.Thread.Participants != writers+1 {
		t.Errorf("%d posts of %d people, want %d of %d", page.Thread.Posts, page.Thread.Participants, writers*each+1, writers+1)
	}
	w.sound(t)
}

func TestALockStopsRepliesAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.opened(t)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for {
				if _, err := w.Reply(context.Background(), w.other, NewPost{Thread: first.Thread, Body: "Oui."}); err != nil {
					if models.Code(err) != "forum.locked" {
						t.Error(err)
					}
					return
				}
			}
		})
	}
	if _, err := w.Lock(context.Background(), w.moderator, first.Thread, ""); err != nil {
		t.Error(err)
	}
	locked := w.store.Head()
	wg.Wait()
	if w.store.Head() != locked {
		t.Error("a reply came after the lock")
	}
	w.sound(t)
}

func TestDeletingWhileOthersReply(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.opened(t)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			post, err := w.Reply(context.Background(), w.other, NewPost{Thread: first.Thread, Body: fmt.Sprint("Réponse ", i)})
			if err != nil {
				t.Error(err)
				return
			}
			for range 2 { // both clicks of a double click
				wg.Go(func() {
					if _, err := w.Delete(context.Background(), w.other, post.Post); err != nil && models.Code(err) != "forum.post_hidden" {
						t.Error(err)
					}
				})
			}
			if _, err := w.HidePost(context.Background(), w.moderator, post.Post, "Doublon"); err != nil && models.Code(err) != "forum.post_deleted" {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	page := w.page(t, visitor, first.Thread, 1)
	if page.Thread.Posts != 1 || page.Thread.Participants != 1 || page.Thread.LastNumber != 17 {
		t.Errorf("thread %+v", page.Thread)
	}
	for _, post := range page.Posts[1:] {
		if post.State == Visible || post.HTML != "" { // deleted or hidden, whichever came first
			t.Errorf("post %d is %s", post.Number, post.State)
		}
	}
	w.sound(t)
}

func TestAFormSentTwicePostsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := context.Background()
	thread := NewThread{Forum: "essai", Kind: Question, Title: "Une question", Body: "Laquelle ?", Key: "clef-1"}
	var mu sync.Mutex
	threads, replies := map[Posted]bool{}, map[Posted]bool{}
	var wg sync.WaitGroup
	for range 25 {
		wg.Go(func() {
			done, err := w.Open(ctx, w.author, thread)
			if err != nil {
				t.Error(err)
				return
			}
			reply, err := w.Reply(ctx, w.author, NewPost{Thread: done.Thread, Body: "Celle-ci.", Key: "clef-2"})
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			threads[done], replies[reply] = true, true
		})
	}
	wg.Wait()
	if len(threads) != 1 || len(replies) != 1 {
		t.Fatalf("%d threads, %d replies, want 1 and 1", len(threads), len(replies))
	}
	var first Posted
	for first = range threads {
	}
	// The same form with another text, by another person, or in another thread, is another post.
	w.opened(t)
	for name, again := range map[string]struct {
		by models.Actor
		n  NewPost
	}{
		"another text":   {w.author, NewPost{Thread: first.Thread, Body: "Une autre.", Key: "clef-2"}},
		"another person": {w.other, NewPost{Thread: first.Thread, Body: "Celle-ci.", Key: "clef-2"}},
		"another thread": {w.author, NewPost{Thread: first.Thread + 1, Body: "Celle-ci.", Key: "clef-2"}},
		"no key":         {w.author, NewPost{Thread: first.Thread, Body: "Celle-ci."}},
	} {
		done, err := w.Reply(ctx, again.by, again.n)
		if err != nil || replies[done] {
			t.Errorf("%s: %+v, %v", name, done, err)
		}
		replies[done] = true
	}
	w.sound(t)
}

func TestTheSecondToEditIsToldAndLosesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.opened(t)
	var mu sync.Mutex
	outcome := map[string]int{}
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			_, err := w.Edit(context.Background(), w.author, Edit{Post: first.Post, Version: 0, Body: fmt.Sprint("Texte ", i)})
			mu.Lock()
			defer mu.Unlock()
			outcome[models.Code(err)]++
		})
	}
	wg.Wait()
	if outcome[""] != 1 || outcome["forum.stale"] != 15 {
		t.Errorf("outcomes %v, want one done and 15 stale", outcome)
	}
	_, versions, err := w.Versions(context.Background(), visitor, first.Post)
	if err != nil || len(versions) != 2 {
		t.Errorf("versions %v, %v", versions, err)
	}
	w.sound(t)
}
