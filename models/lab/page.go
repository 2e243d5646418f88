package lab

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/content"
	"passerelle/models"
)

// Page is a legal or help page.
type Page struct {
	ID             models.ID             `gorm:"column:id;primaryKey"`
	Slug           string                `gorm:"column:slug"`
	Kind           content.PageKind      `gorm:"column:kind"`
	Version        int64                 `gorm:"column:version"`
	Rank           int                   `gorm:"column:rank"`
	Title          string                `gorm:"column:title"`
	Summary        string                `gorm:"column:summary"`
	UpdatedOn      Date                  `gorm:"column:updated_on"`
	Renderer       int                   `gorm:"column:renderer"`
	UpdatedAt      models.Time           `gorm:"column:updated_at"`
	ContentPath    string                `gorm:"column:content_path"`
	ContentDigest  string                `gorm:"column:content_digest"`
	PortalEditedAt models.Time           `gorm:"column:portal_edited_at"`
	Markdown       string                `gorm:"column:markdown"`
	HTML           string                `gorm:"column:html"`
	Text           string                `gorm:"column:text"`
	Contents       List[content.Heading] `gorm:"column:contents"`
}

// TableName is the table of pages.
func (Page) TableName() string { return "pages" }

// PageLine is a page as lists show it.
type PageLine struct {
	Slug      string           `gorm:"column:slug"`
	Kind      content.PageKind `gorm:"column:kind"`
	Title     string           `gorm:"column:title"`
	Summary   string           `gorm:"column:summary"`
	UpdatedAt models.Time      `gorm:"column:updated_at"`
}

// Address is where the page is.
func (p PageLine) Address() string { return "/" + p.Slug }

// Page is the page at an address without its first slash ("aide/publier");
// ErrUnknown when there is none.
func (l *Library) Page(ctx context.Context, slug string) (page Page, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		page, err = gorm.G[Page](tx.DB).Where("slug = ?", slug).Take(ctx)
		switch {
		case errors.Is(err, gorm.ErrRecordNotFound):
			return ErrUnknown
		case err != nil:
			return fmt.Errorf("read the page: %w", err)
		}
		return nil
	})
	return page, err
}

// Pages are all pages: legal ones, then help, each kind in its order.
func (l *Library) Pages(ctx context.Context) (list []PageLine, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		list, err = gorm.G[PageLine](tx.DB).Raw(`
			SELECT slug, kind, title, summary, updated_at FROM pages ORDER BY kind = 'help', rank, title`).Find(ctx)
		if err != nil {
			return fmt.Errorf("list the pages: %w", err)
		}
		return nil
	})
	return list, err
}
