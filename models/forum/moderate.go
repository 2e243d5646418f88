package forum

import (
	"context"
	"fmt"
	"strings"

	"passerelle/content"
	"passerelle/models"
)

// Lock closes a thread to everybody: no reply, no edit, no deletion. The
// reason is public and may be empty. Locking a locked thread changes nothing.
// Refuses with models.ErrLogIn, ErrNotModerator, ErrUnknownThread, or the
// field reason; so do the other acts on a thread.
func (f *Forums) Lock(ctx context.Context, by models.Actor, id models.ID, reason string) (Posted, error) {
	return f.moderateThread(ctx, by, id, "thread.locked", reason, 0)
}

// Unlock opens a locked thread again.
func (f *Forums) Unlock(ctx context.Context, by models.Actor, id models.ID) (Posted, error) {
	return f.moderateThread(ctx, by, id, "thread.unlocked", "", 0)
}

// Pin keeps a thread at the top of its forum.
func (f *Forums) Pin(ctx context.Context, by models.Actor, id models.ID) (Posted, error) {
	return f.moderateThread(ctx, by, id, "thread.pinned", "", 0)
}

// Unpin gives a thread its place by activity again.
func (f *Forums) Unpin(ctx context.Context, by models.Actor, id models.ID) (Posted, error) {
	return f.moderateThread(ctx, by, id, "thread.unpinned", "", 0)
}

// HideThread takes a whole thread from everybody but its author and the
// moderators, for a reason that the public log shows.
func (f *Forums) HideThread(ctx context.Context, by models.Actor, id models.ID, reason string) (Posted, error) {
	return f.moderateThread(ctx, by, id, "thread.hidden", reason, 1)
}

// RestoreThread shows a hidden thread to everybody again.
func (f *Forums) RestoreThread(ctx context.Context, by models.Actor, id models.ID) (Posted, error) {
	return f.moderateThread(ctx, by, id, "thread.restored", "", 0)
}

// moderateThread does one act on a thread and logs it; shortest is the least
// length of its reason. A thread that is so already is left as it is.
func (f *Forums) moderateThread(ctx context.Context, by models.Actor, id models.ID, act, reason string, shortest int) (Posted, error) {
	reason, err := checkReason(reason, shortest)
	if err != nil {
		return Posted{}, err
	}
	var done Posted
	err = f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := moderates(ctx, tx, by); err != nil {
			return err
		}
		thread, err := findThread(ctx, tx, id)
		if err != nil {
			return err
		}
		done = Posted{Thread: thread.ID, Slug: thread.Slug, Number: 1}
		changed, err := thread.become(ctx, tx, by, act, reason)
		if err != nil || !changed {
			return err
		}
		if err := note(ctx, tx, act, thread, message{}, reason); err != nil {
			return err
		}
		return tx.Record(ctx, by, act, thread.ID, thread.about())
	})
	return done, err
}

// become changes what the act is about; the row count tells whether it was so already.
func (t place) become(ctx context.Context, tx *models.Tx, by models.Actor, act, reason string) (changed bool, err error) {
	db := tx.DB.WithContext(ctx)
	switch act {
	case "thread.locked":
		db = db.Exec("UPDATE threads SET locked = 1 WHERE id = ? AND locked = 0", t.ID)
	case "thread.unlocked":
		db = db.Exec("UPDATE threads SET locked = 0 WHERE id = ? AND locked = 1", t.ID)
	case "thread.pinned":
		db = db.Exec("UPDATE threads SET pinned = 1 WHERE id = ? AND pinned = 0", t.ID)
	case "thread.unpinned":
		db = db.Exec("UPDATE threads SET pinned = 0 WHERE id = ? AND pinned = 1", t.ID)
	case "thread.hidden":
		db = db.Exec("UPDATE threads SET hidden = 1, hidden_reason = ?, hidden_by = ?, hidden_at = ? WHERE id = ? AND hidden = 0",
			reason, by.ID, tx.Now, t.ID)
	case "thread.restored":
		db = db.Exec("UPDATE threads SET hidden = 0, hidden_reason = '', hidden_by = 0, hidden_at = NULL WHERE id = ? AND hidden = 1", t.ID)
	}
	switch {
	case db.Error != nil:
		return false, fmt.Errorf("%s %d: %w", act, t.ID, db.Error)
	case db.RowsAffected == 0:
		return false, nil
	case act == "thread.hidden":
		return true, countThread(ctx, tx, t, -1)
	case act == "thread.restored":
		return true, countThread(ctx, tx, t, +1)
	}
	return true, nil
}

// HidePost takes a post's text from everybody but its author and the
// moderators, for a reason that its tombstone and the public log show. Hiding
// a hidden post changes nothing. Refuses with models.ErrLogIn,
// ErrNotModerator, ErrUnknownPost, ErrPostDeleted, or the field reason.
func (f *Forums) HidePost(ctx context.Context, by models.Actor, id models.ID, reason string) (Posted, error) {
	reason, err := checkReason(reason, 1)
	if err != nil {
		return Posted{}, err
	}
	return f.moderatePost(ctx, by, id, "post.hidden", reason, func(ctx context.Context, tx *models.Tx, post message) error {
		return tx.DB.WithContext(ctx).Exec("UPDATE posts SET state = 'hidden', hidden_reason = ?, hidden_by = ?, hidden_at = ? WHERE id = ?",
			reason, by.ID, tx.Now, post.ID).Error
	})
}

// RestorePost shows a hidden post to everybody again. Refuses as HidePost.
func (f *Forums) RestorePost(ctx context.Context, by models.Actor, id models.ID) (Posted, error) {
	return f.moderatePost(ctx, by, id, "post.restored", "", func(ctx context.Context, tx *models.Tx, post message) error {
		return tx.DB.WithContext(ctx).Exec("UPDATE posts SET state = 'visible', hidden_reason = '', hidden_by = 0, hidden_at = NULL WHERE id = ?",
			post.ID).Error
	})
}

func (f *Forums) moderatePost(ctx context.Context, by models.Actor, id models.ID, act, reason string,
	write func(context.Context, *models.Tx, message) error) (Posted, error) {
	from, sign := Visible, -1
	if act == "post.restored" {
		from, sign = Hidden, +1
	}
	var done Posted
	err := f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := moderates(ctx, tx, by); err != nil {
			return err
		}
		post, err := findPost(ctx, tx, id)
		if err != nil {
			return err
		}
		done = post.posted()
		switch post.State {
		case from:
		case Deleted:
			return ErrPostDeleted
		default:
			return nil
		}
		if err := write(ctx, tx, post); err != nil {
			return fmt.Errorf("%s %d: %w", act, id, err)
		}
		if err := countPost(ctx, tx, post, sign); err != nil {
			return err
		}
		if err := note(ctx, tx, act, post.thread, post, reason); err != nil {
			return err
		}
		return tx.Record(ctx, by, act, post.ID, post.thread.about())
	})
	return done, err
}

func checkReason(typed string, shortest int) (string, error) {
	reason := content.French(strings.TrimSpace(typed))
	p := models.Problems{}
	p.Text(reason, "reason", shortest, MaxReason)
	return reason, p.Err()
}

// note writes a line of the public log.
func note(ctx context.Context, tx *models.Tx, act string, thread place, post message, reason string) error {
	var id any // NULL for the whole thread
	if post.ID != 0 {
		id = post.ID
	}
	err := tx.DB.WithContext(ctx).Exec(
		"INSERT INTO moderation_log (at, act, forum_id, thread_id, post_id, number, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
		tx.Now, act, thread.ForumID, thread.ID, id, post.Number, reason).Error
	if err != nil {
		return fmt.Errorf("log %s: %w", act, err)
	}
	return nil
}
