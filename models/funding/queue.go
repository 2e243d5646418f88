package funding

import (
	"context"
	"fmt"
	"strings"

	"passerelle/models"
)

// QueueView is a saved view of the desk.
type QueueView string

// The views, in the order of their tabs.
const (
	ViewMine       QueueView = "miens"   // what waits for me
	ViewRunning    QueueView = "cours"   // not decided
	ViewToDecide   QueueView = "decider" // proposed
	ViewUnassigned QueueView = "sans"    // nobody reviews it
	ViewClosed     QueueView = "clos"    // decided, dropped, withdrawn
)

// QueueViews are all, in order.
var QueueViews = []QueueView{ViewMine, ViewRunning, ViewToDecide, ViewUnassigned, ViewClosed}

// QueueFilter narrows a view; its zero value is the whole of « what waits for
// me ».
type QueueFilter struct {
	View     QueueView
	Says     func(text, content string) bool // of an application's head and the JSON that was submitted; nil: whatever they say
	State    State
	Reviewer models.ID
	Order    QueueOrder
	Page     int // from 1
}

// QueueOrder sorts the desk.
type QueueOrder string

// The orders; the oldest first is the desk's own.
const (
	OldestFirst  QueueOrder = ""
	NewestFirst  QueueOrder = "recents"
	DearestFirst QueueOrder = "montant"
	ByNumber     QueueOrder = "numero"
)

var queueOrders = map[QueueOrder]string{
	OldestFirst: "a.submitted_at, a.id", NewestFirst: "a.submitted_at DESC, a.id DESC",
	DearestFirst: "a.requested_cents DESC, a.id", ByNumber: "a.number, a.id",
}

// QueuePage is how many rows the desk shows at once.
const QueuePage = 25

// Row is one application in the desk's table.
type Row struct {
	Number       string       `gorm:"column:number"`
	Title        string       `gorm:"column:title"`
	Organisation string       `gorm:"column:organisation"`
	State        State        `gorm:"column:state"`
	Requested    models.Cents `gorm:"column:requested_cents"`
	SubmittedAt  models.Time  `gorm:"column:submitted_at"`
	Reviewers    string       `gorm:"column:reviewers"` // names, joined by commas
	ByMe         bool         `gorm:"column:by_me"`
	Interested   bool         `gorm:"column:interested"` // I belong to the applicant
	Decide       bool         `gorm:"column:decide"`     // waits for my decision
	Verified     bool         `gorm:"column:verified"`
	ToCheck      bool         `gorm:"column:to_check"` // eligibility
	CallTitle    string       `gorm:"column:call_title"`
}

// Queue is one page of the desk, with its figures.
type Queue struct {
	At        models.Time
	Rows      []Row
	Found     int // rows of this view and filter
	Counts    map[QueueView]int
	Running   int
	Available models.Cents // in the envelopes of my calls
	Reviewers []Person     // who reviews on my calls
}

// Person is an account by its name.
type Person struct {
	ID   models.ID `gorm:"column:id"`
	Name string    `gorm:"column:name"`
}

// deskRows is what somebody sees on the desk: the submitted applications of
// the calls on which they hold a role.
const deskRows = `
	  FROM applications a
	  JOIN calls c ON c.id = a.call_id
	 WHERE a.state <> 'draft'
	   AND EXISTS (SELECT 1 FROM roles r WHERE r.account_id = @by AND r.scope_id = a.call_id
	                AND r.role IN ('reviewer', 'lead_reviewer', 'decider', 'auditor'))`

const interested = `(EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = @by AND m.organisation_id = a.organisation_id)
	OR EXISTS (SELECT 1 FROM application_members m WHERE m.account_id = @by AND m.application_id = a.id))`

// decidable: proposed by somebody else, and mine to decide.
const decidable = `(a.state = 'in_decision' AND NOT ` + interested + `
	AND EXISTS (SELECT 1 FROM roles r WHERE r.account_id = @by AND r.scope_id = a.call_id AND r.role = 'decider')
	AND NOT EXISTS (SELECT 1 FROM proposals q WHERE q.application_id = a.id AND q.proposed_by = @by))`

var viewConditions = map[QueueView]string{
	ViewMine: `(` + decidable + ` OR a.state IN ('in_review', 'to_complete')
		AND EXISTS (SELECT 1 FROM assignments s WHERE s.application_id = a.id AND s.reviewer_id = @by))`,
	ViewRunning:    `a.state IN ('submitted', 'in_review', 'to_complete', 'in_decision')`,
	ViewToDecide:   `a.state = 'in_decision'`,
	ViewUnassigned: `(a.state = 'submitted' AND NOT EXISTS (SELECT 1 FROM assignments s WHERE s.application_id = a.id))`,
	ViewClosed:     `a.state NOT IN ('draft', 'submitted', 'in_review', 'to_complete', 'in_decision')`,
}

// Queue reads one page of the desk. Refuses with ErrUnknown whoever holds no
// role on any call: an administrator has no desk.
func (k *Desk) Queue(ctx context.Context, by models.Actor, f QueueFilter) (q Queue, err error) {
	if by.ID <= 0 {
		return Queue{}, models.ErrLogIn
	}
	if viewConditions[f.View] == "" {
		f.View = ViewMine
	}
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		q = Queue{At: tx.Now, Counts: map[QueueView]int{}}
		if err := onlyDesk(ctx, tx, by); err != nil {
			return err
		}
		if err := q.count(ctx, tx, by); err != nil {
			return err
		}
		return q.rows(ctx, tx, by, f)
	})
	return q, err
}

func onlyDesk(ctx context.Context, tx *models.Tx, by models.Actor) error {
	var n int64
	err := tx.DB.WithContext(ctx).Raw("SELECT count(*) FROM roles WHERE account_id = ? AND role IN ('reviewer', 'lead_reviewer', 'decider', 'auditor')",
		by.ID).Scan(&n).Error
	if err != nil {
		return fmt.Errorf("read the roles on calls: %w", err)
	}
	if n == 0 {
		return ErrUnknown
	}
	return nil
}

func (q *Queue) count(ctx context.Context, tx *models.Tx, by models.Actor) error {
	db, arg := tx.DB.WithContext(ctx), map[string]any{"by": by.ID}
	var sums []string
	for _, v := range QueueViews {
		sums = append(sums, "count(*) FILTER (WHERE "+viewConditions[v]+") AS "+string(v))
	}
	var n struct{ Miens, Cours, Decider, Sans, Clos int }
	if err := db.Raw("SELECT "+strings.Join(sums, ", ")+deskRows, arg).Take(&n).Error; err != nil {
		return fmt.Errorf("count the desk: %w", err)
	}
	q.Counts = map[QueueView]int{ViewMine: n.Miens, ViewRunning: n.Cours, ViewToDecide: n.Decider, ViewUnassigned: n.Sans, ViewClosed: n.Clos}
	q.Running = n.Cours
	err := db.Raw(`SELECT coalesce(sum(v.total_cents - v.committed_cents), 0) FROM envelopes v
		WHERE EXISTS (SELECT 1 FROM roles r WHERE r.account_id = @by AND r.scope_id = v.call_id AND r.role IN ('reviewer', 'lead_reviewer', 'decider', 'auditor'))`,
		arg).Scan(&q.Available).Error
	if err == nil {
		err = db.Raw(`SELECT DISTINCT b.id, b.name FROM roles r JOIN accounts b ON b.id = r.account_id
			WHERE r.role IN ('reviewer', 'lead_reviewer') AND b.name <> ''
			  AND r.scope_id IN (SELECT scope_id FROM roles WHERE account_id = @by AND role IN ('reviewer', 'lead_reviewer', 'decider', 'auditor'))
			ORDER BY b.name LIMIT 200`, arg).Find(&q.Reviewers).Error
	}
	if err != nil {
		return fmt.Errorf("read the figures of the desk: %w", err)
	}
	return nil
}

func (q *Queue) rows(ctx context.Context, tx *models.Tx, by models.Actor, f QueueFilter) error {
	where := deskRows + " AND " + viewConditions[f.View]
	arg := map[string]any{"by": by.ID, "state": f.State, "reviewer": f.Reviewer, "limit": QueuePage, "offset": (max(f.Page, 1) - 1) * QueuePage}
	if f.State != "" {
		where += " AND a.state = @state"
	}
	if f.Reviewer != 0 {
		where += " AND EXISTS (SELECT 1 FROM assignments s WHERE s.application_id = a.id AND s.reviewer_id = @reviewer)"
	}
	if f.Says != nil {
		ids, err := saying(ctx, tx, where, arg, f.Says)
		if err != nil {
			return err
		}
		where += " AND a.id IN @ids"
		arg["ids"] = ids
	}
	order, known := queueOrders[f.Order]
	if !known {
		order = queueOrders[OldestFirst]
	}
	db := tx.DB.WithContext(ctx)
	err := db.Raw("SELECT count(*)"+where, arg).Scan(&q.Found).Error
	if err == nil {
		err = db.Raw(`
			SELECT a.number, a.title, a.body_name AS organisation, a.state, a.requested_cents, a.submitted_at, c.title AS call_title,
			       a.eligibility = 'to_check' AS to_check,
			       coalesce((SELECT group_concat(b.name, ', ') FROM assignments s JOIN accounts b ON b.id = s.reviewer_id
			                  WHERE s.application_id = a.id), '') AS reviewers,
			       EXISTS (SELECT 1 FROM assignments s WHERE s.application_id = a.id AND s.reviewer_id = @by) AS by_me,
			       EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = a.holder_id AND m.organisation_id = a.organisation_id
			                AND m.verified = 1) AS verified,
			       `+interested+` AS interested, `+decidable+` AS decide`+where+`
			 ORDER BY `+order+` LIMIT @limit OFFSET @offset`, arg).Find(&q.Rows).Error
	}
	if err != nil {
		return fmt.Errorf("read the desk: %w", err)
	}
	return nil
}

// saying are the applications whose texts say what is looked for: number, title,
// summary, organisation, and what was last submitted.
func saying(ctx context.Context, tx *models.Tx, where string, arg map[string]any, says func(text, content string) bool) ([]models.ID, error) {
	rows, err := tx.DB.WithContext(ctx).Raw(`
		SELECT a.id, a.number || char(10) || a.title || char(10) || a.body_name || char(10) || a.summary,
		       coalesce((SELECT s.content FROM submissions s WHERE s.application_id = a.id ORDER BY s.number DESC LIMIT 1), '')`+
		where, arg).Rows()
	if err != nil {
		return nil, fmt.Errorf("read the texts of the desk: %w", err)
	}
	defer rows.Close()
	ids := []models.ID{0} // none
	for rows.Next() {
		var id models.ID
		var head, content string
		if err := rows.Scan(&id, &head, &content); err != nil {
			return nil, fmt.Errorf("read the texts of the desk: %w", err)
		}
		if says(head, content) {
			ids = append(ids, id)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the texts of the desk: %w", err)
	}
	return ids, nil
}
