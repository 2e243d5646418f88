package account

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// Why an account stays for now.
var (
	ErrLastAdministrator = models.Refuse(models.Conflict, "account.last_administrator")
	ErrUndecided         = models.Refuse(models.Conflict, "account.undecided")
)

// OnDelete has what another part of the portal keeps of a person alone (their
// drafts, mails that wait) erased in the transaction that erases an account.
func (a *Accounts) OnDelete(erase func(ctx context.Context, tx *models.Tx, id models.ID) error) {
	a.onDelete = append(a.onDelete, erase)
}

// Delete erases who acts, at once and for good: name, address, password,
// sessions, links, roles and drafts. What they wrote stays, without a name.
// Refuses the field current, ErrLastAdministrator, ErrUndecided and ErrBusy.
func (a *Accounts) Delete(ctx context.Context, by models.Actor, current string) error {
	me, err := a.Me(ctx, by)
	if err != nil {
		return err
	}
	p := models.Problems{}
	if err := a.checkCurrent(ctx, &p, me, current); err != nil {
		return err
	}
	if err := p.Err(); err != nil {
		return err
	}
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := unchanged(ctx, tx, me); err != nil {
			return err
		}
		if err := a.mayLeave(ctx, tx, me.ID); err != nil {
			return err
		}
		return a.erase(ctx, tx, by, me.ID)
	})
}

// MayLeave tells beforehand what would refuse a deletion.
func (a *Accounts) MayLeave(ctx context.Context, by models.Actor) error {
	return a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		return a.mayLeave(ctx, tx, by.ID)
	})
}

// mayLeave refuses the last administrator, and the holder of an application
// that waits for a decision: the desk must know whom it answers.
func (a *Accounts) mayLeave(ctx context.Context, tx *models.Tx, id models.ID) error {
	last, err := a.lastAdministrator(ctx, tx, id)
	if err != nil {
		return err
	}
	if last {
		return ErrLastAdministrator
	}
	undecided, err := count(tx, `
		SELECT count(*) FROM applications
		 WHERE holder_id = ? AND state IN ('submitted', 'in_review', 'to_complete', 'in_decision')`, id)
	if err != nil {
		return err
	}
	if undecided > 0 {
		return ErrUndecided
	}
	return nil
}

// erase empties an account and whatever hangs on it.
func (a *Accounts) erase(ctx context.Context, tx *models.Tx, by models.Actor, id models.ID) error {
	for _, erase := range a.onDelete {
		if err := erase(ctx, tx, id); err != nil {
			return err
		}
	}
	for _, table := range []string{"sessions", "tokens", "roles", "saved_searches"} {
		if err := tx.DB.Exec("DELETE FROM "+table+" WHERE account_id = ?", id).Error; err != nil {
			return fmt.Errorf("erase the %s of account %d: %w", table, id, err)
		}
	}
	err := set(ctx, tx, id, map[string]any{
		"email": "", "new_email": "", "name": "", "password_hash": "", "theme": "auto", "imported": "", "back": "",
		"agent": false, "demo": false, "deleted_at": tx.Now,
	})
	if err != nil {
		return err
	}
	return tx.Record(ctx, by, "account.deleted", id, about(id))
}

// unconfirmedLife is how long an address that nobody proved is kept.
const unconfirmedLife = 30

// EraseUnconfirmed erases the accounts whose address was not proved within 30
// days: whoever typed it had no right to leave it here. It tells how many.
func (a *Accounts) EraseUnconfirmed(ctx context.Context) (int, error) {
	erased := 0
	err := a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		erased = 0 // it may run twice
		old, err := gorm.G[Account](tx.DB).Select("id").
			Where("confirmed_at IS NULL AND deleted_at IS NULL AND email <> '' AND created_at < ?",
				models.At(tx.Now.AddDate(0, 0, -unconfirmedLife))).
			Limit(100).Find(ctx)
		if err != nil {
			return fmt.Errorf("find accounts that nobody confirmed: %w", err)
		}
		for _, one := range old {
			if err := a.erase(ctx, tx, models.System, one.ID); err != nil {
				return err
			}
			erased++
		}
		return nil
	})
	return erased, err
}

// count is the number that a SELECT gives.
func count(tx *models.Tx, query string, args ...any) (int64, error) {
	var n int64
	if err := tx.DB.Raw(query, args...).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count: %w", err)
	}
	return n, nil
}
