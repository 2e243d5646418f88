package lab_test

import (
	"context"
	"testing"
	"time"

	"passerelle/models"
	"passerelle/models/lab"
	"passerelle/models/modelstest"
)

func TestNowShowsOpenCallsAndActiveThreads(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	store, clock := modelstest.Open(t)
	library := lab.New(store)
	day := func(n int) models.Time { return models.At(modelstest.Start.AddDate(0, 0, n)) }
	call := func(slug string, opens, closes, closedEarly models.Time) {
		sql(t, store, `INSERT INTO calls (key, slug, title, summary, markdown, html, text, opens_at, closes_at, closed_early_at, closed_early_reason,
			cap_cents, rate_percent, months, innovative_percent, path, digest, updated_at)
			VALUES (?, ?, ?, '', '', '', '', ?, ?, ?, 'Une raison.', 4800000, 100, 24, 50, ?, '', ?)`,
			slug, slug, slug, opens, closes, closedEarly, slug, day(-9))
	}
	call("passe", day(-9), day(0), models.Time{}) // closes at this very instant: closed
	call("ouvert", day(-9), day(3), models.Time{})
	call("ouvre", day(0), day(9), models.Time{}) // opens at this very instant: open
	call("arrete", day(-9), day(9), day(-1))
	call("bientot", day(2), day(9), models.Time{})
	person := modelstest.Person(t, store, "Marie")
	sql(t, store, `INSERT INTO forums (id, slug, title, position, posts, threads, last_activity, created_at)
		VALUES (1, 'a', 'A', 1, 3, 2, ?, ?), (2, 'b', 'B', 2, 0, 0, NULL, ?)`, day(-1), day(-9), day(-9))
	for id, hidden := range []int{0, 0, 1} {
		sql(t, store, `INSERT INTO threads (id, forum_id, kind, title, slug, author_id, last_number, posts, last_activity, created_at, hidden, hidden_reason, hidden_at)
			VALUES (?, 1, 'question', 'Titre', 'titre', ?, 1, 1, ?, ?, ?, 'Une raison', ?)`, id+1, person.ID, day(id-5), day(-9), hidden, day(-2))
	}

	now, err := library.Now(ctx, 5, 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(now.Calls) != 2 || now.Calls[0].Slug != "ouvert" || now.Calls[1].Slug != "ouvre" || now.Calls[0].Cap != 48_000_00 {
		t.Errorf("calls: %+v", now.Calls)
	}
	if !now.Until.Equal(day(2).Time) {
		t.Errorf("until %v, want the opening of the next call", now.Until)
	}
	if len(now.Forums) != 1 || now.Forums[0].Posts != 3 {
		t.Errorf("forums: %+v", now.Forums)
	}
	if len(now.Threads) != 2 || now.Threads[0].ID != 2 || now.Threads[0].ForumTitle != "A" {
		t.Errorf("threads: %+v", now.Threads)
	}

	clock.Set(day(3).Add(-time.Microsecond))
	if now, err = library.Now(ctx, 1, 1); err != nil || len(now.Calls) != 3 || !now.Until.Equal(day(3).Time) {
		t.Errorf("just before one closes: %+v, %v", now.Calls, err)
	}
	clock.Set(day(3).Time)
	if now, err = library.Now(ctx, 1, 1); err != nil || len(now.Calls) != 2 || now.Calls[0].Slug == "ouvert" {
		t.Errorf("when it closes: %+v, %v", now.Calls, err)
	}
	forums, calls, err := library.Rooms(ctx)
	if err != nil || len(forums) != 2 || len(calls) != 5 {
		t.Errorf("rooms: %v, %v, %v", forums, calls, err)
	}
	addresses, total, err := library.Addresses(ctx, 0, 100)
	if err != nil || total != 9 || len(addresses) != total {
		t.Errorf("addresses: %v, %d, %v", addresses, total, err)
	}
}
