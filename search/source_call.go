package search

// Every call is public, also before it opens and once it is closed. Its state is
// the one that the feed has told.
var calls = source{noun: "call", id: "c.id", sql: `
	SELECT c.id, 'call' AS type, c.slug, c.title, c.summary, c.text, c.details AS lists, c.opens_at AS date,
	       CASE WHEN c.closing_recorded_at IS NOT NULL THEN 'closed' WHEN c.opening_recorded_at IS NOT NULL THEN 'open' ELSE 'planned' END AS status
	  FROM calls c
	 WHERE 1 = 1`}

// What was awarded is public from its decision on: title, summary, organisation.
// Its number is its place among all that was awarded, the latest first.
var projects = source{noun: "application", id: "a.id", sql: `
	SELECT a.id, 'project' AS type, c.slug, a.title, a.summary, a.body_name AS place, a.decided_at AS date,
	       (SELECT count(*) FROM applications b
	         WHERE b.granted_cents > 0 AND (b.decided_at > a.decided_at OR b.decided_at = a.decided_at AND b.id > a.id)) AS number
	  FROM applications a
	  JOIN calls c ON c.id = a.call_id
	 WHERE a.granted_cents > 0`}
