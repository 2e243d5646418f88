package lab

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/content"
	"passerelle/models"
)

// UseCase is one use case, or one experience, whole.
type UseCase struct {
	ID               models.ID        `gorm:"column:id;primaryKey"`
	UUID             string           `gorm:"column:uuid"`
	Slug             string           `gorm:"column:slug"`
	Version          int64            `gorm:"column:version"` // grows by one at every change
	Type             content.CaseType `gorm:"column:type"`
	LabID            *models.ID       `gorm:"column:lab_id"` // nil: an experience
	Region           string           `gorm:"column:region"`
	Maturity         content.Stage    `gorm:"column:maturity"`
	PublishedAt      models.Time      `gorm:"column:published_at"`
	UpdatedAt        models.Time      `gorm:"column:updated_at"`
	CreatedOn        Date             `gorm:"column:created_on"`
	UpdatedOn        Date             `gorm:"column:updated_on"`
	Title            string           `gorm:"column:title"`
	TitleKey         string           `gorm:"column:title_key"`
	Summary          string           `gorm:"column:summary"`
	Support          content.Support  `gorm:"column:support"`
	Problem          string           `gorm:"column:problem"`
	Tried            string           `gorm:"column:tried"`
	Result           string           `gorm:"column:result"`
	AbandonedBecause string           `gorm:"column:abandoned_because"`
	CostEuros        *int64           `gorm:"column:cost_euros"`  // nil: not known
	CostDays         *int64           `gorm:"column:cost_days"`   // nil: not known
	LegalBasis       string           `gorm:"column:legal_basis"` // empty: not known
	Licence          string           `gorm:"column:licence"`
	ImportKey        string           `gorm:"column:import_key"`
	Renderer         int              `gorm:"column:renderer"`
	ContentPath      string           `gorm:"column:content_path"`
	ContentDigest    string           `gorm:"column:content_digest"`
	PortalEditedAt   models.Time      `gorm:"column:portal_edited_at"`
	Markdown         string           `gorm:"column:markdown"`
	Source           string           `gorm:"column:source"`
	HTML             string           `gorm:"column:html"`
	Text             string           `gorm:"column:text"`

	Phases        List[content.Phase]        `gorm:"column:phases"`
	Partners      List[string]               `gorm:"column:partners"`
	Links         List[content.Link]         `gorm:"column:links"`
	Redo          List[content.Redo]         `gorm:"column:redo"`
	Sources       List[content.Source]       `gorm:"column:sources"`
	Disagreements List[content.Disagreement] `gorm:"column:disagreements"`
	Contents      List[content.Heading]      `gorm:"column:contents"`
}

// TableName is the table of use cases.
func (UseCase) TableName() string { return "use_cases" }

// Topic is a theme or an audience.
type Topic struct {
	Slug string `gorm:"column:slug"`
	Name string `gorm:"column:name"`
}

// Shown is a use case with what its page says beside it.
type Shown struct {
	UseCase
	LabSlug    string // empty: an experience
	LabName    string
	RegionName string // empty: the whole country
	RegionSlug string
	Themes     []Topic
	Audiences  []Topic
	Related    []Card // in the same spirit
}

// UseCase is the use case at an address, with the three that resemble it most.
// Refuses with ErrUnknown; at a former address, with a [Moved].
func (l *Library) UseCase(ctx context.Context, slug string) (s Shown, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		s.UseCase, err = gorm.G[UseCase](tx.DB).Where("slug = ?", slug).Take(ctx)
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return moved(ctx, tx, useCaseSlugs, slug)
		}
		if err != nil {
			return fmt.Errorf("read the use case: %w", err)
		}
		if s.LabID != nil {
			lab, err := gorm.G[named](tx.DB).Raw("SELECT id, slug, name FROM labs WHERE id = ?", *s.LabID).Take(ctx)
			if err != nil {
				return fmt.Errorf("read the lab of the use case: %w", err)
			}
			s.LabSlug, s.LabName = lab.Slug, lab.Name
		}
		if s.Themes, err = topicsIn(ctx, tx, byThemes, s.ID); err != nil {
			return err
		}
		if s.Audiences, err = topicsIn(ctx, tx, byAudiences, s.ID); err != nil {
			return err
		}
		region, err := findRegion(ctx, tx, s.Region)
		if err != nil {
			return err
		}
		s.RegionName, s.RegionSlug = region.Name, region.Slug
		s.Related, err = related(ctx, tx, s.ID, 3)
		return err
	})
	return s, err
}

// topicsIn are the topics of a thing, by name.
func topicsIn(ctx context.Context, tx *models.Tx, t tagging, id models.ID) ([]Topic, error) {
	list, err := gorm.G[Topic](tx.DB).Raw("SELECT t.slug, t.name FROM "+t.table+" t JOIN "+t.join+" x ON x."+t.topic+" = t.id WHERE x."+
		t.thing+" = ? ORDER BY t.slug", id).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.join, err)
	}
	return list, nil
}

// related are the use cases that share most with one, a theme counting twice as
// much as an audience; among equals, the latest.
func related(ctx context.Context, tx *models.Tx, id models.ID, limit int) ([]Card, error) {
	list, err := gorm.G[Card](tx.DB).Raw(`SELECT `+cardColumns+`
		  FROM (SELECT id, sum(weight) AS shared
		          FROM (SELECT other.use_case_id AS id, 2 AS weight
		                  FROM use_case_themes mine
		                  JOIN use_case_themes other ON other.theme_id = mine.theme_id
		                 WHERE mine.use_case_id = ?
		                UNION ALL
		                SELECT other.use_case_id, 1
		                  FROM use_case_audiences mine
		                  JOIN use_case_audiences other ON other.audience_id = mine.audience_id
		                 WHERE mine.use_case_id = ?) x
		         WHERE id <> ?
		         GROUP BY id
		         ORDER BY shared DESC, id DESC LIMIT ?) s
		  JOIN use_cases u ON u.id = s.id`+cardTables+`
		 ORDER BY s.shared DESC, u.id DESC`, id, id, id, limit).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for related use cases: %w", err)
	}
	return list, nil
}

// Markdown is the Markdown of the use case at an address: its file, or what an
// import brought under its title and summary. Refuses as [Library.UseCase].
func (l *Library) Markdown(ctx context.Context, slug string) (markdown string, id models.ID, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		u, err := gorm.G[UseCase](tx.DB).Select("id", "title", "summary", "markdown", "source").Where("slug = ?", slug).Take(ctx)
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return moved(ctx, tx, useCaseSlugs, slug)
		}
		if err != nil {
			return fmt.Errorf("read the Markdown of the use case: %w", err)
		}
		markdown, id = u.Source, u.ID
		if markdown == "" {
			markdown = "# " + u.Title + "\n\n" + u.Summary + "\n\n" + u.Markdown + "\n"
		}
		return nil
	})
	return markdown, id, err
}
