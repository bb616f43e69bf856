//! What need not be on the disk at once, because after a crash it is made anew: rows that follow from the outbox, and what
//! the hub says of own changes, which are on the disk as they are and would be offered and known again.
//!
//! It gathers and goes together. Until then the disk never says that the device is further than what it has of this: the
//! cursor is not written without it, so nothing acknowledged looks as if it had never been sent.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Engine,
    arrivals::{doc_of, key_doc},
    chunk::{Chunk, Kept},
    facts::Seal,
    outbox::{Body, key},
    store::{Store, meta},
};
use crate::{
    domain::{DocId, Edit, Fact},
    sync::{
        Key,
        client::{Client, Event, Stage},
        frame::Receipt,
    },
};

/// So many acknowledgements go together.
const ACKED: usize = 512;
/// After a crash so many documents at most are read before anything is shown.
const ROWS: usize = 16;
/// Nobody has written anything for so many milliseconds,
const IDLE: u64 = 60_000;
/// and it never takes longer than so many.
const LONGEST: u64 = 3_600_000;

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Lately {
    /// Acknowledged changes by document, and their places in the outbox.
    acked: BTreeMap<DocId, (Chunk, Vec<u64>)>,
    /// Documents whose row on the disk is of before the newest entries of the outbox.
    rows: BTreeSet<DocId>,
    /// How far the hub's log is, of which only own changes were new.
    passed: bool,
    /// The place in the outbox before which all is in the rows, as the disk has it; none where a version before wrote every
    /// row at once.
    made: Option<u64>,
    /// When the first and the last of it came.
    since: Option<(u64, u64)>,
}

impl Lately {
    /// Documents of which the disk does not have all that was acknowledged: not to be read from there.
    pub fn docs(&self) -> impl Iterator<Item = DocId> {
        self.acked.keys().copied()
    }

    /// When it goes.
    pub fn timer(&self) -> Option<u64> {
        self.since.map(|(first, last)| (first + LONGEST).min(last + IDLE))
    }

    fn is_much(&self) -> bool {
        let acked: usize = self.acked.values().map(|(_, places)| places.len()).sum();
        acked >= ACKED || self.rows.len() >= ROWS
    }

    /// A row is written.
    pub fn row_kept(&mut self, doc: DocId) {
        self.rows.remove(&doc);
    }
}

impl Engine {
    fn came_lately(&mut self) {
        let first = self.lately.since.map_or(self.now, |(first, _)| first);
        self.lately.since = Some((first, self.now));
    }

    /// An own edit is in a document: its row follows.
    pub(super) fn row_later(&mut self, doc: DocId) {
        self.show_row(doc);
        self.lately.rows.insert(doc);
        self.came_lately();
    }

    /// Takes this acknowledgement and all that follow it at once: one chunk a document.
    pub(super) fn acked_all(&mut self, first: (Key, u64, Option<Receipt>)) {
        let mut acked = vec![first];
        while let Some(Event::Acked { key, number, receipt }) = self.inbox.front() {
            let next = (*key, *number, *receipt);
            if !self.ready(&key_doc(&next.0).into_iter().collect()) {
                break;
            }
            self.inbox.pop_front();
            acked.push(next);
        }
        let received_at = self.clock().checked_add_signed(self.hub_ahead);
        let device = self.account.as_ref().map(|account| account.device);
        let mut by_doc: BTreeMap<DocId, Vec<(Kept, BTreeSet<_>)>> = BTreeMap::new();
        let mut places: BTreeMap<DocId, Vec<u64>> = BTreeMap::new();
        let (mut facts, mut acts) = (false, false);
        for (hub_key, number, receipt) in acked {
            let Some(seq) = self.outbox.by_key(&hub_key).map(|entry| entry.seq) else {
                self.taken_as_it_was(&hub_key, number);
                continue;
            };
            if hub_key.doc.is_some_and(|doc| self.position.missing.contains(&doc_of(doc))) {
                // The words are nowhere else on this device until the document is here, and a hub may fall back.
                self.hold_until_here(seq);
                continue;
            }
            let Some(entry) = self.outbox.remove(seq) else { continue };
            self.remember(entry.command);
            acts |= matches!(entry.edit(), Some(Edit::Act { .. }));
            match entry.body {
                Body::Fact { fact, bytes } => {
                    self.journal.write.delete(Store::Outbox, key(seq));
                    if let Fact::Doc { id, .. } = fact {
                        self.told.own.insert(number, id);
                    }
                    // Without the hub's code, that it is one's own is all by which it could be brought back.
                    let seal = Seal { received_at: received_at.unwrap_or(self.now), device, mac: None };
                    self.fold_fact(number, &bytes, Some(seal));
                    facts = true;
                }
                Body::Change { bytes, .. } => {
                    let body = Some(bytes.into());
                    let hash = entry.hash.into();
                    let kept = Kept { hash, number, received_at, device, body, signature: None, receipt };
                    by_doc.entry(entry.doc).or_default().push((kept, entry.records));
                    places.entry(entry.doc).or_default().push(seq);
                }
            }
        }
        if facts {
            self.recatalogue();
        }
        for (doc, confirmed) in by_doc {
            let places = places.remove(&doc).unwrap_or_default();
            let held = self.documents.get_mut(doc);
            let chunk = held.map(|held| (held.confirm(&confirmed), held.project()));
            let chunk = match chunk {
                Some((chunk, Ok(()))) => {
                    self.acked_later(doc, chunk, places);
                    continue;
                }
                Some((chunk, Err(_))) => Some(chunk),
                None => None,
            };
            for place in places {
                self.journal.write.delete(Store::Outbox, key(place));
            }
            // None: one that may no longer be here.
            if let Some(chunk) = chunk {
                self.leave_on_disk(doc);
                self.write_chunk(doc, &chunk);
                self.miss(doc);
            }
        }
        if acts {
            // What has taken effect does not look provisional again.
            self.catch_up();
        }
        self.dirty.shell = true;
    }

    /// The hub took a change that was made anew while it was on its way. Its log passes over what it acknowledged, so the
    /// document is fetched.
    fn taken_as_it_was(&mut self, key: &Key, number: u64) {
        let Some(doc) = key_doc(key) else { return };
        let has = self.documents.get(doc).is_some_and(|held| held.doc().has(&key.hash.into()));
        if has || self.entry(doc).is_none() || self.position.lost.contains(&doc) {
            return;
        }
        let taken = self.told.unheard.entry(doc).or_default();
        *taken = number.max(*taken);
        if !self.position.missing.contains(&doc) {
            self.told.unheard.remove(&doc);
            // What is here stays on the disk until that comes: a hub may fall back meanwhile.
            self.commit_texts_of(doc);
            self.leave_on_disk(doc);
            self.miss(doc);
        }
    }

    /// The hub has own changes: they leave the outbox for a chunk, on the disk later.
    fn acked_later(&mut self, doc: DocId, chunk: Chunk, places: Vec<u64>) {
        if let Some(row) = self.row_mut(doc) {
            row.last = row.last.max(chunk.last().unwrap_or(0));
        }
        self.show_row(doc);
        let (gathered, gone) = self.lately.acked.entry(doc).or_default();
        gathered.join(chunk);
        gone.extend(places);
        self.came_lately();
    }

    /// The hub's log is further, and had nothing but own changes. Where it is asked again and again it must know.
    pub(super) fn passed_later(&mut self) -> bool {
        let streams = self.client.as_ref().map(Client::stage) == Some(Stage::Live);
        if streams {
            self.reached_later();
        }
        streams
    }

    /// The places passed are others.
    pub(super) fn reached_later(&mut self) {
        self.lately.passed = true;
        self.came_lately();
    }

    /// What was acknowledged of a document goes with the next transaction.
    pub(super) fn keep_acked(&mut self, doc: DocId) {
        let Some((chunk, places)) = self.lately.acked.remove(&doc) else { return };
        for place in places {
            self.journal.write.delete(Store::Outbox, key(place));
        }
        self.write_chunk(doc, &chunk);
    }

    /// The same of all documents.
    pub(super) fn keep_all_acked(&mut self) {
        let docs: Vec<DocId> = self.lately.docs().collect();
        for doc in docs {
            self.keep_acked(doc);
        }
    }

    /// All of it goes with the next transaction.
    pub(super) fn catch_up(&mut self) {
        if self.lately.since.take().is_none() {
            return;
        }
        self.keep_all_acked();
        while let Some(doc) = self.lately.rows.pop_first() {
            self.keep_row(doc);
        }
        self.rows_made();
        if std::mem::take(&mut self.lately.passed) {
            self.keep_history();
            self.keep_position();
            self.keep_seen();
            self.have();
        }
    }

    /// Everything the outbox has is in the rows.
    fn rows_made(&mut self) {
        let made = self.outbox.next();
        if self.lately.made.replace(made) != Some(made) {
            self.journal.write.put(Store::Meta, meta::ROWS, minicbor::to_vec(made).unwrap_or_default());
        }
    }

    /// A store that says nothing of its rows has all of them, and says so from now on. Before a device has joined there is
    /// none to say it.
    pub(super) fn rows_are_made(&mut self) {
        if self.lately.made.is_none() && self.account.is_some() {
            self.rows_made();
        }
    }

    /// All that came lately goes when it is time.
    pub(super) fn catch_up_in_time(&mut self) {
        if self.lately.is_much() || self.lately.timer().is_some_and(|at| at <= self.now) {
            self.catch_up();
        }
    }

    /// What the store says of the rows. What it cannot say makes every row doubtful that may be.
    pub(super) fn open_lately(&mut self, value: Option<&[u8]>) {
        self.lately.made = Some(value.and_then(|value| minicbor::decode(value).ok()).unwrap_or(0));
    }

    /// Documents of which the outbox has newer entries are read before anything is shown of them.
    pub(super) fn doubt_rows(&mut self) {
        let Some(made) = self.lately.made else { return };
        // No entry gets a number again from which on one was in no row.
        self.outbox.begin_at(made);
        let newer = self.outbox.iter().filter(|entry| entry.seq >= made && !entry.is_fact());
        self.amiss.doubt(newer.map(|entry| entry.doc));
    }
}
