package funding

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"passerelle/models"
)

// Demo is what the demonstration desk is made of. The call must be loaded, and
// the roles on it granted: the applications are played through the real acts.
type Demo struct {
	Call     string // slug
	Holder   models.Actor
	Holder2  models.Actor
	Reviewer models.Actor // reviewer and lead reviewer
	Decider  models.Actor
	Decider2 models.Actor
	Projects io.Reader // one JSON object a line: content/demo/applications.jsonl
}

// The bodies of the demonstration: SIRET of no real one.
var (
	demoDirection  = Body{SIRET: "00000001800002", Name: "Direction de démonstration A", Kind: Deconcentrated, Department: "35"}
	demoOperator   = Body{SIRET: "00000002600005", Name: "Opérateur de démonstration B", Kind: Operator, Department: "69"}
	demoLaboratory = Body{SIRET: "00000003400009", Name: "Laboratoire de démonstration C", Kind: Laboratory, Department: "31"}
	demoMission    = Body{SIRET: "00000004200002", Name: "Mission de démonstration", Kind: Central, Department: "75"}
)

// demoProject is one line of the projects.
type demoProject struct {
	Title           string `json:"title"`
	Summary         string `json:"summary"`
	Problem         string `json:"problem"`
	Innovation      string `json:"innovation"`
	Theme           string `json:"theme"`
	Organisation    string `json:"organisation"` // a or b
	SponsorName     string `json:"sponsor_name"`
	SponsorFunction string `json:"sponsor_function"`
	HolderFunction  string `json:"holder_function"`
	Lines           []struct {
		Wording    string       `json:"wording"`
		Category   Category     `json:"category"`
		Supplier   string       `json:"supplier"`
		Net        models.Cents `json:"ht_cents"`
		VAT        VAT          `json:"vat"`
		Innovative bool         `json:"innovative"`
	} `json:"lines"`
	Requested models.Cents `json:"requested_cents"`
	Own       models.Cents `json:"own_cents"`
	Other     models.Cents `json:"other_cents"`
}

// demoEnds are where the projects stand, in the order of their lines; those
// beyond are submitted.
var demoEnds = []State{Granted, Granted, InReview, InDecision, Submitted, Refused, Dropped, Withdrawn, DraftState, Submitted, InDecision, Granted,
	DraftState, InReview}

// SeedDemo fills the demonstration desk: four bodies with their members, and
// an application in each state that can be reached. A project that is already
// there is left as it is.
func (k *Desk) SeedDemo(ctx context.Context, d Demo) error {
	if err := k.demoBodies(ctx, d); err != nil {
		return err
	}
	lines := bufio.NewScanner(d.Projects)
	lines.Buffer(nil, 1<<20)
	for i := 0; lines.Scan(); i++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var project demoProject
		if err := json.Unmarshal(lines.Bytes(), &project); err != nil {
			return fmt.Errorf("read project %d of the demonstration: %w", i+1, err)
		}
		end := Submitted
		if i < len(demoEnds) {
			end = demoEnds[i]
		}
		if err := k.playProject(ctx, d, project, i, end); err != nil {
			return fmt.Errorf("play project %d of the demonstration: %w", i+1, err)
		}
	}
	return lines.Err()
}

func (k *Desk) demoBodies(ctx context.Context, d Demo) error {
	return k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		for _, body := range []struct {
			Body
			members []models.Actor
		}{
			{demoDirection, []models.Actor{d.Holder}},
			{demoOperator, []models.Actor{d.Holder2}},
			{demoLaboratory, nil}, // declared by whoever applies in its name: to be verified
			{demoMission, []models.Actor{d.Reviewer, d.Decider, d.Decider2}},
		} {
			var id models.ID
			err := tx.DB.Raw(`INSERT INTO organisations (siret, name, kind, department, demo, created_at) VALUES (?, ?, ?, ?, 1, ?)
				ON CONFLICT (siret) DO UPDATE SET demo = 1 RETURNING id`, body.SIRET, body.Name, body.Kind, body.Department, tx.Now).Scan(&id).Error
			if err != nil {
				return fmt.Errorf("add a body of the demonstration: %w", err)
			}
			for _, member := range body.members {
				if err := admit(ctx, tx, models.System, member.ID, id); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// playProject plays one project up to where it should stand.
func (k *Desk) playProject(ctx context.Context, d Demo, project demoProject, i int, end State) error {
	holder, body := d.Holder, demoDirection
	switch {
	case i == 9:
		holder, body = d.Holder2, demoLaboratory
	case project.Organisation == "b":
		holder, body = d.Holder2, demoOperator
	}
	known, err := k.holds(ctx, holder, project.Title)
	if err != nil || known {
		return err
	}
	id, err := k.Start(ctx, holder, d.Call)
	if err != nil {
		return err
	}
	contents := project.contents(body, DayOf(k.store.Now()))
	for _, step := range Steps[:6] {
		if end == DraftState && i%2 == 0 && i > 8 && step == StepBudget {
			return nil // a draft in the making
		}
		if err := k.SaveStep(ctx, holder, StepSave{Draft: id, Content: contents.Of(step), Complete: true}); err != nil {
			return fmt.Errorf("step %s: %w", step, err)
		}
	}
	if end == DraftState {
		return nil
	}
	draft, err := k.Draft(ctx, holder, id)
	if err != nil {
		return err
	}
	receipt, err := k.Submit(ctx, holder, Submission{Draft: id, Version: draft.Application.Version, Attestations: Attestations})
	if err != nil {
		return err
	}
	return k.playDesk(ctx, d, holder, receipt.Number, draft.Application.Version+1, project, i, end)
}

// playDesk takes a submitted project on to its end; each act moves the version
// on by one.
func (k *Desk) playDesk(ctx context.Context, d Demo, holder models.Actor, number string, version int64, project demoProject, i int, end State) error {
	switch end {
	case Submitted:
		return nil
	case Withdrawn:
		return k.Withdraw(ctx, holder, number, version, "Démonstration : le projet est repris par un autre service.")
	}
	if err := k.Take(ctx, d.Reviewer, number, version); err != nil || end == InReview {
		return err
	}
	if end == Dropped {
		return k.Drop(ctx, d.Reviewer, Drop{Number: number, Version: version + 1, Code: Redirected, RedirectedTo: "Guichet fictif « Réseaux des territoires »",
			Motive: "Démonstration : le projet porte surtout sur un réseau déjà éprouvé. Il trouvera mieux sa place dans l’autre guichet."})
	}
	amount := project.Requested
	if i%2 == 1 {
		amount -= amount / 10
	}
	err := k.Propose(ctx, d.Reviewer, Proposal{Number: number, Version: version + 1, Amount: amount,
		Motive: "Démonstration : le besoin est précis, l’équipe disponible, et l’essai dira vite ce qu’il faut savoir."})
	if err != nil || end == InDecision {
		return err
	}
	decider := d.Decider
	if i%2 == 1 {
		decider = d.Decider2
	}
	decision := Decision{Number: number, Version: version + 2, Amount: amount, Motive: "Démonstration : aide accordée sur la proposition de l’instruction."}
	if end == Refused {
		decision.Motive = "Démonstration : l’essai reprend une solution déjà déployée ailleurs. Rapprochez-vous du service qui l’exploite avant d’en essayer une autre."
		return k.Refuse(ctx, decider, decision)
	}
	return k.Grant(ctx, decider, decision)
}

// contents are the six steps of a project that starts three weeks from today.
func (project demoProject) contents(body Body, today Date) Contents {
	start := DayOf(models.At(today.Start().AddDate(0, 0, 21)))
	c := Contents{
		Answers: Answers{Bearer: body.Kind, Team: Yes, Duration: Yes, Innovative: Yes, Public: Yes},
		Body:    body,
		Team: Team{HolderFunction: project.HolderFunction, HolderPhone: "01 99 00 00 00", SponsorName: project.SponsorName,
			SponsorFunction: project.SponsorFunction},
		Project: Project{Title: project.Title, Summary: project.Summary, Problem: project.Problem, Innovation: project.Innovation,
			Theme: project.Theme, Start: start, End: start.AddMonths(3)},
		Financing: Financing{Requested: Sum(project.Requested), Own: Sum(project.Own), Double: No},
	}
	if project.Other > 0 {
		c.Financing.Other, c.Financing.OtherOrigin = Sum(project.Other), "Fonds fictif de démonstration"
	}
	for _, l := range project.Lines {
		innovative := No
		if l.Innovative {
			innovative = Yes
		}
		c.Budget.Lines = append(c.Budget.Lines, Line{Wording: l.Wording, Category: l.Category, Supplier: l.Supplier, Net: Sum(l.Net), VAT: l.VAT, Innovative: innovative})
	}
	return c
}

// holds tells whether somebody already holds an application of this title.
func (k *Desk) holds(ctx context.Context, by models.Actor, title string) (known bool, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT count(*) FROM applications WHERE holder_id = ? AND title = ?", by.ID, title).Scan(&known).Error
	})
	if err != nil {
		return false, fmt.Errorf("look for a project of the demonstration: %w", err)
	}
	return known, nil
}

// CallID is the id of a call by its slug, for whoever grants roles on it.
// Refuses with ErrUnknownCall.
func (k *Desk) CallID(ctx context.Context, slug string) (id models.ID, err error) {
	err = k.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		c, err := callBy(ctx, tx, "c.slug = ?", slug)
		id = c.ID
		return err
	})
	return id, err
}

// EndDemo closes the demonstration calls at once, with its reason. What was
// done under them stays, marked as demonstration.
func (k *Desk) EndDemo(ctx context.Context) error {
	err := k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.Exec(`UPDATE calls SET closed_early_at = ?, closed_early_reason = 'Fin de la démonstration.'
			WHERE demo = 1 AND closed_early_at IS NULL AND closes_at > ?`, tx.Now, tx.Now).Error
	})
	return errors.Join(err, k.PassWindows(ctx))
}
