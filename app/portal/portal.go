package portal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"passerelle/app/config"
	"passerelle/app/jobs"
	"passerelle/content"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/forum"
	"passerelle/models/funding"
	"passerelle/models/lab"
	"passerelle/search"
)

// Portal is the rooms of one data folder, without what serves them.
type Portal struct {
	Config   config.Config
	Log      *slog.Logger
	Store    *models.Store
	Accounts *account.Accounts
	Library  *lab.Library
	Forums   *forum.Forums
	Desk     *funding.Desk
	Files    fs.FS // the content: embedded, or a folder
}

// ErrDemo says that a folder holds demonstration accounts, which everybody
// knows the password of, and the program was not started as a demonstration.
var ErrDemo = errors.New("ce dossier contient des comptes de démonstration : lancez « passerelle seed --remove-demo », ou mettez PASSERELLE_DEMO=1")

// Open opens the store of the data folder and the rooms that live in it.
func Open(ctx context.Context, cfg config.Config, now func() time.Time, log *slog.Logger) (*Portal, error) {
	store, err := models.Open(ctx, models.Settings{Dir: cfg.Data, Now: now, Log: log})
	if err != nil {
		return nil, err
	}
	p := &Portal{
		Config: cfg, Log: log, Store: store,
		Accounts: account.New(store, cfg.Demo),
		Library:  lab.New(store),
		Forums:   forum.New(store, account.EnsureImported),
		Desk:     funding.New(store),
		Files:    content.Embedded,
	}
	p.Accounts.OnDelete(jobs.Forget)
	if cfg.Content != "" {
		p.Files = os.DirFS(cfg.Content)
	}
	p.Accounts.OnDelete(func(ctx context.Context, tx *models.Tx, id models.ID) error {
		return funding.EraseDrafts(ctx, tx, models.Actor{ID: id}, id)
	})
	return p, nil
}

// Close closes the store.
func (p *Portal) Close() error { return p.Store.Close() }

// IndexFolder is where the search index lives inside the data folder.
const IndexFolder = "index"

// synonymsFile is the list of words that may stand for each other in a search.
const synonymsFile = "synonyms.txt"

// OpenIndex opens the search index of the data folder, with the synonyms of the
// content; a folder of content without the list has none.
func (p *Portal) OpenIndex(ctx context.Context) (*search.Index, error) {
	file, err := p.Files.Open(synonymsFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open the synonyms: %w", err)
	}
	var synonyms *search.Synonyms
	if err == nil {
		defer file.Close()
		if synonyms, err = search.ReadSynonyms(file); err != nil {
			return nil, fmt.Errorf("%s: %w", synonymsFile, err)
		}
	}
	index, err := search.Open(ctx, p.indexDir(), p.Store, p.Log)
	if err != nil {
		return nil, err
	}
	index.Synonyms = synonyms
	return index, nil
}

func (p *Portal) indexDir() string { return filepath.Join(p.Config.Data, IndexFolder) }

// guardDemo refuses a folder that holds demonstration accounts to a program
// that is no demonstration.
func (p *Portal) guardDemo(ctx context.Context) error {
	if p.Config.Demo {
		return nil
	}
	held, err := p.Accounts.HasDemo(ctx)
	if err == nil && held {
		return ErrDemo
	}
	return err
}

// Load brings in the content that is new or changed. What could not be loaded
// is said in the log, and the portal serves the rest.
func (p *Portal) Load(ctx context.Context) error {
	library, err := content.Load(p.Files)
	var faults content.Faults
	if errors.As(err, &faults) {
		for _, fault := range faults {
			p.Log.ErrorContext(ctx, "a content file is wrong", "fault", fault.String())
		}
	} else if err != nil {
		return fmt.Errorf("read the content: %w", err)
	}
	report, err := p.Library.Load(ctx, library)
	if err != nil {
		return err
	}
	for _, conflict := range report.Conflicts {
		p.Log.WarnContext(ctx, "a content file was left aside", "file", conflict.Path, "why", conflict.Why.Code)
	}
	for _, call := range library.Calls {
		if call.Demo {
			continue // opened by the demonstration, whose dates count from then
		}
		if _, err := p.Desk.LoadCall(ctx, call); err != nil {
			return fmt.Errorf("load %s: %w", call.Path, err)
		}
	}
	if report.New+report.Changed > 0 {
		p.Log.InfoContext(ctx, "content loaded", "new", report.New, "changed", report.Changed, "same", report.Same)
	}
	return nil
}
