//! Acts: whatever carries authority. Append-only, folded in the hub's order, never in a clock's.

use serde::{Deserialize, Serialize};

use super::{
    agenda::{AgendaState, ItemState},
    id::EntityId,
    meeting::MeetingState,
    plan::PlanState,
    project::ProjectStatus,
    when::When,
};

/// What is done by authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", content = "to", rename_all = "kebab-case")]
pub enum Act {
    /// Moves a plan in its life cycle.
    MovePlan(PlanState),
    /// Sets the published status of the project that the act targets (by the project document's id as an entity id).
    PublishStatus(ProjectStatus),
    /// Moves a meeting.
    MoveMeeting(MeetingState),
    /// Moves an agenda; adoption freezes its order.
    MoveAgenda(AgendaState),
    /// Moves an agenda item.
    MoveItem(ItemState),
    /// Changes the order of an adopted agenda: the targeted item comes right after this one (none: first).
    Reorder(Option<EntityId>),
    /// Fixes a meeting's first day.
    FixDate(When),
}

/// An act as a document holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActRecord {
    /// Its id.
    pub id: EntityId,
    /// What is done; none when a newer version of the application wrote a kind of act this one does not know.
    pub act: Option<Act>,
    /// To what, if not the document.
    pub target: Option<EntityId>,
    /// Chair term.
    pub term: Option<u16>,
    /// Why.
    pub reason: String,
    /// Who wrote it: see [`super::record::Origin`].
    pub origin: super::record::Origin,
    /// Its place in the hub's order; none while the hub has not acknowledged it: the act is provisional.
    pub number: Option<u64>,
}

/// Acts in the order in which they take effect: the acknowledged ones by number, then the provisional ones by id.
#[must_use]
pub fn in_order(acts: &[ActRecord]) -> Vec<&ActRecord> {
    let mut acts: Vec<_> = acts.iter().collect();
    acts.sort_by_key(|act| (act.number.unwrap_or(u64::MAX), act.id));
    acts
}
