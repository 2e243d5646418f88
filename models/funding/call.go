package funding

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"passerelle/content"
	"passerelle/models"
)

// Call is a call for projects (guichet). Its rules are data; its window is
// [OpensAt, ClosesAt[, which an early closing shortens.
type Call struct {
	ID                models.ID    `gorm:"column:id;primaryKey"`
	Key               string       `gorm:"column:key"` // UUID, for ever
	Slug              string       `gorm:"column:slug"`
	Title             string       `gorm:"column:title"`
	Summary           string       `gorm:"column:summary"`
	Markdown          string       `gorm:"column:markdown"`
	HTML              string       `gorm:"column:html"` // sanitised
	Text              string       `gorm:"column:text"`
	OpensAt           models.Time  `gorm:"column:opens_at"`
	ClosesAt          models.Time  `gorm:"column:closes_at"`
	ClosedEarlyAt     models.Time  `gorm:"column:closed_early_at"`
	ClosedEarlyReason string       `gorm:"column:closed_early_reason"`
	Cap               models.Cents `gorm:"column:cap_cents"`    // of one project
	RatePercent       int64        `gorm:"column:rate_percent"` // of the cost, up to the cap
	Months            int          `gorm:"column:months"`       // a project lasts at most
	InnovativePercent int64        `gorm:"column:innovative_percent"`
	ExpectedMin       models.Cents `gorm:"column:expected_min_cents"`
	ExpectedMax       models.Cents `gorm:"column:expected_max_cents"`
	Details           Details      `gorm:"column:details"`
	Demo              bool         `gorm:"column:demo"`
	Path              string       `gorm:"column:path"`
	Digest            string       `gorm:"column:digest"`
	UpdatedAt         models.Time  `gorm:"column:updated_at"`
}

// TableName is the calls' table.
func (Call) TableName() string { return "calls" }

// callColumns are those of a Call, named in each SELECT.
const callColumns = `c.id, c.key, c.slug, c.title, c.summary, c.markdown, c.html, c.text, c.opens_at, c.closes_at, c.closed_early_at,
	c.closed_early_reason, c.cap_cents, c.rate_percent, c.months, c.innovative_percent, c.expected_min_cents, c.expected_max_cents,
	c.details, c.demo, c.path, c.digest, c.updated_at`

// End is when the window ends: a draft is submitted before it.
func (c Call) End() models.Time {
	if !c.ClosedEarlyAt.IsZero() && c.ClosedEarlyAt.Before(c.ClosesAt.Time) {
		return c.ClosedEarlyAt
	}
	return c.ClosesAt
}

// Phase is where a call stands in its time.
type Phase string

// The phases of a call.
const (
	Coming Phase = "coming"
	Open   Phase = "open"
	Closed Phase = "closed"
)

// PhaseAt is where the call stands at an instant.
func (c Call) PhaseAt(now models.Time) Phase {
	switch {
	case !now.Before(c.End().Time):
		return Closed
	case now.Before(c.OpensAt.Time):
		return Coming
	}
	return Open
}

// inWindow refuses what is only done while the call is open.
func (c Call) inWindow(now models.Time) error {
	switch c.PhaseAt(now) {
	case Closed:
		return ErrClosed.With(c.End())
	case Coming:
		return ErrNotOpen.With(c.OpensAt)
	}
	return nil
}

// DaysLeft is how many midnights of Paris part an instant from the last
// instant of the window: 0 on the last day.
func (c Call) DaysLeft(now models.Time) int {
	last := midnight(models.At(c.End().Add(-time.Microsecond)))
	first := midnight(now)
	// Days of 23 and 25 hours: round to whole ones.
	return max(0, int((last.Sub(first)+12*time.Hour)/(24*time.Hour)))
}

// midnight is the start of the day in Paris.
func midnight(t models.Time) time.Time {
	p := t.Paris()
	return time.Date(p.Year(), p.Month(), p.Day(), 0, 0, 0, 0, models.Paris)
}

// TextChangesAt is the next instant at which a page about the call reads
// differently: it opens, it closes, or a day of Paris ends while it is open.
func (c Call) TextChangesAt(now models.Time) models.Time {
	switch c.PhaseAt(now) {
	case Coming:
		return c.OpensAt
	case Closed:
		return models.Time{}
	}
	tomorrow := models.At(midnight(now).AddDate(0, 0, 1))
	if c.End().Before(tomorrow.Time) {
		return c.End()
	}
	return tomorrow
}

// Details are what a call says beside its figures: who may apply, on what, how
// it is judged, its rules in words, and what all this rests on.
type Details struct {
	Bearers       []content.Bearer
	Themes        []content.CallTheme
	Criteria      []content.Criterion
	Rules         []content.Rule
	Ambiguities   []string
	Sources       []content.Source
	Disagreements []content.Disagreement
}

// Rule is the sentence of a rule by its key, "" when the call has none.
func (d Details) Rule(key string) string {
	for _, r := range d.Rules {
		if r.Key == key {
			return r.Text
		}
	}
	return ""
}

// Bearer tells what the call means for a kind of body; one that it does not
// name is for a person to check.
func (d Details) Bearer(kind BodyKind) content.Bearer {
	for _, b := range d.Bearers {
		if b.Kind == string(kind) {
			return b
		}
	}
	return content.Bearer{Kind: string(kind), Verdict: content.ToCheck}
}

// Theme is the label of a theme by its slug, "" when the call has none such.
func (d Details) Theme(slug string) string {
	for _, t := range d.Themes {
		if t.Slug == slug {
			return t.Label
		}
	}
	return ""
}

// Value writes the JSON.
func (d Details) Value() (driver.Value, error) {
	b, err := json.Marshal(d)
	return string(b), err
}

// Scan reads the JSON.
func (d *Details) Scan(v any) error {
	switch v := v.(type) {
	case string:
		return json.Unmarshal([]byte(v), d)
	case []byte:
		return json.Unmarshal(v, d)
	}
	return fmt.Errorf("scan the details of a call from %T", v)
}

// GormDataType tells GORM that Details are one column.
func (Details) GormDataType() string { return "text" }

// callBy reads one call, ErrUnknownCall when there is none.
func callBy(ctx context.Context, tx *models.Tx, where string, arg any) (Call, error) {
	var c Call
	err := tx.DB.WithContext(ctx).Raw("SELECT "+callColumns+" FROM calls c WHERE "+where, arg).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Call{}, ErrUnknownCall
	}
	if err != nil {
		return Call{}, fmt.Errorf("read a call: %w", err)
	}
	return c, nil
}
