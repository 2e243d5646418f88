package funding

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// State is where an application stands; app/ui has the French word of each.
type State string

// The states that the transitions of this package reach.
const (
	DraftState State = "draft"
	Submitted  State = "submitted"
	InReview   State = "in_review"
	InDecision State = "in_decision"
	Granted    State = "granted"
	Refused    State = "refused"
	Dropped    State = "dropped"
	Withdrawn  State = "withdrawn"
)

// ToComplete is reached by a request for completion (T5).
const ToComplete State = "to_complete"

// Undecided tells whether an application is on the desk, before any decision.
func (s State) Undecided() bool {
	return s == Submitted || s == InReview || s == ToComplete || s == InDecision
}

// Application is one request for money under a call (dossier).
type Application struct {
	ID             models.ID    `gorm:"column:id;primaryKey"`
	CallID         models.ID    `gorm:"column:call_id"`
	Number         string       `gorm:"column:number"` // empty while a draft
	State          State        `gorm:"column:state"`
	Version        int64        `gorm:"column:version"` // grows by one at every change
	HolderID       models.ID    `gorm:"column:holder_id"`
	OrganisationID models.ID    `gorm:"column:organisation_id"` // zero until the draft names it
	Body           string       `gorm:"column:body_name"`       // the organisation's name, as this application declares it
	Eligibility    Outcome      `gorm:"column:eligibility"`
	Title          string       `gorm:"column:title"`
	Summary        string       `gorm:"column:summary"`
	Theme          string       `gorm:"column:theme"`
	Total          models.Cents `gorm:"column:total_cents"`
	Requested      models.Cents `gorm:"column:requested_cents"`
	Proposed       models.Cents `gorm:"column:proposed_cents"`
	Granted        models.Cents `gorm:"column:granted_cents"`
	CreatedAt      models.Time  `gorm:"column:created_at"`
	UpdatedAt      models.Time  `gorm:"column:updated_at"`
	SubmittedAt    models.Time  `gorm:"column:submitted_at"`
	DecidedAt      models.Time  `gorm:"column:decided_at"`
}

// applicationColumns are those of an Application, named in each SELECT.
const applicationColumns = `a.id, a.call_id, a.number, a.state, a.version, a.holder_id, a.organisation_id, a.body_name, a.eligibility, a.title, a.summary,
	a.theme, a.total_cents, a.requested_cents, a.proposed_cents, a.granted_cents, a.created_at, a.updated_at, a.submitted_at, a.decided_at`

// TeamRole is what somebody is in the team of an application.
type TeamRole string

// The roles in a team. Only the holder submits and withdraws.
const (
	Holder   TeamRole = "holder"
	CoHolder TeamRole = "co_holder"
	Reader   TeamRole = "reader"
)

// ofTeam is an application as somebody of its team has it.
type ofTeam struct {
	Application `gorm:"embedded"`
	Role        TeamRole `gorm:"column:role"`
}

// mine reads an application by its team; to anybody else it does not exist.
func mine(ctx context.Context, tx *models.Tx, by models.Actor, where string, arg any) (ofTeam, error) {
	var a ofTeam
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT `+applicationColumns+`, m.role
		  FROM applications a
		  JOIN application_members m ON m.application_id = a.id AND m.account_id = ?
		 WHERE `+where, by.ID, arg).Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return ofTeam{}, ErrUnknown
	}
	if err != nil {
		return ofTeam{}, fmt.Errorf("read an application of one's own: %w", err)
	}
	return a, nil
}

// onDesk is an application as somebody of the desk has it: what they hold on
// its call, and what bears on whether they may act.
type onDesk struct {
	Application     `gorm:"embedded"`
	Reviewer        bool         `gorm:"column:reviewer"`
	Lead            bool         `gorm:"column:lead"`
	Decider         bool         `gorm:"column:decider"`
	Interested      bool         `gorm:"column:interested"`   // of the team, or of the applying organisation
	Assigned        bool         `gorm:"column:assigned"`     // reviews this application
	HasProposed     bool         `gorm:"column:has_proposed"` // now or before
	Declared        bool         `gorm:"column:declared"`     // the holder's membership waits for being verified
	SubmissionID    models.ID    `gorm:"column:submission_id"`
	SubmissionHash  string       `gorm:"column:submission_hash"`
	ProposalID      models.ID    `gorm:"column:proposal_id"` // the one that waits for a decision
	ProposalVersion int64        `gorm:"column:proposal_version"`
	ProposalOf      models.ID    `gorm:"column:proposal_submission"`
	CallCap         models.Cents `gorm:"column:call_cap"`
}

// find reads an application by its number, as by sees it on the desk. Whoever
// holds no role on its call learns nothing of it; an administrator neither.
func find(ctx context.Context, tx *models.Tx, by models.Actor, number string) (onDesk, error) {
	var a onDesk
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT `+applicationColumns+`, c.cap_cents AS call_cap,
		       EXISTS (SELECT 1 FROM roles r WHERE r.account_id = @by AND r.scope_id = a.call_id AND r.role = 'reviewer') AS reviewer,
		       EXISTS (SELECT 1 FROM roles r WHERE r.account_id = @by AND r.scope_id = a.call_id AND r.role = 'lead_reviewer') AS lead,
		       EXISTS (SELECT 1 FROM roles r WHERE r.account_id = @by AND r.scope_id = a.call_id AND r.role = 'decider') AS decider,
		       EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = @by AND m.organisation_id = a.organisation_id)
		       OR EXISTS (SELECT 1 FROM application_members m WHERE m.account_id = @by AND m.application_id = a.id) AS interested,
		       EXISTS (SELECT 1 FROM assignments s WHERE s.reviewer_id = @by AND s.application_id = a.id) AS assigned,
		       EXISTS (SELECT 1 FROM proposals q WHERE q.proposed_by = @by AND q.application_id = a.id) AS has_proposed,
		       EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = a.holder_id AND m.organisation_id = a.organisation_id AND m.verified = 0) AS declared,
		       s.id AS submission_id, s.sha256 AS submission_hash,
		       p.id AS proposal_id, p.version AS proposal_version, p.submission_id AS proposal_submission
		  FROM applications a
		  JOIN calls c ON c.id = a.call_id
		  JOIN submissions s ON s.application_id = a.id
		   AND s.number = (SELECT max(number) FROM submissions WHERE application_id = a.id)
		  LEFT JOIN proposals p ON p.application_id = a.id AND p.ended_at IS NULL
		 WHERE a.number = @number AND a.number <> ''
		   AND EXISTS (SELECT 1 FROM roles r WHERE r.account_id = @by AND r.scope_id = a.call_id
		                AND r.role IN ('reviewer', 'lead_reviewer', 'decider', 'auditor'))`,
		map[string]any{"by": by.ID, "number": number}).Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return onDesk{}, ErrUnknown
	}
	if err != nil {
		return onDesk{}, fmt.Errorf("read an application on the desk: %w", err)
	}
	return a, nil
}

// as is the role under which somebody of the desk reviews.
func (a onDesk) as() string {
	if a.Lead {
		return string(models.LeadReviewer)
	}
	return string(models.Reviewer)
}

// transition is one step of the machine.
type transition struct {
	act        Act
	to         State
	role       string // as what they act
	set        map[string]any
	amount     models.Cents
	submission string // SHA-256
	code       string
	reason     string
}

// move makes a transition: the application changes if it is still as it was
// read, one event is chained, one change recorded. ErrStale when it was
// overtaken.
func (a *Application) move(ctx context.Context, tx *models.Tx, by models.Actor, t transition) error {
	set := map[string]any{"state": t.to, "version": a.Version + 1, "updated_at": tx.Now}
	for column, value := range t.set {
		set[column] = value
	}
	done := tx.DB.WithContext(ctx).Table("applications").
		Where("id = ? AND state = ? AND version = ?", a.ID, a.State, a.Version).Updates(set)
	if done.Error != nil {
		return fmt.Errorf("move application %d: %w", a.ID, done.Error)
	}
	if done.RowsAffected == 0 {
		return ErrStale
	}
	from := a.State
	a.State, a.Version = t.to, a.Version+1
	event := Event{
		ApplicationID: a.ID, At: tx.Now, ActorID: by.ID, Role: t.role, Act: t.act, From: from, To: t.to, Version: a.Version,
		Amount: t.amount, Submission: t.submission, Code: t.code, Reason: t.reason,
	}
	if err := event.chain(ctx, tx); err != nil {
		return err
	}
	return tx.Record(ctx, by, t.act.change(), a.ID, models.About{"call": a.CallID, "from": string(from), "state": string(t.to)})
}
