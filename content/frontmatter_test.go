package content

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const goodCase = `---
id: 3f0c2f5e-8f43-5b1e-9a51-6a2d3f1c7b90
slug: accueil-partage
type: use_case
title: Un accueil partagé
summary: De quoi comprendre l'essentiel.
lab: lab-o
region: "76"
themes: [accueil-du-public]
problem: Trois services, trois accueils.
tried: Un accueil commun.
result: Non mesuré.
phases:
  - stage: idea
    start: 2017
  - stage: experiment
    start: 2018-03
    end: 2018-12-31
    decision: Continuer.
cost_euros: 12000
cost_days: unknown
sources:
  - key: LO1
    title: Page du laboratoire
    says: Ce que la source permet d'écrire.
created: 2026-11-24
updated: 2026-11-24
---

Selon la source [LO1], l'essai continue.
`

func TestParseUseCase(t *testing.T) {
	t.Parallel()
	u, err := ParseUseCase("usecases/accueil-partage.md", []byte(goodCase))
	if err != nil {
		t.Fatal(err)
	}
	if u.Maturity() != Experiment || u.Licence != "etalab-2.0" || u.Summary != "De quoi comprendre l’essentiel." {
		t.Errorf("got %q, %q, %q", u.Maturity(), u.Licence, u.Summary)
	}
	if u.CostEuros != (Figure{Said: true, Value: 12000}) || u.CostDays != (Figure{Said: true, Unknown: true}) {
		t.Errorf("costs: %v, %v", u.CostEuros, u.CostDays)
	}
	if want := "Selon la source, l’essai continue."; u.Render().Text != want {
		t.Errorf("got %q, want %q", u.Render().Text, want)
	}
	if want := `<p>Selon la source <a href="#source-lo1" role="doc-biblioref">[LO1]</a>, l’essai continue.</p>`; strings.TrimSpace(u.Render().HTML) != want {
		t.Errorf("got %s, want %s", u.Render().HTML, want)
	}
	if len(u.Digest) != 64 || u.Path != "usecases/accueil-partage.md" {
		t.Errorf("digest: %s", u.Digest)
	}
}

// Each edit makes one or several faults, all of which are reported with their lines.
func TestFaults(t *testing.T) {
	t.Parallel()
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(goodCase) }
	tests := []struct {
		name, file string
		want       []string
	}{
		{"no front matter", "Bonjour", []string{":1: le fichier doit commencer par un en-tête"}},
		{"front matter not closed", "---\nid: x\n", []string{":1: le fichier doit commencer par un en-tête"}},
		{"empty front matter", "---\n---\n", []string{":1: l’en-tête est vide"}},
		{"not UTF-8", "---\nid: \xff\n---\n", []string{": le fichier n’est pas en UTF-8"}},
		{"broken YAML", replace("title: Un", "title: [Un"), []string{": YAML illisible"}},
		{"unknown field", replace("tried:", "tried_it:"),
			[]string{":11: champ inconnu « tried_it »", ": le champ « tried » manque"}},
		{"field twice", replace("lab: lab-o", "lab: lab-o\nlab: lab-o"), []string{":8: le champ « lab » est déjà écrit à la ligne 7"}},
		{"list for a text", replace("title: Un accueil partagé", "title: [a, b]"), []string{":5: valeur d’un mauvais type"}},
		{"several at once", replace("3f0c2f5e", "3F", "type: use_case", "type: projet", "stage: idea", "stage: idée", "2018-03", "mars 2018"),
			[]string{":2: « id » doit être un UUID", ":4: « projet » n’est pas connu", ":14: « idée » n’est pas connu", ":17: date illisible"}},
		{"summary too long", replace("De quoi comprendre", strings.Repeat("mot ", 80)), []string{":6: « summary » compte 333 caractères : 300 au plus"}},
		{"use case without laboratory", replace("lab: lab-o\n", ""), []string{"un cas d’usage nomme son laboratoire"}},
		{"experience with laboratory", replace("use_case", "experience"), []string{":7: un retour d’expérience n’a pas de laboratoire"}},
		{"theme twice", replace("[accueil-du-public]", "[eau, eau]"), []string{":9: un thème est écrit deux fois"}},
		{"end before start", replace("end: 2018-12-31", "end: 2018-02"), []string{":18: la fin précède le début"}},
		{"phases out of order", replace("start: 2017", "start: 2019"), []string{":17: cette phase commence avant la précédente"}},
		{"abandoned without reason", replace("stage: experiment", "stage: abandoned"), []string{":13: un projet abandonné dit pourquoi"}},
		{"cost with a space", replace("cost_euros: 12000", "cost_euros: 12 000"), []string{":20: écrivez un nombre entier"}},
		{"negative cost", replace("cost_euros: 12000", "cost_euros: -1"), []string{":20: écrivez un nombre entier"}},
		{"source without key", replace("key: LO1", "key: lo 1"),
			[]string{":23: une clé est faite de majuscules", ": le texte cite « [LO1] »"}},
		{"source that says nothing", replace("    says: Ce que la source permet d'écrire.\n", ""), []string{":23: le champ « says » manque"}},
		{"no source", replace("  - key: LO1\n    title: Page du laboratoire\n    says: Ce que la source permet d'écrire.\n", "", "sources:", "sources: []", "[LO1]", ""),
			[]string{":22: il faut au moins une source"}},
		{"citation of nothing", replace("[LO1]", "[REG]"), []string{": le texte cite « [REG] »"}},
		{"year for a day", replace("created: 2026-11-24", "created: 2026"), []string{":26: « created » doit être un jour"}},
		{"updated before created", replace("updated: 2026-11-24", "updated: 2026-11-23"), []string{":27: « updated » précède « created »"}},
		{"unsafe link", replace("created:", "links:\n  - label: x\n    address: javascript:alert(1)\ncreated:"), []string{":28: l’adresse doit commencer par https://"}},
		{"nesting", goodCase + strings.Repeat("> ", 30) + "a\n", []string{": des citations ou des listes sont imbriquées"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := ParseUseCase("usecases/x.md", []byte(tt.file))
			var faults Faults
			if !errors.As(err, &faults) {
				t.Fatalf("got %v, want faults", err)
			}
			got := strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(faults.Error())
			if len(faults) != len(tt.want) {
				t.Errorf("got %d faults, want %d:\n%s", len(faults), len(tt.want), got)
			}
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("got\n%s\nwant %q", got, want)
				}
			}
		})
	}
}

func TestMarkdownRoundTrip(t *testing.T) {
	t.Parallel()
	u, err := ParseUseCase("x.md", []byte(goodCase))
	if err != nil {
		t.Fatal(err)
	}
	lib, err := Load(Embedded)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range append(lib.UseCases, u) {
		again, err := ParseUseCase(u.Path, []byte(u.Markdown()))
		if err != nil {
			t.Errorf("%s: %v", u.Slug, err)
		}
		if diff := cmp.Diff(u, again, cmpopts.IgnoreFields(File{}, "Digest")); diff != "" {
			t.Errorf("%s: %s", u.Slug, diff)
		}
		if u.Markdown() != again.Markdown() {
			t.Errorf("%s: written twice, it differs", u.Slug)
		}
	}
}

func TestLoadCrossChecks(t *testing.T) {
	t.Parallel()
	lab, err := os.ReadFile("labs/lab-o.md")
	if err != nil {
		t.Fatal(err)
	}
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	folder := fstest.MapFS{
		"themes.yaml":    file("- {slug: accueil-du-public, label: Accueil}\n- {slug: eau, label: \"\"}\n- {slug: eau, label: Eau}\n"),
		"regions.yaml":   file("- {code: \"76\", slug: occitanie, name: Occitanie, short: Occ, row: 13, column: 6, departments: [\"31\", \"99\"]}\n"),
		"labs/lab-o.md":  {Data: lab},
		"usecases/a.md":  file(goodCase),
		"usecases/b.md":  file(strings.Replace(goodCase, "[accueil-du-public]", "[accueil-du-public, inconnu]", 1)),
		"usecases/c.md":  file(strings.NewReplacer("lab: lab-o", "lab: absent", "\"76\"", "\"99\"", "3f0c", "4f0c", "slug: accueil", "slug: c").Replace(goodCase)),
		"usecases/d.txt": file("not read"),
		"pages/aide.md":  file("---\nslug: Aide\nkind: help\ntitle: Aide\nsummary: S\nupdated: 2026-11-24\n---\n"),
	}
	got, err := Load(folder)
	var faults Faults
	if !errors.As(err, &faults) {
		t.Fatalf("got %v, want faults", err)
	}
	said := strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(faults.Error())
	for _, want := range []string{
		"themes.yaml:2: le champ « label » manque",
		"themes.yaml:3: « eau » est écrit deux fois",
		"regions.yaml:1: « 99 » : code de département inconnu",
		"labs/lab-o.md:19: « methodes-d-innovation » n’est pas dans themes.yaml",
		"usecases/b.md:2: « 3f0c2f5e-8f43-5b1e-9a51-6a2d3f1c7b90 » est déjà pris par usecases/a.md",
		"usecases/b.md:3: « accueil-partage » est déjà pris par usecases/a.md",
		"usecases/b.md:9: « inconnu » n’est pas dans themes.yaml",
		"usecases/c.md:7: « absent » n’est pas un laboratoire",
		"usecases/c.md:8: « 99 » n’est pas dans regions.yaml",
		"pages/aide.md: la page est vide",
		"pages/aide.md:2: « slug »",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	// A laboratory that is wrong is not loaded, so nothing may name it.
	if len(got.UseCases) != 0 || len(got.Labs) != 0 || len(got.Pages) != 0 {
		t.Errorf("loaded: %d use cases, %d labs, %d pages", len(got.UseCases), len(got.Labs), len(got.Pages))
	}
}

func TestLoadEmptyFolder(t *testing.T) {
	t.Parallel()
	if _, err := Load(fstest.MapFS{}); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
}

func FuzzParseUseCase(f *testing.F) {
	f.Add([]byte(goodCase))
	f.Add([]byte("---\n---\n"))
	f.Add([]byte("---\r\nid: &a [*a]\r\n---\r\nx"))
	f.Add([]byte("---\n- 1\n---\n"))
	f.Add([]byte("\ufeff---\nphases: [{stage: idea, start: 2021-02-30}]\nsources: {a: b}\n---"))
	f.Add([]byte(strings.Replace(goodCase, "title: Un accueil partagé", "title: \"a\\u202e\\n# b ' ; \\x07\"", 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		u, err := ParseUseCase("x.md", data)
		if err != nil {
			var faults Faults
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("not faults: %v", err)
			}
			return
		}
		again, err := ParseUseCase("x.md", []byte(u.Markdown()))
		if err != nil {
			t.Fatalf("%q is written as %q, which is refused: %v", data, u.Markdown(), err)
		}
		if diff := cmp.Diff(u, again, cmpopts.IgnoreFields(File{}, "Digest"), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%q is written as %q: %s", data, u.Markdown(), diff)
		}
	})
}
