-- How far each device is and when it was last heard. Not part of the log: losing it costs a round trip and no word.
CREATE TABLE contact (
    device   BLOB    PRIMARY KEY REFERENCES device (id),
    cursor   INTEGER NOT NULL,
    as_of    INTEGER NOT NULL,
    -- Ids of documents, 16 bytes each.
    missing  BLOB    NOT NULL,
    heard_at INTEGER NOT NULL
);
