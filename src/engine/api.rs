//! What a page and the engine say to each other: commands, queries and views, plain serde structs, as
//! [`wire`] writes them.
//!
//! This module is all that the `ui` room sees of the engine. It names no CRDT and is built without Automerge. A page and
//! an engine of different builds never exchange these (see `engine::web`): they compare builds first.

mod attention;
mod audit;
mod cells;
mod changes;
mod comments;
mod delegations;
mod drafts;
mod history;
mod meetings;
mod papers;
mod people;
mod plans;
mod presence;
mod report;
mod shell;
mod undo;
mod versions;
mod who;
pub mod wire;

use serde::{Deserialize, Serialize};

pub use self::{
    attention::*, audit::*, cells::*, changes::*, comments::*, delegations::*, drafts::*, history::*, meetings::*,
    papers::*, people::*, plans::*, presence::*, report::*, shell::*, undo::*, versions::*, who::*,
};
use crate::domain::{
    At, DeviceId, DocId, Edit, EntityId, Framework, PartyCode, Role, Splice, Value, When,
    comment::Settled,
    meeting::{Beside, MeetingType, Mode, dates::Dates, options::Answer},
    paper::FileHash,
    person::{Follow, ReadMark},
    plan::PlanState,
    project::ProjectStatus,
};

/// Id of a command: made by the page, resent until answered, carried out once.
pub type CommandId = EntityId;
/// Number of a subscription, by page.
pub type Sub = u32;
/// Number of a text editing session, by page.
pub type TextSession = u32;

/// From a page to the engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Send me this now and whenever it changes.
    Subscribe { sub: Sub, query: Query },
    /// No more of it.
    Unsubscribe { sub: Sub },
    /// What you sent of this first is drawn: now the rest, where it is sent by and by ([`Query::Changes`]).
    More { sub: Sub },
    /// Do this. Answered by [`Reply::Done`] once it is durable on the device (or refused).
    Command { id: CommandId, command: Command },
    /// A prose field got the focus: an editing session begins. Answered by [`Reply::Text`] with `after` 0.
    OpenText { session: TextSession, doc: DocId, at: At },
    /// Edit number `n` (from 1) of a session, made on the view `version` plus the session's own edits before `n`.
    EditText { session: TextSession, n: u32, version: u32, splices: Vec<Splice> },
    /// The field lost the focus: the engine makes what is typed durable at once.
    CloseText { session: TextSession },
    /// Say this in passing to those who are in a document, as [`Query::Presence`] asks; never kept, and not answered.
    Say { doc: DocId, say: Say },
    /// Are you there?
    Ping { n: u32 },
    /// Make everything durable (before a reload), then answer [`Reply::Flushed`].
    Flush,
    /// The page goes away.
    Bye,
}

/// From the engine to a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_pointer_width = "64", expect(clippy::large_enum_variant, reason = "one lives for a moment"))]
pub enum Reply {
    /// What a query shows, whole.
    View { sub: Sub, view: View },
    /// What changed of a [`View::Plan`] already sent: everything but its rows, where any of that did, and single rows.
    Rows { sub: Sub, head: Option<Box<PlanView>>, changed: Vec<ProjectRow>, gone: Vec<DocId> },
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
pub enum Done {
    /// It is durable.
    Durable,
    /// It made this document.
    Made { doc: DocId },
    /// It made an invitation: the address to hand on. Never stored.
    Invitation { link: String },
    /// The copy: what its file is called, and what it says.
    Export { name: String, text: String },
    /// A piece of a file; empty at its end.
    Piece { bytes: Vec<u8> },
    /// Nothing was taken back yet: others have changed the same since.
    Overtaken(Overtaken),
    /// What the hub says of its log. Never stored.
    Audit(Box<AuditAnswer>),
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
pub enum Command {
    /// Joins a workspace by an invitation's secret; works only with the hub in reach. Idempotent by the device's key.
    Join { secret: String, label: String },
    /// Edits a document.
    Edit { doc: DocId, edit: Edit },
    /// The same as one of several that are done in one go, a paste or many rows at once: they are undone together. `of` is the
    /// same for all of them.
    Part { of: CommandId, doc: DocId, edit: Edit },
    /// Proposes a project for a plan (state PROPOSED, led by one's own party unless the Secretariat says otherwise).
    CreateProject { doc: DocId, plan: DocId, title: String, lead: PartyCode },
    /// Begins a draft of a project for a plan: only one's own party ever has it.
    CreateDraft { doc: DocId, plan: DocId, title: String },
    /// Submits a draft that somebody else approved: what it says becomes a project of its plan, proposed by its party.
    SubmitDraft { draft: DocId },
    /// Says something about a subject in the voice of one's own party (made when it is the first word).
    Comment { subject: DocId, id: EntityId, about: Option<EntityId>, text: String },
    /// The same, as a question: it stands open until somebody entitled says that it is answered.
    Ask { subject: DocId, id: EntityId, about: Option<EntityId>, text: String },
    /// Says in one's own party's voice that a question is answered, or open again: who asked, a lead, or the Secretariat.
    Settle { subject: DocId, question: EntityId, to: Settled, reason: String },
    /// Suggests that a project becomes one with another of its plan (Secretariat): a question on both, by the ids given.
    SuggestMerge { project: DocId, into: DocId, questions: [EntityId; 2], text: String },
    /// Agrees to that, as a lead: first the one that takes the other in, whose leads become its co-leads; then the other.
    Agree { subject: DocId, question: EntityId },
    /// Lets a co-lead write a project (chair or Secretariat).
    LetWrite { project: DocId, party: PartyCode },
    /// Reserves the next numbers of every area of a plan for this device (Secretariat); works only with the hub in reach.
    ReserveNumbers { plan: DocId, count: u32 },
    /// Gives a project its reference number (Secretariat). It is never taken back and never given again.
    AssignNumber { project: DocId, reference: String },
    /// Does something in the report of a session, beside writing in it.
    Report { session: DocId, what: ReportCommand },
    /// Calls a meeting (chair or Secretariat).
    CreateMeeting { doc: DocId, framework: Framework, meeting: MeetingType, title: String, start: Option<When> },
    /// Calls the meeting that follows another of its kind, with its agenda (chair or Secretariat): made once however many do
    /// it. Its ordinal is what the person says.
    FollowMeeting { previous: DocId, title: String, ordinal: Option<i64>, start: Option<When> },
    /// Calls a meeting beside another one: of ACCSM+3, with what is not for a closed session of that one's agenda, or its open
    /// session for everyone, with what is (chair or Secretariat).
    MeetBeside { of: DocId, doc: DocId, beside: Beside, title: String, start: Option<When> },
    /// Fixes a meeting's days and times, or moves them with a reason.
    FixDates { meeting: DocId, to: Dates, reason: String },
    /// Changes how people attend a meeting; with a reason where it was said before.
    ChangeMode { meeting: DocId, to: Mode, reason: String },
    /// Proposes an item for an agenda in the voice of one's own party: `fields` are those of a voice's `proposals`.
    ProposeItem { session: DocId, id: EntityId, fields: Vec<(String, Value)>, text: String },
    /// Takes a proposal over into the agenda (chair or Secretariat); where that is adopted, as a change in session.
    TakeProposal { session: DocId, proposal: EntityId, reason: String },
    /// Declines a proposal and says why (chair or Secretariat).
    DeclineProposal { session: DocId, proposal: EntityId, reason: String },
    /// Changes an adopted agenda by one edit, with its reason (chair).
    AmendAgenda { session: DocId, edit: Edit, reason: String },
    /// Makes room for a note at an item in the annotated agenda (chair or Secretariat). Answers its document.
    Annotate { session: DocId, item: EntityId },
    /// Adds somebody to one's own party's delegation: `fields` are those of a voice's `delegates`.
    AddDelegate { meeting: DocId, id: EntityId, fields: Vec<(String, Value)> },
    /// Says in the voice of one's own party whether it can come on days proposed for a meeting; no answer takes back what was said.
    AnswerDates { meeting: DocId, option: EntityId, answer: Option<Answer> },
    /// Makes room for what one's own party tells the host of its delegates. Answers its document.
    OpenLogistics { meeting: DocId },
    /// Moves a plan in its life (chair or Secretariat). An endorsement and an adoption freeze every project as it is here. To
    /// where it has come already with versions that never reached the hub: freezes it once more.
    AdvancePlan {
        plan: DocId,
        to: PlanState,
        meeting: Option<DocId>,
        decision: Option<EntityId>,
        on: Option<When>,
        reason: String,
    },
    /// Says how a project ended, as its lead: completed, cancelled, or merged into another of its plan.
    SetFate { project: DocId, fate: ProjectStatus, reason: String, merged_into: Option<DocId> },
    /// Opens the pen of a plan to all focal points, or closes it.
    SetPen { plan: DocId, open: bool },
    /// Carries a project over into a later plan, as its lead: there it becomes a proposal that names it, made once however
    /// many do it.
    CarryOver { project: DocId, plan: DocId, reason: String },
    /// Starts the plan that goes on from another, with its areas, goal and enablers (chair or Secretariat).
    CreatePlan { previous: DocId, title: String, from: i16, to: i16 },
    /// Makes an invitation; works only with the hub in reach.
    Invite { whom: Invitee, days: u16 },
    /// Takes a device's rights away; works only with the hub in reach.
    RevokeDevice { device: DeviceId },
    /// Asks for the log of the hub (Secretariat); works only with the hub in reach.
    Audit(AuditAsk),
    /// Try the hub now, without waiting for the next attempt.
    Reconnect,
    /// A refused or held edit goes away from the list after its author has read it.
    Dismiss { command: CommandId },
    /// A refused edit is carried out once more, on its document as it is now, and goes to the hub again. What cannot be
    /// carried out stays refused.
    OfferAgain { command: CommandId },
    /// The edits of a document that are held for review go to the hub: their author has looked at them.
    Release { doc: DocId },
    /// They do not: they are taken out of the document, and their words stay with the refused ones.
    PutAside { doc: DocId },
    /// A copy of what is here, and first of what is not sent, as text for the person to keep elsewhere.
    Export,
    /// Brings a piece of a file for a paper: 256 KiB each, the last one shorter, in order. Answered when it is on the disk.
    AddPiece { doc: DocId, hash: FileHash, size: u64, at: u64, bytes: Vec<u8> },
    /// Makes a paper of the file once all of it was brought.
    AddPaper { doc: DocId, new: NewPaper },
    /// Has a paper's file here, keeps it, or lets it go.
    HoldPaper { doc: DocId, hash: FileHash, size: u64, hold: Hold },
    /// Keeps all papers of a meeting here, also those that come later; or keeps them no more.
    HoldPack { meeting: DocId, keep: bool },
    /// Marks as read what a page has shown: everything, or what belongs to one plan or meeting.
    MarkRead { of: Option<DocId>, mark: ReadMark },
    /// Follows a document or a record of it from now on, or no more: on all devices of the person, and for nobody else.
    Follow { what: Follow, on: bool },
    /// Brings back, as new changes, what a record said once a sitting was over that ended with a change; the document itself by
    /// its own id, all of it with none.
    BringBack { doc: DocId, record: Option<EntityId>, id: [u8; 32] },
    /// Takes back what the person did last on the page of a document, on this device; with `again` does again what was taken
    /// back last. Where others have changed the same since, it answers [`Done::Overtaken`], unless `anyway` names the unit.
    Undo { of: DocId, again: bool, anyway: Option<EntityId> },
    /// Reads the piece of a file that begins at `at`.
    ReadPaper { doc: DocId, hash: FileHash, at: u64 },
}

/// Whom an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Invitee {
    /// Someone who is to act for a party.
    Someone { party: PartyCode, role: Role },
    /// Oneself, on a further device.
    Myself,
}

/// What a page wants to show.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Query {
    /// The header: who I am, how the link is, what is not sent. Always subscribed.
    Shell,
    /// What needs me.
    Today,
    /// All work plans.
    Plans,
    /// One work plan with its projects.
    Plan { doc: DocId },
    /// The projects of a plan in one version.
    PlanVersion { doc: DocId, version: Version },
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
    /// Who else is in a document now. Whoever asks is in it, and is seen by the others.
    Presence { doc: DocId },
    /// The papers of one meeting and of its sessions.
    Papers { doc: DocId },
    /// The newest sittings of a document, or of a record in it (the document itself by its own id), as many as asked for.
    History { doc: DocId, record: Option<EntityId>, most: u32 },
    /// What the sitting did that ended with a change.
    Sitting { doc: DocId, record: Option<EntityId>, id: [u8; 32] },
    /// A document as it was after a sitting; none: as it is.
    Past { doc: DocId, id: Option<[u8; 32]> },
    /// What differs between two versions; none: as it is.
    Compare { doc: DocId, record: Option<EntityId>, before: Option<[u8; 32]>, after: Option<[u8; 32]> },
    /// What others said of a document at the same time as the person, and is not read yet.
    AtOnce { doc: DocId },
    /// Who wrote the words of a prose field.
    Written { doc: DocId, at: At },
    /// The values that stand beside each other in a field.
    Apart { doc: DocId, at: At },
    /// What the person can take back on the page of a document.
    Undo { of: DocId },
    /// What others did since then, everywhere or in one document and what belongs to it.
    Changes { since: Since, of: Option<DocId> },
    /// What the person follows, and how much others did in it that the person has not read.
    Following,
}

/// What the engine shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum View {
    /// For [`Query::Shell`].
    Shell(Box<ShellView>),
    /// For [`Query::Today`].
    Today(TodayView),
    /// For [`Query::Plans`].
    Plans(PlansView),
    /// For [`Query::Plan`].
    Plan(Box<PlanView>),
    /// For [`Query::PlanVersion`].
    PlanVersion(PlanVersionView),
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
    /// For [`Query::Presence`].
    Presence(PresenceView),
    /// For [`Query::Papers`].
    Papers(PapersView),
    /// For [`Query::History`].
    History(HistoryView),
    /// For [`Query::Sitting`].
    Sitting(SittingView),
    /// For [`Query::Past`].
    Past(PastView),
    /// For [`Query::Compare`].
    Compare(Vec<Difference>),
    /// For [`Query::AtOnce`].
    AtOnce(Vec<ChangedBy>),
    /// For [`Query::Written`].
    Written(Vec<Written>),
    /// For [`Query::Apart`].
    Apart(Vec<Apart>),
    /// For [`Query::Undo`].
    Undo(UndoView),
    /// For [`Query::Changes`].
    Changes(Box<ChangesView>),
    /// For [`Query::Following`].
    Following(FollowingView),
    /// The document is not on this device (yet): not known, not permitted, or still on its way.
    Absent { loading: bool },
}
