package forum

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// place is what the acts need to know of a thread.
type place struct {
	ID       models.ID `gorm:"column:id"`
	ForumID  models.ID `gorm:"column:forum_id"`
	Category models.ID `gorm:"column:category_id"`
	AuthorID models.ID `gorm:"column:author_id"`
	Slug     string    `gorm:"column:slug"`
	Locked   bool      `gorm:"column:locked"`
	Pinned   bool      `gorm:"column:pinned"`
	Hidden   bool      `gorm:"column:hidden"`
	Open     bool      `gorm:"column:open"` // its forum is
}

// about is the payload of every change in the thread.
func (t place) about() models.About {
	return models.About{"thread": t.ID, "forum": t.ForumID}
}

// findThread reads a thread, hidden or not.
func findThread(ctx context.Context, tx *models.Tx, id models.ID) (place, error) {
	var thread place
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT t.id, t.forum_id, coalesce(t.category_id, 0) AS category_id, t.author_id, t.slug, t.locked, t.pinned, t.hidden, f.open
		  FROM threads t
		  JOIN forums f ON f.id = t.forum_id
		 WHERE t.id = +?`, id).Take(&thread).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return place{}, ErrUnknownThread
	case err != nil:
		return place{}, fmt.Errorf("read thread %d: %w", id, err)
	}
	return thread, nil
}

// message is what the acts need to know of a post.
type message struct {
	ID       models.ID   `gorm:"column:id"`
	ThreadID models.ID   `gorm:"column:thread_id"`
	Number   int64       `gorm:"column:number"`
	AuthorID models.ID   `gorm:"column:author_id"`
	State    State       `gorm:"column:state"`
	Edits    int64       `gorm:"column:edits"`
	Markdown string      `gorm:"column:markdown"`
	HTML     string      `gorm:"column:html"`
	Written  models.Time `gorm:"column:written"` // when its present text was
	thread   place
}

// posted is the address of the post for whoever wrote it.
func (m message) posted() Posted {
	return Posted{Post: m.ID, Thread: m.ThreadID, Slug: m.thread.Slug, Number: m.Number}
}

// findPost reads a post and its thread, whatever their states.
func findPost(ctx context.Context, tx *models.Tx, id models.ID) (message, error) {
	var post message
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT id, thread_id, number, author_id, state, edits, markdown, html,
		       coalesce(edited_at, created_at) AS written
		  FROM posts WHERE id = ?`, id).Take(&post).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return message{}, ErrUnknownPost
	case err != nil:
		return message{}, fmt.Errorf("read post %d: %w", id, err)
	}
	post.thread, err = findThread(ctx, tx, post.ThreadID)
	return post, err
}

// moderates refuses whoever is not a moderator.
func moderates(ctx context.Context, tx *models.Tx, by models.Actor) error {
	if err := tx.MayWrite(ctx, by); err != nil {
		return err
	}
	ok, err := tx.Holds(ctx, by, models.Moderator, 0)
	switch {
	case err != nil:
		return err
	case !ok:
		return ErrNotModerator
	}
	return nil
}

// sees tells whether by may read a thread, and whether they moderate.
func sees(ctx context.Context, tx *models.Tx, by models.Actor, thread place) (moderator bool, err error) {
	if moderator, err = tx.Holds(ctx, by, models.Moderator, 0); err != nil {
		return false, err
	}
	if thread.Hidden && !moderator && (by.ID <= 0 || thread.AuthorID != by.ID) {
		return false, ErrUnknownThread
	}
	return moderator, nil
}
