//! The history of a document or of a record in it: sittings, what each did, versions, and what differs between two.

use serde::{Deserialize, Serialize};

use super::{ChangeLine, Changed, Who};
use crate::domain::{DocId, DocKind, EntityId, Snapshot, Value};

/// The sittings of a history, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryView {
    /// The kind of the document.
    pub kind: DocKind,
    /// On whose page it is read: a plan's, project's or meeting's, where there is one.
    pub page: Option<(DocKind, DocId)>,
    /// What the document is called.
    pub title: String,
    /// As many as were asked for.
    pub sittings: Vec<Sitting>,
    /// How many more there are, all older.
    pub more: u32,
    /// How many changes there are in all.
    pub changes: u32,
    /// Whether the person may write it, and so bring back what it said.
    pub may_write: bool,
    /// Versions that somebody named, the newest first.
    pub names: Vec<NamedPast>,
}

/// A version of a document that somebody named: as it was when the hub received the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPast {
    /// Which: the change that names it.
    pub id: [u8; 32],
    /// Its name.
    pub name: String,
    /// Who named it.
    pub by: Who,
    /// When, by the hub; none while the hub has not got it.
    pub at: Option<u64>,
}

/// What one person did without a longer pause and without anybody else between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sitting {
    /// Which: its last change.
    pub id: [u8; 32],
    /// By whom.
    pub by: Who,
    /// From when to when, by the hub, or for what it has not received by the device: milliseconds since 1970.
    pub from: u64,
    /// See `from`.
    pub to: u64,
    /// When its last change was written, by the device's clock.
    pub written_at: u64,
    /// The hub's number of its last change; none while the hub has not got it.
    pub number: Option<u64>,
    /// How many changes.
    pub times: u32,
    /// What it is about, by collection, record (with its name) and field.
    pub about: Vec<About>,
}

/// What a sitting is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The collection; none for the document itself.
    pub collection: Option<String>,
    /// What the record is called now.
    pub title: String,
    /// The field; none for what is no field.
    pub field: Option<String>,
}

/// What one sitting did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SittingView {
    /// Its lines.
    pub lines: Vec<ChangeLine>,
}

/// A document as it was after a sitting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastView {
    /// What it said; none where nobody had written anything.
    pub snapshot: Option<Box<Snapshot>>,
}

/// Words of a text that one person wrote in one sitting, and that stand together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The words.
    pub text: String,
    /// By whom.
    pub by: Who,
    /// When the last of them, by the hub, or by the device for what the hub does not have: milliseconds since 1970.
    pub at: u64,
}

/// One of the values that stand beside each other in a field: said at the same time, and not chosen between yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// The value.
    pub value: Value,
    /// Whether it is the one that everybody sees.
    pub shown: bool,
    /// Who said it; none where the history does not tell.
    pub by: Option<ApartBy>,
}

/// Who said something, and on what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApartBy {
    /// Who.
    pub who: Who,
    /// When, by the hub, or by the device for what the hub does not have: milliseconds since 1970.
    pub at: u64,
    /// What stood there before for whoever said it: its base.
    pub base: Vec<Value>,
}

/// What differs between two versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The collection; none for the document itself.
    pub collection: Option<String>,
    /// The record.
    pub record: Option<EntityId>,
    /// What it is called in the later one.
    pub title: String,
    /// What.
    pub what: Changed,
}
