package search

import (
	"context"
	"fmt"

	"passerelle/models"
)

// touched are the things that a piece of the feed may have changed.
type touched struct {
	ids   map[string]map[models.ID]bool // by noun
	order []string                      // names, in the order of the feed
}

func (t *touched) add(noun string, ids ...models.ID) {
	if t.ids == nil {
		t.ids = map[string]map[models.ID]bool{}
	}
	if t.ids[noun] == nil {
		t.ids[noun] = map[models.ID]bool{}
	}
	s, _ := sourceOf(noun)
	for _, id := range ids {
		if id > 0 && !t.ids[noun][id] {
			t.ids[noun][id] = true
			t.order = append(t.order, s.name(id))
		}
	}
}

// quiet are acts on a thread that change nothing of what is found of its posts.
var quiet = map[string]bool{"thread.locked": true, "thread.unlocked": true, "thread.pinned": true, "thread.unpinned": true}

// touch says what a piece of the feed concerns: the subjects themselves, and
// what shows their names or hides with them. g is asked too: what stands in it
// may have left the database.
func touch(ctx context.Context, tx *models.Tx, g *generation, changes []models.Change) (*touched, error) {
	t := &touched{}
	for _, c := range changes {
		if _, ok := sourceOf(c.Noun()); ok {
			t.add(c.Noun(), c.Subject)
		}
		var err error
		switch c.Noun() {
		case "lab":
			err = t.dependents(ctx, tx, g, useCases, fieldLab, c.Subject, "SELECT id FROM use_cases WHERE lab_id = ?")
		case "region":
			err = t.labelled(ctx, tx, "SELECT id FROM use_cases WHERE region = ?", "SELECT id FROM labs WHERE region = ?", code(c.Subject))
		case "theme":
			err = t.labelled(ctx, tx, "SELECT use_case_id FROM use_case_themes WHERE theme_id = ?", "SELECT lab_id FROM lab_themes WHERE theme_id = ?", c.Subject)
		case "thread":
			if !quiet[c.Kind] {
				err = t.dependents(ctx, tx, g, posts, fieldThread, c.Subject, "SELECT id FROM posts WHERE thread_id = ?")
			}
		case "post":
			err = t.opening(ctx, tx, c.Subject)
		}
		if err != nil {
			return nil, err
		}
	}
	return t, nil
}

// code is a region's, from the subject of its change.
func code(subject models.ID) string { return fmt.Sprintf("%02d", subject) }

// labelled adds the use cases and laboratories that bear a name.
func (t *touched) labelled(ctx context.Context, tx *models.Tx, ofUseCases, ofLabs string, key any) error {
	for noun, sql := range map[string]string{useCases.noun: ofUseCases, labs.noun: ofLabs} {
		ids, err := list(ctx, tx, sql, key)
		if err != nil {
			return err
		}
		t.add(noun, ids...)
	}
	return nil
}

// dependents adds what belongs to a thing, by the database and by the index.
func (t *touched) dependents(ctx context.Context, tx *models.Tx, g *generation, of source, field string, owner models.ID, sql string) error {
	if sql != "" {
		ids, err := list(ctx, tx, sql, owner)
		if err != nil {
			return err
		}
		t.add(of.noun, ids...)
	}
	names, err := g.having(field, owner.String())
	if err != nil {
		return err
	}
	for _, name := range names {
		if s, id := parseName(name); s.noun == of.noun {
			t.add(of.noun, id)
		}
	}
	return nil
}

// opening adds the thread that a post opens: it is found as the thread.
func (t *touched) opening(ctx context.Context, tx *models.Tx, post models.ID) error {
	ids, err := list(ctx, tx, "SELECT thread_id FROM posts WHERE id = ? AND number = 1", post)
	if err != nil {
		return err
	}
	t.add(threads.noun, ids...)
	return nil
}

func list(ctx context.Context, tx *models.Tx, sql string, key any) ([]models.ID, error) {
	var ids []models.ID
	if err := tx.DB.WithContext(ctx).Raw(sql, key).Scan(&ids).Error; err != nil {
		return nil, fmt.Errorf("list what a change concerns: %w", err)
	}
	return ids, nil
}
