//! The index of the log: what is there, under which number, and the stamp at each.

use std::collections::HashMap;

use minicbor::bytes::ByteVec;
use sha2::{Digest, Sha256};

use super::super::{
    Key,
    frame::{Hash, Id, Item, Stamp},
};

/// A row of the log as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number; one more than the row before.
    pub number: u64,
    /// Milliseconds since 1970, never less than the row before.
    pub received_at: u64,
    /// The device that wrote it; none for the hub itself.
    pub device: Option<Id>,
    /// What it is.
    pub item: Item,
    /// The change's actor; empty for a fact.
    pub actor: Vec<u8>,
    /// The change's sequence by that actor, from 1; 0 for a fact.
    pub seq: u64,
    /// The document that a fact makes.
    pub makes: Option<Id>,
    /// The stamp at this number.
    pub stamp: Stamp,
}

/// Why rows are not a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// A number is missing or doubled.
    #[error("entry {found} follows entry {after}")]
    Gap {
        /// The number before.
        after: u64,
        /// The number that came.
        found: u64,
    },
    /// A stamp is not what the chain gives: a row was changed.
    #[error("the stamp of entry {number} does not fit the entries before it")]
    Stamp {
        /// Where.
        number: u64,
    },
    /// The same entry twice.
    #[error("entry {number} repeats an earlier one")]
    Twice {
        /// Where.
        number: u64,
    },
}

/// The chain that stamps are taken from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chain([u8; 32]);

impl Chain {
    /// The chain after one more entry, and the stamp there: SHA-256 over the value before, the number in eight bytes
    /// big endian, and the entry's hash.
    pub fn next(self, number: u64, hash: &Hash) -> (Self, Stamp) {
        let mut sha = Sha256::new();
        sha.update(self.0);
        sha.update(number.to_be_bytes());
        sha.update(hash.as_ref());
        let value: [u8; 32] = sha.finalize().into();
        let mut stamp = [0; 8];
        stamp.copy_from_slice(&value[..8]);
        (Self(value), stamp.into())
    }
}

/// A fact in the index.
#[derive(Debug)]
pub struct FactRow {
    pub number: u64,
    pub received_at: u64,
    pub device: Option<Id>,
    pub hash: Hash,
    pub body: ByteVec,
    pub makes: Option<Id>,
}

/// The index.
#[derive(Debug, Default)]
pub struct Index {
    numbers: HashMap<Key, u64>,
    seqs: HashMap<(Id, Vec<u8>), u64>,
    /// By document: the number of the fact that made it.
    docs: HashMap<Id, u64>,
    facts: Vec<FactRow>,
    stamps: Vec<Stamp>,
    chain: Chain,
    received_at: u64,
}

impl Index {
    pub fn head(&self) -> u64 {
        u64::try_from(self.stamps.len()).unwrap_or(u64::MAX)
    }

    pub fn chain(&self) -> Chain {
        self.chain
    }

    pub fn received_at(&self) -> u64 {
        self.received_at
    }

    /// The stamp at a number; zeros before the first entry; none above the head.
    pub fn stamp_at(&self, number: u64) -> Option<Stamp> {
        match number.checked_sub(1) {
            None => Some([0; 8].into()),
            Some(index) => self.stamps.get(usize::try_from(index).ok()?).copied(),
        }
    }

    pub fn number_of(&self, key: &Key) -> Option<u64> {
        self.numbers.get(key).copied()
    }

    /// The last sequence of an actor in a document; 0 before its first change.
    pub fn seq_of(&self, doc: Id, actor: &[u8]) -> u64 {
        self.seqs.get(&(doc, actor.to_vec())).copied().unwrap_or(0)
    }

    pub fn knows(&self, doc: &Id) -> bool {
        self.docs.contains_key(doc)
    }

    /// The number of the fact that made a document.
    pub fn made(&self, doc: &Id) -> Option<u64> {
        self.docs.get(doc).copied()
    }

    pub fn facts(&self) -> impl Iterator<Item = &FactRow> {
        self.facts.iter()
    }

    pub fn facts_after(&self, number: u64) -> bool {
        self.facts.last().is_some_and(|fact| fact.number > number)
    }

    pub fn append(&mut self, row: &Row) -> Result<(), LoadError> {
        if row.number != self.head() + 1 {
            return Err(LoadError::Gap { after: self.head(), found: row.number });
        }
        let key = row.item.key();
        let (chain, stamp) = self.chain.next(row.number, &key.hash);
        if stamp != row.stamp {
            return Err(LoadError::Stamp { number: row.number });
        }
        if self.numbers.contains_key(&key) {
            return Err(LoadError::Twice { number: row.number });
        }
        self.numbers.insert(key, row.number);
        self.chain = chain;
        self.stamps.push(stamp);
        self.received_at = self.received_at.max(row.received_at);
        match &row.item {
            Item::Change { doc, .. } => {
                self.seqs.insert((*doc, row.actor.clone()), row.seq);
            }
            Item::Fact { hash, body, .. } => {
                if let Some(doc) = row.makes {
                    self.docs.entry(doc).or_insert(row.number);
                }
                self.facts.push(FactRow {
                    number: row.number,
                    received_at: row.received_at,
                    device: row.device,
                    hash: *hash,
                    body: body.clone(),
                    makes: row.makes,
                });
            }
        }
        Ok(())
    }
}
