package content

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// transformer turns the parsed tree into what we show.
type transformer struct{}

// Transform implements parser.ASTTransformer.
func (transformer) Transform(doc *ast.Document, reader text.Reader, ctx parser.Context) {
	o, _ := ctx.Get(optionsKey).(options)
	source := reader.Source()
	doc.AddMeta(footnoteKey, o.prefix)

	var headings []*ast.Heading
	var images []*ast.Image
	var links, raw []ast.Node
	var blocks []ast.Node
	each(doc, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Heading:
			headings = append(headings, n)
		case *ast.Image:
			images = append(images, n)
		case *ast.Link, *ast.AutoLink:
			links = append(links, n)
		case *ast.RawHTML:
			raw = append(raw, n)
		case *east.TableCell:
			if n.Parent().Kind() == east.KindTableHeader {
				n.SetAttributeString("scope", []byte("col"))
			}
		}
		if c := n.FirstChild(); n.Type() == ast.TypeBlock && c != nil && c.Type() == ast.TypeInline {
			blocks = append(blocks, n)
		}
	})
	for _, n := range raw {
		wrapLang(n, source)
	}
	for _, n := range images {
		if o.post || !ours(n.Destination) {
			links = append(links, linkTo(n))
		}
	}
	room := maxAddresses
	for _, n := range links {
		if !o.post && leadsToSource(n, source) {
			cite(n)
		}
		room -= addressed(n, source)
		trust(n, source, o.post, room >= 0)
	}
	for _, n := range blocks {
		typesetBlock(n, source)
	}
	for _, n := range headings { // last: an anchor comes from the text as shown
		words := strings.TrimSpace(inlineText(n, source))
		if words == "" { // a heading that says nothing misleads a screen reader
			n.Parent().RemoveChild(n.Parent(), n)
			continue
		}
		shift(n, o.post)
		n.SetAttributeString("id", ctx.IDs().Generate([]byte(words), ast.KindHeading))
	}
}

// each calls f for every node of a tree, which f must not change.
func each(n ast.Node, f func(ast.Node)) {
	f(n)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		each(c, f)
	}
}

// shift keeps h1 (and in a post h2) for the page around.
func shift(n *ast.Heading, post bool) {
	if post {
		n.Level = min(n.Level+2, 6)
		return
	}
	n.Level = max(n.Level, 2)
}

// typesetBlock sets the words of a paragraph, a heading or a cell in French
// typography. Code and the label of an autolink stay as they are.
func typesetBlock(block ast.Node, source []byte) {
	var words []*ast.Text
	opaque := map[int]bool{} // something that is no word stands before words[i]
	var collect func(ast.Node)
	collect = func(n ast.Node) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Text:
				words = append(words, c)
			case *ast.CodeSpan, *ast.AutoLink, *ast.RawHTML, *east.FootnoteLink:
				opaque[len(words)] = true
			default:
				collect(c)
			}
		}
	}
	collect(block)

	prev := rune(0)
	for i, t := range words {
		if opaque[i] {
			prev = 'x'
		}
		value := string(t.Segment.Value(source))
		more := (i+1 < len(words) || opaque[i+1]) && !t.SoftLineBreak() && !t.HardLineBreak()
		set := typeset(value, prev, more)
		prev, _ = utf8.DecodeLastRuneInString(value)
		if t.SoftLineBreak() || t.HardLineBreak() {
			prev = 0
		}
		if set == value || t.IsRaw() {
			continue
		}
		replaceText(t, set)
	}
}

// replaceText puts other words in the place of a text, and keeps its line break.
func replaceText(t *ast.Text, words string) {
	parent := t.Parent()
	parent.InsertBefore(parent, t, ast.NewString([]byte(words)))
	if !t.SoftLineBreak() && !t.HardLineBreak() {
		parent.RemoveChild(parent, t)
		return
	}
	t.Segment = text.NewSegment(t.Segment.Stop, t.Segment.Stop)
}
