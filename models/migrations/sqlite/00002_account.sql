-- +goose Up

-- A person's account. A deleted one keeps its row, empty: what it wrote stays, signed « Compte supprimé ».
CREATE TABLE accounts (
	id            INTEGER PRIMARY KEY,
	email         TEXT NOT NULL DEFAULT '',      -- lower case; empty once deleted, and for imported authors
	new_email     TEXT NOT NULL DEFAULT '',      -- asked for, not confirmed yet
	name          TEXT NOT NULL DEFAULT '',      -- shown beside contributions; empty once deleted
	password_hash TEXT NOT NULL DEFAULT '',      -- PHC string of Argon2id; empty: cannot log in
	theme         TEXT NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
	agent         INTEGER NOT NULL DEFAULT 0 CHECK (agent IN (0, 1)), -- the address's domain is a verified public one
	demo          INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),  -- logs in only while PASSERELLE_DEMO=1
	imported      TEXT NOT NULL DEFAULT '',      -- the name under which an import made it; never a real account
	back          TEXT NOT NULL DEFAULT '',      -- page of this site to go to once the address is confirmed; empty then
	created_at    DATETIME NOT NULL,
	confirmed_at  DATETIME,
	deleted_at    DATETIME
);
CREATE UNIQUE INDEX accounts_email ON accounts (email) WHERE email <> '';
CREATE UNIQUE INDEX accounts_imported ON accounts (imported) WHERE imported <> '';

-- A browser that is logged in. Only the hash of its token is kept.
CREATE TABLE sessions (
	id         INTEGER PRIMARY KEY,
	account_id INTEGER NOT NULL REFERENCES accounts (id),
	token_hash BLOB NOT NULL UNIQUE,
	agent      TEXT NOT NULL DEFAULT '',         -- browser and system in words, for the list of sessions
	created_at DATETIME NOT NULL,
	seen_at    DATETIME NOT NULL,
	expires_at DATETIME NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- A search that somebody follows by mail.
CREATE TABLE saved_searches (
	id         INTEGER PRIMARY KEY,
	account_id INTEGER NOT NULL REFERENCES accounts (id),
	query      TEXT NOT NULL,                    -- as the address of its page has it, without page
	words      TEXT NOT NULL,                    -- what was typed, to show it
	created_at DATETIME NOT NULL,
	told_at    DATETIME NOT NULL,                -- date of the newest thing that was told of
	UNIQUE (account_id, query)
);

-- What a mailed link carries, by hash; single use.
CREATE TABLE tokens (
	id         INTEGER PRIMARY KEY,
	account_id INTEGER NOT NULL REFERENCES accounts (id),
	purpose    TEXT NOT NULL CHECK (purpose IN ('confirm', 'reset', 'address')),
	token_hash BLOB NOT NULL UNIQUE,
	email      TEXT NOT NULL,                    -- the address that it was mailed to, hence proves
	created_at DATETIME NOT NULL,
	expires_at DATETIME NOT NULL,
	used_at    DATETIME
);
CREATE INDEX tokens_account ON tokens (account_id);
CREATE INDEX tokens_expiry ON tokens (expires_at);

-- Granted rights. scope_id is a lab or a call, 0 for the roles of the whole portal.
CREATE TABLE roles (
	account_id INTEGER NOT NULL REFERENCES accounts (id),
	role       TEXT NOT NULL CHECK (role IN ('lab_editor', 'reviewer', 'lead_reviewer', 'expert', 'decider', 'finance', 'auditor', 'moderator', 'administrator')),
	scope_id   INTEGER NOT NULL DEFAULT 0,
	granted_by INTEGER NOT NULL,
	granted_at DATETIME NOT NULL,
	PRIMARY KEY (account_id, role, scope_id)
);

-- What administrators did: identifiers only, so that it may outlive an account.
CREATE TABLE audit (
	id         INTEGER PRIMARY KEY,
	at         DATETIME NOT NULL,
	actor_id   INTEGER NOT NULL,                 -- an account, or -1 the program
	act        TEXT NOT NULL CHECK (act IN ('role.granted', 'role.revoked')),
	account_id INTEGER NOT NULL REFERENCES accounts (id),
	role       TEXT NOT NULL,
	scope_id   INTEGER NOT NULL DEFAULT 0
);

-- +goose Down
DROP TABLE audit;
DROP TABLE roles;
DROP TABLE tokens;
DROP TABLE saved_searches;
DROP TABLE sessions;
DROP TABLE accounts;
