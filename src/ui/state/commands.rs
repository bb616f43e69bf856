//! What a person does: commands to the engine, and what is said when one is not carried out.

use std::cell::RefCell;

use leptos::prelude::{Get, Update};

use crate::{
    domain::{At, DocId, Edit, EntityId, Place, claim::ClaimKind, record::Value},
    engine::api::{Command, Done, Refusal, ReportCommand},
    ui::platform::clock,
};

use super::{link, shared, toasts};

/// Sends a command; `then` is called with what it brought. A refusal is told in the notices.
pub fn send(command: Command, then: impl FnOnce(Done) + 'static) {
    ask(command, |result| match result {
        Ok(done) => then(done),
        Err(refusal) => toasts::refused(&refusal),
    });
}

/// Sends a command; the caller tells a refusal where it belongs.
pub fn ask(command: Command, answer: impl FnOnce(Result<Done, Refusal>) + 'static) {
    if !is_written(&command) {
        link::command(clock::entity(), command, Some(Box::new(answer)));
        return;
    }
    shared().writing.update(|count| *count += 1);
    let answered = move |result| {
        shared().writing.update(|count| *count = count.saturating_sub(1));
        answer(result);
    };
    link::command(clock::entity(), command, Some(Box::new(answered)));
}

/// How many commands of this page are not on the disk yet: the engine may not have heard of them.
pub fn writing() -> u32 {
    shared().writing.get()
}

/// Whether a command is answered once it is on the disk.
const fn is_written(command: &Command) -> bool {
    match command {
        Command::Edit { .. }
        | Command::Part { .. }
        | Command::CreateProject { .. }
        | Command::CreateDraft { .. }
        | Command::SubmitDraft { .. }
        | Command::Comment { .. }
        | Command::Ask { .. }
        | Command::Settle { .. }
        | Command::AssignNumber { .. }
        | Command::SuggestMerge { .. }
        | Command::Agree { .. }
        | Command::LetWrite { .. }
        | Command::ReserveNumbers { .. }
        | Command::Report { .. }
        | Command::CreateMeeting { .. }
        | Command::FollowMeeting { .. }
        | Command::MeetBeside { .. }
        | Command::MarkRead { .. }
        | Command::Follow { .. }
        | Command::BringBack { .. }
        | Command::Undo { .. }
        | Command::FixDates { .. }
        | Command::ChangeMode { .. }
        | Command::ProposeItem { .. }
        | Command::TakeProposal { .. }
        | Command::DeclineProposal { .. }
        | Command::AmendAgenda { .. }
        | Command::Annotate { .. }
        | Command::AddDelegate { .. }
        | Command::AnswerDates { .. }
        | Command::OpenLogistics { .. }
        | Command::AdvancePlan { .. }
        | Command::SetFate { .. }
        | Command::SetPen { .. }
        | Command::CarryOver { .. }
        | Command::CreatePlan { .. }
        | Command::AddPiece { .. }
        | Command::AddPaper { .. } => true,
        Command::Join { .. }
        | Command::Invite { .. }
        | Command::RevokeDevice { .. }
        | Command::Audit(_)
        | Command::Reconnect
        | Command::Dismiss { .. }
        | Command::OfferAgain { .. }
        | Command::Release { .. }
        | Command::PutAside { .. }
        | Command::Export
        | Command::HoldPaper { .. }
        | Command::HoldPack { .. }
        | Command::ReadPaper { .. } => false,
    }
}

/// Edits a document.
pub fn edit(doc: DocId, edit: Edit) {
    send(Command::Edit { doc, edit }, |_| {});
}

/// Does something in the report of a session.
pub fn report(session: DocId, what: ReportCommand) {
    send(Command::Report { session, what }, |_| {});
}

/// Writes a scalar, naming the values that were shown there.
pub fn set(doc: DocId, at: At, value: Value, seen: Vec<Value>) {
    edit(doc, Edit::Set { at, value, seen });
}

/// Adds an entity to a collection; its id is returned at once.
pub fn add(
    doc: DocId,
    to: &str,
    place: Option<Place>,
    fields: Vec<(String, Value)>,
    texts: Vec<(String, String)>,
) -> EntityId {
    let id = clock::entity();
    edit(doc, Edit::Add { to: to.to_owned(), id, place, fields, texts });
    id
}

/// A claim about status or a date.
#[derive(Debug, Clone)]
pub struct NewClaim {
    /// About what.
    pub what: ClaimKind,
    /// The value.
    pub value: Value,
    /// On what it rests.
    pub evidence: String,
    /// Why.
    pub reason: String,
    /// The standing claims it replaces.
    pub supersedes: Vec<EntityId>,
    /// At which meeting.
    pub meeting: Option<DocId>,
}

/// Makes a claim.
pub fn claim(doc: DocId, new: NewClaim) {
    let NewClaim { what, value, evidence, reason, supersedes, meeting } = new;
    let (id, as_of) = (clock::entity(), None);
    let claim = match meeting {
        None => Edit::Claim { id, what, value, as_of, evidence, reason, supersedes },
        Some(meeting) => Edit::ClaimAt { id, what, value, as_of, evidence, reason, supersedes, meeting },
    };
    edit(doc, claim);
}

/// A field that holds back keys: its number, and what sends them.
type Holding = (u32, Box<dyn Fn()>);

thread_local! {
    static TYPING: RefCell<Vec<Holding>> = const { RefCell::new(Vec::new()) };
}

/// Registers a field that holds back keys for a moment: `flush` is called when the page may be going away. The number
/// is for [`done_typing`].
pub fn typing(number: u32, flush: impl Fn() + 'static) {
    TYPING.with_borrow_mut(|fields| fields.push((number, Box::new(flush))));
}

/// The field is gone.
pub fn done_typing(number: u32) {
    TYPING.with_borrow_mut(|fields| fields.retain(|(other, _)| *other != number));
}

/// Sends everything that fields hold back.
pub fn flush_typing() {
    TYPING.with_borrow(|fields| {
        for (_, flush) in fields {
            flush();
        }
    });
}
