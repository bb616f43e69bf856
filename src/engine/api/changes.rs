//! What others did while somebody was away.

use serde::{Deserialize, Serialize};

use super::Who;
use crate::domain::{ActRecord, Claim, DocId, DocKind, EntityId, PartyCode, Value, person::ReadMark, piece::Piece};

/// Since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Since {
    /// Since the person read it, on whichever device; at first since they joined.
    Read,
    /// Since a moment by the hub's clock: milliseconds since 1970.
    Moment(u64),
}

/// What others did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangesView {
    /// Since when, by the hub's clock: milliseconds since 1970; none where nothing was told of it.
    pub since: Option<u64>,
    /// Plans, meetings and what belongs to neither, the latest changed first.
    pub subjects: Vec<ChangedSubject>,
    /// Documents with changes that are not read from the disk, or not on this device, yet.
    pub coming: u32,
    /// What marking all of this as read writes.
    pub mark: ReadMark,
    /// The person, to tell their own from their party's.
    pub party: Option<PartyCode>,
}

/// A plan or a meeting in which something changed, with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangedSubject {
    /// The plan or the meeting; else the document itself.
    pub doc: DocId,
    /// Its kind.
    pub kind: DocKind,
    /// Its title.
    pub title: String,
    /// What changed in it, the latest first.
    pub docs: Vec<ChangedDoc>,
}

/// A document in which something changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangedDoc {
    /// The document.
    pub doc: DocId,
    /// Its kind.
    pub kind: DocKind,
    /// Its title; empty where it is a part of its subject.
    pub title: String,
    /// Whether one's own party leads or hosts it.
    pub mine: bool,
    /// Whether the person may write it.
    pub may_write: bool,
    /// By whom, with what they did, in the order of delegations.
    pub by: Vec<ChangedBy>,
}

/// What one delegation did in a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangedBy {
    /// The delegation; none where it is not known here whose device it was.
    pub party: Option<PartyCode>,
    /// What it did, the oldest first.
    pub lines: Vec<ChangeLine>,
}

/// What one person did to one thing of a record, however many changes it took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeLine {
    /// The collection of the record; none for the document itself.
    pub collection: Option<String>,
    /// The record; none for the document itself.
    pub record: Option<EntityId>,
    /// What the record is called now.
    pub title: String,
    /// What.
    pub what: Changed,
    /// By whom.
    pub by: Who,
    /// How many changes it took.
    pub times: u32,
    /// The hub's number of the last of them; 0 while it has not got it.
    pub number: u64,
    /// When the hub received that: milliseconds since 1970.
    pub received_at: Option<u64>,
    /// When it was written, by the clock of the device.
    pub written_at: u64,
    /// How it meets what one did oneself.
    pub meets: Meets,
    /// Whether somebody has to decide it still.
    pub open: bool,
}

/// How what somebody did meets what others did, oneself first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Meets {
    /// It does not: one did nothing there, or had seen it, or they had.
    Nothing,
    /// Both wrote there without having seen the other, and both hold.
    Merged,
    /// Both said what cannot both hold, or wrote in one sentence: somebody has to look at it. What one said oneself.
    AtOnce(Vec<Value>),
    /// The same between others: by whom, and what each said.
    Others(Vec<MetBy>),
}

/// Somebody who spoke at the same time as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetBy {
    /// Who.
    pub who: Who,
    /// What they said.
    pub said: Vec<Value>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Changed {
    /// The document was begun.
    Made,
    /// The record was added.
    Added,
    /// It was moved; where it stood and where it stands, by its number, where it has one.
    Moved { from: String, to: String },
    /// It was withdrawn.
    Withdrawn { reason: String },
    /// It was brought back.
    Restored,
    /// A field was set: from what, all of it, and to what; of long words what went and what came; and why, where somebody
    /// chose.
    Set { field: String, from: Vec<Value>, to: Value, pieces: Vec<Piece>, why: String },
    /// Prose was written: stretch by stretch, what went and what came; and how many stretches more.
    Wrote { field: String, stretches: Vec<Vec<Piece>>, more: u32 },
    /// Something was claimed; and what the same party had claimed before.
    Claimed { claim: Box<Claim>, from: Option<Value> },
    /// Something was done by authority.
    Acted(Box<ActRecord>),
    /// Something that this version cannot tell.
    Unknown,
}
