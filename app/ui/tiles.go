package ui

// Tile is one region on the map.
type Tile struct {
	Code    string // as in the front matter: "53", or one of the short names
	Name    string // « Bretagne »
	Count   int    // of its use cases
	Address string // "" where there is no laboratory
	Sign    Sign
}

// region is what the map prints of a region; the class places its tile.
type region struct{ short, class string }

// regions are keyed by INSEE code.
var regions = map[string]region{
	"32": {"HdF", "hdf"}, "53": {"Bre", "bre"}, "28": {"Nor", "nor"}, "11": {"IdF", "idf"},
	"44": {"GEs", "ges"}, "52": {"PdL", "pdl"}, "24": {"CVL", "cvl"}, "27": {"BFC", "bfc"},
	"75": {"NAq", "naq"}, "84": {"ARA", "ara"}, "76": {"Occ", "occ"}, "93": {"PACA", "paca"},
	"94": {"Cor", "cor"}, "01": {"Gua", "gua"}, "02": {"Mar", "mar"}, "03": {"Guy", "guy"},
	"06": {"May", "may"}, "04": {"Réu", "reu"},
}

func (t Tile) short() string { return regions[t.Code].short }
func (t Tile) place() string { return "tile--" + regions[t.Code].class }
