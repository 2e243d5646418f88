package forum

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"strconv"

	"passerelle/models"
)

// cited is the link that [Whole.Quote] begins with, as it is kept: it names
// nobody, since names change and accounts are deleted.
var cited = regexp.MustCompile(`<a href="/messages/([1-9][0-9]{0,17})"[^>]*>Message n°(?:\x{a0}|&nbsp;| )[0-9]+</a>`)

// Cited is a post that another one quotes, with who wrote it.
type Cited struct {
	Post   models.ID `gorm:"column:id"`
	Thread models.ID `gorm:"column:thread_id"`
	Number int64     `gorm:"column:number"`
	Author Author    `gorm:"embedded"`
}

// maxCited bounds the quotes of one page that are told by name.
const maxCited = 500

// cite says in posts whom they quote, by the present names, and gives what each
// quotes. A post that is hidden or deleted is told by its number alone.
func cite(ctx context.Context, tx *models.Tx, list []Post) error {
	var ids []models.ID
	for _, post := range list {
		for _, match := range cited.FindAllStringSubmatch(post.HTML, -1) {
			if len(ids) < maxCited {
				ids = append(ids, models.ParseID(match[1]))
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var found []Cited
	err := tx.DB.WithContext(ctx).Raw(`
		SELECT p.id, p.thread_id, p.number, `+authorColumns+`
		  FROM posts p
		  JOIN threads t ON t.id = p.thread_id
		  JOIN accounts a ON a.id = p.author_id
		 WHERE p.id IN ? AND p.state = 'visible' AND t.hidden = 0`, ids).Scan(&found).Error
	if err != nil {
		return fmt.Errorf("read whom posts quote: %w", err)
	}
	known := map[models.ID]Cited{}
	for _, one := range found {
		known[one.Post] = one
	}
	for i := range list {
		list[i].HTML = cited.ReplaceAllStringFunc(list[i].HTML, func(link string) string {
			id := models.ParseID(cited.FindStringSubmatch(link)[1])
			one, ok := known[id]
			if !ok {
				list[i].Cites = append(list[i].Cites, Cited{Post: id})
				return link
			}
			list[i].Cites = append(list[i].Cites, one)
			return `<a href="/messages/` + id.String() + `">` + html.EscapeString(one.Author.signature()) +
				", message n°\u00a0" + strconv.FormatInt(one.Number, 10) + "</a>"
		})
	}
	return nil
}

// signature is the name that an author signs with.
func (a Author) signature() string {
	if a.Deleted {
		return "Compte supprimé"
	}
	return a.Name
}
