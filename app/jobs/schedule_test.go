package jobs

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"passerelle/models"
)

func TestNextRun(t *testing.T) {
	t.Parallel()
	paris := func(text string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", text, models.Paris)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	tests := []struct{ name, last, want string }{
		{"in the evening", "2026-11-24 20:00", "2026-11-25 04:00"},
		{"before the hour", "2026-11-24 03:59", "2026-11-24 04:00"},
		{"on the hour", "2026-11-24 04:00", "2026-11-25 04:00"},
		{"end of the year", "2026-12-31 04:00", "2027-01-01 04:00"},
		{"the day that has 23 hours", "2027-03-27 04:00", "2027-03-28 04:00"},
		{"after it", "2027-03-28 04:00", "2027-03-29 04:00"},
		{"the day that has 25 hours", "2026-10-24 04:00", "2026-10-25 04:00"},
		{"after it, too", "2026-10-25 04:00", "2026-10-26 04:00"},
	}
	for _, tt := range tests {
		if got := nextRun(models.At(paris(tt.last))); !got.Equal(paris(tt.want)) {
			t.Errorf("%s: %v, want %s", tt.name, got.In(models.Paris), tt.want)
		}
	}
}

// Each day of Paris has one run, also when an hour is missing or comes twice.
func TestOneRunADay(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 10, 20, 12, 0, 0, 0, models.Paris)
	end := time.Date(2027, 4, 5, 12, 0, 0, 0, models.Paris)
	runs := map[string]int{}
	for last := models.At(at); at.Before(end); at = at.Add(10 * time.Minute) {
		if !at.Before(nextRun(last)) {
			last = models.At(at)
			runs[at.Format(time.DateOnly)]++
		}
	}
	if len(runs) != 167 { // 21 October to 5 April
		t.Errorf("%d days with a run", len(runs))
	}
	for day, n := range runs {
		if n != 1 {
			t.Errorf("%d runs on %s", n, day)
		}
	}
}

func TestRetention(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	f.register("marie@exemple.fr")
	f.confirm("marie@exemple.fr")
	f.register("luc@exemple.fr")
	f.catchUp()
	if _, err := f.round(ctx); err != nil { // writes both mails
		t.Fatal(err)
	}
	if _, err := f.accounts.LogIn(ctx, "marie@exemple.fr", goodPassword, ""); err != nil {
		t.Fatal(err)
	}
	part := func(name string, at time.Time) string { // what a kill left, or what is being written
		path := filepath.Join(f.store.Dir(), MailFolder, name)
		err := os.WriteFile(path, nil, 0o600)
		if err == nil {
			err = os.Chtimes(path, at, at)
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	stale, fresh := part("1.part", f.clock.Now()), part("2.part", f.clock.Now().AddDate(1, 0, 0))
	left := func() [5]int64 {
		files, err := filepath.Glob(filepath.Join(f.store.Dir(), MailFolder, "*.eml"))
		if err != nil {
			t.Fatal(err)
		}
		return [5]int64{
			f.count("SELECT count(*) FROM sessions"), f.count("SELECT count(*) FROM tokens"), f.count("SELECT count(*) FROM outbox"),
			f.count("SELECT count(*) FROM accounts WHERE deleted_at IS NULL"), int64(len(files)),
		}
	}
	steps := []struct {
		after time.Duration
		want  [5]int64 // sessions, tokens, mails, accounts, files
	}{
		{0, [5]int64{1, 2, 2, 2, 2}},
		{29 * 24 * time.Hour, [5]int64{1, 2, 2, 2, 2}},
		{24*time.Hour + time.Second, [5]int64{0, 1, 0, 1, 0}}, // Luc's link goes with his account
		{3 * 24 * time.Hour, [5]int64{0, 0, 0, 1, 0}},
	}
	for i, step := range steps {
		f.clock.Add(step.after)
		if err := f.runDue(ctx); err != nil {
			t.Fatal(err)
		}
		if got := left(); got != step.want {
			t.Errorf("step %d: left %v, want %v", i, got, step.want)
		}
	}
	if _, err := os.Stat(stale); err == nil {
		t.Error("a file that a kill left is still there")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("a file that is being written was erased: %v", err)
	}
	if n := f.count("SELECT count(*) FROM jobs WHERE name = 'retention'"); n != 1 {
		t.Error("the run was not noted")
	}
}

func TestAJobRunsOnceItsTimeCame(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	old := func() {
		f.exec("INSERT INTO outbox (template, account_id, recipient, subject, body, message_id, next_at, created_at, sent_at) VALUES ('x', 0, '', '', '', hex(randomblob(8)), '2000', '2000', '2000')")
	}
	ran := func() bool {
		old()
		if err := f.runDue(ctx); err != nil {
			t.Fatal(err)
		}
		n := f.count("SELECT count(*) FROM outbox")
		return n == 0
	}
	if !ran() {
		t.Error("never ran, yet was not due")
	}
	if ran() {
		t.Error("ran twice at the same instant")
	}
	f.clock.Set(time.Date(2026, 11, 25, 3, 59, 0, 0, models.Paris))
	if ran() {
		t.Error("ran before its hour")
	}
	f.clock.Set(time.Date(2026, 11, 25, 4, 0, 0, 0, models.Paris))
	if !ran() {
		t.Error("did not run at its hour")
	}
}
