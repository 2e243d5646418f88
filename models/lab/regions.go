package lab

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// Region is one of the eighteen regions, with how many use cases it has.
type Region struct {
	Code     string `gorm:"column:code"`
	Slug     string `gorm:"column:slug"`
	Name     string `gorm:"column:name"`
	UseCases int    `gorm:"column:use_cases"`
}

// Regions are all regions, by name.
func (l *Library) Regions(ctx context.Context) (list []Region, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		list, err = gorm.G[Region](tx.DB).Raw(`
			SELECT r.code, r.slug, r.name, (SELECT count(*) FROM use_cases u WHERE u.region = r.code) AS use_cases
			  FROM regions r ORDER BY r.slug`).Find(ctx)
		if err != nil {
			return fmt.Errorf("list the regions: %w", err)
		}
		return nil
	})
	return list, err
}

// findRegion is a region by its code; the zero Region when there is none.
func findRegion(ctx context.Context, tx *models.Tx, code string) (r Region, err error) {
	err = tx.DB.WithContext(ctx).Raw("SELECT code, slug, name FROM regions WHERE code = ?", code).Scan(&r).Error
	if err != nil {
		return Region{}, fmt.Errorf("look for a region: %w", err)
	}
	return r, nil
}
