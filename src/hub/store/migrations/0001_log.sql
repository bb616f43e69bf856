-- Plain SQL: BLOB is BYTEA and INTEGER is BIGINT in PostgreSQL, the rest is the same there.

-- One row: this database holds one workspace.
CREATE TABLE workspace (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    id          BLOB    NOT NULL,
    head        INTEGER NOT NULL,
    stamp       BLOB    NOT NULL,
    received_at INTEGER NOT NULL
);

-- The log: one gap-free sequence of changes and facts. Rows are never changed; they are the audit trail.
CREATE TABLE entry (
    number      INTEGER PRIMARY KEY,
    kind        TEXT    NOT NULL CHECK (kind IN ('change', 'fact')),
    document    BLOB,
    hash        BLOB    NOT NULL,
    actor       BLOB,
    seq         INTEGER,
    person      BLOB,
    device      BLOB,
    received_at INTEGER NOT NULL,
    stamp       BLOB    NOT NULL,
    -- Reserved: the device's signature over the push that brought it.
    signature   BLOB,
    body        BLOB,
    CHECK ((kind = 'fact') = (document IS NULL)),
    CHECK ((kind = 'fact') = (actor IS NULL)),
    CHECK ((kind = 'fact') = (seq IS NULL))
);
CREATE UNIQUE INDEX entry_hash ON entry (document, hash) WHERE kind = 'change';
CREATE UNIQUE INDEX entry_seq ON entry (document, actor, seq) WHERE kind = 'change';
CREATE UNIQUE INDEX entry_fact ON entry (hash) WHERE kind = 'fact';

-- What the facts say, for people who look into the database; the hub itself folds the log.
CREATE TABLE doc (
    id       BLOB    PRIMARY KEY,
    number   INTEGER NOT NULL REFERENCES entry (number),
    kind     TEXT    NOT NULL,
    subject  BLOB,
    audience TEXT    NOT NULL,
    writers  TEXT    NOT NULL,
    origin   BLOB
);
CREATE TABLE person (
    id     BLOB    PRIMARY KEY,
    number INTEGER NOT NULL REFERENCES entry (number)
);
CREATE TABLE appointment (
    id       BLOB    PRIMARY KEY,
    number   INTEGER NOT NULL REFERENCES entry (number),
    person   BLOB    NOT NULL REFERENCES person (id),
    party    TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    from_day TEXT    NOT NULL,
    to_day   TEXT
);

-- Devices and their tokens, hashed.
CREATE TABLE device (
    id         BLOB    PRIMARY KEY,
    person     BLOB    NOT NULL,
    public_key BLOB    NOT NULL UNIQUE,
    token_hash BLOB    NOT NULL UNIQUE,
    label      TEXT    NOT NULL,
    revoked    INTEGER NOT NULL DEFAULT 0
);

-- Invitations: the secret's hash only.
CREATE TABLE invitation (
    hash     BLOB    PRIMARY KEY,
    party    TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    person   BLOB,
    expires  INTEGER NOT NULL,
    used_by  BLOB,
    device   BLOB
);

-- Reserved: snapshots of compacted documents, files, and entries set aside for a person to look at.
CREATE TABLE snapshot (
    document BLOB    NOT NULL,
    number   INTEGER NOT NULL,
    body     BLOB    NOT NULL,
    PRIMARY KEY (document, number)
);
CREATE TABLE blob (
    document BLOB    NOT NULL,
    hash     BLOB    NOT NULL,
    body     BLOB    NOT NULL,
    PRIMARY KEY (document, hash)
);
CREATE TABLE quarantine (
    document    BLOB    NOT NULL,
    hash        BLOB    NOT NULL,
    device      BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    why         TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    PRIMARY KEY (document, hash)
);
