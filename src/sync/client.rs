//! The device's machine: what to send when, what came, and what is certain.
//!
//! It holds no clock and no socket: every method that needs the time takes `now` in milliseconds, any clock that does
//! not go back. It must never call an item acknowledged that the hub has not committed, and never let the hub believe
//! that something is durable here before the engine said so.
//!
//! How a shell drives it, after every event and at [`Client::deadline`]:
//!
//! 1. [`Client::due`] says whether to dial or to hang up.
//! 2. A stream opened: [`Client::opened`] with [`Transport::Stream`]; no stream to be had, but HTTP:
//!    [`Transport::Requests`]. Something failed or closed: [`Client::lost`].
//! 3. [`Client::next`] until it has nothing more: each [`Outgoing`] is sent as one batch. Frames that arrive go to
//!    [`Client::receive`]; when the answer to a request has been read to its end, [`Client::answered`].

mod event;
mod link;
mod outbox;
mod receive;
mod returns;
mod say;
mod start;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use minicbor::bytes::ByteVec;

pub use event::Event;
pub use link::{Due, Request, Stage, Transport};
pub use start::Start;

use self::{link::Link, outbox::Outbox, returns::Returns};
use super::{
    Cursor, Key,
    codec::DEFAULT_LIMITS,
    frame::{Entry, Frame, Id, Item, Limits, Point},
    history::History,
    marks::Run,
    versions::{Sending, Versions},
};

/// Documents asked for whole at one time: enough to fill a link, few enough that a person's next wish is soon served.
const WANTS_AT_ONCE: usize = 4;
/// A document asked for, or the next part of one, must come within this many milliseconds.
const ANSWER: u64 = 60_000;

/// So many missing documents are named to the hub with everything that becomes durable;
const FEW: usize = 16;
/// more of them once in so many milliseconds.
const PAUSE: u64 = 5_000;

/// Frames to send now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outgoing {
    /// Over the open stream, each as its own message.
    Stream(Vec<Frame>),
    /// As the body of a request; the first is always [`Frame::Hello`].
    Request(Request, Vec<Frame>),
}

/// What has come of a document asked for.
#[derive(Debug, Default)]
struct Parts {
    entries: Vec<Entry>,
    bytes: Option<Vec<u8>>,
    marks: Vec<Run>,
}

/// The device's machine.
#[derive(Debug)]
pub struct Client {
    device: Id,
    token: ByteVec,
    workspace: Option<Id>,
    durable: Cursor,
    received: Cursor,
    missing: BTreeSet<Id>,
    apart: u64,
    head: u64,
    limits: Limits,
    speaks: Versions,
    /// What the last welcome allowed; until one is heard, nothing speaks against it.
    sending: Sending,
    outbox: Outbox,
    link: Link,
    /// Documents to ask for, in the order the engine wished.
    wants: VecDeque<Id>,
    /// Documents asked for, with what came so far.
    asked: BTreeMap<Id, Parts>,
    /// When waiting for those is in vain.
    asked_until: u64,
    seen: u64,
    /// The hub has not been told of the durable cursor or the missing documents as they are now.
    have_due: bool,
    /// Not before this it is told of them, while they are many.
    have_at: u64,
    /// A rewind waits for the engine.
    rewinding: Option<u64>,
    history: History,
    /// The hub counts another history: it is told what was passed.
    tells_places: bool,
    returns: Returns,
    /// What is to be said in passing, by document.
    passing: BTreeMap<Id, ByteVec>,
    /// Entries are given back: nothing new goes before all of them have.
    giving_back: bool,
}

impl Client {
    /// A machine that will dial at once.
    #[must_use]
    pub fn new(start: Start) -> Self {
        Self {
            device: start.device,
            token: start.token.into(),
            workspace: start.workspace,
            durable: start.cursor,
            received: start.cursor,
            missing: start.missing,
            apart: start.apart,
            head: start.cursor.number,
            limits: DEFAULT_LIMITS,
            speaks: Versions::OURS,
            sending: Sending::Open,
            outbox: Outbox::default(),
            link: Link::new(),
            wants: VecDeque::new(),
            asked: BTreeMap::new(),
            asked_until: 0,
            seen: 0,
            have_due: false,
            have_at: 0,
            rewinding: None,
            history: start.history,
            tells_places: false,
            returns: Returns::default(),
            passing: BTreeMap::new(),
            giving_back: false,
        }
    }

    /// The same machine of a build that speaks other versions.
    #[must_use]
    pub fn speaking(self, speaks: Versions) -> Self {
        Self { speaks, ..self }
    }

    /// Whether what is offered goes to the hub, as far as its last welcome said.
    #[must_use]
    pub const fn sending(&self) -> Sending {
        self.sending
    }

    /// How the link is, for showing.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.rewinding.is_some() { Stage::Connecting } else { self.link.stage() }
    }

    /// The durable cursor.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.durable
    }

    /// The hub's newest number when last heard.
    #[must_use]
    pub fn head(&self) -> u64 {
        self.head
    }

    /// How many items wait for their acknowledgement.
    #[must_use]
    pub fn unsent(&self) -> usize {
        self.outbox.len()
    }

    /// What the hub allows, or the usual until it said so.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Takes items to send, in causal order. Only what is durable on this device may be offered. An item already queued
    /// is not queued twice.
    pub fn offer(&mut self, items: impl IntoIterator<Item = Item>) {
        self.outbox.offer(items);
    }

    /// Forgets what is queued of a document, because its changes were rebuilt.
    pub fn withdraw(&mut self, doc: Id) {
        self.outbox.withdraw(doc);
    }

    /// Takes one item back from the queue. One that was pushed already may still be acknowledged.
    pub fn take_back(&mut self, key: &Key) {
        self.outbox.take_back(key);
    }

    /// Asks for a document whole; the earlier asked the earlier served. Documents among the missing are not asked for
    /// by themselves: the engine knows what a person needs first.
    pub fn want(&mut self, doc: Id) {
        if !self.wants.contains(&doc) && !self.asked.contains_key(&doc) {
            self.wants.push_back(doc);
        }
    }

    /// Everything up to `cursor` is durable here, except the `missing` documents. The only thing that lets a cursor
    /// move; call it also when only the missing changed, and to answer [`Event::Rewind`].
    pub fn durable(&mut self, cursor: Cursor, missing: BTreeSet<Id>) {
        if let Some(to) = self.rewinding {
            if cursor.number > to {
                // A transaction from before the rewind: what it made durable is counted by a history that is gone.
                return;
            }
            self.rewinding = None;
            self.durable = cursor;
            self.received = cursor;
            self.link.resume();
        } else if (cursor.number, cursor.as_of) >= (self.durable.number, self.durable.as_of) {
            self.durable = cursor;
            self.history.pass(Point { number: cursor.number, stamp: cursor.stamp });
            if cursor.number > self.received.number {
                self.received = cursor;
            }
        }
        self.missing = missing;
        self.have_due = true;
    }

    /// A way to the hub is open. Greets it.
    pub fn opened(&mut self, transport: Transport, now: u64) {
        self.forget_flight();
        self.link.opened(transport, now);
    }

    /// The transport failed or closed, or the engine could not make a log durable: everything in flight is offered
    /// again, after a pause that grows with each failure. `random` is any random number.
    pub fn lost(&mut self, now: u64, random: u32) {
        self.forget_flight();
        self.link.lost(now, random);
    }

    /// Try again after [`Event::Fatal`], or at once instead of after the pause.
    pub fn resume(&mut self) {
        if self.rewinding.is_none() {
            self.link.resume();
        }
    }

    /// Up to which number changes are fetched with their documents.
    #[must_use]
    pub const fn apart(&self) -> u64 {
        self.apart
    }

    /// Says something about a document to the others who are in it, without bytes: that this device no longer is. It is
    /// said once, now, or never: without a way to the hub nobody would hear it in time.
    pub fn pass(&mut self, doc: Id, bytes: Vec<u8>) {
        if matches!(self.stage(), Stage::Live | Stage::Http) {
            self.passing.insert(doc, bytes.into());
        }
    }

    /// How many documents wait to be asked for.
    #[must_use]
    pub fn wants(&self) -> usize {
        self.wants.len()
    }

    /// Puts what waits to be asked for in another order: the lower the number the sooner.
    pub fn prefer(&mut self, urgency: impl Fn(Id) -> u8) {
        self.wants.make_contiguous().sort_by_cached_key(|doc| urgency(*doc));
    }

    fn forget_flight(&mut self) {
        self.passing.clear();
        self.outbox.lost();
        self.returns.lost();
        self.received = self.durable;
        let asked = std::mem::take(&mut self.asked);
        for doc in asked.into_keys().rev() {
            self.wants.push_front(doc);
        }
    }

    /// What the shell must do with its transport now. Call at every [`Self::deadline`] and after every event.
    pub fn due(&mut self, now: u64, random: u32) -> Due {
        if self.patience().is_some_and(|until| now >= until) {
            self.link.break_off();
        }
        let due = self.link.due(now, random);
        if due == Due::HangUp {
            self.forget_flight();
        }
        due
    }

    /// When it is in vain to wait longer on this stream for an acknowledgement or a document.
    fn patience(&self) -> Option<u64> {
        let documents = (!self.asked.is_empty()).then_some(self.asked_until);
        let flights = || {
            let flights = self.outbox.flight_until().into_iter().chain(self.returns.flight_until());
            flights.chain(documents).min()
        };
        self.link.streaming().then(flights).flatten()
    }

    /// When to call [`Self::due`] and [`Self::next`] again if nothing happens before.
    #[must_use]
    pub fn deadline(&self) -> Option<u64> {
        // While a request is out its answer comes first: a pause that has passed is no reason to be called again and again.
        let free = self.link.streaming() || self.link.may_request(Request::Sync);
        let open = free && self.sending == Sending::Open;
        let resend = match self.link.stage() {
            Stage::Live | Stage::Http if open && self.returns.waits() => self.returns.held_until(),
            Stage::Live | Stage::Http if open && self.outbox.waits() && !self.giving_back => self.outbox.held_until(),
            Stage::Live | Stage::Http | Stage::Connecting | Stage::Offline | Stage::Stopped => None,
        };
        let have = (self.have_due && self.link.streaming() && self.missing.len() >= FEW).then_some(self.have_at);
        self.link.deadline().into_iter().chain(resend).chain(self.patience()).chain(have).min()
    }

    /// After a rewind: entries that the hub lost, in their old order, are given back. Nothing new is pushed from now on
    /// until [`Self::gave_back`].
    pub fn give_back(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.giving_back = true;
        self.returns.offer(entries);
    }

    /// How many entries wait to be given back.
    #[must_use]
    pub fn to_give_back(&self) -> usize {
        self.returns.len()
    }

    /// All that was lost has been given back.
    pub fn gave_back(&mut self) {
        self.giving_back = false;
    }

    /// Whether an item is queued.
    #[must_use]
    pub fn holds(&self, key: &Key) -> bool {
        self.outbox.holds(key)
    }
}
