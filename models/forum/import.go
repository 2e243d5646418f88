package forum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"passerelle/content"
	"passerelle/models"
)

// Line is a thread in the bulk format: one JSON object a line.
type Line struct {
	Type      string     `json:"type"` // "thread"
	Key       string     `json:"key"`  // the same key is taken once; "": the digest of the line serves
	Forum     string     `json:"forum"`
	Category  string     `json:"category,omitempty"`
	Kind      Kind       `json:"kind,omitempty"` // discussion by default
	Title     string     `json:"title"`
	Author    string     `json:"author"`
	CreatedAt time.Time  `json:"created_at,omitzero"` // now by default
	Locked    bool       `json:"locked,omitempty"`
	Pinned    bool       `json:"pinned,omitempty"`
	Posts     []LinePost `json:"posts"`
}

// LinePost is a post of a Line, in the order of numbers.
type LinePost struct {
	Author    string    `json:"author"` // the thread's by default
	CreatedAt time.Time `json:"created_at,omitzero"`
	Markdown  string    `json:"markdown"`
}

// Limits of an import.
const (
	maxName      = 80     // characters of an imported author's name
	maxKey       = 200    // characters of a key
	maxLinePosts = 10_000 // posts of one thread, which are one transaction
)

// complete fills what a line may leave out and notes all that is wrong.
func (l *Line) complete(now models.Time) error {
	l.Title = tidyTitle(l.Title)
	if l.Kind == "" {
		l.Kind = Discussion
	}
	if l.CreatedAt.IsZero() {
		l.CreatedAt = now.Time
	}
	p := models.Problems{}
	p.Text(l.Key, "key", 0, maxKey)
	checkSlug(&p, "forum", l.Forum)
	if l.Category != "" {
		checkSlug(&p, "category", l.Category)
	}
	p.If(!l.Kind.known(), "kind", "forum.kind")
	p.Text(l.Title, "title", 1, MaxTitle)
	p.Text(l.Author, "author", 1, maxName)
	p.If(l.CreatedAt.After(now.Time), "created_at", "forum.future")
	p.If(len(l.Posts) == 0, "posts", "text.required")
	p.If(len(l.Posts) > maxLinePosts, "posts", "forum.too_many_posts", maxLinePosts)
	for i := range l.Posts {
		post := &l.Posts[i]
		if post.Author == "" {
			post.Author = l.Author
		}
		if post.CreatedAt.IsZero() {
			post.CreatedAt = l.CreatedAt
		}
		post.Markdown = clean(post.Markdown)
		p.Text(post.Author, "author", 1, maxName)
		p.If(post.CreatedAt.After(now.Time), "created_at", "forum.future")
		checkBody(&p, post.Markdown)
	}
	return p.Err()
}

func checkSlug(p *models.Problems, field, slug string) {
	p.If(slug == "", field, "text.required")
	p.If(slug != "" && (len(slug) > content.MaxSlug || content.Slug(slug) != slug), field, "forum.slug")
}

// digest stands for the key of a line without one.
func (l *Line) digest() (string, error) {
	text, err := json.Marshal(l)
	if err != nil {
		return "", fmt.Errorf("digest a line: %w", err)
	}
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}

// Import writes the thread of a line with all its posts, in one transaction,
// and tells whether it did: a known key is left as it is. A forum, a category
// or an author that is not known yet is created. Refuses with the fields that
// are wrong; then nothing is written.
func (f *Forums) Import(ctx context.Context, l Line) (added bool, err error) {
	if l.Key == "" {
		if l.Key, err = l.digest(); err != nil {
			return false, err
		}
	}
	known := false
	err = f.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		known, err = imported(ctx, tx, l.Key)
		return err
	})
	if err != nil || known {
		return false, err // before the posts are rendered: a second run is quick
	}
	l.Posts = append([]LinePost(nil), l.Posts...)
	if err := l.complete(f.store.Now()); err != nil {
		return false, err
	}
	said := make([]text, len(l.Posts))
	for i, post := range l.Posts {
		if said[i], err = f.render(ctx, post.Markdown, prefixOf(int64(i+1))); err != nil {
			return false, err
		}
	}
	err = f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		known, err := imported(ctx, tx, l.Key)
		if err != nil || known {
			added = false
			return err
		}
		added = true
		return f.write(ctx, tx, l, said)
	})
	return added && err == nil, err
}

func imported(ctx context.Context, tx *models.Tx, key string) (bool, error) {
	var n int
	if err := tx.DB.WithContext(ctx).Raw("SELECT count(*) FROM threads WHERE import_key = ?", key).Scan(&n).Error; err != nil {
		return false, fmt.Errorf("look for an import key: %w", err)
	}
	return n > 0, nil
}

// write writes a checked and rendered line.
func (f *Forums) write(ctx context.Context, tx *models.Tx, l Line, said []text) error {
	authors := map[string]models.Actor{}
	for _, name := range append([]string{l.Author}, names(l.Posts)...) {
		if _, ok := authors[name]; ok {
			continue
		}
		id, err := f.authors(ctx, tx, name)
		if err != nil {
			return fmt.Errorf("find an imported author: %w", err)
		}
		authors[name] = models.Actor{ID: id}
	}
	forum, err := ensureForum(ctx, tx, l.Forum)
	if err != nil {
		return err
	}
	thread := place{ForumID: forum, AuthorID: authors[l.Author].ID, Slug: content.Slug(l.Title), Open: true}
	if l.Category != "" {
		if thread.Category, err = ensureCategory(ctx, tx, forum, l.Category); err != nil {
			return err
		}
	}
	if err := begin(ctx, tx, &thread, l.Kind, l.Title, models.At(l.CreatedAt), l.Key); err != nil {
		return err
	}
	err = tx.DB.WithContext(ctx).Exec("UPDATE threads SET locked = ?, pinned = ? WHERE id = ?", l.Locked, l.Pinned, thread.ID).Error
	if err != nil {
		return fmt.Errorf("import a thread: %w", err)
	}
	if err := tx.Record(ctx, models.System, "thread.opened", thread.ID, thread.about()); err != nil {
		return err
	}
	for i, post := range l.Posts {
		done, err := add(ctx, tx, authors[post.Author], thread, said[i], models.At(post.CreatedAt), "")
		if err != nil {
			return err
		}
		if err := tx.Record(ctx, models.System, "post.created", done.Post, thread.about()); err != nil {
			return err
		}
	}
	return nil
}

func names(posts []LinePost) []string {
	list := make([]string, len(posts))
	for i, post := range posts {
		list[i] = post.Author
	}
	return list
}
