package forum

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"passerelle/content"
	"passerelle/models"
)

// Seed is a forum in a file of forums.
type Seed struct {
	Slug       string         `yaml:"slug"`
	Title      string         `yaml:"title"`
	Lead       string         `yaml:"lead"`
	Position   int            `yaml:"position"`
	Closed     bool           `yaml:"closed"`
	Demo       bool           `yaml:"demo"` // its texts are examples
	Categories []SeedCategory `yaml:"categories"`
}

// SeedCategory is a category of a Seed.
type SeedCategory struct {
	Slug  string `yaml:"slug"`
	Title string `yaml:"title"`
}

// ReadSeeds reads a YAML file of forums; a field that it does not know is an error.
func ReadSeeds(from io.Reader) ([]Seed, error) {
	var file struct {
		Forums []Seed `yaml:"forums"`
	}
	decoder := yaml.NewDecoder(from)
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("read the forums: %w", err)
	}
	for _, seed := range file.Forums {
		p := models.Problems{}
		checkSlug(&p, "slug", seed.Slug)
		p.Text(seed.Title, "title", 1, MaxTitle)
		for _, category := range seed.Categories {
			checkSlug(&p, "category", category.Slug)
			p.Text(category.Title, "category", 1, MaxTitle)
		}
		if err := p.Err(); err != nil {
			return nil, fmt.Errorf("read forum %q: %w", seed.Slug, err)
		}
	}
	return file.Forums, nil
}

// SeedForums makes the forums that do not exist yet, and gives titles, leads,
// order and categories to those that do. Done again, it changes nothing.
func (f *Forums) SeedForums(ctx context.Context, seeds []Seed) error {
	return f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		for _, seed := range seeds {
			if err := seed.plant(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s Seed) plant(ctx context.Context, tx *models.Tx) error {
	s.Title, s.Lead = content.French(s.Title), content.French(s.Lead)
	id, err := ensureForum(ctx, tx, s.Slug)
	if err != nil {
		return err
	}
	written := tx.DB.WithContext(ctx).Exec(`
		UPDATE forums SET title = @title, lead = @lead, position = @position, open = @open, demo = @demo
		 WHERE id = @id AND (title, lead, position, open, demo) <> (@title, @lead, @position, @open, @demo)`,
		map[string]any{"id": id, "title": s.Title, "lead": s.Lead, "position": s.Position, "open": !s.Closed, "demo": s.Demo})
	if written.Error != nil {
		return fmt.Errorf("seed forum %s: %w", s.Slug, written.Error)
	}
	changed := written.RowsAffected
	for i, category := range s.Categories {
		category.Title = content.French(category.Title)
		written := tx.DB.WithContext(ctx).Exec(`
			INSERT INTO categories (forum_id, slug, title, position) VALUES (?, ?, ?, ?)
			ON CONFLICT (forum_id, slug) DO UPDATE SET title = excluded.title, position = excluded.position
			 WHERE (title, position) <> (excluded.title, excluded.position)`, id, category.Slug, category.Title, i+1)
		if written.Error != nil {
			return fmt.Errorf("seed category %s: %w", category.Slug, written.Error)
		}
		changed += written.RowsAffected
	}
	if changed == 0 {
		return nil
	}
	return tx.Record(ctx, models.System, "forum.changed", id, models.About{"forum": id})
}

// ensureForum is the forum of a slug; when there is none, it is made at the
// end of the list, titled after its slug.
func ensureForum(ctx context.Context, tx *models.Tx, slug string) (models.ID, error) {
	var id models.ID
	if err := tx.DB.WithContext(ctx).Raw("SELECT id FROM forums WHERE slug = ?", slug).Scan(&id).Error; err != nil {
		return 0, fmt.Errorf("read forum %s: %w", slug, err)
	}
	if id != 0 {
		return id, nil
	}
	err := tx.DB.WithContext(ctx).Raw(`
		INSERT INTO forums (slug, title, position, created_at)
		VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM forums), ?)
		RETURNING id`, slug, titleOf(slug), tx.Now).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("make forum %s: %w", slug, err)
	}
	return id, tx.Record(ctx, models.System, "forum.created", id, models.About{"forum": id})
}

// ensureCategory is the category of a slug in a forum, made when there is none.
func ensureCategory(ctx context.Context, tx *models.Tx, forum models.ID, slug string) (models.ID, error) {
	var id models.ID
	if err := tx.DB.WithContext(ctx).Raw("SELECT id FROM categories WHERE forum_id = ? AND slug = ?", forum, slug).Scan(&id).Error; err != nil {
		return 0, fmt.Errorf("read category %s: %w", slug, err)
	}
	if id != 0 {
		return id, nil
	}
	err := tx.DB.WithContext(ctx).Raw(`
		INSERT INTO categories (forum_id, slug, title, position)
		VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM categories WHERE forum_id = ?))
		RETURNING id`, forum, slug, titleOf(slug), forum).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("make category %s: %w", slug, err)
	}
	return id, nil
}

// titleOf makes words of a slug: "commande-publique" is « Commande publique ».
func titleOf(slug string) string {
	words := strings.ReplaceAll(slug, "-", " ")
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}
