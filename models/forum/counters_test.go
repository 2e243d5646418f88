package forum

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"passerelle/models"
	"passerelle/models/modelstest"
)

// TestCountersFollowAnything does random acts by random people, allowed or
// not, and then compares every counter with what it counts.
func TestCountersFollowAnything(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.SeedForums(context.Background(), []Seed{{Slug: "autre", Title: "Autre", Categories: []SeedCategory{{"divers", "Divers"}}}}); err != nil {
		t.Fatal(err)
	}
	people := []models.Actor{visitor, w.newcomer, w.author, w.other, w.moderator, modelstest.Person(t, w.store, "tierce")}
	ctx := context.Background()
	rapid.Check(t, func(r *rapid.T) {
		var posts []Posted
		act := func() error {
			by := rapid.SampledFrom(people).Draw(r, "by")
			w.clock.Add(time.Duration(rapid.IntRange(-2, 60).Draw(r, "seconds")) * time.Second)
			name := rapid.SampledFrom([]string{
				"open", "open", "reply", "reply", "reply", "reply", "edit", "delete", "delete", "hide", "restore",
				"lock", "unlock", "pin", "unpin", "hide thread", "restore thread", "import",
			}).Draw(r, "act")
			if len(posts) == 0 || name == "open" {
				forum := rapid.SampledFrom([][2]string{{"essai", ""}, {"essai", "idees"}, {"autre", "divers"}}).Draw(r, "forum")
				done, err := w.Open(ctx, by, NewThread{Forum: forum[0], Category: forum[1], Kind: Discussion, Title: "Un titre", Body: "Un texte."})
				if err == nil {
					posts = append(posts, done)
				}
				return err
			}
			p := rapid.SampledFrom(posts).Draw(r, "post")
			var err error
			switch name {
			case "reply":
				var done Posted
				if done, err = w.Reply(ctx, by, NewPost{Thread: p.Thread, Body: "Une réponse."}); err == nil {
					posts = append(posts, done)
				}
			case "edit":
				_, err = w.Edit(ctx, by, Edit{Post: p.Post, Version: rapid.Int64Range(0, 2).Draw(r, "version"), Body: fmt.Sprint("Texte ", rapid.IntRange(0, 3).Draw(r, "text"))})
			case "delete":
				_, err = w.Delete(ctx, by, p.Post)
			case "hide":
				_, err = w.HidePost(ctx, by, p.Post, "Injures")
			case "restore":
				_, err = w.RestorePost(ctx, by, p.Post)
			case "lock":
				_, err = w.Lock(ctx, by, p.Thread, "")
			case "unlock":
				_, err = w.Unlock(ctx, by, p.Thread)
			case "pin":
				_, err = w.Pin(ctx, by, p.Thread)
			case "unpin":
				_, err = w.Unpin(ctx, by, p.Thread)
			case "hide thread":
				_, err = w.HideThread(ctx, by, p.Thread, "Hors sujet")
			case "restore thread":
				_, err = w.RestoreThread(ctx, by, p.Thread)
			case "import":
				_, err = w.Import(ctx, Line{
					Key: fmt.Sprint("k", rapid.IntRange(0, 9).Draw(r, "key")), Forum: "essai", Category: "idees", Title: "Ailleurs", Author: "Marie L.",
					Posts: []LinePost{{Markdown: "Un."}, {Author: "Karim B.", Markdown: "Deux."}},
				})
			}
			return err
		}
		for range rapid.IntRange(1, 30).Draw(r, "acts") {
			if err := act(); models.Code(err) == "internal" {
				r.Fatal(err)
			}
		}
		faults, err := w.Check(ctx)
		if err != nil || len(faults) > 0 {
			r.Fatal(err, faults)
		}
	})
}

// TestCheckFindsEachFault breaks each thing that Check looks at.
func TestCheckFindsEachFault(t *testing.T) {
	t.Parallel()
	breaks := map[string]string{
		"numbers of thread":                 "UPDATE threads SET last_number = last_number + 1",
		"posts of thread":                   "UPDATE threads SET posts = posts - 1, participants = 1",
		"participants of thread":            "UPDATE threads SET participants = 1",
		"last visible post of thread":       "UPDATE threads SET last_visible = 1, last_activity = (SELECT min(created_at) FROM posts)",
		"last activity of thread":           "UPDATE threads SET last_activity = '2020-01-01 00:00:00.000000'",
		"threads of category":               "UPDATE categories SET threads = threads + 1",
		"threads of forum":                  "UPDATE forums SET threads = threads + 1",
		"posts of forum":                    "UPDATE forums SET posts = posts + 1",
		"last activity of forum":            "UPDATE forums SET last_activity = NULL",
		"history of post":                   "UPDATE posts SET edits = edits + 1",
		"erased history of post":            "UPDATE posts SET state = 'deleted', markdown = '', html = '', text = '', quotes = '[]' WHERE number = 2",
		"category of another forum, thread": "UPDATE threads SET category_id = (SELECT c.id FROM categories c JOIN forums f ON f.id = c.forum_id WHERE f.slug = 'autre')",
	}
	if len(breaks) != len(audits) {
		t.Errorf("%d faults tried, %d looked for", len(breaks), len(audits))
	}
	for what, query := range breaks {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if err := w.SeedForums(context.Background(), []Seed{{Slug: "autre", Title: "Autre", Categories: []SeedCategory{{"divers", "Divers"}}}}); err != nil {
				t.Fatal(err)
			}
			first := w.opened(t)
			w.clock.Add(time.Minute)
			second := w.replied(t, w.other, first.Thread, "Oui.")
			if _, err := w.Edit(context.Background(), w.other, Edit{Post: second.Post, Body: "Non."}); err != nil {
				t.Fatal(err)
			}
			w.sound(t)
			w.exec(t, query)
			faults, err := w.Check(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, fault := range faults {
				found = found || len(fault) > len(what) && fault[:len(what)] == what
			}
			if !found {
				t.Errorf("found %q", faults)
			}
		})
	}
}
