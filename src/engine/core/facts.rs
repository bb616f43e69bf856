//! The hub's facts as this device holds them: in the hub's order, each with what proves to the hub that it once took it.
//!
//! Their order is the hub's numbers, whenever a fact was heard of: what they say together is folded in that order.

use std::collections::{BTreeMap, btree_map::Entry};

use minicbor::{Decode, Encode};

use super::{
    Engine,
    store::{Store, meta},
};
use crate::{
    domain::{DeviceId, DocId, Fact},
    sync::frame::{Id, Mac},
};

/// What the hub said of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Seal {
    /// When it received it.
    #[n(0)]
    pub received_at: u64,
    /// Which device stated it; none for the hub itself.
    #[n(1)]
    pub device: Option<DeviceId>,
    /// The hub's code: it took this fact. None for one's own that was acknowledged and not yet heard in the log.
    #[n(2)]
    pub mac: Option<Mac>,
}

impl Seal {
    /// As an entry of the hub's says it.
    #[must_use]
    pub fn new(received_at: u64, device: Option<Id>, mac: Mac) -> Self {
        Self { received_at, device: device.map(|id| DeviceId::from_bytes(id.into())), mac: Some(mac) }
    }

    /// The bytes for the store.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        // Writing to memory cannot fail.
        minicbor::to_vec(self).unwrap_or_default()
    }

    /// From the store; none when the bytes are no seal.
    #[must_use]
    pub fn decode(value: &[u8]) -> Option<Self> {
        minicbor::decode(value).ok()
    }
}

/// All facts.
#[derive(Debug, Default)]
pub struct Facts {
    bodies: BTreeMap<u64, Vec<u8>>,
    seals: BTreeMap<u64, Seal>,
    numbers: BTreeMap<[u8; 32], u64>,
}

impl Facts {
    /// Takes one in. False when it was here.
    pub fn insert(&mut self, number: u64, body: &[u8]) -> bool {
        match self.numbers.entry(Fact::hash(body)) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(number);
                self.bodies.insert(number, body.to_vec());
                true
            }
        }
    }

    /// Whether one has this number.
    pub fn has(&self, number: u64) -> bool {
        self.bodies.contains_key(&number)
    }

    /// What proves that the hub took a fact. False when that was here.
    pub fn seal(&mut self, number: u64, seal: Seal) -> bool {
        if seal.mac.is_none() && self.seals.contains_key(&number) {
            return false;
        }
        self.seals.insert(number, seal) != Some(seal)
    }

    /// Takes out everything above a number, in order.
    pub fn split_off(&mut self, number: u64) -> Vec<(u64, Vec<u8>, Option<Seal>)> {
        let bodies = self.bodies.split_off(&(number + 1));
        let mut seals = self.seals.split_off(&(number + 1));
        self.numbers.retain(|_, at| *at <= number);
        bodies.into_iter().map(|(number, body)| (number, body, seals.remove(&number))).collect()
    }

    /// Whether nothing is known yet.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The last number.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.bodies.last_key_value().map_or(0, |(number, _)| *number)
    }

    /// All of them with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &[u8], Option<&Seal>)> {
        self.bodies.iter().map(|(number, body)| (*number, body.as_slice(), self.seals.get(number)))
    }

    /// The documents made by those above a number.
    pub fn documents_above(&self, number: u64) -> BTreeMap<u64, DocId> {
        let above = self.bodies.range(number.saturating_add(1)..);
        let made = above.filter_map(|(number, body)| match Fact::from_bytes(body) {
            Ok(Fact::Doc { id, .. }) => Some((*number, id)),
            Ok(_) | Err(_) => None,
        });
        made.collect()
    }

    /// Those that this version understands, in order.
    pub fn understood(&self) -> impl Iterator<Item = (u64, Fact)> {
        self.bodies.iter().filter_map(|(number, body)| Some((*number, Fact::from_bytes(body).ok()?)))
    }
}

impl Engine {
    /// Takes in a numbered fact. Answers it when it is new and understood.
    pub(super) fn fold_fact(&mut self, number: u64, body: &[u8], seal: Option<Seal>) -> Option<Fact> {
        let before = self.facts.last();
        let was_lost = self.no_longer_lost(&Fact::hash(body));
        let new = self.facts.insert(number, body);
        if let Some(seal) = seal
            && self.facts.seal(number, seal)
        {
            self.journal.write.put(Store::Meta, meta::seal(number), seal.encode());
        }
        if !new {
            return None;
        }
        self.journal.write.put(Store::Meta, meta::fact(number), body.to_vec());
        let fact = Fact::from_bytes(body).ok()?;
        if number > before && !was_lost {
            self.acknowledged.fold(&fact);
            self.note_rights(number, &fact);
        } else {
            // One of before that may be known only now, or is known again.
            self.refold();
        }
        Some(fact)
    }
}
