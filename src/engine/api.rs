//! What a page and the engine say to each other: commands, queries and views, plain serde structs as JSON.
//!
//! This file is all that the `ui` room sees of the engine. It names no CRDT and is built without Automerge. A page and
//! an engine of different builds never exchange these (see `engine::web`): they compare builds first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    At, Audience, Date, DeviceId, DocId, DocKind, Edit, EntityId, Framework, PartyCode, PersonId, Role, Snapshot,
    Splice, When,
    meeting::{MeetingState, MeetingType, Mode},
    party::{MembershipStatus, PartyKind},
    plan::PlanState,
    project::{ProjectKind, ProjectStatus},
};

/// Id of a command: made by the page, resent until answered, carried out once.
pub type CommandId = EntityId;
/// Number of a subscription, by page.
pub type Sub = u32;
/// Number of a text editing session, by page.
pub type TextSession = u32;

/// From a page to the engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Request {
    /// Send me this now and whenever it changes.
    Subscribe { sub: Sub, query: Query },
    /// No more of it.
    Unsubscribe { sub: Sub },
    /// Do this. Answered by [`Reply::Done`] once it is durable on the device (or refused).
    Command { id: CommandId, command: Command },
    /// A prose field got the focus: an editing session begins. Answered by [`Reply::Text`] with `after` 0.
    OpenText { session: TextSession, doc: DocId, at: At },
    /// Edit number `n` (from 1) of a session, made on the view `version` plus the session's own edits before `n`.
    EditText { session: TextSession, n: u32, version: u32, splices: Vec<Splice> },
    /// The field lost the focus: the engine makes what is typed durable at once.
    CloseText { session: TextSession },
    /// Are you there?
    Ping { n: u32 },
    /// Make everything durable (before a reload), then answer [`Reply::Flushed`].
    Flush,
    /// The page goes away.
    Bye,
}

/// From the engine to a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Reply {
    /// What a query shows, whole.
    View { sub: Sub, view: View },
    /// Changed rows of a [`View::Plan`] already sent.
    Rows { sub: Sub, changed: Vec<ProjectRow>, gone: Vec<DocId> },
    /// A command is durable, or why it was not carried out.
    Done { id: CommandId, result: Result<Done, Refusal> },
    /// The text of a session. `after` is the number of the page's last edit it contains: a page with newer edits ignores it.
    /// `version` counts up with every text sent.
    Text { session: TextSession, version: u32, after: u32, text: String },
    /// The session cannot go on (the document went away, became read-only, or the session is unknown).
    TextEnded { session: TextSession, why: Refusal },
    /// Here.
    Pong { n: u32 },
    /// Everything is durable.
    Flushed,
}

/// What a command brought.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Done {
    /// It is durable.
    Durable,
    /// It made this document.
    Made { doc: DocId },
    /// It made an invitation: the address to hand on. Never stored.
    Invitation { link: String },
}

/// Why something was not carried out; `code` is a message key (`refusal-…`), `detail` is for a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// A stable word, such as `not-a-writer`, `read-only`, `newer-schema`, `bad-value`, `transition`, `offline`,
    /// `invitation-unknown`, `invitation-used`, `invitation-expired`, `storage-full`, `storage-lost`, `busy`.
    pub code: String,
    /// What exactly.
    pub detail: String,
}

/// What a person does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Command {
    /// Joins a workspace by an invitation's secret; works only with the hub in reach. Idempotent by the device's key.
    Join { secret: String, label: String },
    /// Edits a document.
    Edit { doc: DocId, edit: Edit },
    /// Proposes a project for a plan (state PROPOSED, led by one's own party unless the Secretariat says otherwise).
    CreateProject { doc: DocId, plan: DocId, title: String, lead: PartyCode },
    /// Says something about a subject in the voice of one's own party (made when it is the first word).
    Comment { subject: DocId, id: EntityId, about: Option<EntityId>, text: String },
    /// Calls a meeting (chair or Secretariat).
    CreateMeeting { doc: DocId, framework: Framework, meeting: MeetingType, title: String, start: Option<When> },
    /// Makes an invitation; works only with the hub in reach.
    Invite { party: PartyCode, role: Role, days: u16 },
    /// Takes a device's rights away; works only with the hub in reach.
    RevokeDevice { device: DeviceId },
    /// Try the hub now, without waiting for the next attempt.
    Reconnect,
    /// A refused or held edit goes away from the list after its author has read it.
    Dismiss { command: CommandId },
}

/// What a page wants to show.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Query {
    /// The header: who I am, how the link is, what is not sent. Always subscribed.
    Shell,
    /// What needs me.
    Today,
    /// All work plans.
    Plans,
    /// One work plan with its projects.
    Plan { doc: DocId },
    /// One project.
    Project { doc: DocId },
    /// All meetings by gathering.
    Meetings,
    /// One meeting with its sessions.
    Meeting { doc: DocId },
    /// Parties, officers, devices.
    People,
    /// This device: storage, workspace, quarantine.
    Device,
}

/// What the engine shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum View {
    /// For [`Query::Shell`].
    Shell(ShellView),
    /// For [`Query::Today`].
    Today(TodayView),
    /// For [`Query::Plans`].
    Plans(PlansView),
    /// For [`Query::Plan`].
    Plan(Box<PlanView>),
    /// For [`Query::Project`].
    Project(Box<ProjectView>),
    /// For [`Query::Meetings`].
    Meetings(MeetingsView),
    /// For [`Query::Meeting`].
    Meeting(Box<MeetingView>),
    /// For [`Query::People`].
    People(PeopleView),
    /// For [`Query::Device`].
    Device(DeviceView),
    /// The document is not on this device (yet): not known, not permitted, or still on its way.
    Absent { loading: bool },
}

/// Where a record's words are. Never better than the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "kebab-case")]
pub enum Mark {
    /// Applied, not yet flushed to this device's disk.
    Pending,
    /// Durable on this device only.
    Device,
    /// The hub has committed it.
    Hub,
    /// So many delegations have it durably.
    Seen { delegations: u16 },
    /// The hub refused an edit of this record; the words are kept for their author.
    Refused,
}

/// How the device reaches the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// Not at all.
    Offline,
    /// Trying.
    Connecting,
    /// By WebSocket.
    Live,
    /// By plain HTTP.
    Http,
}

/// Who is here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Me {
    /// The person.
    pub person: PersonId,
    /// This device.
    pub device: DeviceId,
    /// For which party.
    pub party: PartyCode,
    /// That party's name.
    pub party_name: String,
    /// In which role.
    pub role: Role,
    /// The chair terms' ordinals in effect today for this party, if it is in the chair.
    pub chair_of: Vec<(Framework, u16)>,
}

/// The header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShellView {
    /// None before joining.
    pub me: Option<Me>,
    /// The workspace's name.
    pub workspace: String,
    /// Whether it is the sample record.
    pub sample: bool,
    /// The link.
    pub link: Link,
    /// Changes not yet acknowledged, refused ones excepted.
    pub unsent: u32,
    /// Edits the hub refused, waiting for their author.
    pub refused: Vec<RefusedEdit>,
    /// First load: documents still to come.
    pub loading: u32,
    /// Something the person must know about this device: a message key (`notice-memory-only`, `notice-revoked`,
    /// `notice-storage-full`, `notice-newer-hub`, `notice-second-tab`).
    pub notice: Option<String>,
    /// When the hub was last heard: milliseconds since 1970 by this device's clock.
    pub last_contact: Option<u64>,
}

/// An edit that could not be sent or was refused; its words are here to read and copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefusedEdit {
    /// The command.
    pub command: CommandId,
    /// The document.
    pub doc: DocId,
    /// The document's title, as far as it is known.
    pub title: String,
    /// Why: the hub's word.
    pub why: String,
    /// What the person wrote, as text.
    pub words: String,
}

/// What needs me.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    /// Projects of my party with two standing claims.
    pub to_decide: Vec<ProjectRow>,
    /// Projects of my party, not completed.
    pub mine: Vec<ProjectRow>,
    /// Meetings whose last day is not before today, soonest first; else the latest ones.
    pub meetings: Vec<MeetingRow>,
    /// Whether those meetings are all over.
    pub past: bool,
}

/// All plans.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlansView {
    /// The plans, newest period first, ACCSM before ACCSM+3.
    pub plans: Vec<PlanCard>,
}

/// A plan in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanCard {
    /// Its document.
    pub doc: DocId,
    /// Title.
    pub title: String,
    /// Framework.
    pub framework: Framework,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
    /// State.
    pub state: Standing<PlanState>,
    /// When it was adopted.
    pub adopted: Option<When>,
    /// Total published at adoption.
    pub published_total: Option<u32>,
    /// Projects on this device.
    pub here: u32,
    /// Of those, by shown status (published, or else claimed).
    pub by_status: BTreeMap<ProjectStatus, u32>,
    /// Where its words are.
    pub mark: Mark,
}

/// A state set by acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing<T> {
    /// The state.
    pub state: T,
    /// Whether the act behind it is not acknowledged by the hub yet.
    pub provisional: bool,
}

/// One plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanView {
    /// Its card.
    pub card: PlanCard,
    /// The document: goal, enablers, taxonomy (collection `areas`), acts.
    pub snapshot: Snapshot,
    /// Whether I may write the plan itself.
    pub may_write: bool,
    /// Whether I may propose a project.
    pub may_propose: bool,
    /// Its projects.
    pub rows: Vec<ProjectRow>,
    /// Where each record's words are: entities of the plan's document.
    pub marks: BTreeMap<EntityId, Mark>,
    /// The plan of the other framework for the same period, if it is here.
    pub sibling: Option<DocId>,
    /// States an act of mine may move it to now.
    pub next: Vec<PlanState>,
}

/// A project in a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectRow {
    /// Its document.
    pub doc: DocId,
    /// Its plan.
    pub plan: DocId,
    /// Reference number, once assigned.
    pub reference: Option<String>,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: Option<ProjectKind>,
    /// Lead and co-leads, lead first.
    pub leads: Vec<PartyCode>,
    /// Entity of the plan's taxonomy.
    pub area: Option<EntityId>,
    /// Claimed statuses standing; more than one: to be decided by the lead.
    pub claimed: Vec<ProjectStatus>,
    /// Status published by the Secretariat.
    pub published: Option<Standing<ProjectStatus>>,
    /// First planned start and end ever claimed.
    pub planned: (Option<When>, Option<When>),
    /// Planned start and end now; of several standing claims the earliest made.
    pub current: (Option<When>, Option<When>),
    /// Actual start and end.
    pub actual: (Option<When>, Option<When>),
    /// Remarks.
    pub remarks: String,
    /// Progress note.
    pub note: String,
    /// When its lead last confirmed it.
    pub confirmed: Option<When>,
    /// Carried over from an earlier plan.
    pub carried_from: Option<DocId>,
    /// Whether I may edit it.
    pub may_write: bool,
    /// Where its words are.
    pub mark: Mark,
}

impl ProjectRow {
    /// The status a table shows: published; else the one claim; else none.
    #[must_use]
    pub fn shown(&self) -> Option<ProjectStatus> {
        self.published.map(|standing| standing.state).or(match self.claimed.as_slice() {
            [one] => Some(*one),
            _ => None,
        })
    }
}

/// One project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectView {
    /// Its row.
    pub row: ProjectRow,
    /// The document, whole: root fields, `activities`, `indicators`, `reports`, claims.
    pub snapshot: Snapshot,
    /// The plan's title.
    pub plan_title: String,
    /// The plan's taxonomy: entity, code, title.
    pub areas: Vec<(EntityId, String, String)>,
    /// The project it carries on, with its plan's title.
    pub carried_from: Option<(DocId, String)>,
    /// The project that carries it on.
    pub carried_to: Option<(DocId, String)>,
    /// What parties say about it, oldest first.
    pub comments: Vec<CommentView>,
    /// Whether I may edit it; false also for a document of a newer schema.
    pub may_write: bool,
    /// Whether I may publish its status.
    pub may_publish: bool,
    /// Whether I may comment.
    pub may_comment: bool,
    /// Where each record's words are: the root under the document's own id read as an entity id.
    pub marks: BTreeMap<EntityId, Mark>,
    /// Statuses I may claim now.
    pub next: Vec<ProjectStatus>,
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

/// Parties, officers, devices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeopleView {
    /// In protocol order: members by English name, then Plus Three, partners, the Secretariat.
    pub parties: Vec<PartyView>,
    /// Whether I may invite.
    pub may_invite: bool,
    /// For which parties.
    pub invite_for: Vec<PartyCode>,
}

/// A party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartyView {
    /// Its code.
    pub code: PartyCode,
    /// Official English name.
    pub name: String,
    /// Names in other languages: tag, name.
    pub names: Vec<(String, String)>,
    /// Kind.
    pub kind: Option<PartyKind>,
    /// Its agencies: name.
    pub agencies: Vec<String>,
    /// Memberships: framework, status, from, to.
    pub memberships: Vec<(Framework, MembershipStatus, Option<Date>, Option<Date>)>,
    /// The chair terms it holds or held: framework, ordinal.
    pub terms: Vec<(Framework, u16)>,
    /// Its officers by role.
    pub officers: Vec<OfficerView>,
    /// The highest cursor of its devices against the head: entries it has not got; none if never in contact.
    pub behind: Option<u64>,
    /// Sources its record names.
    pub sources: Vec<String>,
}

/// An officer: shown by role, never by an invented name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficerView {
    /// The person.
    pub person: PersonId,
    /// Role.
    pub role: Role,
    /// From.
    pub from: Date,
    /// To.
    pub to: Option<Date>,
    /// Devices this person joined with, as far as I may see them.
    pub devices: Vec<DeviceLine>,
}

/// A device in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// Its id.
    pub id: DeviceId,
    /// Its label.
    pub label: String,
    /// Whether its rights were taken away.
    pub revoked: bool,
    /// Whether it is this one.
    pub this: bool,
    /// Whether I may revoke it.
    pub may_revoke: bool,
}

/// This device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeviceView {
    /// Documents here, by kind.
    pub documents: BTreeMap<DocKind, u32>,
    /// Bytes of documents and outbox in the local store.
    pub bytes: u64,
    /// Entries behind the hub when last heard.
    pub cursor: u64,
    /// The hub's newest number when last heard.
    pub head: u64,
    /// The hub's address.
    pub hub: String,
    /// The build of the engine.
    pub build: String,
}
