package lab

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// Address is a public page that search engines may know, and when it changed.
type Address struct {
	Path    string      `gorm:"column:path"`
	Changed models.Time `gorm:"column:changed"` // zero: not said
}

// published are the pages of things, each kind in the order of its ids: what is
// new comes at the end of its kind. Ordered so, it is merged without a sort.
const published = `
	SELECT 1 AS kind, id, '/laboratoires/' || slug AS path, updated_at AS changed FROM labs
	UNION ALL SELECT 2, id, '/cas-usage/' || slug, updated_at FROM use_cases
	UNION ALL SELECT 3, id, '/' || slug, updated_at FROM pages
	UNION ALL SELECT 4, id, '/financement/' || slug, updated_at FROM calls
	UNION ALL SELECT 5, id, '/forums/' || slug, last_activity FROM forums
	UNION ALL SELECT 6, id, '/fils/' || id || '-' || slug, last_activity FROM threads WHERE hidden = 0
	ORDER BY kind, id`

// Addresses are the public pages of things, from one place on, and how many
// there are in all.
func (l *Library) Addresses(ctx context.Context, from, limit int) (list []Address, total int, err error) {
	err = l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.Raw(`SELECT (SELECT count(*) FROM labs) + (SELECT count(*) FROM use_cases) + (SELECT count(*) FROM pages)
			+ (SELECT count(*) FROM calls) + (SELECT count(*) FROM forums) + (SELECT count(*) FROM threads WHERE hidden = 0)`).Scan(&total).Error
		if err != nil {
			return fmt.Errorf("count the public pages: %w", err)
		}
		list, err = gorm.G[Address](tx.DB).Raw(published+" LIMIT ? OFFSET ?", limit, from).Find(ctx)
		if err != nil {
			return fmt.Errorf("list the public pages: %w", err)
		}
		return nil
	})
	return list, total, err
}
