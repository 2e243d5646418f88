package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayImport tells whether a package of ours may import another: who may know
// whom is fixed, so that each thing has one place.
func mayImport(from, to string) bool {
	if from == to { // the tests of a package, from outside it
		return true
	}
	room, _, _ := strings.Cut(from, "/")
	target, _, _ := strings.Cut(to, "/")
	switch room {
	case "content", "static": // know nothing of ours
		return target == room
	case "models": // its folders know models and content, not each other
		return target == "content" || to == "models" || from != "models" && strings.HasPrefix(to, from+"/")
	case "search":
		return target == "search" || target == "models" || target == "content"
	case "app": // knows all; but no folder of pages knows another
		return !(strings.HasSuffix(from, "pages") && strings.HasSuffix(to, "pages") && from != to)
	}
	return false
}

func TestWhoMayImportWhom(t *testing.T) {
	t.Parallel()
	root := os.DirFS("..")
	read := 0
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && name != "." || entry.Name() == "node_modules" || name == "data") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		read++
		from := path.Dir(filepath.ToSlash(name))
		for _, spec := range file.Imports {
			target, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			to, ours := strings.CutPrefix(target, "passerelle/")
			if !ours || strings.HasSuffix(name, "_test.go") && to == "models/modelstest" {
				continue
			}
			if !mayImport(from, to) {
				t.Errorf("%s may not import %s", name, to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 50 {
		t.Errorf("only %d files were read", read)
	}
}

func TestTheRuleItself(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to string
		want     bool
	}{
		{"content", "models", false}, {"static", "app/ui", false}, {"models", "content", true},
		{"models/forum", "models", true}, {"models/forum", "models/account", false}, {"models/forum", "search", false},
		{"models", "models/forum", false}, {"models/modelstest", "models", true},
		{"search", "models/forum", true}, {"search", "app/web", false},
		{"app/forumpages", "models/forum", true}, {"app/forumpages", "app/labpages", false}, {"app/forumpages", "app/ui", true},
	} {
		if got := mayImport(tt.from, tt.to); got != tt.want {
			t.Errorf("%s imports %s: %v, want %v", tt.from, tt.to, got, tt.want)
		}
	}
}
