-- +goose Up

-- Mails to send, at least once each. What a mail says, and to whom, is wiped once it left.
CREATE TABLE outbox (
	id         INTEGER PRIMARY KEY,
	template   TEXT NOT NULL,                    -- which mail: confirm, reset, granted…
	account_id INTEGER NOT NULL,                 -- for whom; 0: somebody without an account
	recipient  TEXT NOT NULL,
	mailbox    TEXT NOT NULL DEFAULT '',         -- hash of the recipient, kept for a day: how many mails one address gets
	subject    TEXT NOT NULL,
	body       TEXT NOT NULL,
	message_id TEXT NOT NULL UNIQUE,             -- the same at each attempt: a mailbox tells copies apart by it
	attempts   INTEGER NOT NULL DEFAULT 0,
	next_at    DATETIME NOT NULL,
	created_at DATETIME NOT NULL,
	sent_at    DATETIME,
	failed_at  DATETIME                          -- given up
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_account ON outbox (account_id);
CREATE INDEX outbox_mailbox ON outbox (mailbox) WHERE mailbox <> '';

-- When each scheduled job last ran.
CREATE TABLE jobs (
	name     TEXT PRIMARY KEY,
	last_run DATETIME NOT NULL
);

-- +goose Down
DROP TABLE jobs;
DROP TABLE outbox;
