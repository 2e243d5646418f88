package content

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

var langTag = regexp.MustCompile(`^<span lang="([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)">$`)

// wrapLang makes a Lang of `<span lang="en">…</span>`, the one raw HTML that
// we read (WCAG 3.1.2): both tags stand in the same parent.
func wrapLang(n ast.Node, source []byte) {
	tag := langTag.FindSubmatch(rawHTML(n, source))
	if tag == nil || n.Parent() == nil {
		return
	}
	end := n.NextSibling()
	for end != nil && string(rawHTML(end, source)) != "</span>" {
		if langTag.Match(rawHTML(end, source)) {
			return
		}
		end = end.NextSibling()
	}
	if end == nil {
		return
	}
	parent := n.Parent()
	lang := &langNode{code: string(tag[1])}
	for c := n.NextSibling(); c != end; c = n.NextSibling() {
		parent.RemoveChild(parent, c)
		lang.AppendChild(lang, c)
	}
	parent.RemoveChild(parent, end)
	parent.ReplaceChild(parent, n, lang)
}

func rawHTML(n ast.Node, source []byte) []byte {
	raw, ok := n.(*ast.RawHTML)
	if !ok {
		return nil
	}
	var b bytes.Buffer
	for i := range raw.Segments.Len() {
		s := raw.Segments.At(i)
		b.Write(s.Value(source))
	}
	return b.Bytes()
}
