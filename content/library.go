package content

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Embedded is the content that the program carries.
//
//go:embed labs usecases calls pages demo themes.yaml audiences.yaml regions.yaml synonyms.txt
var Embedded embed.FS

// Library is all that a folder of content holds, in the order of pages: labs
// by their order, the rest by path.
type Library struct {
	Labs      []Lab
	UseCases  []UseCase
	Calls     []Call
	Pages     []Page
	Themes    []Theme
	Audiences []Audience
	Regions   []Region
}

// Load reads a folder of content. When files are wrong the error is [Faults],
// and the library holds the items of the other files; any other error means
// that the folder could not be read. A folder or a list that is absent is empty.
func Load(fsys fs.FS) (Library, error) {
	l := &loader{fsys: fsys}
	l.list("themes.yaml", func(path string, data []byte) (s *sheet) {
		l.Themes, s = readThemes(path, data)
		return s
	})
	l.list("audiences.yaml", func(path string, data []byte) (s *sheet) {
		l.Audiences, s = readAudiences(path, data)
		return s
	})
	l.list("regions.yaml", func(path string, data []byte) (s *sheet) {
		l.Regions, s = readRegions(path, data)
		return s
	})
	l.folder("labs", func(path string, data []byte) *sheet {
		lab, s := readLab(path, data)
		l.crossLab(lab, s)
		l.unique(s, "lab", lab.ID, lab.Slug)
		return keep(s, &l.Labs, lab)
	})
	l.folder("usecases", func(path string, data []byte) *sheet {
		u, s := readUseCase(path, data)
		l.crossUseCase(u, s)
		l.unique(s, "use case", u.ID, u.Slug)
		return keep(s, &l.UseCases, u)
	})
	l.folder("calls", func(path string, data []byte) *sheet {
		c, s := readCall(path, data)
		l.unique(s, "call", c.ID, c.Slug)
		return keep(s, &l.Calls, c)
	})
	l.folder("pages", func(path string, data []byte) *sheet {
		p, s := readPage(path, data)
		l.unique(s, "page", "", p.Slug)
		return keep(s, &l.Pages, p)
	})
	slices.SortStableFunc(l.Labs, func(a, b Lab) int { return cmp.Compare(a.Order, b.Order) })
	if l.broken != nil {
		return Library{}, l.broken
	}
	return l.Library, l.faults.err()
}

// CheckUseCase checks that what a use case names exists. The error is [Faults].
func (l Library) CheckUseCase(u UseCase) error {
	s := &sheet{File: u.File}
	l.crossUseCase(u, s)
	return s.faults.err()
}

type loader struct {
	Library
	fsys   fs.FS
	taken  map[string]string // id or slug of a kind → path
	faults Faults
	broken error
}

func (l *loader) read(path string, f func(string, []byte) *sheet) {
	data, err := fs.ReadFile(l.fsys, path)
	if err != nil {
		l.broken = errors.Join(l.broken, fmt.Errorf("read content: %w", err))
		return
	}
	l.faults = append(l.faults, f(path, data).faults...)
}

func (l *loader) list(path string, f func(string, []byte) *sheet) {
	if _, err := fs.Stat(l.fsys, path); errors.Is(err, fs.ErrNotExist) {
		return
	}
	l.read(path, f)
}

// folder reads the .md files of a folder and its folders.
func (l *loader) folder(dir string, f func(string, []byte) *sheet) {
	if _, err := fs.Stat(l.fsys, dir); errors.Is(err, fs.ErrNotExist) {
		return
	}
	err := fs.WalkDir(l.fsys, dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".md") {
			l.read(path, f)
		}
		return err
	})
	if err != nil {
		l.broken = errors.Join(l.broken, fmt.Errorf("read content: %w", err))
	}
}

// keep adds an item to its list unless its file is wrong.
func keep[T any](s *sheet, list *[]T, item T) *sheet {
	if len(s.faults) == 0 {
		*list = append(*list, item)
	}
	return s
}

// unique checks that no other file of the kind has the same id or slug.
func (l *loader) unique(s *sheet, kind, id, slug string) {
	if l.taken == nil {
		l.taken = map[string]string{}
	}
	for field, value := range map[string]string{"id": id, "slug": slug} {
		if value == "" {
			continue
		}
		key := kind + " " + field + " " + value
		other, taken := l.taken[key]
		s.check(!taken, "« "+value+" » est déjà pris par "+other, field)
		if !taken {
			l.taken[key] = s.Path
		}
	}
}

func (l Library) crossLab(lab Lab, s *sheet) {
	l.crossThemes(lab.Themes, s)
	l.crossRegion(lab.Region, s)
}

func (l Library) crossUseCase(u UseCase, s *sheet) {
	l.crossThemes(u.Themes, s)
	l.crossRegion(u.Region, s)
	for i, slug := range u.Audiences {
		ok := slices.ContainsFunc(l.Audiences, func(a Audience) bool { return a.Slug == slug })
		s.check(ok, "« "+slug+" » n’est pas dans audiences.yaml", "audiences", i)
	}
	ok := slices.ContainsFunc(l.Labs, func(lab Lab) bool { return lab.Slug == u.Lab })
	s.check(u.Lab == "" || ok, "« "+u.Lab+" » n’est pas un laboratoire de labs/, ou son fichier est à corriger", "lab")
}

func (l Library) crossThemes(slugs []string, s *sheet) {
	for i, slug := range slugs {
		ok := slices.ContainsFunc(l.Themes, func(t Theme) bool { return t.Slug == slug })
		s.check(ok, "« "+slug+" » n’est pas dans themes.yaml", "themes", i)
	}
}

func (l Library) crossRegion(code string, s *sheet) {
	ok := slices.ContainsFunc(l.Regions, func(r Region) bool { return r.Code == code })
	s.check(code == "" || ok, "« "+code+" » n’est pas dans regions.yaml", "region")
}
