package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryRefusalHasItsSentence reads the code: what it refuses with, by
// models.Refuse or as a problem of a field, has a French sentence here.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	root := os.DirFS("../..")
	codes := map[string]string{}
	for _, room := range []string{"models", "app", "search"} {
		err := fs.WalkDir(root, room, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(root, name)
			if err != nil {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(node ast.Node) bool {
				call, ok := node.(*ast.CallExpr)
				if !ok {
					return true
				}
				var function string
				switch f := call.Fun.(type) {
				case *ast.SelectorExpr:
					function = f.Sel.Name
				case *ast.Ident:
					function = f.Name
				}
				place := map[string]int{"Refuse": 1, "If": 2}[function]
				if place > 0 && len(call.Args) > place {
					if literal, ok := call.Args[place].(*ast.BasicLit); ok {
						code, _ := strconv.Unquote(literal.Value)
						codes[code] = name
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(codes) < 60 {
		t.Errorf("only %d codes were found", len(codes))
	}
	for code, file := range codes {
		if !known(code) {
			t.Errorf("%s refuses with %q, which has no sentence", file, code)
		}
	}
}

var verb = regexp.MustCompile(`%[a-z]`)

// TestSentencesTakeWhatTheyAreGiven: a sentence without a value to show must
// not ask for one.
func TestSentencesTakeWhatTheyAreGiven(t *testing.T) {
	t.Parallel()
	for _, sentences := range domains {
		for code, sentence := range sentences {
			for _, found := range verb.FindAllString(sentence, -1) {
				if found != "%d" && found != "%s" {
					t.Errorf("%s: %q", code, found)
				}
			}
			if got := Sentence(code); strings.Contains(got, "%!") {
				t.Errorf("%s reads %q", code, got)
			}
		}
	}
}
