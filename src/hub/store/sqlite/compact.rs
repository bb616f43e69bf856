//! Snapshots in the place of bodies, each exchange one transaction. Portable SQL only.

use sqlx::{Row as _, SqlitePool};

use super::{
    super::{Heavy, Snapshot, StoreError, Whole},
    read::{blob, natural, read_row},
    write::signed,
};
use crate::domain::DocId;

/// Snapshot and rows of a document as of one moment.
pub async fn document(readers: &SqlitePool, doc: DocId) -> Result<Whole, StoreError> {
    let id = doc.to_bytes().to_vec();
    // One transaction reads one state: a snapshot cannot come between.
    let mut tx = readers.begin().await?;
    let snapshot = sqlx::query("SELECT number, body FROM snapshot WHERE document = $1 ORDER BY number DESC LIMIT 1")
        .bind(id.clone())
        .fetch_optional(&mut *tx)
        .await?;
    let rows = sqlx::query(concat!(
        "SELECT number, kind, document, hash, actor, seq, person, device, received_at, stamp, signature, body FROM entry ",
        "WHERE kind = 'change' AND document = $1 ORDER BY number"
    ))
    .bind(id)
    .fetch_all(&mut *tx)
    .await?;
    tx.rollback().await?;
    let snapshot = match snapshot {
        None => None,
        Some(row) => Some(Snapshot { number: natural(&row, "number")?, body: row.try_get("body")? }),
    };
    Ok(Whole { snapshot, rows: rows.iter().map(read_row).collect::<Result<_, _>>()? })
}

/// What bodies received before a moment weigh, by document.
pub async fn heavy(readers: &SqlitePool, before: u64) -> Result<Vec<Heavy>, StoreError> {
    let rows = sqlx::query(
        "SELECT document, MAX(number) AS number, SUM(LENGTH(body)) AS bytes, \
         COALESCE((SELECT MAX(LENGTH(s.body)) FROM snapshot s WHERE s.document = entry.document), 0) AS snapshot \
         FROM entry WHERE kind = 'change' AND body IS NOT NULL AND received_at < $1 GROUP BY document ORDER BY document",
    )
    .bind(signed(before))
    .fetch_all(readers)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Heavy {
                doc: DocId::from_bytes(blob("entry", "document", row, "document")?),
                number: natural(row, "number")?,
                bytes: natural(row, "bytes")?,
                snapshot: natural(row, "snapshot")?,
            })
        })
        .collect()
}

/// Documents that have a snapshot.
pub async fn snapshots(readers: &SqlitePool) -> Result<Vec<DocId>, StoreError> {
    let rows = sqlx::query("SELECT document FROM snapshot ORDER BY document, number").fetch_all(readers).await?;
    rows.iter().map(|row| Ok(DocId::from_bytes(blob("snapshot", "document", row, "document")?))).collect()
}

/// The exchange.
pub async fn compact(writer: &SqlitePool, doc: DocId, new: Snapshot, covered: u64) -> Result<(), StoreError> {
    let id = doc.to_bytes().to_vec();
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    let there: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM entry WHERE kind = 'change' AND document = $1 AND number <= $2")
            .bind(id.clone())
            .bind(signed(new.number))
            .fetch_one(&mut *tx)
            .await?;
    let older: Option<i64> = sqlx::query_scalar("SELECT MAX(number) FROM snapshot WHERE document = $1")
        .bind(id.clone())
        .fetch_one(&mut *tx)
        .await?;
    if there != signed(covered) || older.is_some_and(|older| older >= signed(new.number)) {
        return Err(StoreError::Moved);
    }
    sqlx::query("DELETE FROM snapshot WHERE document = $1").bind(id.clone()).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO snapshot (document, number, body) VALUES ($1, $2, $3)")
        .bind(id.clone())
        .bind(signed(new.number))
        .bind(new.body)
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE entry SET body = NULL WHERE kind = 'change' AND document = $1 AND number <= $2")
        .bind(id)
        .bind(signed(new.number))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
