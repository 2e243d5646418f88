package static

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

//go:embed css/*.css js/*.js favicon.svg
var sources embed.FS

// styles is the order of the stylesheet; layers.css comes first, since it
// declares the order of the layers.
var styles = []string{
	"layers", "reset", "tokens", "base", "layout", "header", "suggest", "footer",
	"button", "form", "steps", "budget", "badge", "card", "row", "facets", "pager", "note",
	"tabs", "table", "timeline", "gauge", "tiles", "facts", "post", "composer", "prose", "sign", "sheet",
	"utilities", "forced", "print",
}

// scripts is the order of the script; each file is a block of its own.
var scripts = []string{"dates", "focus", "composer", "budget", "count", "suggest"}

// File is one answer: a body ready to send, and what its headers say.
type File struct {
	Body     []byte
	Encoding string // "br", "gzip", or "" for the plain bytes
	Type     string
	ETag     string
}

// bundle is one asset in all its encodings.
type bundle struct {
	address string
	kind    string
	tag     string
	plain   []byte
	gzip    []byte
	br      atomic.Pointer[[]byte] // nil until packed
}

var (
	bundles  = map[string]*bundle{} // by name: "site.css"
	byPath   = map[string]*bundle{} // by address: "/s/site.HASH.css"
	startBr  sync.Once
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	blanks   = regexp.MustCompile(`\s*\n\s*`)
	lineNote = regexp.MustCompile(`(?m)^\s*//.*$`)
)

func init() {
	add("site.css", "text/css; charset=utf-8", stylesheet())
	add("site.js", "text/javascript; charset=utf-8", script())
	add("favicon.svg", "image/svg+xml", read("favicon.svg"))
}

// URL is the address of an asset: "site.css", "site.js" or "favicon.svg".
// Another name is a fault of the program.
func URL(name string) string {
	b, ok := bundles[name]
	if !ok {
		panic("static: no asset named " + name)
	}
	return b.address
}

// Find is the asset at an address, in the best encoding that the browser
// accepts. An address that is not one of ours, such as one of an older
// version, finds nothing.
func Find(path, acceptEncoding string) (File, bool) {
	b, ok := byPath[path]
	if !ok {
		return File{}, false
	}
	f := File{Body: b.plain, Type: b.kind, ETag: `"` + b.tag + `"`}
	if accepts(acceptEncoding, "br") {
		startBr.Do(func() { go packAll() })
		if packed := b.br.Load(); packed != nil {
			f.Body, f.Encoding, f.ETag = *packed, "br", `"`+b.tag+`-br"`
			return f, true
		}
	}
	if accepts(acceptEncoding, "gzip") {
		f.Body, f.Encoding, f.ETag = b.gzip, "gzip", `"`+b.tag+`-gz"`
	}
	return f, true
}

// packAll makes the brotli bodies: at quality 11 it takes a tenth of a second,
// too long to wait for at start.
func packAll() {
	for _, b := range bundles {
		var out bytes.Buffer
		w := brotli.NewWriterLevel(&out, brotli.BestCompression)
		if _, err := w.Write(b.plain); err != nil {
			return
		}
		if err := w.Close(); err != nil {
			return
		}
		packed := out.Bytes()
		b.br.Store(&packed)
	}
}

// accepts reads Accept-Encoding: a coding counts unless its weight is zero.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q := strings.TrimPrefix(strings.ReplaceAll(strings.ToLower(weight), " ", ""), "q=")
		return strings.Trim(q, "0.") != "" || q == ""
	}
	return false
}

func add(name, kind string, body []byte) {
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:6])
	stem, ext, _ := strings.Cut(name, ".")
	b := &bundle{address: "/s/" + stem + "." + tag + "." + ext, kind: kind, tag: tag, plain: body}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	if _, err := w.Write(body); err != nil {
		panic(err) // a buffer takes all
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	b.gzip = out.Bytes()
	bundles[name], byPath[b.address] = b, b
}

func stylesheet() []byte {
	var out bytes.Buffer
	for _, name := range styles {
		out.Write(read("css/" + name + ".css"))
	}
	return blanks.ReplaceAll(comments.ReplaceAll(out.Bytes(), nil), []byte("\n"))
}

func script() []byte {
	var out bytes.Buffer
	out.WriteString("'use strict';\n")
	for _, name := range scripts {
		out.WriteString("{\n")
		out.Write(read("js/" + name + ".js"))
		out.WriteString("}\n")
	}
	return blanks.ReplaceAll(lineNote.ReplaceAll(out.Bytes(), nil), []byte("\n"))
}

func read(name string) []byte {
	body, err := sources.ReadFile(name)
	if err != nil {
		panic(err) // the list above and the folder disagree
	}
	return body
}
