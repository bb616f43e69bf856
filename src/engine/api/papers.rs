//! What a meeting's papers show: what each document says of them, and where their bytes are.

use serde::{Deserialize, Serialize};

use crate::domain::{
    Audience, DocId, EntityId,
    paper::{FileHash, Paper},
};

/// Bytes of a piece of a file; the last one is shorter.
pub const PIECE: u64 = 256 << 10;

/// The papers of a meeting and of its sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PapersView {
    /// By the document they belong to: the meeting first, then the sessions that I may see.
    pub groups: Vec<PapersOf>,
    /// Whether all of them are kept on this device, also those that come later.
    pub kept: bool,
}

/// The papers of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PapersOf {
    /// The document.
    pub doc: DocId,
    /// Who receives it, and so its papers.
    pub audience: Audience,
    /// Whether I may add papers to it.
    pub may_write: bool,
    /// The papers, oldest first; withdrawn ones included.
    pub papers: Vec<PaperCard>,
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaperCard {
    /// What the document says of it.
    pub paper: Paper,
    /// Where its bytes are.
    pub place: FilePlace,
    /// Whether they stay on this device until somebody says otherwise.
    pub kept: bool,
}

/// Where the bytes of a paper are, as far as this device knows. Never better than the truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilePlace {
    /// Not here. They are on the hub, or will be.
    Away,
    /// Not here, and the hub did not have them when it was asked.
    Missing,
    /// On their way here: so many have come.
    Coming { have: u64 },
    /// Here and on the hub.
    Here,
    /// On this device alone; of an upload under way, how many the hub has.
    Device { sent: u64 },
    /// The hub would not have them, or this device has no room; the word is a message key (`refusal-…`).
    Refused { why: String, here: bool },
}

/// A paper to be made of a file that was brought piece by piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPaper {
    /// The paper's own id.
    pub id: EntityId,
    /// The file.
    pub hash: FileHash,
    /// What the file was called.
    pub name: String,
    /// What it is to be called here; empty: as its file.
    pub title: String,
    /// The agenda item it belongs to.
    pub item: Option<EntityId>,
    /// The language it is written in; may be empty.
    pub language: String,
}

/// What is to become of a file on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hold {
    /// It comes here, to be looked at; it may go again when room is needed.
    Once,
    /// It comes here and stays.
    Kept,
    /// It goes.
    Gone,
}
