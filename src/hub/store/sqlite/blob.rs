//! Files beside documents, in pieces. Portable SQL only. What is on its way is nobody's but its device's.

use sqlx::{Row as _, SqlitePool, sqlite::SqliteRow};

use super::{
    super::{Blob, Coming, StoreError},
    read::{blob, natural, word},
    write::signed,
};
use crate::domain::{
    DeviceId, DocId, PersonId,
    paper::{FileHash, PaperKind},
};

fn read(row: &SqliteRow) -> Result<Blob, StoreError> {
    let kind = row.try_get::<Option<&str>, _>("kind")?.map(|_| word("blob", row, "kind")).transpose()?;
    Ok(Blob {
        id: natural(row, "id")?,
        doc: DocId::from_bytes(blob("blob", "document", row, "document")?),
        hash: FileHash(blob("blob", "hash", row, "hash")?),
        size: natural(row, "size")?,
        received: natural(row, "received")?,
        kind,
    })
}

/// A whole file.
pub async fn whole(readers: &SqlitePool, doc: DocId, hash: FileHash) -> Result<Option<Blob>, StoreError> {
    let row = sqlx::query(
        "SELECT id, document, hash, size, received, kind FROM blob \
         WHERE document = $1 AND hash = $2 AND kind IS NOT NULL",
    )
    .bind(doc.to_bytes().to_vec())
    .bind(hash.0.to_vec())
    .fetch_optional(readers)
    .await?;
    row.as_ref().map(read).transpose()
}

/// A file on its way.
pub async fn coming(readers: &SqlitePool, of: Coming) -> Result<Option<Blob>, StoreError> {
    let row = sqlx::query(
        "SELECT id, document, hash, size, received, kind FROM blob \
         WHERE document = $1 AND hash = $2 AND device = $3 AND kind IS NULL",
    )
    .bind(of.doc.to_bytes().to_vec())
    .bind(of.hash.0.to_vec())
    .bind(of.device.to_bytes().to_vec())
    .fetch_optional(readers)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Begins a file; one that the device began before goes on.
pub async fn begin(writer: &SqlitePool, of: Coming, person: PersonId, size: u64, now: u64) -> Result<Blob, StoreError> {
    sqlx::query(
        "INSERT INTO blob (document, hash, size, received, device, person, touched_at) \
         VALUES ($1, $2, $3, 0, $4, $5, $6) ON CONFLICT DO NOTHING",
    )
    .bind(of.doc.to_bytes().to_vec())
    .bind(of.hash.0.to_vec())
    .bind(signed(size))
    .bind(of.device.to_bytes().to_vec())
    .bind(person.to_bytes().to_vec())
    .bind(signed(now))
    .execute(writer)
    .await?;
    coming(writer, of).await?.ok_or(StoreError::Moved)
}

/// Adds a piece where the file ends now.
pub async fn add(writer: &SqlitePool, id: u64, at: u64, piece: Vec<u8>, now: u64) -> Result<bool, StoreError> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    let moved = sqlx::query(
        "UPDATE blob SET received = received + $3, touched_at = $4 WHERE id = $1 AND received = $2 AND kind IS NULL",
    )
    .bind(signed(id))
    .bind(signed(at))
    .bind(signed(piece.len() as u64))
    .bind(signed(now))
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if moved == 0 {
        return Ok(false);
    }
    sqlx::query("INSERT INTO blob_part (blob, at, body) VALUES ($1, $2, $3)")
        .bind(signed(id))
        .bind(signed(at))
        .bind(piece)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(true)
}

/// Bytes of a file.
pub async fn piece(readers: &SqlitePool, id: u64, at: u64, most: u64) -> Result<Vec<u8>, StoreError> {
    // The part that holds the first byte, and those behind it as far as they are wanted.
    let rows = sqlx::query(
        "SELECT at, body FROM blob_part WHERE blob = $1 AND at < $3 \
         AND at >= (SELECT MAX(at) FROM blob_part WHERE blob = $1 AND at <= $2) ORDER BY at",
    )
    .bind(signed(id))
    .bind(signed(at))
    .bind(signed(at.saturating_add(most)))
    .fetch_all(readers)
    .await?;
    let mut bytes = Vec::new();
    for row in &rows {
        let from = natural(row, "at")?;
        let body: &[u8] = row.try_get("body")?;
        let skip = usize::try_from(at.saturating_sub(from)).unwrap_or(usize::MAX).min(body.len());
        bytes.extend_from_slice(&body[skip..]);
    }
    bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(bytes)
}

/// A file is whole.
pub async fn finish(writer: &SqlitePool, id: u64, kind: PaperKind, now: u64) -> Result<(), StoreError> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    let known: Option<i64> = sqlx::query_scalar(
        "SELECT other.id FROM blob JOIN blob AS other ON other.document = blob.document AND other.hash = blob.hash \
         WHERE blob.id = $1 AND other.kind IS NOT NULL",
    )
    .bind(signed(id))
    .fetch_optional(&mut *tx)
    .await?;
    let last = match known {
        Some(_) => sqlx::query("DELETE FROM blob WHERE id = $1").bind(signed(id)),
        None => sqlx::query("UPDATE blob SET kind = $2, touched_at = $3 WHERE id = $1")
            .bind(signed(id))
            .bind(kind.word())
            .bind(signed(now)),
    };
    last.execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a file on its way away.
pub async fn drop_coming(writer: &SqlitePool, id: u64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM blob WHERE id = $1 AND kind IS NULL").bind(signed(id)).execute(writer).await?;
    Ok(())
}

/// Takes away what nobody goes on with.
pub async fn expire(writer: &SqlitePool, before: u64) -> Result<u64, StoreError> {
    let gone = sqlx::query("DELETE FROM blob WHERE kind IS NULL AND touched_at < $1").bind(signed(before));
    Ok(gone.execute(writer).await?.rows_affected())
}

/// Bytes of a document's whole files, and of what a device has on its way.
pub async fn weights(readers: &SqlitePool, doc: DocId, device: DeviceId) -> Result<(u64, u64), StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT COALESCE(SUM(size), 0) FROM blob WHERE document = $1 AND kind IS NOT NULL) AS kept, \
         (SELECT COALESCE(SUM(size), 0) FROM blob WHERE device = $2 AND kind IS NULL) AS coming",
    )
    .bind(doc.to_bytes().to_vec())
    .bind(device.to_bytes().to_vec())
    .fetch_one(readers)
    .await?;
    Ok((natural(&row, "kept")?, natural(&row, "coming")?))
}

/// All files.
pub async fn all(readers: &SqlitePool) -> Result<Vec<Blob>, StoreError> {
    let rows =
        sqlx::query("SELECT id, document, hash, size, received, kind FROM blob ORDER BY id").fetch_all(readers).await?;
    rows.iter().map(read).collect()
}
