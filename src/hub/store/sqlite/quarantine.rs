//! Refused changes, few of each device. Portable SQL only.

use std::collections::BTreeSet;

use sqlx::{Row as _, SqlitePool};

use super::{
    super::{Refused, StoreError},
    read::{blob, natural},
    write::{Tx, signed},
};
use crate::domain::{DeviceId, DocId};

/// Changes kept of one device.
pub const MOST: usize = 100;
/// Bytes of changes kept of one device.
pub const MOST_BYTES: u64 = 2 << 20;

/// Adds refused changes and lets the oldest of each of their devices go, as far as they are too many.
pub async fn set_aside(writer: &SqlitePool, refused: Vec<Refused>) -> Result<(), StoreError> {
    let devices: BTreeSet<DeviceId> = refused.iter().map(|refused| refused.device).collect();
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    for one in refused {
        sqlx::query(
            "INSERT INTO quarantine (document, hash, device, received_at, why, body) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (document, hash) DO NOTHING",
        )
        .bind(one.doc.to_bytes().to_vec())
        .bind(one.hash.to_vec())
        .bind(one.device.to_bytes().to_vec())
        .bind(signed(one.received_at))
        .bind(one.why)
        .bind(one.body)
        .execute(&mut *tx)
        .await?;
    }
    for device in devices {
        make_room(&mut tx, device).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn make_room(tx: &mut Tx<'_>, device: DeviceId) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT document, hash, LENGTH(body) AS bytes FROM quarantine WHERE device = $1 \
         ORDER BY received_at DESC, document, hash",
    )
    .bind(device.to_bytes().to_vec())
    .fetch_all(&mut **tx)
    .await?;
    let mut bytes = 0;
    for (kept, row) in rows.iter().enumerate() {
        bytes += natural(row, "bytes")?;
        if kept >= MOST || bytes > MOST_BYTES {
            sqlx::query("DELETE FROM quarantine WHERE document = $1 AND hash = $2")
                .bind(row.try_get::<Vec<u8>, _>("document")?)
                .bind(row.try_get::<Vec<u8>, _>("hash")?)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

/// Everything set aside.
pub async fn quarantine(readers: &SqlitePool) -> Result<Vec<Refused>, StoreError> {
    let rows = sqlx::query(
        "SELECT document, hash, device, received_at, why, body FROM quarantine ORDER BY received_at, document, hash",
    )
    .fetch_all(readers)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Refused {
                doc: DocId::from_bytes(blob("quarantine", "document", row, "document")?),
                hash: blob("quarantine", "hash", row, "hash")?,
                device: DeviceId::from_bytes(blob("quarantine", "device", row, "device")?),
                received_at: natural(row, "received_at")?,
                why: row.try_get("why")?,
                body: row.try_get("body")?,
            })
        })
        .collect()
}
