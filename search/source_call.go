package search

// Every call is public, also before it opens and once it is closed.
var calls = source{noun: "call", id: "c.id", sql: `
	SELECT c.id, 'call' AS type, c.slug, c.title, c.summary, c.text, c.details AS lists, c.opens_at AS date
	  FROM calls c
	 WHERE 1 = 1`}
