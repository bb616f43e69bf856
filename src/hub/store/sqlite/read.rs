//! Rows of SQLite as values. A row that does not read is an error with its table and key, never a guess.

use std::str::FromStr;

use sqlx::{Row as _, sqlite::SqliteRow};

use super::super::{Device, Invitation, Row, StoreError, Subject};
use crate::{
    domain::{DeviceId, DocId, PersonId},
    sync::hub::Contact,
};

pub fn fixed<const N: usize>(table: &'static str, key: &str, bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Row {
        table,
        key: key.to_owned(),
        why: format!("{} bytes instead of {N}", bytes.len()),
    })
}

pub fn blob<const N: usize>(
    table: &'static str,
    key: &str,
    row: &SqliteRow,
    column: &str,
) -> Result<[u8; N], StoreError> {
    fixed(table, key, row.try_get(column)?)
}

pub fn maybe<const N: usize>(
    table: &'static str,
    key: &str,
    row: &SqliteRow,
    column: &str,
) -> Result<Option<[u8; N]>, StoreError> {
    row.try_get::<Option<&[u8]>, _>(column)?.map(|bytes| fixed(table, key, bytes)).transpose()
}

pub fn natural(row: &SqliteRow, column: &str) -> Result<u64, StoreError> {
    let value: i64 = row.try_get(column)?;
    u64::try_from(value).map_err(|_| StoreError::Row {
        table: "entry",
        key: column.to_owned(),
        why: format!("{value} is below zero"),
    })
}

pub fn word<T: FromStr>(table: &'static str, row: &SqliteRow, column: &'static str) -> Result<T, StoreError> {
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|_| StoreError::Row { table, key: column.to_owned(), why: format!("unknown word {text}") })
}

pub fn read_row(row: &SqliteRow) -> Result<Row, StoreError> {
    let number = natural(row, "number")?;
    let key = number.to_string();
    let bad = |why: &str| StoreError::Row { table: "entry", key: key.clone(), why: why.to_owned() };
    let subject = match row.try_get::<&str, _>("kind")? {
        "fact" => Subject::Fact,
        "change" => Subject::Change {
            doc: DocId::from_bytes(blob("entry", &key, row, "document")?),
            actor: row.try_get::<Option<Vec<u8>>, _>("actor")?.ok_or_else(|| bad("no actor"))?,
            seq: natural(row, "seq")?,
        },
        other => return Err(bad(&format!("unknown kind {other}"))),
    };
    let body: Option<Vec<u8>> = row.try_get("body")?;
    if body.is_none() && subject == Subject::Fact {
        return Err(bad("no body"));
    }
    Ok(Row {
        number,
        subject,
        hash: blob("entry", &key, row, "hash")?,
        person: maybe("entry", &key, row, "person")?.map(PersonId::from_bytes),
        device: maybe("entry", &key, row, "device")?.map(DeviceId::from_bytes),
        received_at: natural(row, "received_at")?,
        stamp: blob("entry", &key, row, "stamp")?,
        signature: maybe("entry", &key, row, "signature")?,
        body,
    })
}

pub fn read_device(row: &SqliteRow) -> Result<Device, StoreError> {
    Ok(Device {
        id: DeviceId::from_bytes(blob("device", "id", row, "id")?),
        person: PersonId::from_bytes(blob("device", "person", row, "person")?),
        key: row.try_get("public_key")?,
        token_hash: blob("device", "token_hash", row, "token_hash")?,
        label: row.try_get("label")?,
        revoked: row.try_get::<i64, _>("revoked")? != 0,
    })
}

pub fn read_invitation(row: &SqliteRow) -> Result<Invitation, StoreError> {
    let key: Option<Vec<u8>> = row.try_get("used_by")?;
    let device = maybe("invitation", "device", row, "device")?.map(DeviceId::from_bytes);
    Ok(Invitation {
        hash: blob("invitation", "hash", row, "hash")?,
        party: word("invitation", row, "party")?,
        role: word("invitation", row, "role")?,
        person: maybe("invitation", "person", row, "person")?.map(PersonId::from_bytes),
        expires: natural(row, "expires")?,
        used_by: key.zip(device),
    })
}

pub fn read_contact(row: &SqliteRow) -> Result<Contact, StoreError> {
    let missing: Vec<u8> = row.try_get("missing")?;
    let (ids, rest) = missing.as_chunks::<16>();
    if !rest.is_empty() {
        let why = "its missing documents are no list of ids".to_owned();
        return Err(StoreError::Row { table: "contact", key: "missing".to_owned(), why });
    }
    Ok(Contact {
        device: blob::<16>("contact", "device", row, "device")?.into(),
        cursor: natural(row, "cursor")?,
        as_of: natural(row, "as_of")?,
        missing: ids.iter().map(|id| (*id).into()).collect(),
        heard_at: natural(row, "heard_at")?,
    })
}
