package search

// Every call is public, also before it opens and once it is closed. Its state is
// the one that the feed has told.
var calls = source{noun: "call", id: "c.id", sql: `
	SELECT c.id, 'call' AS type, c.slug, c.title, c.summary, c.text, c.details AS lists, c.opens_at AS date,
	       CASE WHEN c.closing_recorded_at IS NOT NULL THEN 'closed' WHEN c.opening_recorded_at IS NOT NULL THEN 'open' ELSE 'planned' END AS status
	  FROM calls c
	 WHERE 1 = 1`}
