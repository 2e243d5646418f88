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
		for _, statement := range []string{
			"DELETE FROM draft_steps WHERE application_id = ?",
			"DELETE FROM invitations WHERE application_id = ?",
			"DELETE FROM application_members WHERE application_id = ?",
			"DELETE FROM applications WHERE id = ?",
		} {
			if err := db.Exec(statement, id).Error; err != nil {
				return fmt.Errorf("erase draft %d: %w", id, err)
			}
		}
		if err := tx.Record(ctx, by, "draft.erased", id); err != nil {
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
