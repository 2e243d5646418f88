package content

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

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
