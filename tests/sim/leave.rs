//! A device loses its rights: a laptop was stolen, or its officer moved on. Nothing more reaches it, what it has stays
//! readable, and everybody else goes on as if it had never been.

use std::collections::BTreeSet;

use mufakat::{
    docs::Doc,
    domain::{DeviceId, DocId, Fact},
    engine::core::{
        chunk::Chunk,
        store::{Store, chunk_of, open},
    },
    sync::frame::Frame,
};

use crate::{desk::Desk, displaced::Displaced, laptop::Who, world::World};

impl Desk {
    pub fn is_revoked(&self, device: DeviceId) -> bool {
        self.catalogue.devices.get(&device).is_some_and(|device| device.revoked)
    }
}

/// What the hub says to who has no rights, and nothing else.
pub fn farewell() -> Frame {
    Frame::Error { code: "revoked".to_owned(), message: "this device's rights were taken away".to_owned() }
}

impl World {
    /// The Secretariat takes a device's rights away. The first two laptops stay; one leaves in a story.
    pub fn device_is_revoked(&mut self, who: Who) {
        if who < 2 || !self.desk.can_state() || self.laptops.iter().any(|laptop| laptop.left) {
            return;
        }
        let device = self.laptops[who].device;
        self.tally.fault("device revoked");
        self.trace_of(who, "is revoked");
        for laptop in self.laptops.iter_mut().filter(|laptop| laptop.device == device) {
            laptop.left = true;
        }
        self.desk.left.insert(device);
        self.desk.state(&Fact::Revoke { device }, self.now);
        self.forgive();
        self.tell_everyone();
    }

    /// Nobody can be asked for what only those hold who left, or what no disk holds any more.
    pub fn forgive(&mut self) {
        if self.owed.iter().all(|key| self.desk.number_of(key).is_some()) {
            return;
        }
        let mut held = BTreeSet::new();
        for who in 0..self.laptops.len() {
            if !self.laptops[who].left {
                held.extend(self.held_by(who));
            }
        }
        self.owed.retain(|key| self.desk.number_of(key).is_some() || held.contains(key));
    }

    /// Whoever lost his rights has what he had.
    pub fn check_who_left(&self, who: Who, displaced: &Displaced) {
        let laptop = &self.laptops[who];
        let party = laptop.officer.party;
        let docs = laptop.disk.keys().filter(|(store, _)| *store == Store::Chunk);
        let docs: BTreeSet<DocId> = docs.filter_map(|(_, key)| chunk_of(key).map(|(doc, _)| doc)).collect();
        for doc in docs.iter().filter(|_| !laptop.wear.rotted) {
            let Some(kind) = self.desk.catalogue.docs.get(doc).map(|entry| entry.kind) else { continue };
            let of = |key: &str| chunk_of(key).is_some_and(|(of, _)| of == *doc);
            let chunks = laptop.disk.iter().filter(|((store, key), _)| *store == Store::Chunk && of(key));
            let chunks: Vec<Chunk> = chunks
                .map(|(_, value)| Chunk::decode(open(value).expect("sealed")).expect("the engine reads what it writes"))
                .collect();
            let here = Doc::load(kind, chunks.iter().flat_map(Chunk::bodies));
            assert!(here.is_ok(), "{party} left and cannot read {doc} any more");
        }
        let (held, waiting) = (self.held_by(who), laptop.waiting_on_disk());
        for own in laptop.own.values().filter(|own| laptop.told_done.contains(&own.command)) {
            let there = own
                .keys
                .iter()
                .any(|key| self.desk.number_of(key).is_some() || held.contains(key) || waiting.contains(key));
            let kept = laptop.disk.contains_key(&(Store::Quarantine, own.command.to_string()));
            let said = self.says_already(who, own);
            let aside = own.keys.iter().any(|key| self.is_set_aside(key, displaced));
            assert!(there || kept || said || aside, "{party} left and lost what it was told is done: {own:?}");
        }
    }
}
