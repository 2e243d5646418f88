-- +goose Up

-- The institution in whose name a post answers; empty: its author speaks for themselves. An edit or a deletion ends it.
ALTER TABLE posts ADD COLUMN official TEXT NOT NULL DEFAULT '' CHECK (official = '' OR (state <> 'deleted' AND number > 1));
CREATE INDEX posts_official ON posts (thread_id, number) WHERE official <> '';
