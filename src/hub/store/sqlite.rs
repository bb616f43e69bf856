//! The store in one SQLite file: write-ahead log, every commit flushed to disk.
//!
//! One connection writes, others read. Writing happens in `BEGIN IMMEDIATE` transactions, so that `mufakat invite` or
//! `mufakat devices revoke` beside a running hub waits its turn instead of breaking it.

mod blob;
mod compact;
mod quarantine;
mod read;
mod sift;
mod write;

use std::{
    future::Future,
    path::{Path, PathBuf},
    pin::Pin,
    str::FromStr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use self::{
    read::{blob as bytes_of, natural, read_contact, read_device, read_invitation, read_row},
    write::{account, insert, note, signed},
};
use super::{
    Answer, Batch, Blob, Coming, Denial, Device, Heavy, Invitation, Refused, Row, Sift, Snapshot, Store, StoreError,
    Whole, Workspace, lock::Lock, migrations,
};
use crate::{
    domain::{
        DeviceId, DocId, PersonId, WorkspaceId,
        paper::{FileHash, PaperKind},
    },
    sync::hub::Contact,
};

/// Whether a database that is not there may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Make it.
    Create,
    /// Say that it is not there.
    Refuse,
}

/// The store.
#[derive(Debug)]
pub struct Sqlite {
    writer: SqlitePool,
    readers: SqlitePool,
    lock: Mutex<Option<Lock>>,
}

impl Sqlite {
    /// Opens a database file and brings its tables up to this version.
    ///
    /// # Errors
    /// When the file is absent, is no database of ours, was written by a newer version or cannot be read. The file is
    /// then left as it was.
    pub async fn open(path: &Path, missing: Missing) -> Result<Self, StoreError> {
        let there = path.metadata().is_ok_and(|meta| meta.len() > 0);
        if !there && missing == Missing::Refuse {
            return Err(StoreError::Absent(path.to_owned()));
        }
        if there {
            look(path).await?;
        }
        let options = options(path).create_if_missing(missing == Missing::Create);
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        migrations::sqlite().run(&writer).await?;
        let readers = SqlitePoolOptions::new().max_connections(4).connect_with(options.read_only(true)).await?;
        Ok(Self { writer, readers, lock: Mutex::default() })
    }

    /// Opens a database file to read it and nothing else: nothing beside it is made, nothing in it changes.
    ///
    /// # Errors
    /// When the file is absent, is no database of ours, was written by another version or cannot be read.
    pub async fn read(path: &Path) -> Result<Self, StoreError> {
        if !path.metadata().is_ok_and(|meta| meta.len() > 0) {
            return Err(StoreError::Absent(path.to_owned()));
        }
        look(path).await?;
        let options = SqliteConnectOptions::new().filename(path).read_only(true);
        let readers = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        Ok(Self { writer: readers.clone(), readers, lock: Mutex::default() })
    }

    /// Keeps a lock on the database until it is closed.
    #[must_use]
    pub fn holding(self, lock: Lock) -> Self {
        Self { lock: Mutex::new(Some(lock)), ..self }
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
}

/// Looks at an existing file without changing it: is it ours, and of a version we know?
async fn look(path: &Path) -> Result<(), StoreError> {
    let foreign = |_: sqlx::Error| StoreError::Foreign(path.to_owned());
    let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(Duration::from_secs(10));
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.map_err(foreign)?;
    let found = seen(&pool, path).await;
    pool.close().await;
    found
}

async fn seen(pool: &SqlitePool, path: &Path) -> Result<(), StoreError> {
    let foreign = |_: sqlx::Error| StoreError::Foreign(path.to_owned());
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
        .fetch_all(pool)
        .await
        .map_err(foreign)?;
    if tables.is_empty() {
        return Ok(());
    }
    if !tables.iter().any(|name| name == "_sqlx_migrations") {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    let applied: Vec<i64> =
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations").fetch_all(pool).await.map_err(foreign)?;
    let known = migrations::sqlite();
    match applied.iter().all(|version| known.version_exists(*version)) {
        true => Ok(()),
        false => Err(StoreError::Newer(path.to_owned())),
    }
}

/// The file that a database address names.
///
/// # Errors
/// When it is no `sqlite:` address.
pub fn file_of(url: &str) -> Result<PathBuf, StoreError> {
    let unsupported = || {
        // An address may carry a password: only its scheme is repeated.
        StoreError::Unsupported(url.split_once(':').map_or("address", |(scheme, _)| scheme).to_owned())
    };
    if !url.starts_with("sqlite:") || url.contains(":memory:") || url.contains("mode=memory") {
        return Err(unsupported());
    }
    let options = SqliteConnectOptions::from_str(url).map_err(|_| unsupported())?;
    Ok(options.get_filename().to_owned())
}

impl Store for Sqlite {
    fn workspace(&self) -> Answer<'_, Option<Workspace>> {
        Box::pin(async move {
            let row = sqlx::query("SELECT id, head, stamp, received_at FROM workspace WHERE one = 1")
                .fetch_optional(&self.readers)
                .await?;
            let Some(row) = row else { return Ok(None) };
            Ok(Some(Workspace {
                id: WorkspaceId::from_bytes(bytes_of("workspace", "id", &row, "id")?),
                head: natural(&row, "head")?,
                stamp: bytes_of("workspace", "stamp", &row, "stamp")?,
                received_at: natural(&row, "received_at")?,
            }))
        })
    }

    fn begin(&self, id: WorkspaceId) -> Answer<'_, ()> {
        Box::pin(async move {
            sqlx::query("INSERT INTO workspace (one, id, head, stamp, received_at) VALUES (1, $1, 0, $2, 0)")
                .bind(id.to_bytes().to_vec())
                .bind(vec![0_u8; 8])
                .execute(&self.writer)
                .await?;
            Ok(())
        })
    }

    fn key(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]> {
        Box::pin(async move {
            sqlx::query("UPDATE workspace SET secret = $1 WHERE secret IS NULL")
                .bind(fresh.to_vec())
                .execute(&self.writer)
                .await?;
            let row = sqlx::query("SELECT secret FROM workspace WHERE one = 1").fetch_one(&self.writer).await?;
            bytes_of("workspace", "secret", &row, "secret")
        })
    }

    fn rows(&self, after: u64, limit: u32) -> Answer<'_, Vec<Row>> {
        Box::pin(async move {
            let rows = sqlx::query(
                "SELECT number, kind, document, hash, actor, seq, person, device, received_at, stamp, signature, body \
                 FROM entry WHERE number > $1 ORDER BY number LIMIT $2",
            )
            .bind(signed(after))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
            rows.iter().map(read_row).collect()
        })
    }

    fn document(&self, doc: DocId) -> Answer<'_, Whole> {
        Box::pin(compact::document(&self.readers, doc))
    }

    fn heavy(&self, before: u64) -> Answer<'_, Vec<Heavy>> {
        Box::pin(compact::heavy(&self.readers, before))
    }

    fn snapshots(&self) -> Answer<'_, Vec<DocId>> {
        Box::pin(compact::snapshots(&self.readers))
    }

    fn compact(&self, doc: DocId, snapshot: Snapshot, covered: u64) -> Answer<'_, ()> {
        Box::pin(compact::compact(&self.writer, doc, snapshot, covered))
    }

    fn append(&self, head: u64, batch: Batch) -> Answer<'_, ()> {
        Box::pin(async move {
            let mut tx = self.writer.begin_with("BEGIN IMMEDIATE").await?;
            let moved: Option<i64> = match batch.rows.last() {
                Some(last) => {
                    sqlx::query_scalar(
                        "UPDATE workspace SET head = head + $2, stamp = $3, received_at = $4 WHERE head = $1 RETURNING head",
                    )
                    .bind(signed(head))
                    .bind(signed(batch.rows.len() as u64))
                    .bind(last.row.stamp.to_vec())
                    .bind(signed(last.row.received_at))
                    .fetch_optional(&mut *tx)
                    .await?
                }
                None => Some(signed(head)),
            };
            let Some(reached) = moved else { return Err(StoreError::Moved) };
            if batch.rows.last().is_some_and(|last| signed(last.row.number) != reached) {
                return Err(StoreError::Moved);
            }
            for row in &batch.rows {
                insert(&mut tx, row).await?;
            }
            for change in &batch.accounts {
                account(&mut tx, change).await?;
            }
            tx.commit().await?;
            Ok(())
        })
    }

    fn set_aside(&self, refused: Vec<Refused>) -> Answer<'_, ()> {
        Box::pin(quarantine::set_aside(&self.writer, refused))
    }

    fn quarantine(&self) -> Answer<'_, Vec<Refused>> {
        Box::pin(quarantine::quarantine(&self.readers))
    }

    fn sift(&self, of: Sift, before: u64, limit: u32) -> Answer<'_, Vec<Row>> {
        Box::pin(sift::rows(&self.readers, of, before, limit))
    }

    fn deny(&self, denials: Vec<Denial>) -> Answer<'_, ()> {
        Box::pin(sift::deny(&self.writer, denials))
    }

    fn denials(&self, of: Sift, before: u64, limit: u32) -> Answer<'_, Vec<Denial>> {
        Box::pin(sift::denials(&self.readers, of, before, limit))
    }

    fn blob(&self, doc: DocId, hash: FileHash) -> Answer<'_, Option<Blob>> {
        Box::pin(blob::whole(&self.readers, doc, hash))
    }

    fn coming(&self, of: Coming) -> Answer<'_, Option<Blob>> {
        Box::pin(blob::coming(&self.readers, of))
    }

    fn begin_blob(&self, of: Coming, person: PersonId, size: u64, now: u64) -> Answer<'_, Blob> {
        Box::pin(blob::begin(&self.writer, of, person, size, now))
    }

    fn add_piece(&self, id: u64, at: u64, piece: Vec<u8>, now: u64) -> Answer<'_, bool> {
        Box::pin(blob::add(&self.writer, id, at, piece, now))
    }

    fn piece(&self, id: u64, at: u64, most: u64) -> Answer<'_, Vec<u8>> {
        Box::pin(blob::piece(&self.readers, id, at, most))
    }

    fn finish_blob(&self, id: u64, kind: PaperKind, now: u64) -> Answer<'_, ()> {
        Box::pin(blob::finish(&self.writer, id, kind, now))
    }

    fn drop_coming(&self, id: u64) -> Answer<'_, ()> {
        Box::pin(blob::drop_coming(&self.writer, id))
    }

    fn expire_coming(&self, before: u64) -> Answer<'_, u64> {
        Box::pin(blob::expire(&self.writer, before))
    }

    fn blob_bytes(&self, doc: DocId, device: DeviceId) -> Answer<'_, (u64, u64)> {
        Box::pin(blob::weights(&self.readers, doc, device))
    }

    fn blobs(&self) -> Answer<'_, Vec<Blob>> {
        Box::pin(blob::all(&self.readers))
    }

    fn invitation(&self, hash: [u8; 32]) -> Answer<'_, Option<Invitation>> {
        Box::pin(async move {
            let row = sqlx::query(
                "SELECT hash, party, role, person, expires, used_by, device FROM invitation WHERE hash = $1",
            )
            .bind(hash.to_vec())
            .fetch_optional(&self.readers)
            .await?;
            row.as_ref().map(read_invitation).transpose()
        })
    }

    fn devices(&self) -> Answer<'_, Vec<Device>> {
        Box::pin(async move {
            let rows = sqlx::query("SELECT id, person, public_key, token_hash, label, revoked FROM device ORDER BY id")
                .fetch_all(&self.readers)
                .await?;
            rows.iter().map(read_device).collect()
        })
    }

    fn contacts(&self) -> Answer<'_, Vec<Contact>> {
        Box::pin(async move {
            let rows = sqlx::query("SELECT device, cursor, as_of, missing, heard_at FROM contact ORDER BY device")
                .fetch_all(&self.readers)
                .await?;
            rows.iter().map(read_contact).collect()
        })
    }

    fn note(&self, contacts: Vec<Contact>) -> Answer<'_, ()> {
        Box::pin(async move {
            let mut tx = self.writer.begin_with("BEGIN IMMEDIATE").await?;
            for contact in &contacts {
                note(&mut tx, contact).await?;
            }
            tx.commit().await?;
            Ok(())
        })
    }

    fn faults(&self) -> Answer<'_, Vec<String>> {
        Box::pin(async move {
            let mut found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&self.readers).await?;
            found.retain(|line| line != "ok");
            let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(&self.readers).await?.len();
            if orphans > 0 {
                found.push(format!("{orphans} rows name an entry or a person that is not there"));
            }
            Ok(found)
        })
    }

    fn copy_to<'a>(&'a self, file: &'a Path) -> Answer<'a, ()> {
        Box::pin(async move {
            let name = file.to_string_lossy().into_owned();
            sqlx::query("VACUUM INTO $1").bind(name).execute(&self.readers).await?;
            Ok(())
        })
    }

    fn ready(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            sqlx::query("SELECT head FROM workspace").fetch_one(&self.readers).await?;
            Ok(())
        })
    }

    fn close(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            self.readers.close().await;
            self.writer.close().await;
            self.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
        })
    }
}
