//! What the page of a meeting shows of who comes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Mark;
use crate::domain::{Date, DocId, EntityId, PartyCode, Record, delegation::Seat};

/// Who comes to a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DelegationsView {
    /// Delegations in the order in which they sit and are called: those expected, and any other that is named.
    pub rows: Vec<DelegationRow>,
    /// The day whose members and partners those are: the meeting's first, today where none is known.
    pub on: Date,
    /// My party.
    pub own: Option<PartyCode>,
    /// Whether I may write my party's list.
    pub may_list: bool,
    /// What parties tell the host of their delegates, as far as it is for me: all of it on the host's devices, else only my party's.
    pub arranged: Vec<LogisticsView>,
    /// Whether I may tell the host of my party's delegates.
    pub may_arrange: bool,
    /// To whom my party told it while another was the host, where the present one has not been told.
    pub told_before: Vec<PartyCode>,
}

/// One delegation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DelegationRow {
    /// Whose.
    pub party: PartyCode,
    /// Where it sits.
    pub seat: Seat,
    /// The voice with its own list.
    pub list: Option<DocId>,
    /// The people in it: fields of a voice's `delegates`, head first.
    pub people: Vec<Record>,
    /// Where the words about each are.
    pub marks: BTreeMap<EntityId, Mark>,
    /// What the meeting's own record says of it: entities of its `delegations`.
    pub recorded: Vec<EntityId>,
    /// Whether it is my party's, to be written.
    pub mine: bool,
}

/// What a party tells the host.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogisticsView {
    /// Its document.
    pub doc: DocId,
    /// Who tells it.
    pub party: PartyCode,
    /// What: fields of [`crate::domain::delegation::LOGISTICS`], each with a member by the delegate's id.
    pub record: Record,
    /// Whether I may write it.
    pub may_write: bool,
    /// Where its words are.
    pub mark: Mark,
}
