//! What the log of the hub shows to the Secretariat: asked of the hub there and then, never kept on the device.

use serde::{Deserialize, Serialize};

use crate::domain::{
    DocKind,
    audit::{Cursor, FaultLine, Filter, Line, Verdict},
};

/// What a page wants of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditAsk {
    /// The next lines that fit. Answered by [`AuditAnswer::Page`].
    Page { filter: Filter, before: Option<Cursor> },
    /// The next lines as a piece of the file. Answered by [`AuditAnswer::File`].
    File { filter: Filter, before: Option<Cursor> },
    /// How far its verification is; `start` begins one. Answered by [`AuditAnswer::Check`].
    Check { start: bool },
}

/// What the hub said, with names as far as this device knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditAnswer {
    /// For [`AuditAsk::Page`].
    Page(AuditPage),
    /// For [`AuditAsk::File`].
    File(AuditPiece),
    /// For [`AuditAsk::Check`].
    Check(AuditVerdict),
}

/// Lines of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Newest first.
    pub lines: Vec<AuditLine>,
    /// Where to go on; none at the end.
    pub next: Option<Cursor>,
    /// How many entries the log has.
    pub head: u64,
    /// What was filtered by, as far as it is a document, a person or a device.
    pub asked: Box<AuditLine>,
}

/// A line of the log with its names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// What the hub said.
    pub line: Line,
    /// The document's kind, where it is known here.
    pub kind: Option<DocKind>,
    /// Its title, or its subject's, as far as that is known here.
    pub title: String,
    /// What the device is called.
    pub label: String,
}

/// A piece of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPiece {
    /// What the file is called.
    pub name: String,
    /// Its text; the first piece begins with the names of the columns.
    pub text: String,
    /// How many lines of the log are in it.
    pub lines: u32,
    /// Where to go on; none at the end.
    pub next: Option<Cursor>,
}

/// How far the verification of the log is, or what it found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditVerdict {
    /// What the hub said; its faults stand in `told`.
    pub verdict: Verdict,
    /// The first faults, with their names.
    pub told: Vec<AuditFault>,
}

/// A fault with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFault {
    /// What the hub said.
    pub fault: FaultLine,
    /// The document's kind, where it is about one that is known here.
    pub kind: Option<DocKind>,
    /// Its title, as far as that is known here.
    pub title: String,
}
