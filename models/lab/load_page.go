package lab

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"passerelle/content"
	"passerelle/models"
)

// loadPage brings in a legal or help page; it is known by its address.
func (l *Library) loadPage(ctx context.Context, file content.Page) (outcome, error) {
	var due bool
	err := l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		was, err := lookUp(ctx, tx, "pages", "slug = ?", file.Slug)
		if err == nil {
			due, err = was.due(file.File)
		}
		return err
	})
	if err != nil || !due {
		return same, err
	}
	page := file.Render() // slow: before the transaction
	row := Page{
		Slug: file.Slug, Kind: file.Kind, Rank: file.Order, Title: file.Title, Summary: file.Summary, UpdatedOn: Date{file.Updated},
		ContentPath: file.Path, ContentDigest: file.Digest,
		Markdown: file.Body, HTML: page.HTML, Text: page.Text, Contents: page.Contents, Renderer: content.RendererVersion,
	}
	var done outcome
	err = l.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		was, err := lookUp(ctx, tx, "pages", "slug = ?", file.Slug)
		if err != nil {
			return err
		}
		if due, err := was.due(file.File); !due {
			return err
		}
		done = was.outcome()
		return putPage(ctx, tx, was, row)
	})
	return done, err
}

func putPage(ctx context.Context, tx *models.Tx, was loaded, row Page) error {
	row.UpdatedAt, row.Version = tx.Now, was.Version+1
	kind := "page.edited"
	if was.ID == 0 {
		kind = "page.published"
		if err := gorm.G[Page](tx.DB).Create(ctx, &row); err != nil {
			return fmt.Errorf("add the page: %w", err)
		}
	} else {
		row.ID = was.ID
		if err := tx.DB.WithContext(ctx).Model(&Page{}).Where("id = ?", row.ID).Select("*").Omit("id").Updates(&row).Error; err != nil {
			return fmt.Errorf("change the page: %w", err)
		}
	}
	return tx.Record(ctx, models.System, kind, row.ID)
}
