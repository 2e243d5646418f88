package lab

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// What the home page and the feeds show of the other rooms of the portal:
// read-only, and only what everybody may see.

// CallLine is a call that takes applications now.
type CallLine struct {
	Slug     string       `gorm:"column:slug"`
	Title    string       `gorm:"column:title"`
	ClosesAt models.Time  `gorm:"column:closes_at"`
	Cap      models.Cents `gorm:"column:cap_cents"`
	Demo     bool         `gorm:"column:demo"`
}

// ForumLine is a forum and its visible posts.
type ForumLine struct {
	Slug         string      `gorm:"column:slug"`
	Title        string      `gorm:"column:title"`
	Posts        int         `gorm:"column:posts"`
	LastActivity models.Time `gorm:"column:last_activity"`
}

// ThreadLine is a visible thread.
type ThreadLine struct {
	ID            models.ID   `gorm:"column:id"`
	Slug          string      `gorm:"column:slug"`
	Kind          string      `gorm:"column:kind"`
	Title         string      `gorm:"column:title"`
	ForumTitle    string      `gorm:"column:forum_title"`
	CategoryTitle string      `gorm:"column:category_title"` // empty: none
	Posts         int         `gorm:"column:posts"`
	Locked        bool        `gorm:"column:locked"`
	LastActivity  models.Time `gorm:"column:last_activity"`
}

// Now is what goes on in the portal at one instant.
type Now struct {
	Calls   []CallLine
	Forums  []ForumLine  // the most lately active first
	Threads []ThreadLine // likewise
	Until   models.Time  // when a call opens or closes next; zero: never
}

// Now is what goes on: the open calls, and the forums and threads that were
// active last.
func (l *Library) Now(ctx context.Context, forums, threads int) (n Now, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		n.Calls, err = gorm.G[CallLine](tx.DB).Raw(`
			SELECT slug, title, coalesce(closed_early_at, closes_at) AS closes_at, cap_cents, demo
			  FROM calls
			 WHERE opens_at <= ? AND closes_at > ? AND (closed_early_at IS NULL OR closed_early_at > ?)
			 ORDER BY closes_at, slug LIMIT 3`, tx.Now, tx.Now, tx.Now).Find(ctx)
		if err != nil {
			return fmt.Errorf("list the open calls: %w", err)
		}
		err = tx.DB.Raw(`
			SELECT min(at) FROM (SELECT opens_at AS at FROM calls UNION SELECT closes_at FROM calls UNION SELECT closed_early_at FROM calls)
			 WHERE at > ?`, tx.Now).Row().Scan(&n.Until)
		if err != nil {
			return fmt.Errorf("look for the next opening or closing: %w", err)
		}
		n.Forums, err = gorm.G[ForumLine](tx.DB).Raw(`
			SELECT slug, title, posts, last_activity FROM forums
			 WHERE last_activity IS NOT NULL ORDER BY last_activity DESC, id LIMIT ?`, forums).Find(ctx)
		if err != nil {
			return fmt.Errorf("list the active forums: %w", err)
		}
		n.Threads, err = gorm.G[ThreadLine](tx.DB).Raw(`
			SELECT t.id, t.slug, t.kind, t.title, f.title AS forum_title, coalesce(c.title, '') AS category_title,
			       t.posts, t.locked, t.last_activity
			  FROM threads t
			  JOIN forums f ON f.id = t.forum_id
			  LEFT JOIN categories c ON c.id = t.category_id
			 WHERE t.hidden = 0 ORDER BY t.last_activity DESC, t.id DESC LIMIT ?`, threads).Find(ctx)
		if err != nil {
			return fmt.Errorf("list the active threads: %w", err)
		}
		return nil
	})
	return n, err
}

// Room is a forum or a call, as the site map names it.
type Room struct {
	Slug  string `gorm:"column:slug"`
	Title string `gorm:"column:title"`
}

// Rooms are all forums and all calls, in their order.
func (l *Library) Rooms(ctx context.Context) (forums, calls []Room, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		forums, err = gorm.G[Room](tx.DB).Raw("SELECT slug, title FROM forums ORDER BY position, id").Find(ctx)
		if err != nil {
			return fmt.Errorf("list the forums: %w", err)
		}
		calls, err = gorm.G[Room](tx.DB).Raw("SELECT slug, title FROM calls ORDER BY opens_at DESC, id").Find(ctx)
		if err != nil {
			return fmt.Errorf("list the calls: %w", err)
		}
		return nil
	})
	return forums, calls, err
}
