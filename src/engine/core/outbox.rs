//! The outbox: own changes and facts that the hub has not acknowledged, in the order in which they were made.
//!
//! Each entry keeps the command beside the change it became, because a change cannot be taken out of a document: when one
//! is refused, the document is rebuilt and the other commands are run again. Nothing leaves before it is on the disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{Catalogue, DocId, Edit, EntityId, Fact},
    engine::api::CommandId,
    sync::{Key, frame::Item},
};

mod stored;

pub(super) use self::stored::EDIT;
pub use self::stored::Unreadable;

/// Where an entry is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Applied and shown, not on the disk yet.
    Pending,
    /// On this device's disk.
    Device,
    /// Kept back: the hub cannot take it as long as something it builds on is missing there.
    Held,
    /// Offered to the hub, no answer yet.
    Sent,
    /// Kept back: it is so old, or was overtaken so, that its author must look at it before it goes.
    Review,
}

/// What an entry carries.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A change of a document.
    Change {
        /// The command, to be run again on a rebuilt document. It holds the old value as its author saw it. None for
        /// the fixed first change of a new document.
        edit: Option<Edit>,
        /// The change.
        bytes: Vec<u8>,
    },
    /// A fact: a document that this device made.
    Fact {
        /// The fact.
        fact: Fact,
        /// As it is sent.
        bytes: Vec<u8>,
    },
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its place in the order; the key in the store.
    pub seq: u64,
    /// The command it came from.
    pub command: CommandId,
    /// The document it is about.
    pub doc: DocId,
    /// The hash under which the hub will know it.
    pub hash: [u8; 32],
    /// When it was made, by this device's clock.
    pub millis: u64,
    /// Where it is.
    pub state: State,
    /// How often the hub could not take it for want of what it builds on.
    pub tries: u32,
    /// Its author has looked at it and sends it, whatever has happened since it was made.
    pub reviewed: bool,
    /// How far in the hub's log the device was when it was made.
    pub known: u64,
    /// What it is about was adopted after it was made.
    pub overtaken: bool,
    /// The records it touches; the document itself under its own id.
    pub records: BTreeSet<EntityId>,
    /// What it carries.
    pub body: Body,
}

impl Entry {
    /// The key in the store.
    #[must_use]
    pub fn key(&self) -> String {
        key(self.seq)
    }

    /// The bytes that go to the hub.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Change { bytes, .. } | Body::Fact { bytes, .. } => bytes,
        }
    }

    /// The command, where there is one to be run again.
    #[must_use]
    pub const fn edit(&self) -> Option<&Edit> {
        match &self.body {
            Body::Change { edit, .. } => edit.as_ref(),
            Body::Fact { .. } => None,
        }
    }

    /// Whether it is a fact.
    #[must_use]
    pub const fn is_fact(&self) -> bool {
        matches!(self.body, Body::Fact { .. })
    }

    /// Whether it makes a document, so that nothing written in that can go before it.
    #[must_use]
    pub const fn makes_document(&self) -> bool {
        matches!(self.body, Body::Fact { fact: Fact::Doc { .. }, .. })
    }

    /// The document that the document it makes is about.
    #[must_use]
    pub const fn about(&self) -> Option<DocId> {
        match &self.body {
            Body::Fact { fact: Fact::Doc { subject, .. }, .. } => *subject,
            Body::Fact { .. } | Body::Change { .. } => None,
        }
    }

    /// As it is offered to the hub.
    #[must_use]
    pub fn item(&self) -> Item {
        match &self.body {
            Body::Change { bytes, .. } => Item::change(self.doc.to_bytes().into(), self.hash.into(), bytes.clone()),
            Body::Fact { bytes, .. } => Item::fact(self.hash.into(), bytes.clone()),
        }
    }

    /// Which entry it is to the hub.
    #[must_use]
    pub fn key_at_hub(&self) -> Key {
        let doc = match &self.body {
            Body::Change { .. } => Some(self.doc.to_bytes().into()),
            Body::Fact { .. } => None,
        };
        Key { doc, hash: self.hash.into() }
    }
}

/// The key of an entry.
#[must_use]
pub fn key(seq: u64) -> String {
    seq.to_string()
}

/// All entries, in order.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    entries: BTreeMap<u64, Entry>,
    next: u64,
}

impl Outbox {
    /// Takes an entry read from the store.
    pub fn restore(&mut self, entry: Entry) {
        self.next = self.next.max(entry.seq + 1);
        self.entries.insert(entry.seq, entry);
    }

    /// The number for a new entry.
    pub const fn claim_seq(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    /// The number the next entry will have.
    pub const fn next(&self) -> u64 {
        self.next
    }

    /// No entry gets a number below this one any more.
    pub fn begin_at(&mut self, next: u64) {
        self.next = self.next.max(next);
    }

    /// Adds or replaces an entry.
    pub fn put(&mut self, entry: Entry) {
        self.entries.insert(entry.seq, entry);
    }

    /// Takes one out.
    pub fn remove(&mut self, seq: u64) -> Option<Entry> {
        self.entries.remove(&seq)
    }

    /// One entry.
    #[must_use]
    pub fn get(&self, seq: u64) -> Option<&Entry> {
        self.entries.get(&seq)
    }

    /// One entry, to change its state.
    pub fn get_mut(&mut self, seq: u64) -> Option<&mut Entry> {
        self.entries.get_mut(&seq)
    }

    /// The entry that the hub knows under a key: a document's first change has the same hash in every document of its kind.
    #[must_use]
    pub fn by_key(&self, key: &Key) -> Option<&Entry> {
        self.entries.values().find(|entry| entry.key_at_hub() == *key)
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Those of a document, in order.
    pub fn of(&self, doc: DocId) -> impl Iterator<Item = &Entry> {
        self.entries.values().filter(move |entry| entry.doc == doc)
    }

    /// What may be offered to the hub now, in order. What is not on the disk, what is kept back, and what stands on
    /// either, stays here: a document's later words, and a document about one that the hub has not heard of. So do words
    /// in a document that `waits` until this device has heard what others did meanwhile.
    #[must_use]
    pub fn may_go(&self, known: &Catalogue, waits: impl Fn(DocId) -> bool) -> Vec<u64> {
        let mut kept_back = BTreeSet::new();
        let mut offered = Vec::new();
        for entry in self.entries.values() {
            let stands = entry.about().is_some_and(|doc| kept_back.contains(&doc) && !known.docs.contains_key(&doc));
            let stays = stands || (!entry.reviewed && waits(entry.doc));
            match entry.state {
                State::Pending | State::Held | State::Review => drop(kept_back.insert(entry.doc)),
                State::Device if stays => drop(kept_back.insert(entry.doc)),
                State::Device if !kept_back.contains(&entry.doc) => offered.push(entry.seq),
                State::Device | State::Sent => {}
            }
        }
        offered
    }

    /// How many wait for the hub.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether a command is already here.
    #[must_use]
    pub fn has(&self, command: CommandId) -> bool {
        self.entries.values().any(|entry| entry.command == command)
    }

    /// What was offered and not answered goes back to waiting: the connection is gone.
    pub fn unsend(&mut self) {
        for entry in self.entries.values_mut().filter(|entry| entry.state == State::Sent) {
            entry.state = State::Device;
        }
    }
}
