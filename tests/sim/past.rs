//! What the hub once had: what it promised, and an older disk put in the place of its own.

use std::collections::BTreeSet;

use mufakat::sync::Key;

use crate::desk::{Desk, RIGHTS};

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

    /// Honest machines that flush before they send are never told that they fork, skip or garble.
    pub fn heard_only_sense(&self) {
        let reasons = self.machine.counts().keys();
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
        self.falls > 0 && ["exists", "superseded"].contains(&reason)
    }

    /// Nothing acknowledged is missing.
    pub fn keeps_its_word(&self) {
        for (key, number) in &self.promised {
            assert_eq!(self.numbers.get(key), Some(number), "acknowledged and not there: {key:?}");
        }
    }
}
