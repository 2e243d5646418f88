package forum

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"passerelle/models"
)

// Forum is one forum with its counts of what everybody sees.
type Forum struct {
	ID           models.ID   `gorm:"column:id"`
	Slug         string      `gorm:"column:slug"`
	Title        string      `gorm:"column:title"`
	Lead         string      `gorm:"column:lead"`
	Open         bool        `gorm:"column:open"` // takes threads and replies
	Demo         bool        `gorm:"column:demo"` // its texts are examples
	Threads      int         `gorm:"column:threads"`
	Posts        int         `gorm:"column:posts"`
	LastActivity models.Time `gorm:"column:last_activity"` // zero: no thread yet
	Categories   []Category  `gorm:"-"`                    // filled for one forum
}

// Category is a heading of a forum (rubrique).
type Category struct {
	Slug    string `gorm:"column:slug"`
	Title   string `gorm:"column:title"`
	Threads int    `gorm:"column:threads"`
}

// Author signs a thread or a post.
type Author struct {
	ID      models.ID `gorm:"column:author_id"`
	Name    string    `gorm:"column:author_name"`    // "": the account was deleted
	Deleted bool      `gorm:"column:author_deleted"` //
	Agent   bool      `gorm:"column:author_agent"`   // their address is of a verified public domain
	Domain  string    `gorm:"column:author_domain"`  // that domain
}

// authorColumns are those of Author, from accounts a. The address itself
// stays in the database: only the public domain of an agent leaves it.
const authorColumns = `a.id AS author_id, a.name AS author_name, a.deleted_at IS NOT NULL AS author_deleted, a.agent AS author_agent,
	       CASE WHEN a.agent = 1 THEN substr(a.email, instr(a.email, '@') + 1) ELSE '' END AS author_domain`

// Row is a thread in a list.
type Row struct {
	ID            models.ID   `gorm:"column:id"`
	Slug          string      `gorm:"column:slug"`
	Title         string      `gorm:"column:title"`
	Kind          Kind        `gorm:"column:kind"`
	ForumSlug     string      `gorm:"column:forum_slug"`
	ForumTitle    string      `gorm:"column:forum_title"`
	CategorySlug  string      `gorm:"column:category_slug"` // "" for none
	CategoryTitle string      `gorm:"column:category_title"`
	Posts         int         `gorm:"column:posts"` // visible ones
	Participants  int         `gorm:"column:participants"`
	LastNumber    int64       `gorm:"column:last_number"`
	LastActivity  models.Time `gorm:"column:last_activity"`
	Locked        bool        `gorm:"column:locked"`
	Pinned        bool        `gorm:"column:pinned"`
	Official      int64       `gorm:"column:official"` // number of its first official answer; 0: none
	CreatedAt     models.Time `gorm:"column:created_at"`
	Author        Author      `gorm:"embedded"`
}

const rowColumns = `t.id, t.slug, t.title, t.kind, f.slug AS forum_slug, f.title AS forum_title,
	       coalesce(c.slug, '') AS category_slug, coalesce(c.title, '') AS category_title,
	       t.posts, t.participants, t.last_number, t.last_activity, t.locked, t.pinned, t.created_at,
	       coalesce((SELECT min(o.number) FROM posts o WHERE o.thread_id = t.id AND o.official <> '' AND o.state = 'visible'), 0) AS official, ` + authorColumns

const rowJoins = `
	  JOIN forums f ON f.id = t.forum_id
	  JOIN accounts a ON a.id = t.author_id
	  LEFT JOIN categories c ON c.id = t.category_id`

const forumColumns = "id, slug, title, lead, open, demo, threads, posts, last_activity"

// List is all forums, in their order.
func (f *Forums) List(ctx context.Context) ([]Forum, error) {
	var forums []Forum
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.WithContext(ctx).Raw("SELECT " + forumColumns + " FROM forums ORDER BY position, id").Scan(&forums).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list the forums: %w", err)
	}
	return forums, nil
}

// Find is one forum with its categories; ErrUnknown when there is none.
func (f *Forums) Find(ctx context.Context, slug string) (Forum, error) {
	var forum Forum
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		forum, err = find(ctx, tx, slug)
		return err
	})
	return forum, err
}

func find(ctx context.Context, tx *models.Tx, slug string) (Forum, error) {
	var forum Forum
	err := tx.DB.WithContext(ctx).Raw("SELECT "+forumColumns+" FROM forums WHERE slug = ?", slug).Take(&forum).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Forum{}, ErrUnknown
	}
	if err == nil {
		err = tx.DB.WithContext(ctx).Raw("SELECT slug, title, threads FROM categories WHERE forum_id = ? ORDER BY position, id", forum.ID).
			Scan(&forum.Categories).Error
	}
	if err != nil {
		return Forum{}, fmt.Errorf("read forum %s: %w", slug, err)
	}
	return forum, nil
}

// Filter chooses the threads of a forum.
type Filter struct {
	Category string // slug; "" for all
	Kind     Kind   // "" for all
	Before   Cursor // zero: from the most recent
}

// Cursor is where a list by activity goes on.
type Cursor struct {
	Activity models.Time
	ID       models.ID
}

// String writes the cursor for an address: microseconds and id.
func (c Cursor) String() string {
	if c.ID == 0 {
		return ""
	}
	return fmt.Sprintf("%d-%d", c.Activity.UnixMicro(), c.ID)
}

// ParseCursor reads what String wrote; anything else is the zero Cursor.
func ParseCursor(s string) Cursor {
	micro, id, _ := strings.Cut(s, "-")
	at, err := strconv.ParseInt(micro, 10, 64)
	c := Cursor{Activity: models.At(time.UnixMicro(at)), ID: models.ParseID(id)}
	if err != nil || c.ID == 0 || c.String() != s || c.Activity.Year() > 9999 { // instants compare as text of one width
		return Cursor{}
	}
	return c
}

// Threads is one page of a forum.
type Threads struct {
	Forum  Forum
	Pinned []Row // on the first page only
	Rows   []Row
	Next   Cursor // zero on the last page
}

// maxPinned bounds the pinned threads that a first page shows.
const maxPinned = 20

// Threads is a page of a forum's visible threads, the last active first; the
// first page begins with the pinned ones. ErrUnknown when the forum, or the
// category asked for, does not exist.
func (f *Forums) Threads(ctx context.Context, slug string, by Filter) (Threads, error) {
	var page Threads
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		if page.Forum, err = find(ctx, tx, slug); err != nil {
			return err
		}
		where, args := "t.forum_id = +?", []any{page.Forum.ID}
		if by.Category != "" {
			id, err := findCategory(ctx, tx, page.Forum.ID, by.Category)
			if err != nil {
				return notFound(err)
			}
			// The category alone: its index begins with it.
			where, args = "t.category_id = +?", []any{id}
		}
		if by.Kind != "" {
			where, args = where+" AND t.kind = +?", append(args, by.Kind)
		}
		if by.Before == (Cursor{}) {
			page.Pinned, err = rows(ctx, tx, where+" AND t.pinned = 1", args, maxPinned)
			if err != nil {
				return err
			}
		} else {
			where += " AND (t.last_activity, t.id) < (?, ?)"
			args = append(args, by.Before.Activity, by.Before.ID)
		}
		page.Rows, err = rows(ctx, tx, where+" AND t.pinned = 0", args, ListSize+1)
		return err
	})
	if err != nil {
		return Threads{}, err
	}
	if len(page.Rows) > ListSize {
		page.Rows = page.Rows[:ListSize]
		last := page.Rows[ListSize-1]
		page.Next = Cursor{last.LastActivity, last.ID}
	}
	return page, nil
}

// notFound turns a category that a form would have to correct into an address
// that does not exist.
func notFound(err error) error {
	if models.Code(err) == "forum.category" {
		return ErrUnknown
	}
	return err
}

func rows(ctx context.Context, tx *models.Tx, where string, args []any, limit int) ([]Row, error) {
	var list []Row
	err := tx.DB.WithContext(ctx).Raw("SELECT "+rowColumns+" FROM threads t "+rowJoins+
		" WHERE t.hidden = 0 AND "+where+" ORDER BY t.last_activity DESC, t.id DESC"+upTo(limit), args...).
		Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("list threads: %w", err)
	}
	return list, nil
}

// upTo writes a limit into the text: SQLite plans a statement again at each
// value that is bound to a LIMIT.
func upTo(limit int) string { return " LIMIT " + strconv.Itoa(limit) }

// Active is the visible threads of all forums that were active last.
func (f *Forums) Active(ctx context.Context, limit int) ([]Row, error) {
	var list []Row
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		list, err = rows(ctx, tx, "1 = 1", nil, limit)
		return err
	})
	return list, err
}

// Entry is a thread in a forum's feed.
type Entry struct {
	Row  `gorm:"embedded"`
	HTML string `gorm:"column:html"` // of its first post; "" when that one is deleted or hidden
}

// Newest is the last visible threads opened in a forum, the newest first, with
// their first post. ErrUnknown when the forum does not exist.
func (f *Forums) Newest(ctx context.Context, slug string, limit int) (Forum, []Entry, error) {
	var forum Forum
	var list []Entry
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		if forum, err = find(ctx, tx, slug); err != nil {
			return err
		}
		err = tx.DB.WithContext(ctx).Raw("SELECT "+rowColumns+", CASE WHEN p.state = 'visible' THEN p.html ELSE '' END AS html FROM threads t "+
			rowJoins+" JOIN posts p ON p.thread_id = t.id AND p.number = 1"+
			" WHERE t.hidden = 0 AND t.forum_id = +? ORDER BY t.id DESC"+upTo(limit), forum.ID).Scan(&list).Error
		if err != nil {
			return fmt.Errorf("list the newest threads: %w", err)
		}
		return nil
	})
	return forum, list, err
}
