package forum

import (
	"context"
	"fmt"

	"passerelle/models"
)

// audits are the queries that find where a counter and what it counts differ:
// the id of the row, what it holds, what was counted.
var audits = []struct{ what, query string }{
	{"numbers of thread", `
		SELECT t.id, t.last_number AS held, count(p.id) AS counted
		  FROM threads t LEFT JOIN posts p ON p.thread_id = t.id
		 GROUP BY t.id HAVING t.last_number <> count(p.id) OR t.last_number <> coalesce(max(p.number), 0)`},
	{"posts of thread", `
		SELECT t.id, t.posts AS held, count(p.id) AS counted
		  FROM threads t LEFT JOIN posts p ON p.thread_id = t.id AND p.state = 'visible'
		 GROUP BY t.id HAVING t.posts <> count(p.id)`},
	{"participants of thread", `
		SELECT t.id, t.participants AS held, count(DISTINCT p.author_id) AS counted
		  FROM threads t LEFT JOIN posts p ON p.thread_id = t.id AND p.state = 'visible'
		 GROUP BY t.id HAVING t.participants <> count(DISTINCT p.author_id)`},
	{"last visible post of thread", `
		SELECT t.id, t.last_visible AS held, coalesce(max(p.number), 0) AS counted
		  FROM threads t LEFT JOIN posts p ON p.thread_id = t.id AND p.state = 'visible'
		 GROUP BY t.id HAVING t.last_visible <> coalesce(max(p.number), 0)`},
	{"last activity of thread", `
		SELECT t.id, t.last_activity AS held, coalesce(p.created_at, t.created_at) AS counted
		  FROM threads t LEFT JOIN posts p ON p.thread_id = t.id AND p.number = t.last_visible
		 WHERE t.last_activity <> coalesce(p.created_at, t.created_at)`},
	{"threads of category", `
		SELECT c.id, c.threads AS held, count(t.id) AS counted
		  FROM categories c LEFT JOIN threads t ON t.category_id = c.id AND t.hidden = 0
		 GROUP BY c.id HAVING c.threads <> count(t.id)`},
	{"threads of forum", `
		SELECT f.id, f.threads AS held, count(t.id) AS counted
		  FROM forums f LEFT JOIN threads t ON t.forum_id = f.id AND t.hidden = 0
		 GROUP BY f.id HAVING f.threads <> count(t.id)`},
	{"posts of forum", `
		SELECT f.id, f.posts AS held, coalesce(sum(t.posts), 0) AS counted
		  FROM forums f LEFT JOIN threads t ON t.forum_id = f.id AND t.hidden = 0
		 GROUP BY f.id HAVING f.posts <> coalesce(sum(t.posts), 0)`},
	{"last activity of forum", `
		SELECT f.id, coalesce(f.last_activity, '') AS held, coalesce(max(t.last_activity), '') AS counted
		  FROM forums f LEFT JOIN threads t ON t.forum_id = f.id AND t.hidden = 0
		 GROUP BY f.id HAVING coalesce(f.last_activity, '') <> coalesce(max(t.last_activity), '')`},
	{"erased history of post", `
		SELECT p.id, 0 AS held, count(v.version) AS counted
		  FROM posts p JOIN post_versions v ON v.post_id = p.id
		 WHERE p.state = 'deleted' GROUP BY p.id`},
	{"history of post", `
		SELECT p.id, p.edits AS held, count(v.version) AS counted
		  FROM posts p LEFT JOIN post_versions v ON v.post_id = p.id
		 WHERE p.state <> 'deleted' GROUP BY p.id HAVING p.edits <> count(v.version)`},
	{"category of another forum, thread", `
		SELECT t.id, t.forum_id AS held, c.forum_id AS counted
		  FROM threads t JOIN categories c ON c.id = t.category_id WHERE c.forum_id <> t.forum_id`},
}

// Check compares every counter with what it counts, on one snapshot, and
// returns one sentence for the first fault of each kind; none when all is well.
func (f *Forums) Check(ctx context.Context) ([]string, error) {
	var faults []string
	err := f.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		for _, audit := range audits {
			var row struct {
				ID      models.ID `gorm:"column:id"`
				Held    string    `gorm:"column:held"`
				Counted string    `gorm:"column:counted"`
			}
			found := tx.DB.WithContext(ctx).Raw(audit.query + " LIMIT 1").Scan(&row)
			if found.Error != nil {
				return fmt.Errorf("check the %s: %w", audit.what, found.Error)
			}
			if found.RowsAffected > 0 {
				faults = append(faults, fmt.Sprintf("%s %d: holds %q, counted %q", audit.what, row.ID, row.Held, row.Counted))
			}
		}
		return nil
	})
	return faults, err
}
