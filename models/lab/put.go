package lab

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// putUseCase adds a use case, or writes it over what was loaded before, and
// records it. Its former address, when it changes, goes on leading to it.
// Refuses with ErrTaken.
func putUseCase(ctx context.Context, tx *models.Tx, was loaded, u UseCase, themes, audiences []Topic) error {
	u.UpdatedAt, u.Version = tx.Now, was.Version+1
	kind := "usecase.edited"
	if was.ID == 0 {
		kind = "usecase.published"
		if err := useCaseSlugs.free(ctx, tx, 0, u.Slug); err != nil {
			return err
		}
		if err := gorm.G[UseCase](tx.DB).Create(ctx, &u); err != nil {
			return fmt.Errorf("add the use case: %w", err)
		}
	} else {
		if was.Slug != u.Slug {
			if err := useCaseSlugs.move(ctx, tx, was.ID, was.Slug, u.Slug); err != nil {
				return err
			}
		}
		u.ID = was.ID
		// Select("*"): what has become empty is written too.
		if err := tx.DB.WithContext(ctx).Model(&UseCase{}).Where("id = ?", u.ID).Select("*").Omit("id").Updates(&u).Error; err != nil {
			return fmt.Errorf("change the use case: %w", err)
		}
	}
	if err := tag(ctx, tx, byThemes, u.ID, themes); err != nil {
		return err
	}
	if err := tag(ctx, tx, byAudiences, u.ID, audiences); err != nil {
		return err
	}
	return tx.Record(ctx, models.System, kind, u.ID, u.about())
}

// about is what a change says of a use case besides its id.
func (u UseCase) about() models.About {
	if u.LabID == nil {
		return models.About{}
	}
	return models.About{"lab": *u.LabID}
}

// tagging is where it is kept which topics a kind of thing has.
type tagging struct{ table, join, thing, topic string }

var (
	byThemes    = tagging{"themes", "use_case_themes", "use_case_id", "theme_id"}
	byAudiences = tagging{"audiences", "use_case_audiences", "use_case_id", "audience_id"}
	ofLab       = tagging{"themes", "lab_themes", "lab_id", "theme_id"}
)

// tag says which topics a thing has; those not known yet are made.
func tag(ctx context.Context, tx *models.Tx, t tagging, id models.ID, topics []Topic) error {
	db := tx.DB.WithContext(ctx)
	if err := db.Exec("DELETE FROM "+t.join+" WHERE "+t.thing+" = ?", id).Error; err != nil {
		return fmt.Errorf("clear %s: %w", t.join, err)
	}
	for _, topic := range topics {
		err := db.Exec("INSERT INTO "+t.table+" (slug, name) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING", topic.Slug, topic.Name).Error
		if err == nil {
			err = db.Exec("INSERT INTO "+t.join+" ("+t.thing+", "+t.topic+") SELECT ?, id FROM "+t.table+
				" WHERE slug = ? ON CONFLICT DO NOTHING", id, topic.Slug).Error
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", t.join, err)
		}
	}
	return nil
}
