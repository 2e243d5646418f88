package funding

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"passerelle/models"
)

// StepSave says which step of which draft is saved, and what it becomes.
type StepSave struct {
	Draft    models.ID
	Version  int64 // of the step, as it was read; 0 when it was never saved
	Content  Content
	Complete bool // nothing may be missing
}

// Overtaken is the refusal of a step that a colleague saved meanwhile. Nothing
// is lost: what they saved stays, and what was sent is in Merged, with what
// only they changed. What both changed has both values, to choose from.
type Overtaken struct {
	Theirs      Save
	Now         Contents
	Merged      Content
	Taken       []Difference // that only they changed
	Differences []Difference // that both changed; Merged holds mine
}

// Difference is a field with both its values: string kinds, Amount or VAT, a
// whole Line (« line-2 », Mine nil when they added it) or Budget (« lines »).
type Difference struct {
	Field        string
	Mine, Theirs any
}

// Error is that of ErrOvertaken.
func (o *Overtaken) Error() string { return ErrOvertaken.Error() }

// Unwrap makes it the refusal ErrOvertaken.
func (o *Overtaken) Unwrap() error { return ErrOvertaken }

// SaveStep saves one step of a draft whole. Refuses with ErrUnknown,
// ErrReadOnly, ErrSubmitted, what is wrong with the fields, or Overtaken.
func (k *Desk) SaveStep(ctx context.Context, by models.Actor, s StepSave) error {
	return k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		d, err := readDraft(ctx, tx, by, s.Draft)
		if err == nil {
			err = d.maySave(s, tx.Now)
		}
		if err != nil {
			return err
		}
		if known := d.Saved[s.Content.name()]; known.Version != s.Version {
			return d.overtaken(ctx, tx, s, known)
		}
		return d.save(ctx, tx, by, s)
	})
}

// overtaken merges what is sent with what was saved since it was read; nil when
// it brings nothing of its own: sent twice, or nothing changed in it.
func (d Draft) overtaken(ctx context.Context, tx *models.Tx, s StepSave, known Save) error {
	step := s.Content.name()
	theirs := d.Of(step)
	if known.Version > 0 && slices.Equal(s.Content.fields(), theirs.fields()) {
		return nil
	}
	base, read, err := readStep(ctx, tx, s.Draft, step, s.Version)
	if err != nil {
		return err
	}
	if known.Version > 0 && read && slices.Equal(s.Content.fields(), base.fields()) {
		return nil
	}
	o := &Overtaken{Theirs: known, Now: d.Contents, Merged: s.Content}
	if known.Version == 0 { // a form that no page gave: there is nothing of anybody's to merge
		return o
	}
	if o.Merged, o.Taken, o.Differences, err = merge(base, s.Content, theirs); err != nil {
		return err
	}
	return o
}

// readStep is a step as it was saved in one version, empty before the first;
// known is false for a version that never was.
func readStep(ctx context.Context, tx *models.Tx, draft models.ID, step Step, version int64) (content Content, known bool, err error) {
	var c Contents
	if version == 0 {
		return c.Of(step), true, nil
	}
	var texts []string
	err = tx.DB.WithContext(ctx).Raw("SELECT content FROM draft_steps WHERE application_id = ? AND step = ? AND version = ?", draft, step, version).Scan(&texts).Error
	if err != nil {
		return nil, false, fmt.Errorf("read version %d of step %s: %w", version, step, err)
	}
	if len(texts) == 0 {
		return nil, false, nil
	}
	err = c.read(step, texts[0])
	return c.Of(step), true, err
}

// maySave refuses readers, submitted applications and wrong fields.
func (d Draft) maySave(s StepSave, now models.Time) error {
	switch {
	case d.Application.State != DraftState:
		return ErrSubmitted
	case d.Role == Reader:
		return ErrReadOnly
	}
	return d.Wrong(s.Content, s.Complete, now).Err()
}

// Wrong is what keeps a step from being saved. A step that must be complete
// also obeys what it shares with others; answers against a rule of the call are
// saved all the same: the verdict is shown, and refused at the end.
func (d Draft) Wrong(c Content, complete bool, now models.Time) models.Problems {
	if complete && c.name() != StepEligibility {
		return d.with(c).Missing(d.Call, c.name(), now)
	}
	return c.check(d.Call, complete)
}

func (d Draft) save(ctx context.Context, tx *models.Tx, by models.Actor, s StepSave) error {
	step := s.Content.name()
	text, err := json.Marshal(s.Content)
	if err != nil {
		return fmt.Errorf("write step %s: %w", step, err)
	}
	db := tx.DB.WithContext(ctx)
	err = db.Exec("INSERT INTO draft_steps (application_id, step, version, content, saved_by, saved_at) VALUES (?, ?, ?, ?, ?, ?)",
		s.Draft, step, s.Version+1, string(text), by.ID, tx.Now).Error
	if err != nil {
		return fmt.Errorf("save step %s of draft %d: %w", step, s.Draft, err)
	}
	set := map[string]any{"version": d.Application.Version + 1, "updated_at": tx.Now}
	switch v := s.Content.(type) {
	case Answers:
		set["eligibility"] = Outcome("")
		if v.Check() == nil {
			set["eligibility"] = d.Call.Judge(v).Outcome
		}
	case Body:
		set["body_name"], set["body_department"] = v.Name, v.Department
		if set["organisation_id"], err = organisationOf(ctx, tx, d.Application, v); err != nil {
			return err
		}
	case Project:
		set["title"], set["summary"], set["theme"] = v.Title, v.Summary, v.Theme
	case Budget:
		set["total_cents"] = v.Total()
	case Financing:
		set["requested_cents"] = v.Requested.Cents
	}
	err = db.Table("applications").Where("id = ?", s.Draft).Updates(set).Error
	if err == nil && step == StepOrganisation {
		err = attach(ctx, tx, s.Draft)
	}
	if err != nil {
		return fmt.Errorf("update draft %d: %w", s.Draft, err)
	}
	return tx.Record(ctx, by, "draft.saved", s.Draft, models.About{"step": string(step)})
}
