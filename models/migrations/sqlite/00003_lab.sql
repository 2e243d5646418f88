-- +goose Up

-- The eighteen regions, as the content names them.
CREATE TABLE regions (
	code TEXT PRIMARY KEY, -- INSEE code, as text: that of a department may be the same
	slug TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL
);

-- A laboratory. Small columns first: a list must not walk over long texts.
CREATE TABLE labs (
	id               INTEGER PRIMARY KEY,
	uuid             TEXT NOT NULL UNIQUE,                  -- for ever
	slug             TEXT NOT NULL UNIQUE,
	version          INTEGER NOT NULL DEFAULT 1,            -- grows by one at every change
	kind             TEXT NOT NULL CHECK (kind IN ('ten', 'other')), -- one of the ten, or another
	rank             INTEGER NOT NULL DEFAULT 0,            -- place in lists
	name             TEXT NOT NULL,
	summary          TEXT NOT NULL DEFAULT '',
	wave             TEXT NOT NULL DEFAULT '' CHECK (wave IN ('', 'first', 'second', 'later')),
	status           TEXT NOT NULL DEFAULT 'unknown' CHECK (status IN ('active', 'ended', 'unknown')),
	region           TEXT NOT NULL DEFAULT '',              -- code
	place            TEXT NOT NULL DEFAULT '',
	since            TEXT NOT NULL DEFAULT '',              -- a day, a month or a year, as all dates here
	since_note       TEXT NOT NULL DEFAULT '',              -- what that date means
	until            TEXT NOT NULL DEFAULT '',              -- of one that ended
	last_trace       TEXT NOT NULL DEFAULT '',              -- the last activity that a source shows
	method           TEXT NOT NULL DEFAULT '',
	bridge           TEXT NOT NULL DEFAULT '',              -- its sign, with hue
	hue              INTEGER NOT NULL DEFAULT 0,
	licence          TEXT NOT NULL DEFAULT '',
	created_on       TEXT NOT NULL DEFAULT '',
	updated_on       TEXT NOT NULL DEFAULT '',
	bearers          TEXT NOT NULL DEFAULT '[]',            -- JSON lists, as in the front matter
	partners         TEXT NOT NULL DEFAULT '[]',
	web              TEXT NOT NULL DEFAULT '[]',
	sources          TEXT NOT NULL DEFAULT '[]',
	disagreements    TEXT NOT NULL DEFAULT '[]',
	contents         TEXT NOT NULL DEFAULT '[]',            -- JSON, the table of contents
	renderer         INTEGER NOT NULL DEFAULT 0,            -- version of the renderer that made html
	updated_at       DATETIME NOT NULL,                     -- of the row
	content_path     TEXT NOT NULL DEFAULT '',              -- file that it was loaded from
	content_digest   TEXT NOT NULL DEFAULT '',              -- digest of that file when it was last loaded
	portal_edited_at DATETIME,                              -- edited in the portal since: the file no longer overwrites it
	markdown         TEXT NOT NULL DEFAULT '',              -- body alone
	html             TEXT NOT NULL DEFAULT '',              -- sanitised
	text             TEXT NOT NULL DEFAULT ''               -- plain, for the index
);

-- An address that a laboratory once had.
CREATE TABLE lab_slugs (
	slug   TEXT PRIMARY KEY,
	lab_id INTEGER NOT NULL REFERENCES labs (id)
);

CREATE TABLE themes (
	id   INTEGER PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL
);

CREATE TABLE lab_themes (
	lab_id   INTEGER NOT NULL REFERENCES labs (id),
	theme_id INTEGER NOT NULL REFERENCES themes (id),
	PRIMARY KEY (lab_id, theme_id)
) WITHOUT ROWID;

-- Whom a use case serves (« public »).
CREATE TABLE audiences (
	id   INTEGER PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL
);

-- A use case of a laboratory, or an experience: a local project that is no lab's work.
CREATE TABLE use_cases (
	id                INTEGER PRIMARY KEY,
	uuid              TEXT NOT NULL UNIQUE,                  -- for ever
	slug              TEXT NOT NULL UNIQUE,
	version           INTEGER NOT NULL DEFAULT 1,            -- grows by one at every change
	type              TEXT NOT NULL DEFAULT 'use_case' CHECK (type IN ('use_case', 'experience')),
	lab_id            INTEGER REFERENCES labs (id),
	region            TEXT NOT NULL DEFAULT '',              -- INSEE code of the region, as text
	maturity          TEXT NOT NULL DEFAULT '' CHECK (maturity IN ('', 'idea', 'experiment', 'deployed', 'abandoned', 'ended')), -- last stage; empty: not known
	published_at      DATETIME NOT NULL,
	updated_at        DATETIME NOT NULL,                     -- of the row
	created_on        TEXT NOT NULL DEFAULT '',              -- date of the front matter: a day, a month or a year
	updated_on        TEXT NOT NULL DEFAULT '',
	title             TEXT NOT NULL,
	title_key         TEXT NOT NULL,                         -- title folded, for the order by title
	summary           TEXT NOT NULL,
	support           TEXT NOT NULL DEFAULT '',              -- what the lab gave: whole project, one-off help, training
	problem           TEXT NOT NULL DEFAULT '',
	tried             TEXT NOT NULL DEFAULT '',
	result            TEXT NOT NULL DEFAULT '',
	abandoned_because TEXT NOT NULL DEFAULT '',
	cost_euros        INTEGER,                               -- NULL: not known
	cost_days         INTEGER,                               -- NULL: not known
	legal_basis       TEXT NOT NULL DEFAULT '',              -- empty: not known
	licence           TEXT NOT NULL DEFAULT '',
	phases            TEXT NOT NULL DEFAULT '[]',            -- JSON lists, as in the front matter
	partners          TEXT NOT NULL DEFAULT '[]',
	links             TEXT NOT NULL DEFAULT '[]',
	redo              TEXT NOT NULL DEFAULT '[]',
	sources           TEXT NOT NULL DEFAULT '[]',
	disagreements     TEXT NOT NULL DEFAULT '[]',
	contents          TEXT NOT NULL DEFAULT '[]',            -- JSON, the table of contents
	renderer          INTEGER NOT NULL DEFAULT 0,            -- version of the renderer that made html
	import_key        TEXT NOT NULL DEFAULT '',              -- key of the line that brought it
	content_path      TEXT NOT NULL DEFAULT '',              -- file that it was loaded from
	content_digest    TEXT NOT NULL DEFAULT '',              -- digest of that file when it was last loaded
	portal_edited_at  DATETIME,                              -- edited in the portal since: the file no longer overwrites it
	markdown          TEXT NOT NULL DEFAULT '',              -- body alone
	source            TEXT NOT NULL DEFAULT '',              -- whole file, front matter included; empty when imported
	html              TEXT NOT NULL DEFAULT '',              -- sanitised
	text              TEXT NOT NULL DEFAULT ''               -- plain, for the index
);
CREATE INDEX use_cases_renderer ON use_cases (renderer);
CREATE UNIQUE INDEX use_cases_import ON use_cases (import_key) WHERE import_key <> '';
-- Both orders of the list, and two filters that choose few. Each holds all that lists and counts look at,
-- so that whichever is taken, no row is read for them, texts and all.
CREATE INDEX use_cases_recent ON use_cases (published_at DESC, id DESC, lab_id, region, maturity);
CREATE INDEX use_cases_title ON use_cases (title_key, id, lab_id, region, maturity);
CREATE INDEX use_cases_lab ON use_cases (lab_id, region, maturity, published_at, title_key);
CREATE INDEX use_cases_region ON use_cases (region, lab_id, maturity, published_at, title_key);

-- An address that a use case once had.
CREATE TABLE use_case_slugs (
	slug        TEXT PRIMARY KEY,
	use_case_id INTEGER NOT NULL REFERENCES use_cases (id)
);

CREATE TABLE use_case_themes (
	use_case_id INTEGER NOT NULL REFERENCES use_cases (id),
	theme_id    INTEGER NOT NULL REFERENCES themes (id),
	PRIMARY KEY (use_case_id, theme_id)
) WITHOUT ROWID;
CREATE INDEX use_case_themes_theme ON use_case_themes (theme_id, use_case_id);

CREATE TABLE use_case_audiences (
	use_case_id INTEGER NOT NULL REFERENCES use_cases (id),
	audience_id INTEGER NOT NULL REFERENCES audiences (id),
	PRIMARY KEY (use_case_id, audience_id)
) WITHOUT ROWID;
CREATE INDEX use_case_audiences_audience ON use_case_audiences (audience_id, use_case_id);

-- Legal and help pages.
CREATE TABLE pages (
	id               INTEGER PRIMARY KEY,
	slug             TEXT NOT NULL UNIQUE,                  -- its address, without the first slash: aide/publier
	kind             TEXT NOT NULL CHECK (kind IN ('legal', 'help')),
	version          INTEGER NOT NULL DEFAULT 1,
	rank             INTEGER NOT NULL DEFAULT 0,            -- place among its kind
	title            TEXT NOT NULL,
	summary          TEXT NOT NULL DEFAULT '',
	updated_on       TEXT NOT NULL DEFAULT '',
	contents         TEXT NOT NULL DEFAULT '[]',            -- JSON, the table of contents
	renderer         INTEGER NOT NULL DEFAULT 0,
	updated_at       DATETIME NOT NULL,
	content_path     TEXT NOT NULL DEFAULT '',
	content_digest   TEXT NOT NULL DEFAULT '',
	portal_edited_at DATETIME,
	markdown         TEXT NOT NULL DEFAULT '',
	html             TEXT NOT NULL DEFAULT '',
	text             TEXT NOT NULL DEFAULT ''
);

-- +goose Down
DROP TABLE pages;
DROP TABLE use_case_audiences;
DROP TABLE use_case_themes;
DROP TABLE use_case_slugs;
DROP TABLE use_cases;
DROP TABLE lab_themes;
DROP TABLE audiences;
DROP TABLE themes;
DROP TABLE lab_slugs;
DROP TABLE labs;
DROP TABLE regions;
