package forum

import (
	"context"
	"fmt"
	"strings"

	"passerelle/content"
	"passerelle/models"
)

// MaxInstitution is how many characters the name of an institution has.
const MaxInstitution = 120

// MakeOfficial says that a reply answers in the name of an institution, which
// the public log shows. A moderator vouches for it; its author is a public
// agent by a verified domain, and somebody else. An edit ends it, as nobody
// vouched for the new text. Refuses with models.ErrLogIn, ErrNotModerator,
// ErrUnknownPost, ErrPostDeleted, ErrPostHidden, ErrNoAnswer, ErrNotAgent,
// ErrOwnOfficial, or the field institution.
func (f *Forums) MakeOfficial(ctx context.Context, by models.Actor, id models.ID, institution string) (Posted, error) {
	institution = content.French(strings.Join(strings.Fields(institution), " "))
	p := models.Problems{}
	p.Text(institution, "institution", 2, MaxInstitution)
	if err := p.Err(); err != nil {
		return Posted{}, err
	}
	return f.speakFor(ctx, by, id, "post.official", institution)
}

// MakePersonal takes back that a reply is official. A personal one stays as it
// is. Refuses with models.ErrLogIn, ErrNotModerator, ErrUnknownPost.
func (f *Forums) MakePersonal(ctx context.Context, by models.Actor, id models.ID) (Posted, error) {
	return f.speakFor(ctx, by, id, "post.personal", "")
}

// speakFor sets in whose name a post speaks; "" is its author's own.
func (f *Forums) speakFor(ctx context.Context, by models.Actor, id models.ID, act, institution string) (Posted, error) {
	var done Posted
	err := f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := moderates(ctx, tx, by); err != nil {
			return err
		}
		post, err := findPost(ctx, tx, id)
		if err != nil {
			return err
		}
		done = post.posted()
		if institution != "" {
			var agent bool
			if err := tx.DB.WithContext(ctx).Raw("SELECT agent FROM accounts WHERE id = ?", post.AuthorID).Scan(&agent).Error; err != nil {
				return fmt.Errorf("read the author of post %d: %w", id, err)
			}
			if err := post.mayBeOfficial(by, agent); err != nil {
				return err
			}
		}
		set := tx.DB.WithContext(ctx).Exec("UPDATE posts SET official = ? WHERE id = ? AND official <> ?", institution, id, institution)
		switch {
		case set.Error != nil:
			return fmt.Errorf("%s %d: %w", act, id, set.Error)
		case set.RowsAffected == 0:
			return nil
		}
		if err := note(ctx, tx, act, post.thread, post, institution); err != nil {
			return err
		}
		return tx.Record(ctx, by, act, post.ID, post.thread.about())
	})
	return done, err
}

// mayBeOfficial refuses what is no reply of another public agent.
func (m message) mayBeOfficial(by models.Actor, agent bool) error {
	switch {
	case m.State == Deleted:
		return ErrPostDeleted
	case m.State == Hidden:
		return ErrPostHidden
	case m.Number == 1:
		return ErrNoAnswer
	case !agent:
		return ErrNotAgent
	case m.AuthorID == by.ID:
		return ErrOwnOfficial
	}
	return nil
}
