package content

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// langNode is a piece of text in another language.
type langNode struct {
	ast.BaseInline
	code string
}

var kindLang = ast.NewNodeKind("Lang")

// Kind implements ast.Node.
func (n *langNode) Kind() ast.NodeKind { return kindLang }

// Dump implements ast.Node.
func (n *langNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"lang": n.code}, nil)
}

// nodes renders what goldmark would render otherwise than we want.
type nodes struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (r nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindLang, r.lang)
	reg.Register(ast.KindRawHTML, r.rawHTML)
	reg.Register(ast.KindHTMLBlock, r.htmlBlock)
	reg.Register(east.KindTable, r.table)
	reg.Register(east.KindTaskCheckBox, r.taskCheckBox)
	reg.Register(east.KindFootnoteBacklink, r.footnoteBacklink)
}

func (nodes) lang(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		write(w, `<span lang="`, node.(*langNode).code, `">`)
	} else {
		write(w, `</span>`)
	}
	return ast.WalkContinue, nil
}

// rawHTML shows the source: what somebody typed is never lost.
func (nodes) rawHTML(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		write(w, escape(rawHTML(node, source)))
	}
	return ast.WalkSkipChildren, nil
}

func (nodes) htmlBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		write(w, "<p>", escape([]byte(blockLines(node, source))), "</p>\n")
	}
	return ast.WalkContinue, nil
}

// table may be wider than a telephone: it scrolls, also by keyboard.
func (nodes) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		write(w, `<div class="table-scroll" role="group" aria-label="Tableau" tabindex="0"><table>`, "\n")
	} else {
		write(w, "</table></div>\n")
	}
	return ast.WalkContinue, nil
}

func (nodes) taskCheckBox(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		if node.(*east.TaskCheckBox).IsChecked {
			write(w, `<input type="checkbox" aria-label="Fait" checked="" disabled=""> `)
		} else {
			write(w, `<input type="checkbox" aria-label="À faire" disabled=""> `)
		}
	}
	return ast.WalkContinue, nil
}

// footnoteBacklink says in words where it leads: a screen reader reads the
// arrow as its name.
func (nodes) footnoteBacklink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*east.FootnoteBacklink)
		ref := ""
		if n.RefIndex > 0 {
			ref = strconv.Itoa(n.RefIndex)
		}
		index := strconv.Itoa(n.Index)
		write(w, `&#160;<a href="#`, string(footnotePrefix(n)), `fnref`, ref, `:`, index,
			`" class="footnote-backref" role="doc-backlink" aria-label="Retour à l’appel de note `, index, `">↩&#xfe0e;</a>`)
	}
	return ast.WalkContinue, nil
}

func escape(b []byte) string { return string(util.EscapeHTML(b)) }

// write drops the errors of w: its flush reports the first.
func write(w util.BufWriter, parts ...string) {
	for _, s := range parts {
		_, _ = w.WriteString(s)
	}
}
