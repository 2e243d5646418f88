package ui

// Pages is where one stands in a list of numbered pages.
type Pages struct {
	Current int
	Last    int
	Address func(page int) string
	Label   string // « Pages des messages »; « Pages » by default
	Extra   []Link // « Premier message non lu »
}

func (p Pages) label() string {
	if p.Label == "" {
		return "Pages"
	}
	return p.Label
}

// shown are the numbers that have a link: the ends, and those around the
// current page. Zero is a gap.
func (p Pages) shown() []int {
	var list []int
	before := 0
	for _, n := range []int{1, p.Current - 1, p.Current, p.Current + 1, p.Last} {
		if n <= before || n > p.Last {
			continue
		}
		switch n - before {
		case 1:
		case 2:
			list = append(list, n-1) // a gap of one page is shorter as that page
		default:
			list = append(list, 0)
		}
		list, before = append(list, n), n
	}
	return list
}

// Turns is where one stands in a list that is read by cursor; an empty address
// is an end of the list.
type Turns struct {
	Newer     string
	Older     string
	NewerText string // « Plus récents » by default
	OlderText string // « Plus anciens » by default
}

func (t Turns) newer() string {
	if t.NewerText == "" {
		return "Plus récents"
	}
	return t.NewerText
}

func (t Turns) older() string {
	if t.OlderText == "" {
		return "Plus anciens"
	}
	return t.OlderText
}
