package main

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver of fill

	"passerelle/models"
)

// posts in a thread; the first is found as the thread.
const perThread = 20

// isReply tells a reply from an opening post.
func isReply(document int) bool { return document%perThread != 0 }

// firstYear is when the oldest of the documents was written, and howMany years follow.
const (
	firstYear = 2021
	howMany   = 6
)

// yearOf spreads the documents over the years, all posts of a thread in one.
func yearOf(document int) int { return firstYear + document/perThread*7919%howMany }

func allYears() (years []string) {
	for year := range howMany {
		years = append(years, strconv.Itoa(firstYear+year))
	}
	return years
}

// writtenAt is the instant of a document, in the middle of its year.
func writtenAt(document int) models.Time {
	return models.At(time.Date(yearOf(document), 6, 1, 8, document/perThread%480, document%perThread, 0, time.UTC))
}

// fill writes the documents as the posts of a forum, past the acts of the
// portal: what is measured here begins at a full store.
func fill(ctx context.Context, dir string, c *corpus) (err error) {
	store, err := models.Open(ctx, models.Settings{Dir: dir, Now: time.Now})
	if err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, models.DatabaseFile)+"?_journal_mode=WAL&_synchronous=OFF")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	at := writtenAt(0)
	for _, statement := range []string{
		"INSERT INTO accounts (id, email, name, created_at, confirmed_at) VALUES (1, 'mesure@example.org', 'Mesure', ?1, ?1)",
		"INSERT INTO forums (id, slug, title, created_at) VALUES (1, 'mesure', 'Mesure', ?1)",
		"INSERT INTO changes (at, actor_id, kind, subject) VALUES (?1, 1, 'forum.loaded', 1)",
	} {
		if _, err := db.ExecContext(ctx, statement, at); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	for from := 0; from < len(c.documents); from += 10_000 {
		if err := fillSome(ctx, db, c, from, min(from+10_000, len(c.documents))); err != nil {
			return err
		}
	}
	return nil
}

func fillSome(ctx context.Context, db *sql.DB, c *corpus, from, to int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	thread, err := tx.PrepareContext(ctx, `INSERT INTO threads (id, forum_id, kind, title, slug, author_id, last_number, posts, participants, last_visible, last_activity, created_at)
		VALUES (?1, 1, 'discussion', ?2, 'fil', 1, ?3, ?3, 1, ?3, ?4, ?4)`)
	if err != nil {
		return err
	}
	post, err := tx.PrepareContext(ctx, `INSERT INTO posts (id, thread_id, number, author_id, markdown, html, text, renderer, created_at) VALUES (?, ?, ?, 1, '', '', ?, 1, ?)`)
	if err != nil {
		return err
	}
	for i := from; i < to; i++ {
		text, at := c.text(i), writtenAt(i)
		if !isReply(i) {
			if _, err := thread.ExecContext(ctx, i/perThread+1, title(text), min(perThread, len(c.documents)-i), at); err != nil {
				return err
			}
		}
		if _, err := post.ExecContext(ctx, i+1, i/perThread+1, i%perThread+1, text, at); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// title is how a post begins.
func title(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(8, len(words))], " ")
}
