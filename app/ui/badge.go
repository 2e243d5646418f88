package ui

// State is a word for where a thing stands, its tone and its icon.
type State struct {
	Word string
	Tone Tone
	Icon IconName
}

var maturities = map[string]State{
	"idea":       {"Idée", Plain, ""},
	"experiment": {"Expérimenté", Info, IconCheck},
	"deployed":   {"Déployé", Ok, IconCheck},
	"abandoned":  {"Abandonné", Plain, ""},
	"ended":      {"Terminé", Plain, ""},
}

// Maturity is the state of a use case by the code of its last stage; an
// unknown stage has no word, and shows no badge.
func Maturity(stage string) State { return maturities[stage] }

var applications = map[string]State{
	"draft":       {"Brouillon", Plain, IconEdit},
	"submitted":   {"Déposé", Plain, IconClock},
	"in_review":   {"En instruction", Info, ""},
	"to_complete": {"À compléter", Warn, IconWarn},
	"in_decision": {"En décision", Info, ""},
	"granted":     {"Accordé", Ok, IconCheck},
	"refused":     {"Refusé", Bad, IconClose},
	"dropped":     {"Classé sans suite", Plain, ""},
	"withdrawn":   {"Retiré", Plain, ""},
	"contracted":  {"Conventionné", Info, ""},
	"running":     {"En exécution", Info, ""},
	"closed":      {"Clos", Plain, IconLock},
	"cancelled":   {"Annulé", Bad, IconClose},
}

// ApplicationState is the state of an application by its code.
func ApplicationState(code string) State { return applications[code] }

// ToDecide and Declared stand beside the state of an application on the desk.
var (
	ToDecide       = State{"À décider", Ok, IconCheck}
	Declared       = State{"Conflit déclaré", Plain, IconLock}
	ToVerify       = State{"Rattachement à vérifier", Warn, IconWarn}
	PublicAgent    = State{"Agent public", Info, IconShield}
	Demonstration  = State{"Démonstration", Warn, ""}
	CallOpen       = State{"Ouvert", Ok, ""}
	CallClosed     = State{"Clos", Plain, IconLock}
	CallComing     = State{"Ouvre bientôt", Info, IconClock}
	Pinned         = State{"Épinglé", Plain, IconPin}
	Locked         = State{"Clos", Plain, IconLock}
	HiddenState    = State{"Masqué", Plain, IconHidden}
	OfficialAnswer = State{"Réponse officielle", Info, IconShield}
)

var kinds = map[string]State{
	"discussion": {"Discussion", Plain, IconTalk},
	"question":   {"Question", Plain, IconQuestion},
	"proposal":   {"Proposition", Info, IconStar},
}

// ThreadKind is the kind of a thread by its code.
func ThreadKind(code string) State { return kinds[code] }
