package forum

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/content"
	"passerelle/models"
)

// NewPost is a reply as typed.
type NewPost struct {
	Thread models.ID
	Body   string // Markdown
	Key    string // random, of the form: sent twice with the same text, it makes one post; "": no such guard
}

// Posted says where a post stands.
type Posted struct {
	Post   models.ID
	Thread models.ID
	Slug   string
	Number int64
}

// Reply adds a post to a thread. Refuses with models.ErrLogIn,
// models.ErrUnconfirmed, ErrUnknownThread, ErrLocked, ErrClosed,
// ErrThreadHidden, or the field body. A form sent twice makes one post, and
// gets the same answer twice.
func (f *Forums) Reply(ctx context.Context, by models.Actor, n NewPost) (Posted, error) {
	n.Body = clean(n.Body)
	p := models.Problems{}
	checkBody(&p, n.Body)
	if err := p.Err(); err != nil {
		return Posted{}, err
	}
	said, err := f.render(ctx, n.Body, unplaced)
	if err != nil {
		return Posted{}, err
	}
	var done Posted
	err = f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		thread, err := findThread(ctx, tx, n.Thread)
		if err != nil {
			return err
		}
		if _, err := sees(ctx, tx, by, thread); err != nil {
			return err
		}
		key := submitKey(n.Key, thread.ID.String(), n.Body)
		if done, err = sent(ctx, tx, by, key); err != nil || done.Post != 0 {
			return err
		}
		if err := thread.takesPosts(); err != nil {
			return err
		}
		if done, err = add(ctx, tx, by, thread, said, tx.Now, key); err != nil {
			return err
		}
		return tx.Record(ctx, by, "post.created", done.Post, thread.about())
	})
	return done, err
}

// takesPosts refuses a reply to a thread that takes none, from anybody.
func (t place) takesPosts() error {
	switch {
	case t.Hidden:
		return ErrThreadHidden
	case t.Locked:
		return ErrLocked
	case !t.Open:
		return ErrClosed
	}
	return nil
}

// sent is the post that the same form made before; zero when it made none.
func sent(ctx context.Context, tx *models.Tx, by models.Actor, key string) (Posted, error) {
	if key == "" {
		return Posted{}, nil
	}
	var done Posted
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT p.id AS post, p.thread_id AS thread, t.slug, p.number
		  FROM posts p JOIN threads t ON t.id = p.thread_id
		 WHERE p.author_id = +? AND p.submit_key = +?`, by.ID, key).Take(&done).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Posted{}, nil
	}
	if err != nil {
		return Posted{}, fmt.Errorf("look for a form sent before: %w", err)
	}
	return done, nil
}

// add gives a post the next number of its thread and counts it; at is when it
// was written, by its author.
func add(ctx context.Context, tx *models.Tx, author models.Actor, thread place, said text, at models.Time, key string) (Posted, error) {
	quotes, err := references(ctx, tx, said.quoted)
	if err != nil {
		return Posted{}, err
	}
	// The number and the counters move in one statement.
	var number int64
	next := tx.DB.WithContext(ctx).Raw(`
		UPDATE threads
		   SET last_number = last_number + 1, last_visible = last_number + 1, last_activity = ?, posts = posts + 1,
		       participants = participants + NOT EXISTS (
		           SELECT 1 FROM posts WHERE author_id = ? AND thread_id = threads.id AND state = 'visible')
		 WHERE id = ?
		RETURNING last_number`, at, author.ID, thread.ID).Scan(&number)
	if next.Error != nil {
		return Posted{}, fmt.Errorf("number a post of thread %d: %w", thread.ID, next.Error)
	}
	done := Posted{Thread: thread.ID, Slug: thread.Slug, Number: number}
	err = tx.DB.WithContext(ctx).Raw(`
		INSERT INTO posts (thread_id, number, author_id, markdown, html, text, renderer, quotes, submit_key, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		RETURNING id`,
		thread.ID, number, author.ID, said.markdown, said.placed(number), said.plain, content.RendererVersion, quotes, key, at).
		Scan(&done.Post).Error
	if err != nil {
		return Posted{}, fmt.Errorf("write post %d of thread %d: %w", number, thread.ID, err)
	}
	if err := countInForum(ctx, tx, thread, +1); err != nil {
		return Posted{}, err
	}
	return done, nil
}
