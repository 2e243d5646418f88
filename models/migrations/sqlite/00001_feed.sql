-- +goose Up

-- The random id of this store: an index or a backup of another one is told apart by it.
CREATE TABLE store (
	id         INTEGER PRIMARY KEY CHECK (id = 1),
	store_id   TEXT NOT NULL,
	created_at DATETIME NOT NULL
);

-- The feed: one row a change, written in the transaction of the change.
-- AUTOINCREMENT: a sequence number is never used twice.
CREATE TABLE changes (
	seq      INTEGER PRIMARY KEY AUTOINCREMENT,
	at       DATETIME NOT NULL,
	actor_id INTEGER NOT NULL,          -- an account, 0 a visitor, -1 the program
	kind     TEXT NOT NULL,             -- noun.verb: post.created
	subject  INTEGER NOT NULL,          -- id of the noun
	payload  TEXT NOT NULL DEFAULT '{}' -- identifiers and states only, never a text, a name, an address or a token
);

-- Where each reader of the feed that keeps its results in the database stands.
CREATE TABLE readers (
	name     TEXT PRIMARY KEY,
	position INTEGER NOT NULL
);

-- +goose Down
DROP TABLE readers;
DROP TABLE changes;
DROP TABLE store;
