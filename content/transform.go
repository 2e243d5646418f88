package content

import (
	"bytes"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// ids makes the anchors of one document.
type ids struct {
	prefix string
	taken  map[string]int // anchor → times asked for
}

// The skeleton of every page has these anchors.
func newIDs(o options) *ids {
	return &ids{prefix: o.prefix, taken: map[string]int{
		"contenu": 1, "menu": 1, "recherche": 1, "pied": 1, "sommaire": 1, "non-lu": 1,
	}}
}

// Generate makes an anchor that no other heading of the document has.
func (s *ids) Generate(value []byte, _ ast.NodeKind) []byte {
	base := slug(string(value))
	if base == "" {
		base = "section"
	}
	base = s.prefix + base
	id := base
	for s.taken[id] > 0 {
		s.taken[base]++
		id = base + "-" + strconv.Itoa(s.taken[base])
	}
	s.taken[id]++
	return []byte(id)
}

// Put reserves an anchor.
func (s *ids) Put(value []byte) { s.taken[string(value)]++ }

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

// linkTo replaces a picture by a link with its description: a browser must
// never ask another site for something because a page is read.
func linkTo(image *ast.Image) ast.Node {
	link := ast.NewLink()
	link.Destination = image.Destination
	link.Title = image.Title
	moveChildren(image, link)
	if link.FirstChild() == nil {
		link.AppendChild(link, ast.NewString([]byte("image")))
	}
	image.Parent().ReplaceChild(image.Parent(), image, link)
	return link
}

// trust keeps a link with an address that may be followed, marks it when it
// leaves the portal, and leaves the words of any other, or of one in a link.
func trust(n ast.Node, source []byte, post, room bool) {
	dest := destination(n, source)
	if !room || !followed(dest) || inLink(n) {
		unwrap(n, source)
		return
	}
	if post && !ours(dest) {
		n.SetAttributeString("rel", []byte("nofollow ugc noopener"))
	}
}

// addressed is how many bytes a link adds to the page beside its words.
func addressed(n ast.Node, source []byte) int {
	if link, ok := n.(*ast.Link); ok {
		return len(link.Destination) + len(link.Title)
	}
	return len(destination(n, source))
}

func destination(n ast.Node, source []byte) []byte {
	switch n := n.(type) {
	case *ast.Link:
		return n.Destination
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkEmail {
			return append([]byte("mailto:"), n.URL(source)...)
		}
		return n.URL(source)
	}
	return nil
}

// followed tells whether we make a link to an address: http, https, mailto, or
// a place of the portal.
func followed(dest []byte) bool {
	u, err := url.Parse(string(util.URLEscape(dest, true)))
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return true
	case "":
		return u.Host == "" && ours(dest)
	}
	return false
}

// ours tells whether an address is a place of the portal: a path from its
// root, a query or an anchor. Browsers read `\` as `/`: none is allowed.
func ours(dest []byte) bool {
	s := string(util.URLEscape(dest, true))
	if strings.Contains(s, `\`) || strings.Contains(strings.ToUpper(s), "%5C") {
		return false
	}
	return strings.HasPrefix(s, "#") || strings.HasPrefix(s, "?") ||
		strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//")
}

// sourceAnchor begins the anchors of sources; see [Source.Anchor].
const sourceAnchor = "source-"

// leadsToSource tells whether a link is what [KEY] becomes.
func leadsToSource(n ast.Node, source []byte) bool {
	link, ok := n.(*ast.Link)
	return ok && bytes.HasPrefix(link.Destination, []byte("#"+sourceAnchor)) && keyShape.MatchString(inlineText(n, source))
}

// cite shows a citation as it is typed: [KEY].
func cite(n ast.Node) {
	n.InsertBefore(n, n.FirstChild(), ast.NewString([]byte("[")))
	n.AppendChild(n, ast.NewString([]byte("]")))
	n.SetAttributeString("role", []byte("doc-biblioref"))
}

func isCitation(n ast.Node) bool {
	_, ok := n.AttributeString("role")
	return ok && n.Kind() == ast.KindLink
}

func inLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// unwrap replaces a node by its children, an autolink by its text.
func unwrap(n ast.Node, source []byte) {
	parent := n.Parent()
	if auto, ok := n.(*ast.AutoLink); ok {
		s := ast.NewString(util.EscapeHTML(auto.Label(source)))
		s.SetCode(true) // written as it is: it is escaped
		parent.ReplaceChild(parent, n, s)
		return
	}
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		n.RemoveChild(n, c)
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}

func moveChildren(from, to ast.Node) {
	for c := from.FirstChild(); c != nil; c = from.FirstChild() {
		from.RemoveChild(from, c)
		to.AppendChild(to, c)
	}
}

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
