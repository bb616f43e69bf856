//! What parties say about a subject, as pages show it.

use serde::{Deserialize, Serialize};

use super::Mark;
use crate::domain::{DocId, EntityId, PartyCode, comment::Settled};

/// Which of two projects would go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Merging {
    /// The other one.
    Into,
    /// This one.
    From,
}

/// A question whether a project should be one with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeView {
    /// Which of the two would go on.
    pub way: Merging,
    /// The other one.
    pub other: DocId,
    /// Its title.
    pub title: String,
    /// Who leads it; where this one goes on, those of them who would become its co-leads.
    pub leads: Vec<PartyCode>,
    /// Whether I am to agree: none where I am not, false while the lead of the other one has to agree first.
    pub mine: Option<bool>,
}

/// How a question stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledView {
    /// Open or resolved.
    pub state: Settled,
    /// Who said so last and when (milliseconds since 1970); none while nobody has.
    pub by: Option<(PartyCode, u64)>,
    /// In which words.
    pub reason: String,
    /// Whether that waits for the hub.
    pub provisional: bool,
    /// Whether I may say otherwise.
    pub may_settle: bool,
}

/// A word of one party on a subject, from its voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommentView {
    /// The comment.
    pub id: EntityId,
    /// Its voice.
    pub doc: DocId,
    /// Whose.
    pub party: PartyCode,
    /// About which record of the subject.
    pub about: Option<EntityId>,
    /// How it stands, where it is a question.
    pub question: Option<SettledView>,
    /// The other project, where it asks whether two should be one.
    pub merge: Option<MergeView>,
    /// The words.
    pub text: String,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// When: milliseconds since 1970, by the hub once acknowledged, else by the device.
    pub at: u64,
    /// Whether it is mine to edit.
    pub mine: bool,
    /// Where its words are.
    pub mark: Mark,
}
