package content

import (
	"fmt"
	"regexp"
)

// Theme is a subject of the controlled list.
type Theme struct {
	Slug     string   `yaml:"slug"`
	Label    string   `yaml:"label"`
	Synonyms []string `yaml:"synonyms,omitempty"` // words that people search for
}

// Audience is a public of the controlled list.
type Audience struct {
	Slug     string   `yaml:"slug"`
	Label    string   `yaml:"label"`
	Synonyms []string `yaml:"synonyms,omitempty"`
}

// Region is one of the eighteen regions. Its code is also that of a department
// (75): name the kind wherever both stand.
type Region struct {
	Code        string   `yaml:"code"`
	Slug        string   `yaml:"slug"`
	Name        string   `yaml:"name"`
	Short       string   `yaml:"short"` // on the tile map
	Row         int      `yaml:"row"`   // where its tile starts
	Column      int      `yaml:"column"`
	Departments []string `yaml:"departments"` // codes
}

var (
	regionCode     = regexp.MustCompile(`^[0-9]{2}$`)
	departmentCode = regexp.MustCompile(`^(0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5]|97[1-46])$`)
)

func readThemes(path string, data []byte) ([]Theme, *sheet) {
	var all []Theme
	s := readList(path, data, &all)
	seen := map[string]bool{}
	for i := range all {
		t := &all[i]
		french(&t.Label)
		frenchList(t.Synonyms)
		s.entry(i, t.Slug, t.Label, seen)
	}
	return all, s
}

func readAudiences(path string, data []byte) ([]Audience, *sheet) {
	var all []Audience
	s := readList(path, data, &all)
	seen := map[string]bool{}
	for i := range all {
		a := &all[i]
		french(&a.Label)
		frenchList(a.Synonyms)
		s.entry(i, a.Slug, a.Label, seen)
	}
	return all, s
}

// entry checks one entry of a controlled list.
func (s *sheet) entry(i int, slug, label string, seen map[string]bool) {
	s.check(slugShape.MatchString(slug) && len(slug) <= MaxSlug, "« slug » : lettres minuscules sans accent, chiffres et tirets", i, "slug")
	s.check(!seen[slug], "« "+slug+" » est écrit deux fois", i, "slug")
	seen[slug] = true
	s.text(label, 1, maxTitle, i, "label")
}

func readRegions(path string, data []byte) ([]Region, *sheet) {
	var all []Region
	s := readList(path, data, &all)
	codes, slugs, departments, tiles := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range all {
		r := &all[i]
		french(&r.Name)
		s.check(regionCode.MatchString(r.Code) && !codes[r.Code], "chaque région a son propre code de deux chiffres, entre guillemets", i, "code")
		codes[r.Code] = true
		s.entry(i, r.Slug, r.Name, slugs)
		s.text(r.Short, 1, 6, i, "short")
		tile := fmt.Sprint(r.Row, "/", r.Column)
		s.check(r.Row > 0 && r.Column > 0 && !tiles[tile], "chaque région a sa propre tuile (« row », « column »)", i, "row")
		tiles[tile] = true
		s.check(len(r.Departments) > 0, "il faut au moins un département", i, "departments")
		for j, d := range r.Departments {
			s.check(departmentCode.MatchString(d) && !departments[d], "« "+d+" » : code de département inconnu ou déjà pris", i, "departments", j)
			departments[d] = true
		}
	}
	return all, s
}
