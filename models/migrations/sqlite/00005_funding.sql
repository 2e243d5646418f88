-- +goose Up

-- A call (guichet): its rules are data. The window is [opens_at, closes_at[; closed_early_at ends it before its time.
CREATE TABLE calls (
	id                  INTEGER PRIMARY KEY AUTOINCREMENT,
	key                 TEXT NOT NULL UNIQUE,        -- UUID of its content file, for ever; the slug may change
	slug                TEXT NOT NULL UNIQUE,
	title               TEXT NOT NULL,
	summary             TEXT NOT NULL,
	markdown            TEXT NOT NULL,
	html                TEXT NOT NULL,               -- rendered and sanitised from markdown
	text                TEXT NOT NULL,               -- the same without marks, for search
	opens_at            DATETIME NOT NULL,
	closes_at           DATETIME NOT NULL,
	closed_early_at     DATETIME,
	closed_early_reason TEXT NOT NULL DEFAULT '',
	cap_cents           INTEGER NOT NULL CHECK (cap_cents > 0),
	rate_percent        INTEGER NOT NULL CHECK (rate_percent BETWEEN 1 AND 100),          -- of the cost, up to the cap
	months              INTEGER NOT NULL CHECK (months BETWEEN 1 AND 120),                -- a project lasts at most
	innovative_percent  INTEGER NOT NULL CHECK (innovative_percent BETWEEN 0 AND 100),    -- of the spending goes to innovative companies in France
	expected_min_cents  INTEGER NOT NULL DEFAULT 0 CHECK (expected_min_cents >= 0),       -- a total outside is warned of, never refused
	expected_max_cents  INTEGER NOT NULL DEFAULT 0 CHECK (expected_max_cents >= expected_min_cents),
	details             TEXT NOT NULL DEFAULT '{}',  -- JSON: bearers, themes, criteria, rules in words, sources
	demo                INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
	path                TEXT NOT NULL,               -- the content file it was loaded from
	digest              TEXT NOT NULL,               -- SHA-256 of that file when it was loaded
	opening_recorded_at DATETIME,                    -- when call.opened was written to the feed
	closing_recorded_at DATETIME,                    -- when call.closed was
	updated_at          DATETIME NOT NULL,
	CHECK (opens_at < closes_at),
	CHECK (closed_early_at IS NULL OR closed_early_reason <> '')
);
CREATE INDEX calls_window ON calls (closes_at, opens_at);

-- Addresses that a call had before: they lead to it for ever.
CREATE TABLE call_slugs (
	slug    TEXT PRIMARY KEY,
	call_id INTEGER NOT NULL REFERENCES calls (id)
);

-- The money of a call. What is in review is a sum, never stored.
CREATE TABLE envelopes (
	call_id         INTEGER PRIMARY KEY REFERENCES calls (id),
	total_cents     INTEGER NOT NULL CHECK (total_cents >= 0),
	committed_cents INTEGER NOT NULL DEFAULT 0,
	CHECK (committed_cents BETWEEN 0 AND total_cents)
);

-- A body that applies.
CREATE TABLE organisations (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	siret      TEXT NOT NULL UNIQUE CHECK (length(siret) = 14 AND siret NOT GLOB '*[^0-9]*'),
	name       TEXT NOT NULL,
	kind       TEXT NOT NULL CHECK (kind IN ('central', 'deconcentrated', 'laboratory', 'operator', 'local', 'company', 'other')),
	department TEXT NOT NULL,
	demo       INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
	created_at DATETIME NOT NULL
);

-- Who belongs to which body. All ways count for the conflict rules; only a verified one shows the body's other drafts.
CREATE TABLE memberships (
	account_id      INTEGER NOT NULL REFERENCES accounts (id),
	organisation_id INTEGER NOT NULL REFERENCES organisations (id),
	way             TEXT NOT NULL CHECK (way IN ('granted', 'invited', 'declared')),
	verified        INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
	created_at      DATETIME NOT NULL,
	PRIMARY KEY (account_id, organisation_id),
	CHECK (verified = 1 OR way <> 'granted')
);
CREATE INDEX memberships_organisation ON memberships (organisation_id);

-- How the desk checked that somebody belongs to the body that they declared. Never changed.
CREATE TABLE membership_checks (
	id              INTEGER PRIMARY KEY AUTOINCREMENT,
	application_id  INTEGER NOT NULL REFERENCES applications (id),
	account_id      INTEGER NOT NULL,                    -- who belongs
	organisation_id INTEGER NOT NULL REFERENCES organisations (id),
	note            TEXT NOT NULL CHECK (note <> ''),    -- how it was checked
	checked_by      INTEGER NOT NULL,
	checked_at      DATETIME NOT NULL
);
CREATE INDEX membership_checks_application ON membership_checks (application_id);

-- One request for money (dossier). An erased draft leaves its events, which hold no text of it.
CREATE TABLE applications (
	id              INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used twice: events name it
	call_id         INTEGER NOT NULL REFERENCES calls (id),
	number          TEXT NOT NULL DEFAULT '',            -- YYYY-NNNN, empty while a draft
	state           TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'in_review', 'to_complete', 'in_decision', 'granted', 'refused',
	                                               'dropped', 'withdrawn', 'contracted', 'running', 'closed', 'cancelled')),
	version         INTEGER NOT NULL DEFAULT 1,          -- grows by one at every change
	holder_id       INTEGER NOT NULL REFERENCES accounts (id),
	organisation_id INTEGER REFERENCES organisations (id), -- by its SIRET: what rules count on
	body_name       TEXT NOT NULL DEFAULT '',            -- what this application declares of it: no other one changes them
	body_department TEXT NOT NULL DEFAULT '',
	eligibility     TEXT NOT NULL DEFAULT '' CHECK (eligibility IN ('', 'eligible', 'to_check', 'not_eligible')),
	title           TEXT NOT NULL DEFAULT '',
	summary         TEXT NOT NULL DEFAULT '',            -- the only text meant for the public, once awarded
	theme           TEXT NOT NULL DEFAULT '',
	total_cents     INTEGER NOT NULL DEFAULT 0 CHECK (total_cents >= 0),
	requested_cents INTEGER NOT NULL DEFAULT 0 CHECK (requested_cents >= 0),
	proposed_cents  INTEGER NOT NULL DEFAULT 0 CHECK (proposed_cents >= 0),
	granted_cents   INTEGER NOT NULL DEFAULT 0 CHECK (granted_cents BETWEEN 0 AND requested_cents),
	created_at      DATETIME NOT NULL,
	updated_at      DATETIME NOT NULL,
	submitted_at    DATETIME,
	decided_at      DATETIME,
	CHECK ((number = '') = (state = 'draft')),
	CHECK (state = 'draft' OR (organisation_id IS NOT NULL AND submitted_at IS NOT NULL AND requested_cents BETWEEN 1 AND total_cents))
);
CREATE UNIQUE INDEX applications_number ON applications (number) WHERE number <> '';
CREATE INDEX applications_call ON applications (call_id, state, submitted_at);
CREATE INDEX applications_holder ON applications (holder_id, state);
CREATE INDEX applications_organisation ON applications (organisation_id);

-- The steps of a draft, each save whole: the newest version counts, older ones stay readable.
CREATE TABLE draft_steps (
	application_id INTEGER NOT NULL REFERENCES applications (id),
	step           TEXT NOT NULL CHECK (step IN ('eligibilite', 'organisme', 'equipe', 'projet', 'budget', 'financement')),
	version        INTEGER NOT NULL CHECK (version > 0),
	content        TEXT NOT NULL,                        -- JSON of the step
	saved_by       INTEGER NOT NULL,
	saved_at       DATETIME NOT NULL,
	PRIMARY KEY (application_id, step, version)
);

-- Who works on an application for its body.
CREATE TABLE application_members (
	application_id INTEGER NOT NULL REFERENCES applications (id),
	account_id     INTEGER NOT NULL REFERENCES accounts (id),
	role           TEXT NOT NULL CHECK (role IN ('holder', 'co_holder', 'reader')),
	joined_at      DATETIME NOT NULL,
	PRIMARY KEY (application_id, account_id)
);
CREATE INDEX application_members_account ON application_members (account_id);
CREATE UNIQUE INDEX application_members_holder ON application_members (application_id) WHERE role = 'holder';

-- A colleague asked to join, by mail: one address, one use, seven days. The mail job makes the token.
CREATE TABLE invitations (
	id             INTEGER PRIMARY KEY AUTOINCREMENT,
	application_id INTEGER NOT NULL REFERENCES applications (id),
	email          TEXT NOT NULL,                        -- lower case; emptied once used or revoked
	role           TEXT NOT NULL CHECK (role IN ('co_holder', 'reader')),
	token_hash     BLOB UNIQUE,                          -- NULL until the mail is made
	invited_by     INTEGER NOT NULL REFERENCES accounts (id),
	created_at     DATETIME NOT NULL,
	expires_at     DATETIME NOT NULL,
	accepted_by    INTEGER REFERENCES accounts (id),
	accepted_at    DATETIME,
	revoked_at     DATETIME
);
CREATE INDEX invitations_application ON invitations (application_id);
CREATE UNIQUE INDEX invitations_pending ON invitations (application_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- The last number given in each year (of Paris), in the transaction of the submission: no gap.
CREATE TABLE application_numbers (
	year INTEGER PRIMARY KEY,
	last INTEGER NOT NULL CHECK (last > 0)
);

-- A frozen content: RFC 8785 JSON and its SHA-256. Never changed.
CREATE TABLE submissions (
	id             INTEGER PRIMARY KEY AUTOINCREMENT,
	application_id INTEGER NOT NULL REFERENCES applications (id),
	number         INTEGER NOT NULL CHECK (number > 0),  -- v1, v2…
	content        TEXT NOT NULL,
	sha256         TEXT NOT NULL CHECK (length(sha256) = 64),
	submitted_by   INTEGER NOT NULL,
	submitted_at   DATETIME NOT NULL,
	UNIQUE (application_id, number)
);

-- The lines of a frozen budget. VAT in per mille; gross = net + VAT rounded half up to the cent.
CREATE TABLE budget_lines (
	submission_id INTEGER NOT NULL REFERENCES submissions (id),
	position      INTEGER NOT NULL CHECK (position > 0),
	wording       TEXT NOT NULL,
	category      TEXT NOT NULL,
	supplier      TEXT NOT NULL,
	net_cents     INTEGER NOT NULL CHECK (net_cents > 0),
	vat_permille  INTEGER NOT NULL CHECK (vat_permille IN (0, 21, 55, 100, 200)),
	gross_cents   INTEGER NOT NULL CHECK (gross_cents = net_cents + (net_cents * vat_permille + 500) / 1000),
	innovative    INTEGER NOT NULL CHECK (innovative IN (0, 1)),
	PRIMARY KEY (submission_id, position)
);

-- Who reviews an application.
CREATE TABLE assignments (
	application_id INTEGER NOT NULL REFERENCES applications (id),
	reviewer_id    INTEGER NOT NULL REFERENCES accounts (id),
	assigned_by    INTEGER NOT NULL,
	assigned_at    DATETIME NOT NULL,
	PRIMARY KEY (application_id, reviewer_id)
);
CREATE INDEX assignments_reviewer ON assignments (reviewer_id);

-- What a reviewer proposes, on which submission and which version of the application.
CREATE TABLE proposals (
	id             INTEGER PRIMARY KEY AUTOINCREMENT,
	application_id INTEGER NOT NULL REFERENCES applications (id),
	submission_id  INTEGER NOT NULL REFERENCES submissions (id),
	version        INTEGER NOT NULL,
	amount_cents   INTEGER NOT NULL CHECK (amount_cents > 0),
	motive         TEXT NOT NULL,
	proposed_by    INTEGER NOT NULL REFERENCES accounts (id),
	proposed_at    DATETIME NOT NULL,
	ended_at       DATETIME                              -- sent back, decided or withdrawn
);
CREATE UNIQUE INDEX proposals_current ON proposals (application_id) WHERE ended_at IS NULL;

-- What was decided, on which submission and which version. One current decision an application; earlier ones stay.
CREATE TABLE decisions (
	id             INTEGER PRIMARY KEY AUTOINCREMENT,
	application_id INTEGER NOT NULL REFERENCES applications (id),
	submission_id  INTEGER NOT NULL REFERENCES submissions (id),
	proposal_id    INTEGER REFERENCES proposals (id),    -- none when dropped
	version        INTEGER NOT NULL,
	outcome        TEXT NOT NULL CHECK (outcome IN ('granted', 'refused', 'dropped')),
	amount_cents   INTEGER NOT NULL DEFAULT 0,
	code           TEXT NOT NULL DEFAULT '' CHECK (code IN ('', 'inadmissible', 'duplicate', 'redirected', 'incomplete')),
	redirected_to  TEXT NOT NULL DEFAULT '',             -- the other call, in words
	motive         TEXT NOT NULL,
	decided_by     INTEGER NOT NULL REFERENCES accounts (id),
	decided_at     DATETIME NOT NULL,
	ended_at       DATETIME,
	CHECK ((outcome = 'granted') = (amount_cents > 0)),
	CHECK ((outcome = 'dropped') = (code <> '')),
	CHECK ((code = 'redirected') = (redirected_to <> ''))
);
CREATE UNIQUE INDEX decisions_current ON decisions (application_id) WHERE ended_at IS NULL;

-- One row a transition, chained by application: hash = SHA-256 over the previous hash and the RFC 8785 JSON of the row.
CREATE TABLE events (
	id             INTEGER PRIMARY KEY AUTOINCREMENT,
	application_id INTEGER NOT NULL,                     -- no key: events outlive an erased draft
	position       INTEGER NOT NULL CHECK (position > 0),
	at             DATETIME NOT NULL,
	actor_id       INTEGER NOT NULL,
	role           TEXT NOT NULL,                        -- as what they acted: holder, reviewer, decider…
	act            TEXT NOT NULL,                        -- start, submit, take…
	from_state     TEXT NOT NULL,
	to_state       TEXT NOT NULL,
	version        INTEGER NOT NULL,                     -- of the application, after
	amount_cents   INTEGER NOT NULL DEFAULT 0,           -- proposed or granted
	submission     TEXT NOT NULL DEFAULT '',             -- SHA-256 of the submission it is about
	code           TEXT NOT NULL DEFAULT '',
	reason         TEXT NOT NULL DEFAULT '',
	previous_hash  TEXT NOT NULL,
	hash           TEXT NOT NULL,
	UNIQUE (application_id, position)
);

-- Acts that were refused, apart from the events.
CREATE TABLE refused_attempts (
	id             INTEGER PRIMARY KEY AUTOINCREMENT,
	application_id INTEGER NOT NULL,
	at             DATETIME NOT NULL,
	actor_id       INTEGER NOT NULL,
	act            TEXT NOT NULL,
	version        INTEGER NOT NULL,                     -- that the act was made on
	code           TEXT NOT NULL                         -- why
);
CREATE INDEX refused_attempts_application ON refused_attempts (application_id);

-- +goose StatementBegin
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN
	SELECT RAISE(ABORT, 'events are append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN
	SELECT RAISE(ABORT, 'events are append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER membership_checks_no_update BEFORE UPDATE ON membership_checks BEGIN
	SELECT RAISE(ABORT, 'a check of a membership is kept as it was made');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER membership_checks_no_delete BEFORE DELETE ON membership_checks BEGIN
	SELECT RAISE(ABORT, 'a check of a membership is kept as it was made');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submissions_no_update BEFORE UPDATE ON submissions BEGIN
	SELECT RAISE(ABORT, 'a submission is frozen');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submissions_no_delete BEFORE DELETE ON submissions BEGIN
	SELECT RAISE(ABORT, 'a submission is frozen');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER budget_lines_no_update BEFORE UPDATE ON budget_lines BEGIN
	SELECT RAISE(ABORT, 'a submitted budget is frozen');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER budget_lines_no_delete BEFORE DELETE ON budget_lines BEGIN
	SELECT RAISE(ABORT, 'a submitted budget is frozen');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE refused_attempts;
DROP TABLE events;
DROP TABLE decisions;
DROP TABLE proposals;
DROP TABLE assignments;
DROP TABLE budget_lines;
DROP TABLE submissions;
DROP TABLE application_numbers;
DROP TABLE invitations;
DROP TABLE application_members;
DROP TABLE draft_steps;
DROP TABLE membership_checks;
DROP TABLE applications;
DROP TABLE memberships;
DROP TABLE organisations;
DROP TABLE envelopes;
DROP TABLE call_slugs;
DROP TABLE calls;
