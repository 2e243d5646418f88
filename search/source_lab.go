package search

// Every use case and experience of the table is published.
var useCases = source{noun: "usecase", id: "u.id", sql: `
	SELECT u.id, u.type, u.slug, u.title, u.summary, u.text, u.problem, u.tried, u.result, u.abandoned_because AS abandoned,
	       u.partners || ' ' || u.phases || ' ' || u.redo || ' ' || u.links AS lists,
	       coalesce(u.lab_id, 0) AS lab_id, coalesce(l.name, '') AS lab_name, u.region, coalesce(r.name, '') AS region_name,
	       u.published_at AS date, u.maturity AS status,
	       coalesce((SELECT string_agg(t.name, ', ' ORDER BY t.slug) FROM use_case_themes j JOIN themes t ON t.id = j.theme_id
	                  WHERE j.use_case_id = u.id), '') AS themes
	  FROM use_cases u
	  LEFT JOIN labs l ON l.id = u.lab_id
	  LEFT JOIN regions r ON r.code = u.region
	 WHERE 1 = 1`}

var labs = source{noun: "lab", id: "l.id", sql: `
	SELECT l.id, 'lab' AS type, l.slug, l.name AS title, l.summary, l.text, l.bearers || ' ' || l.partners AS lists, l.id AS lab_id,
	       CASE l.status WHEN 'unknown' THEN '' ELSE l.status END AS status,
	       l.region, coalesce(r.name, '') AS region_name, l.place,
	       coalesce((SELECT string_agg(t.name, ', ' ORDER BY t.slug) FROM lab_themes j JOIN themes t ON t.id = j.theme_id
	                  WHERE j.lab_id = l.id), '') AS themes
	  FROM labs l
	  LEFT JOIN regions r ON r.code = l.region
	 WHERE 1 = 1`}

// Help and legal pages.
var pages = source{noun: "page", id: "p.id", sql: `
	SELECT p.id, 'page' AS type, p.slug, p.title, p.summary, p.text
	  FROM pages p
	 WHERE 1 = 1`}
