package forum

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Delete erases the text of one's own post and all its former versions, at
// once; its number stays. Deleting it again changes nothing. Refuses with
// models.ErrLogIn, models.ErrUnconfirmed, ErrUnknownPost, ErrNotAuthor,
// ErrPostHidden, ErrThreadHidden, ErrLocked.
func (f *Forums) Delete(ctx context.Context, by models.Actor, id models.ID) (Posted, error) {
	var done Posted
	err := f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		post, err := findPost(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := post.mayDelete(by); err != nil {
			return err
		}
		done = post.posted()
		if post.State == Deleted {
			return nil
		}
		if err := erase(ctx, tx, post); err != nil {
			return err
		}
		if post.State == Visible {
			if err := countPost(ctx, tx, post, -1); err != nil {
				return err
			}
		}
		return tx.Record(ctx, by, "post.deleted", post.ID, post.thread.about())
	})
	return done, err
}

// mayDelete refuses all but the author, and the author too in a locked thread.
// What a moderator hid stays as it is for whoever has to judge it.
func (m message) mayDelete(by models.Actor) error {
	switch {
	case m.AuthorID != by.ID && (m.thread.Hidden || m.State == Hidden):
		return ErrUnknownPost
	case m.AuthorID != by.ID:
		return ErrNotAuthor
	case m.State == Deleted:
		return nil // again: nothing changes
	case m.State == Hidden:
		return ErrPostHidden
	case m.thread.Hidden:
		return ErrThreadHidden
	case m.thread.Locked:
		return ErrLocked
	}
	return nil
}

func erase(ctx context.Context, tx *models.Tx, post message) error {
	err := tx.DB.WithContext(ctx).Exec(`
		UPDATE posts SET state = 'deleted', markdown = '', html = '', text = '', quotes = '[]', submit_key = '', official = '', deleted_at = ?
		 WHERE id = ?`, tx.Now, post.ID).Error
	if err != nil {
		return fmt.Errorf("erase post %d: %w", post.ID, err)
	}
	if err := tx.DB.WithContext(ctx).Exec("DELETE FROM post_versions WHERE post_id = ?", post.ID).Error; err != nil {
		return fmt.Errorf("erase the history of post %d: %w", post.ID, err)
	}
	return nil
}
