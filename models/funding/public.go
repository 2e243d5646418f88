package funding

import (
	"context"
	"fmt"

	"passerelle/models"
)

// Money is where the envelope of a call stands.
type Money struct {
	Total     models.Cents `gorm:"column:total_cents"`
	Committed models.Cents `gorm:"column:committed_cents"`
	Projects  int          `gorm:"column:projects"`  // awarded
	InReview  models.Cents `gorm:"column:in_review"` // asked for, not decided; proposed where it is
	Files     int          `gorm:"column:files"`     // not decided
}

const moneyColumns = `coalesce(v.total_cents, 0) AS total_cents, coalesce(v.committed_cents, 0) AS committed_cents,
	(SELECT count(*) FROM applications a WHERE a.call_id = c.id AND a.granted_cents > 0) AS projects,
	(SELECT coalesce(sum(CASE a.state WHEN 'in_decision' THEN a.proposed_cents ELSE a.requested_cents END), 0) FROM applications a
	  WHERE a.call_id = c.id AND a.state IN ('submitted', 'in_review', 'to_complete', 'in_decision')) AS in_review,
	(SELECT count(*) FROM applications a
	  WHERE a.call_id = c.id AND a.state IN ('submitted', 'in_review', 'to_complete', 'in_decision')) AS files`

// CallView is a call with its money, at one instant.
type CallView struct {
	Call  `gorm:"embedded"`
	Money `gorm:"embedded"`
	At    models.Time `gorm:"-"`
	Phase Phase       `gorm:"-"`
}

// Award is a funded project, with what is public of it.
type Award struct {
	ID           models.ID    `gorm:"column:id"`
	Title        string       `gorm:"column:title"`
	Summary      string       `gorm:"column:summary"`
	Theme        string       `gorm:"column:theme"` // slug
	Organisation string       `gorm:"column:organisation"`
	Department   string       `gorm:"column:department"`
	Amount       models.Cents `gorm:"column:granted_cents"`
	DecidedAt    models.Time  `gorm:"column:decided_at"`
	Call         string       `gorm:"column:call_slug"`
	CallTitle    string       `gorm:"column:call_title"`
	Demo         bool         `gorm:"column:demo"`
	Details      Details      `gorm:"column:details"`
}

// ThemeName is the label of the award's theme.
func (a Award) ThemeName() string { return a.Details.Theme(a.Theme) }

// ThemeSum is what was awarded on one theme of a call.
type ThemeSum struct {
	Theme  string       `gorm:"column:theme"` // slug
	Amount models.Cents `gorm:"column:amount"`
	Count  int          `gorm:"column:count"`
}

// AwardsPerPage is how many funded projects a page lists.
const AwardsPerPage = 20

// Overview is the public page of funding.
type Overview struct {
	At      models.Time
	Next    models.Time // when it reads differently
	Calls   []CallView  // open ones first, then those to come, then closed ones
	Awards  []Award     // one page
	Awarded Awarded
}

// Awarded sums up what was funded.
type Awarded struct {
	Count  int
	Amount models.Cents `gorm:"column:awarded"`
	Bodies int          // that were awarded something
}

// Overview reads the calls and one page of what was funded.
func (k *Desk) Overview(ctx context.Context, page int) (o Overview, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		o.At = tx.Now
		if o.Calls, err = views(ctx, tx, "1 = 1"); err != nil {
			return err
		}
		calls := make([]Call, len(o.Calls))
		for i, c := range o.Calls {
			calls[i] = c.Call
		}
		o.Next = nextChange(calls, tx.Now)
		err = tx.DB.Raw(`SELECT count(*) AS count, coalesce(sum(granted_cents), 0) AS awarded, count(DISTINCT organisation_id) AS bodies
			FROM applications WHERE granted_cents > 0`).Take(&o.Awarded).Error
		if err != nil {
			return fmt.Errorf("count the awards: %w", err)
		}
		o.Awards, err = awards(ctx, tx, 0, page)
		return err
	})
	return o, err
}

// CallPage is the public page of one call.
type CallPage struct {
	CallView
	Awards []Award // the latest
	Themes []ThemeSum
}

// Call reads the public page of a call. Refuses with ErrUnknownCall.
func (k *Desk) Call(ctx context.Context, slug string) (p CallPage, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		found, err := views(ctx, tx, "c.slug = ?", slug)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ErrUnknownCall
		}
		p.CallView = found[0]
		if p.Awards, err = awards(ctx, tx, p.ID, 1); err != nil {
			return err
		}
		err = tx.DB.Raw(`SELECT theme, sum(granted_cents) AS amount, count(*) AS count FROM applications
			WHERE call_id = ? AND granted_cents > 0 GROUP BY theme ORDER BY amount DESC, theme`, p.ID).Find(&p.Themes).Error
		if err != nil {
			return fmt.Errorf("sum the awards by theme: %w", err)
		}
		return nil
	})
	return p, err
}

func views(ctx context.Context, tx *models.Tx, where string, args ...any) (list []CallView, err error) {
	args = append(args, tx.Now, tx.Now)
	err = tx.DB.WithContext(ctx).Raw(`
		SELECT `+callColumns+`, `+moneyColumns+`
		  FROM calls c
		  LEFT JOIN envelopes v ON v.call_id = c.id
		 WHERE `+where+`
		 ORDER BY CASE WHEN coalesce(c.closed_early_at, c.closes_at) <= ? THEN 2 WHEN c.opens_at > ? THEN 1 ELSE 0 END, c.closes_at DESC, c.id
		 LIMIT 100`, args...).Find(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read the calls: %w", err)
	}
	for i := range list {
		list[i].At, list[i].Phase = tx.Now, list[i].PhaseAt(tx.Now)
	}
	return list, nil
}

// awards are notified when they commit: the applicant's page shows them then.
func awards(ctx context.Context, tx *models.Tx, call models.ID, page int) (list []Award, err error) {
	err = tx.DB.WithContext(ctx).Raw(`
		SELECT a.id, a.title, a.summary, a.theme, a.body_name AS organisation, a.body_department AS department, a.granted_cents, a.decided_at,
		       c.slug AS call_slug, c.title AS call_title, c.demo, c.details
		  FROM applications a
		  JOIN calls c ON c.id = a.call_id
		 WHERE a.granted_cents > 0 AND (? = 0 OR a.call_id = ?)
		 ORDER BY a.decided_at DESC, a.id DESC LIMIT ? OFFSET ?`,
		call, call, AwardsPerPage, (page-1)*AwardsPerPage).Find(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read the awards: %w", err)
	}
	return list, nil
}
