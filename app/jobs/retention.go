package jobs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"passerelle/models"
)

// keptDays is how long a mail's trace and a used link are kept: long enough to
// say « ce lien a déjà servi », and to look into a mail that did not come.
const keptDays = 30

// forgotten is what need not be kept, by age.
var forgotten = map[string]string{
	"sessions": "expires_at <= @now",
	"tokens":   "expires_at <= @old",
	"outbox":   "created_at <= @old AND (sent_at IS NOT NULL OR failed_at IS NOT NULL)",
}

// retention erases what has served its time. It works in small steps: the
// portal's writer is shared by everybody.
func (j *Jobs) retention(ctx context.Context) error {
	for table, condition := range forgotten {
		for {
			n, err := j.eraseSome(ctx, table, condition)
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
		}
	}
	if err := j.forgetAddresses(ctx); err != nil {
		return err
	}
	for {
		n, err := j.accounts.EraseUnconfirmed(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	return eraseFiles(filepath.Join(j.store.Dir(), MailFolder), j.store.Now().AddDate(0, 0, -keptDays))
}

// eraseFiles erases the mails that were written as files before an instant, by
// the time in their names, and what a kill left half-written.
func eraseFiles(dir string, before time.Time) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("list old mails: %w", err)
	}
	limit := before.UTC().Format(fileTime)
	for _, entry := range entries {
		name := entry.Name()
		old := strings.HasSuffix(name, ".eml") && name < limit
		if strings.HasSuffix(name, ".part") { // another may be half-written right now
			info, err := entry.Info()
			old = err == nil && info.ModTime().Before(before)
		}
		if !old {
			continue
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("erase an old mail: %w", err)
		}
	}
	return nil
}

// forgetAddresses wipes by what recipients were counted, after a day, and whom
// invitations that nobody accepted were for.
func (j *Jobs) forgetAddresses(ctx context.Context) error {
	return j.store.Update(ctx, func(_ context.Context, tx *models.Tx) error {
		for _, statement := range []string{
			"UPDATE outbox SET mailbox = '' WHERE mailbox <> '' AND created_at <= @yesterday",
			`UPDATE invitations SET email = '', token_hash = NULL, revoked_at = expires_at
			  WHERE accepted_at IS NULL AND revoked_at IS NULL AND expires_at <= @old`,
		} {
			err := tx.DB.Exec(statement, map[string]any{
				"yesterday": models.At(tx.Now.AddDate(0, 0, -1)), "old": models.At(tx.Now.AddDate(0, 0, -keptDays)),
			}).Error
			if err != nil {
				return fmt.Errorf("forget addresses: %w", err)
			}
		}
		return nil
	})
}

func (j *Jobs) eraseSome(ctx context.Context, table, condition string) (n int64, err error) {
	err = j.store.Update(ctx, func(_ context.Context, tx *models.Tx) error {
		result := tx.DB.Exec("DELETE FROM "+table+" WHERE id IN (SELECT id FROM "+table+" WHERE "+condition+" LIMIT 1000)",
			map[string]any{"now": tx.Now, "old": models.At(tx.Now.AddDate(0, 0, -keptDays))})
		n = result.RowsAffected
		if result.Error != nil {
			return fmt.Errorf("erase old %s: %w", table, result.Error)
		}
		return nil
	})
	return n, err
}
