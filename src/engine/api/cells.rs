//! What rows of projects carry beside themselves: their activities, and what only the wider columns of a table show.

use serde::{Deserialize, Serialize};

use crate::domain::{EntityId, PartyCode, When, project::ProjectStatus};

/// An activity under a project, as a timeline shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityRow {
    /// Its record in the project's document.
    pub id: EntityId,
    /// Title.
    pub title: String,
    /// The word of its kind.
    pub kind: Option<String>,
    /// Start.
    pub start: Option<When>,
    /// End.
    pub end: Option<When>,
    /// Status.
    pub status: Option<ProjectStatus>,
}

/// What the wider columns of a table show of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WideRow {
    /// The lead alone.
    pub lead: Option<PartyCode>,
    /// Objective.
    pub objective: Brief,
    /// Expected outputs.
    pub outputs: Brief,
    /// How many indicators it has.
    pub indicators: u32,
    /// Partners, by code.
    pub partners: Vec<PartyCode>,
    /// Implementing agency.
    pub agency: String,
    /// Source of funding.
    pub funding: String,
    /// The claims of status that stand.
    pub status_claims: Vec<EntityId>,
    /// The claims of a planned start that stand.
    pub start_claims: Vec<EntityId>,
    /// The claims of a planned end that stand.
    pub end_claims: Vec<EntityId>,
}

/// The beginning of running prose: a table of five hundred rows does not carry all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Its first characters, [`Brief::LENGTH`] at most.
    pub text: String,
    /// Whether there is more.
    pub more: bool,
}

impl Brief {
    /// How many characters a table carries.
    pub const LENGTH: usize = 160;

    /// The beginning of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match text.char_indices().nth(Self::LENGTH) {
            Some((end, _)) => Self { text: text[..end].to_owned(), more: true },
            None => Self { text: text.to_owned(), more: false },
        }
    }

    /// As it is shown: an ellipsis stands for the rest.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.more { format!("{}…", self.text.trim_end()) } else { self.text.clone() }
    }
}
