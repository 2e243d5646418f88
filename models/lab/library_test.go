package lab_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"passerelle/content"
	"passerelle/models"
	"passerelle/models/lab"
	"passerelle/models/modelstest"
)

// lists are the controlled lists of a test's folder of content.
var lists = map[string]string{
	"regions.yaml": `
- {code: "53", slug: bretagne, name: Bretagne, short: Bre, row: 4, column: 3, departments: ["35"]}
- {code: "75", slug: nouvelle-aquitaine, name: Nouvelle-Aquitaine, short: NAq, row: 10, column: 5, departments: ["33"]}
`,
	"themes.yaml": `
- {slug: emploi, label: Emploi}
- {slug: accueil, label: Accueil}
- {slug: donnees, label: Données}
`,
	"audiences.yaml": `
- {slug: agents, label: Agents publics}
- {slug: jeunes, label: Jeunes}
`,
}

// folder is a folder of content that a test changes.
type folder map[string]string

func newFolder() folder {
	f := folder{}
	maps.Copy(f, lists)
	f.lab("ti-lab", "Ti Lab", "53", 1, "ten")
	f.lab("la-base", "LaBase", "75", 2, "ten")
	return f
}

func (f folder) lab(slug, name, region string, order int, kind string) {
	f["labs/"+slug+".md"] = fmt.Sprintf(`---
id: %s
slug: %s
kind: %s
order: %d
name: %s
summary: Un laboratoire d'essai.
wave: first
status: active
region: "%s"
themes: [accueil]
bridge: bowstring
hue: 6
sources:
  - {key: REG, address: example.org/reg, consulted: 2026-11-24, says: Il existe.}
created: 2026-11-24
updated: 2026-11-24
---

## Histoire

Né d'un appel [REG].
`, id(slug), slug, kind, order, name, region)
}

// aCase is a use case of a test; what is empty has a default.
type aCase struct {
	slug, title, lab, region, stage string
	themes, audiences               string // by commas
	more, body                      string
}

func (f folder) add(c aCase) {
	if c.title == "" {
		c.title = "Cas " + c.slug
	}
	if c.themes == "" {
		c.themes = "accueil"
	}
	kind := "use_case"
	if c.lab == "" {
		kind = "experience"
	}
	phases := ""
	if c.stage != "" {
		phases = "phases:\n  - {stage: idea, start: 2017}\n  - {stage: " + c.stage + ", start: 2018-05}\n"
	}
	if c.body == "" {
		c.body = "## Le point de départ\n\nOn attendait longtemps [REG]."
	}
	f["usecases/"+c.slug+".md"] = fmt.Sprintf(`---
id: %s
slug: %s
type: %s
title: %s
summary: Ce qui a été essayé, en une phrase.
lab: "%s"
region: "%s"
themes: [%s]
audiences: [%s]
problem: Une longue attente.
tried: Un guichet unique.
result: Non connu.
%s%scost_euros: unknown
sources:
  - {key: REG, address: example.org/reg, consulted: 2026-11-24, says: On attendait.}
created: 2026-11-20
updated: 2026-11-24
---

%s
`, id(c.slug), c.slug, kind, c.title, c.lab, c.region, c.themes, c.audiences, phases, c.more, c.body)
}

func (f folder) page(slug, kind, title string) {
	f["pages/"+strings.ReplaceAll(slug, "/", "-")+".md"] = fmt.Sprintf(`---
slug: %s
kind: %s
title: %s
summary: Une page.
updated: 2026-11-24
---

## Un titre

Un texte.
`, slug, kind, title)
}

// id is a UUID that depends on the slug alone.
func id(slug string) string {
	h := uint64(14695981039346656037)
	for _, b := range []byte(slug) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(h>>32), uint16(h), h>>3&0xfff, h>>9&0xfff, h&0xffffffffffff)
}

func (f folder) read(t testing.TB) content.Library {
	t.Helper()
	files := fstest.MapFS{}
	for path, text := range f {
		files[path] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := content.Load(files)
	if err != nil {
		t.Fatalf("the folder of content is wrong: %v", err)
	}
	return c
}

// open is a library with the content of a folder, and its store.
func open(t testing.TB, f folder) (*lab.Library, *models.Store) {
	t.Helper()
	store, _ := modelstest.Open(t)
	library := lab.New(store)
	load(t, library, f)
	return library, store
}

func load(t testing.TB, library *lab.Library, f folder) lab.Report {
	t.Helper()
	report, err := library.Load(context.Background(), f.read(t))
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return report
}

// kinds are the kinds of all changes after a position, by commas.
func kinds(t testing.TB, store *models.Store, after int64) string {
	t.Helper()
	var list []string
	err := store.View(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		changes, err := tx.Changes(ctx, after, 1000)
		for _, c := range changes {
			list = append(list, c.Kind)
		}
		return err
	})
	if err != nil {
		t.Fatalf("read the feed: %v", err)
	}
	return strings.Join(list, ",")
}

// sql runs a statement, as an editor in the portal or an older program would.
func sql(t testing.TB, store *models.Store, query string, args ...any) {
	t.Helper()
	err := store.Update(context.Background(), func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Exec(query, args...).Error
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
