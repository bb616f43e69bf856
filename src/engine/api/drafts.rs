//! What drafts show: only to the delegation that writes them.

use serde::{Deserialize, Serialize};

use super::{Mark, Standing};
use crate::domain::{
    DocId, Role,
    draft::{DraftState, DraftStep},
};

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftCard {
    /// Its document.
    pub doc: DocId,
    /// Title.
    pub title: String,
    /// How it stands.
    pub standing: Standing<DraftState>,
    /// Where its words are.
    pub mark: Mark,
}

/// Somebody of one's own delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Whether it is this person.
    pub me: bool,
    /// As what they are appointed.
    pub role: Option<Role>,
    /// What they call the device on which they did it.
    pub device: String,
}

/// How a draft stands, on its page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftView {
    /// Its state.
    pub standing: Standing<DraftState>,
    /// The hash of what is shown: a step is of this content and of no other.
    pub of: [u8; 32],
    /// Who wrote last.
    pub writer: Option<Colleague>,
    /// Who took the step that stands, when (milliseconds since 1970, by that device's clock), and why.
    pub by: Option<(Colleague, u64, String)>,
    /// The steps I may take now, with a reason where one is asked for.
    pub may: Vec<DraftStep>,
    /// Whether I am an officer who submits.
    pub officer: bool,
    /// The project that it was submitted as.
    pub project: Option<DocId>,
    /// Whether words came after it was submitted.
    pub late: bool,
}
