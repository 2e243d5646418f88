package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"passerelle/app/portal"
	"passerelle/models"
	"passerelle/search"
)

type configCommand struct{}

// Run prints the settings.
func (configCommand) Run(p program) error {
	text, err := p.cfg.Print()
	if err != nil {
		return err
	}
	_, err = io.WriteString(p.out, text)
	return err
}

type seedCommand struct {
	RemoveDemo bool `help:"retire les comptes de démonstration, au lieu d’en ajouter"`
}

// Run loads the content, and adds the demonstration or takes its accounts out.
func (c seedCommand) Run(p program) error {
	return p.with(func(rooms *portal.Portal) error {
		if c.RemoveDemo {
			if err := errors.Join(rooms.Accounts.RemoveDemo(p.ctx), rooms.Desk.EndDemo(p.ctx)); err != nil {
				return err
			}
			fmt.Fprintln(p.out, "Les comptes de démonstration sont retirés, et le guichet de démonstration est clos.")
			return nil
		}
		if err := rooms.Load(p.ctx); err != nil {
			return err
		}
		if err := rooms.SeedDemo(p.ctx); err != nil {
			return err
		}
		fmt.Fprintln(p.out, "Les contenus et la démonstration sont chargés.")
		return nil
	})
}

// with opens the rooms for one piece of work.
func (p program) with(work func(*portal.Portal) error) (err error) {
	rooms, err := p.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.Close()) }()
	return work(rooms)
}

type importCommand struct {
	File string `arg:"" help:"fichier JSONL, un objet par ligne"`
}

// Run imports a file, also while a portal serves; the status tells whether
// every line was good.
func (c importCommand) Run(p program) error {
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("ouvrir le fichier : %w", err)
	}
	defer file.Close()
	var input io.Reader = file
	if info, err := file.Stat(); err == nil && term.IsTerminal(int(os.Stderr.Fd())) {
		bar := progressbar.DefaultBytes(info.Size(), "import")
		defer bar.Close()
		input = io.TeeReader(file, bar)
	}
	return p.with(func(rooms *portal.Portal) error {
		result, err := rooms.Import(p.ctx, input)
		for _, bad := range result.Bad {
			fmt.Fprintf(p.out, "ligne %d : %s\n", bad.Number, bad.Reason)
		}
		fmt.Fprintf(p.out, "%d ajoutés, %d déjà connus, %d lignes en erreur\n", result.Added, result.Known, len(result.Bad))
		if err == nil && len(result.Bad) > 0 {
			return errReported
		}
		return err
	})
}

type backupCommand struct {
	File string `arg:"" help:"fichier à créer (.tar.gz)"`
}

// Run backs up the data folder, also while a portal serves.
func (c backupCommand) Run(p program) error {
	return p.with(func(rooms *portal.Portal) error {
		if err := backup(p.ctx, rooms.Store, c.File); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Sauvegarde écrite : %s\n", c.File)
		return nil
	})
}

type restoreCommand struct {
	File string `arg:"" help:"sauvegarde à remettre en place"`
}

// Run puts a backup in place; what it replaces is moved aside.
func (c restoreCommand) Run(p program) error {
	if err := restore(p.ctx, p.cfg.Data, c.File, p.now()); err != nil {
		return said(err)
	}
	fmt.Fprintf(p.out, "Sauvegarde remise en place dans %s ; l’index se reconstruit au démarrage.\n", p.cfg.Data)
	return nil
}

type reindexCommand struct{}

// Run builds the search index again: by the server when one serves, else here.
func (reindexCommand) Run(p program) (err error) {
	lock, err := models.LockFolder(p.cfg.Data)
	if errors.Is(err, models.ErrServed) {
		return p.with(func(rooms *portal.Portal) error {
			if err := search.Ask(p.ctx, rooms.Store, models.System); err != nil {
				return err
			}
			fmt.Fprintln(p.out, "Le portail en service reconstruit l’index ; la recherche répond pendant ce temps.")
			return nil
		})
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	return p.with(func(rooms *portal.Portal) error {
		documents, err := reindex(p.ctx, rooms)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Index reconstruit : %d documents.\n", documents)
		return nil
	})
}

// reindex builds a new index and waits until it is whole.
func reindex(ctx context.Context, rooms *portal.Portal) (documents uint64, err error) {
	index, err := rooms.OpenIndex(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, index.Close()) }()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var group errgroup.Group
	group.Go(func() error { return index.Run(ctx) })
	if err := index.Reindex(ctx); err != nil {
		return 0, err
	}
	documents = index.State().Documents
	stop()
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return 0, err
	}
	return documents, nil
}

type checkCommand struct{}

// Run looks for what should never differ; status 1 when something does.
func (checkCommand) Run(p program) error {
	return p.with(func(rooms *portal.Portal) error {
		faults, err := rooms.Check(p.ctx)
		if err != nil {
			return err
		}
		for _, fault := range faults {
			fmt.Fprintln(p.out, fault)
		}
		if len(faults) > 0 {
			return errReported
		}
		fmt.Fprintln(p.out, "Tout concorde.")
		return nil
	})
}
