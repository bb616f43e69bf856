//! The log and the refusals as somebody reads through them: newest first, only what fits. Portable SQL only.

use std::collections::BTreeSet;

use sqlx::{QueryBuilder, Row as _, Sqlite, SqlitePool};

use super::{
    super::{Denial, Row, Sift, StoreError},
    read::{blob, maybe, natural, read_row, word},
    write::signed,
};
use crate::domain::{DeviceId, DocId};

/// Refusals kept of one device.
pub const MOST: u32 = 10_000;

type Query = QueryBuilder<Sqlite>;

/// Rows of the log.
pub async fn rows(readers: &SqlitePool, of: Sift, before: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
    // The bytes of changes stay where they are: nobody reads them here, and they are most of the file.
    let mut query = Query::new(
        "SELECT number, kind, document, hash, actor, seq, person, device, received_at, stamp, signature, \
         CASE WHEN kind = 'fact' THEN body END AS body FROM entry WHERE number < ",
    );
    query.push_bind(signed(before));
    if let Some((doc, facts)) = &of.about {
        query.push(" AND (document = ").push_bind(doc.to_bytes().to_vec());
        facts.iter().for_each(|number| {
            query.push(" OR number = ").push_bind(signed(*number));
        });
        query.push(")");
    }
    fits(&mut query, &of);
    query.push(" ORDER BY number DESC LIMIT ").push_bind(i64::from(limit));
    query.build().fetch_all(readers).await?.iter().map(read_row).collect()
}

/// Refusals.
pub async fn denials(readers: &SqlitePool, of: Sift, before: u64, limit: u32) -> Result<Vec<Denial>, StoreError> {
    let mut query = Query::new("SELECT id, what, document, hash, device, received_at, why FROM denial WHERE id < ");
    query.push_bind(signed(before));
    if let Some((doc, _)) = &of.about {
        query.push(" AND document = ").push_bind(doc.to_bytes().to_vec());
    }
    fits(&mut query, &of);
    query.push(" ORDER BY id DESC LIMIT ").push_bind(i64::from(limit));
    let rows = query.build().fetch_all(readers).await?;
    rows.iter()
        .map(|row| {
            let id = natural(row, "id")?;
            let key = id.to_string();
            Ok(Denial {
                id,
                what: word("denial", row, "what")?,
                doc: maybe("denial", &key, row, "document")?.map(DocId::from_bytes),
                hash: blob("denial", &key, row, "hash")?,
                device: DeviceId::from_bytes(blob("denial", &key, row, "device")?),
                received_at: natural(row, "received_at")?,
                why: row.try_get("why")?,
            })
        })
        .collect()
}

/// What both tables are sifted by.
fn fits(query: &mut Query, of: &Sift) {
    if let Some(devices) = &of.devices {
        // None of no devices: a list may not be empty everywhere.
        query.push(" AND device IN (NULL");
        devices.iter().for_each(|device| {
            query.push(", ").push_bind(device.to_bytes().to_vec());
        });
        query.push(")");
    }
    if let Some(from) = of.from {
        query.push(" AND received_at >= ").push_bind(signed(from));
    }
    if let Some(to) = of.to {
        query.push(" AND received_at < ").push_bind(signed(to));
    }
}

/// Notes refusals, and lets the oldest of their devices go, as far as they are too many.
pub async fn deny(writer: &SqlitePool, denials: Vec<Denial>) -> Result<(), StoreError> {
    let devices: BTreeSet<DeviceId> = denials.iter().map(|denial| denial.device).collect();
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    for one in denials {
        sqlx::query(
            "INSERT INTO denial (what, document, hash, device, received_at, why) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT DO NOTHING",
        )
        .bind(one.what.word())
        .bind(one.doc.map(|doc| doc.to_bytes().to_vec()))
        .bind(one.hash.to_vec())
        .bind(one.device.to_bytes().to_vec())
        .bind(signed(one.received_at))
        .bind(one.why)
        .execute(&mut *tx)
        .await?;
    }
    for device in devices {
        sqlx::query(
            "DELETE FROM denial WHERE device = $1 AND id <= \
             (SELECT id FROM denial WHERE device = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
        )
        .bind(device.to_bytes().to_vec())
        .bind(i64::from(MOST))
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
