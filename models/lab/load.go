package lab

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/content"
	"passerelle/models"
)

// Report is what a load did.
type Report struct {
	New, Changed, Same int
	Conflicts          []Conflict
}

// Conflict is a file that was left aside, and why: ErrEdited, ErrTaken, or its
// lab is not known.
type Conflict struct {
	Path string
	Why  *models.Error
}

// ErrEdited says that a page was edited in the portal since its file was loaded.
var ErrEdited = models.Refuse(models.Conflict, "lab.edited")

// Load brings in what is new or changed in a folder of content. A file that was
// loaded as it is changes nothing, nor does one that vanished; one whose page
// was edited in the portal since is a reported conflict, never an overwrite.
// Each item is one transaction and one change; a load that was cut short is
// finished by the next.
func (l *Library) Load(ctx context.Context, c content.Library) (report Report, err error) {
	if err := l.loadLists(ctx, c); err != nil {
		return report, err
	}
	themes, audiences := labels(c)
	for _, item := range c.Labs {
		if err := report.note(item.Path)(l.loadLab(ctx, item, themes)); err != nil {
			return report, err
		}
	}
	for _, item := range c.UseCases {
		if err := report.note(item.Path)(l.loadUseCase(ctx, item, themes, audiences)); err != nil {
			return report, err
		}
	}
	for _, item := range c.Pages {
		if err := report.note(item.Path)(l.loadPage(ctx, item)); err != nil {
			return report, err
		}
	}
	return report, l.renderAgain(ctx)
}

// outcome is what became of one file.
type outcome int

const (
	same outcome = iota
	added
	changed
)

// note counts an outcome; a refusal is a conflict, any other error is passed on.
func (r *Report) note(path string) func(outcome, error) error {
	return func(o outcome, err error) error {
		var why *models.Error
		switch {
		case errors.As(err, &why):
			r.Conflicts = append(r.Conflicts, Conflict{Path: path, Why: why})
			return nil
		case err != nil:
			return fmt.Errorf("load %s: %w", path, err)
		case o == added:
			r.New++
		case o == changed:
			r.Changed++
		default:
			r.Same++
		}
		return nil
	}
}

// loaded is what is known of the last load of an item.
type loaded struct {
	ID             models.ID   `gorm:"column:id"`
	Slug           string      `gorm:"column:slug"`
	Version        int64       `gorm:"column:version"`
	Renderer       int         `gorm:"column:renderer"`
	ContentPath    string      `gorm:"column:content_path"`
	ContentDigest  string      `gorm:"column:content_digest"`
	PortalEditedAt models.Time `gorm:"column:portal_edited_at"`
}

const loadedColumns = "id, slug, version, renderer, content_path, content_digest, portal_edited_at"

// due tells whether a file is to be written over what is known. Refuses with
// ErrEdited.
func (was loaded) due(file content.File) (bool, error) {
	switch {
	case was.ID == 0:
		return true, nil
	case was.ContentDigest == file.Digest && !was.PortalEditedAt.IsZero():
		return false, nil // the portal's text goes on; the file has nothing new
	case was.ContentDigest == file.Digest && was.ContentPath == file.Path && was.Renderer == content.RendererVersion:
		return false, nil
	case !was.PortalEditedAt.IsZero():
		return false, ErrEdited
	}
	return true, nil
}

func (was loaded) outcome() outcome {
	if was.ID == 0 {
		return added
	}
	return changed
}

// lookUp reads what is known of an item by one condition; nothing is no error.
func lookUp(ctx context.Context, tx *models.Tx, table, condition string, args ...any) (was loaded, err error) {
	err = tx.DB.WithContext(ctx).Raw("SELECT "+loadedColumns+" FROM "+table+" WHERE "+condition+" LIMIT 1", args...).Scan(&was).Error
	if err != nil {
		return loaded{}, fmt.Errorf("look for what was loaded: %w", err)
	}
	return was, nil
}

// labels are the names of themes and audiences by slug.
func labels(c content.Library) (themes, audiences map[string]string) {
	themes, audiences = map[string]string{}, map[string]string{}
	for _, t := range c.Themes {
		themes[t.Slug] = t.Label
	}
	for _, a := range c.Audiences {
		audiences[a.Slug] = a.Label
	}
	return themes, audiences
}

func topicsOf(slugs []string, labels map[string]string) []Topic {
	list := make([]Topic, 0, len(slugs))
	for _, slug := range slugs {
		list = append(list, Topic{Slug: slug, Name: labels[slug]})
	}
	return list
}

// renderAgain renders what an older renderer made and no file brought anew.
func (l *Library) renderAgain(ctx context.Context) error {
	for {
		var old []UseCase
		err := l.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
			old, err = gorm.G[UseCase](tx.DB).Raw(`SELECT id, lab_id, markdown, source, content_path FROM use_cases
				WHERE renderer < ? LIMIT 50`, content.RendererVersion).Find(ctx)
			return err
		})
		if err != nil {
			return fmt.Errorf("look for what an older renderer made: %w", err)
		}
		if len(old) == 0 {
			return nil
		}
		for _, u := range old {
			page := u.render()
			err := l.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
				err := tx.DB.Exec(`UPDATE use_cases SET html = ?, text = ?, contents = ?, renderer = ?, version = version + 1, updated_at = ?
					WHERE id = ?`, page.HTML, page.Text, List[content.Heading](page.Contents), content.RendererVersion, tx.Now, u.ID).Error
				if err != nil {
					return fmt.Errorf("render use case %d again: %w", u.ID, err)
				}
				return tx.Record(ctx, models.System, "usecase.edited", u.ID, u.about())
			})
			if err != nil {
				return err
			}
		}
	}
}

// render renders a use case from what is kept of it.
func (u UseCase) render() content.Rendered {
	if u.Source != "" {
		if file, err := content.ParseUseCase(u.ContentPath, []byte(u.Source)); err == nil {
			return file.Render()
		}
	}
	return content.RenderPage(u.Markdown)
}
