//! Documents in memory: loaded when something needs them, at most so many at a time.
//!
//! A loaded document is what the hub acknowledged (its chunks) and then what the outbox holds. That is also how it is
//! rebuilt when the hub refuses something: the chunks' changes and the commands run again.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    chunk::{Chunk, Kept, Provenance, Touch},
    outbox::{Body, Entry},
};
use crate::{
    docs::{Applied, Doc, DocsError, Made, genesis},
    domain::{DeviceId, DocId, DocKind, EntityId, Snapshot},
    sync::marks::{Mark, Marks, Run, runs},
};

/// Documents kept loaded beside those that a page shows.
pub const KEPT: usize = 32;

/// The document's own record among its records: the document's id read as an entity's.
#[must_use]
pub const fn root_of(doc: DocId) -> EntityId {
    EntityId::from_bytes(doc.to_bytes())
}

thread_local! {
    static AT_WORK: std::cell::Cell<Option<DocId>> = const { std::cell::Cell::new(None) };
}

/// The document being loaded or changed right now. A shell asks when the engine has crashed.
#[must_use]
pub fn at_work() -> Option<DocId> {
    AT_WORK.get()
}

/// Runs something that a broken document could crash.
pub fn working<T>(doc: DocId, work: impl FnOnce() -> T) -> T {
    AT_WORK.set(Some(doc));
    let done = work();
    AT_WORK.set(None);
    done
}

/// A loaded document.
#[derive(Debug)]
pub struct Held {
    id: DocId,
    doc: Doc,
    known: BTreeMap<[u8; 32], Provenance>,
    touched: BTreeMap<EntityId, Touch>,
    snapshot: Snapshot,
    used: u64,
}

impl Held {
    /// A document nobody has written in.
    ///
    /// # Errors
    /// None that a released version can meet; see [`Doc::snapshot`].
    pub fn new(id: DocId, kind: DocKind) -> Result<Self, DocsError> {
        Self::of(id, Doc::new(kind))
    }

    fn of(id: DocId, doc: Doc) -> Result<Self, DocsError> {
        let snapshot = doc.snapshot(&|_| None)?;
        Ok(Self { id, doc, known: BTreeMap::new(), touched: BTreeMap::new(), snapshot, used: 0 })
    }

    /// From its chunks and what the outbox holds of it.
    ///
    /// # Errors
    /// What [`Doc::load`] finds wrong.
    pub fn load<'a>(
        id: DocId,
        kind: DocKind,
        chunks: &[Chunk],
        own: impl Iterator<Item = &'a Entry>,
    ) -> Result<Self, DocsError> {
        let own = own.filter_map(|entry| match &entry.body {
            Body::Change { bytes, .. } => Some(bytes.as_slice()),
            Body::Fact { .. } => None,
        });
        let doc = Doc::load(kind, chunks.iter().flat_map(Chunk::bodies).chain(own))?;
        let mut held = Self::of(id, doc)?;
        held.recall(chunks);
        for chunk in chunks {
            held.known.extend(chunk.changes.iter().map(|kept| (kept.hash.into(), kept.provenance())));
            for (record, touch) in &chunk.touched {
                held.touch(*record, *touch);
            }
        }
        held.project()?;
        Ok(held)
    }

    /// Takes what the hub said of compacted changes from the marks beside them.
    pub fn recall(&mut self, chunks: &[Chunk]) {
        for chunk in chunks.iter().filter(|chunk| !chunk.marks.is_empty()) {
            let marks = Marks::of(&chunk.marks);
            for (hash, actor, seq) in self.doc.authors() {
                let Some(mark) = marks.get(&actor, seq) else { continue };
                let device = mark.device.map(|id| DeviceId::from_bytes(id.into()));
                let signature = mark.signature.and_then(|signature| signature.try_into().ok());
                let Mark { number, received_at, receipt, .. } = mark;
                self.known.insert(hash, Provenance { number, received_at, device, signature, receipt });
            }
        }
    }

    /// From a document that the hub compacted, with what it says of each change in it; and the chunk to be kept.
    ///
    /// # Errors
    /// What [`Doc::apply`] finds wrong; [`DocsError::Malformed`] where something is missing of it, or nothing is said of
    /// one of its changes.
    pub fn compacted(id: DocId, kind: DocKind, document: Vec<u8>, marks: Vec<Run>) -> Result<(Self, Chunk), DocsError> {
        let mut held = Self::new(id, kind)?;
        let applied = held.doc.apply(&[&document])?;
        let mut chunk = Chunk { document: Some(document.into()), marks, ..Chunk::default() };
        held.recall(std::slice::from_ref(&chunk));
        if !applied.waiting.is_empty() || !applied.hashes.iter().all(|hash| held.known.contains_key(hash)) {
            return Err(DocsError::Malformed("a compacted document without all its marks".to_owned()));
        }
        let foreign = |(hash, actor, _): &([u8; 32], Vec<u8>, u64)| {
            let device = held.known.get(hash).and_then(|known| known.device);
            let own = device.is_none_or(|device| actor.get(..16) == Some(&device.to_bytes()[..]));
            !own && !genesis::is_fixed(kind, hash)
        };
        if held.doc.authors().iter().any(foreign) {
            return Err(DocsError::Malformed("a change under the name of another device".to_owned()));
        }
        let times = held.known.values().filter_map(|known| known.received_at);
        let last = held.known.values().map(|known| known.number).max().unwrap_or(0);
        let touch = Touch { first_at: times.min().unwrap_or(0), last };
        for record in records(id, &applied) {
            held.touch(record, touch);
            chunk.touched.push((record, touch));
        }
        held.project()?;
        Ok((held, chunk))
    }

    /// What it says.
    #[must_use]
    pub const fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The document.
    #[must_use]
    pub const fn doc(&self) -> &Doc {
        &self.doc
    }

    /// The document, to be written in. [`Held::project`] must follow.
    pub const fn doc_mut(&mut self) -> &mut Doc {
        &mut self.doc
    }

    /// Whether the hub acknowledged a change.
    #[must_use]
    pub fn acknowledged(&self, hash: &[u8; 32]) -> bool {
        self.known.contains_key(hash)
    }

    /// What the hub said of each change.
    #[must_use]
    pub const fn provenances(&self) -> &BTreeMap<[u8; 32], Provenance> {
        &self.known
    }

    /// What the hub said of a change that it acknowledged.
    #[must_use]
    pub fn provenance(&self, hash: &[u8; 32]) -> Option<Provenance> {
        self.known.get(hash).copied()
    }

    /// What is known of a record.
    #[must_use]
    pub fn touch_of(&self, record: EntityId) -> Option<Touch> {
        self.touched.get(&record).copied()
    }

    /// Reads the document anew.
    ///
    /// # Errors
    /// See [`Doc::snapshot`].
    pub fn project(&mut self) -> Result<(), DocsError> {
        let known = &self.known;
        self.snapshot = self.doc.snapshot(&|hash| known.get(hash).map(|kept| kept.number))?;
        Ok(())
    }

    /// Takes in changes that the hub numbered. Answers the chunk to be kept, none when all of it was known.
    ///
    /// # Errors
    /// What [`Doc::apply`] finds wrong; nothing has changed then.
    pub fn take(&mut self, changes: Vec<Kept>) -> Result<Option<Chunk>, DocsError> {
        let fresh: Vec<Kept> = changes
            .into_iter()
            .filter(|kept| match self.known.get(&<[u8; 32]>::from(kept.hash)) {
                None => true,
                // Of one's own, acknowledged in a few words, the log says the rest.
                Some(known) => {
                    (known.received_at.is_none() && kept.received_at.is_some())
                        || (known.receipt.is_none() && kept.receipt.is_some())
                }
            })
            .collect();
        if fresh.is_empty() {
            return Ok(None);
        }
        let bodies: Vec<&[u8]> = fresh.iter().filter_map(|kept| kept.body.as_ref().map(|body| &body[..])).collect();
        let applied = self.doc.apply(&bodies)?;
        let (mut last, mut first_at) = (0, u64::MAX);
        for kept in &fresh {
            last = last.max(kept.number);
            first_at = first_at.min(kept.received_at.unwrap_or(u64::MAX));
            self.known.insert(kept.hash.into(), kept.provenance());
        }
        let touch = Touch { first_at: if first_at == u64::MAX { 0 } else { first_at }, last };
        let mut touched = records(self.id, &applied);
        if applied.touched.is_empty() && !applied.touches_root {
            touched.clear();
        }
        for &record in &touched {
            self.touch(record, touch);
        }
        self.project()?;
        let touched = touched.into_iter().map(|id| (id, touch)).collect();
        Ok(Some(Chunk { changes: fresh, touched, ..Chunk::default() }))
    }

    /// Takes note that the hub numbered changes of this device that are in the document already.
    pub fn confirm(&mut self, changes: &[(Kept, BTreeSet<EntityId>)]) -> Chunk {
        let mut chunk = Chunk::default();
        for (kept, records) in changes {
            self.known.insert(kept.hash.into(), kept.provenance());
            for &record in records {
                let touch = Touch { first_at: kept.received_at.unwrap_or(0), last: kept.number };
                self.touch(record, touch);
                chunk.touched.push((record, touch));
            }
            chunk.changes.push(kept.clone());
        }
        chunk
    }

    fn touch(&mut self, record: EntityId, touch: Touch) {
        self.touched.entry(record).and_modify(|known| known.join(touch)).or_insert(touch);
    }

    /// The document with everything acknowledged and nothing else.
    ///
    /// # Errors
    /// See [`Doc::load`].
    pub fn acknowledged_only(&self) -> Result<Self, DocsError> {
        let changes = self.doc.changes();
        let acknowledged = changes.iter().filter(|change| self.known.contains_key(&change.hash));
        let doc = Doc::load(self.doc.kind(), acknowledged.map(|change| change.bytes.as_slice()))?;
        let mut held = Self::of(self.id, doc)?;
        held.known.clone_from(&self.known);
        held.touched.clone_from(&self.touched);
        held.project()?;
        Ok(held)
    }

    /// Everything as one chunk: the document, and what the hub said of each change in it. None when that chunk, read back,
    /// is not this document to the last word and mark.
    #[must_use]
    pub fn compact(&self) -> Option<Chunk> {
        let mark = |(hash, actor, seq): ([u8; 32], Vec<u8>, u64)| {
            let Provenance { number, received_at, device, signature, receipt } = *self.known.get(&hash)?;
            let (device, signature) = (device.map(|id| id.to_bytes().into()), signature.map(Vec::from));
            Some(Mark { actor, seq, number, received_at, device, signature, receipt })
        };
        let chunk = Chunk {
            document: Some(self.doc.save().into()),
            changes: Vec::new(),
            touched: self.touched.iter().map(|(record, touch)| (*record, *touch)).collect(),
            marks: runs(self.doc.authors().into_iter().filter_map(mark).collect()),
        };
        self.comes_back(&chunk).then_some(chunk)
    }

    /// Whether a chunk, from the bytes that would be stored, is all of this document.
    #[must_use]
    pub fn comes_back(&self, chunk: &Chunk) -> bool {
        let again = Chunk::decode(&chunk.encode()).ok();
        let again = again.and_then(|chunk| Self::load(self.id, self.doc.kind(), &[chunk], std::iter::empty()).ok());
        again.is_some_and(|again| {
            again.doc.heads() == self.doc.heads()
                && again.doc.waiting() == self.doc.waiting()
                && again.known == self.known
                && again.touched == self.touched
                && again.snapshot == self.snapshot
        })
    }
}

/// The records that arrived changes touch.
#[must_use]
pub fn records(doc: DocId, applied: &Applied) -> BTreeSet<EntityId> {
    let mut records = applied.touched.clone();
    records.extend(applied.touches_root.then(|| root_of(doc)));
    records
}

/// The records that an own change touches.
#[must_use]
pub fn records_of(doc: DocId, made: &Made) -> BTreeSet<EntityId> {
    let mut records = made.touched.clone();
    records.extend(made.touches_root.then(|| root_of(doc)));
    records
}

/// The loaded documents.
#[derive(Debug, Default)]
pub struct Documents {
    held: BTreeMap<DocId, Held>,
    reading: BTreeSet<DocId>,
    ticks: u64,
}

impl Documents {
    /// A loaded document.
    #[must_use]
    pub fn get(&self, doc: DocId) -> Option<&Held> {
        self.held.get(&doc)
    }

    /// A loaded document, to be written in.
    pub fn get_mut(&mut self, doc: DocId) -> Option<&mut Held> {
        self.ticks += 1;
        let held = self.held.get_mut(&doc)?;
        held.used = self.ticks;
        Some(held)
    }

    /// Puts a document in.
    pub fn insert(&mut self, doc: DocId, mut held: Held) {
        self.ticks += 1;
        held.used = self.ticks;
        self.reading.remove(&doc);
        self.held.insert(doc, held);
    }

    /// Takes a document out.
    pub fn remove(&mut self, doc: DocId) {
        self.reading.remove(&doc);
        self.held.remove(&doc);
    }

    /// Whether its chunks are on their way from the store.
    #[must_use]
    pub fn is_reading(&self, doc: DocId) -> bool {
        self.reading.contains(&doc)
    }

    /// Its chunks were asked for. False when they were already.
    pub fn read(&mut self, doc: DocId) -> bool {
        self.reading.insert(doc)
    }

    /// Its chunks came, or will not come.
    pub fn read_done(&mut self, doc: DocId) -> bool {
        self.reading.remove(&doc)
    }

    /// Drops the documents longest unused, but none that is needed.
    pub fn evict(&mut self, needed: &BTreeSet<DocId>) {
        let mut idle: Vec<(u64, DocId)> =
            self.held.iter().filter(|(doc, _)| !needed.contains(doc)).map(|(doc, held)| (held.used, *doc)).collect();
        idle.sort_unstable();
        let surplus = idle.len().saturating_sub(KEPT);
        for (_, doc) in &idle[..surplus] {
            self.held.remove(doc);
        }
    }

    /// How many are loaded.
    #[must_use]
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }
}
