package jobs

import (
	"context"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"passerelle/app/config"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/models/modelstest"
)

const goodPassword = "tortue grimpe prudemment"

var ctx = context.Background()

// fixture is a store with its accounts and jobs.
type fixture struct {
	*Jobs
	t     *testing.T
	clock *modelstest.Clock
}

// open starts jobs that write to a mail server, or to files when it is nil.
func open(t *testing.T, server *mailServer) *fixture {
	t.Helper()
	store, clock := modelstest.Open(t)
	f := &fixture{t: t, clock: clock}
	f.Jobs = f.jobs(store, server)
	return f
}

func (f *fixture) jobs(store *models.Store, server *mailServer) *Jobs {
	f.t.Helper()
	cfg := config.Config{URL: "https://passerelle.example", MailFrom: "ne-pas-repondre@passerelle.example"}
	if server != nil {
		cfg.SMTPURL = "smtp://" + server.address
	}
	accounts := account.New(store, false)
	accounts.OnDelete(Forget)
	j, err := New(cfg, store, accounts, slog.New(slog.DiscardHandler))
	if err != nil {
		f.t.Fatal(err)
	}
	if err := j.start(ctx); err != nil {
		f.t.Fatal(err)
	}
	return j
}

// catchUp makes the mails of what changed, as follow does.
func (f *fixture) catchUp() {
	f.t.Helper()
	for {
		batch := f.changes()
		if len(batch) == 0 {
			return
		}
		if err := f.compose(ctx, batch); err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f *fixture) changes() (batch []models.Change) {
	f.t.Helper()
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		batch, err = tx.Changes(ctx, f.read.Load(), 500)
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return batch
}

// register opens an account, as on the page.
func (f *fixture) register(email string) models.ID {
	f.t.Helper()
	err := f.accounts.Register(ctx, account.Registration{Name: "Marie Dupont", Email: email, Password: goodPassword})
	if err != nil {
		f.t.Fatal(err)
	}
	return models.ID(f.count("SELECT id FROM accounts WHERE email = ?", email))
}

// confirm presses the button of the newest mailed link.
func (f *fixture) confirm(email string) {
	f.t.Helper()
	f.catchUp()
	if _, err := f.accounts.Confirm(ctx, f.secret(email)); err != nil {
		f.t.Fatal(err)
	}
}

// secret is what the newest link to an address carries, read in the outbox.
func (f *fixture) secret(email string) string {
	f.t.Helper()
	all := f.outbox("recipient = ? AND body LIKE '%?jeton=%'", email)
	if len(all) == 0 {
		f.t.Fatalf("no link was sent to %s", email)
	}
	return secretIn(f.t, all[len(all)-1].Body)
}

func secretIn(t *testing.T, text string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, "?jeton=")
	if !found {
		t.Fatalf("no link in %q", text)
	}
	secret, err := url.QueryUnescape(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func (f *fixture) outbox(where string, args ...any) (list []Mail) {
	f.t.Helper()
	err := f.store.View(ctx, func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT * FROM outbox WHERE "+where+" ORDER BY id", args...).Scan(&list).Error
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return list
}

func (f *fixture) count(query string, args ...any) (n int64) {
	f.t.Helper()
	err := f.store.View(ctx, func(_ context.Context, tx *models.Tx) error { return tx.DB.Raw(query, args...).Scan(&n).Error })
	if err != nil {
		f.t.Fatal(err)
	}
	return n
}

func (f *fixture) exec(query string, args ...any) {
	f.t.Helper()
	err := f.store.Update(ctx, func(_ context.Context, tx *models.Tx) error { return tx.DB.Exec(query, args...).Error })
	if err != nil {
		f.t.Fatal(err)
	}
}

// mailServer is a real SMTP server that answers as told and keeps what it took.
type mailServer struct {
	address string
	server  *smtp.Server

	mu     sync.Mutex
	script []error // what the next mails are answered, at the step that script names
	step   string  // "mail", "rcpt" or "data"
	taken  []string
	to     []string
	got    chan struct{} // one for each mail taken
}

func newMailServer(t *testing.T) *mailServer {
	t.Helper()
	m := &mailServer{step: "data", got: make(chan struct{}, 1000)}
	m.server = smtp.NewServer(m)
	m.server.Domain = "localhost"
	m.server.ErrorLog = slogDiscard{}
	listener := listen(t)
	m.address = listener.Addr().String()
	done := make(chan struct{})
	go func() { defer close(done); _ = m.server.Serve(listener) }()
	t.Cleanup(func() { _ = m.server.Close(); <-done })
	return m
}

type slogDiscard struct{}

func (slogDiscard) Printf(string, ...any) {}
func (slogDiscard) Println(...any)        {}

// answer scripts what the next mails get at a step; nil is success.
func (m *mailServer) answer(step string, answers ...error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.step, m.script = step, answers
}

func (m *mailServer) at(step string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if step != m.step || len(m.script) == 0 {
		return nil
	}
	next := m.script[0]
	m.script = m.script[1:]
	return next
}

func (m *mailServer) mails() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string(nil), m.taken...)
}

func (m *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) {
	return &mailSession{server: m}, nil
}

type mailSession struct {
	server *mailServer
	to     string
}

func (s *mailSession) Reset()        {}
func (s *mailSession) Logout() error { return nil }

func (s *mailSession) Mail(string, *smtp.MailOptions) error { return s.server.at("mail") }

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.server.at("rcpt")
}

func (s *mailSession) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.server.at("data"); err != nil {
		return err
	}
	s.server.mu.Lock()
	s.server.taken = append(s.server.taken, string(text))
	s.server.to = append(s.server.to, s.to)
	s.server.mu.Unlock()
	s.server.got <- struct{}{}
	return nil
}

// code is an answer of an SMTP server.
func code(n int) error {
	return &smtp.SMTPError{Code: n, EnhancedCode: smtp.EnhancedCode{n / 100, 0, 0}, Message: "scripted"}
}
