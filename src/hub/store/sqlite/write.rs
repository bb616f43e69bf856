//! Values as rows of SQLite, each inside the batch's transaction. Portable SQL only.

use super::super::{AccountChange, NewRow, StoreError, Subject, tables};
use crate::sync::hub::Contact;

/// Numbers in SQL are signed; the log will not have 2^63 entries.
pub fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub type Tx<'a> = sqlx::Transaction<'a, sqlx::Sqlite>;

pub async fn insert(tx: &mut Tx<'_>, new: &NewRow) -> Result<(), StoreError> {
    let row = &new.row;
    let (kind, doc, actor, seq) = match &row.subject {
        Subject::Fact => ("fact", None, None, None),
        Subject::Change { doc, actor, seq } => {
            ("change", Some(doc.to_bytes().to_vec()), Some(actor.clone()), Some(signed(*seq)))
        }
    };
    sqlx::query(
        "INSERT INTO entry (number, kind, document, hash, actor, seq, person, device, received_at, stamp, signature, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(signed(row.number))
    .bind(kind)
    .bind(doc)
    .bind(row.hash.to_vec())
    .bind(actor)
    .bind(seq)
    .bind(row.person.map(|id| id.to_bytes().to_vec()))
    .bind(row.device.map(|id| id.to_bytes().to_vec()))
    .bind(signed(row.received_at))
    .bind(row.stamp.to_vec())
    .bind(row.signature.map(|signature| signature.to_vec()))
    .bind(row.body.as_deref())
    .execute(&mut **tx)
    .await?;
    if let Some(fact) = &new.fact {
        tables::follow(tx, signed(row.number), fact).await?;
    }
    Ok(())
}

pub async fn account(tx: &mut Tx<'_>, change: &AccountChange) -> Result<(), StoreError> {
    let query = match change {
        AccountChange::Invite(invitation) => {
            sqlx::query("INSERT INTO invitation (hash, party, role, person, expires) VALUES ($1, $2, $3, $4, $5)")
                .bind(invitation.hash.to_vec())
                .bind(invitation.party.as_str().to_owned())
                .bind(invitation.role.word())
                .bind(invitation.person.map(|id| id.to_bytes().to_vec()))
                .bind(signed(invitation.expires))
        }
        AccountChange::Use { hash, key, device } => {
            sqlx::query("UPDATE invitation SET used_by = $2, device = $3 WHERE hash = $1 AND used_by IS NULL")
                .bind(hash.to_vec())
                .bind(key.clone())
                .bind(device.to_bytes().to_vec())
        }
        AccountChange::AddDevice(device) => {
            sqlx::query("INSERT INTO device (id, person, public_key, token_hash, label) VALUES ($1, $2, $3, $4, $5)")
                .bind(device.id.to_bytes().to_vec())
                .bind(device.person.to_bytes().to_vec())
                .bind(device.key.clone())
                .bind(device.token_hash.to_vec())
                .bind(device.label.clone())
        }
        AccountChange::SetToken { device, token_hash } => {
            sqlx::query("UPDATE device SET token_hash = $2 WHERE id = $1")
                .bind(device.to_bytes().to_vec())
                .bind(token_hash.to_vec())
        }
        AccountChange::RevokeDevice(device) => {
            sqlx::query("UPDATE device SET revoked = 1 WHERE id = $1").bind(device.to_bytes().to_vec())
        }
    };
    // One row each; none means that someone else was faster, and the whole batch is looked at again.
    match query.execute(&mut **tx).await?.rows_affected() {
        1 => Ok(()),
        _ => Err(StoreError::Moved),
    }
}

pub async fn note(tx: &mut Tx<'_>, contact: &Contact) -> Result<(), StoreError> {
    let missing: Vec<u8> = contact.missing.iter().flat_map(|doc| doc.to_vec()).collect();
    // `WHERE EXISTS`: a device that another program took away meanwhile must not stop the others' notes.
    sqlx::query(
        "INSERT INTO contact (device, cursor, as_of, missing, heard_at) \
         SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM device WHERE id = $1) \
         ON CONFLICT (device) DO UPDATE SET cursor = $2, as_of = $3, missing = $4, heard_at = $5",
    )
    .bind(contact.device.to_vec())
    .bind(signed(contact.cursor))
    .bind(signed(contact.as_of))
    .bind(missing)
    .bind(signed(contact.heard_at))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
