package funding

import (
	"context"
	"errors"
	"fmt"

	"passerelle/models"
)

// attempt runs an act in a transaction of its own. What it refuses to somebody
// who knows of the application is kept apart from the events; the refusal is
// answered in any case. run returns the application as far as it was found.
func (k *Desk) attempt(ctx context.Context, by models.Actor, act Act, version int64, run func(context.Context, *models.Tx) (models.ID, error)) error {
	var found models.ID
	err := k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		found, err = run(ctx, tx)
		return err
	})
	var why *models.Error
	if found == 0 || !errors.As(err, &why) || why.Kind != models.Forbidden && why.Kind != models.Conflict {
		return err
	}
	kept := k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.Exec("INSERT INTO refused_attempts (application_id, at, actor_id, act, version, code) VALUES (?, ?, ?, ?, ?, ?)",
			found, tx.Now, by.ID, act, version, why.Code).Error
	})
	if kept != nil {
		return errors.Join(err, fmt.Errorf("keep a refused attempt: %w", kept))
	}
	return err
}
