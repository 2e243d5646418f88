package content

// Lab is a laboratory of territorial public innovation.
type Lab struct {
	File `yaml:"-"`

	ID        string    `yaml:"id"` // UUID, for ever
	Slug      string    `yaml:"slug"`
	Kind      LabKind   `yaml:"kind"`
	Order     int       `yaml:"order"` // place in lists, from 1
	Name      string    `yaml:"name"`
	Summary   string    `yaml:"summary"`
	Wave      Wave      `yaml:"wave"`
	Status    LabStatus `yaml:"status"`
	Region    string    `yaml:"region"`          // code of the COG
	Place     string    `yaml:"place,omitempty"` // town, house
	Bearers   []string  `yaml:"bearers,omitempty"`
	Partners  []string  `yaml:"partners,omitempty"`
	Since     Date      `yaml:"since,omitempty"`
	SinceNote string    `yaml:"since_note,omitempty"` // what the date means
	Until     Date      `yaml:"until,omitempty"`      // of a laboratory that ended
	LastTrace Date      `yaml:"last_trace,omitempty"` // the last activity that a source shows
	Web       []Link    `yaml:"web,omitempty"`
	Themes    []string  `yaml:"themes"` // slugs of themes.yaml
	Method    string    `yaml:"method,omitempty"`
	Bridge    Bridge    `yaml:"bridge"` // its sign, with Hue
	Hue       int       `yaml:"hue"`    // 1 to 10
	Evidence  `yaml:",inline"`
	Licence   string `yaml:"licence"`
	Created   Date   `yaml:"created"`
	Updated   Date   `yaml:"updated"`

	Body string `yaml:"-"` // Markdown
}

// LabKind tells the ten laboratories presented by the portal from the others.
type LabKind string

// The kinds of laboratory.
const (
	OneOfTen LabKind = "ten"
	OtherLab LabKind = "other"
)

// Wave is the call that a laboratory comes from.
type Wave string

// The waves.
const (
	FirstWave  Wave = "first"  // the call of 2016
	SecondWave Wave = "second" // France Relance, 2020-2021
	LaterWave  Wave = "later"
)

// Label is the wave in French.
func (w Wave) Label() string {
	return map[Wave]string{
		FirstWave:  "Première vague (appel de 2016)",
		SecondWave: "Deuxième vague (2020-2021)",
		LaterWave:  "Venu après les deux premières vagues",
	}[w]
}

// LabStatus is what is known of a laboratory today.
type LabStatus string

// The states of a laboratory.
const (
	LabActive  LabStatus = "active"
	LabEnded   LabStatus = "ended"
	LabUnknown LabStatus = "unknown"
)

// Label is the status in French.
func (s LabStatus) Label() string {
	return map[LabStatus]string{
		LabActive: "En activité", LabEnded: "Terminé", LabUnknown: "Situation actuelle non connue",
	}[s]
}

// Bridge is the type of bridge that is a laboratory's sign.
type Bridge string

// Bridges lists the types that can be drawn.
var Bridges = []Bridge{"bowstring", "treillis", "suspendu", "haubans", "viaduc", "arche", "mat",
	"bequilles", "lenticulaire", "pontons", "jumeaux"}

// Render renders the body; [KEY] leads to the source of that key.
func (l Lab) Render() Rendered { return RenderPage(l.Body + l.references()) }

// ParseLab reads the file of a laboratory. The error is [Faults].
func ParseLab(path string, data []byte) (Lab, error) {
	l, s := readLab(path, data)
	return l, s.faults.err()
}

func readLab(path string, data []byte) (Lab, *sheet) {
	var l Lab
	s, body := readFront(path, data, &l)
	l.File, l.Body = s.File, body
	if s.root == nil {
		return l, s
	}
	french(&l.Name, &l.Summary, &l.Place, &l.SinceNote, &l.Method)
	frenchList(l.Bearers)
	frenchList(l.Partners)
	for i := range l.Web {
		french(&l.Web[i].Label)
	}
	l.tidy()
	if l.Licence == "" {
		l.Licence = "etalab-2.0"
	}
	l.check(s)
	return l, s
}

func (l *Lab) check(s *sheet) {
	s.id(l.ID)
	s.slug(l.Slug)
	s.word(string(l.Kind), []string{string(OneOfTen), string(OtherLab)}, "kind")
	s.check(l.Order > 0, "« order » commence à 1", "order")
	s.text(l.Name, 1, maxTitle, "name")
	s.text(l.Summary, 1, maxSummary, "summary")
	s.word(string(l.Wave), []string{string(FirstWave), string(SecondWave), string(LaterWave)}, "wave")
	s.word(string(l.Status), []string{string(LabActive), string(LabEnded), string(LabUnknown)}, "status")
	s.check(l.Status != LabEnded || !l.Until.IsZero(), "un laboratoire terminé dit quand (« until »)", "until")
	s.check(!l.Since.surelyAfter(l.Until), "« until » précède « since »", "until")
	s.check(l.Region != "", "il faut la région (code du COG)", "region")
	for i, w := range l.Web {
		s.text(w.Label, 1, maxTitle, "web", i, "label")
		s.check(webAddress(w.Address), "l’adresse doit commencer par https:// ou http://", "web", i, "address")
	}
	s.check(len(l.Themes) > 0, "il faut au moins un thème", "themes")
	s.check(distinct(l.Themes), "un thème est écrit deux fois", "themes")
	s.text(l.Method, 0, maxText, "method")
	var bridges []string
	for _, b := range Bridges {
		bridges = append(bridges, string(b))
	}
	s.word(string(l.Bridge), bridges, "bridge")
	s.check(1 <= l.Hue && l.Hue <= 10, "« hue » va de 1 à 10", "hue")
	l.Evidence.check(s, l.Body)
	s.days(l.Created, l.Updated)
}
