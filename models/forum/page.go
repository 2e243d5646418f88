package forum

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// Thread is a thread as its page shows it.
type Thread struct {
	Row          `gorm:"embedded"`
	ForumID      models.ID `gorm:"column:forum_id"`
	Open         bool      `gorm:"column:open"` // its forum is
	Demo         bool      `gorm:"column:demo"` // its forum's texts are examples
	Hidden       bool      `gorm:"column:hidden"`
	HiddenReason string    `gorm:"column:hidden_reason"`
}

// TakesPosts tells whether anybody at all may reply.
func (t Thread) TakesPosts() bool { return t.Open && !t.Locked && !t.Hidden }

// Post is a post as a page shows it. Its HTML is empty when whoever reads may
// not read it: deleted, or hidden from them.
type Post struct {
	ID           models.ID   `gorm:"column:id"`
	Number       int64       `gorm:"column:number"`
	State        State       `gorm:"column:state"`
	HTML         string      `gorm:"column:html"` // safe: sanitised when it was written
	Edits        int64       `gorm:"column:edits"`
	EditedAt     models.Time `gorm:"column:edited_at"`
	HiddenReason string      `gorm:"column:hidden_reason"`
	Official     string      `gorm:"column:official"` // the institution that it answers for; "": its author alone
	CreatedAt    models.Time `gorm:"column:created_at"`
	Author       Author      `gorm:"embedded"`
	Cites        []Cited     `gorm:"-"` // the posts that it quotes
}

// Page is one page of a thread.
type Page struct {
	Thread    Thread
	Posts     []Post
	Number    int // of this page, from 1
	Pages     int
	Moderator bool // whoever reads it moderates
}

// Page is page number of a thread, as by may see it: the posts numbered
// 20(number−1)+1 to 20·number. What a visitor sees depends on nobody. Refuses
// with ErrUnknownThread, also for a page that does not exist.
func (f *Forums) Page(ctx context.Context, by models.Actor, id models.ID, number int) (Page, error) {
	page := Page{Number: number}
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		if page.Thread, err = thread(ctx, tx, id); err != nil {
			return err
		}
		seen := place{ID: id, AuthorID: page.Thread.Author.ID, Hidden: page.Thread.Hidden}
		if page.Moderator, err = sees(ctx, tx, by, seen); err != nil {
			return err
		}
		page.Pages = max(1, PageOf(page.Thread.LastNumber))
		if number < 1 || number > page.Pages {
			return ErrUnknownThread
		}
		first := int64(number-1)*PageSize + 1
		page.Posts, err = posts(ctx, tx, by, page.Moderator, id, first, first+PageSize-1)
		return err
	})
	return page, err
}

func thread(ctx context.Context, tx *models.Tx, id models.ID) (Thread, error) {
	var t Thread
	err := tx.DB.WithContext(ctx).Raw("SELECT "+rowColumns+", t.forum_id, f.open, f.demo, t.hidden, t.hidden_reason FROM threads t "+
		rowJoins+" WHERE t.id = +?", id).Take(&t).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return Thread{}, ErrUnknownThread
	case err != nil:
		return Thread{}, fmt.Errorf("read thread %d: %w", id, err)
	}
	return t, nil
}

// posts reads a range of keys of a thread, with the right to read inside.
func posts(ctx context.Context, tx *models.Tx, by models.Actor, moderator bool, thread models.ID, from, to int64) ([]Post, error) {
	list := make([]Post, 0, PageSize)
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT p.id, p.number, p.state, p.edits, p.edited_at, p.hidden_reason, p.official, p.created_at,
		       CASE WHEN p.state = 'visible' OR ? OR p.author_id = ? THEN p.html ELSE '' END AS html,
		       `+authorColumns+`
		  FROM posts p
		  JOIN accounts a ON a.id = p.author_id
		 WHERE p.thread_id = +? AND p.number BETWEEN ? AND ?
		 ORDER BY p.number`, moderator, by.ID, thread, from, to).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read posts %d to %d of thread %d: %w", from, to, thread, err)
	}
	return list, cite(ctx, tx, list)
}

// Whole is one post with its Markdown, for whoever edits, quotes, deletes or
// moderates it.
type Whole struct {
	Post
	Markdown string
	Thread   Thread
}

// Post is one post as by may see it: its texts are empty when they may not
// read them. ErrUnknownPost when there is none, or its thread is hidden from by.
func (f *Forums) Post(ctx context.Context, by models.Actor, id models.ID) (Whole, error) {
	var whole Whole
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		post, err := findPost(ctx, tx, id)
		if err != nil {
			return err
		}
		moderator, err := sees(ctx, tx, by, post.thread)
		if errors.Is(err, ErrUnknownThread) && post.AuthorID == by.ID {
			err = nil // one's own post, also in a thread that was hidden since
		}
		if err != nil {
			return unknownPost(err)
		}
		if whole.Thread, err = thread(ctx, tx, post.ThreadID); err != nil {
			return err
		}
		one, err := posts(ctx, tx, by, moderator, post.ThreadID, post.Number, post.Number)
		if err != nil {
			return err
		}
		whole.Post = one[0]
		if post.State == Visible || moderator || post.AuthorID == by.ID {
			whole.Markdown = post.Markdown
		}
		return nil
	})
	return whole, err
}

func unknownPost(err error) error {
	if errors.Is(err, ErrUnknownThread) {
		return ErrUnknownPost
	}
	return err
}

// Version is a text that a post once had, or has now.
type Version struct {
	Version   int64       `gorm:"column:version"`
	HTML      string      `gorm:"column:html"`
	WrittenAt models.Time `gorm:"column:created_at"`
}

// Versions is a post and all its texts, the present one first. Of a hidden
// post, its author and moderators only read them: ErrUnknownPost for others.
func (f *Forums) Versions(ctx context.Context, by models.Actor, id models.ID) (Whole, []Version, error) {
	whole, err := f.Post(ctx, by, id)
	if err != nil {
		return Whole{}, nil, err
	}
	if whole.HTML == "" {
		return Whole{}, nil, ErrUnknownPost // deleted, or hidden from them
	}
	var list []Version
	err = f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.WithContext(ctx).Raw(`
			SELECT edits AS version, html, coalesce(edited_at, created_at) AS created_at
			  FROM posts WHERE id = ? AND state <> 'deleted'
			UNION ALL
			SELECT version, html, created_at FROM post_versions WHERE post_id = ?
			ORDER BY version DESC`, id, id).Scan(&list).Error
		if err != nil {
			return err
		}
		texts := make([]Post, len(list))
		for i, version := range list {
			texts[i].HTML = version.HTML
		}
		err = cite(ctx, tx, texts)
		for i := range list {
			list[i].HTML = texts[i].HTML
			whole.Cites = append(whole.Cites, texts[i].Cites...)
		}
		return err
	})
	if err != nil {
		return Whole{}, nil, fmt.Errorf("read the versions of post %d: %w", id, err)
	}
	for i := range list { // several versions share a page: each has anchors of its own
		list[i].HTML = anchored(list[i].HTML, prefixOf(whole.Number), fmt.Sprintf("v%d-", list[i].Version))
	}
	return whole, list, nil
}

// Preview renders a text as Open, Reply and Edit would. Refuses with
// models.ErrLogIn, models.ErrUnconfirmed, or the field body.
func (f *Forums) Preview(ctx context.Context, by models.Actor, body string) (html string, err error) {
	body = clean(body)
	p := models.Problems{}
	checkBody(&p, body)
	if err := p.Err(); err != nil {
		return "", err
	}
	err = f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error { return tx.MayWrite(ctx, by) })
	if err != nil {
		return "", err
	}
	said, err := f.render(ctx, body, "apercu-")
	if err != nil {
		return "", err
	}
	shown := []Post{{HTML: said.html}}
	err = f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error { return cite(ctx, tx, shown) })
	return shown[0].HTML, err
}
