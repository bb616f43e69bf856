//! How an entry is stored: without what its change says of itself, and packed.

use minicbor::{
    Decode, Encode,
    bytes::{ByteArray, ByteVec},
};

use super::{
    super::{
        documents::root_of,
        pack::{pack, unpack},
    },
    Body, Entry, State,
};
use crate::{
    docs::scan::{Limits, scan},
    domain::{DocId, EntityId, Fact},
    engine::api::wire,
    sync::lean::{headless, with_head},
};

/// The shape in which a command is stored: [`crate::domain::Edit`] and all in it. Counted up when that changes, the old one
/// then read too.
pub(in super::super) const EDIT: u8 = 1;

/// An entry as it is packed.
#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    command: EntityId,
    #[n(1)]
    doc: DocId,
    /// [`HELD`] and the others.
    #[n(2)]
    is: u8,
    #[n(3)]
    known: u64,
    /// None: the document itself.
    #[n(4)]
    records: Option<Vec<EntityId>>,
    /// None where the bytes say it.
    #[n(5)]
    hash: Option<ByteArray<32>>,
    /// None where the bytes say it.
    #[n(6)]
    millis: Option<u64>,
    #[n(7)]
    edit: Option<ByteVec>,
    /// A change without its head, where that follows from the rest.
    #[n(8)]
    bytes: ByteVec,
}

const HELD: u8 = 1;
const FACT: u8 = 2;
const REVIEWED: u8 = 4;
const OVERTAKEN: u8 = 8;

/// An entry as versions wrote it that did not pack.
#[derive(Decode)]
struct Plain {
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
    // 6 were the heads on which it was made: the change says them.
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

impl From<Plain> for Stored {
    fn from(plain: Plain) -> Self {
        let flag = |is: bool, flag: u8| if is { flag } else { 0 };
        let is = flag(plain.held, HELD) | flag(plain.fact, FACT);
        Self {
            command: plain.command,
            doc: plain.doc,
            is: is | flag(plain.reviewed, REVIEWED) | flag(plain.overtaken, OVERTAKEN),
            known: plain.known,
            records: Some(plain.records),
            hash: Some(plain.hash),
            millis: Some(plain.millis),
            edit: plain.edit,
            bytes: plain.bytes,
        }
    }
}

/// An entry in the store that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("an outbox entry cannot be read: {0}")]
pub struct Unreadable(String);

/// What the bytes of a change or fact say themselves: the hash, and of a change when it was made.
fn said(fact: bool, bytes: &[u8]) -> (Option<[u8; 32]>, Option<u64>) {
    if fact {
        return (Some(Fact::hash(bytes)), None);
    }
    let header = scan(bytes, &Limits::default()).ok();
    header.map_or((None, None), |header| (Some(header.hash), u64::try_from(header.time).ok()))
}

impl Entry {
    /// As it is stored.
    ///
    /// # Errors
    /// When the command cannot be written as text, which no command can cause.
    pub fn encode(&self) -> Result<Vec<u8>, Unreadable> {
        let (hash, millis) = said(self.is_fact(), self.bytes());
        let flag = |is: bool, flag: u8| if is { flag } else { 0 };
        let is = flag(self.state == State::Held, HELD) | flag(self.is_fact(), FACT);
        // Of what does not say its hash, the head does not follow either.
        let follows = !self.is_fact() && hash == Some(self.hash);
        let bytes = if follows { headless(self.bytes()) } else { self.bytes() };
        let stored = Stored {
            command: self.command,
            doc: self.doc,
            is: is | flag(self.reviewed, REVIEWED) | flag(self.overtaken, OVERTAKEN),
            known: self.known,
            records: (self.records != [root_of(self.doc)].into()).then(|| self.records.iter().copied().collect()),
            hash: (hash != Some(self.hash)).then_some(self.hash.into()),
            millis: (millis != Some(self.millis)).then_some(self.millis),
            edit: self.edit().map(|edit| wire::keep(EDIT, edit).into()),
            bytes: bytes.to_vec().into(),
        };
        minicbor::to_vec(&stored).map(|value| pack(&value)).map_err(|error| Unreadable(error.to_string()))
    }

    /// From the store.
    ///
    /// # Errors
    /// When key or value are not what [`Entry::encode`] writes, or a version before it.
    pub fn decode(key: &str, value: &[u8]) -> Result<Self, Unreadable> {
        let bad = |what: String| Unreadable(format!("{key}: {what}"));
        let seq = key.parse().map_err(|_| bad("not a number".to_owned()))?;
        let stored: Result<Stored, _> = match unpack(value) {
            Some((_, false)) => return Err(bad("cut short".to_owned())),
            Some((packed, true)) => minicbor::decode(&packed),
            None => minicbor::decode::<Plain>(value).map(Into::into),
        };
        let stored = stored.map_err(|error| bad(error.to_string()))?;
        let is = |flag: u8| stored.is & flag != 0;
        let follows = !is(FACT) && stored.hash.is_none();
        let bytes = if follows { with_head(&stored.bytes) } else { stored.bytes.to_vec() };
        let (hash, millis) = said(is(FACT), &bytes);
        let body = if is(FACT) {
            Body::Fact { fact: Fact::from_bytes(&bytes).map_err(|error| bad(error.to_string()))?, bytes }
        } else {
            let edit = stored.edit.as_ref().map(|edit| wire::kept(EDIT, edit)).transpose();
            Body::Change { edit: edit.map_err(|error| bad(error.to_string()))?, bytes }
        };
        Ok(Self {
            seq,
            command: stored.command,
            doc: stored.doc,
            hash: stored.hash.map(Into::into).or(hash).ok_or_else(|| bad("without a hash".to_owned()))?,
            millis: stored.millis.or(millis).ok_or_else(|| bad("without a time".to_owned()))?,
            state: if is(HELD) { State::Held } else { State::Device },
            tries: 0,
            reviewed: is(REVIEWED),
            known: stored.known,
            overtaken: is(OVERTAKEN),
            records: stored.records.map_or_else(|| [root_of(stored.doc)].into(), |all| all.into_iter().collect()),
            body,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{At, Edit, Value};

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
                bytes: vec![6, 7],
            },
        };
        let stored = entry.encode().expect("encodes");
        assert_eq!(Entry::decode(&entry.key(), &stored).expect("decodes"), entry);
        assert!(Entry::decode("x", &stored).is_err());
        assert!(Entry::decode("1", &stored[1..]).is_err());
    }
}
