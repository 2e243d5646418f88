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
	ID             models.ID         `gorm:"column:id;primaryKey"`
	UUID           string            `gorm:"column:uuid"`
	Slug           string            `gorm:"column:slug"`
	Version        int64             `gorm:"column:version"` // grows by one at every change
	Kind           content.LabKind   `gorm:"column:kind"`
	Rank           int               `gorm:"column:rank"` // place in lists
	Name           string            `gorm:"column:name"`
	Summary        string            `gorm:"column:summary"`
	Wave           content.Wave      `gorm:"column:wave"`
	Status         content.LabStatus `gorm:"column:status"`
	Region         string            `gorm:"column:region"`
	Place          string            `gorm:"column:place"`
	Since          Date              `gorm:"column:since"`
	SinceNote      string            `gorm:"column:since_note"`
	Until          Date              `gorm:"column:until"`
	LastTrace      Date              `gorm:"column:last_trace"`
	Method         string            `gorm:"column:method"`
	Bridge         content.Bridge    `gorm:"column:bridge"`
	Hue            int               `gorm:"column:hue"`
	Licence        string            `gorm:"column:licence"`
	CreatedOn      Date              `gorm:"column:created_on"`
	UpdatedOn      Date              `gorm:"column:updated_on"`
	Renderer       int               `gorm:"column:renderer"`
	UpdatedAt      models.Time       `gorm:"column:updated_at"`
	ContentPath    string            `gorm:"column:content_path"`
	ContentDigest  string            `gorm:"column:content_digest"`
	PortalEditedAt models.Time       `gorm:"column:portal_edited_at"`
	Markdown       string            `gorm:"column:markdown"`
	HTML           string            `gorm:"column:html"`
	Text           string            `gorm:"column:text"`

	Bearers       List[string]               `gorm:"column:bearers"`
	Partners      List[string]               `gorm:"column:partners"`
	Web           List[content.Link]         `gorm:"column:web"`
	Sources       List[content.Source]       `gorm:"column:sources"`
	Disagreements List[content.Disagreement] `gorm:"column:disagreements"`
	Contents      List[content.Heading]      `gorm:"column:contents"`
}

// TableName is the table of laboratories.
func (Lab) TableName() string { return "labs" }

// LabLine is a laboratory as lists show it.
type LabLine struct {
	ID         models.ID         `gorm:"column:id"`
	Slug       string            `gorm:"column:slug"`
	Kind       content.LabKind   `gorm:"column:kind"`
	Name       string            `gorm:"column:name"`
	Summary    string            `gorm:"column:summary"`
	Status     content.LabStatus `gorm:"column:status"`
	Region     string            `gorm:"column:region"`
	RegionName string            `gorm:"column:region_name"`
	Place      string            `gorm:"column:place"`
	UseCases   int               `gorm:"column:use_cases"` // how many it has
}

// labOrder puts the ten first, in their order.
const labOrder = " ORDER BY l.kind = 'other', l.rank, l.name"

// Labs are all laboratories: the ten in their order, then the others.
func (l *Library) Labs(ctx context.Context) (list []LabLine, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		list, err = gorm.G[LabLine](tx.DB).Raw(`
			SELECT l.id, l.slug, l.kind, l.name, l.summary, l.status, l.region, coalesce(r.name, '') AS region_name, l.place,
			       (SELECT count(*) FROM use_cases u WHERE u.lab_id = l.id) AS use_cases
			  FROM labs l LEFT JOIN regions r ON r.code = l.region` + labOrder).Find(ctx)
		if err != nil {
			return fmt.Errorf("list the laboratories: %w", err)
		}
		return nil
	})
	return list, err
}

// ShownLab is a laboratory with what its page says beside it.
type ShownLab struct {
	Lab
	RegionName string
	RegionSlug string
	Themes     []Topic
	Latest     []Card // of its use cases
	UseCases   int    // how many it has
}

// Lab is the laboratory at an address, with its latest use cases. Refuses with
// ErrUnknown; at a former address, with a [Moved].
func (l *Library) Lab(ctx context.Context, slug string, latest int) (s ShownLab, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		s.Lab, err = gorm.G[Lab](tx.DB).Where("slug = ?", slug).Take(ctx)
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return moved(ctx, tx, labSlugs, slug)
		}
		if err != nil {
			return fmt.Errorf("read the laboratory: %w", err)
		}
		region, err := findRegion(ctx, tx, s.Region)
		if err != nil {
			return err
		}
		s.RegionName, s.RegionSlug = region.Name, region.Slug
		if s.Themes, err = topicsIn(ctx, tx, ofLab, s.ID); err != nil {
			return err
		}
		t := terms{byLab: {labTerm, []any{[]any{s.ID}}}}
		if s.UseCases, err = count(ctx, tx, t); err != nil {
			return err
		}
		s.Latest, err = cards(ctx, tx, t, Recent, latest, 0)
		return err
	})
	return s, err
}
