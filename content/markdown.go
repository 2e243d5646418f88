package content

import (
	"bytes"
	"errors"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// RendererVersion grows when the same Markdown gives other HTML: who stores
// HTML stores the version beside it and renders again when they differ.
const RendererVersion = 1

// Limits of a post. Parsing is quadratic in the worst case: at these sizes the
// worst post costs a few tenths of a second.
const (
	MaxPost    = 20_000 // bytes
	MaxQuotes  = 10     // `>` inside one another
	maxMarkers = 20     // quotes and list items opened on one line
)

// A short text can ask for a long page: short rows of a wide table are filled
// up, an address is repeated for each link that names it. Beyond these sizes
// a table is shown as text, a link loses its address, a page shows its source.
const (
	maxCells     = 5_000   // of all tables
	maxAddresses = 100_000 // bytes, of all links
	maxHTML      = 200_000 // bytes, or ten times the source
)

// What [RenderPost] refuses.
var (
	ErrTooLong = errors.New("content: a post holds 20 000 bytes at most")
	ErrTooDeep = errors.New("content: quotes or lists are nested too deeply")
)

// Rendered is a text, ready to be shown and searched.
type Rendered struct {
	HTML     string    // safe: it may be written to a page as it is
	Text     string    // plain, one line a block, for search and excerpts
	Contents []Heading // the headings, in order
}

// Heading is an entry of a table of contents.
type Heading struct {
	Level int    // 2 to 6
	ID    string // anchor
	Text  string
}

// RenderPost renders what a participant wrote. Prefix ("m12-") begins every
// anchor, so that several posts share a page. Headings start at h3, pictures
// become links, raw HTML is shown as text. Refuses with ErrTooLong, ErrTooDeep.
func RenderPost(src, prefix string) (Rendered, error) {
	if len(src) > MaxPost {
		return Rendered{}, ErrTooLong
	}
	if tooDeep(src) {
		return Rendered{}, ErrTooDeep
	}
	return render(src, options{post: true, prefix: prefix}), nil
}

// RenderPage renders a use case, a call or a page: headings start at h2, and
// only pictures of the portal itself are shown.
func RenderPage(src string) Rendered {
	return render(src, options{})
}

type options struct {
	post   bool
	prefix string // of anchors; letters, digits and hyphens
}

var (
	optionsKey  = parser.NewContextKey()
	footnoteKey = "footnote-prefix"
)

var (
	markdown      = newMarkdown(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)))
	withoutTables = newMarkdown()
)

func newMarkdown(more ...goldmark.Extender) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(append(more,
			extension.Strikethrough,
			extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"})),
			extension.TaskList,
			extension.NewFootnote(extension.WithFootnoteIDPrefixFunction(footnotePrefix)),
		)...),
		goldmark.WithParserOptions(
			// After the transformers of the extensions, the last of which has 999.
			parser.WithASTTransformers(util.Prioritized(transformer{}, 1100)),
		),
		goldmark.WithRendererOptions(
			renderer.WithNodeRenderers(util.Prioritized(nodes{}, 100)),
		),
	)
}

func render(src string, o options) Rendered {
	source := []byte(clean(src))
	markdown := markdown
	if cells(string(source)) > maxCells {
		markdown = withoutTables
	}
	ctx := parser.NewContext(parser.WithIDs(newIDs(o)))
	ctx.Set(optionsKey, o)
	doc := markdown.Parser().Parse(text.NewReader(source), parser.WithContext(ctx))

	var page bytes.Buffer
	if err := markdown.Renderer().Render(&page, source, doc); err != nil {
		// Render fails only when its writer does, and a buffer never does.
		panic(err)
	}
	if page.Len() > max(maxHTML, 10*len(source)) {
		return Rendered{HTML: "<pre><code>" + escape(source) + "</code></pre>\n", Text: string(source)}
	}
	return Rendered{
		HTML:     string(sanitize(page.Bytes(), o.post)),
		Text:     plainText(doc, source),
		Contents: contents(doc, source),
	}
}

// clean leaves valid UTF-8 with plain line ends, without NUL.
func clean(src string) string {
	src = strings.ToValidUTF8(src, "\ufffd")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(src)
}

func footnotePrefix(n ast.Node) []byte {
	if doc := n.OwnerDocument(); doc != nil {
		if prefix, ok := doc.Meta()[footnoteKey].(string); ok {
			return []byte(prefix)
		}
	}
	return nil
}

// cells bounds how many cells the tables of a text may have: columns of each
// row of dashes, times the lines up to the next blank one.
func cells(src string) int {
	lines := strings.Split(src, "\n")
	total, rows := 0, 0
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		if line == "" {
			rows = 0
			continue
		}
		if bars := strings.Count(line, "|"); bars > 0 && strings.Trim(line, "|:-> \t*+.)0123456789") == "" {
			total += bars * rows
		}
		rows++
	}
	return total
}

// tooDeep looks at the markers that begin each line: nesting is what makes the
// parser slow.
func tooDeep(src string) bool {
	for line := range strings.Lines(src) {
		if quotes, all := markers(line); quotes > MaxQuotes || all > maxMarkers {
			return true
		}
	}
	return false
}

// markers counts the quotes and the quotes and list items opened by a line.
func markers(line string) (quotes, all int) {
	if strings.Trim(line, "-* \t\r\n") == "" { // a rule, not forty lists
		return 0, 0
	}
	for {
		line = strings.TrimLeft(line, " \t")
		switch {
		case strings.HasPrefix(line, ">"):
			quotes++
			line = line[1:]
		case listItem(line) > 0:
			line = line[listItem(line):]
		default:
			return quotes, all
		}
		all++
	}
}

// listItem is the length of the list marker that begins the line, 0 when none.
func listItem(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "0123456789"))
	marks := "-*+"
	if n > 0 {
		marks = ".)"
	}
	if n+1 < len(line) && strings.IndexByte(marks, line[n]) >= 0 && (line[n+1] == ' ' || line[n+1] == '\t') {
		return n + 2
	}
	return 0
}
