//! What meetings show: the list by gathering, one meeting with its sessions and agenda.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CommentView, Mark, Standing};
use crate::domain::{
    Audience, DocId, EntityId, Framework, PartyCode, Snapshot, When,
    meeting::{MeetingState, MeetingType, Mode},
};

/// All meetings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeetingsView {
    /// By gathering, latest first; meetings of no gathering under the chair term or alone at the end.
    pub groups: Vec<MeetingGroup>,
    /// Whether I may call a meeting.
    pub may_create: bool,
}

/// Meetings that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeetingGroup {
    /// The gathering's title or the term's, from the register; empty for meetings of none.
    pub title: String,
    /// The gathering's entity in the register.
    pub gathering: Option<EntityId>,
    /// Chair.
    pub chair: Option<PartyCode>,
    /// Where.
    pub city: String,
    /// Its meetings, in the order of their dates.
    pub meetings: Vec<MeetingRow>,
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeetingRow {
    /// Its document.
    pub doc: DocId,
    /// Title.
    pub title: String,
    /// Type.
    pub meeting: Option<MeetingType>,
    /// Framework.
    pub framework: Option<Framework>,
    /// The gathering it belongs to: an entity of a register.
    pub gathering: Option<EntityId>,
    /// The ordinal of the chair term it belongs to.
    pub term: Option<u16>,
    /// First day.
    pub start: Option<When>,
    /// Last day.
    pub end: Option<When>,
    /// Time zone (IANA).
    pub zone: String,
    /// Mode.
    pub mode: Option<Mode>,
    /// City.
    pub city: String,
    /// Chair.
    pub chair: Option<PartyCode>,
    /// Host.
    pub host: Option<PartyCode>,
    /// State.
    pub state: Option<Standing<MeetingState>>,
    /// Items on its agendas here.
    pub items: u32,
    /// Where its words are.
    pub mark: Mark,
}

/// One meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeetingView {
    /// Its row.
    pub row: MeetingRow,
    /// The document: dates, mode, delegations, links.
    pub snapshot: Snapshot,
    /// Whether I may write the meeting.
    pub may_write: bool,
    /// Its sessions that I may see.
    pub sessions: Vec<SessionView>,
    /// Where each record's words are; root under the document's own id.
    pub marks: BTreeMap<EntityId, Mark>,
    /// States an act of mine may move it to now.
    pub next: Vec<MeetingState>,
}

/// A meeting's session: one agenda and report for one audience.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionView {
    /// Its document.
    pub doc: DocId,
    /// Who receives it.
    pub audience: Audience,
    /// The document: collections `items` (the agenda) and `paragraphs` (the report), acts.
    pub snapshot: Snapshot,
    /// Items in the order and with the numbers that the agenda shows; withdrawn ones without number at the end.
    pub agenda: Vec<AgendaLine>,
    /// Agenda state.
    pub state: Standing<crate::domain::agenda::AgendaState>,
    /// Whether I may write it.
    pub may_write: bool,
    /// Where each record's words are.
    pub marks: BTreeMap<EntityId, Mark>,
    /// Comments on it and its items.
    pub comments: Vec<CommentView>,
    /// Whether I may comment.
    pub may_comment: bool,
}

/// A line of an agenda.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgendaLine {
    /// The item.
    pub item: EntityId,
    /// Its number as shown, `2` or `2.1`; empty for a withdrawn one.
    pub number: String,
    /// Depth, 0 at the top.
    pub depth: u8,
    /// State by acts.
    pub state: Option<Standing<crate::domain::agenda::ItemState>>,
    /// Report paragraphs of this item, in order.
    pub paragraphs: Vec<EntityId>,
}
