//! The outbox: own changes and facts that the hub has not acknowledged, in the order in which they were made.
//!
//! Each entry keeps the command beside the change it became, because a change cannot be taken out of a document: when one
//! is refused, the document is rebuilt and the other commands are run again. Nothing leaves before it is on the disk.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode, bytes::ByteArray, bytes::ByteVec};

use crate::{
    domain::{Catalogue, DocId, Edit, EntityId, Fact},
    engine::api::{CommandId, wire},
    sync::{Key, frame::Item},
};

/// The shape in which a command is stored: [`Edit`] and all in it. Counted up when that changes, the old one then read too.
pub(super) const EDIT: u8 = 1;

/// Where an entry is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub enum State {
    /// Applied and shown, not on the disk yet.
    #[n(0)]
    Pending,
    /// On this device's disk.
    #[n(1)]
    Device,
    /// Kept back: the hub cannot take it as long as something it builds on is missing there.
    #[n(2)]
    Held,
    /// Offered to the hub, no answer yet.
    #[n(3)]
    Sent,
    /// Kept back: it is so old, or was overtaken so, that its author must look at it before it goes.
    #[n(4)]
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
        /// The heads on which it was made.
        base: Vec<[u8; 32]>,
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

#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    command: EntityId,
    #[n(1)]
    doc: DocId,
    #[n(2)]
    hash: ByteArray<32>,
    #[n(3)]
    millis: u64,
    #[n(4)]
    held: bool,
    #[n(5)]
    edit: Option<ByteVec>,
    #[n(6)]
    base: Vec<ByteArray<32>>,
    #[n(7)]
    fact: bool,
    #[n(8)]
    bytes: ByteVec,
    #[n(9)]
    records: Vec<EntityId>,
    #[n(10)]
    #[cbor(default)]
    reviewed: bool,
    #[n(11)]
    #[cbor(default)]
    known: u64,
    #[n(12)]
    #[cbor(default)]
    overtaken: bool,
}

/// An entry in the store that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("an outbox entry cannot be read: {0}")]
pub struct Unreadable(String);

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

    /// As it is stored.
    ///
    /// # Errors
    /// When the command cannot be written as text, which no command can cause.
    pub fn encode(&self) -> Result<Vec<u8>, Unreadable> {
        let (edit, base, fact) = match &self.body {
            Body::Change { edit, base, .. } => {
                (edit.as_ref().map(|edit| wire::keep(EDIT, edit).into()), base.as_slice(), false)
            }
            Body::Fact { .. } => (None, &[][..], true),
        };
        let stored = Stored {
            command: self.command,
            doc: self.doc,
            hash: self.hash.into(),
            millis: self.millis,
            held: self.state == State::Held,
            edit,
            base: base.iter().map(|&hash| hash.into()).collect(),
            fact,
            bytes: self.bytes().to_vec().into(),
            records: self.records.iter().copied().collect(),
            reviewed: self.reviewed,
            known: self.known,
            overtaken: self.overtaken,
        };
        minicbor::to_vec(&stored).map_err(|error| Unreadable(error.to_string()))
    }

    /// From the store.
    ///
    /// # Errors
    /// When key or value are not what [`Entry::encode`] writes.
    pub fn decode(key: &str, value: &[u8]) -> Result<Self, Unreadable> {
        let bad = |what: String| Unreadable(format!("{key}: {what}"));
        let seq = key.parse().map_err(|_| bad("not a number".to_owned()))?;
        let stored: Stored = minicbor::decode(value).map_err(|error| bad(error.to_string()))?;
        let bytes = stored.bytes.to_vec();
        let body = if stored.fact {
            Body::Fact { fact: Fact::from_bytes(&bytes).map_err(|error| bad(error.to_string()))?, bytes }
        } else {
            let edit = stored.edit.map(|edit| wire::kept(EDIT, &edit)).transpose();
            let edit = edit.map_err(|error| bad(error.to_string()))?;
            Body::Change { edit, base: stored.base.into_iter().map(Into::into).collect(), bytes }
        };
        Ok(Self {
            seq,
            command: stored.command,
            doc: stored.doc,
            hash: stored.hash.into(),
            millis: stored.millis,
            state: if stored.held { State::Held } else { State::Device },
            tries: 0,
            reviewed: stored.reviewed,
            known: stored.known,
            overtaken: stored.overtaken,
            records: stored.records.into_iter().collect(),
            body,
        })
    }
}

/// The key of an entry.
#[must_use]
pub fn key(seq: u64) -> String {
    format!("{seq:016}")
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

    /// The number the next entry will have.
    pub const fn claim_seq(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{At, Value};

    #[test]
    fn an_entry_survives_the_store_with_its_command_and_old_value() {
        let entry = Entry {
            seq: 12,
            command: EntityId::from_bytes([1; 16]),
            doc: DocId::from_bytes([2; 16]),
            hash: [3; 32],
            millis: 1_605_571_200_000,
            state: State::Held,
            tries: 0,
            reviewed: true,
            known: 7,
            overtaken: true,
            records: [EntityId::from_bytes([9; 16])].into(),
            body: Body::Change {
                edit: Some(Edit::Set {
                    at: At::root("title"),
                    value: Value::from("New"),
                    seen: vec![Value::from("Old")],
                }),
                base: vec![[4; 32], [5; 32]],
                bytes: vec![6, 7],
            },
        };
        let stored = entry.encode().expect("encodes");
        assert_eq!(Entry::decode(&entry.key(), &stored).expect("decodes"), entry);
        assert!(Entry::decode("x", &stored).is_err());
        assert!(Entry::decode("1", &stored[1..]).is_err());
    }
}
