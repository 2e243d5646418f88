package lab

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"passerelle/content"
	"passerelle/models"
)

// loadLab brings in the file of a laboratory; it is known by its uuid.
func (l *Library) loadLab(ctx context.Context, file content.Lab, themes map[string]string) (outcome, error) {
	var due bool
	err := l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		was, err := lookUp(ctx, tx, "labs", "uuid = ?", file.ID)
		if err == nil {
			due, err = was.due(file.File)
		}
		return err
	})
	if err != nil || !due {
		return same, err
	}
	row := labOf(file, file.Render()) // slow: before the transaction
	var done outcome
	err = l.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		was, err := lookUp(ctx, tx, "labs", "uuid = ?", file.ID)
		if err != nil {
			return err
		}
		if due, err := was.due(file.File); !due {
			return err
		}
		done = was.outcome()
		return putLab(ctx, tx, was, row, topicsOf(file.Themes, themes))
	})
	return done, err
}

// putLab adds a laboratory, or writes it over what was loaded before.
func putLab(ctx context.Context, tx *models.Tx, was loaded, row Lab, themes []Topic) error {
	row.UpdatedAt, row.Version = tx.Now, was.Version+1
	kind := "lab.edited"
	if was.ID == 0 {
		kind = "lab.published"
		if err := labSlugs.free(ctx, tx, 0, row.Slug); err != nil {
			return err
		}
		if err := gorm.G[Lab](tx.DB).Create(ctx, &row); err != nil {
			return fmt.Errorf("add the laboratory: %w", err)
		}
	} else {
		if was.Slug != row.Slug {
			if err := labSlugs.move(ctx, tx, was.ID, was.Slug, row.Slug); err != nil {
				return err
			}
		}
		row.ID = was.ID
		if err := tx.DB.WithContext(ctx).Model(&Lab{}).Where("id = ?", row.ID).Select("*").Omit("id").Updates(&row).Error; err != nil {
			return fmt.Errorf("change the laboratory: %w", err)
		}
	}
	if err := tag(ctx, tx, ofLab, row.ID, themes); err != nil {
		return err
	}
	return tx.Record(ctx, models.System, kind, row.ID, models.About{"lab": row.ID})
}

func labOf(file content.Lab, page content.Rendered) Lab {
	return Lab{
		UUID: file.ID, Slug: file.Slug, Kind: file.Kind, Rank: file.Order,
		Name: file.Name, Summary: file.Summary, Wave: file.Wave, Status: file.Status,
		Region: file.Region, Place: file.Place, Bearers: file.Bearers, Partners: file.Partners,
		Since: Date{file.Since}, SinceNote: file.SinceNote, Until: Date{file.Until}, LastTrace: Date{file.LastTrace},
		Web: file.Web, Method: file.Method, Bridge: file.Bridge, Hue: file.Hue,
		Sources: file.Sources, Disagreements: file.Disagreements,
		Licence: file.Licence, CreatedOn: Date{file.Created}, UpdatedOn: Date{file.Updated},
		ContentPath: file.Path, ContentDigest: file.Digest,
		Markdown: file.Body, HTML: page.HTML, Text: page.Text, Contents: page.Contents, Renderer: content.RendererVersion,
	}
}
