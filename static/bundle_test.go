package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestBudgets(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		most int // bytes, gzip
	}{
		{"site.css", 14_000},
		{"site.js", 3_000},
		{"favicon.svg", 500},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, ok := Find(URL(tt.name), "gzip")
			if !ok || f.Encoding != "gzip" {
				t.Fatalf("not found as gzip: %v %q", ok, f.Encoding)
			}
			if len(f.Body) >= tt.most {
				t.Errorf("%d bytes, at most %d", len(f.Body), tt.most)
			}
		})
	}
}

func TestFindEncodings(t *testing.T) {
	t.Parallel()
	packAll()
	plain, ok := Find(URL("site.css"), "")
	if !ok || plain.Encoding != "" || plain.Type != "text/css; charset=utf-8" {
		t.Fatalf("plain: %v %q %q", ok, plain.Encoding, plain.Type)
	}
	tests := []struct {
		accept, want string
	}{
		{"gzip, deflate, br", "br"},
		{"br;q=0, gzip", "gzip"},
		{"BR", "br"},
		{"gzip;q=0.000", ""},
		{"gzip;q=0.5", "gzip"},
		{"identity", ""},
		{"brown", ""},
	}
	for _, tt := range tests {
		f, ok := Find(URL("site.css"), tt.accept)
		if !ok || f.Encoding != tt.want {
			t.Errorf("%q: %q, want %q", tt.accept, f.Encoding, tt.want)
		}
		if tt.want != "" && f.ETag == plain.ETag {
			t.Errorf("%q has the tag of the plain body", tt.accept)
		}
		if got := unpack(t, f); !bytes.Equal(got, plain.Body) {
			t.Errorf("%q unpacks to %d bytes, want %d", tt.accept, len(got), len(plain.Body))
		}
	}
}

func unpack(t *testing.T, f File) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(f.Body)
	switch f.Encoding {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestUnknownHash(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"/s/site.000000000000.css", "/s/site.css", "/s/", "", "/s/../static/doc.go"} {
		if _, ok := Find(address, "gzip"); ok {
			t.Errorf("found %q", address)
		}
	}
}

// TestEverySourceIsBundled: a file that no list names would be dead.
func TestEverySourceIsBundled(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{"favicon.svg": true}
	for _, name := range styles {
		listed["css/"+name+".css"] = true
	}
	for _, name := range scripts {
		listed["js/"+name+".js"] = true
	}
	err := fs.WalkDir(sources, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !listed[name] {
			t.Errorf("%s is in no list", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestStyleRules holds the stylesheet to the rules of its architecture.
func TestStyleRules(t *testing.T) {
	t.Parallel()
	forbidden := map[string]*regexp.Regexp{
		"!important":    regexp.MustCompile(`!\s*important`),
		"an id":         regexp.MustCompile(`(?m)(?:^|[},>+~ ])#[A-Za-z][\w-]*(?:[.:\[ >+~,][^;{}]*)?\{`),
		"a data: URL":   regexp.MustCompile(`(?i)data:`),
		"an import":     regexp.MustCompile(`@import`),
		"another host":  regexp.MustCompile(`url\(`),
		"the State's":   regexp.MustCompile(`(?i)#000091|\bfr-|marianne`),
		"a comment":     regexp.MustCompile(`/\*`),
		"a blank line":  regexp.MustCompile(`\n\s*\n`),
		"an upper case": regexp.MustCompile(`text-transform`),
	}
	css := string(bundles["site.css"].plain)
	for what, pattern := range forbidden {
		if found := pattern.FindString(css); found != "" {
			t.Errorf("%s: %q", what, found)
		}
	}
	for _, name := range styles {
		body := string(comments.ReplaceAll(read("css/"+name+".css"), nil))
		if !strings.HasPrefix(strings.TrimSpace(body), "@layer ") {
			t.Errorf("%s stands outside the layers", path.Join("css", name+".css"))
		}
	}
}
