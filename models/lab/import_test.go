package lab_test

import (
	"context"
	"strings"
	"testing"

	"passerelle/models"
	"passerelle/models/lab"
)

func TestImport(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	library, store := open(t, newFolder())
	before := store.Head()
	raw := []byte(`{"type":"use_case","key":"k1","lab":"ti-lab","title":"Prêter un vélo","summary":"Un prêt.","markdown":"## Idée\n\nOn prête.","themes":["Emploi","Mobilité"],"published_at":"2021-05-01T12:00:00+02:00"}`)
	line, err := lab.ReadLine(raw)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false} {
		if added, err := library.Import(ctx, line); err != nil || added != want {
			t.Fatalf("time %d: added %v, %v", i+1, added, err)
		}
	}
	if got := kinds(t, store, before); got != "usecase.published" {
		t.Errorf("recorded %s", got)
	}
	u, err := library.UseCase(ctx, "preter-un-velo")
	if err != nil {
		t.Fatal(err)
	}
	if u.LabSlug != "ti-lab" || u.RegionName != "Bretagne" || u.PublishedAt.Format("15:04") != "10:00" || u.Maturity != "" {
		t.Errorf("imported: %+v", u)
	}
	var names []string
	for _, theme := range u.Themes {
		names = append(names, theme.Name)
	}
	if got := strings.Join(names, ","); got != "Emploi,Mobilité" {
		t.Errorf("themes: %s", got)
	}
	line.Key = "k2"
	if added, err := library.Import(ctx, line); err != nil || !added {
		t.Fatalf("same title: %v, %v", added, err)
	}
	if _, err := library.UseCase(ctx, "preter-un-velo-2"); err != nil {
		t.Errorf("same title: %v", err)
	}
	markdown, _, err := library.Markdown(ctx, "preter-un-velo")
	if err != nil || markdown != "# Prêter un vélo\n\nUn prêt.\n\n## Idée\n\nOn prête.\n" {
		t.Errorf("markdown %q, %v", markdown, err)
	}
}

func TestImportRefusesBadLines(t *testing.T) {
	t.Parallel()
	library, store := open(t, newFolder())
	before := store.Head()
	ok := lab.Line{Key: "k", Lab: "ti-lab", Title: "Titre"}
	tests := []struct {
		name string
		edit func(*lab.Line)
		want string
	}{
		{"no title, no lab", func(l *lab.Line) { l.Title, l.Lab = " ", "" }, "text.required text.required"},
		{"unknown lab", func(l *lab.Line) { l.Lab = "nulle-part" }, "lab.unknown_lab"},
		{"title too long", func(l *lab.Line) { l.Title = strings.Repeat("é", 201) }, "text.long"},
		{"summary too long", func(l *lab.Line) { l.Summary = strings.Repeat("é", 301) }, "text.long"},
		{"NUL", func(l *lab.Line) { l.Markdown = "a\x00b" }, "text.unreadable"},
		{"empty theme", func(l *lab.Line) { l.Themes = []string{""} }, "text.required"},
		{"date", func(l *lab.Line) { l.PublishedAt = "hier" }, "lab.date"},
		{"type", func(l *lab.Line) { l.Type = "thread" }, "choice.unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := ok
			tt.edit(&line)
			added, err := library.Import(context.Background(), line)
			if got := models.Code(err); got != tt.want || added {
				t.Errorf("got %q, added %v, want %q", got, added, tt.want)
			}
		})
	}
	if got := kinds(t, store, before); got != "" {
		t.Errorf("recorded %s", got)
	}
}

func TestReadLine(t *testing.T) {
	t.Parallel()
	a, err := lab.ReadLine([]byte(`{"lab":"x","title":"y"}`))
	if err != nil || a.Key == "" {
		t.Fatalf("without a key: %q, %v", a.Key, err)
	}
	b, _ := lab.ReadLine([]byte(`{"lab":"x","title":"z"}`))
	if a.Key == b.Key {
		t.Error("two lines without a key are the same use case")
	}
	for _, bad := range []string{`{"lab":"x","titel":"y"}`, `{"title":["y"]}`, `[]`, `{`} {
		if _, err := lab.ReadLine([]byte(bad)); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}
