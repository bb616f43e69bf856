//! Claims: statements about status and dates that two people may make differently. Append-only; nothing is decided by a clock.

use serde::{Deserialize, Serialize};

use super::{
    id::{DocId, EntityId},
    kind::words,
    record::{Origin, Value},
    when::When,
};

words! {
    /// What is claimed.
    ClaimKind {
        /// The status of a project or activity.
        Status = "status",
        /// Planned start.
        Start = "start",
        /// Planned end.
        End = "end",
        /// Actual start.
        ActualStart = "actual-start",
        /// Actual end.
        ActualEnd = "actual-end",
    }
}

/// A claim as a document holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: EntityId,
    /// About what.
    pub what: ClaimKind,
    /// The value claimed.
    pub value: Value,
    /// The date it speaks for.
    pub as_of: Option<When>,
    /// On what it rests.
    pub evidence: String,
    /// Why.
    pub reason: String,
    /// The claims it replaces.
    pub supersedes: Vec<EntityId>,
    /// At which meeting it was said or decided.
    pub meeting: Option<DocId>,
    /// Who made it.
    pub origin: Origin,
}

/// The claims of one kind that no other claim supersedes, by id. One tip is a settled value; two or more stand side by
/// side until someone entitled supersedes them all.
#[must_use]
pub fn standing(claims: &[Claim], what: ClaimKind) -> Vec<&Claim> {
    let mut tips: Vec<_> = claims
        .iter()
        .filter(|claim| claim.what == what)
        .filter(|claim| {
            !claims
                .iter()
                .any(|other| other.what == what && other.id != claim.id && other.supersedes.contains(&claim.id))
        })
        .collect();
    tips.sort_by_key(|claim| claim.id);
    tips
}
