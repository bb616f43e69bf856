-- The hub's own secret, 32 random bytes: by it the hub knows again what it once took. Here, so that a backup carries it.
ALTER TABLE workspace ADD COLUMN secret BLOB;
