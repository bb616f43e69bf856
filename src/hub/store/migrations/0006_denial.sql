-- That something was refused: without its bytes, which `quarantine` keeps of the newest. Only the newest of each device stay.
CREATE TABLE denial (
    id          INTEGER PRIMARY KEY,
    kind        TEXT    NOT NULL CHECK (kind IN ('change', 'fact')),
    document    BLOB,
    hash        BLOB    NOT NULL,
    device      BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    why         TEXT    NOT NULL,
    CHECK ((kind = 'fact') = (document IS NULL))
);
-- Offered again it is the same refusal.
CREATE UNIQUE INDEX denial_change ON denial (device, document, hash) WHERE kind = 'change';
CREATE UNIQUE INDEX denial_fact ON denial (device, hash) WHERE kind = 'fact';
CREATE INDEX denial_device ON denial (device, id);
INSERT INTO denial (kind, document, hash, device, received_at, why)
    SELECT 'change', document, hash, device, received_at, why FROM quarantine ORDER BY received_at, document, hash;
