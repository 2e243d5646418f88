package search

// A thread is found by its title and its opening post, as long as that one is visible.
var threads = source{noun: "thread", id: "t.id", sql: `
	SELECT t.id, CASE t.kind WHEN 'discussion' THEN 'thread' ELSE t.kind END AS type, t.slug, t.title, coalesce(p.text, '') AS text, t.id AS thread_id,
	       t.forum_id, f.title AS forum_title, t.author_id, t.created_at AS date,
	       CASE t.locked WHEN 1 THEN 'closed' ELSE 'open' END AS status
	  FROM threads t
	  JOIN forums f ON f.id = t.forum_id
	  LEFT JOIN posts p ON p.thread_id = t.id AND p.number = 1 AND p.state = 'visible'
	 WHERE t.hidden = 0`}

// The replies.
var posts = source{noun: "post", id: "p.id", sql: `
	SELECT p.id, 'post' AS type, t.slug, t.title, p.text, p.number, t.id AS thread_id,
	       t.forum_id, f.title AS forum_title, p.author_id, p.created_at AS date, p.official,
	       CASE p.official WHEN '' THEN '' ELSE 'official' END AS status
	  FROM posts p
	  JOIN threads t ON t.id = p.thread_id
	  JOIN forums f ON f.id = t.forum_id
	 WHERE p.state = 'visible' AND p.number > 1 AND t.hidden = 0`}
