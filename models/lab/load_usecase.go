package lab

import (
	"context"
	"time"

	"passerelle/content"
	"passerelle/models"
)

// loadUseCase brings in the file of a use case; it is known by its uuid.
func (l *Library) loadUseCase(ctx context.Context, file content.UseCase, themes, audiences map[string]string) (outcome, error) {
	var due bool
	err := l.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		was, err := lookUp(ctx, tx, "use_cases", "uuid = ?", file.ID)
		if err == nil {
			due, err = was.due(file.File)
		}
		return err
	})
	if err != nil || !due {
		return same, err
	}
	row := useCaseOf(file, file.Render()) // slow: before the transaction
	var done outcome
	err = l.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		was, err := lookUp(ctx, tx, "use_cases", "uuid = ?", file.ID)
		if err != nil {
			return err
		}
		if due, err := was.due(file.File); !due {
			return err
		}
		u := row // the closure may run twice
		if file.Lab != "" {
			lab, _, err := findLab(ctx, tx, file.Lab)
			if err != nil {
				return err
			}
			u.LabID = &lab
		}
		done = was.outcome()
		return putUseCase(ctx, tx, was, u, topicsOf(file.Themes, themes), topicsOf(file.Audiences, audiences))
	})
	return done, err
}

func useCaseOf(file content.UseCase, page content.Rendered) UseCase {
	u := UseCase{
		UUID: file.ID, Slug: file.Slug, Type: file.Type, Region: file.Region, Maturity: file.Maturity(),
		PublishedAt: midnight(file.Created), CreatedOn: Date{file.Created}, UpdatedOn: Date{file.Updated},
		Title: file.Title, TitleKey: titleKey(file.Title), Summary: file.Summary, Support: file.Support,
		Problem: file.Problem, Tried: file.Tried, Result: file.Result, AbandonedBecause: file.WhyEnded,
		CostEuros: known64(file.CostEuros), CostDays: known64(file.CostDays), LegalBasis: file.LegalBasis,
		Licence: file.Licence, Phases: file.Phases, Partners: file.Partners, Links: file.Links, Redo: file.Redo,
		Sources: file.Sources, Disagreements: file.Disagreements,
		ContentPath: file.Path, ContentDigest: file.Digest,
		Markdown: file.Body, Source: file.Markdown(),
		HTML: page.HTML, Text: page.Text, Contents: page.Contents, Renderer: content.RendererVersion,
	}
	if u.LegalBasis == "unknown" {
		u.LegalBasis = ""
	}
	return u
}

// midnight is the beginning of a day in Paris.
func midnight(d content.Date) models.Time {
	first := d.First()
	return models.At(time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, models.Paris))
}

// known64 is a figure, nil when it is not known.
func known64(f content.Figure) *int64 {
	if !f.Said || f.Unknown {
		return nil
	}
	return &f.Value
}
