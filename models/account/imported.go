package account

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// EnsureImported is the author that an import names: the same name is the same
// author. Such an author has no address and no password, cannot log in, and is
// never a person's account, whatever its name. Refuses the field author.
func EnsureImported(ctx context.Context, tx *models.Tx, name string) (models.ID, error) {
	name = tidyName(name)
	p := models.Problems{}
	p.Text(name, "author", 1, 80)
	if err := p.Err(); err != nil {
		return 0, err
	}
	known, err := living(ctx, tx, "imported = ?", name)
	if err == nil {
		return known.ID, nil
	}
	if !errors.Is(err, ErrUnknown) {
		return 0, err
	}
	author := Account{Name: name, Imported: name, Theme: "auto", CreatedAt: tx.Now}
	if err := gorm.G[Account](tx.DB).Create(ctx, &author); err != nil {
		return 0, fmt.Errorf("create an imported author: %w", err)
	}
	return author.ID, tx.Record(ctx, models.System, "account.imported", author.ID, about(author.ID))
}
