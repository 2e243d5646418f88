package portal

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/errgroup"

	"passerelle/app/jobs"
	"passerelle/app/web"
	"passerelle/search"
)

// Service is a portal with its pages, its index and what works beside them.
type Service struct {
	*Portal
	Site  *web.Site
	Index *search.Index
	Jobs  *jobs.Jobs
	App   *fiber.App
}

// Prepare loads the content, adds the demonstration where it is asked for, and
// opens what serving needs.
func (p *Portal) Prepare(ctx context.Context) (*Service, error) {
	if err := p.guardDemo(ctx); err != nil {
		return nil, err
	}
	if err := p.Load(ctx); err != nil {
		return nil, err
	}
	if p.Config.Demo {
		if err := p.SeedDemo(ctx); err != nil {
			return nil, err
		}
	}
	if err := p.Desk.PassWindows(ctx); err != nil {
		return nil, err
	}
	index, err := p.OpenIndex(ctx)
	if err != nil {
		return nil, err
	}
	site, err := web.New(p.Config, p.Store, p.Accounts, p.Log)
	if err != nil {
		return nil, errors.Join(err, index.Close())
	}
	work, err := jobs.New(p.Config, p.Store, p.Accounts, p.Log)
	if err != nil {
		return nil, errors.Join(err, index.Close())
	}
	work.Search = index
	s := &Service{Portal: p, Site: site, Index: index, Jobs: work}
	s.App = s.routes()
	return s, nil
}

// Run serves on a listener until ctx ends, with all that works beside
// requests; the first that fails ends the others.
func (s *Service) Run(ctx context.Context, listener net.Listener) error {
	group, ctx := errgroup.WithContext(ctx)
	for name, job := range map[string]func(context.Context) error{
		"site":    s.Site.Run,
		"index":   s.Index.Run,
		"jobs":    s.Jobs.Run,
		"windows": s.watchWindows,
		"web":     func(ctx context.Context) error { return s.Site.Serve(ctx, s.App, listener) },
	} {
		group.Go(func() error {
			if err := job(ctx); err != nil && !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		})
	}
	return errors.Join(group.Wait(), s.Index.Close())
}

// watchWindows records that a window opened or closed, within a second.
func (s *Service) watchWindows(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := s.Desk.PassWindows(ctx); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "cannot record that a window passed", "error", err)
		}
	}
}
