package funding

import (
	"context"
	"encoding/json"
	"fmt"

	"passerelle/models"
)

// Draft is all that the team of a draft sees of it.
type Draft struct {
	At          models.Time // when it was read
	Application Application
	Role        TeamRole // of whoever looks
	Call        Call
	Contents
	Saved       map[Step]Save // the newest save of each step
	Members     []Member
	Invitations []Invitation // that still wait for an answer
	Verified    bool         // somebody confirmed that the holder belongs to the organisation
}

// Contents are the six steps that hold something.
type Contents struct {
	Answers   Answers
	Body      Body
	Team      Team
	Project   Project
	Budget    Budget
	Financing Financing
}

// Save is one save of one step.
type Save struct {
	Step    Step        `gorm:"column:step"`
	Version int64       `gorm:"column:version"`
	Content string      `gorm:"column:content"`
	By      models.ID   `gorm:"column:saved_by"`
	Name    string      `gorm:"column:name"` // of whoever saved
	At      models.Time `gorm:"column:saved_at"`
}

// Member is somebody of the team.
type Member struct {
	AccountID models.ID   `gorm:"column:account_id"`
	Name      string      `gorm:"column:name"`
	Role      TeamRole    `gorm:"column:role"`
	JoinedAt  models.Time `gorm:"column:joined_at"`
}

// Draft reads a draft of one's own team, or the application that it became.
func (k *Desk) Draft(ctx context.Context, by models.Actor, id models.ID) (d Draft, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		d, err = readDraft(ctx, tx, by, id)
		return err
	})
	return d, err
}

func readDraft(ctx context.Context, tx *models.Tx, by models.Actor, id models.ID) (d Draft, err error) {
	a, err := mine(ctx, tx, by, "a.id = ?", id)
	if err != nil {
		return Draft{}, err
	}
	d.At, d.Application, d.Role = tx.Now, a.Application, a.Role
	if d.Call, err = callBy(ctx, tx, "c.id = ?", a.CallID); err != nil {
		return Draft{}, err
	}
	saves, err := newestSaves(ctx, tx, id)
	if err != nil {
		return Draft{}, err
	}
	d.Saved = map[Step]Save{}
	for _, s := range saves {
		d.Saved[s.Step] = s
		if err := d.read(s.Step, s.Content); err != nil {
			return Draft{}, err
		}
	}
	if d.Members, err = members(ctx, tx, id); err != nil {
		return Draft{}, err
	}
	if d.Invitations, err = waiting(ctx, tx, id); err != nil {
		return Draft{}, err
	}
	err = tx.DB.Raw("SELECT count(*) FROM memberships WHERE account_id = ? AND organisation_id = ? AND verified = 1",
		a.HolderID, a.OrganisationID).Scan(&d.Verified).Error
	if err != nil {
		return Draft{}, fmt.Errorf("read a membership: %w", err)
	}
	return d, nil
}

func newestSaves(ctx context.Context, tx *models.Tx, id models.ID) (saves []Save, err error) {
	err = tx.DB.WithContext(ctx).Raw(`
		SELECT s.step, s.version, s.content, s.saved_by, a.name, s.saved_at
		  FROM draft_steps s
		  LEFT JOIN accounts a ON a.id = s.saved_by
		 WHERE s.application_id = ?
		   AND s.version = (SELECT max(version) FROM draft_steps WHERE application_id = s.application_id AND step = s.step)`, id).
		Find(&saves).Error
	if err != nil {
		return nil, fmt.Errorf("read the steps of draft %d: %w", id, err)
	}
	return saves, nil
}

func members(ctx context.Context, tx *models.Tx, id models.ID) (team []Member, err error) {
	err = tx.DB.WithContext(ctx).Raw(`
		SELECT m.account_id, a.name, m.role, m.joined_at
		  FROM application_members m
		  JOIN accounts a ON a.id = m.account_id
		 WHERE m.application_id = ?
		 ORDER BY m.role = 'holder' DESC, m.joined_at`, id).Find(&team).Error
	if err != nil {
		return nil, fmt.Errorf("read the team of draft %d: %w", id, err)
	}
	return team, nil
}

// read decodes what one step holds.
func (c *Contents) read(step Step, content string) error {
	into := map[Step]any{
		StepEligibility: &c.Answers, StepOrganisation: &c.Body, StepTeam: &c.Team,
		StepProject: &c.Project, StepBudget: &c.Budget, StepFinancing: &c.Financing,
	}[step]
	if err := json.Unmarshal([]byte(content), into); err != nil {
		return fmt.Errorf("read step %s: %w", step, err)
	}
	return nil
}

// Of is what a step holds, nil for the last one.
func (c Contents) Of(step Step) Content {
	switch step {
	case StepEligibility:
		return c.Answers
	case StepOrganisation:
		return c.Body
	case StepTeam:
		return c.Team
	case StepProject:
		return c.Project
	case StepBudget:
		return c.Budget
	case StepFinancing:
		return c.Financing
	}
	return nil
}

// with is the same with one step replaced.
func (c Contents) with(content Content) Contents {
	switch v := content.(type) {
	case Answers:
		c.Answers = v
	case Body:
		c.Body = v
	case Team:
		c.Team = v
	case Project:
		c.Project = v
	case Budget:
		c.Budget = v
	case Financing:
		c.Financing = v
	}
	return c
}

// Missing is what keeps a step from being submitted at an instant: its own
// rules, and those that it shares with other steps.
func (c Contents) Missing(call Call, step Step, now models.Time) models.Problems {
	content := c.Of(step)
	if content == nil {
		return nil
	}
	p := content.check(call, true)
	switch step {
	case StepEligibility:
		if v := call.Judge(c.Answers); len(p) == 0 && v.Outcome == NotEligible {
			p = append(p, v.Rules...)
		}
	case StepOrganisation:
		p.If(c.Body.Kind != "" && c.Answers.Bearer != "" && c.Body.Kind != c.Answers.Bearer, "kind", "funding.kind_differs")
	case StepProject:
		p.If(c.Project.Start != "" && c.Project.Start < DayOf(now), "start", "funding.start_past")
	case StepFinancing:
		c.balance(&p)
	}
	return p
}

// balance notes a request that passes the total, or a plan that does not add
// up to it. Without a budget there is nothing to compare with.
func (c Contents) balance(p *models.Problems) {
	f, total := c.Financing, c.Budget.Total()
	if !f.Requested.Given || !f.Own.Given || total <= 0 {
		return
	}
	plan := f.Requested.Cents + f.Own.Cents + f.Other.Cents
	over := f.Requested.Cents > total
	p.If(over, "requested", "funding.over_total", total)
	p.If(!over && plan != total, "own", "funding.plan", plan, total)
}
