package content

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// plainText is what a reader would read aloud: one line a block, cells of a
// table parted by a space, code and descriptions of pictures included.
func plainText(doc ast.Node, source []byte) string {
	var lines []string
	var visit func(ast.Node)
	visit = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			lines = appendLine(lines, blockLines(n, source))
			return
		case *east.TableHeader, *east.TableRow:
			var cells []string
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				cells = appendLine(cells, inlineText(c, source))
			}
			lines = appendLine(lines, strings.Join(cells, " "))
			return
		}
		if c := n.FirstChild(); n.Type() == ast.TypeBlock && c != nil && c.Type() == ast.TypeInline {
			lines = appendLine(lines, inlineText(n, source))
			return
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			visit(c)
		}
	}
	visit(doc)
	return strings.Join(lines, "\n")
}

func appendLine(lines []string, line string) []string {
	if line = strings.TrimSpace(line); line != "" {
		lines = append(lines, line)
	}
	return lines
}

func blockLines(n ast.Node, source []byte) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(source))
	}
	if html, ok := n.(*ast.HTMLBlock); ok && html.HasClosure() {
		b.Write(html.ClosureLine.Value(source))
	}
	return b.String()
}

// inlineText is the text of what stands in a block, without its citations.
func inlineText(block ast.Node, source []byte) string {
	var b bytes.Buffer
	var visit func(ast.Node)
	visit = func(n ast.Node) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Text:
				if n.Kind() == ast.KindCodeSpan || c.IsRaw() {
					b.Write(c.Segment.Value(source))
				} else {
					b.Write(decode(c.Segment.Value(source)))
				}
				if c.SoftLineBreak() || c.HardLineBreak() {
					b.WriteByte(' ')
				}
			case *ast.String:
				b.Write(decode(c.Value))
			case *ast.AutoLink:
				b.Write(c.Label(source))
			case *ast.RawHTML:
				b.Write(rawHTML(c, source))
			default:
				if isCitation(c) {
					b.Truncate(len(bytes.TrimRight(b.Bytes(), " ")))
					continue
				}
				visit(c)
			}
		}
	}
	visit(block)
	return strings.ReplaceAll(b.String(), "\n", " ")
}

// decode reads backslash escapes and entities, as the HTML renderer does.
func decode(value []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
}

func contents(doc ast.Node, source []byte) []Heading {
	var all []Heading
	each(doc, func(n ast.Node) {
		h, ok := n.(*ast.Heading)
		if !ok {
			return
		}
		id, _ := h.AttributeString("id")
		anchor, _ := id.([]byte)
		if words := strings.TrimSpace(inlineText(h, source)); words != "" {
			all = append(all, Heading{Level: h.Level, ID: string(anchor), Text: words})
		}
	})
	return all
}

// Excerpt cuts a text after a word, at most max characters, and says so by « … ».
// Lines are joined.
func Excerpt(text string, max int) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' }), " ")
	if utf8.RuneCountInString(text) <= max {
		return text
	}
	runes := []rune(text)[:max]
	for i := len(runes) - 1; i > max/2; i-- {
		if unicode.IsSpace(runes[i]) {
			runes = runes[:i]
			break
		}
	}
	return strings.TrimRightFunc(string(runes), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:.–—«(", r)
	}) + "…"
}
