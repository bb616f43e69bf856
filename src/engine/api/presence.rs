//! What is said in passing in a document: who is there and where, who leads, who asks for the floor. None of it is kept.

use serde::{Deserialize, Serialize};

use crate::domain::{EntityId, PartyCode, PersonId, Role};

/// What a page says in passing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Say {
    /// Where this person is; none: nowhere in particular.
    At(Option<Spot>),
    /// I ask for the floor for my delegation, or no longer.
    Ask(bool),
    /// Others may follow me from now on, or no longer (chair and Secretariat).
    Lead(bool),
    /// As the one who leads: a step with the list of speakers.
    Floor(FloorStep),
}

/// What the one who leads does with the list of speakers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FloorStep {
    /// Puts a delegation at the end of the list.
    Add(PartyCode),
    /// Takes a delegation off it.
    Remove(PartyCode),
    /// Gives a delegation the floor; who had it has spoken.
    Give(PartyCode),
    /// Who has the floor has spoken.
    End,
    /// Begins the list anew.
    Clear,
    /// How long each may speak, in seconds; none: as long as they like.
    Limit(Option<u16>),
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The record: an item, a paragraph, or the document itself under its own id.
    pub record: EntityId,
    /// The prose field with the caret, and what is selected there, as the page shows it.
    pub caret: Option<CaretIn>,
}

/// A selection in a prose field; a caret where both ends are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaretIn {
    /// The field.
    pub field: String,
    /// Where it begins, in UTF-16 units.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
}

/// Who is in a document with us.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PresenceView {
    /// The others, by party.
    pub here: Vec<PersonHere>,
    /// Who leads, if anybody does.
    pub lead: Option<LeadView>,
    /// Whether that is this device.
    pub leading: bool,
    /// Whether I may lead.
    pub may_lead: bool,
    /// Whether I ask for the floor.
    pub asking: bool,
}

/// Somebody who is in a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonHere {
    /// The person.
    pub person: PersonId,
    /// For whom.
    pub party: PartyCode,
    /// Its name.
    pub party_name: String,
    /// As what.
    pub role: Role,
    /// Where in the document.
    pub spot: Option<Spot>,
}

/// Who leads: the others may follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadView {
    /// Whose delegation.
    pub party: PartyCode,
    /// Its name.
    pub party_name: String,
    /// The record where the one who leads is.
    pub at: Option<EntityId>,
    /// The list of speakers, in turn.
    pub speakers: Vec<Speaker>,
    /// For how many seconds the one who has the floor has spoken.
    pub spoken: Option<u32>,
    /// How long each may speak, in seconds.
    pub limit: Option<u16>,
}

/// A delegation in the list of speakers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The party.
    pub party: PartyCode,
    /// Its name.
    pub name: String,
    /// Whether it has spoken, speaks, or waits.
    pub turn: Turn,
}

/// Where a delegation is in the list of speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Turn {
    /// It waits.
    Waiting,
    /// It has the floor.
    Speaking,
    /// It has spoken.
    Spoken,
}
