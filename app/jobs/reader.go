package jobs

import (
	"context"
	"errors"

	"passerelle/models"
)

// readerName is the mail job's line in the table of readers.
const readerName = "mail"

// keepEvery is how many changes that call for no mail may be read again after
// a stop. Noting each would cost every post of the forum a second write.
const keepEvery = 2000

// composers make the mails that a kind of change calls for.
var composers = map[string]func(*writer, models.Change) error{
	"account.registered":       (*writer).registered,
	"account.confirm_asked":    (*writer).registered,
	"account.known_again":      (*writer).knownAgain,
	"account.reset_asked":      (*writer).resetAsked,
	"account.address_asked":    (*writer).addressAsked,
	"account.password_changed": (*writer).passwordChanged,
	"account.deleted":          (*writer).deleted,
	"role.granted":             (*writer).roleGranted,
	"role.revoked":             (*writer).roleRevoked,
	"post.hidden":              (*writer).postModerated,
	"post.restored":            (*writer).postModerated,
	"thread.hidden":            (*writer).threadModerated,
	"thread.restored":          (*writer).threadModerated,
	"invitation.created":       (*writer).invited,
	"application.submitted":    (*writer).submitted,
	"application.proposed":     (*writer).proposed,
	"application.granted":      (*writer).granted,
	"application.refused":      (*writer).refused,
	"application.dropped":      (*writer).dropped,
	"application.sent_back":    (*writer).sentBack,
	"application.withdrawn":    (*writer).withdrawn,
}

// start reads where the mail job stands.
func (j *Jobs) start(ctx context.Context) error {
	return j.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		position, err := tx.Position(ctx, readerName)
		j.read.Store(position)
		j.kept.Store(position)
		return err
	})
}

// follow reads the feed and makes mails until ctx ends.
func (j *Jobs) follow(ctx context.Context) error {
	return j.store.Follow(ctx, readerName, j.read.Load, j.compose)
}

// compose writes the mails of a batch of changes and how far it read in one
// transaction.
func (j *Jobs) compose(ctx context.Context, batch []models.Change) error {
	last := batch[len(batch)-1].Seq
	if !callsForMail(batch) && last-j.kept.Load() < keepEvery {
		j.read.Store(last)
		return nil
	}
	wrote := false
	err := j.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		w := &writer{ctx: ctx, tx: tx, jobs: j}
		position, err := tx.Position(ctx, readerName)
		if err != nil {
			return err
		}
		for _, change := range batch {
			write := composers[change.Kind]
			if write == nil || change.Seq <= position {
				continue
			}
			if err := write(w, change); err != nil && !gone(err) {
				return err
			}
		}
		wrote = w.wrote
		return tx.SetPosition(ctx, readerName, max(position, last))
	})
	if err != nil {
		return err
	}
	j.read.Store(last)
	j.kept.Store(last)
	if wrote {
		j.wake()
	}
	return nil
}

func callsForMail(batch []models.Change) bool {
	for _, change := range batch {
		if composers[change.Kind] != nil {
			return true
		}
	}
	return false
}

// gone tells whether what a change was about is no more: an account deleted
// since, an invitation taken back. Then there is nobody to write to.
func gone(err error) bool {
	var refusal *models.Error
	return errors.As(err, &refusal)
}
