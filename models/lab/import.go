package lab

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"passerelle/content"
	"passerelle/models"
)

// Line is one use case of a bulk import, as a line of JSON gives it.
type Line struct {
	Type        string   `json:"type"`
	Key         string   `json:"key"` // a line with a known key is skipped
	Lab         string   `json:"lab"` // slug
	Title       string   `json:"title"`
	Summary     string   `json:"summary"` // without one, the beginning of the text
	Markdown    string   `json:"markdown"`
	Themes      []string `json:"themes"`       // names; unknown ones are made
	PublishedAt string   `json:"published_at"` // RFC 3339; without it, now
}

// Limits of a line; the front matter of a file has the same.
const (
	maxTitle    = 200
	maxSummary  = 300
	maxMarkdown = 100_000
	maxThemes   = 20
	maxTheme    = 60
)

// ReadLine reads one line of JSON; a name that a use case does not have is an error.
func ReadLine(raw []byte) (line Line, err error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&line); err != nil {
		return Line{}, fmt.Errorf("read a use case: %w", err)
	}
	if line.Key == "" { // the same line is the same use case
		sum := sha256.Sum256(raw)
		line.Key = "sha256:" + hex.EncodeToString(sum[:])
	}
	return line, nil
}

// Import adds the use case of a line in one transaction and tells whether it
// did: a known key is skipped. Refuses what is wrong with its fields, the lab
// when there is none of that name.
func (l *Library) Import(ctx context.Context, line Line) (added bool, err error) {
	publishedAt, err := line.check()
	if err != nil {
		return false, err
	}
	if known, err := l.imported(ctx, line.Key); known || err != nil {
		return false, err
	}
	page := content.RenderPage(line.Markdown) // slow: before the transaction
	summary := line.Summary
	if strings.TrimSpace(summary) == "" {
		summary = content.Excerpt(page.Text, maxSummary-1)
	}
	title := content.French(strings.TrimSpace(line.Title))
	themes := topics(line.Themes)
	err = l.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		added = false // the closure may run twice
		if known, err := known(ctx, tx, line.Key); known || err != nil {
			return err
		}
		lab, region, err := findLab(ctx, tx, line.Lab)
		if err != nil {
			return err
		}
		u := UseCase{
			UUID: uuid.NewSHA1(uuid.NameSpaceURL, []byte("use_case:"+line.Key)).String(),
			Type: content.LabWork, LabID: &lab, Region: region,
			Title: title, TitleKey: titleKey(title), Summary: content.French(summary),
			PublishedAt: publishedAt, ImportKey: line.Key,
			Markdown: line.Markdown, HTML: page.HTML, Text: page.Text, Contents: page.Contents, Renderer: content.RendererVersion,
		}
		if u.PublishedAt.IsZero() {
			u.PublishedAt = tx.Now
		}
		if u.Slug, err = freeSlug(ctx, tx, title, u.UUID); err != nil {
			return err
		}
		added = true
		return putUseCase(ctx, tx, loaded{}, u, themes, nil)
	})
	return added && err == nil, err
}

// check refuses what is wrong with a line, and reads its date.
func (line Line) check() (models.Time, error) {
	p := models.Problems{}
	p.If(line.Type != "" && line.Type != string(content.LabWork), "type", "choice.unknown")
	p.Text(line.Key, "key", 1, 200)
	p.Text(line.Title, "title", 1, maxTitle)
	p.Text(line.Summary, "summary", 0, maxSummary)
	p.Text(line.Markdown, "markdown", 0, maxMarkdown)
	p.If(strings.TrimSpace(line.Lab) == "", "lab", "text.required")
	p.If(len(line.Themes) > maxThemes, "themes", "lab.themes", maxThemes)
	for _, theme := range line.Themes {
		p.Text(theme, "themes", 1, maxTheme)
	}
	var at time.Time
	if line.PublishedAt != "" {
		var err error
		at, err = time.Parse(time.RFC3339, line.PublishedAt)
		p.If(err != nil || at.Year() < 1900 || at.Year() > 2200, "published_at", "lab.date")
	}
	return models.At(at), p.Err()
}

// imported looks for a key without waiting for the writer.
func (l *Library) imported(ctx context.Context, key string) (found bool, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		found, err = known(ctx, tx, key)
		return err
	})
	return found, err
}

func known(ctx context.Context, tx *models.Tx, key string) (bool, error) {
	var n int
	err := tx.DB.WithContext(ctx).Raw("SELECT count(*) FROM use_cases WHERE import_key = ? AND import_key <> ''", key).Scan(&n).Error
	if err != nil {
		return false, fmt.Errorf("look for an imported key: %w", err)
	}
	return n > 0, nil
}

// findLab is the lab of a slug, present or former, and its region. Refuses the
// field lab when there is none.
func findLab(ctx context.Context, tx *models.Tx, slug string) (models.ID, string, error) {
	var row struct {
		ID     models.ID `gorm:"column:id"`
		Region string    `gorm:"column:region"`
	}
	err := tx.DB.WithContext(ctx).Raw(`SELECT id, region FROM labs
		WHERE slug = ? OR id = (SELECT lab_id FROM lab_slugs WHERE slug = ?)`, slug, slug).Scan(&row).Error
	if err != nil {
		return 0, "", fmt.Errorf("look for a lab: %w", err)
	}
	p := models.Problems{}
	p.If(row.ID == 0, "lab", "lab.unknown_lab")
	return row.ID, row.Region, p.Err()
}

// freeSlug is an address for a title: its slug, or the slug and a number, or,
// where a title is frequent, the slug and a piece of the uuid.
func freeSlug(ctx context.Context, tx *models.Tx, title, id string) (string, error) {
	slug := content.Slug(title)
	for n := 1; n <= 9; n++ {
		try := slug
		if n > 1 {
			try = fmt.Sprintf("%s-%d", slug, n)
		}
		err := useCaseSlugs.free(ctx, tx, 0, try)
		if err == nil || models.Code(err) == "internal" {
			return try, err
		}
	}
	return slug + "-" + id[:8], nil
}

func topics(names []string) []Topic {
	list := make([]Topic, 0, len(names))
	for _, name := range names {
		name = content.French(strings.TrimSpace(name))
		list = append(list, Topic{Slug: content.Slug(name), Name: name})
	}
	return list
}

// titleKey orders titles as a French reader expects: accents and capitals do
// not count.
func titleKey(title string) string { return content.Slug(title) }
