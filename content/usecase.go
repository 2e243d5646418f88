package content

import (
	"slices"
	"strings"
)

// UseCase is what a laboratory tried, or (Type [Experience]) a local project
// that is not the work of a laboratory.
type UseCase struct {
	File `yaml:"-"`

	ID         string   `yaml:"id"` // UUID, for ever
	Slug       string   `yaml:"slug"`
	Type       CaseType `yaml:"type"`
	Title      string   `yaml:"title"`
	Summary    string   `yaml:"summary"`             // 300 characters at most, stands alone
	Lab        string   `yaml:"lab,omitempty"`       // slug; empty for an experience
	Region     string   `yaml:"region,omitempty"`    // code of the COG; empty when it is the whole country
	Themes     []string `yaml:"themes"`              // slugs of themes.yaml
	Audiences  []string `yaml:"audiences,omitempty"` // slugs of audiences.yaml
	Support    Support  `yaml:"support,omitempty"`   // what the laboratory brought
	Problem    string   `yaml:"problem"`             // plain text, as Tried and Result
	Tried      string   `yaml:"tried"`               //
	Result     string   `yaml:"result"`              // « not known » is said here
	Phases     []Phase  `yaml:"phases,omitempty"`    // in order; see Maturity
	WhyEnded   string   `yaml:"abandoned_because,omitempty"`
	CostEuros  Figure   `yaml:"cost_euros,omitempty"`  // whole euros
	CostDays   Figure   `yaml:"cost_days,omitempty"`   // days of work
	LegalBasis string   `yaml:"legal_basis,omitempty"` // or "unknown"
	Partners   []string `yaml:"partners,omitempty"`
	Links      []Link   `yaml:"links,omitempty"`
	Redo       []Redo   `yaml:"redo,omitempty"`
	Evidence   `yaml:",inline"`
	Licence    string `yaml:"licence"`
	Created    Date   `yaml:"created"`
	Updated    Date   `yaml:"updated"`

	Body string `yaml:"-"` // Markdown
}

// CaseType tells the work of a laboratory from a local project.
type CaseType string

// The types of a use case.
const (
	LabWork    CaseType = "use_case"
	Experience CaseType = "experience"
)

// Label is the type in French.
func (t CaseType) Label() string {
	if t == Experience {
		return "Retour d’expérience"
	}
	return "Cas d’usage"
}

// Support is what a laboratory brought to a project.
type Support string

// The kinds of support.
const (
	WholeProject Support = "project"
	OneOffHelp   Support = "help"
	Training     Support = "training"
)

// Label is the support in French.
func (s Support) Label() string {
	return map[Support]string{
		WholeProject: "Projet entier", OneOffHelp: "Appui ponctuel", Training: "Formation",
	}[s]
}

// Stage is how far a project went.
type Stage string

// The stages of a phase.
const (
	Idea       Stage = "idea"
	Experiment Stage = "experiment"
	Deployed   Stage = "deployed"
	Abandoned  Stage = "abandoned"
	Ended      Stage = "ended"
)

// Stages lists the stages in the order of facets.
var Stages = []Stage{Idea, Experiment, Deployed, Ended, Abandoned}

// Label is the stage in French.
func (s Stage) Label() string {
	return map[Stage]string{
		Idea: "Idée", Experiment: "Expérimenté", Deployed: "Déployé", Abandoned: "Abandonné", Ended: "Terminé",
	}[s]
}

// Phase is a step of a project, with its dates and what was decided at its end.
type Phase struct {
	Stage    Stage  `yaml:"stage"`
	Start    Date   `yaml:"start,omitempty"`
	End      Date   `yaml:"end,omitempty"`
	Decision string `yaml:"decision,omitempty"`
}

// Link is an address with its words.
type Link struct {
	Label   string `yaml:"label"`
	Address string `yaml:"address"` // http or https
}

// Redo says how somebody else does it again, with one document.
type Redo struct {
	Document string `yaml:"document"`
	How      string `yaml:"how"`
}

// Maturity is the stage of the last phase, empty when none is known: it is
// not written apart, so it can't lie.
func (u UseCase) Maturity() Stage {
	if len(u.Phases) == 0 {
		return ""
	}
	return u.Phases[len(u.Phases)-1].Stage
}

// Render renders the body; [KEY] leads to the source of that key.
func (u UseCase) Render() Rendered { return RenderPage(u.Body + u.references()) }

// Markdown is the file of the use case: front matter and body.
func (u UseCase) Markdown() string { return writeFront(u, u.Body) }

// ParseUseCase reads the file of a use case. The error is [Faults]: all that
// is wrong. Whether themes, audiences, region and laboratory exist is checked
// by [Library.CheckUseCase].
func ParseUseCase(path string, data []byte) (UseCase, error) {
	u, s := readUseCase(path, data)
	return u, s.faults.err()
}

func readUseCase(path string, data []byte) (UseCase, *sheet) {
	var u UseCase
	s, body := readFront(path, data, &u)
	u.File, u.Body = s.File, body
	if s.root == nil {
		return u, s
	}
	u.tidy()
	u.check(s)
	return u, s
}

func (u *UseCase) tidy() {
	french(&u.Title, &u.Summary, &u.Problem, &u.Tried, &u.Result, &u.WhyEnded, &u.LegalBasis)
	frenchList(u.Partners)
	for i := range u.Phases {
		french(&u.Phases[i].Decision)
	}
	for i := range u.Links {
		french(&u.Links[i].Label)
	}
	for i := range u.Redo {
		french(&u.Redo[i].Document, &u.Redo[i].How)
	}
	u.Evidence.tidy()
	if u.Licence == "" {
		u.Licence = "etalab-2.0"
	}
}

const (
	maxTitle   = 140
	maxSummary = 300
	maxText    = 3000
)

func (u *UseCase) check(s *sheet) {
	s.id(u.ID)
	s.slug(u.Slug)
	s.word(string(u.Type), []string{string(LabWork), string(Experience)}, "type")
	s.text(u.Title, 1, maxTitle, "title")
	s.text(u.Summary, 1, maxSummary, "summary")
	s.check(u.Type != LabWork || u.Lab != "", "un cas d’usage nomme son laboratoire (« lab »)", "lab")
	s.check(u.Type != Experience || u.Lab == "", "un retour d’expérience n’a pas de laboratoire", "lab")
	s.check(len(u.Themes) > 0, "il faut au moins un thème", "themes")
	s.check(distinct(u.Themes), "un thème est écrit deux fois", "themes")
	s.check(distinct(u.Audiences), "un public est écrit deux fois", "audiences")
	if u.Support != "" {
		s.word(string(u.Support), []string{string(WholeProject), string(OneOffHelp), string(Training)}, "support")
	}
	s.text(u.Problem, 1, maxText, "problem")
	s.text(u.Tried, 1, maxText, "tried")
	s.text(u.Result, 1, maxText, "result")
	u.checkPhases(s)
	for i, l := range u.Links {
		s.text(l.Label, 1, maxTitle, "links", i, "label")
		s.check(webAddress(l.Address), "l’adresse doit commencer par https:// ou http://", "links", i, "address")
	}
	for i, r := range u.Redo {
		s.text(r.Document, 1, maxTitle, "redo", i, "document")
		s.text(r.How, 1, maxText, "redo", i, "how")
	}
	u.Evidence.check(s, u.Body)
	s.days(u.Created, u.Updated)
}

func (u *UseCase) checkPhases(s *sheet) {
	var known []string
	for _, stage := range Stages {
		known = append(known, string(stage))
	}
	var before Date
	for i, p := range u.Phases {
		s.word(string(p.Stage), known, "phases", i, "stage")
		s.check(!p.Start.surelyAfter(p.End), "la fin précède le début", "phases", i, "end")
		s.check(!before.surelyAfter(p.Start), "cette phase commence avant la précédente", "phases", i, "start")
		if !p.Start.IsZero() {
			before = p.Start
		}
	}
	abandoned := slices.ContainsFunc(u.Phases, func(p Phase) bool { return p.Stage == Abandoned })
	s.check(!abandoned || u.WhyEnded != "", "un projet abandonné dit pourquoi (« abandoned_because »)", "phases")
	s.check(abandoned || u.WhyEnded == "", "« abandoned_because » va avec une phase « abandoned »", "abandoned_because")
}

func distinct(list []string) bool {
	seen := map[string]bool{}
	for _, v := range list {
		if seen[v] {
			return false
		}
		seen[v] = true
	}
	return true
}

func webAddress(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && followed([]byte(s))
}
