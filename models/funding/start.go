package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// maxDrafts is how many drafts one person may hold under one call.
const maxDrafts = 20

// Start begins a draft (T1) under an open call and returns its id; one that the
// same person began and left untouched is given back. Refuses with
// ErrUnknownCall, ErrNotOpen, ErrClosed, ErrManyDrafts.
func (k *Desk) Start(ctx context.Context, by models.Actor, call string) (id models.ID, err error) {
	err = k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		c, err := callBy(ctx, tx, "c.slug = ?", call)
		if err == nil {
			err = c.inWindow(tx.Now)
		}
		if err != nil {
			return err
		}
		if id, err = untouched(ctx, tx, by, c.ID); err != nil || id != 0 {
			return err
		}
		if err := roomForDraft(ctx, tx, by, c.ID); err != nil {
			return err
		}
		id, err = begin(ctx, tx, by, c.ID)
		return err
	})
	return id, err
}

// untouched is a draft in which nothing was saved yet, zero when there is none:
// a double click begins one draft.
func untouched(ctx context.Context, tx *models.Tx, by models.Actor, call models.ID) (id models.ID, err error) {
	err = tx.DB.WithContext(ctx).Raw(`
		SELECT coalesce(max(a.id), 0) FROM applications a
		 WHERE a.holder_id = ? AND a.call_id = ? AND a.state = 'draft' AND a.version = 1
		   AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.application_id = a.id)`, by.ID, call).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("look for an untouched draft: %w", err)
	}
	return id, nil
}

func roomForDraft(ctx context.Context, tx *models.Tx, by models.Actor, call models.ID) error {
	var n int64
	err := tx.DB.WithContext(ctx).Raw("SELECT count(*) FROM applications WHERE holder_id = ? AND call_id = ? AND state = 'draft'", by.ID, call).Scan(&n).Error
	if err != nil {
		return fmt.Errorf("count drafts: %w", err)
	}
	if n >= maxDrafts {
		return ErrManyDrafts
	}
	return nil
}

// begin writes the draft, its holder and its first event.
func begin(ctx context.Context, tx *models.Tx, by models.Actor, call models.ID) (models.ID, error) {
	db := tx.DB.WithContext(ctx)
	var id models.ID
	err := db.Raw(`INSERT INTO applications (call_id, state, version, holder_id, created_at, updated_at)
		VALUES (?, 'draft', 1, ?, ?, ?) RETURNING id`, call, by.ID, tx.Now, tx.Now).Scan(&id).Error
	if err == nil {
		err = db.Exec("INSERT INTO application_members (application_id, account_id, role, joined_at) VALUES (?, ?, ?, ?)",
			id, by.ID, Holder, tx.Now).Error
	}
	if err != nil {
		return 0, fmt.Errorf("write a draft: %w", err)
	}
	event := Event{ApplicationID: id, At: tx.Now, ActorID: by.ID, Role: string(Holder), Act: ActStart, To: DraftState, Version: 1}
	if err := event.chain(ctx, tx); err != nil {
		return 0, err
	}
	return id, tx.Record(ctx, by, ActStart.change(), id)
}
