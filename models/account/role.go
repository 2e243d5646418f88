package account

import (
	"context"
	"fmt"

	"passerelle/models"
)

// What granting may refuse.
var (
	ErrRole = &models.Error{ // no such role, or not on that
		Kind: models.Invalid, Code: "form.invalid", Fields: models.Problems{{Field: "role", Code: "account.role"}},
	}
	ErrOwnDesk  = models.Refuse(models.Forbidden, "account.own_desk")        // an administrator reads no application
	ErrUnproved = models.Refuse(models.Conflict, "account.role_unconfirmed") // the person has not confirmed their address
)

// Right is a role of a person on a lab, on a call, or on the whole portal
// (Scope zero).
type Right struct {
	Account models.ID
	Role    models.Role
	Scope   models.ID
}

// scopeTable is what the scope of a role identifies; "" for the whole portal.
var scopeTable = map[models.Role]string{
	models.LabEditor: "labs",
	models.Reviewer:  "calls", models.LeadReviewer: "calls", models.Expert: "calls",
	models.Decider: "calls", models.Finance: "calls", models.Auditor: "calls",
	models.Moderator: "", models.Administrator: "",
}

// ScopeOf tells what a role is granted on: "labs", "calls", or "" for the whole
// portal; false when there is no such role.
func ScopeOf(role models.Role) (table string, ok bool) {
	table, ok = scopeTable[role]
	return table, ok
}

// Grant gives a confirmed person a right. Only an administrator, or the
// program, may. A right that is held already is left as it is. Refuses with
// ErrUnknown, ErrRole, ErrOwnDesk, ErrUnproved, models.ErrNotYours.
func (a *Accounts) Grant(ctx context.Context, by models.Actor, r Right) error {
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := mayAdminister(ctx, tx, by); err != nil {
			return err
		}
		if err := r.check(tx); err != nil {
			return err
		}
		if by.ID == r.Account && scopeTable[r.Role] == "calls" {
			return ErrOwnDesk
		}
		who, err := living(ctx, tx, "id = ? AND email <> ''", r.Account)
		if err != nil {
			return err
		}
		if !who.Confirmed() {
			return ErrUnproved
		}
		return grant(ctx, tx, by, r)
	})
}

// grant writes the right, its line in the audit and its change.
func grant(ctx context.Context, tx *models.Tx, by models.Actor, r Right) error {
	result := tx.DB.Exec(`
		INSERT INTO roles (account_id, role, scope_id, granted_by, granted_at) VALUES (?, ?, ?, ?, ?)
		    ON CONFLICT DO NOTHING`, r.Account, r.Role, r.Scope, by.ID, tx.Now)
	if result.Error != nil {
		return fmt.Errorf("grant %s: %w", r.Role, result.Error)
	}
	if result.RowsAffected == 0 {
		return nil
	}
	return r.record(ctx, tx, by, "role.granted")
}

// Revoke takes a right away; one that is not held is left so. Refuses with
// models.ErrNotYours and, for the last administrator, ErrLastAdministrator.
func (a *Accounts) Revoke(ctx context.Context, by models.Actor, r Right) error {
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := mayAdminister(ctx, tx, by); err != nil {
			return err
		}
		if r.Role == models.Administrator {
			last, err := a.lastAdministrator(ctx, tx, r.Account)
			if err != nil {
				return err
			}
			if last {
				return ErrLastAdministrator
			}
		}
		result := tx.DB.Exec("DELETE FROM roles WHERE account_id = ? AND role = ? AND scope_id = ?", r.Account, r.Role, r.Scope)
		if result.Error != nil {
			return fmt.Errorf("revoke %s: %w", r.Role, result.Error)
		}
		if result.RowsAffected == 0 {
			return nil
		}
		return r.record(ctx, tx, by, "role.revoked")
	})
}

// check refuses a role on what it is not granted on.
func (r Right) check(tx *models.Tx) error {
	table, ok := ScopeOf(r.Role)
	if !ok || (table == "") != (r.Scope == 0) {
		return ErrRole
	}
	if table == "" {
		return nil
	}
	n, err := count(tx, "SELECT count(*) FROM "+table+" WHERE id = ?", r.Scope)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrRole
	}
	return nil
}

func (r Right) record(ctx context.Context, tx *models.Tx, by models.Actor, act string) error {
	err := tx.DB.Exec("INSERT INTO audit (at, actor_id, act, account_id, role, scope_id) VALUES (?, ?, ?, ?, ?, ?)",
		tx.Now, by.ID, act, r.Account, r.Role, r.Scope).Error
	if err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	return tx.Record(ctx, by, act, r.Account, about(r.Account), models.About{"role": string(r.Role), "scope": r.Scope})
}

// mayAdminister refuses whoever is no administrator.
func mayAdminister(ctx context.Context, tx *models.Tx, by models.Actor) error {
	if err := tx.MayWrite(ctx, by); err != nil {
		return err
	}
	ok, err := tx.Holds(ctx, by, models.Administrator, 0)
	if err == nil && !ok {
		return models.ErrNotYours
	}
	return err
}

// lastAdministrator tells whether an account is the only one that administers
// and may log in here.
func (a *Accounts) lastAdministrator(ctx context.Context, tx *models.Tx, id models.ID) (bool, error) {
	is, err := tx.Holds(ctx, models.Actor{ID: id}, models.Administrator, 0)
	if err != nil || !is {
		return false, err
	}
	others, err := a.administrators(tx, id)
	return others == 0, err
}

// administrators counts those who may log in here, one account left out.
func (a *Accounts) administrators(tx *models.Tx, except models.ID) (int64, error) {
	return count(tx, `
		SELECT count(*)
		  FROM roles r
		  JOIN accounts a ON a.id = r.account_id
		 WHERE r.role = 'administrator' AND a.id <> ? AND a.deleted_at IS NULL AND a.confirmed_at IS NOT NULL
		   AND (a.demo = 0 OR ?)`, except, a.demo)
}
