-- +goose Up

-- A forum. Its counters are kept in the transaction of each act: they count visible threads, and the
-- visible posts of these.
CREATE TABLE forums (
	id            INTEGER PRIMARY KEY,
	slug          TEXT NOT NULL UNIQUE,
	title         TEXT NOT NULL,
	lead          TEXT NOT NULL DEFAULT '',
	position      INTEGER NOT NULL DEFAULT 0,
	open          INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1)), -- closed: no new thread, no reply
	demo          INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)), -- its texts are examples, and say so
	threads       INTEGER NOT NULL DEFAULT 0 CHECK (threads >= 0),
	posts         INTEGER NOT NULL DEFAULT 0 CHECK (posts >= 0),
	last_activity DATETIME,                                          -- of its visible threads; none: NULL
	created_at    DATETIME NOT NULL
);
CREATE INDEX forums_order ON forums (position, id);

-- A heading of a forum (rubrique).
CREATE TABLE categories (
	id       INTEGER PRIMARY KEY,
	forum_id INTEGER NOT NULL REFERENCES forums (id),
	slug     TEXT NOT NULL,
	title    TEXT NOT NULL,
	position INTEGER NOT NULL DEFAULT 0,
	threads  INTEGER NOT NULL DEFAULT 0 CHECK (threads >= 0), -- visible ones
	UNIQUE (forum_id, slug)
);

-- A thread (fil). last_number is the highest number ever given to one of its posts: numbers are dense
-- and never used again. The other counters speak of visible posts only, also while the thread is hidden.
CREATE TABLE threads (
	id            INTEGER PRIMARY KEY,
	forum_id      INTEGER NOT NULL REFERENCES forums (id),
	category_id   INTEGER REFERENCES categories (id),
	kind          TEXT NOT NULL CHECK (kind IN ('discussion', 'question', 'proposal')),
	title         TEXT NOT NULL CHECK (title <> ''),
	slug          TEXT NOT NULL CHECK (slug <> ''),
	author_id     INTEGER NOT NULL REFERENCES accounts (id),
	last_number   INTEGER NOT NULL DEFAULT 0 CHECK (last_number >= 0),
	posts         INTEGER NOT NULL DEFAULT 0 CHECK (posts BETWEEN 0 AND last_number),
	participants  INTEGER NOT NULL DEFAULT 0 CHECK (participants BETWEEN 0 AND posts), -- authors of visible posts
	last_visible  INTEGER NOT NULL DEFAULT 0 CHECK (last_visible BETWEEN 0 AND last_number), -- number of the last visible post
	last_activity DATETIME NOT NULL,             -- when that post was written; none left: when the thread was
	locked        INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
	pinned        INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
	hidden        INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
	hidden_reason TEXT NOT NULL DEFAULT '',
	hidden_by     INTEGER NOT NULL DEFAULT 0,    -- an account, -1 the program
	hidden_at     DATETIME,
	import_key    TEXT NOT NULL DEFAULT '',      -- of the bulk import that made it: the same line is taken once
	created_at    DATETIME NOT NULL,
	CHECK (hidden = 0 OR (hidden_reason <> '' AND hidden_at IS NOT NULL))
);
CREATE UNIQUE INDEX threads_import ON threads (import_key) WHERE import_key <> '';
-- A forum's list, by activity; the same of one kind, of one category; all forums; the newest first.
CREATE INDEX threads_forum ON threads (forum_id, pinned, last_activity DESC, id DESC) WHERE hidden = 0;
CREATE INDEX threads_kind ON threads (forum_id, kind, pinned, last_activity DESC, id DESC) WHERE hidden = 0;
CREATE INDEX threads_category ON threads (category_id, pinned, last_activity DESC, id DESC) WHERE hidden = 0;
CREATE INDEX threads_active ON threads (last_activity DESC, id DESC) WHERE hidden = 0;
CREATE INDEX threads_new ON threads (forum_id, id DESC) WHERE hidden = 0;
CREATE INDEX threads_author ON threads (author_id);

-- A post (message). A deleted one keeps its row, number and dates; its texts are empty. The text of a
-- hidden one stays for its author and the moderators.
CREATE TABLE posts (
	id            INTEGER PRIMARY KEY,
	thread_id     INTEGER NOT NULL REFERENCES threads (id),
	number        INTEGER NOT NULL CHECK (number >= 1),
	author_id     INTEGER NOT NULL REFERENCES accounts (id),
	markdown      TEXT NOT NULL,
	html          TEXT NOT NULL,                 -- rendered and sanitised when written
	text          TEXT NOT NULL,                 -- without markup, for search
	renderer      INTEGER NOT NULL,              -- version of what rendered html and text
	quotes        TEXT NOT NULL DEFAULT '[]',    -- JSON array: ids of the posts that it quotes
	state         TEXT NOT NULL DEFAULT 'visible' CHECK (state IN ('visible', 'deleted', 'hidden')),
	edits         INTEGER NOT NULL DEFAULT 0 CHECK (edits >= 0), -- also its version, which an edit names
	edited_at     DATETIME,
	deleted_at    DATETIME,
	hidden_reason TEXT NOT NULL DEFAULT '',
	hidden_by     INTEGER NOT NULL DEFAULT 0,
	hidden_at     DATETIME,
	submit_key    TEXT NOT NULL DEFAULT '',      -- digest of the form and its text: sent twice, posted once
	created_at    DATETIME NOT NULL,
	UNIQUE (thread_id, number),
	CHECK (state <> 'deleted' OR (markdown = '' AND html = '' AND text = '' AND quotes = '[]')),
	CHECK (state <> 'hidden' OR (hidden_reason <> '' AND hidden_at IS NOT NULL))
);
CREATE INDEX posts_author ON posts (author_id, thread_id);
CREATE UNIQUE INDEX posts_submit ON posts (author_id, submit_key) WHERE submit_key <> '';

-- What a post said before an edit; version 0 is its first text. Erased with a deleted text.
CREATE TABLE post_versions (
	post_id    INTEGER NOT NULL REFERENCES posts (id),
	version    INTEGER NOT NULL CHECK (version >= 0),
	markdown   TEXT NOT NULL,
	html       TEXT NOT NULL,
	created_at DATETIME NOT NULL,                -- when it was written, not when it was replaced
	PRIMARY KEY (post_id, version)
) WITHOUT ROWID;

-- The public log of moderation: what was done, where, why; never to whom, nor by whom.
CREATE TABLE moderation_log (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	at        DATETIME NOT NULL,
	act       TEXT NOT NULL,                     -- the kind of the change: post.hidden
	forum_id  INTEGER NOT NULL REFERENCES forums (id),
	thread_id INTEGER NOT NULL REFERENCES threads (id),
	post_id   INTEGER REFERENCES posts (id),     -- NULL: the whole thread
	number    INTEGER NOT NULL DEFAULT 0,        -- of that post in its thread
	reason    TEXT NOT NULL DEFAULT ''
);

-- +goose Down
DROP TABLE moderation_log;
DROP TABLE post_versions;
DROP TABLE posts;
DROP TABLE threads;
DROP TABLE categories;
DROP TABLE forums;
