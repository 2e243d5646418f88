package portal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"passerelle/content"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/forum"
	"passerelle/models/funding"
)

// Where the demonstration's data stand; they are embedded, whatever the
// content folder.
const (
	demoForums   = "demo/forums.yaml"
	demoThreads  = "demo/forums.jsonl"
	demoProjects = "demo/applications.jsonl"
	demoCall     = "calls/demonstration.md"
	demoLab      = "ti-lab"
	demoProposal = "demo-supprimer-question" // of the threads
	demoAnswer   = "La Mission de démonstration retient cette proposition\u00a0: chacun de ses formulaires sera relu d’ici à la fin du semestre, " +
		"et une question au moins en sera retirée, ou son maintien expliqué. Le bilan paraîtra dans ce fil."
)

// SeedDemo adds the demonstration to a folder that has none: people, forums,
// an open call and its desk. It can be run again after having been cut short.
func (p *Portal) SeedDemo(ctx context.Context) error {
	done, err := p.demoDone(ctx)
	if err != nil || done {
		return err
	}
	people, err := p.Accounts.SeedDemo(ctx)
	if err != nil {
		return err
	}
	if err := p.seedForums(ctx); err != nil {
		return err
	}
	if err := p.seedAnswer(ctx, people); err != nil {
		return err
	}
	if err := p.seedDesk(ctx, people); err != nil {
		return err
	}
	return p.Store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.Record(ctx, models.System, "demo.seeded", 0)
	})
}

// demoDone tells whether the demonstration was added whole, here, before.
func (p *Portal) demoDone(ctx context.Context) (done bool, err error) {
	err = p.Store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT count(*) > 0 FROM changes WHERE kind = 'demo.seeded'").Scan(&done).Error
	})
	if err != nil {
		return false, fmt.Errorf("look for the demonstration: %w", err)
	}
	return done, nil
}

func (p *Portal) seedForums(ctx context.Context) error {
	file, err := content.Embedded.ReadFile(demoForums)
	if err != nil {
		return fmt.Errorf("read the demonstration's forums: %w", err)
	}
	seeds, err := forum.ReadSeeds(bytes.NewReader(file))
	if err != nil {
		return err
	}
	if err := p.Forums.SeedForums(ctx, seeds); err != nil {
		return err
	}
	lines, err := readDemoThreads()
	if err != nil {
		return err
	}
	shift := daysToYesterday(lines, p.Store.Now())
	for _, line := range lines {
		line.CreatedAt = line.CreatedAt.In(models.Paris).AddDate(0, 0, shift)
		for i := range line.Posts {
			line.Posts[i].CreatedAt = line.Posts[i].CreatedAt.In(models.Paris).AddDate(0, 0, shift)
		}
		if _, err := p.Forums.Import(ctx, line); err != nil {
			return fmt.Errorf("import thread %s of the demonstration: %w", line.Key, err)
		}
	}
	return nil
}

// seedAnswer lets the demonstration's agent answer a proposal, officially.
func (p *Portal) seedAnswer(ctx context.Context, people map[string]models.ID) error {
	var thread models.ID
	err := p.Store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.WithContext(ctx).Raw("SELECT id FROM threads WHERE import_key = ?", demoProposal).Scan(&thread).Error
	})
	if err != nil {
		return fmt.Errorf("find thread %s of the demonstration: %w", demoProposal, err)
	}
	posted, err := p.Forums.Reply(ctx, models.Actor{ID: people["agent"]}, forum.NewPost{Thread: thread, Key: demoProposal, Body: demoAnswer})
	if err != nil {
		return fmt.Errorf("answer in the demonstration: %w", err)
	}
	_, err = p.Forums.MakeOfficial(ctx, models.Actor{ID: people["moderateur"]}, posted.Post, "Mission de démonstration")
	return err
}

func readDemoThreads() (lines []forum.Line, err error) {
	file, err := content.Embedded.ReadFile(demoThreads)
	if err != nil {
		return nil, fmt.Errorf("read the demonstration's threads: %w", err)
	}
	scanner := bufio.NewScanner(bytes.NewReader(file))
	scanner.Buffer(nil, maxLine)
	for scanner.Scan() {
		var line forum.Line
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("read the demonstration's threads: %w", err)
		}
		lines = append(lines, line)
	}
	return lines, scanner.Err()
}

// daysToYesterday is by how many days the threads are moved so that the last
// post is of yesterday: a debate of today, whenever the folder was seeded.
func daysToYesterday(lines []forum.Line, now models.Time) int {
	var last time.Time
	for _, line := range lines {
		for _, post := range line.Posts {
			if post.CreatedAt.After(last) {
				last = post.CreatedAt
			}
		}
	}
	day := func(t time.Time) time.Time {
		t = t.In(models.Paris)
		return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
	}
	return int(day(now.Time).Sub(day(last)).Hours()/24) - 1
}

// seedDesk opens the demonstration call now, gives its people their roles, and
// plays the applications.
func (p *Portal) seedDesk(ctx context.Context, people map[string]models.ID) error {
	file, err := content.Embedded.ReadFile(demoCall)
	if err != nil {
		return fmt.Errorf("read the demonstration's call: %w", err)
	}
	call, err := content.ParseCall(demoCall, file)
	if err != nil {
		return err
	}
	if _, err := p.Desk.LoadCall(ctx, call); err != nil {
		return err
	}
	id, err := p.Desk.CallID(ctx, call.Slug)
	if err != nil {
		return err
	}
	editor, err := p.Accounts.RightOf(ctx, "redactrice@demo.example", models.LabEditor, demoLab)
	if err != nil && !errors.Is(err, account.ErrRole) { // another content folder may have no such lab
		return err
	}
	rights := []account.Right{
		editor,
		{Account: people["instructrice"], Role: models.Reviewer, Scope: id},
		{Account: people["instructrice"], Role: models.LeadReviewer, Scope: id},
		{Account: people["decideur"], Role: models.Decider, Scope: id},
		{Account: people["decideuse2"], Role: models.Decider, Scope: id},
	}
	for _, right := range rights {
		if right.Account == 0 {
			continue
		}
		if err := p.Accounts.Grant(ctx, models.System, right); err != nil {
			return fmt.Errorf("grant %s for the demonstration: %w", right.Role, err)
		}
	}
	projects, err := fs.ReadFile(content.Embedded, demoProjects)
	if err != nil {
		return fmt.Errorf("read the demonstration's projects: %w", err)
	}
	return p.Desk.SeedDemo(ctx, funding.Demo{
		Call:   call.Slug,
		Holder: models.Actor{ID: people["porteur"]}, Holder2: models.Actor{ID: people["porteuse2"]},
		Reviewer: models.Actor{ID: people["instructrice"]},
		Decider:  models.Actor{ID: people["decideur"]}, Decider2: models.Actor{ID: people["decideuse2"]},
		Projects: bytes.NewReader(projects),
	})
}
