//! The engine without a browser: what comes in, what must happen, nothing else.
//!
//! Deterministic: time and one seed come in as arguments, so that the fault simulator can drive it. Reading order:
//! `store` (what is kept), `journal` (when it is written), `outbox`, `documents`, then what uses them: `edits`, `arrivals`,
//! `link`, `views`. The order of an edit is apply, show, make durable, and only then send; nothing here may break it.

pub mod account;
pub mod chunk;
mod clock;
pub mod dice;
pub mod disk;
pub mod documents;
pub mod facts;
pub mod files;
pub mod journal;
pub mod outbox;
pub mod rows;
pub mod store;

mod again;
mod agendas;
mod arrivals;
mod audit;
mod beside;
mod calls;
mod closing;
mod comeback;
mod coming;
mod commands;
mod create;
mod damage;
mod delegations;
mod drafts;
mod edits;
mod export;
mod floor;
mod history;
mod inspect;
mod lately;
mod life;
mod link;
mod loading;
mod marks;
mod meetings;
mod merging;
mod news;
mod numbers;
mod open;
mod options;
mod pack;
mod pages;
mod past;
mod pen;
mod points;
mod presence;
mod questions;
mod refusals;
mod report;
mod review;
pub mod rewind;
mod rules;
mod signing;
mod text;
mod views;
mod workspace;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub use self::open::crash_counts;
use self::{
    account::{Account, Position},
    calls::Calls,
    comeback::ComeBack,
    dice::Dice,
    disk::Standing,
    documents::Documents,
    facts::Facts,
    files::{FileOutcome, FileWork, Files, JobId},
    journal::Journal,
    marks::Heard,
    outbox::Outbox,
    pages::{Dirty, Pages, Waiting},
    presence::Presence,
    refusals::Quarantined,
    rewind::Rewinding,
    rows::Row,
    signing::Signing,
    store::{Contents, StoreError, Write},
};
use crate::{
    domain::{Catalogue, DocId, PartyCode, WorkspaceId},
    engine::api::{CommandId, Refusal, Reply, Request},
    sync::{
        client::{Client, Event, Transport},
        history::History,
    },
};

/// A page's port, numbered by the shell.
pub type PortId = u32;
/// A call over HTTP or to the device's key, numbered by the engine.
pub type CallId = u32;

/// What the shell tells the engine.
#[derive(Debug)]
pub enum Input {
    /// A page asks.
    Request { port: PortId, request: Request },
    /// A page is gone.
    Gone { port: PortId },
    /// The workspace's store is open (answer to [`Output::OpenStore`], or at the start). With `volatile` nothing that is
    /// written will outlive the engine.
    Opened { contents: Box<Contents>, volatile: bool },
    /// The transaction is on the disk.
    Stored,
    /// It is not, and nothing of it.
    StoreFailed(StoreError),
    /// A document's chunks, in the order of their keys.
    Read { doc: DocId, chunks: Vec<(String, Vec<u8>)> },
    /// They could not be read.
    ReadFailed { doc: DocId, error: StoreError },
    /// A way to the hub is open.
    Up(Transport),
    /// It is not any more, or could not be opened.
    Down,
    /// A message came over the stream.
    Message(Vec<u8>),
    /// The answer to an exchange: the body, or none when there was no good one.
    Answer { request: crate::sync::client::Request, body: Option<Vec<u8>> },
    /// The answer to a call: status and body, none when the hub could not be reached.
    Called { call: CallId, answer: Option<(u16, Vec<u8>)> },
    /// The signatures that were asked for (`r || s`, in that order); none when this device cannot sign.
    Signed { call: CallId, signatures: Option<Vec<[u8; 64]>> },
    /// How the store stands, where it neither opened nor failed.
    Standing(Standing),
    /// How something that was to be done with a file went.
    File { job: JobId, outcome: FileOutcome },
    /// A network is there again: try the hub now.
    Online,
    /// Time has passed.
    Tick,
}

/// What the engine wants done.
#[derive(Debug, PartialEq)]
pub enum Output {
    /// Tell a page.
    Reply { port: PortId, reply: Reply },
    /// Open (or make) the store of this workspace, remember that it is the one, answer [`Input::Opened`].
    OpenStore(WorkspaceId),
    /// Write this with strict durability, answer [`Input::Stored`] or [`Input::StoreFailed`].
    Write(Write),
    /// Read all chunks of a document, answer [`Input::Read`] or [`Input::ReadFailed`].
    Read { doc: DocId },
    /// Open a way to the hub, answer [`Input::Up`] or [`Input::Down`].
    Dial,
    /// Close it.
    HangUp,
    /// Send these messages over the stream.
    Send(Vec<Vec<u8>>),
    /// Post this body, answer [`Input::Answer`].
    Exchange { request: crate::sync::client::Request, token: String, body: Vec<u8> },
    /// Sign these texts with the device's key (ECDSA, P-256, SHA-256), answer [`Input::Signed`].
    Sign { call: CallId, texts: Vec<Vec<u8>> },
    /// Post this JSON, answer [`Input::Called`].
    Call { call: CallId, path: &'static str, token: Option<String>, body: String },
    /// Do this with a file, answer [`Input::File`].
    File { job: JobId, work: FileWork },
}

/// What does not change while an engine lives.
#[derive(Debug, Clone)]
pub struct Settings {
    /// 32 random bytes.
    pub seed: [u8; 32],
    /// The hub's address, for showing and for invitation links.
    pub hub: String,
    /// The build, for showing.
    pub build: String,
    /// The device's public key as joining sends it.
    pub public_key: String,
}

/// The engine.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    dice: Dice,
    /// By which everything is timed: milliseconds since 1970, never going back.
    now: u64,
    /// How far it is ahead of this device's clock, which somebody set back.
    ahead: u64,
    out: Vec<Output>,
    journal: Journal,
    volatile: bool,
    opened: bool,
    account: Option<Account>,
    position: Position,
    /// What the hub's facts say, in its order.
    acknowledged: Catalogue,
    /// The same with this device's own facts on top.
    catalogue: Catalogue,
    facts: Facts,
    rows: BTreeMap<DocId, Row>,
    documents: Documents,
    /// Documents that crashed their loader, and how often.
    crashed: BTreeMap<DocId, u32>,
    outbox: Outbox,
    quarantine: BTreeMap<CommandId, Quarantined>,
    done: VecDeque<CommandId>,
    seen: BTreeMap<PartyCode, Heard>,
    /// When each party was last heard, by the hub's clock: milliseconds since 1970.
    contact: BTreeMap<PartyCode, u64>,
    /// The hub's newest number when it greeted this device on the present link.
    welcomed: Option<u64>,
    /// The number at which each party's rights last changed.
    rights_since: BTreeMap<PartyCode, u64>,
    /// Parties whose rights rest on what has no number at the hub: it lost it, or did not get it yet.
    rights_open: BTreeSet<PartyCode>,
    /// Whether what others have is not on the disk as it was last heard.
    seen_news: bool,
    client: Option<Client>,
    inbox: VecDeque<Event>,
    told: arrivals::Told,
    coming: coming::Coming,
    amiss: damage::Amiss,
    lately: lately::Lately,
    news: news::News,
    histories: history::Histories,
    pages: Pages,
    typings: text::Typings,
    waiting: Vec<Waiting>,
    calls: Calls,
    signing: Signing,
    history: History,
    rewinding: Rewinding,
    presence: Presence,
    files: Files,
    comeback: ComeBack,
    dirty: Dirty,
    last_contact: Option<u64>,
    /// The hub's clock less this one, in milliseconds.
    hub_ahead: i64,
    notice: Option<&'static str>,
    company_at: u64,
}

/// Commands remembered as done.
const REMEMBERED: usize = 256;

impl Engine {
    /// An engine that waits for its store.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            dice: Dice::new(settings.seed),
            settings,
            now: 0,
            ahead: 0,
            out: Vec::new(),
            journal: Journal::default(),
            volatile: false,
            opened: false,
            account: None,
            position: Position::default(),
            acknowledged: Catalogue::default(),
            catalogue: Catalogue::default(),
            facts: Facts::default(),
            signing: Signing::default(),
            history: History::default(),
            rewinding: Rewinding::default(),
            presence: Presence::default(),
            files: Files::default(),
            comeback: ComeBack::default(),
            rows: BTreeMap::new(),
            documents: Documents::default(),
            crashed: BTreeMap::new(),
            outbox: Outbox::default(),
            quarantine: BTreeMap::new(),
            done: VecDeque::new(),
            seen: BTreeMap::new(),
            contact: BTreeMap::new(),
            rights_since: BTreeMap::new(),
            rights_open: BTreeSet::new(),
            seen_news: false,
            client: None,
            inbox: VecDeque::new(),
            told: arrivals::Told::default(),
            coming: coming::Coming::default(),
            amiss: damage::Amiss::default(),
            lately: lately::Lately::default(),
            news: news::News::default(),
            histories: history::Histories::default(),
            pages: Pages::default(),
            typings: text::Typings::new(),
            waiting: Vec::new(),
            calls: Calls::default(),
            dirty: Dirty::default(),
            welcomed: None,
            last_contact: None,
            hub_ahead: 0,
            notice: None,
            company_at: 0,
        }
    }

    /// Takes in what happened at `clock` (milliseconds since 1970, by this device's clock, which somebody may set) and
    /// answers what must be done, in order.
    pub fn handle(&mut self, clock: u64, input: Input) -> Vec<Output> {
        self.time_is(clock);
        match input {
            Input::Request { port, request } => self.request(port, request),
            Input::Gone { port } => self.gone(port),
            Input::Opened { contents, volatile } => self.open(&contents, volatile),
            Input::Stored => {
                let after = self.journal.stored();
                self.durable(after);
            }
            Input::StoreFailed(error) => self.store_failed(error),
            Input::Read { doc, chunks } => self.read(doc, &chunks),
            Input::ReadFailed { doc, error } => self.read_failed(doc, error),
            Input::Up(transport) => self.up(transport),
            Input::Down => self.down(),
            Input::Message(bytes) => self.message(&bytes),
            Input::Answer { request, body } => self.answer(request, body.as_deref()),
            Input::Called { call, answer } => self.called(call, answer),
            Input::Signed { call, signatures } => self.signed(call, signatures),
            Input::File { job, outcome } => self.filed(job, outcome),
            Input::Standing(standing) => self.standing(standing),
            Input::Online => self.reconnect(),
            Input::Tick => {}
        }
        self.settle();
        std::mem::take(&mut self.out)
    }

    /// The public key, where it is known only after the engine was made.
    pub fn set_public_key(&mut self, public_key: String) {
        self.settings.public_key = public_key;
    }

    /// Whether everything said so far is on the disk.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.journal.is_clean() && !self.text_pending()
    }

    /// Carries on whatever can be carried on, then shows, writes and sends.
    fn settle(&mut self) {
        self.text_due();
        self.look_after();
        loop {
            let moved = self.resume_waiting() | self.take_arrivals() | self.gather_lost();
            if !moved {
                break;
            }
        }
        self.look_around();
        self.drive();
        self.move_files();
        self.catch_up_in_time();
        self.show();
        while let Some(after) = self.journal.idle() {
            self.durable(after);
        }
        if let Some(write) = self.opened.then(|| self.journal.next(self.now)).flatten() {
            self.out.push(Output::Write(write));
        }
        if self.journal.is_clean() {
            // What is not on the disk yet must not be read back from it.
            let needed = self.needed();
            self.documents.evict(&needed);
        }
    }

    fn reply(&mut self, port: PortId, reply: Reply) {
        self.out.push(Output::Reply { port, reply });
    }

    /// A command was carried out: sent again it is answered and not run again. Those that a crash left unanswered are
    /// in the outbox when the engine starts, so memory is enough.
    fn remember(&mut self, command: CommandId) {
        if !self.done.contains(&command) {
            self.done.push_back(command);
            while self.done.len() > REMEMBERED {
                self.done.pop_front();
            }
        }
    }
}

/// A refusal with a stable word.
fn refuse(code: &str, detail: impl Into<String>) -> Refusal {
    Refusal { code: code.to_owned(), detail: detail.into() }
}

#[cfg(test)]
mod tests;
