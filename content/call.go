package content

// Call is a funding call (guichet): its rules and dates as data.
type Call struct {
	File `yaml:"-"`

	ID                string      `yaml:"id"` // UUID, for ever
	Slug              string      `yaml:"slug"`
	Title             string      `yaml:"title"`
	Summary           string      `yaml:"summary"`
	Demo              bool        `yaml:"demo,omitempty"`
	Window            string      `yaml:"window,omitempty"` // "demo": opens at seeding, closes twelve months later
	Opens             Moment      `yaml:"opens,omitempty"`  // [Opens, Closes[
	Closes            Moment      `yaml:"closes,omitempty"`
	CapCents          int64       `yaml:"cap_cents"`      // highest award, TTC
	EnvelopeCents     int64       `yaml:"envelope_cents"` // TTC
	RatePercent       int         `yaml:"rate_percent"`   // of the cost, up to the cap
	ExpectedMinCents  int64       `yaml:"expected_min_cents,omitempty"`
	ExpectedMaxCents  int64       `yaml:"expected_max_cents,omitempty"` // outside: warn, never block
	MaxMonths         int         `yaml:"max_months"`                   // from start to results
	InnovativePercent int         `yaml:"innovative_percent"`           // least share of spending in innovative French companies
	Bearers           []Bearer    `yaml:"bearers"`
	Themes            []CallTheme `yaml:"themes"`
	Criteria          []Criterion `yaml:"criteria"`
	Rules             []Rule      `yaml:"rules"`
	Ambiguities       []string    `yaml:"ambiguities,omitempty"`
	Evidence          `yaml:",inline"`
	Created           Date `yaml:"created"`
	Updated           Date `yaml:"updated"`

	Body string `yaml:"-"` // Markdown
}

// WindowDemo is the window that is computed at seeding.
const WindowDemo = "demo"

// Verdict is what the kind of a bearer means for an application.
type Verdict string

// The verdicts.
const (
	Eligible    Verdict = "eligible"
	ToCheck     Verdict = "check" // the desk looks at it
	NotEligible Verdict = "refused"
)

// Bearer is a kind of organisation and whether it may apply.
type Bearer struct {
	Kind    string  `yaml:"kind"` // central, deconcentrated, laboratory, operator, other, local, company
	Label   string  `yaml:"label"`
	Verdict Verdict `yaml:"verdict"`
}

// CallTheme is a technology or a subject that the call names as an example.
type CallTheme struct {
	Slug  string `yaml:"slug"`
	Label string `yaml:"label"`
}

// Criterion is what an application is judged on.
type Criterion struct {
	Title  string   `yaml:"title"`
	Points []string `yaml:"points"`
}

// Rule is a rule of the call in words, to be quoted in a refusal.
type Rule struct {
	Key    string `yaml:"key"` // bearer, cap, innovative, duration, size, rate, follow
	Text   string `yaml:"text"`
	Source string `yaml:"source"` // key of a source
}

// BearerKinds lists the kinds of organisation.
var BearerKinds = []string{"central", "deconcentrated", "laboratory", "operator", "other", "local", "company"}

// Rule is the rule of a key.
func (c Call) Rule(key string) (Rule, bool) {
	for _, r := range c.Rules {
		if r.Key == key {
			return r, true
		}
	}
	return Rule{}, false
}

// Render renders the body; [KEY] leads to the source of that key.
func (c Call) Render() Rendered { return RenderPage(c.Body + c.references()) }

// ParseCall reads the file of a call. The error is [Faults].
func ParseCall(path string, data []byte) (Call, error) {
	c, s := readCall(path, data)
	return c, s.faults.err()
}

func readCall(path string, data []byte) (Call, *sheet) {
	var c Call
	s, body := readFront(path, data, &c)
	c.File, c.Body = s.File, body
	if s.root == nil {
		return c, s
	}
	french(&c.Title, &c.Summary)
	frenchList(c.Ambiguities)
	for i := range c.Bearers {
		french(&c.Bearers[i].Label)
	}
	for i := range c.Themes {
		french(&c.Themes[i].Label)
	}
	for i := range c.Criteria {
		french(&c.Criteria[i].Title)
		frenchList(c.Criteria[i].Points)
	}
	for i := range c.Rules {
		french(&c.Rules[i].Text)
	}
	c.tidy()
	c.check(s)
	return c, s
}

func (c *Call) check(s *sheet) {
	s.id(c.ID)
	s.slug(c.Slug)
	s.text(c.Title, 1, maxTitle, "title")
	s.text(c.Summary, 1, maxSummary, "summary")
	switch {
	case c.Window == WindowDemo:
		s.check(c.Demo, "« window: demo » va avec « demo: true »", "window")
		s.check(c.Opens.IsZero() && c.Closes.IsZero(), "« window: demo » calcule les dates : retirez « opens » et « closes »", "opens")
	case c.Window != "":
		s.check(false, "« window » vaut demo, ou n’est pas écrit", "window")
	default:
		s.check(!c.Opens.IsZero(), "il faut l’ouverture (« opens »)", "opens")
		s.check(!c.Closes.IsZero(), "il faut la clôture (« closes »)", "closes")
		s.check(c.Opens.IsZero() || c.Closes.IsZero() || c.Opens.Before(c.Closes.Time), "la clôture précède l’ouverture", "closes")
	}
	s.check(c.CapCents > 0, "le plafond est un nombre de centimes supérieur à zéro", "cap_cents")
	s.check(c.EnvelopeCents >= c.CapCents, "l’enveloppe contient au moins une aide au plafond", "envelope_cents")
	s.check(1 <= c.RatePercent && c.RatePercent <= 100, "le taux va de 1 à 100", "rate_percent")
	s.check(0 <= c.ExpectedMinCents && c.ExpectedMinCents <= c.ExpectedMaxCents, "la taille attendue va du moins au plus", "expected_max_cents")
	s.check(c.MaxMonths > 0, "la durée est un nombre de mois supérieur à zéro", "max_months")
	s.check(0 <= c.InnovativePercent && c.InnovativePercent <= 100, "la part va de 0 à 100", "innovative_percent")
	c.checkLists(s)
	c.Evidence.check(s, c.Body)
	s.days(c.Created, c.Updated)
}

func (c *Call) checkLists(s *sheet) {
	s.check(len(c.Bearers) > 0, "il faut au moins un porteur", "bearers")
	kinds := map[string]bool{}
	for i, b := range c.Bearers {
		s.word(b.Kind, BearerKinds, "bearers", i, "kind")
		s.check(!kinds[b.Kind], "ce porteur est écrit deux fois", "bearers", i, "kind")
		kinds[b.Kind] = true
		s.text(b.Label, 1, maxSummary, "bearers", i, "label")
		s.word(string(b.Verdict), []string{string(Eligible), string(ToCheck), string(NotEligible)}, "bearers", i, "verdict")
	}
	slugs := map[string]bool{}
	for i, t := range c.Themes {
		s.check(slugShape.MatchString(t.Slug) && !slugs[t.Slug], "chaque thème a son propre « slug »", "themes", i, "slug")
		slugs[t.Slug] = true
		s.text(t.Label, 1, maxTitle, "themes", i, "label")
	}
	s.check(len(c.Criteria) > 0, "il faut au moins un critère", "criteria")
	for i, cr := range c.Criteria {
		s.text(cr.Title, 1, maxTitle, "criteria", i, "title")
		s.check(len(cr.Points) > 0, "un critère a au moins un point", "criteria", i)
	}
	keys := map[string]bool{}
	for i, r := range c.Rules {
		s.check(slugShape.MatchString(r.Key) && !keys[r.Key], "chaque règle a sa propre clé", "rules", i, "key")
		keys[r.Key] = true
		s.text(r.Text, 1, maxText, "rules", i, "text")
		_, ok := c.Source(r.Source)
		s.check(ok, "« "+r.Source+" » n’est pas une source de cette page", "rules", i, "source")
	}
}
