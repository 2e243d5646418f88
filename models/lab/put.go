package lab

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// insert adds a use case with its themes and audiences, and records it.
func insert(ctx context.Context, tx *models.Tx, u *UseCase, themes, audiences []Topic) error {
	if err := useCaseSlugs.free(ctx, tx, 0, u.Slug); err != nil {
		return err
	}
	u.Version, u.UpdatedAt = 1, tx.Now
	if err := gorm.G[UseCase](tx.DB).Create(ctx, u); err != nil {
		return fmt.Errorf("add the use case: %w", err)
	}
	if err := tag(ctx, tx, u.ID, themes, audiences); err != nil {
		return err
	}
	return tx.Record(ctx, models.System, "usecase.published", u.ID, u.about())
}

// replace writes a use case over the one of the same id, and records it. Its
// former address, when it changes, goes on leading to it.
func replace(ctx context.Context, tx *models.Tx, was, u *UseCase, themes, audiences []Topic) error {
	if was.Slug != u.Slug {
		if err := useCaseSlugs.move(ctx, tx, was.ID, was.Slug, u.Slug); err != nil {
			return err
		}
	}
	u.ID, u.Version, u.UpdatedAt = was.ID, was.Version+1, tx.Now
	// Select("*"): what has become empty is written too.
	err := tx.DB.WithContext(ctx).Model(&UseCase{}).Where("id = ?", u.ID).Select("*").Omit("id").Updates(u).Error
	if err != nil {
		return fmt.Errorf("change the use case: %w", err)
	}
	if err := tag(ctx, tx, u.ID, themes, audiences); err != nil {
		return err
	}
	about := u.about()
	if was.LabID != nil && (u.LabID == nil || *was.LabID != *u.LabID) {
		about["former_lab"] = *was.LabID // its page changes too
	}
	return tx.Record(ctx, models.System, "usecase.edited", u.ID, about)
}

// about is what a change says of a use case besides its id.
func (u *UseCase) about() models.About {
	if u.LabID == nil {
		return models.About{}
	}
	return models.About{"lab": *u.LabID}
}

// tag says which themes and audiences a use case has; those not known yet are made.
func tag(ctx context.Context, tx *models.Tx, id models.ID, themes, audiences []Topic) error {
	for _, kind := range []struct {
		table, join, column string
		topics              []Topic
	}{
		{"themes", "use_case_themes", "theme_id", themes},
		{"audiences", "use_case_audiences", "audience_id", audiences},
	} {
		db := tx.DB.WithContext(ctx)
		if err := db.Exec("DELETE FROM "+kind.join+" WHERE use_case_id = ?", id).Error; err != nil {
			return fmt.Errorf("clear the %s of a use case: %w", kind.table, err)
		}
		for _, topic := range kind.topics {
			err := db.Exec("INSERT INTO "+kind.table+" (slug, name) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING", topic.Slug, topic.Name).Error
			if err == nil {
				err = db.Exec("INSERT INTO "+kind.join+" (use_case_id, "+kind.column+") SELECT ?, id FROM "+kind.table+
					" WHERE slug = ? ON CONFLICT DO NOTHING", id, topic.Slug).Error
			}
			if err != nil {
				return fmt.Errorf("write the %s of a use case: %w", kind.table, err)
			}
		}
	}
	return nil
}
