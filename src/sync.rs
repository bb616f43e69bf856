//! The log-cursor protocol: moves bytes with their metadata between devices and the hub.
//!
//! Sans-IO: no clock, no socket, no random source; time, randomness and bytes come in as arguments, so that the fault
//! simulator can drive it. It knows neither `domain` nor what documents hold. Reading order: `frame` (what is said),
//! `codec` (how it looks as bytes), `client` and `hub` (the two machines).

pub mod client;
pub mod codec;
pub mod frame;
pub mod history;
pub mod hub;
pub mod join;
pub mod lean;
pub mod marks;
pub mod proof;
#[cfg(feature = "verify")]
pub mod signature;
pub mod versions;

use frame::{Hash, Id, Item, Receipt, Stamp};

/// How far a device is in the hub's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The number of the last entry counted.
    pub number: u64,
    /// The stamp there: it proves which history is counted.
    pub stamp: Stamp,
    /// When rights were last compared for this device, milliseconds since 1970 by the hub.
    pub as_of: u64,
}

impl Default for Cursor {
    /// Before the first entry.
    fn default() -> Self {
        Self { number: 0, stamp: [0; 8].into(), as_of: 0 }
    }
}

/// Which entry an item is. The first change of a document is the same in every document of its kind, so a hash alone
/// names nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The document of a change; none for a fact.
    pub doc: Option<Id>,
    /// The hash.
    pub hash: Hash,
}

impl Item {
    /// Which entry this is.
    #[must_use]
    pub fn key(&self) -> Key {
        match self {
            Self::Change { doc, hash, .. } => Key { doc: Some(*doc), hash: *hash },
            Self::Fact { hash, .. } => Key { doc: None, hash: *hash },
        }
    }

    /// A change without any proof yet: what its device will sign, or the hub's own.
    #[must_use]
    pub fn change(doc: Id, hash: Hash, body: Vec<u8>) -> Self {
        Self::Change { doc, hash, body: Some(body.into()), signature: None, receipt: None }
    }

    /// A fact that the hub has not taken yet.
    #[must_use]
    pub fn fact(hash: Hash, body: Vec<u8>) -> Self {
        Self::Fact { hash, body: body.into(), mac: None }
    }

    /// The hub's code on a change.
    #[must_use]
    pub fn receipt(&self) -> Option<Receipt> {
        match self {
            Self::Change { receipt, .. } => *receipt,
            Self::Fact { .. } => None,
        }
    }

    /// Bytes it takes in a frame, roughly and never too few.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Change { body, signature, receipt, .. } => {
                let proof = if signature.is_some() { 66 } else { 0 } + if receipt.is_some() { 9 } else { 0 };
                64 + proof + body.as_ref().map_or(0, |body| body.len())
            }
            Self::Fact { body, mac, .. } => 48 + mac.map_or(0, |_| 17) + body.len(),
        }
    }
}

#[cfg(test)]
mod tests;
