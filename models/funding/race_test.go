package funding

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"passerelle/content"
	"passerelle/models"
	"passerelle/models/modelstest"
)

// together runs n acts that start at the same instant.
func together(n int, act func(i int) error) []error {
	results := make([]error, n)
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-gate
			results[i] = act(i)
		})
	}
	close(gate)
	wg.Wait()
	return results
}

// tally counts the answers by their code.
func tally(results []error) map[string]int {
	n := map[string]int{}
	for _, err := range results {
		n[models.Code(err)]++
	}
	return n
}

func TestSixtyFourDecidersAndMoneyForTen(t *testing.T) {
	t.Parallel()
	file := callFile()
	file.EnvelopeCents = 10*1000_00 + 999_99
	p := openCall(t, file)
	const deciders = 64
	decisions, who := make([]Decision, deciders), make([]models.Actor, deciders)
	for i := range deciders {
		p.holder = p.person(i) // 20 drafts a person
		decisions[i] = p.proposed(1000_00)
		who[i] = p.person(100 + i)
		modelstest.Grant(t, p.store, who[i], models.Decider, p.call.ID)
	}
	results := tally(together(deciders, func(i int) error { return p.desk.Grant(ctx, who[i], decisions[i]) }))
	if results[""] != 10 || results["funding.envelope"] != 54 {
		t.Errorf("%v: want ten awards", results)
	}
	for query, want := range map[string]int64{
		"SELECT committed_cents FROM envelopes":                                         10_000_00,
		"SELECT count(*) FROM applications WHERE state = 'granted'":                     10,
		"SELECT count(*) FROM applications WHERE state = 'in_decision'":                 54,
		"SELECT count(*) FROM events WHERE act = 'grant'":                               10,
		"SELECT count(*) FROM changes WHERE kind = 'application.granted'":               10,
		"SELECT count(*) FROM decisions":                                                10,
		"SELECT count(*) FROM refused_attempts WHERE code = 'funding.envelope'":         54,
		"SELECT count(*) FROM proposals WHERE ended_at IS NULL":                         54,
		"SELECT count(*) FROM changes WHERE kind LIKE 'application.%' AND actor_id = 0": 0,
	} {
		if got := p.count(query); got != want {
			t.Errorf("%s: got %d, want %d", query, got, want)
		}
	}
	p.sound()
}

func TestTwoDecidersAndMoneyForOne(t *testing.T) {
	t.Parallel()
	file := callFile()
	file.EnvelopeCents = 48_000_00
	p := openCall(t, file)
	a, b := p.proposed(48_000_00), p.proposed(48_000_00)
	results := tally(together(2, func(i int) error {
		return p.desk.Grant(ctx, []models.Actor{p.decider, p.other}[i], []Decision{a, b}[i])
	}))
	if results[""] != 1 || results["funding.envelope"] != 1 {
		t.Errorf("%v: want one award", results)
	}
	p.sound()
}

func TestTwoDecidersOnOneApplication(t *testing.T) {
	t.Parallel()
	p := open(t)
	d := p.proposed(1000_00)
	results := tally(together(2, func(i int) error {
		if i == 0 {
			return p.desk.Grant(ctx, p.decider, d)
		}
		return p.desk.Refuse(ctx, p.other, d)
	}))
	if results[""] != 1 || results["funding.stale"] != 1 {
		t.Errorf("%v: want one decision", results)
	}
	if n := p.count("SELECT count(*) FROM decisions"); n != 1 {
		t.Errorf("%d decisions", n)
	}
	p.sound()
}

func TestFiftyDoubleClicks(t *testing.T) {
	t.Parallel()
	p := open(t)
	s := p.submission(p.draft(p.holder, complete(1000_00)))
	receipts := make([]Receipt, 50)
	for _, err := range together(50, func(i int) (err error) {
		receipts[i], err = p.desk.Submit(ctx, p.holder, s)
		return err
	}) {
		p.must(err)
	}
	for _, r := range receipts {
		if r != receipts[0] || r.Number != "2026-0001" || len(r.SHA256) != 64 {
			t.Fatalf("receipts differ: %+v and %+v", r, receipts[0])
		}
	}
	for query, want := range map[string]int64{
		"SELECT count(*) FROM submissions":                                  1,
		"SELECT last FROM application_numbers":                              1,
		"SELECT count(*) FROM events WHERE act = 'submit'":                  1,
		"SELECT count(*) FROM changes WHERE kind = 'application.submitted'": 1,
	} {
		if got := p.count(query); got != want {
			t.Errorf("%s: got %d, want %d", query, got, want)
		}
	}
	p.sound()
}

func TestNumbersHaveNoGap(t *testing.T) {
	t.Parallel()
	p := open(t)
	var submissions []Submission
	for i := range 16 {
		c := complete(1000_00)
		if i%4 == 3 {
			c.Project.Title = "" // refused: gives no number
		}
		submissions = append(submissions, p.submission(p.draft(p.holder, c)))
	}
	results := tally(together(len(submissions), func(i int) error {
		_, err := p.desk.Submit(ctx, p.holder, submissions[i])
		return err
	}))
	if results[""] != 12 || results["funding.step_incomplete"] != 4 {
		t.Errorf("%v", results)
	}
	var numbers []string
	p.view(func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT number FROM applications WHERE number <> '' ORDER BY number").Find(&numbers).Error
	})
	if len(numbers) != 12 || numbers[0] != "2026-0001" || numbers[11] != "2026-0012" || len(slices.Compact(numbers)) != 12 {
		t.Errorf("numbers %v", numbers)
	}
	p.sound()
}

func TestANumberBearsTheYearOfParis(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.clock.Set(time.Date(2026, 12, 31, 23, 59, 59, 999_999_000, models.Paris))
	if r := p.submitted(1000_00); r.Number != "2026-0001" {
		t.Errorf("the last of the year is %s", r.Number)
	}
	p.clock.Set(time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC)) // already January in Paris
	if r := p.submitted(1000_00); r.Number != "2027-0001" {
		t.Errorf("the first of the year is %s", r.Number)
	}
	p.sound()
}

// The window is [opens, closes[ in Paris, on days of 23 and 25 hours too.
func TestTheLastSecondOfTheWindow(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, models.Paris) }
	for name, closes := range map[string]time.Time{
		"an ordinary day":            day(11, 18),
		"the day the clocks go on":   day(3, 30),
		"the day the clocks go back": day(10, 26),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := callFile()
			file.Closes = content.Moment{Time: closes}
			store, clock := modelstest.Open(t)
			p := &place{t: t, store: store, clock: clock, desk: New(store)}
			p.holder = modelstest.Person(t, store, "porteur")
			clock.Set(closes.Add(-48 * time.Hour))
			p.load(file)
			c := complete(1000_00)
			c.Project.Start, c.Project.End = DayOf(models.At(closes)), DayOf(models.At(closes)).AddMonths(3)
			first, second := p.submission(p.draft(p.holder, c)), p.submission(p.draft(p.holder, c))

			clock.Set(time.Date(closes.Year(), closes.Month(), closes.Day()-1, 23, 59, 59, 999_999_000, models.Paris))
			if _, err := p.desk.Submit(ctx, p.holder, first); err != nil {
				t.Errorf("at 23:59:59.999999: %v", err)
			}
			clock.Set(closes)
			_, err := p.desk.Submit(ctx, p.holder, second)
			p.want(err, "funding.closed")
			_, err = p.desk.Start(ctx, p.holder, "essai")
			p.want(err, "funding.closed")
			r, err := p.desk.Submit(ctx, p.holder, first) // its receipt, for ever
			if err != nil || r.Number != "2026-0001" {
				t.Errorf("the receipt after the window: %+v, %v", r, err)
			}
			p.sound()
		})
	}
}

func TestBeforeTheWindow(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.clock.Set(time.Date(2026, 1, 17, 23, 59, 59, 0, models.Paris))
	_, err := p.desk.Start(ctx, p.holder, "essai")
	p.want(err, "funding.not_open")
	p.clock.Set(time.Date(2026, 1, 18, 0, 0, 0, 0, models.Paris))
	_, err = p.desk.Start(ctx, p.holder, "essai")
	p.want(err, "")
	p.exec("UPDATE calls SET closed_early_at = ?, closed_early_reason = 'Enveloppe consommée.'", models.At(time.Date(2026, 6, 1, 0, 0, 0, 0, models.Paris)))
	p.clock.Set(time.Date(2026, 6, 1, 0, 0, 0, 0, models.Paris))
	_, err = p.desk.Start(ctx, p.holder, "essai")
	p.want(err, "funding.closed")
	_, err = p.desk.Start(ctx, p.holder, "inconnu")
	p.want(err, "funding.unknown_call")
}

func TestPassingWindowsIsRecordedOnce(t *testing.T) {
	t.Parallel()
	p := open(t)
	recorded := func() (kinds []string) {
		p.view(func(_ context.Context, tx *models.Tx) error {
			return tx.DB.Raw("SELECT kind FROM changes WHERE kind IN ('call.opened', 'call.closed') ORDER BY seq").Find(&kinds).Error
		})
		return kinds
	}
	pass := func(at time.Time, want ...string) {
		t.Helper()
		p.clock.Set(at)
		for _, err := range together(8, func(int) error { return p.desk.PassWindows(ctx) }) {
			p.must(err)
		}
		if got := recorded(); !slices.Equal(got, want) {
			t.Errorf("at %s: %v, want %v", at, got, want)
		}
	}
	opens, closes := p.call.OpensAt.Time, p.call.ClosesAt.Time
	pass(opens.Add(-time.Microsecond))
	pass(opens, "call.opened")
	pass(closes.Add(-time.Microsecond), "call.opened")
	if next, err := p.desk.NextWindow(ctx); err != nil || !next.Equal(closes) {
		t.Errorf("the next change is at %s, %v", next, err)
	}
	pass(closes, "call.opened", "call.closed")
	// Extended by its file: it closes again, and says so again.
	file := callFile()
	file.Digest, file.Closes.Time = "2", closes.AddDate(0, 1, 0)
	p.load(file)
	pass(closes.Add(time.Hour), "call.opened", "call.closed")
	pass(file.Closes.Time, "call.opened", "call.closed", "call.closed")
}

func TestALostVersionIsRefusedEverywhere(t *testing.T) {
	t.Parallel()
	p := open(t)
	id := p.draft(p.holder, complete(1000_00))
	s := p.submission(id)
	p.must(p.desk.SaveStep(ctx, p.holder, StepSave{Draft: id, Version: 1, Content: Team{HolderFunction: "Chef", HolderPhone: "0102030405",
		SponsorName: "B", SponsorFunction: "C"}}))
	_, err := p.desk.Submit(ctx, p.holder, s)
	p.want(err, "funding.stale")
	if !errors.Is(err, ErrStale) {
		t.Error("not the refusal ErrStale")
	}
	_, err = p.desk.Submit(ctx, p.holder, p.submission(id))
	p.must(err)
}
