//! The order of writing: at most one transaction is under way; everything that comes meanwhile goes into the next.
//!
//! What must happen only once words are on the disk (marks, answers, telling the hub) waits here with the transaction
//! that carries them, and nowhere else.

use std::collections::BTreeSet;

use super::{
    PortId,
    store::{StoreError, Write},
};
use crate::{domain::DocId, engine::api::Reply, sync::Cursor};

/// What waits for a transaction to be on the disk.
#[derive(Debug, Default)]
pub struct After {
    /// Outbox entries that are then on this device: their places, and as what they were written.
    pub entries: Vec<(u64, [u8; 32])>,
    /// Answers to pages.
    pub replies: Vec<(PortId, Reply)>,
    /// The cursor and the missing documents of which the hub may then be told.
    pub have: Option<(Cursor, BTreeSet<DocId>)>,
}

impl After {
    fn join(mut self, later: Self) -> Self {
        self.entries.extend(later.entries);
        self.replies.extend(later.replies);
        self.have = later.have.or(self.have);
        self
    }

    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.replies.is_empty() && self.have.is_none()
    }
}

/// How long a failed write waits before it is tried again, in milliseconds.
const RETRY: u64 = 3_000;

/// The writer.
#[derive(Debug, Default)]
pub struct Journal {
    /// What the next transaction carries.
    pub write: Write,
    /// What waits for it.
    pub after: After,
    flushing: Option<(Write, After)>,
    trouble: Option<StoreError>,
    retry_at: u64,
}

impl Journal {
    /// The next transaction, when one is due and none is under way.
    pub fn next(&mut self, now: u64) -> Option<Write> {
        if self.flushing.is_some() || self.write.is_empty() || now < self.retry_at {
            return None;
        }
        let mut write = std::mem::take(&mut self.write);
        write.fold();
        self.flushing = Some((write.clone(), std::mem::take(&mut self.after)));
        Some(write)
    }

    /// What waits although nothing is to be written: it is due at once.
    pub fn idle(&mut self) -> Option<After> {
        let idle = self.flushing.is_none() && self.write.is_empty() && !self.after.is_empty();
        idle.then(|| std::mem::take(&mut self.after))
    }

    /// The transaction is on the disk.
    pub fn stored(&mut self) -> After {
        self.trouble = None;
        self.retry_at = 0;
        self.flushing.take().map(|(_, after)| after).unwrap_or_default()
    }

    /// It is not: it will be part of the next one.
    pub fn failed(&mut self, error: StoreError, now: u64) {
        self.trouble = Some(error);
        self.retry_at = now + RETRY;
        if let Some((mut write, after)) = self.flushing.take() {
            write.steps.append(&mut self.write.steps);
            self.write = write;
            self.after = after.join(std::mem::take(&mut self.after));
        }
    }

    /// What is wrong with the store, if something is.
    #[must_use]
    pub const fn trouble(&self) -> Option<StoreError> {
        self.trouble
    }

    /// When a failed write is tried again.
    #[must_use]
    pub fn timer(&self) -> Option<u64> {
        (self.retry_at > 0 && self.flushing.is_none() && !self.write.is_empty()).then_some(self.retry_at)
    }

    /// Whether everything is on the disk.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.flushing.is_none() && self.write.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::core::store::Store;

    #[test]
    fn what_comes_during_a_flush_goes_in_the_next_and_a_failure_keeps_the_order() {
        let mut journal = Journal::default();
        journal.write.put(Store::Outbox, "1", vec![1]);
        journal.after.entries.push((1, [1; 32]));
        assert_eq!(journal.next(0).map(|write| write.steps.len()), Some(1));
        journal.write.put(Store::Outbox, "2", vec![2]);
        journal.after.entries.push((2, [2; 32]));
        assert_eq!(journal.next(0), None, "one at a time");
        journal.failed(StoreError::Lost, 10);
        assert_eq!(journal.next(10), None, "not at once");
        assert_eq!(journal.timer(), Some(10 + RETRY));
        assert_eq!(journal.next(10 + RETRY).map(|write| write.steps.len()), Some(2));
        assert_eq!(journal.stored().entries, [(1, [1; 32]), (2, [2; 32])]);
        assert!(journal.is_clean());
    }
}
