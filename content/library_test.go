package content

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func embedded(t *testing.T) Library {
	t.Helper()
	lib, err := Load(Embedded)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func TestTenLabs(t *testing.T) {
	t.Parallel()
	want := strings.Fields("ti-lab siilab la-fabrique-rh lab-archipel la-base lab-o etat-lin lab-zero lab-est lab-bfc lab-l innov-mandie")
	var got []string
	ten := 0
	signs := map[string]string{}
	for i, l := range embedded(t).Labs {
		got = append(got, l.Slug)
		if l.Kind == OneOfTen {
			ten++
		}
		if l.Order != i+1 {
			t.Errorf("%s has the order %d, want %d", l.Slug, l.Order, i+1)
		}
		sign := fmt.Sprint(l.Bridge, l.Hue)
		if other, taken := signs[sign]; taken {
			t.Errorf("%s has the sign of %s", l.Slug, other)
		}
		signs[sign] = l.Slug
		if (l.Slug == "lab-zero") != (l.Status == LabEnded) {
			t.Errorf("%s: status %s", l.Slug, l.Status)
		}
	}
	if !slices.Equal(got, want) || ten != 10 {
		t.Errorf("got %v, %d of the ten", got, ten)
	}
}

func TestAllUseCases(t *testing.T) {
	t.Parallel()
	lib := embedded(t)
	count := map[CaseType]int{}
	withLab := map[string]bool{}
	for _, u := range lib.UseCases {
		count[u.Type]++
		withLab[u.Lab] = true
	}
	if count[LabWork] != 28 || count[Experience] != 5 {
		t.Errorf("got %v", count)
	}
	for _, l := range lib.Labs {
		if !withLab[l.Slug] && l.Slug != "lab-bfc" { // nothing was found of it
			t.Errorf("%s has no use case", l.Slug)
		}
	}
}

func TestSourcesAreCited(t *testing.T) {
	t.Parallel()
	lib := embedded(t)
	check := func(path, body string, e Evidence) {
		for _, s := range e.Sources {
			cited := strings.Contains(body, "["+s.Key+"]")
			for _, d := range e.Disagreements {
				cited = cited || slices.ContainsFunc(d.Versions, func(v Version) bool { return v.Source == s.Key })
			}
			if !cited {
				t.Errorf("%s: the source %s is not cited", path, s.Key)
			}
		}
	}
	for _, u := range lib.UseCases {
		check(u.Path, u.Body, u.Evidence)
		if !strings.Contains(u.Render().HTML, `href="#source-`) {
			t.Errorf("%s: no citation leads to its source", u.Path)
		}
	}
	for _, l := range lib.Labs {
		if l.Kind == OneOfTen {
			continue // a source may stand for a date of the front matter alone
		}
		check(l.Path, l.Body, l.Evidence)
	}
}

func TestListsAreUsed(t *testing.T) {
	t.Parallel()
	lib := embedded(t)
	themes, audiences := map[string]bool{}, map[string]bool{}
	for _, u := range lib.UseCases {
		for _, s := range u.Themes {
			themes[s] = true
		}
		for _, s := range u.Audiences {
			audiences[s] = true
		}
	}
	for _, th := range lib.Themes {
		if !themes[th.Slug] {
			t.Errorf("no use case has the theme %s", th.Slug)
		}
	}
	for _, a := range lib.Audiences {
		if !audiences[a.Slug] {
			t.Errorf("no use case has the audience %s", a.Slug)
		}
	}
	departments := 0
	for _, r := range lib.Regions {
		departments += len(r.Departments)
	}
	if len(lib.Regions) != 18 || departments != 101 {
		t.Errorf("%d regions, %d departments", len(lib.Regions), departments)
	}
}

func TestCalls(t *testing.T) {
	t.Parallel()
	lib := embedded(t)
	if len(lib.Calls) != 2 {
		t.Fatalf("got %d calls", len(lib.Calls))
	}
	demo, real := lib.Calls[0], lib.Calls[1]
	if !demo.Demo || demo.Window != WindowDemo || !strings.Contains(demo.Title, "démonstration") {
		t.Errorf("the demonstration is not labelled: %q", demo.Title)
	}
	opens, closes := real.Opens.UTC().Format(time.RFC3339), real.Closes.UTC().Format(time.RFC3339)
	if opens != "2021-01-17T23:00:00Z" || closes != "2023-01-17T23:00:00Z" {
		t.Errorf("the window is [%s, %s[", opens, closes)
	}
	for _, c := range lib.Calls {
		if c.CapCents != 48_000_00 || c.EnvelopeCents != 6_000_000_00 || c.MaxMonths != 3 || c.InnovativePercent != 50 ||
			c.ExpectedMinCents != 20_000_00 || c.ExpectedMaxCents != 100_000_00 || c.RatePercent != 100 || len(c.Themes) != 12 {
			t.Errorf("%s: rules differ from the booklet", c.Slug)
		}
		for _, key := range []string{"bearer", "team", "duration", "innovative", "public", "cap", "rate", "size"} {
			if _, ok := c.Rule(key); !ok {
				t.Errorf("%s: no rule %s", c.Slug, key)
			}
		}
	}
}

// Words that whoever checks a public site looks for.
func TestLegalPages(t *testing.T) {
	t.Parallel()
	want := map[string][]string{
		"accessibilite":        {"non conforme", "RGAA", "Défenseur des droits", "Retour d’information", "aucun audit"},
		"mentions-legales":     {"directeur ou de la directrice de la publication", "Éditeur", "Hébergeur", "à compléter par l’exploitant"},
		"donnees-personnelles": {"@", "Finalité", "Durée de conservation", "Sous-traitants", "un seul cookie", "Vos droits"},
		"aide":                 {"Chercher", "Écrire", "Déposer", "Publier"},
		"aide/regles":          {"masque", "Contester", "Signaler"},
	}
	for _, p := range embedded(t).Pages {
		text := p.Render().Text
		for _, word := range want[p.Slug] {
			if !strings.Contains(text, word) {
				t.Errorf("%s: no %q", p.Slug, word)
			}
		}
		delete(want, p.Slug)
	}
	for slug := range want {
		t.Errorf("no page %s", slug)
	}
}

var (
	straight = regexp.MustCompile(`(?m)^(title|name|summary|label):.*[\pL]'`)
	badSpace = regexp.MustCompile(`(?m)^(title|name|summary|label):.*(\S [;!?»]|« )`)
	mail     = regexp.MustCompile(`[\w.]+@[\w-]+\.[a-z]{2,}`)
	inside   = regexp.MustCompile(`\]\((/[^)#?]*)`)
)

// What is written by hand: the files themselves.
func TestFiles(t *testing.T) {
	t.Parallel()
	lib := embedded(t)
	known := map[string]bool{"/cas-usage": true, "/laboratoires": true, "/forums": true, "/financement": true, "/recherche": true,
		"/inscription": true, "/compte": true, "/cas-usage.atom": true, "/moderation/journal": true}
	for _, u := range lib.UseCases {
		known["/cas-usage/"+u.Slug] = true
	}
	for _, l := range lib.Labs {
		known["/laboratoires/"+l.Slug] = true
	}
	for _, c := range lib.Calls {
		known["/financement/"+c.Slug] = true
	}
	for _, p := range lib.Pages {
		known["/"+p.Slug] = true
	}
	err := fs.WalkDir(Embedded, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		data, err := fs.ReadFile(Embedded, path)
		if err != nil {
			return err
		}
		text := string(data)
		if s := straight.FindString(text); s != "" {
			t.Errorf("%s: straight apostrophe: %s", path, s)
		}
		if m := mail.FindString(text); m != "" && !strings.HasSuffix(m, ".example") {
			t.Errorf("%s: an address: %s", path, m)
		}
		for _, m := range inside.FindAllStringSubmatch(text, -1) {
			if !known[m[1]] {
				t.Errorf("%s: leads to %s", path, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// What people read: no ordinary space where French has one that doesn't break.
func TestTypography(t *testing.T) {
	t.Parallel()
	lib := embedded(t)
	check := func(path string, texts ...string) {
		for _, s := range texts {
			if strings.ContainsAny(s, "'\"") || badSpace.MatchString("title: "+s) || strings.TrimSpace(s) == "" {
				t.Errorf("%s: %q", path, s)
			}
		}
	}
	for _, u := range lib.UseCases {
		check(u.Path, u.Title, u.Summary, u.Problem, u.Tried, u.Result)
	}
	for _, l := range lib.Labs {
		check(l.Path, l.Name, l.Summary)
	}
	for _, c := range lib.Calls {
		check(c.Path, c.Title, c.Summary)
	}
	for _, p := range lib.Pages {
		check(p.Path, p.Title, p.Summary)
	}
}

func TestBodiesHaveSections(t *testing.T) {
	t.Parallel()
	for _, u := range embedded(t).UseCases {
		var headings []string
		for _, h := range u.Render().Contents {
			headings = append(headings, h.Text)
		}
		if !slices.Contains(headings, "Le point de départ") || !slices.Contains(headings, "Ce que l’on sait du résultat") {
			t.Errorf("%s: %v", u.Path, headings)
		}
	}
}
