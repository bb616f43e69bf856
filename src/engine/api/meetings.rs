//! What meetings show: the list by gathering, one meeting with its sessions and agenda.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CommentView, DelegationsView, Mark, PointView, ReportView, Standing};
use crate::domain::{
    Audience, DocId, EntityId, Framework, PartyCode, Record, Snapshot, When,
    agenda::{
        amend::Amendment,
        proposal::{Arrival, ProposalState},
    },
    meeting::{
        Beside, MeetingState, MeetingType, Mode,
        dates::{Clock, Dates},
        options::{Days, Says},
    },
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
    /// When it begins on the first day, on the clocks of the zone.
    pub from: Option<Clock>,
    /// When it ends on the last day.
    pub until: Option<Clock>,
    /// Time zone (IANA).
    pub zone: String,
    /// The first day as it was planned first, where it is another now.
    pub planned: Option<When>,
    /// Mode.
    pub mode: Option<Mode>,
    /// City.
    pub city: String,
    /// Venue.
    pub venue: String,
    /// Where people meet by video: a web address, or empty.
    pub link: String,
    /// Its ordinal among its kind, as somebody said it.
    pub ordinal: Option<i64>,
    /// The meeting before it of its kind.
    pub predecessor: Option<DocId>,
    /// The meeting to which it reports.
    pub reports_to: Option<DocId>,
    /// The meeting of ACCSM+3, or of ACCSM, that goes beside it.
    pub parallel: Option<DocId>,
    /// The meeting that is its open session.
    pub open_session: Option<DocId>,
    /// How often its dates, mode or state were changed by acts.
    pub revision: u32,
    /// The days proposed for it, under their ids; not those that do not read.
    pub days: Vec<(EntityId, Days)>,
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
    /// Who comes.
    pub delegations: DelegationsView,
    /// Its sessions that I may see.
    pub sessions: Vec<SessionView>,
    /// Where each record's words are; root under the document's own id.
    pub marks: BTreeMap<EntityId, Mark>,
    /// States an act of mine may move it to now.
    pub next: Vec<MeetingState>,
    /// When it is, and how it was planned first.
    pub dates: DatesView,
    /// How its dates, mode and state came to be, oldest first.
    pub steps: Vec<MeetingStep>,
    /// Whether I may fix or move its dates and change its mode.
    pub may_fix: bool,
    /// Whether I may call the meeting that follows it, which nobody has called.
    pub may_follow: bool,
    /// The meetings that I may call beside it, and that there are not yet.
    pub may_meet_beside: Vec<Beside>,
    /// Decisions and actions of its reports, in their order.
    pub points: Vec<PointView>,
    /// What came up to it for adoption, each decision once.
    pub rising: Vec<PointView>,
    /// Decisions and actions of the meetings before it that are open and that its own reports do not carry on.
    pub earlier: Vec<PointView>,
}

/// When a meeting is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DatesView {
    /// Now.
    pub now: Dates,
    /// As it was planned first.
    pub planned: Dates,
    /// Whether the act that set it waits for the hub.
    pub provisional: bool,
    /// A first day that another version wrote beside the acts.
    pub beside: Option<When>,
    /// Days proposed for it, the earliest first.
    pub options: Vec<DateOption>,
    /// What my party's voice on the meeting says itself, once there is one: its answers among it.
    pub own: Record,
}

/// Days proposed for a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateOption {
    /// Names the proposal.
    pub id: EntityId,
    /// The days; none where a version wrote them that this one cannot read.
    pub days: Option<Days>,
    /// As they stand in the document.
    pub text: String,
    /// What parties say of them; who said nothing is not among them.
    pub answers: Vec<DateAnswer>,
}

/// What a party says of proposed days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateAnswer {
    /// Which party.
    pub party: PartyCode,
    /// What.
    pub says: Says,
    /// What it says beside that: more than one text where two of its officers wrote apart.
    pub why: Vec<String>,
    /// Its voice on the meeting.
    pub doc: DocId,
    /// Where its words are.
    pub mark: Mark,
}

/// A change of a meeting's dates, mode or state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingStep {
    /// The act.
    pub id: EntityId,
    /// What it changed.
    pub what: MeetingChange,
    /// Who.
    pub party: Option<PartyCode>,
    /// When: by the hub's time, or the device's until the hub has it.
    pub at: u64,
    /// Why.
    pub reason: String,
    /// Whether it waits for the hub.
    pub provisional: bool,
    /// Whether it could not follow the state it met.
    pub not_applied: bool,
}

/// What a step changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingChange {
    /// Days and times, and what they were.
    Dates { to: Dates, was: Option<Dates> },
    /// The mode, and what it was.
    Mode { to: Mode, was: Option<Mode> },
    /// The state.
    State(MeetingState),
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
    /// Its report.
    pub report: ReportView,
    /// Whether I may write it.
    pub may_write: bool,
    /// Where each record's words are.
    pub marks: BTreeMap<EntityId, Mark>,
    /// Comments on it and its items.
    pub comments: Vec<CommentView>,
    /// Whether I may comment.
    pub may_comment: bool,
    /// Items that delegations propose, oldest first.
    pub proposals: Vec<ProposalView>,
    /// Until when they do.
    pub proposals_until: Option<When>,
    /// Whether I may answer them.
    pub may_answer: bool,
    /// Whether I may change the agenda though it is adopted: only the Chair may.
    pub may_amend: bool,
    /// Changes of the adopted agenda, oldest first.
    pub changes: Vec<AgendaChange>,
    /// The annotated agenda, as far as I may see it: notes at items.
    pub notes: Vec<NoteView>,
    /// Whether I may note something.
    pub may_annotate: bool,
}

/// An item that a delegation proposes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalView {
    /// The proposal.
    pub id: EntityId,
    /// The voice it stands in.
    pub doc: DocId,
    /// Whose.
    pub party: PartyCode,
    /// What it says: fields of a voice's `proposals`.
    pub record: Record,
    /// When the hub received it; by the device's clock until then.
    pub at: u64,
    /// Whether it came by the date.
    pub arrival: Arrival,
    /// What became of it.
    pub state: ProposalState,
    /// Why it was declined, and whether that waits for the hub.
    pub declined: Option<(String, bool)>,
    /// The item that came of it.
    pub item: Option<EntityId>,
    /// Whether it is my party's, to be withdrawn.
    pub mine: bool,
    /// Where its words are.
    pub mark: Mark,
}

/// A change of an adopted agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaChange {
    /// The act.
    pub id: EntityId,
    /// The item.
    pub item: Option<EntityId>,
    /// Its title now.
    pub title: String,
    /// What was changed; none for one that only says that something was.
    pub change: Option<Amendment>,
    /// Who.
    pub party: Option<PartyCode>,
    /// When: by the hub's time, or the device's until the hub has it.
    pub at: u64,
    /// Why.
    pub reason: String,
    /// Whether it waits for the hub.
    pub provisional: bool,
}

/// A note at an item of the annotated agenda.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteView {
    /// The annotated agenda it stands in.
    pub doc: DocId,
    /// The item.
    pub item: EntityId,
    /// The note; its prose is `text`.
    pub record: Record,
    /// Whether I may write it.
    pub may_write: bool,
    /// Where its words are.
    pub mark: Mark,
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
}
