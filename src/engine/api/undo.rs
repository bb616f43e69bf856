//! What a person can take back on a page, and do again.

use serde::{Deserialize, Serialize};

use super::{About, ChangedBy};
use crate::domain::{DocId, DocKind, EntityId};

/// What can be taken back of what was done here last, and what of it can be done again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoView {
    /// What would be taken back next.
    pub undo: Option<UndoLine>,
    /// What was taken back last.
    pub redo: Option<UndoLine>,
}

/// What was done at one time: one command, or what was typed in one go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoLine {
    /// Its id.
    pub unit: EntityId,
    /// The document, or the first of several.
    pub doc: DocId,
    /// Its kind.
    pub kind: DocKind,
    /// What it is called.
    pub title: String,
    /// What of it.
    pub about: About,
    /// How many documents it is in.
    pub docs: u32,
}

/// What others said since of what would be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overtaken {
    /// What would be taken back or done again.
    pub unit: EntityId,
    /// The kind of the document.
    pub kind: DocKind,
    /// Who said what.
    pub by: Vec<ChangedBy>,
}
