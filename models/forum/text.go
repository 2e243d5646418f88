package forum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"passerelle/content"
	"passerelle/models"
)

// unplaced begins the anchors of a post that has no number yet.
const unplaced = "m0-"

// text is what a post says, in all the forms that are kept.
type text struct {
	markdown string
	html     string
	plain    string
	quoted   []models.ID // posts that it links to, as typed
}

// clean gives a typed text the line ends of the store, without blank ends.
func clean(typed string) string {
	typed = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(typed)
	return strings.TrimRight(strings.Trim(typed, "\n"), " \t\n")
}

// tidyTitle is a typed title on one line, in French typography.
func tidyTitle(typed string) string {
	return content.French(strings.Join(strings.Fields(typed), " "))
}

// checkBody notes what is wrong with a post's Markdown.
func checkBody(p *models.Problems, markdown string) {
	before := len(*p)
	p.Text(markdown, "body", 1, MaxPost)
	p.If(len(*p) == before && len(markdown) > MaxPost, "body", "forum.too_long", MaxPost, len(markdown))
}

// render makes the HTML of a checked Markdown, and waits for a free core.
// It runs before the transaction: Markdown is slow, and the writer is one.
func (f *Forums) render(ctx context.Context, markdown, prefix string) (text, error) {
	select {
	case f.slots <- struct{}{}:
		defer func() { <-f.slots }()
	case <-ctx.Done():
		return text{}, ctx.Err()
	}
	rendered, err := content.RenderPost(markdown, prefix)
	switch {
	case errors.Is(err, content.ErrTooLong):
		return text{}, wrong("body", "forum.too_long", MaxPost, len(markdown))
	case errors.Is(err, content.ErrTooDeep):
		return text{}, wrong("body", "forum.too_deep", content.MaxQuotes)
	case err != nil:
		return text{}, fmt.Errorf("render a post: %w", err)
	}
	return text{markdown: markdown, html: rendered.HTML, plain: rendered.Text, quoted: linked(rendered.HTML)}, nil
}

func wrong(field, code string, args ...any) error {
	p := models.Problems{}
	p.If(true, field, code, args...)
	return p.Err()
}

// placed is the HTML with the anchors of a post that got its number.
func (t text) placed(number int64) string {
	if !strings.Contains(t.html, unplaced) {
		return t.html
	}
	return anchored(t.html, unplaced, prefixOf(number))
}

// anchored gives the anchors of a rendered post, and the links to them,
// another prefix. Quotes of the text itself are written as entities.
func anchored(html, from, to string) string {
	return strings.NewReplacer(`"`+from, `"`+to, `"#`+from, `"#`+to).Replace(html)
}

func prefixOf(number int64) string { return fmt.Sprintf("m%d-", number) }

// maxQuoted bounds the references that are kept of one post.
const maxQuoted = 50

var postLink = regexp.MustCompile(`href="/messages/([1-9][0-9]{0,17})"`)

// linked lists the posts that a rendered post links to, once each.
func linked(html string) []models.ID {
	var ids []models.ID
	seen := map[models.ID]bool{}
	for _, match := range postLink.FindAllStringSubmatch(html, -1) {
		id := models.ParseID(match[1])
		if id == 0 || seen[id] {
			continue
		}
		seen[id] = true
		if ids = append(ids, id); len(ids) == maxQuoted {
			break
		}
	}
	return ids
}

// references keeps those of quoted that exist, as JSON.
func references(ctx context.Context, tx *models.Tx, quoted []models.ID) (string, error) {
	if len(quoted) == 0 {
		return "[]", nil
	}
	var known []models.ID
	if err := tx.DB.Raw("SELECT id FROM posts WHERE id IN ? ORDER BY id", quoted).Scan(&known).Error; err != nil {
		return "", fmt.Errorf("read quoted posts: %w", err)
	}
	if len(known) == 0 {
		return "[]", nil
	}
	list, err := json.Marshal(known)
	if err != nil {
		return "", fmt.Errorf("write quoted posts: %w", err)
	}
	return string(list), nil
}

// submitKey is what tells a form sent twice from a form sent again with
// another text, which is another post.
func submitKey(key string, parts ...string) string {
	if key == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(key + "\x00" + strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}
