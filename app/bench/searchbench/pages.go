package main

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// left are elements whose text nobody would write in a forum.
var left = map[string]bool{
	"script": true, "style": true, "head": true, "pre": true, "nav": true, "table": true,
	"screen": true, "code-block": true, "info": true, "title": true, // Mallard
}

// inline are elements that don't end a paragraph.
var inline = map[string]bool{
	"a": true, "abbr": true, "acronym": true, "b": true, "cite": true, "code": true, "em": true, "i": true, "kbd": true,
	"q": true, "samp": true, "small": true, "span": true, "strong": true, "sub": true, "sup": true, "tt": true, "u": true, "var": true, "br": true, "img": true,
	"app": true, "cmd": true, "file": true, "gui": true, "guiseq": true, "key": true, "keyseq": true, "link": true, "sys": true, "input": true, // Mallard
}

// htmlParagraphs gives the paragraphs of an HTML page, or of a page of GNOME's
// help, whose elements of prose are read the same way.
func htmlParagraphs(page string, give func(string)) error {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return err
	}
	var text strings.Builder
	end := func() {
		if line := strings.Join(strings.Fields(text.String()), " "); line != "" {
			give(line)
		}
		text.Reset()
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data)
			return
		case n.Type == html.ElementNode && (left[n.Data] || hasClass(n, "navheader", "navfooter", "nav_bar", "sphinxsidebar", "related", "toc", "TOC", "header", "footer")):
			end()
			return
		}
		block := n.Type == html.ElementNode && !inline[n.Data]
		if block || n.DataAtom == atom.Br {
			text.WriteByte(' ')
		}
		if block {
			end()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			end()
		}
	}
	walk(root)
	end()
	return nil
}

func hasClass(n *html.Node, names ...string) bool {
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for _, class := range strings.Fields(a.Val) {
			for _, name := range names {
				if class == name {
					return true
				}
			}
		}
	}
	return false
}
