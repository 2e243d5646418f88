package funding

import (
	"context"
	"testing"

	"passerelle/models"
)

// Each kind of damage is done on purpose; check must name it.
func TestCheckFindsEachFault(t *testing.T) {
	t.Parallel()
	unlock := func(table string) string { return "DROP TRIGGER " + table + "_no_update" }
	tests := []struct {
		name   string
		damage []string
		want   string
	}{
		{"nothing", nil, ""},
		{"money that no event gave", []string{"UPDATE envelopes SET committed_cents = committed_cents + 1"}, "envelope"},
		{"an award that the envelope lacks", []string{"UPDATE envelopes SET committed_cents = 0"}, "envelope"},
		{"an award written larger", []string{"UPDATE applications SET granted_cents = granted_cents - 1 WHERE granted_cents > 0"}, "envelope"},
		{"an event rewritten", []string{unlock("events"), "UPDATE events SET reason = 'autre' WHERE act = 'propose'"}, "chain"},
		{"an event of another day", []string{unlock("events"), "UPDATE events SET at = '2026-01-01 00:00:00.000000' WHERE act = 'take'"}, "chain"},
		{"an event cut out", []string{"DROP TRIGGER events_no_delete", "DELETE FROM events WHERE act = 'take'"}, "chain"},
		{"the first event cut off", []string{"DROP TRIGGER events_no_delete", "DELETE FROM events WHERE act = 'start'"}, "chain"},
		{"the last event cut off", []string{"DROP TRIGGER events_no_delete", "DELETE FROM events WHERE act = 'take' AND application_id = 2"}, "event"},
		{"a state without an event", []string{"UPDATE applications SET state = 'withdrawn' WHERE id = 2"}, "event"},
		{"a submission rewritten", []string{unlock("submissions"), "UPDATE submissions SET content = replace(content, 'courriers', 'colis')"}, "submission"},
		{"a submission with its hash", []string{unlock("submissions"), "UPDATE submissions SET content = '{}', sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'"}, "submission"},
		{"a number skipped", []string{"UPDATE application_numbers SET last = last + 1"}, "number"},
		{"a number changed", []string{"UPDATE applications SET number = '2026-0007' WHERE number = '2026-0001'"}, "number"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := open(t)
			p.must(p.desk.Grant(ctx, p.decider, p.proposed(1000_00)))
			r := p.submitted(1000_00)
			p.must(p.desk.Take(ctx, p.reviewer, r.Number, p.read(r.Number).Version))
			for _, statement := range tt.damage {
				p.exec(statement)
			}
			faults, err := p.desk.Check(ctx)
			p.must(err)
			got := ""
			for _, f := range faults {
				if got == "" {
					got = f.Kind
				}
			}
			if got != tt.want {
				t.Errorf("got %q (%v), want %q", got, faults, tt.want)
			}
		})
	}
}

func TestWhatIsFrozenIsRefusedToEverybody(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.submitted(1000_00)
	for _, statement := range []string{
		"UPDATE events SET reason = 'x'", "DELETE FROM events", "UPDATE submissions SET content = 'x'", "DELETE FROM submissions",
		"UPDATE budget_lines SET net_cents = 1", "DELETE FROM budget_lines",
		"UPDATE envelopes SET committed_cents = total_cents + 1", "UPDATE envelopes SET committed_cents = -1",
		"UPDATE applications SET number = ''", "UPDATE applications SET requested_cents = total_cents + 1",
		"UPDATE applications SET organisation_id = NULL", "UPDATE applications SET state = 'lost'",
	} {
		err := p.store.Update(ctx, func(_ context.Context, tx *models.Tx) error { return tx.DB.Exec(statement).Error })
		if err == nil {
			t.Errorf("%s was let through", statement)
		}
	}
	p.sound()
}
