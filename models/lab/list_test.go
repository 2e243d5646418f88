package lab_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"passerelle/content"
	"passerelle/models"
	"passerelle/models/lab"
)

// many is a folder with use cases of every sort.
func many(n int) folder {
	f := newFolder()
	labs, regions := []string{"ti-lab", "la-base", ""}, []string{"53", "75", ""}
	stages := []string{"", "idea", "experiment", "deployed", "ended"}
	themes := []string{"emploi", "accueil", "donnees", "emploi, accueil", "accueil, donnees"}
	audiences := []string{"", "agents", "jeunes", "agents, jeunes"}
	for i := range n {
		f.add(aCase{
			slug: fmt.Sprintf("cas-%03d", i), title: fmt.Sprintf("Cas %c %03d", 'A'+rune(i*7%26), i),
			lab: labs[i%3], region: regions[i/2%3], stage: stages[i%5],
			themes: themes[i/3%5], audiences: audiences[i%4],
		})
	}
	return f
}

// A facet's count is what the list finds when it is the only value chosen in
// its group, whatever the other groups say.
func TestFacetCountsAreResults(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	library, _ := open(t, many(60))
	pick := func(t *rapid.T, name string, values []string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(values), 0, 2, rapid.ID[string]).Draw(t, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		f := lab.Filter{
			Labs:      pick(t, "labs", []string{"ti-lab", "la-base"}),
			Regions:   pick(t, "regions", []string{"bretagne", "nouvelle-aquitaine"}),
			Themes:    pick(t, "themes", []string{"emploi", "accueil", "donnees"}),
			Audiences: pick(t, "audiences", []string{"agents", "jeunes"}),
		}
		for _, m := range pick(t, "maturities", []string{"", "idea", "experiment", "deployed", "ended", "abandoned"}) {
			f.Maturities = append(f.Maturities, content.Stage(m))
		}
		list, err := library.List(ctx, f, lab.Recent, 1)
		if err != nil {
			t.Fatal(err)
		}
		if seen := walk(t, library, f); list.Total != seen {
			t.Fatalf("total %d, its pages show %d", list.Total, seen)
		}
		for _, group := range []struct {
			facets []lab.Facet
			chosen []string
			choose func(*lab.Filter, string)
		}{
			{list.Labs, f.Labs, func(f *lab.Filter, v string) { f.Labs = []string{v} }},
			{list.Regions, f.Regions, func(f *lab.Filter, v string) { f.Regions = []string{v} }},
			{list.Themes, f.Themes, func(f *lab.Filter, v string) { f.Themes = []string{v} }},
			{list.Audiences, f.Audiences, func(f *lab.Filter, v string) { f.Audiences = []string{v} }},
			{list.Maturities, stages(f.Maturities), func(f *lab.Filter, v string) { f.Maturities = []content.Stage{content.Stage(v)} }},
		} {
			for _, facet := range group.facets {
				only := f
				group.choose(&only, facet.Value)
				found, err := library.List(ctx, only, lab.Recent, 1)
				if err != nil || found.Total != facet.Count {
					t.Fatalf("%q counts %d, choosing it finds %d, %v", facet.Value, facet.Count, found.Total, err)
				}
				if facet.Chosen != slices.Contains(group.chosen, facet.Value) {
					t.Fatalf("%q chosen: %v", facet.Value, facet.Chosen)
				}
			}
		}
	})
}

func stages(list []content.Stage) (words []string) {
	for _, s := range list {
		words = append(words, string(s))
	}
	return words
}

// walk reads all pages and counts distinct cards.
func walk(t interface{ Fatal(...any) }, library *lab.Library, f lab.Filter) int {
	seen := map[models.ID]bool{}
	for page := 1; ; page++ {
		list, err := library.List(context.Background(), f, lab.ByTitle, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list.Cards {
			seen[c.ID] = true
		}
		if page == list.Pages {
			return len(seen)
		}
	}
}

func TestListOrdersAndPages(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFolder()
	for _, title := range []string{"Zèbre", "école", "Élan", "Eau", "âne"} {
		f.add(aCase{slug: content.Slug(title), title: title, lab: "ti-lab"})
	}
	library, _ := open(t, f)
	list, err := library.List(ctx, lab.Filter{}, lab.ByTitle, 1)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, c := range list.Cards {
		titles = append(titles, c.Title)
	}
	if want := []string{"âne", "Eau", "école", "Élan", "Zèbre"}; !slices.Equal(titles, want) {
		t.Errorf("by title: %v, want %v", titles, want)
	}

	tests := []struct {
		name  string
		f     lab.Filter
		order lab.Order
		page  int
		want  error
	}{
		{"beyond the last page", lab.Filter{}, lab.Recent, 2, lab.ErrNoPage},
		{"page zero", lab.Filter{}, lab.Recent, 0, lab.ErrNoPage},
		{"nothing found is a page", lab.Filter{Themes: []string{"donnees"}}, lab.Recent, 1, nil},
		{"unknown lab", lab.Filter{Labs: []string{"x"}}, lab.Recent, 1, lab.ErrUnknownFilter},
		{"unknown region", lab.Filter{Regions: []string{"53"}}, lab.Recent, 1, lab.ErrUnknownFilter},
		{"unknown theme", lab.Filter{Themes: []string{"' OR 1=1"}}, lab.Recent, 1, lab.ErrUnknownFilter},
		{"unknown audience", lab.Filter{Audiences: []string{"x"}}, lab.Recent, 1, lab.ErrUnknownFilter},
		{"unknown maturity", lab.Filter{Maturities: []content.Stage{"x"}}, lab.Recent, 1, lab.ErrUnknownFilter},
		{"unknown order", lab.Filter{}, "id; DROP TABLE labs", 1, lab.ErrUnknownFilter},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := library.List(ctx, tt.f, tt.order, tt.page); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestRelatedShareMost(t *testing.T) {
	t.Parallel()
	f := newFolder()
	f.add(aCase{slug: "un", lab: "ti-lab", themes: "emploi, accueil"})
	f.add(aCase{slug: "deux", lab: "la-base", themes: "accueil, emploi"})
	f.add(aCase{slug: "trois", themes: "emploi"})
	f.add(aCase{slug: "loin", lab: "ti-lab", themes: "donnees"})
	f.add(aCase{slug: "quatre", lab: "ti-lab", themes: "donnees", audiences: "jeunes"})
	f["usecases/un.md"] = strings.Replace(f["usecases/un.md"], "audiences: []", "audiences: [jeunes]", 1)
	library, _ := open(t, f)
	u, err := library.UseCase(context.Background(), "un")
	if err != nil {
		t.Fatal(err)
	}
	var slugs []string
	for _, c := range u.Related {
		slugs = append(slugs, c.Slug)
	}
	if want := []string{"deux", "trois", "quatre"}; !slices.Equal(slugs, want) {
		t.Errorf("related: %v, want %v", slugs, want)
	}
	if u.Related[0].LabName != "LaBase" || u.Related[1].LabSlug != "" {
		t.Errorf("labs of the related: %+v", u.Related)
	}
}

func TestLabsTheTenFirst(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFolder()
	f.lab("autre-lab", "Autre", "53", 1, "other")
	f.add(aCase{slug: "a", lab: "la-base", region: "75"})
	f.add(aCase{slug: "b", lab: "la-base", region: "75"})
	library, _ := open(t, f)
	labs, err := library.Labs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(labs[0].Slug, labs[1].Slug, labs[1].UseCases, labs[2].Slug, labs[2].RegionName)
	if got != "ti-labla-base2autre-labBretagne" {
		t.Errorf("labs: %s", got)
	}
	one, err := library.Lab(ctx, "la-base", 1)
	if err != nil || one.UseCases != 2 || len(one.Latest) != 1 || one.RegionSlug != "nouvelle-aquitaine" || len(one.Themes) != 1 {
		t.Errorf("lab: %+v, %v", one, err)
	}
	regions, err := library.Regions(ctx)
	if err != nil || len(regions) != 2 || regions[1].UseCases != 2 || regions[0].UseCases != 0 {
		t.Errorf("regions: %+v, %v", regions, err)
	}
}

// fill adds n use cases with texts of an honest size, quicker than an import.
func fill(t testing.TB, store *models.Store, n int) {
	t.Helper()
	sql(t, store, `
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO use_cases (uuid, slug, lab_id, region, maturity, published_at, updated_at, title, title_key, summary, html, text, markdown)
		SELECT 'u' || i, 's' || i, (SELECT id FROM labs WHERE rank = 1 + i % 2), CASE i % 3 WHEN 0 THEN '53' WHEN 1 THEN '75' ELSE '' END,
		       CASE i % 4 WHEN 0 THEN 'idea' WHEN 1 THEN 'experiment' WHEN 2 THEN 'deployed' ELSE '' END,
		       strftime('%Y-%m-%d %H:%M:%S.000000', 1600000000 + i * 60, 'unixepoch'), '2026-11-24 13:32:00.000000',
		       'Titre ' || (i * 7919 % 10007), 'titre-' || (i * 7919 % 10007), 'Résumé ' || i,
		       hex(zeroblob(2000)), hex(zeroblob(1500)), hex(zeroblob(1500))
		  FROM n`, n)
	for _, x := range []struct{ table, column, of string }{{"use_case_themes", "theme_id", "themes"}, {"use_case_audiences", "audience_id", "audiences"}} {
		sql(t, store, "INSERT OR IGNORE INTO "+x.table+" (use_case_id, "+x.column+") SELECT u.id, x.id FROM use_cases u JOIN "+x.of+
			" x ON (u.id + x.id) % 3 <> 0")
	}
}

func BenchmarkList(b *testing.B) {
	library, store := open(b, newFolder())
	fill(b, store, 10_000)
	ctx := context.Background()
	for name, f := range map[string]lab.Filter{
		"all":      {},
		"filtered": {Themes: []string{"emploi"}, Labs: []string{"ti-lab"}, Maturities: []content.Stage{content.Experiment}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := library.List(ctx, f, lab.Recent, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("last page", func(b *testing.B) {
		for b.Loop() {
			if _, err := library.List(ctx, lab.Filter{}, lab.ByTitle, 833); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			if _, err := library.UseCase(ctx, "s42"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkImport(b *testing.B) {
	library, _ := open(b, newFolder())
	ctx := context.Background()
	text := strings.Repeat("On a essayé *autrement*, avec [un lien](https://example.org). ", 30)
	n := 0
	for b.Loop() {
		n++
		line := lab.Line{Key: fmt.Sprint(n), Lab: "ti-lab", Title: fmt.Sprint("Essai ", n), Markdown: text, Themes: []string{"Emploi", "Accueil"}}
		if added, err := library.Import(ctx, line); err != nil || !added {
			b.Fatal(added, err)
		}
	}
}
