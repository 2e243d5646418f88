package forum

import (
	"fmt"
	"strings"
)

// Quote is the Markdown that quotes a post in a reply: a link to it, then its
// text, without what it quotes itself. It names nobody, so that an account
// that is deleted leaves its name in no one else's post.
func (w Whole) Quote() string {
	var b strings.Builder
	fmt.Fprintf(&b, "> [Message n°\u00a0%d](/messages/%d)\n>\n", w.Number, w.ID)
	blank := true // no blank line follows another, nor begins the quote
	for line := range strings.Lines(w.Markdown) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(strings.TrimLeft(line, " "), ">") {
			continue
		}
		if strings.TrimSpace(line) == "" {
			if !blank {
				b.WriteString(">\n")
			}
			blank = true
			continue
		}
		b.WriteString("> " + line + "\n")
		blank = false
	}
	return strings.TrimRight(b.String(), ">\n") + "\n\n"
}
