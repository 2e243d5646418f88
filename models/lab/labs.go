package lab

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/content"
	"passerelle/models"
)

// Lab is one laboratory.
type Lab struct {
	ID             models.ID   `gorm:"column:id;primaryKey"`
	Slug           string      `gorm:"column:slug"`
	Version        int64       `gorm:"column:version"`
	Rank           int         `gorm:"column:rank"` // 1 to 10: one of the ten; 0: another
	Name           string      `gorm:"column:name"`
	Summary        string      `gorm:"column:summary"`
	Region         string      `gorm:"column:region"`
	Place          string      `gorm:"column:place"`
	Web            string      `gorm:"column:web"`
	Status         string      `gorm:"column:status"`
	Since          string      `gorm:"column:since"`
	Wave           string      `gorm:"column:wave"`
	Renderer       int         `gorm:"column:renderer"`
	UpdatedAt      models.Time `gorm:"column:updated_at"`
	ContentPath    string      `gorm:"column:content_path"`
	ContentDigest  string      `gorm:"column:content_digest"`
	PortalEditedAt models.Time `gorm:"column:portal_edited_at"`
	Markdown       string      `gorm:"column:markdown"`
	Source         string      `gorm:"column:source"`
	HTML           string      `gorm:"column:html"`
	Text           string      `gorm:"column:text"`

	Bearers  List[string]          `gorm:"column:bearers"`
	Sources  List[content.Source]  `gorm:"column:sources"`
	Contents List[content.Heading] `gorm:"column:contents"`
}

// TableName is the table of laboratories.
func (Lab) TableName() string { return "labs" }

// LabLine is a laboratory as lists show it.
type LabLine struct {
	ID       models.ID `gorm:"column:id"`
	Slug     string    `gorm:"column:slug"`
	Rank     int       `gorm:"column:rank"`
	Name     string    `gorm:"column:name"`
	Summary  string    `gorm:"column:summary"`
	Region   string    `gorm:"column:region"`
	Place    string    `gorm:"column:place"`
	Status   string    `gorm:"column:status"`
	UseCases int       `gorm:"column:use_cases"` // how many it has
}

// Labs are all laboratories: the ten in their order, then the others by name.
func (l *Library) Labs(ctx context.Context) (list []LabLine, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		list, err = gorm.G[LabLine](tx.DB).Raw(`
			SELECT l.id, l.slug, l.rank, l.name, l.summary, l.region, l.place, l.status,
			       (SELECT count(*) FROM use_cases u WHERE u.lab_id = l.id) AS use_cases
			  FROM labs l
			 ORDER BY l.rank = 0, l.rank, l.name`).Find(ctx)
		if err != nil {
			return fmt.Errorf("list the laboratories: %w", err)
		}
		return nil
	})
	return list, err
}

// Lab is the laboratory at an address, with its latest use cases and how many
// it has in all. Refuses with ErrUnknown; at a former address, with a [Moved].
func (l *Library) Lab(ctx context.Context, slug string, limit int) (lab Lab, latest []Card, total int, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		lab, err = gorm.G[Lab](tx.DB).Where("slug = ?", slug).Take(ctx)
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return moved(ctx, tx, labSlugs, slug)
		}
		if err != nil {
			return fmt.Errorf("read the laboratory: %w", err)
		}
		t := terms{byLab: {"u.lab_id IN ?", []any{[]any{lab.ID}}}}
		if total, err = count(ctx, tx, t); err != nil {
			return err
		}
		latest, err = cards(ctx, tx, t, Recent, limit, 0)
		return err
	})
	return lab, latest, total, err
}
