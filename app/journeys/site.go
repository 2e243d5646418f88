package journeys

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"passerelle/app/config"
	"passerelle/app/jobs"
	"passerelle/app/portal"
	"passerelle/models/account"
	"passerelle/models/modelstest"
)

// Site is a portal of a test's own: its folder, its clock, its port, with the
// demonstration's people and data.
type Site struct {
	t       testing.TB
	URL     string
	Dir     string
	Clock   *modelstest.Clock
	Service *portal.Service
}

// Start serves a portal until the test ends. Its clock stands at
// modelstest.Start until it is moved.
func Start(t testing.TB) *Site {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(seeded(t))); err != nil {
		t.Fatalf("copy the demonstration: %v", err)
	}
	site := &Site{t: t, Dir: dir, Clock: modelstest.NewClock(modelstest.Start)}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	site.URL = "http://" + listener.Addr().String()
	rooms, err := portal.Open(context.Background(), settings(dir, site.URL), site.Clock.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if site.Service, err = rooms.Prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := site.Service.Run(ctx, listener); err != nil {
			t.Errorf("the portal ended: %v", err)
		}
	})
	t.Cleanup(func() {
		stop()
		running.Wait()
		if err := rooms.Close(); err != nil {
			t.Errorf("close the portal: %v", err)
		}
	})
	return site
}

func settings(dir, address string) config.Config {
	return config.Config{Addr: strings.TrimPrefix(address, "http://"), URL: address, Data: dir, Demo: true, MailFrom: "ne-pas-repondre@passerelle.example"}
}

// shared is a folder with the demonstration, made once for all tests of the
// process: each copies it.
var shared struct {
	sync.Once
	dir    string
	failed error
}

func seeded(t testing.TB) string {
	t.Helper()
	shared.Do(func() { shared.dir, shared.failed = seed() })
	if shared.failed != nil {
		t.Fatalf("make the demonstration: %v", shared.failed)
	}
	return shared.dir
}

func seed() (string, error) {
	dir, err := os.MkdirTemp("", "passerelle-demonstration-")
	if err != nil {
		return "", fmt.Errorf("make a folder: %w", err)
	}
	ctx := context.Background()
	clock := modelstest.NewClock(modelstest.Start)
	rooms, err := portal.Open(ctx, settings(dir, "http://127.0.0.1:3000"), clock.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return "", err
	}
	if err := rooms.Load(ctx); err != nil {
		return "", err
	}
	if err := rooms.SeedDemo(ctx); err != nil {
		return "", err
	}
	if err := index(ctx, rooms); err != nil {
		return "", err
	}
	return dir, rooms.Close()
}

// index builds the search index, so that no site has to.
func index(ctx context.Context, rooms *portal.Portal) error {
	index, err := rooms.OpenIndex(ctx)
	if err != nil {
		return err
	}
	running, stop := context.WithCancel(ctx)
	var reader errgroup.Group
	reader.Go(func() error {
		if err := index.Run(running); !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	})
	err = index.WaitFor(ctx, rooms.Store.Head())
	stop()
	return errors.Join(err, reader.Wait(), index.Close())
}

// Main runs the tests of a package that starts sites, closes what they share
// and removes it.
func Main(m *testing.M, atEnd ...func()) {
	status := m.Run()
	for _, closing := range atEnd {
		closing()
	}
	if shared.dir != "" {
		_ = os.RemoveAll(shared.dir)
	}
	os.Exit(status)
}

// Visitor is somebody who has just come, without an account.
func (s *Site) Visitor() *Visitor {
	s.t.Helper()
	return NewVisitor(s.t, s.URL)
}

// LogIn is somebody with a demonstration account, logged in.
func (s *Site) LogIn(address string) *Visitor {
	s.t.Helper()
	return s.LogInWith(address, account.DemoPassword)
}

// LogInWith is somebody who logs in with a password.
func (s *Site) LogInWith(address, password string) *Visitor {
	s.t.Helper()
	return s.Visitor().Open("/connexion").Fill("Adresse électronique", address).Fill("Mot de passe", password).
		Press("Se connecter").Gets(200)
}

var mailed = regexp.MustCompile(`https?://\S+`)

// MailedLink waits for a mail to an address whose subject contains words, and
// gives the address that its first link leads to.
func (s *Site) MailedLink(to, subject string) string {
	s.t.Helper()
	letter := s.Mail(to, subject)
	link, err := url.Parse(mailed.FindString(letter.Text))
	if err != nil || link.Path == "" {
		s.t.Fatalf("the mail « %s » has no link:\n%s", letter.Subject, letter.Text)
	}
	return link.RequestURI()
}

// Mail waits for a mail to an address whose subject contains words.
func (s *Site) Mail(to, subject string) jobs.Written {
	s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		letters, err := jobs.Mailbox(s.Dir, 100)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, letter := range letters {
			if strings.Contains(letter.To, to) && strings.Contains(words(letter.Subject), words(subject)) {
				return letter
			}
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("no mail about %q came to %s (%d mails)", subject, to, len(letters))
		}
		<-time.After(10 * time.Millisecond) // a mail is a file: nothing signals it
	}
}

// Found waits until search has read every change that is committed.
func (s *Site) Found() {
	s.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	if err := s.Service.Index.WaitFor(ctx, s.Service.Store.Head()); err != nil {
		s.t.Fatal(err)
	}
}

// Check fails the test when database, index, counters, money or digests differ.
func (s *Site) Check() {
	s.t.Helper()
	faults, err := s.Service.Check(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, fault := range faults {
		s.t.Error(fault)
	}
}
