//! What the hub once had: what it promised, and an older disk put in the place of its own.

use std::collections::BTreeSet;

use mufakat::{
    domain::{DeviceId, Fact},
    sync::{
        Key,
        frame::{Except, Frame, Id},
    },
};

use crate::{
    cast,
    desk::{Desk, RIGHTS},
};

impl Desk {
    /// The last number on its disk.
    pub fn head_on_disk(&self) -> u64 {
        self.log.last().map_or(0, |row| row.number)
    }

    /// What its disk holds above a number.
    pub fn above(&self, number: u64) -> BTreeSet<Key> {
        self.log.iter().filter(|row| row.number > number).map(|row| row.item.key()).collect()
    }

    /// The hub's disk is put back to an older state of itself, while it is down.
    pub fn fall_back(&mut self, to: u64) {
        let kept = usize::try_from(to).expect("a short story");
        self.full.truncate(kept);
        // An older disk has the bodies that were folded since.
        let log = std::mem::replace(&mut self.log, self.full.clone());
        self.saved.clear();
        for row in log.into_iter().skip(kept) {
            self.numbers.remove(&row.item.key());
            self.lost.insert(row.item.key());
        }
        // What was promised is owed by whoever holds it.
        self.promised.retain(|(_, number)| *number <= to);
        self.falls += 1;
    }

    /// After a backup was restored: what the hub states before anybody is heard, see `hub::restore`.
    pub fn begin_epoch(&mut self, now: u64) {
        if !std::mem::take(&mut self.restored) {
            return;
        }
        self.state(
            &Fact::Workspace { id: cast::workspace(), name: "ACCSM".to_owned(), sample: false, stated: now },
            now,
        );
        for device in self.left.clone() {
            if !self.is_revoked(device) {
                self.state(&Fact::Revoke { device }, now);
            }
        }
    }

    /// Whether it is the stranger's device.
    pub fn is_strange(&self, device: Id) -> bool {
        self.stranger.is_some_and(|stranger| stranger == DeviceId::from_bytes(device.into()))
    }

    pub fn knows(&self, device: DeviceId) -> bool {
        self.catalogue.devices.contains_key(&device)
    }

    /// What honest machines are told while a stranger is among them.
    pub fn note_refusals(&mut self, ack: &Frame) {
        let Frame::Ack { except, .. } = ack else { return };
        self.refused.extend(except.iter().filter_map(|(_, except)| match except {
            Except::Known { .. } | Except::Retry { .. } | Except::NeedsDeps { .. } => None,
            Except::Fork => Some("fork".to_owned()),
            Except::Refused { why } => Some(why.clone()),
        }));
    }

    /// Honest machines that flush before they send are never told that they fork, skip or garble.
    pub fn heard_only_sense(&self) {
        let counted = self.machine.counts().keys().copied().filter(|_| self.stranger.is_none());
        let reasons = counted.chain(self.refused.iter().map(String::as_str));
        let nonsense: Vec<_> = reasons
            .filter(|reason| {
                !["known", "retry", "needs-deps"].contains(reason) && !self.expected(reason) && !RIGHTS.contains(reason)
            })
            .collect();
        assert!(nonsense.is_empty(), "the hub refused honest words as {nonsense:?}");
    }

    /// After a fall: what was only acknowledged to its author, and is brought by another who heard of it before its code;
    /// and what can say nothing a second time.
    fn expected(&self, reason: &str) -> bool {
        (self.falls > 0 && ["exists", "superseded"].contains(&reason))
            || (self.twice && ["fork"].contains(&reason))
            // After a fall the stranger was first with another change under the name of one that somebody brings back.
            || (self.falls > 0 && self.stranger.is_some() && ["fork"].contains(&reason))
            || (!self.left.is_empty() && ["revoked"].contains(&reason))
            // The disk garbled the fact of a document that was not sent yet: what stands on it is of nothing.
            || (self.garbled && ["foreign-actor"].contains(&reason))
    }

    /// Nothing acknowledged is missing.
    pub fn keeps_its_word(&self) {
        for (key, number) in &self.promised {
            assert_eq!(self.numbers.get(key), Some(number), "acknowledged and not there: {key:?}");
        }
    }
}
