-- That something was refused: without its bytes, which `quarantine` keeps of the newest. Only the newest of each device stay.
CREATE TABLE denial (
    id          INTEGER PRIMARY KEY,
    -- A change, or which fact, as far as it read.
    what        TEXT    NOT NULL,
    -- The document that it would have changed, or that the fact is about.
    document    BLOB,
    hash        BLOB    NOT NULL,
    device      BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    why         TEXT    NOT NULL
);
-- Offered again it is the same refusal.
CREATE UNIQUE INDEX denial_change ON denial (device, document, hash) WHERE what = 'change';
CREATE UNIQUE INDEX denial_fact ON denial (device, hash) WHERE what <> 'change';
CREATE INDEX denial_device ON denial (device, id);
INSERT INTO denial (what, document, hash, device, received_at, why)
    SELECT 'change', document, hash, device, received_at, why FROM quarantine ORDER BY received_at, document, hash;
