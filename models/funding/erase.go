package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// EraseDrafts erases the drafts that an account holds, in the transaction that
// deletes the account: their texts, teams and invitations. It leaves the teams
// of others' drafts, and forgets where the account belonged and was invited.
// Events stay: they hold no text of a draft.
func EraseDrafts(ctx context.Context, tx *models.Tx, by models.Actor, account models.ID) error {
	db := tx.DB.WithContext(ctx)
	var drafts []models.ID
	if err := db.Raw("SELECT id FROM applications WHERE holder_id = ? AND state = 'draft'", account).Find(&drafts).Error; err != nil {
		return fmt.Errorf("find the drafts of an account: %w", err)
	}
	for _, id := range drafts {
		if err := eraseDraft(ctx, tx, by, id); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		`UPDATE invitations SET revoked_at = @now, email = '', token_hash = NULL
		  WHERE accepted_at IS NULL AND revoked_at IS NULL AND email <> '' AND email = (SELECT email FROM accounts WHERE id = @account)`,
		`DELETE FROM application_members WHERE account_id = @account AND role <> 'holder'`,
		`DELETE FROM memberships WHERE account_id = @account`,
	} {
		if err := db.Exec(statement, map[string]any{"account": account, "now": tx.Now}).Error; err != nil {
			return fmt.Errorf("forget where an account belonged: %w", err)
		}
	}
	return nil
}

// Delete erases a draft for good, as its holder read it. Refuses with ErrUnknown,
// ErrHolderOnly, ErrSubmitted, ErrStale.
func (k *Desk) Delete(ctx context.Context, by models.Actor, draft models.ID, version int64) error {
	return k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		a, err := mine(ctx, tx, by, "a.id = ?", draft)
		switch {
		case err != nil:
			return err
		case a.Role != Holder:
			return ErrHolderOnly
		case a.State != DraftState:
			return ErrSubmitted
		case a.Version != version:
			return ErrStale
		}
		return eraseDraft(ctx, tx, by, draft)
	})
}

// eraseDraft leaves of a draft its events and one more change: ids, no text.
func eraseDraft(ctx context.Context, tx *models.Tx, by models.Actor, id models.ID) error {
	for _, statement := range []string{
		"DELETE FROM draft_steps WHERE application_id = ?",
		"DELETE FROM invitations WHERE application_id = ?",
		"DELETE FROM application_members WHERE application_id = ?",
		"DELETE FROM applications WHERE id = ?",
	} {
		if err := tx.DB.WithContext(ctx).Exec(statement, id).Error; err != nil {
			return fmt.Errorf("erase draft %d: %w", id, err)
		}
	}
	return tx.Record(ctx, by, "draft.erased", id)
}
