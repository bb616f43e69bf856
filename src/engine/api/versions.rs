//! What a plan's page shows of its versions, and of who writes it.

use serde::{Deserialize, Serialize};

use crate::domain::{EntityId, PartyCode, baseline::Line};

/// Who writes a plan beside the Secretariat and the chair.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PenView {
    /// Whether every focal point does.
    pub open: bool,
    /// Whether that waits for the hub.
    pub provisional: bool,
    /// Whether I may change it.
    pub may: bool,
}

/// A version of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Version {
    /// What this act froze.
    Step(EntityId),
    /// What the hub had received by then: milliseconds since 1970.
    Until(u64),
}

/// The projects of a plan in a version.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanVersionView {
    /// What they said; none where there is no such version, or the hub had nothing of the plan yet.
    pub lines: Option<Vec<Line>>,
    /// How many projects of the plan are not on this device, and so in no version.
    pub missing: u32,
}

/// A version that was given a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedVersion {
    /// The act that named it.
    pub act: EntityId,
    /// The name.
    pub name: String,
    /// Which version: what the hub had received by then. None while the name is not on the hub.
    pub at: Option<u64>,
    /// Which party named it, as far as this device may know.
    pub party: Option<PartyCode>,
}
