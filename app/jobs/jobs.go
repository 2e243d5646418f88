package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"

	"passerelle/app/config"
	"passerelle/models"
	"passerelle/models/account"
)

// MailFolder is where mails are written, inside the data folder, when no
// SMTP server is configured.
const MailFolder = "mail"

// Jobs makes mails, sends them, and forgets what need not be kept.
type Jobs struct {
	Search Finder // asked for what people follow; nil: nothing is followed

	store    *models.Store
	accounts *account.Accounts
	log      *slog.Logger
	base     string // public address of the portal
	host     string // of it, for Message-IDs
	from     string
	send     func(context.Context, Mail) error

	read    atomic.Int64  // how far the feed was read
	kept    atomic.Int64  // how far the database knows of
	waiting chan struct{} // filled when a mail waits
}

// New prepares the jobs of a portal; Run runs them.
func New(cfg config.Config, store *models.Store, accounts *account.Accounts, log *slog.Logger) (*Jobs, error) {
	base, err := url.Parse(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("read the public address: %w", err)
	}
	if _, err := netmail.ParseAddress(cfg.MailFrom); err != nil {
		return nil, fmt.Errorf("PASSERELLE_MAIL_FROM: %q is no address", cfg.MailFrom)
	}
	j := &Jobs{
		store: store, accounts: accounts, log: log,
		base: cfg.URL, host: base.Hostname(), from: cfg.MailFrom,
		waiting: make(chan struct{}, 1),
	}
	accounts.OnDelete(j.goodbye)
	if cfg.SMTPURL == "" {
		j.send = folder(filepath.Join(store.Dir(), MailFolder)).send
		return j, nil
	}
	server, err := newServer(cfg.SMTPURL, j.host)
	if err != nil {
		return nil, err
	}
	j.send = server.send
	return j, nil
}

// Run makes and sends mails and runs scheduled jobs until ctx ends.
func (j *Jobs) Run(ctx context.Context) error {
	if err := j.start(ctx); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	parts := []func(context.Context) error{j.follow, j.deliver, j.keepSchedule}
	errs := make([]error, len(parts))
	var running sync.WaitGroup
	for i, part := range parts {
		running.Go(func() {
			if err := part(ctx); err != nil && !errors.Is(err, context.Canceled) {
				errs[i] = err
				stop() // one that cannot go on ends them all
			}
		})
	}
	running.Wait()
	return errors.Join(errs...)
}

// Drain makes and sends the mails that wait now, and returns: what remains has
// to be tried again later.
func (j *Jobs) Drain(ctx context.Context) error {
	if j.read.Load() == 0 {
		if err := j.start(ctx); err != nil {
			return err
		}
	}
	for {
		var batch []models.Change
		err := j.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
			batch, err = tx.Changes(ctx, j.read.Load(), 500)
			return err
		})
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			break
		}
		if err := j.compose(ctx, batch); err != nil {
			return err
		}
	}
	_, err := j.round(ctx)
	return err
}

// wake tells the sender that a mail waits.
func (j *Jobs) wake() {
	select {
	case j.waiting <- struct{}{}:
	default:
	}
}
