package funding

import (
	"strings"
	"testing"
	"time"

	"passerelle/content"
	"passerelle/models"
)

// rulesCall is the call of the tests, without a store.
func rulesCall() Call {
	var c Call
	file := callFile()
	c.set(file, content.Rendered{}, false, models.At(time.Date(2026, 11, 24, 12, 0, 0, 0, models.Paris)))
	return c
}

func TestJudge(t *testing.T) {
	t.Parallel()
	fine := Answers{Bearer: Central, Team: Yes, Duration: Yes, Innovative: Yes, Public: Yes}
	tests := []struct {
		name string
		edit func(*Answers)
		want Outcome
		code string
	}{
		{"central administration", func(*Answers) {}, Eligible, ""},
		{"deconcentrated service", func(a *Answers) { a.Bearer = Deconcentrated }, Eligible, ""},
		{"public laboratory", func(a *Answers) { a.Bearer = Laboratory }, Eligible, ""},
		{"operator", func(a *Answers) { a.Bearer = Operator }, Eligible, ""},
		{"other body", func(a *Answers) { a.Bearer = OtherBody }, ToCheck, "funding.check_bearer"},
		{"local authority", func(a *Answers) { a.Bearer = Local }, NotEligible, "funding.rule_bearer"},
		{"company", func(a *Answers) { a.Bearer = Company }, NotEligible, "funding.rule_bearer"},
		{"no team", func(a *Answers) { a.Team = No }, NotEligible, "funding.rule_team"},
		{"too long, rule in the call's words", func(a *Answers) { a.Duration = No }, NotEligible, "funding.rule_quoted"},
		{"too few innovative companies", func(a *Answers) { a.Innovative = No }, NotEligible, "funding.rule_innovative"},
		{"results kept", func(a *Answers) { a.Public = No }, NotEligible, "funding.rule_public"},
		{"share not known", func(a *Answers) { a.Innovative = Unknown }, ToCheck, "funding.check_innovative"},
		{"a rule against wins over a doubt", func(a *Answers) { a.Bearer, a.Team = OtherBody, No }, NotEligible, "funding.rule_team"},
		{"two rules", func(a *Answers) { a.Bearer, a.Team = Company, No }, NotEligible, "funding.rule_bearer funding.rule_team"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := fine
			tt.edit(&a)
			v := rulesCall().Judge(a)
			if got := models.Code(v.Rules.Err()); v.Outcome != tt.want || got != tt.code {
				t.Errorf("got %s, %q; want %s, %q", v.Outcome, got, tt.want, tt.code)
			}
		})
	}
	if v := rulesCall().Judge(Answers{Bearer: Central, Team: Yes, Duration: No, Innovative: Yes, Public: Yes}); v.Rules[0].Args[0] != "Le projet donne ses résultats en trois mois au plus." {
		t.Errorf("the rule is not quoted: %v", v.Rules)
	}
}

func TestGross(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		net  models.Cents
		vat  VAT
		want models.Cents
	}{
		{"20 %", 28_000_00, 200, 33_600_00},
		{"none", 100, 0, 100},
		{"2.1 % of 0.50 € is 0.0105: down", 50, 21, 51},
		{"5.5 % of 1 € is 0.055: half up", 100, 55, 106},
		{"10 % of 0.05 € is 0.005: half up", 5, 100, 6},
		{"10 % of 0.04 € is 0.004: down", 4, 100, 4},
		{"no rate chosen yet", 100, NoVAT, 100},
		{"the largest amount", maxAmount, 200, maxAmount / 5 * 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := (Line{Net: Sum(tt.net), VAT: tt.vat}).Gross(); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestStepRules(t *testing.T) {
	t.Parallel()
	now := models.At(time.Date(2026, 11, 24, 14, 32, 0, 0, models.Paris))
	line := complete(1).Budget.Lines[0]
	lines := func(edit func(*Line)) func(*Contents) {
		return func(c *Contents) {
			l := line
			l.Net = Sum(24_000_00)
			edit(&l)
			c.Budget.Lines = []Line{l}
			c.Financing.Requested = Sum(max(1, min(c.Budget.Total(), 48_000_00)))
			c.Financing.Own = Sum(min(maxAmount, max(0, c.Budget.Total()-48_000_00)))
		}
	}
	tests := []struct {
		name string
		edit func(*Contents)
		want string
	}{
		{"complete", func(*Contents) {}, ""},
		{"empty", func(c *Contents) { *c = Contents{} },
			"choice.unknown choice.unknown choice.unknown choice.unknown choice.unknown " + // five answers
				"text.required text.required choice.unknown text.required " + // organisation
				"text.required text.required text.required text.required " + // team
				"text.required text.required text.required text.required text.required text.required text.required " + // project
				"funding.lines_none text.required text.required choice.unknown"},
		{"SIRET with a wrong key", func(c *Contents) { c.Body.SIRET = "73282932000079" }, "funding.siret"},
		{"unknown department", func(c *Contents) { c.Body.Department = "20" }, "choice.unknown"},
		{"Corsica", func(c *Contents) { c.Body.Department = "2A" }, ""},
		{"kind of body that no list has", func(c *Contents) { c.Body.Kind, c.Answers.Bearer = "king", "king" }, "choice.unknown choice.unknown"},
		{"kind that differs from the first step", func(c *Contents) { c.Body.Kind = Operator }, "funding.kind_differs"},
		{"phone too short", func(c *Contents) { c.Team.HolderPhone = "01 02 03" }, "funding.phone"},
		{"phone, international", func(c *Contents) { c.Team.HolderPhone = "+33 1 02 03 04 05" }, ""},
		{"phone, overseas", func(c *Contents) { c.Team.HolderPhone = "+687 12 34 56" }, ""},
		{"phone of nobody", func(c *Contents) { c.Team.HolderPhone = "+1 555 0100" }, "funding.phone"},
		{"title of 120", func(c *Contents) { c.Project.Title = strings.Repeat("é", 120) }, ""},
		{"title of 121", func(c *Contents) { c.Project.Title = strings.Repeat("é", 121) }, "text.long"},
		{"summary of 501", func(c *Contents) { c.Project.Summary = strings.Repeat("a", 501) }, "text.long"},
		{"NUL", func(c *Contents) { c.Project.Problem = "a\x00b" }, "text.unreadable"},
		{"not UTF-8", func(c *Contents) { c.Project.Problem = "a\xffb" }, "text.unreadable"},
		{"spaces only", func(c *Contents) { c.Project.Problem = " \n " }, "text.required"},
		{"theme of no call", func(c *Contents) { c.Project.Theme = "astrologie" }, "choice.unknown"},
		{"three months to the day", func(c *Contents) { c.Project.Start, c.Project.End = "2026-12-01", "2027-03-01" }, ""},
		{"a day more", func(c *Contents) { c.Project.Start, c.Project.End = "2026-12-01", "2027-03-02" }, "funding.end_late"},
		{"30 November and three months", func(c *Contents) { c.Project.Start, c.Project.End = "2026-11-30", "2027-02-28" }, ""},
		{"a day more than clamped", func(c *Contents) { c.Project.Start, c.Project.End = "2026-11-30", "2027-03-01" }, "funding.end_late"},
		{"ends before it starts", func(c *Contents) { c.Project.Start, c.Project.End = "2026-12-02", "2026-12-01" }, "funding.end_before_start"},
		{"starts yesterday", func(c *Contents) { c.Project.Start, c.Project.End = "2026-11-23", "2026-12-01" }, "funding.start_past"},
		{"starts today", func(c *Contents) { c.Project.Start, c.Project.End = "2026-11-24", "2026-12-01" }, ""},
		{"line without amount", lines(func(l *Line) { l.Net = Amount{} }), "text.required"},
		{"line of nothing", lines(func(l *Line) { l.Net = Sum(0) }), "funding.net_zero"},
		{"negative line", lines(func(l *Line) { l.Net = Sum(-1) }), "funding.amount_range"},
		{"line beyond reason", lines(func(l *Line) { l.Net = Sum(maxAmount + 1) }), "funding.amount_range"},
		{"rate that does not exist", lines(func(l *Line) { l.VAT = 196 }), "choice.unknown"},
		{"rate not chosen", lines(func(l *Line) { l.VAT = NoVAT }), "choice.unknown"},
		{"category of no list", lines(func(l *Line) { l.Category = "champagne" }), "choice.unknown"},
		{"nothing to innovative companies", lines(func(l *Line) { l.Innovative = No }), "funding.share"},
		{"half exactly", func(c *Contents) {
			a, b := line, line
			a.Net, b.Net, b.Innovative = Sum(10_000_01), Sum(10_000_01), No
			c.Budget.Lines = []Line{a, b}
			c.Financing.Requested = Sum(20_000_02)
		}, ""},
		{"a cent under half", func(c *Contents) {
			a, b := line, line
			a.Net, b.Net, b.Innovative = Sum(10_000_00), Sum(10_000_01), No
			c.Budget.Lines = []Line{a, b}
			c.Financing.Requested = Sum(20_000_01)
		}, "funding.share"},
		{"too many lines", func(c *Contents) {
			l := line
			l.Net = Sum(100)
			c.Budget.Lines = make([]Line, maxLines+1)
			for i := range c.Budget.Lines {
				c.Budget.Lines[i] = l
			}
			c.Financing.Requested = Sum(100 * (maxLines + 1))
		}, "funding.lines_many"},
		{"the cap exactly", func(c *Contents) { *c = complete(48_000_00) }, ""},
		{"a cent over the cap", func(c *Contents) { *c = complete(48_000_01) }, "funding.cap"},
		{"nothing asked for", func(c *Contents) { c.Financing.Requested, c.Financing.Own = Sum(0), Sum(24_000_00) }, "funding.requested_zero"},
		{"more than the total", func(c *Contents) { c.Financing.Requested = Sum(24_000_01) }, "funding.over_total"},
		{"plan a cent short", func(c *Contents) { c.Financing.Requested = Sum(23_999_99) }, "funding.plan"},
		{"own funds make it up", func(c *Contents) { c.Financing.Requested, c.Financing.Own = Sum(20_000_00), Sum(4_000_00) }, ""},
		{"others' funds without origin", func(c *Contents) { c.Financing.Requested, c.Financing.Other = Sum(20_000_00), Sum(4_000_00) }, "text.required"},
		{"others' funds", func(c *Contents) {
			c.Financing.Requested, c.Financing.Other, c.Financing.OtherOrigin = Sum(20_000_00), Sum(4_000_00), "Région"
		}, ""},
		{"double funding not said", func(c *Contents) { c.Financing.Double = "" }, "choice.unknown"},
		{"double funding not described", func(c *Contents) { c.Financing.Double = Yes }, "text.required"},
		{"not eligible", func(c *Contents) { c.Answers.Team = No }, "funding.rule_team"},
		{"to be checked", func(c *Contents) { c.Answers.Team = Unknown }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := complete(24_000_00)
			tt.edit(&c)
			var p models.Problems
			for _, step := range Steps {
				p = append(p, c.Missing(rulesCall(), step, now)...)
			}
			if got := models.Code(p.Err()); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTheExpectedSizeIsAWarning(t *testing.T) {
	t.Parallel()
	for total, want := range map[models.Cents]bool{
		0: false, 19_999_99: true, 20_000_00: false, 100_000_00: false, 100_000_01: true,
	} {
		b := Budget{Lines: []Line{{Net: Sum(total)}}}
		if got := b.Unexpected(rulesCall()); got != want {
			t.Errorf("%d: got %v, want %v", total, got, want)
		}
	}
}

func TestAddMonths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from Date
		n    int
		want Date
	}{
		{"2026-11-30", 3, "2027-02-28"}, {"2027-11-30", 3, "2028-02-29"}, {"2026-12-31", 2, "2027-02-28"}, {"2026-01-31", 1, "2026-02-28"},
		{"2026-08-31", 1, "2026-09-30"}, {"2026-11-24", 12, "2027-11-24"}, {"2028-02-29", 12, "2029-02-28"}, {"", 3, ""},
	}
	for _, tt := range tests {
		if got := tt.from.AddMonths(tt.n); got != tt.want {
			t.Errorf("%s and %d months: got %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]Date{
		"24/11/2026": "2026-11-24", "2026-11-24": "2026-11-24", "1/2/2027": "2027-02-01", "29/02/2028": "2028-02-29",
		"29/02/2027": "", "31/04/2027": "", "2026-13-01": "", "demain": "", "": "", "24/11/26": "", "24-11-2026": "2026-11-24", "24.11.2026": "2026-11-24", "1/3/2027": "2027-03-01", "2027-03-01": "2027-03-01", "24/11/2026 ": "",
	} {
		if got, ok := ParseDate(typed); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestThePhasesOfACall(t *testing.T) {
	t.Parallel()
	paris := func(y int, m time.Month, d, h, min, s, ns int) time.Time {
		return time.Date(y, m, d, h, min, s, ns, models.Paris)
	}
	historic := Call{OpensAt: models.At(paris(2021, 1, 18, 0, 0, 0, 0)), ClosesAt: models.At(paris(2023, 1, 18, 0, 0, 0, 0))}
	early := historic
	early.ClosedEarlyAt = models.At(paris(2022, 6, 1, 18, 0, 0, 0))
	spring := Call{OpensAt: models.At(paris(2026, 3, 29, 0, 0, 0, 0)), ClosesAt: models.At(paris(2026, 3, 30, 0, 0, 0, 0))}   // a day of 23 hours
	autumn := Call{OpensAt: models.At(paris(2026, 10, 25, 0, 0, 0, 0)), ClosesAt: models.At(paris(2026, 10, 26, 0, 0, 0, 0))} // a day of 25 hours
	tests := []struct {
		name string
		call Call
		at   time.Time
		want Phase
	}{
		{"the microsecond before it opens", historic, paris(2021, 1, 17, 23, 59, 59, 999_999_000), Coming},
		{"as it opens", historic, paris(2021, 1, 18, 0, 0, 0, 0), Open},
		{"the last microsecond", historic, paris(2023, 1, 17, 23, 59, 59, 999_999_000), Open},
		{"as it closes", historic, paris(2023, 1, 18, 0, 0, 0, 0), Closed},
		{"in UTC, an hour behind", historic, time.Date(2023, 1, 17, 23, 0, 0, 0, time.UTC), Closed},
		{"before it is closed early", early, paris(2022, 6, 1, 17, 59, 59, 0), Open},
		{"closed early", early, paris(2022, 6, 1, 18, 0, 0, 0), Closed},
		{"spring, last microsecond", spring, paris(2026, 3, 29, 23, 59, 59, 999_999_000), Open},
		{"spring, closed", spring, time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC), Closed},
		{"autumn, last microsecond", autumn, time.Date(2026, 10, 25, 22, 59, 59, 999_999_000, time.UTC), Open},
		{"autumn, closed", autumn, time.Date(2026, 10, 25, 23, 0, 0, 0, time.UTC), Closed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.call.PhaseAt(models.At(tt.at)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	for days, at := range map[int]time.Time{
		0: paris(2023, 1, 17, 8, 0, 0, 0), 1: paris(2023, 1, 16, 23, 59, 59, 0), 365: paris(2022, 1, 17, 0, 0, 0, 0),
	} {
		if got := historic.DaysLeft(models.At(at)); got != days {
			t.Errorf("%s: %d days left, want %d", at, got, days)
		}
	}
	if got, want := historic.TextChangesAt(models.At(paris(2022, 3, 26, 14, 0, 0, 0))), paris(2022, 3, 27, 0, 0, 0, 0); !got.Equal(want) {
		t.Errorf("the text changes at %s, want %s", got, want)
	}
}
