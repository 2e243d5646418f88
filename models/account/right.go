package account

import (
	"context"
	"fmt"

	"passerelle/models"
)

// RightOf is the right that an address, a role and the slug of its lab or call
// name (no slug for the roles of the whole portal). Refuses with ErrUnknown when
// no account has the address, ErrRole when there is no such role or scope. It is
// for whoever holds the machine.
func (a *Accounts) RightOf(ctx context.Context, typed string, role models.Role, slug string) (right Right, err error) {
	email, ok := ParseEmail(typed)
	if !ok {
		return Right{}, ErrUnknown
	}
	table, ok := ScopeOf(role)
	if !ok || (table == "") != (slug == "") {
		return Right{}, ErrRole
	}
	err = a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		who, err := living(ctx, tx, "email = ?", email)
		if err != nil {
			return err
		}
		right = Right{Account: who.ID, Role: role}
		if table == "" {
			return nil
		}
		found := tx.DB.WithContext(ctx).Raw("SELECT id FROM "+table+" WHERE slug = ?", slug).Scan(&right.Scope)
		switch {
		case found.Error != nil:
			return fmt.Errorf("find the scope of a role: %w", found.Error)
		case right.Scope == 0:
			return ErrRole
		}
		return nil
	})
	return right, err
}
