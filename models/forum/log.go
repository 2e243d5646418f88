package forum

import (
	"context"
	"fmt"
	"math"

	"passerelle/models"
)

// Logged is one line of the public log of moderation.
type Logged struct {
	ID         models.ID   `gorm:"column:id"`
	At         models.Time `gorm:"column:at"`
	Act        string      `gorm:"column:act"` // the kind of the change: "post.hidden"
	ForumSlug  string      `gorm:"column:forum_slug"`
	ForumTitle string      `gorm:"column:forum_title"`
	Thread     models.ID   `gorm:"column:thread_id"`
	Slug       string      `gorm:"column:slug"`   // of the thread; "" while it is hidden
	Title      string      `gorm:"column:title"`  // likewise
	Post       models.ID   `gorm:"column:post"`   // zero: the whole thread
	Number     int64       `gorm:"column:number"` // of that post
	Reason     string      `gorm:"column:reason"`
}

// LogSize is how many lines a page of the log holds.
const LogSize = 50

// Log is a page of the public log of moderation before a line (zero: from the
// newest), and the line before which it goes on (zero: it ends). It tells what
// was done and why, never to whom nor by whom; a hidden thread has no title.
func (f *Forums) Log(ctx context.Context, before models.ID) (lines []Logged, next models.ID, err error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	err = f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.WithContext(ctx).Raw(`
			SELECT l.id, l.at, l.act, f.slug AS forum_slug, f.title AS forum_title, l.thread_id,
			       CASE WHEN t.hidden = 1 THEN '' ELSE t.slug END AS slug, CASE WHEN t.hidden = 1 THEN '' ELSE t.title END AS title,
			       coalesce(l.post_id, 0) AS post, l.number, l.reason
			  FROM moderation_log l
			  JOIN forums f ON f.id = l.forum_id
			  JOIN threads t ON t.id = l.thread_id
			 WHERE l.id < ?
			 ORDER BY l.id DESC`+upTo(LogSize+1), before).Scan(&lines).Error
	})
	if err != nil {
		return nil, 0, fmt.Errorf("read the log of moderation: %w", err)
	}
	if len(lines) > LogSize {
		lines = lines[:LogSize]
		next = lines[LogSize-1].ID
	}
	return lines, next, nil
}
