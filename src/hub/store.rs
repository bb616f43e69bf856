//! Where the hub keeps its log, accounts and invitations.
//!
//! One trait, so that SQLite today and PostgreSQL tomorrow answer the same questions. A batch is one transaction: it is
//! in the store whole when [`Store::append`] returns, flushed to disk, or not at all. The store never decides a right.

pub mod lock;
mod migrations;
pub mod sqlite;
mod tables;

use std::{
    future::Future,
    path::{Path, PathBuf},
    pin::Pin,
};

use crate::{
    domain::{
        DeviceId, DocId, Fact, PartyCode, PersonId, Role, WorkspaceId,
        audit::What,
        paper::{FileHash, PaperKind},
    },
    sync::hub::Contact,
};

/// What a store's method returns; boxed, so that a store can be chosen at run time.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Why the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no database this build can use.
    #[error("cannot use the database {0}: only sqlite: addresses are supported so far (sqlite:///path/to/file)")]
    Unsupported(String),
    /// Not there.
    #[error("no database at {0}")]
    Absent(PathBuf),
    /// The file is something else.
    #[error("{0} is not a Mufakat database, or it is damaged")]
    Foreign(PathBuf),
    /// Written by a later version.
    #[error("{0} was written by a newer Mufakat: update this one; nothing was changed")]
    Newer(PathBuf),
    /// Someone else has appended since; look again and repeat.
    #[error("the log has moved on")]
    Moved,
    /// A row does not read.
    #[error("{table} {key} does not read: {why}")]
    Row {
        /// Which table.
        table: &'static str,
        /// Which row.
        key: String,
        /// What is wrong with it.
        why: String,
    },
    /// The database said no.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables could not be made.
    #[error("database migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

/// The workspace's one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// The newest number.
    pub head: u64,
    /// The stamp of the chain at the head.
    pub stamp: [u8; 8],
    /// When the newest entry was received: milliseconds since 1970.
    pub received_at: u64,
}

/// What an entry is, beside its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A change of a document.
    Change {
        /// Which document.
        doc: DocId,
        /// Automerge's actor.
        actor: Vec<u8>,
        /// Its sequence number.
        seq: u64,
    },
    /// A fact of the catalogue.
    Fact,
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub number: u64,
    /// What it is.
    pub subject: Subject,
    /// SHA-256: the change's hash or the fact's.
    pub hash: [u8; 32],
    /// Who wrote it; none for the hub.
    pub person: Option<PersonId>,
    /// On which device; none for the hub.
    pub device: Option<DeviceId>,
    /// When the hub received it: milliseconds since 1970, never going back.
    pub received_at: u64,
    /// The chain's stamp at this entry.
    pub stamp: [u8; 8],
    /// The device's signature, on the newest changes of each push.
    pub signature: Option<[u8; 64]>,
    /// The change or the fact; none of a change that only the document's snapshot holds.
    pub body: Option<Vec<u8>>,
}

/// A compacted document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// It holds every change of its document up to here.
    pub number: u64,
    /// The document, as `docs` saves it.
    pub body: Vec<u8>,
}

/// All that is kept of a document, as of one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whole {
    /// What was compacted.
    pub snapshot: Option<Snapshot>,
    /// Its changes, all of them, in order.
    pub rows: Vec<Row>,
}

/// A document that may be worth compacting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heavy {
    /// Which.
    pub doc: DocId,
    /// Number of the last change that is old enough.
    pub number: u64,
    /// Bytes of the changes up to there that are kept one by one.
    pub bytes: u64,
    /// Bytes of its snapshot.
    pub snapshot: u64,
}

/// A row to append, with the fact it carries, so that the tables of documents and people follow the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// The row.
    pub row: Row,
    /// The fact, for rows that are one.
    pub fact: Option<Fact>,
}

/// A change to accounts, in the same transaction as the rows it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountChange {
    /// A new invitation.
    Invite(Invitation),
    /// The invitation with this hash was used by the device with this public key.
    Use { hash: [u8; 32], key: Vec<u8>, device: DeviceId },
    /// A new device.
    AddDevice(Device),
    /// A device has a new token.
    SetToken { device: DeviceId, token_hash: [u8; 32] },
    /// A device is refused from now on.
    RevokeDevice(DeviceId),
}

/// An invitation at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// SHA-256 of its secret.
    pub hash: [u8; 32],
    /// For which party.
    pub party: PartyCode,
    /// In which role.
    pub role: Role,
    /// For whom, when it is a second device of a person.
    pub person: Option<PersonId>,
    /// Last moment: milliseconds since 1970.
    pub expires: u64,
    /// Public key and id of the device that used it.
    pub used_by: Option<(Vec<u8>, DeviceId)>,
}

/// A device at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Whose.
    pub person: PersonId,
    /// Its public key.
    pub key: Vec<u8>,
    /// SHA-256 of its token.
    pub token_hash: [u8; 32],
    /// What its person calls it.
    pub label: String,
    /// Whether its rights were taken away.
    pub revoked: bool,
}

/// A change that was refused, for the operator to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Of which document.
    pub doc: DocId,
    /// The change's hash.
    pub hash: [u8; 32],
    /// The device that offered it.
    pub device: DeviceId,
    /// When: milliseconds since 1970.
    pub received_at: u64,
    /// The stable word why not.
    pub why: String,
    /// The change.
    pub body: Vec<u8>,
}

/// That a change or a fact was refused. Its bytes, where they are kept, are a [`Refused`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// Counts up as they are noted; 0 before that.
    pub id: u64,
    /// What it was, as far as it read.
    pub what: What,
    /// The document it would have changed, or that the fact is about.
    pub doc: Option<DocId>,
    /// Its hash, as its device said.
    pub hash: [u8; 32],
    /// The device that offered it.
    pub device: DeviceId,
    /// When: milliseconds since 1970.
    pub received_at: u64,
    /// The stable word why not.
    pub why: String,
}

/// Which rows somebody wants to read: those that fit all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sift {
    /// Changes of this document, and the facts with these numbers.
    pub about: Option<(DocId, Vec<u64>)>,
    /// From one of these devices.
    pub devices: Option<Vec<DeviceId>>,
    /// Received at this moment or later: milliseconds since 1970.
    pub from: Option<u64>,
    /// Received before this moment.
    pub to: Option<u64>,
}

/// A file beside a document, whole or on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blob {
    /// Its row.
    pub id: u64,
    /// Of which document.
    pub doc: DocId,
    /// SHA-256 of all of it, as whoever sends it says.
    pub hash: FileHash,
    /// Its size in bytes, as whoever sends it says.
    pub size: u64,
    /// How many of them are here.
    pub received: u64,
    /// What it is; none while it is on its way.
    pub kind: Option<PaperKind>,
}

/// Whose file on its way is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming {
    /// Of which document.
    pub doc: DocId,
    /// Its hash.
    pub hash: FileHash,
    /// Which device sends it.
    pub device: DeviceId,
}

/// One transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Rows in order, numbered from the head on.
    pub rows: Vec<NewRow>,
    /// Changes to accounts.
    pub accounts: Vec<AccountChange>,
}

/// A place for one workspace.
pub trait Store: Send + Sync {
    /// The workspace, if one was begun.
    fn workspace(&self) -> Answer<'_, Option<Workspace>>;
    /// Begins the workspace with an empty log.
    fn begin(&self, id: WorkspaceId) -> Answer<'_, ()>;
    /// The hub's own secret; `fresh` becomes it where there is none yet.
    fn key(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]>;
    /// Rows after a number, at most so many, in order.
    fn rows(&self, after: u64, limit: u32) -> Answer<'_, Vec<Row>>;
    /// All that is kept of a document.
    fn document(&self, doc: DocId) -> Answer<'_, Whole>;
    /// The documents that have changes kept one by one which were received before a moment, and how much those weigh.
    fn heavy(&self, before: u64) -> Answer<'_, Vec<Heavy>>;
    /// The documents that have a snapshot; twice, where one has two.
    fn snapshots(&self) -> Answer<'_, Vec<DocId>>;
    /// Puts a snapshot in the place of the bodies it covers, in one transaction; every other column stays. `covered` is how
    /// many changes were found in it: when the log says otherwise, nothing happens and the error is [`StoreError::Moved`].
    fn compact(&self, doc: DocId, snapshot: Snapshot, covered: u64) -> Answer<'_, ()>;
    /// Appends in one transaction, durable when it returns. `head` is the number the first row follows; when the log has
    /// moved on since, nothing happens and the error is [`StoreError::Moved`].
    fn append(&self, head: u64, batch: Batch) -> Answer<'_, ()>;
    /// Sets refused changes aside; of each device only the newest, so many and so many bytes of them.
    fn set_aside(&self, refused: Vec<Refused>) -> Answer<'_, ()>;
    /// The refused changes set aside, oldest first.
    fn quarantine(&self) -> Answer<'_, Vec<Refused>>;
    /// Rows with a number below one that fit, newest first, at most so many. Changes come without their bytes.
    fn sift(&self, of: Sift, before: u64, limit: u32) -> Answer<'_, Vec<Row>>;
    /// Notes refusals, each once; of each device only so many of the newest.
    fn deny(&self, denials: Vec<Denial>) -> Answer<'_, ()>;
    /// Refusals with an id below one that fit, newest first, at most so many.
    fn denials(&self, of: Sift, before: u64, limit: u32) -> Answer<'_, Vec<Denial>>;
    /// A whole file.
    fn blob(&self, doc: DocId, hash: FileHash) -> Answer<'_, Option<Blob>>;
    /// A file on its way from a device.
    fn coming(&self, of: Coming) -> Answer<'_, Option<Blob>>;
    /// Begins one.
    fn begin_blob(&self, of: Coming, person: PersonId, size: u64, now: u64) -> Answer<'_, Blob>;
    /// Adds a piece to a file on its way. False, and nothing added, when it does not have `at` bytes now.
    fn add_piece(&self, id: u64, at: u64, piece: Vec<u8>, now: u64) -> Answer<'_, bool>;
    /// Bytes of a file from `at` on, at least one and about `most`; none at its end.
    fn piece(&self, id: u64, at: u64, most: u64) -> Answer<'_, Vec<u8>>;
    /// A file is whole and is what it says: it is there for others now. Where it already was, this copy goes.
    fn finish_blob(&self, id: u64, kind: PaperKind, now: u64) -> Answer<'_, ()>;
    /// Takes a file on its way away.
    fn drop_coming(&self, id: u64) -> Answer<'_, ()>;
    /// Takes away what has been on its way without a piece since before a moment; how many there were.
    fn expire_coming(&self, before: u64) -> Answer<'_, u64>;
    /// Bytes of the whole files of a document, and of what a device has on its way.
    fn blob_bytes(&self, doc: DocId, device: DeviceId) -> Answer<'_, (u64, u64)>;
    /// All files, whole and on their way, in the order of their rows.
    fn blobs(&self) -> Answer<'_, Vec<Blob>>;
    /// The invitation with this hash.
    fn invitation(&self, hash: [u8; 32]) -> Answer<'_, Option<Invitation>>;
    /// Every device.
    fn devices(&self) -> Answer<'_, Vec<Device>>;
    /// How far each device was, and when it was last heard.
    fn contacts(&self) -> Answer<'_, Vec<Contact>>;
    /// Notes how far devices are; a device that is not there any more is passed over.
    fn note(&self, contacts: Vec<Contact>) -> Answer<'_, ()>;
    /// Faults that the database itself finds: broken pages, rows without their fellows.
    fn faults(&self) -> Answer<'_, Vec<String>>;
    /// Writes everything, as of one moment, into a file that is not there or empty. Others may read and append meanwhile.
    fn copy_to<'a>(&'a self, file: &'a Path) -> Answer<'a, ()>;
    /// Whether it answers.
    fn ready(&self) -> Answer<'_, ()>;
    /// Writes out everything and lets go.
    fn close(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}
