package forum

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/content"
	"passerelle/models"
)

// NewThread is a thread as typed, with its first post.
type NewThread struct {
	Forum    string // slug
	Category string // slug; "" for none
	Kind     Kind
	Title    string
	Body     string // Markdown
	Key      string // as in NewPost
}

// check notes all that is wrong with the form.
func (n NewThread) check() error {
	p := models.Problems{}
	p.Text(n.Title, "title", MinTitle, MaxTitle)
	p.If(!n.Kind.known(), "kind", "forum.kind")
	checkBody(&p, n.Body)
	return p.Err()
}

// Open starts a thread with its first post, number 1. Refuses with
// models.ErrLogIn, models.ErrUnconfirmed, ErrUnknown, ErrClosed, or the fields
// title, kind, category and body. A form sent twice makes one thread.
func (f *Forums) Open(ctx context.Context, by models.Actor, n NewThread) (Posted, error) {
	n.Title, n.Body = tidyTitle(n.Title), clean(n.Body)
	if err := n.check(); err != nil {
		return Posted{}, err
	}
	said, err := f.render(ctx, n.Body, prefixOf(1))
	if err != nil {
		return Posted{}, err
	}
	var done Posted
	err = f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		var forum struct {
			ID   models.ID `gorm:"column:id"`
			Open bool      `gorm:"column:open"`
		}
		err := tx.DB.WithContext(ctx).Raw("SELECT id, open FROM forums WHERE slug = ?", n.Forum).Take(&forum).Error
		switch {
		case errors.Is(err, gorm.ErrRecordNotFound):
			return ErrUnknown
		case err != nil:
			return fmt.Errorf("read forum %s: %w", n.Forum, err)
		}
		key := submitKey(n.Key, forum.ID.String(), n.Title, n.Body)
		if done, err = sent(ctx, tx, by, key); err != nil || done.Post != 0 {
			return err
		}
		if !forum.Open {
			return ErrClosed
		}
		category, err := findCategory(ctx, tx, forum.ID, n.Category)
		if err != nil {
			return err
		}
		thread := place{ForumID: forum.ID, Category: category, AuthorID: by.ID, Slug: content.Slug(n.Title), Open: true}
		if err := begin(ctx, tx, &thread, n.Kind, n.Title, tx.Now, ""); err != nil {
			return err
		}
		if done, err = add(ctx, tx, by, thread, said, tx.Now, key); err != nil {
			return err
		}
		if err := tx.Record(ctx, by, "thread.opened", thread.ID, thread.about()); err != nil {
			return err
		}
		return tx.Record(ctx, by, "post.created", done.Post, thread.about())
	})
	return done, err
}

// findCategory is a category of the forum, zero for the empty slug.
func findCategory(ctx context.Context, tx *models.Tx, forum models.ID, slug string) (models.ID, error) {
	if slug == "" {
		return 0, nil
	}
	var id models.ID
	found := tx.DB.WithContext(ctx).Raw("SELECT id FROM categories WHERE forum_id = ? AND slug = ?", forum, slug).Scan(&id)
	switch {
	case found.Error != nil:
		return 0, fmt.Errorf("read category %s: %w", slug, found.Error)
	case id == 0:
		return 0, wrong("category", "forum.category")
	}
	return id, nil
}

// begin writes the row of a thread without posts, and counts it.
func begin(ctx context.Context, tx *models.Tx, thread *place, kind Kind, title string, at models.Time, importKey string) error {
	var category any // NULL for none
	if thread.Category != 0 {
		category = thread.Category
	}
	err := tx.DB.WithContext(ctx).Raw(`
		INSERT INTO threads (forum_id, category_id, kind, title, slug, author_id, last_activity, import_key, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		RETURNING id`,
		thread.ForumID, category, kind, title, thread.Slug, thread.AuthorID, at, importKey, at).Scan(&thread.ID).Error
	if err != nil {
		return fmt.Errorf("write a thread of forum %d: %w", thread.ForumID, err)
	}
	return countThread(ctx, tx, *thread, +1)
}
