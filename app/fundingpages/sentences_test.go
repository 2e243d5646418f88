package fundingpages

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"passerelle/app/web"
)

var code = regexp.MustCompile(`"((?:funding|text|choice|amount)\.[a-z_]+)"`)

// Whatever the desk may refuse has a French sentence.
func TestEveryRefusalHasASentence(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../models/funding/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	codes := map[string]bool{}
	for _, field := range []string{"bearer", "team", "duration", "innovative", "public", "quoted"} {
		codes["funding.rule_"+field], codes["funding.check_"+field] = true, true
	}
	for _, file := range append(files, "typed.go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range code.FindAllStringSubmatch(string(text), -1) {
			codes[found[1]] = true
		}
	}
	if len(codes) < 40 {
		t.Errorf("only %d codes were found", len(codes))
	}
	unknown := web.Sentence("no.such_code")
	for c := range codes {
		if web.Sentence(c) == unknown {
			t.Errorf("%s has no sentence", c)
		}
	}
}
