package forum

import (
	"context"
	"fmt"

	"passerelle/models"
)

// countInForum adds visible posts to the forum of a thread and sets when the
// forum was last active: the later of its pinned and of its other threads,
// each the first key of an index.
func countInForum(ctx context.Context, tx *models.Tx, thread place, posts int) error {
	if thread.Hidden {
		return nil
	}
	return updateForum(ctx, tx, thread.ForumID, 0, posts)
}

func updateForum(ctx context.Context, tx *models.Tx, forum models.ID, threads, posts int) error {
	err := tx.DB.WithContext(ctx).Exec(`
		UPDATE forums
		   SET threads = threads + ?, posts = posts + ?,
		       last_activity = nullif(max(
		           coalesce((SELECT last_activity FROM threads WHERE forum_id = forums.id AND hidden = 0 AND pinned = 0
		                      ORDER BY last_activity DESC, id DESC LIMIT 1), ''),
		           coalesce((SELECT last_activity FROM threads WHERE forum_id = forums.id AND hidden = 0 AND pinned = 1
		                      ORDER BY last_activity DESC, id DESC LIMIT 1), '')), '')
		 WHERE id = ?`, threads, posts, forum).Error
	if err != nil {
		return fmt.Errorf("count in forum %d: %w", forum, err)
	}
	return nil
}

// countThread adds a thread to, or takes it from, what its forum and its
// category show, with its visible posts.
func countThread(ctx context.Context, tx *models.Tx, thread place, sign int) error {
	var posts int
	if err := tx.DB.WithContext(ctx).Raw("SELECT posts FROM threads WHERE id = ?", thread.ID).Scan(&posts).Error; err != nil {
		return fmt.Errorf("read the posts of thread %d: %w", thread.ID, err)
	}
	if err := updateForum(ctx, tx, thread.ForumID, sign, sign*posts); err != nil {
		return err
	}
	if thread.Category == 0 {
		return nil
	}
	err := tx.DB.WithContext(ctx).Exec("UPDATE categories SET threads = threads + ? WHERE id = ?", sign, thread.Category).Error
	if err != nil {
		return fmt.Errorf("count in category %d: %w", thread.Category, err)
	}
	return nil
}

// countPost counts a post that appeared (+1) or disappeared (-1), once its
// state has changed.
func countPost(ctx context.Context, tx *models.Tx, post message, sign int) error {
	// A participant is counted as long as one visible post is theirs; last
	// visible is the highest such number, found from the end of the thread.
	err := tx.DB.WithContext(ctx).Exec(`
		UPDATE threads
		   SET posts = posts + @sign,
		       participants = participants + @sign * NOT EXISTS (
		           SELECT 1 FROM posts WHERE author_id = @author AND thread_id = threads.id AND state = 'visible' AND id <> @post),
		       last_visible = coalesce((SELECT number FROM posts WHERE thread_id = threads.id AND state = 'visible'
		                                 ORDER BY number DESC LIMIT 1), 0),
		       last_activity = coalesce((SELECT created_at FROM posts WHERE thread_id = threads.id AND state = 'visible'
		                                  ORDER BY number DESC LIMIT 1), created_at)
		 WHERE id = @thread`,
		map[string]any{"sign": sign, "author": post.AuthorID, "post": post.ID, "thread": post.ThreadID}).Error
	if err != nil {
		return fmt.Errorf("count post %d: %w", post.ID, err)
	}
	return countInForum(ctx, tx, post.thread, sign)
}
