package funding

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"passerelle/models"
)

// Attestation is what the holder declares when submitting.
type Attestation string

// Attestations are all that must be ticked.
var Attestations = []Attestation{
	"exact",       // what is written is true
	"mandate",     // I may apply in the name of the organisation
	"publication", // once awarded, title, summary, organisation and amount are public
}

// Submission says which draft is submitted, as it was re-read.
type Submission struct {
	Draft        models.ID
	Version      int64 // of the application
	Attestations []Attestation
}

// Receipt proves what was submitted, and when.
type Receipt struct {
	Application models.ID   `gorm:"column:application_id"`
	Number      string      `gorm:"column:number"`  // of the application, YYYY-NNNN
	Version     int         `gorm:"column:version"` // v1, v2… of its submissions
	SHA256      string      `gorm:"column:sha256"`  // of Content
	Content     string      `gorm:"column:content"` // RFC 8785 JSON
	SubmittedAt models.Time `gorm:"column:submitted_at"`
}

// Submit hands a draft in (T2): it gives the number, freezes the content and
// answers with the receipt. A draft that was submitted answers with the same
// receipt again. Refuses with ErrUnknown, ErrHolderOnly, ErrNotOpen, ErrClosed,
// ErrNotMember, ErrStale, or what is missing: steps and attestations by name.
func (k *Desk) Submit(ctx context.Context, by models.Actor, s Submission) (r Receipt, err error) {
	err = k.attempt(ctx, by, ActSubmit, s.Version, func(ctx context.Context, tx *models.Tx) (models.ID, error) {
		d, err := readDraft(ctx, tx, by, s.Draft)
		if err != nil {
			return 0, err
		}
		if d.Role == Holder && d.Application.State != DraftState {
			r, err = receiptOf(ctx, tx, s.Draft)
			return s.Draft, err
		}
		if err = d.maySubmit(ctx, tx, by, s); err != nil {
			return s.Draft, err
		}
		r, err = d.submit(ctx, tx, by, s)
		return s.Draft, err
	})
	return r, err
}

func (d Draft) maySubmit(ctx context.Context, tx *models.Tx, by models.Actor, s Submission) error {
	if d.Role != Holder {
		return ErrHolderOnly
	}
	if err := d.Call.inWindow(tx.Now); err != nil {
		return err
	}
	if d.Application.Version != s.Version {
		return ErrStale
	}
	if err := d.ready(s.Attestations, tx.Now); err != nil {
		return err
	}
	var member bool
	err := tx.DB.WithContext(ctx).Raw("SELECT count(*) FROM memberships WHERE account_id = ? AND organisation_id = ?",
		by.ID, d.Application.OrganisationID).Scan(&member).Error
	if err != nil {
		return fmt.Errorf("read a membership: %w", err)
	}
	if !member {
		return ErrNotMember
	}
	return nil
}

// ready refuses a draft with steps that are not complete, an answer against a
// rule of the call, or an attestation that was not made.
func (d Draft) ready(made []Attestation, now models.Time) error {
	p := models.Problems{}
	for _, step := range Steps {
		missing := d.Missing(d.Call, step, now)
		if len(missing) == 0 {
			continue
		}
		if step == StepEligibility && d.Answers.Check() == nil {
			for _, rule := range missing { // each rule itself, quoted
				p.If(true, string(step), rule.Code, rule.Args...)
			}
			continue
		}
		p.If(true, string(step), "funding.step_incomplete")
	}
	for _, a := range Attestations {
		p.If(!slices.Contains(made, a), string(a), "funding.attest")
	}
	return p.Err()
}

func (d Draft) submit(ctx context.Context, tx *models.Tx, by models.Actor, s Submission) (Receipt, error) {
	number, err := nextNumber(ctx, tx)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Application: s.Draft, Number: number, Version: 1, SubmittedAt: tx.Now}
	if r.Content, r.SHA256, err = d.freeze(r); err != nil {
		return Receipt{}, err
	}
	db := tx.DB.WithContext(ctx)
	var id models.ID
	err = db.Raw(`INSERT INTO submissions (application_id, number, content, sha256, submitted_by, submitted_at)
		VALUES (?, ?, ?, ?, ?, ?) RETURNING id`, s.Draft, r.Version, r.Content, r.SHA256, by.ID, tx.Now).Scan(&id).Error
	for i, l := range d.Budget.Lines {
		if err != nil {
			break
		}
		err = db.Exec(`INSERT INTO budget_lines (submission_id, position, wording, category, supplier, net_cents, vat_permille, gross_cents, innovative)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, i+1, l.Wording, l.Category, l.Supplier, l.Net.Cents, l.VAT, l.Gross(), l.Innovative == Yes).Error
	}
	if err == nil {
		// Whoever was asked to help with the draft comes too late.
		err = db.Exec("UPDATE invitations SET revoked_at = ?, email = '', token_hash = NULL WHERE application_id = ? AND accepted_at IS NULL AND revoked_at IS NULL",
			tx.Now, s.Draft).Error
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("freeze draft %d: %w", s.Draft, err)
	}
	return r, d.Application.move(ctx, tx, by, transition{
		act: ActSubmit, to: Submitted, role: string(Holder), submission: r.SHA256,
		set: map[string]any{"number": number, "submitted_at": tx.Now},
	})
}

// nextNumber takes the next number of the year of Paris: a submission that is
// refused gives it back, as it was in the same transaction.
func nextNumber(ctx context.Context, tx *models.Tx) (string, error) {
	year := tx.Now.Paris().Year()
	var n int
	err := tx.DB.WithContext(ctx).Raw(`INSERT INTO application_numbers (year, last) VALUES (?, 1)
		ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last`, year).Scan(&n).Error
	if err != nil {
		return "", fmt.Errorf("take a number: %w", err)
	}
	return fmt.Sprintf("%d-%04d", year, n), nil
}

// receiptOf is the receipt of the newest submission of an application.
func receiptOf(ctx context.Context, tx *models.Tx, application models.ID) (r Receipt, err error) {
	err = tx.DB.WithContext(ctx).Raw(`
		SELECT s.application_id, a.number, s.number AS version, s.sha256, s.content, s.submitted_at
		  FROM submissions s
		  JOIN applications a ON a.id = s.application_id
		 WHERE s.application_id = ? ORDER BY s.number DESC LIMIT 1`, application).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Receipt{}, ErrUnknown
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("read a receipt: %w", err)
	}
	return r, nil
}
