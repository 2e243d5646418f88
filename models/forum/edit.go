package forum

import (
	"context"
	"fmt"

	"passerelle/content"
	"passerelle/models"
)

// Edit is a new text for a post, from the version that was read.
type Edit struct {
	Post    models.ID
	Version int64 // Edits of the post when it was read
	Body    string
}

// Edit replaces the text of one's own post and keeps the former one, which
// anybody may read; an official answer is then a personal one again. The same text changes nothing. Refuses with
// models.ErrLogIn, models.ErrUnconfirmed, ErrUnknownPost, ErrNotAuthor,
// ErrPostDeleted, ErrPostHidden, ErrThreadHidden, ErrLocked, ErrStale, or the
// field body.
func (f *Forums) Edit(ctx context.Context, by models.Actor, e Edit) (Posted, error) {
	e.Body = clean(e.Body)
	p := models.Problems{}
	checkBody(&p, e.Body)
	if err := p.Err(); err != nil {
		return Posted{}, err
	}
	said, err := f.render(ctx, e.Body, unplaced)
	if err != nil {
		return Posted{}, err
	}
	var done Posted
	err = f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		post, err := findPost(ctx, tx, e.Post)
		if err != nil {
			return err
		}
		if err := post.mayEdit(by); err != nil {
			return err
		}
		done = post.posted()
		switch {
		case post.Markdown == e.Body:
			return nil
		case post.Edits != e.Version:
			return ErrStale
		}
		if err := replace(ctx, tx, post, said); err != nil {
			return err
		}
		return tx.Record(ctx, by, "post.edited", post.ID, post.thread.about())
	})
	return done, err
}

// mayEdit refuses all but the author of a visible post in an unlocked thread.
func (m message) mayEdit(by models.Actor) error {
	switch {
	case m.AuthorID != by.ID && (m.thread.Hidden || m.State == Hidden):
		return ErrUnknownPost
	case m.AuthorID != by.ID:
		return ErrNotAuthor
	case m.State == Deleted:
		return ErrPostDeleted
	case m.State == Hidden:
		return ErrPostHidden
	case m.thread.Hidden:
		return ErrThreadHidden
	case m.thread.Locked:
		return ErrLocked
	}
	return nil
}

// replace keeps the present text as a version and writes the new one.
func replace(ctx context.Context, tx *models.Tx, post message, said text) error {
	err := tx.DB.WithContext(ctx).Exec(
		"INSERT INTO post_versions (post_id, version, markdown, html, created_at) VALUES (?, ?, ?, ?, ?)",
		post.ID, post.Edits, post.Markdown, post.HTML, post.Written).Error
	if err != nil {
		return fmt.Errorf("keep version %d of post %d: %w", post.Edits, post.ID, err)
	}
	quotes, err := references(ctx, tx, said.quoted)
	if err != nil {
		return err
	}
	written := tx.DB.WithContext(ctx).Exec(`
		UPDATE posts SET markdown = ?, html = ?, text = ?, renderer = ?, quotes = ?, official = '', edits = edits + 1, edited_at = ?
		 WHERE id = ? AND edits = ? AND state = 'visible'`,
		said.markdown, said.placed(post.Number), said.plain, content.RendererVersion, quotes, tx.Now, post.ID, post.Edits)
	switch {
	case written.Error != nil:
		return fmt.Errorf("write post %d: %w", post.ID, written.Error)
	case written.RowsAffected == 0:
		return ErrStale
	}
	return nil
}
