package funding

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"passerelle/models"
)

// Whatever people do, in whatever order and on whatever version: the envelope
// is the sum of the grants, each transition left one event and one change, the
// chains hold, no number is skipped, and nobody decided what they proposed.
func TestRandomActs(t *testing.T) {
	t.Parallel()
	file := callFile()
	file.EnvelopeCents = 4 * 1000_00
	p := openCall(t, file) // one store for all sequences: they only add to it
	rapid.Check(t, func(rt *rapid.T) {
		people := []models.Actor{p.holder, p.reviewer, p.lead, p.decider, p.other, p.outsider}
		for range rapid.IntRange(3, 8).Draw(rt, "acts") {
			by := rapid.SampledFrom(people).Draw(rt, "by")
			var numbers []string
			var drafts []models.ID
			p.view(func(_ context.Context, tx *models.Tx) error {
				if err := tx.DB.Raw("SELECT number FROM applications WHERE number <> '' ORDER BY id DESC LIMIT 4").Find(&numbers).Error; err != nil {
					return err
				}
				return tx.DB.Raw("SELECT id FROM applications WHERE state = 'draft' ORDER BY id").Find(&drafts).Error
			})
			number, version := "2026-0001", int64(1)
			if len(numbers) > 0 {
				number = rapid.SampledFrom(numbers).Draw(rt, "number")
				version = p.read(number).Version - int64(rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(rt, "late"))
			}
			amount := models.Cents(rapid.SampledFrom([]int64{0, 500_00, 1000_00, 1000_01}).Draw(rt, "amount"))
			d := Decision{Number: number, Version: version, Amount: amount, Motive: "Parce que."}
			act := rapid.SampledFrom([]Act{ActStart, ActSubmit, ActTake, ActTake, ActPropose, ActPropose, ActGrant, ActGrant, ActSendBack,
				ActRefuse, ActDrop, ActWithdraw}).Draw(rt, "act")
			var err error
			switch act {
			case ActStart:
				if len(drafts) < maxDrafts {
					p.draft(p.holder, complete(1000_00))
				}
			case ActSubmit:
				if len(drafts) > 0 {
					_, err = p.desk.Submit(ctx, p.holder, p.submission(rapid.SampledFrom(drafts).Draw(rt, "draft")))
				}
			case ActTake:
				err = p.desk.Take(ctx, by, number, version)
			case ActPropose:
				err = p.desk.Propose(ctx, by, Proposal{Number: number, Version: version, Amount: amount, Motive: "Utile."})
			case ActGrant:
				err = p.desk.Grant(ctx, by, d)
			case ActSendBack:
				err = p.desk.SendBack(ctx, by, d)
			case ActRefuse:
				err = p.desk.Refuse(ctx, by, d)
			case ActDrop:
				err = p.desk.Drop(ctx, by, Drop{Number: number, Version: version, Code: NotComplete, Motive: "Incomplet."})
			case ActWithdraw:
				err = p.desk.Withdraw(ctx, by, number, version, "")
			}
			if err != nil && !isRefusal(err) {
				rt.Fatalf("%s: %v", act, err)
			}
			p.clock.Add(time.Second)
		}
		p.holds(rt)
	})
}

// holds compares the whole store with the invariants.
func (p *place) holds(rt *rapid.T) {
	faults, err := p.desk.Check(ctx)
	if err != nil {
		rt.Fatal(err)
	}
	for _, f := range faults {
		rt.Errorf("%s: %s", f.Kind, f.Detail)
	}
	for what, query := range map[string]string{
		"more than the envelope": "SELECT count(*) FROM envelopes WHERE committed_cents > total_cents",
		"a proposer who decides": `SELECT count(*) FROM decisions d JOIN proposals p ON p.application_id = d.application_id AND p.proposed_by = d.decided_by
			WHERE d.outcome <> 'dropped'`,
		"two current decisions":           "SELECT count(*) FROM (SELECT 1 FROM decisions WHERE ended_at IS NULL GROUP BY application_id HAVING count(*) > 1)",
		"an amount over the one proposed": `SELECT count(*) FROM decisions d JOIN proposals p ON p.id = d.proposal_id WHERE d.amount_cents > p.amount_cents`,
	} {
		if n := p.count(query); n != 0 {
			rt.Errorf("%s: %d", what, n)
		}
	}
	events := p.count("SELECT count(*) FROM events")
	changes := p.count("SELECT count(*) FROM changes WHERE kind = 'draft.started' OR kind LIKE 'application.%'")
	if events != changes {
		rt.Errorf("%d events, %d changes", events, changes)
	}
	decided := p.count("SELECT count(*) FROM applications WHERE state IN ('granted', 'refused', 'dropped')")
	if n := p.count("SELECT count(*) FROM decisions"); n != decided {
		rt.Errorf("%d decisions, %d decided", n, decided)
	}
}

func TestRandomBudgets(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		b := Budget{Lines: rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) Line {
			return Line{
				Net:        Sum(models.Cents(rapid.Int64Range(1, int64(maxAmount)).Draw(rt, "net"))),
				VAT:        rapid.SampledFrom(VATs).Draw(rt, "vat"),
				Innovative: rapid.SampledFrom([]Answer{Yes, No}).Draw(rt, "innovative"),
			}
		}), 1, maxLines).Draw(rt, "lines")}
		var rest models.Cents
		for _, l := range b.Lines {
			exact := int64(l.Net.Cents) * (1000 + int64(l.VAT)) // in thousandths of a cent
			if got := int64(l.Gross()); got*1000-exact > 500 || exact-got*1000 >= 500 {
				rt.Errorf("%d at %d per mille: %d is not the nearest, half up", l.Net.Cents, l.VAT, got)
			}
			if l.Innovative != Yes {
				rest += l.Gross()
			}
		}
		if b.Innovative()+rest != b.Total() {
			rt.Error("the parts do not make the total")
		}
		if b.MeetsShare(50) != (b.Innovative() >= rest) {
			rt.Error("half is not half")
		}
	})
}

func ExampleLine_Gross() {
	line := Line{Net: Sum(28_000_00), VAT: 200}
	fmt.Println(line.Gross())
	// Output: 3360000
}
