//! What is offered to the hub is looked at as the hub does (`hub::core::writer`): examined, judged, tried on its document,
//! and judged again without what does not hold together.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use mufakat::{
    docs::Doc,
    domain::{Date, DeviceId, DocId},
    hub::{
        core::{Signer, Tried, examine, examine_return, own, try_on},
        rights::Admission,
    },
    sync::{
        Key,
        codec::DEFAULT_LIMITS,
        frame::{Id, Item},
        hub::{Batch, Checked, Offered, Past},
        signature::public_key,
    },
};

use crate::{
    desk::{Commit, Desk, Said},
    wire::WireId,
};

/// What was offered, examined.
#[derive(Clone)]
enum Offer {
    Push(Vec<Offered>),
    Return(Vec<(Offered, Past)>),
}

impl Offer {
    fn refuse(&mut self, bad: &BTreeSet<Key>) {
        let offered: Vec<&mut Offered> = match self {
            Self::Push(offered) => offered.iter_mut().collect(),
            Self::Return(brought) => brought.iter_mut().map(|(offered, _)| offered).collect(),
        };
        for offered in offered.into_iter().filter(|offered| bad.contains(&offered.item.key())) {
            offered.checked = Checked::Bad("unsound");
        }
    }
}

impl Desk {
    /// Judges what was pushed; the store has it when it is done.
    pub fn gather(&mut self, pushes: Vec<(Option<Id>, WireId, u32, Said)>, now: u64) {
        let mut offers: Vec<(Option<Id>, WireId, u32, Offer)> = pushes
            .into_iter()
            .map(|(device, wire, req, said)| (device, wire, req, self.examined(device, said)))
            .collect();
        loop {
            let mut batch = self.machine.begin();
            let mut admission = Admission::new(Arc::clone(&self.catalogue), Date::of_millis(now));
            let mut acks = Vec::new();
            for (device, wire, req, offer) in offers.clone() {
                let ack = match (device, offer) {
                    (Some(by), Offer::Return(brought)) => {
                        self.machine.prepare_return(&mut batch, by, req, brought, &mut admission, now)
                    }
                    (device, Offer::Push(offered)) => {
                        self.machine.prepare(&mut batch, device, req, offered, &mut admission, now)
                    }
                    (None, Offer::Return(_)) => panic!("the hub gives nothing back to itself"),
                };
                acks.push((device, wire, ack));
            }
            let bad = self.unsound(&batch, &admission);
            if !bad.is_empty() {
                offers.iter_mut().for_each(|(_, _, _, offer)| offer.refuse(&bad));
                continue;
            }
            for (device, wire, ack) in &acks {
                // It goes before the log; where the store fails the way is cut.
                if let Some(place) = self.places.get_mut(wire) {
                    place.reader.answered(ack);
                }
                if !device.is_some_and(|device| self.is_strange(device)) {
                    self.note_refusals(ack);
                }
            }
            let acks = acks.into_iter().map(|(_, wire, ack)| (wire, ack)).collect();
            self.commit = Some(Commit { batch, catalogue: admission.into_catalogue(), acks });
            return;
        }
    }

    fn examined(&self, device: Option<Id>, said: Said) -> Offer {
        match (device, said) {
            (Some(by), Said::Return(entries)) => {
                let vouched = entries.iter().map(|entry| self.machine.vouches(entry.device, &entry.item));
                let vouched: Vec<bool> = vouched.collect();
                let signer = self.signer(by);
                Offer::Return(examine_return(entries, &vouched, &signer, &DEFAULT_LIMITS, &self.catalogue))
            }
            (Some(by), Said::Push(items)) => {
                Offer::Push(examine(items, &self.signer(by), &DEFAULT_LIMITS, &self.catalogue))
            }
            (None, Said::Push(items)) => Offer::Push(own(&items, &self.catalogue)),
            (None, Said::Return(_)) => panic!("the hub gives nothing back to itself"),
        }
    }

    /// Changes that do not hold together on their documents. Honest engines make none, and it takes time: only while a
    /// stranger is about.
    fn unsound(&self, batch: &Batch, admission: &Admission) -> BTreeSet<Key> {
        let mut by_doc: BTreeMap<Id, Vec<(Key, &[u8])>> = BTreeMap::new();
        for row in batch.rows().iter().filter(|_| self.stranger.is_some()) {
            if let Item::Change { doc, body: Some(body), .. } = &row.item {
                by_doc.entry(*doc).or_default().push((row.item.key(), body));
            }
        }
        let mut bad = BTreeSet::new();
        for (id, changes) in by_doc {
            let Some(entry) = admission.catalogue().docs.get(&DocId::from_bytes(id.into())) else { continue };
            let bodies = self.full.iter().filter_map(|row| match &row.item {
                Item::Change { doc, body: Some(body), .. } if *doc == id => Some(&body[..]),
                Item::Change { .. } | Item::Fact { .. } => None,
            });
            let mut doc = Doc::load(entry.kind, bodies).expect("what the hub took loads");
            match try_on(&mut doc, &changes) {
                Tried::Clean | Tried::Waits => {}
                Tried::Broken(keys) => bad.extend(keys),
            }
        }
        bad
    }

    fn signer(&self, device: Id) -> Signer {
        let device = DeviceId::from_bytes(device.into());
        let key = self.catalogue.devices.get(&device).and_then(|device| device.key.as_deref());
        let key = key.and_then(public_key).expect("a device with a key");
        Signer { workspace: self.machine.workspace(), device, key }
    }
}
