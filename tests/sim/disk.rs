//! Disks that do not keep their word. What a browser can really do to one IndexedDB database, whose transactions stand
//! in one log (LevelDB's in Chromium, a write-ahead log of SQLite elsewhere):
//!
//! - *fail*: the transaction is aborted, and the engine is told (`bad_disk`).
//! - *lose*: after a loss of power the newest transactions are gone although they were said to be durable, because the
//!   drive held them in a cache that it called a disk. The log is read up to its first hole: so a later one never outlives an
//!   earlier one, and writes that a drive put in another order are, once it is read again, a shorter log. Values of two
//!   transactions are therefore never mixed; they can only be fewer.
//! - *tear*: sectors under a value rot: it comes back with bits turned over, cut off, or as zeros. A reader is told (in
//!   the engine by its own checksum) or it is not told before it reads.
//!
//! What is true then: words that stood on this one disk and nowhere else are gone with it, and nobody can be asked for
//! them. Whatever the hub acknowledged must be there as ever. Of a waiting entry that can no longer be read the author gets
//! what is left.

use std::collections::{BTreeSet, VecDeque};

use mufakat::{
    domain::{DocId, EntityId},
    engine::{
        api::Command,
        core::store::{Store, aside, chunk_of, meta, open},
    },
};

use crate::{
    laptop::{Laptop, Who},
    world::World,
};

/// Transactions that a drive may still forget.
const REMEMBERED: usize = 80;

/// A value's place.
pub type Place = (Store, String);

/// What a transaction replaced.
#[derive(Debug, Default, Clone)]
pub struct Undo {
    pub before: Vec<(Place, Option<Vec<u8>>)>,
    /// Falls of the hub that the disk knew of before.
    pub falls: u32,
}

/// What is to be known about a disk that is not as good as its word.
#[derive(Debug, Default, Clone)]
pub struct Wear {
    undo: VecDeque<Undo>,
    /// Falls of the hub that the disk knows of.
    pub falls: u32,
    /// Keys of waiting entries that the disk garbled: what can be read of them must be kept for their author.
    garbled: BTreeSet<String>,
    /// Whether words may come back to their author as damaged.
    pub rotted: bool,
}

impl Wear {
    pub fn wrote(&mut self, undo: Undo) {
        if undo.before.iter().any(|((_, key), value)| key == meta::DEVICE && value.is_none()) {
            // Whoever loses this has to join again, as another device.
            self.undo.clear();
            return;
        }
        self.undo.push_back(undo);
        if self.undo.len() > REMEMBERED {
            self.undo.pop_front();
        }
    }
}

impl Laptop {
    /// The disk is as it was so many transactions ago. Answers how many it forgot.
    fn forget(&mut self, transactions: usize) -> usize {
        for n in 0..transactions {
            let Some(undo) = self.wear.undo.pop_back() else { return n };
            for (place, value) in undo.before.into_iter().rev() {
                match value {
                    Some(value) => drop(self.disk.insert(place, value)),
                    None => drop(self.disk.remove(&place)),
                }
            }
            self.wear.falls = undo.falls;
        }
        transactions
    }

    /// Whether a value cannot be read.
    pub fn is_garbled(&self, store: Store, key: &str) -> bool {
        self.disk.get(&(store, key.to_owned())).is_some_and(|value| open(value).is_err() || value[0] != 0xff)
    }

    /// Documents of which a chunk on the disk cannot be read and nobody has noticed.
    fn unnoticed(&self) -> BTreeSet<DocId> {
        let chunks = self.disk.keys().filter(|(store, key)| *store == Store::Chunk && self.is_garbled(*store, key));
        chunks.filter_map(|(_, key)| chunk_of(key).map(|(doc, _)| doc)).collect()
    }

    /// What can be read of garbled entries is kept for their author.
    pub fn keeps_what_is_left(&self) -> bool {
        self.wear.garbled.iter().all(|key| self.disk.contains_key(&(Store::Quarantine, aside::entry(key))))
    }
}

impl World {
    /// A laptop that lost its power finds that its disk lost more than was under way. Only while it is off.
    pub fn disk_may_suffer(&mut self, who: Who) {
        match self.chance.below(100) {
            0..18 => self.disk_forgets(who),
            18..36 => self.disk_rots(who),
            _ => {}
        }
    }

    fn disk_forgets(&mut self, who: Who) {
        let most = if self.chance.percent(80) { 8 } else { REMEMBERED };
        let transactions = 1 + self.chance.below(most);
        let forgotten = self.laptops[who].forget(transactions);
        if forgotten == 0 {
            return;
        }
        self.tally.fault("write lost");
        self.trace_of(who, format_args!("forgets {forgotten} transactions"));
        self.desk.twice = true;
        self.laptops[who].read_falls = self.laptops[who].wear.falls;
        self.gone(who);
    }

    /// Some values come back otherwise than they were written.
    fn disk_rots(&mut self, who: Who) {
        let places: Vec<Place> = self.laptops[who].disk.keys().cloned().collect();
        for _ in 0..1 + self.chance.below(3) {
            let Some(place) = self.chance.pick(&places).cloned() else { return };
            self.garble(who, place);
        }
        self.gone(who);
    }

    /// A chunk rots under a laptop that runs: it will be told when it reads.
    pub fn chunk_rots(&mut self, who: Who) {
        let chunks = self.laptops[who].disk.keys().filter(|(store, _)| *store == Store::Chunk);
        let chunks: Vec<Place> = chunks.cloned().collect();
        if let Some(place) = self.chance.pick(&chunks).cloned() {
            self.garble(who, place);
            self.gone(who);
        }
    }

    fn garble(&mut self, who: Who, place: Place) {
        // The same sector twice is one fault; who the device is stands there twice, far apart.
        let other = match place.1.as_str() {
            meta::DEVICE => meta::DEVICE_AGAIN,
            meta::DEVICE_AGAIN => meta::DEVICE,
            _ => "",
        };
        if self.laptops[who].is_garbled(Store::Meta, other) && place.0 == Store::Meta {
            return;
        }
        let (kind, at, bit) = (self.chance.below(4), self.chance.draw(), self.chance.below(8));
        let laptop = &mut self.laptops[who];
        let Some(value) = laptop.disk.get_mut(&place) else { return };
        let at = usize::try_from(at % u64::try_from(value.len().max(1)).unwrap_or(1)).unwrap_or(0);
        match kind {
            0 | 1 if !value.is_empty() => value[at] ^= 1 << bit,
            2 => value.truncate(at),
            _ => value.iter_mut().skip(at).for_each(|byte| *byte = 0),
        }
        if !laptop.is_garbled(place.0, &place.1) {
            // The zeros were zeros.
            return;
        }
        laptop.wear.rotted = true;
        if place.0 == Store::Outbox {
            laptop.wear.garbled.insert(place.1.clone());
            self.desk.garbled = true;
        }
        // Without the fact of a voice of its own the engine begins that voice anew, and learns by a fork that it had one.
        self.desk.twice |= place.0 == Store::Meta;
        self.tally.fault("value torn");
        self.trace_of(who, format_args!("cannot read {place:?}"));
    }

    /// What stood on one disk and nowhere else is gone with it.
    fn gone(&mut self, who: Who) {
        let (held, waiting) = (self.held_by(who), self.laptops[who].waiting_on_disk());
        let laptop = &mut self.laptops[who];
        let (disk, desk) = (&laptop.disk, &self.desk);
        laptop.own.retain(|_, own| {
            own.keys.iter().any(|key| desk.number_of(key).is_some() || waiting.contains(key) || held.contains(key))
                || disk.contains_key(&(Store::Quarantine, own.command.to_string()))
        });
        for own in laptop.own.values_mut() {
            own.forgotten |= !own.keys.iter().any(|key| waiting.contains(key) || held.contains(key));
        }
        let garbled = std::mem::take(&mut laptop.wear.garbled);
        laptop.wear.garbled = garbled
            .into_iter()
            .filter(|key| {
                laptop.is_garbled(Store::Outbox, key)
                    || laptop.disk.contains_key(&(Store::Quarantine, aside::entry(key)))
            })
            .collect();
        self.forgive();
    }

    /// Whoever has not noticed yet that a chunk of his cannot be read, reads it now. True when somebody does.
    pub fn everything_is_read(&mut self) -> bool {
        let worn = (0..self.laptops.len())
            .filter(|who| !self.laptops[*who].left && !self.laptops[*who].unnoticed().is_empty());
        let worn: Vec<Who> = worn.collect();
        for &who in &worn {
            self.crash(who);
            self.wake(who);
            // A copy for the person says every document.
            let id = EntityId::fresh(self.now, self.chance.bytes());
            self.say_command(who, id, Command::Export);
        }
        !worn.is_empty()
    }
}
