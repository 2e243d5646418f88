package jobs

import (
	"context"
	"errors"
	"io"
	"log/slog"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"passerelle/app/config"
	"passerelle/models"
)

func TestSend(t *testing.T) {
	t.Parallel()
	server := newMailServer(t)
	f := open(t, server)
	f.register("marie@exemple.fr")
	f.catchUp()
	waiting := f.outbox("1")[0]
	if _, err := f.round(ctx); err != nil {
		t.Fatal(err)
	}
	mails := server.mails()
	if len(mails) != 1 || server.to[0] != "marie@exemple.fr" {
		t.Fatalf("%d mails, to %v", len(mails), server.to)
	}
	message, err := netmail.ReadMessage(strings.NewReader(mails[0]))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Message-Id": "<" + waiting.MessageID + ">", "From": "<ne-pas-repondre@passerelle.example>", "To": "<marie@exemple.fr>",
		"User-Agent": "", "X-Mailer": "", "Auto-Submitted": "auto-generated", "Subject": "Confirmez votre adresse",
		"Date": "Tue, 24 Nov 2026 14:32:00 +0100",
	} {
		if got := message.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	sent := f.outbox("sent_at IS NOT NULL")
	if len(sent) != 1 || sent[0].Body != "" || sent[0].Recipient != "" || sent[0].Subject != "" {
		t.Errorf("left in the outbox: %+v", sent)
	}
	if wait, err := f.round(ctx); err != nil || wait != time.Hour || len(server.mails()) != 1 {
		t.Errorf("a second round: %v, %v, %d mails", wait, err, len(server.mails()))
	}
}

func TestAnswersOfTheServer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, step string
		answer     error
		sent       bool
		failed     bool
	}{
		{"taken", "data", nil, true, false},
		{"mailbox full", "rcpt", code(452), false, false},
		{"greylisted", "rcpt", code(451), false, false},
		{"no such mailbox", "rcpt", code(550), false, true},
		{"content refused", "data", code(554), false, true},
		{"try later", "data", code(421), false, false},
		{"our sender is refused: our fault, perhaps mended soon", "mail", code(550), false, false},
		{"busy", "mail", code(450), false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := newMailServer(t)
			f := open(t, server)
			f.register("marie@exemple.fr")
			f.catchUp()
			server.answer(tt.step, tt.answer)
			if _, err := f.round(ctx); err != nil {
				t.Fatal(err)
			}
			row := f.outbox("1")[0]
			sent, failed := f.count("SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL") == 1, f.count("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") == 1
			if sent != tt.sent || failed != tt.failed {
				t.Errorf("sent %t, given up %t", sent, failed)
			}
			if wiped := row.Body == ""; wiped != (tt.sent || tt.failed) {
				t.Errorf("wiped: %t", wiped)
			}
			if sent || failed {
				return
			}
			// It is tried again, later and not before.
			if _, err := f.round(ctx); err != nil || f.outbox("1")[0].Attempts != 1 {
				t.Errorf("tried again at once (%v)", err)
			}
			f.clock.Add(2 * firstWait)
			if _, err := f.round(ctx); err != nil || len(server.mails()) != 1 {
				t.Errorf("%d mails after the second attempt (%v)", len(server.mails()), err)
			}
		})
	}
}

func TestAMailIsGivenUpAtLast(t *testing.T) {
	t.Parallel()
	server := newMailServer(t)
	f := open(t, server)
	f.register("marie@exemple.fr")
	f.catchUp()
	answers := make([]error, 1000)
	for i := range answers {
		answers[i] = code(451)
	}
	server.answer("rcpt", answers...)
	attempts := 0
	for ; f.count("SELECT count(*) FROM outbox WHERE failed_at IS NULL") == 1; attempts++ {
		if _, err := f.round(ctx); err != nil || attempts > 100 {
			t.Fatalf("attempt %d: %v", attempts, err)
		}
		f.clock.Add(longWait * 5 / 4)
	}
	if attempts < 10 || f.store.Now().Sub(f.outbox("1")[0].CreatedAt.Time) < giveUp {
		t.Errorf("given up after %d attempts", attempts)
	}
}

func TestNoServer(t *testing.T) {
	t.Parallel()
	server := newMailServer(t)
	f := open(t, server)
	f.register("marie@exemple.fr")
	f.register("luc@exemple.fr")
	f.catchUp()
	if err := server.server.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := f.round(ctx)
	if !errors.Is(err, errNoRoute) || strings.Contains(err.Error(), "exemple.fr") {
		t.Errorf("got %v", err)
	}
	if n := f.count("SELECT sum(attempts) FROM outbox"); n != 1 {
		t.Errorf("%d attempts without a server, want one a round", n)
	}
}

// A kill after the server took the mail, before that was noted.
func TestSentAgainUnderTheSameMessageID(t *testing.T) {
	t.Parallel()
	server := newMailServer(t)
	f := open(t, server)
	f.register("marie@exemple.fr")
	f.catchUp()
	list, _, err := f.due(ctx)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d due (%v)", len(list), err)
	}
	if err := f.send(ctx, list[0]); err != nil {
		t.Fatal(err)
	}
	reopened := f.jobs(f.store, server)
	if _, err := reopened.round(ctx); err != nil {
		t.Fatal(err)
	}
	mails := server.mails()
	if len(mails) != 2 || mails[0] != mails[1] {
		t.Errorf("%d mails; the same: %t", len(mails), len(mails) == 2 && mails[0] == mails[1])
	}
}

// A kill between the change and its mail, and one between the mail and its
// sending: the change makes one mail, one token, and it is sent.
func TestAMailIsMadeOnce(t *testing.T) {
	t.Parallel()
	server := newMailServer(t)
	f := open(t, server)
	f.register("marie@exemple.fr")
	batch := f.changes()
	f.Jobs = f.jobs(f.store, server) // killed before it read
	f.catchUp()
	f.Jobs = f.jobs(f.store, server) // killed after it wrote
	f.catchUp()
	if err := f.compose(ctx, batch); err != nil { // read again all the same
		t.Fatal(err)
	}
	if mails, tokens := f.count("SELECT count(*) FROM outbox"), f.count("SELECT count(*) FROM tokens"); mails != 1 || tokens != 1 {
		t.Errorf("%d mails, %d tokens", mails, tokens)
	}
	if _, err := f.round(ctx); err != nil || len(server.mails()) != 1 {
		t.Errorf("%d mails sent (%v)", len(server.mails()), err)
	}
}

func TestOtherChangesCostNoWrite(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	for range 10 {
		f.record("post.created", 1)
	}
	f.catchUp()
	if n := f.count("SELECT count(*) FROM readers WHERE name = ?", readerName); n != 0 {
		t.Error("posts made the mail job write")
	}
	f.kept.Store(-keepEvery) // far behind: now it is worth a write
	f.record("post.created", 1)
	f.catchUp()
	if n := f.count("SELECT position FROM readers WHERE name = ?", readerName); n != 11 {
		t.Errorf("position %d, want 11", n)
	}
}

func TestRunMakesAndSends(t *testing.T) {
	t.Parallel()
	server := newMailServer(t)
	f := open(t, server)
	running, stop := context.WithCancel(ctx)
	done := make(chan error)
	go func() { done <- f.Run(running) }()
	f.register("marie@exemple.fr")
	<-server.got
	f.register("luc@exemple.fr")
	<-server.got
	stop()
	if err := <-done; err != nil {
		t.Errorf("Run: %v", err)
	}
	if n := len(server.mails()); n != 2 {
		t.Errorf("%d mails", n)
	}
}

func TestHeadersCannotBeAdded(t *testing.T) {
	t.Parallel()
	server := newMailServer(t)
	f := open(t, server)
	injections := []struct{ recipient, subject string }{
		{"marie@exemple.fr", "Bonjour\r\nBcc: espion@exemple.fr\r\n\r\nAutre corps"},
		{"marie@exemple.fr", "Bonjour\nBcc: espion@exemple.fr"},
		{"marie@exemple.fr\r\nBcc: espion@exemple.fr", "Bonjour"},
		{"marie@exemple.fr, espion@exemple.fr", "Bonjour"},
		{"espion@exemple.fr>\r\nRCPT TO:<autre@exemple.fr", "Bonjour"},
	}
	for i, in := range injections {
		f.exec(`INSERT INTO outbox (template, account_id, recipient, subject, body, message_id, next_at, created_at) VALUES ('x', 0, ?, ?, ?, ?, ?, ?)`,
			in.recipient, in.subject, "Corps\r\n.\r\nMAIL FROM:<x@exemple.fr>", i, f.store.Now(), f.store.Now())
	}
	if _, err := f.round(ctx); err != nil {
		t.Fatal(err)
	}
	mails := server.mails()
	if len(mails) != 2 || f.count("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") != 3 {
		t.Errorf("%d mails sent, want those with a true address", len(mails))
	}
	for _, text := range mails {
		message, err := netmail.ReadMessage(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if message.Header.Get("Bcc") != "" || message.Header.Get("To") != "<marie@exemple.fr>" {
			t.Errorf("headers %v", message.Header)
		}
	}
	for _, to := range server.to {
		if to != "marie@exemple.fr" {
			t.Errorf("sent to %s", to)
		}
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	f.register("marie@exemple.fr")
	f.catchUp()
	list, _, err := f.due(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.send(ctx, list[0]); err != nil { // then killed
		t.Fatal(err)
	}
	if _, err := f.round(ctx); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(f.store.Dir(), MailFolder)
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || !strings.HasSuffix(entries[0].Name(), ".eml") {
		t.Fatalf("files %v (%v)", entries, err)
	}
	info, err := entries[0].Info()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v)", info.Mode(), err)
	}
	mails, err := Mailbox(f.store.Dir(), 10)
	if err != nil || len(mails) != 1 {
		t.Fatalf("%d mails (%v)", len(mails), err)
	}
	m := mails[0]
	if m.To != "marie@exemple.fr" || m.Subject != "Confirmez votre adresse" || !m.At.Equal(f.store.Now().Time) || m.Text != list[0].Body {
		t.Errorf("read back: %+v", m)
	}
	if _, err := f.accounts.Confirm(ctx, secretIn(t, m.Text)); err != nil {
		t.Errorf("the link of the file: %v", err)
	}
}

func TestMailboxOfANewFolder(t *testing.T) {
	t.Parallel()
	if list, err := Mailbox(t.TempDir(), 10); len(list) != 0 || err != nil {
		t.Errorf("%v (%v)", list, err)
	}
}

func TestNewServer(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"http://mail.exemple.fr", "mail.exemple.fr:25", "smtp://", "smtp://user:hush@mail.exemple.fr:x", "smtps://mail.exemple.fr:port", "%"} {
		_, err := newServer(address, "passerelle.example")
		if err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range []string{"smtp://mail.exemple.fr", "smtps://user:secret@mail.exemple.fr:465", "smtp://[::1]:25"} {
		if _, err := newServer(address, "passerelle.example"); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	f := open(t, nil)
	for _, cfg := range []config.Config{
		{URL: "https://passerelle.example", MailFrom: "a@passerelle.example", SMTPURL: "nowhere"},
		{URL: "https://passerelle.example", MailFrom: "nobody"},
	} {
		if _, err := New(cfg, f.store, f.accounts, slog.New(slog.NewTextHandler(io.Discard, nil))); err == nil {
			t.Errorf("jobs with %+v", cfg)
		}
	}
}

// A password must not cross the network in clear.
func TestAPasswordNeedsTLS(t *testing.T) {
	t.Parallel()
	server := newMailServer(t)
	s, err := newServer("smtp://user:secret@"+server.address, "passerelle.example")
	if err != nil {
		t.Fatal(err)
	}
	s.host = "127.0.0.1"
	err = s.send(ctx, Mail{From: "a@exemple.fr", Recipient: "b@exemple.fr", MessageID: "x@y", CreatedAt: models.At(time.Unix(1, 0))})
	if err == nil || len(server.mails()) != 0 {
		t.Errorf("sent with a password that the server did not ask for (%v)", err)
	}
	if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "exemple.fr") {
		t.Errorf("the error tells: %v", err)
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	for attempts := range 70 {
		wait := backoff(attempts)
		if wait < firstWait*3/4 || wait > longWait*5/4 {
			t.Errorf("after %d attempts: %v", attempts, wait)
		}
	}
	if backoff(0) > firstWait*5/4 || backoff(30) < longWait*3/4 {
		t.Errorf("first %v, last %v", backoff(0), backoff(30))
	}
}
