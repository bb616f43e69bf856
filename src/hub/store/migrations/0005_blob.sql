-- Files beside documents. The place that was reserved for them was never used.
DROP TABLE blob;

-- A file, or one on its way: then it is its device's alone, and nobody else is told of it.
CREATE TABLE blob (
    id          INTEGER PRIMARY KEY,
    document    BLOB    NOT NULL,
    hash        BLOB    NOT NULL,
    size        INTEGER NOT NULL,
    -- Bytes that are here.
    received    INTEGER NOT NULL,
    -- What it is, by its bytes: set once it is whole and its hash was found right.
    kind        TEXT,
    device      BLOB    NOT NULL,
    person      BLOB    NOT NULL,
    touched_at  INTEGER NOT NULL
);
CREATE UNIQUE INDEX blob_whole ON blob (document, hash) WHERE kind IS NOT NULL;
CREATE UNIQUE INDEX blob_coming ON blob (document, hash, device) WHERE kind IS NULL;
CREATE INDEX blob_of_device ON blob (device) WHERE kind IS NULL;

-- Its bytes, in pieces as they came, so that no row is large.
CREATE TABLE blob_part (
    blob INTEGER NOT NULL REFERENCES blob (id) ON DELETE CASCADE,
    at   INTEGER NOT NULL,
    body BLOB    NOT NULL,
    PRIMARY KEY (blob, at)
);
