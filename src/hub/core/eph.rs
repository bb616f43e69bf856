//! What devices say in passing about a document: who is there, and where. It is never stored.
//!
//! It goes to the live sessions of devices that are in the same document themselves (they said so not long ago) and may
//! read it at this moment, and to nobody else. Whoever reads too slowly misses some of it; that costs nothing, because
//! it is said again.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use minicbor::bytes::ByteVec;
use tokio::sync::broadcast;

use super::{
    Core, Who,
    rate::{Allowance, Levels},
};
use crate::{
    domain::DeviceId,
    hub::{clock, rights::Sight},
    sync::{
        frame::{Frame, Id},
        hub::Clearance,
    },
};

/// Most bytes of one.
pub const BYTES: usize = 1_024;
/// How many one device may say: all its documents at once, then two a second.
pub const PACE: Allowance = Allowance { burst: 30, each_second: 2 };
/// Milliseconds for which a device counts as being in a document after it said something about it: two and a half of
/// its beats.
pub const LASTS: u64 = 130_000;
/// Documents in which one device can be at a time.
pub const DOCUMENTS: usize = 16;
/// How many wait for a session that is busy; the oldest are dropped.
const BACKLOG: usize = 256;

/// Something said.
#[derive(Debug, Clone)]
pub struct Said {
    /// About which document.
    pub doc: Id,
    /// By which device.
    pub device: Id,
    /// Whose it is.
    pub person: Id,
    /// What; nothing at all: it is there no more.
    pub bytes: ByteVec,
}

impl Said {
    /// As a device hears it: who, and not by which device.
    #[must_use]
    pub fn frame(self) -> Frame {
        Frame::Eph { doc: self.doc, bytes: self.bytes, from: Some(self.person) }
    }
}

/// By device: what it said last, and when.
type There = BTreeMap<Id, (u64, Said)>;

/// What is said, on its way and for a moment after.
#[derive(Debug)]
pub struct Passing {
    out: broadcast::Sender<Said>,
    /// What each device said last, by document, and when.
    last: Mutex<HashMap<Id, There>>,
    paces: Levels<DeviceId>,
}

impl Default for Passing {
    fn default() -> Self {
        Self { out: broadcast::Sender::new(BACKLOG), last: Mutex::default(), paces: Levels::new(PACE) }
    }
}

impl Passing {
    /// Keeps it for those who come soon.
    fn note(&self, said: &Said, now: u64) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.retain(|_, there| {
            there.retain(|_, (at, _)| *at + LASTS > now);
            !there.is_empty()
        });
        if said.bytes.is_empty() {
            if let Some(there) = last.get_mut(&said.doc) {
                there.remove(&said.device);
            }
        } else if last.values().filter(|there| there.contains_key(&said.device)).count() < DOCUMENTS {
            last.entry(said.doc).or_default().insert(said.device, (now, said.clone()));
        }
    }

    fn said_at(&self, doc: Id, device: Id) -> Option<u64> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        Some(last.get(&doc)?.get(&device)?.0)
    }

    fn others(&self, doc: Id, but: Id) -> Vec<Said> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let there = last.get(&doc).into_iter().flatten().filter(|(device, _)| **device != but);
        there.map(|(_, (_, said))| said.clone()).collect()
    }
}

impl Core {
    /// What is said from now on. A listener that is too slow misses the oldest.
    #[must_use]
    pub fn passing(&self) -> broadcast::Receiver<Said> {
        self.passing.out.subscribe()
    }

    /// Whether a device may read a document at this moment.
    #[must_use]
    pub fn reads(&self, device: Id, doc: Id) -> bool {
        let catalogue = self.read(|state| Arc::clone(&state.catalogue));
        Sight::new(catalogue, clock::day(clock::now())).reads(device, doc)
    }

    /// Passes on what a device says about a document. False: it was too much, too often, or not for this device to say;
    /// then nobody hears it.
    pub fn pass_on(&self, who: Who, doc: Id, bytes: ByteVec) -> bool {
        let now = clock::now();
        let refused = if bytes.len() > BYTES {
            Some("eph-too-large")
        } else if self.passing.paces.take(who.device, 1, now).is_err() {
            Some("eph-too-fast")
        } else if !self.reads(who.id(), doc) {
            Some("eph-not-a-reader")
        } else {
            None
        };
        if let Some(why) = refused {
            self.metrics.refuse(why);
            return false;
        }
        let said = Said { doc, device: who.id(), person: who.person.to_bytes().into(), bytes };
        self.passing.note(&said, now);
        // Nobody may be listening.
        let _ = self.passing.out.send(said);
        true
    }

    /// A device's stream has ended: the others in a document hear that it is there no more, unless it said something
    /// over another stream after `at`.
    pub fn gone(&self, who: Who, doc: Id, at: u64) {
        if self.passing.said_at(doc, who.id()).is_some_and(|last| last <= at) {
            let said = Said { doc, device: who.id(), person: who.person.to_bytes().into(), bytes: Vec::new().into() };
            self.passing.note(&said, clock::now());
            let _ = self.passing.out.send(said);
        }
    }

    /// What the others in a document said last, those who may still read it.
    #[must_use]
    pub fn company(&self, who: Who, doc: Id) -> Vec<Frame> {
        let others = self.passing.others(doc, who.id()).into_iter();
        others.filter(|said| self.reads(said.device, doc)).map(Said::frame).collect()
    }
}
