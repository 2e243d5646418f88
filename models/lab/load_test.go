package lab_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"passerelle/models/lab"
)

func TestLoadTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	f := newFolder()
	f.add(aCase{slug: "parcours", lab: "ti-lab", region: "53", stage: "experiment"})
	f.page("accessibilite", "legal", "Accessibilité")
	library, store := open(t, f)

	want := "region.edited,region.edited,theme.edited,theme.edited,theme.edited,audience.edited,audience.edited," +
		"lab.published,lab.published,usecase.published,page.published"
	if got := kinds(t, store, 0); got != want {
		t.Errorf("first load recorded %s, want %s", got, want)
	}
	before := store.Head()
	report := load(t, library, f)
	if report.New != 0 || report.Changed != 0 || report.Same != 4 || len(report.Conflicts) != 0 {
		t.Errorf("second load: %+v", report)
	}
	if got := kinds(t, store, before); got != "" {
		t.Errorf("second load recorded %s", got)
	}
}

func TestLoadBringsInWhatChanged(t *testing.T) {
	t.Parallel()
	f := newFolder()
	f.add(aCase{slug: "parcours", lab: "ti-lab", region: "53", stage: "experiment", themes: "emploi, accueil"})
	f.add(aCase{slug: "autre", lab: "ti-lab", region: "53"})
	library, store := open(t, f)
	before := store.Head()

	f.add(aCase{slug: "parcours", lab: "la-base", region: "75", stage: "abandoned", themes: "donnees",
		more: "abandoned_because: Plus personne.\ncost_days: 12\n"})
	delete(f, "usecases/autre.md")
	report := load(t, library, f)
	if report.Changed != 1 || report.New != 0 || report.Same != 2 {
		t.Errorf("report: %+v", report)
	}
	if got := kinds(t, store, before); got != "usecase.edited" {
		t.Errorf("recorded %s", got)
	}
	u, err := library.UseCase(context.Background(), "parcours")
	if err != nil {
		t.Fatal(err)
	}
	if u.LabSlug != "la-base" || u.RegionName != "Nouvelle-Aquitaine" || u.Maturity != "abandoned" || u.AbandonedBecause != "Plus personne." {
		t.Errorf("not brought in: %+v", u)
	}
	if len(u.Themes) != 1 || u.Themes[0].Name != "Données" || u.CostEuros != nil || u.CostDays == nil || *u.CostDays != 12 || u.Version != 2 {
		t.Errorf("not brought in: themes %v, euros %v, days %v, version %d", u.Themes, u.CostEuros, u.CostDays, u.Version)
	}
	if !strings.Contains(u.HTML, `href="#source-reg"`) || strings.Contains(u.Text, "<") {
		t.Errorf("html %q, text %q", u.HTML, u.Text)
	}
	if _, err := library.UseCase(context.Background(), "autre"); err != nil {
		t.Errorf("a file that vanished took its page with it: %v", err)
	}
}

func TestLoadNeverOverwritesAnEdit(t *testing.T) {
	t.Parallel()
	f := newFolder()
	f.add(aCase{slug: "parcours", lab: "ti-lab"})
	f.page("aide", "help", "Aide")
	library, store := open(t, f)
	for _, table := range []string{"use_cases", "labs", "pages"} {
		sql(t, store, "UPDATE "+table+" SET portal_edited_at = '2026-11-24 13:00:00.000000', summary = 'De la main de l’éditrice.'")
	}
	before := store.Head()
	if report := load(t, library, f); len(report.Conflicts) != 0 || report.Same != 4 {
		t.Errorf("files that did not change: %+v", report)
	}

	f.add(aCase{slug: "parcours", lab: "ti-lab", title: "Autre titre"})
	f.lab("ti-lab", "Ti Lab, autrement", "53", 1, "ten")
	f.page("aide", "help", "Aide, autrement")
	report := load(t, library, f)
	if len(report.Conflicts) != 3 {
		t.Fatalf("conflicts: %+v", report)
	}
	for _, c := range report.Conflicts {
		if !errors.Is(c.Why, lab.ErrEdited) {
			t.Errorf("%s: %v", c.Path, c.Why)
		}
	}
	if got := kinds(t, store, before); got != "" {
		t.Errorf("recorded %s", got)
	}
	u, err := library.UseCase(context.Background(), "parcours")
	if err != nil || u.Title != "Cas parcours" || u.Summary != "De la main de l’éditrice." {
		t.Errorf("the edit is lost: %q, %q, %v", u.Title, u.Summary, err)
	}
}

func TestFormerAddressesLeadOn(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFolder()
	f.add(aCase{slug: "parcours", lab: "ti-lab"})
	f.add(aCase{slug: "voisin", lab: "ti-lab"})
	library, _ := open(t, f)

	rename := func(kind, from, to string) {
		text := f[kind+"/"+from+".md"]
		delete(f, kind+"/"+from+".md")
		f[kind+"/"+to+".md"] = strings.Replace(text, "slug: "+from, "slug: "+to, 1)
	}
	rename("usecases", "parcours", "parcours-formation")
	load(t, library, f)
	rename("usecases", "parcours-formation", "entrer-en-formation")
	for path, text := range f {
		f[path] = strings.ReplaceAll(text, "ti-lab", "tilab")
	}
	f["labs/ti-lab.md"] = strings.Replace(f["labs/ti-lab.md"], id("tilab"), id("ti-lab"), 1)
	load(t, library, f)

	var moved *lab.Moved
	for _, old := range []string{"parcours", "parcours-formation"} {
		if _, err := library.UseCase(ctx, old); !errors.As(err, &moved) || moved.Slug != "entrer-en-formation" {
			t.Errorf("%s: %v", old, err)
		}
		if _, _, err := library.Markdown(ctx, old); !errors.As(err, &moved) {
			t.Errorf("%s.md: %v", old, err)
		}
	}
	if _, err := library.Lab(ctx, "ti-lab", 3); !errors.As(err, &moved) || moved.Slug != "tilab" {
		t.Errorf("lab: %v", err)
	}
	if _, err := library.UseCase(ctx, "jamais"); !errors.Is(err, lab.ErrUnknown) || errors.As(err, &moved) && moved.Slug == "" {
		t.Errorf("never there: %v", err)
	}
	if list, err := library.List(ctx, lab.Filter{Labs: []string{"ti-lab"}}, lab.Recent, 1); err != nil || list.Total != 2 {
		t.Errorf("filter by a former address: %d, %v", list.Total, err)
	}

	// An address that led to one case is not given to another.
	rename("usecases", "voisin", "parcours")
	if report := load(t, library, f); len(report.Conflicts) != 1 || !errors.Is(report.Conflicts[0].Why, lab.ErrTaken) {
		t.Errorf("report: %+v", report)
	}
	// But its own may be taken back.
	rename("usecases", "parcours", "voisin")
	rename("usecases", "entrer-en-formation", "parcours")
	if report := load(t, library, f); len(report.Conflicts) != 0 {
		t.Errorf("report: %+v", report)
	}
	if u, err := library.UseCase(ctx, "parcours"); err != nil || u.Title != "Cas parcours" {
		t.Errorf("taken back: %v", err)
	}
	if _, err := library.UseCase(ctx, "entrer-en-formation"); !errors.As(err, &moved) || moved.Slug != "parcours" {
		t.Errorf("entrer-en-formation: %v", err)
	}
}

func TestWhatAnOlderRendererMadeIsRenderedAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFolder()
	f.add(aCase{slug: "parcours", lab: "ti-lab"})
	library, store := open(t, f)
	if _, err := library.Import(ctx, lab.Line{Key: "k", Lab: "ti-lab", Title: "Importé", Markdown: "## Deux\n\nmots"}); err != nil {
		t.Fatal(err)
	}
	sql(t, store, "UPDATE use_cases SET renderer = 0, html = 'vieux'")
	delete(f, "usecases/parcours.md")
	before := store.Head()
	load(t, library, f)
	if got := kinds(t, store, before); got != "usecase.edited,usecase.edited" {
		t.Errorf("recorded %s", got)
	}
	for _, slug := range []string{"parcours", "importe"} {
		u, err := library.UseCase(ctx, slug)
		if err != nil || u.HTML == "vieux" || u.HTML == "" || len(u.Contents) == 0 {
			t.Errorf("%s: %q, %v", slug, u.HTML, err)
		}
	}
}

func TestRenamedThemeIsAChange(t *testing.T) {
	t.Parallel()
	f := newFolder()
	f.add(aCase{slug: "parcours", lab: "ti-lab", themes: "emploi"})
	library, store := open(t, f)
	before := store.Head()
	f["themes.yaml"] = strings.Replace(f["themes.yaml"], "label: Emploi", "label: Emploi et formation", 1)
	load(t, library, f)
	if got := kinds(t, store, before); got != "theme.edited" {
		t.Errorf("recorded %s", got)
	}
	u, err := library.UseCase(context.Background(), "parcours")
	if err != nil || len(u.Themes) != 1 || u.Themes[0].Name != "Emploi et formation" {
		t.Errorf("themes: %v, %v", u.Themes, err)
	}
}
