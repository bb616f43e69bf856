//! Loading documents from their chunks, and writing chunks.

use std::collections::BTreeSet;

use super::{
    Engine, Output,
    chunk::Chunk,
    documents::Held,
    outbox::Body,
    store::{Store, StoreError, chunk_key, chunk_of, meta, open},
};
use crate::{domain::DocId, sync::Cursor};

/// The tail of a document is not compacted below this many bytes.
const SMALL: u64 = 32 << 10;
/// A document that crashed the engine so often is not loaded again.
const CRASHES: u32 = 2;

impl Engine {
    /// Whether each document is loaded or known not to be here. Asks for those that must be read.
    pub(super) fn ready(&mut self, docs: &BTreeSet<DocId>) -> bool {
        let mut ready = true;
        for doc in docs {
            // Every one is asked for, not only the first that is not there.
            ready &= self.ready_one(*doc);
        }
        ready
    }

    fn ready_one(&mut self, doc: DocId) -> bool {
        // What is here of a document that is fetched is read only where the hub lost something of it.
        let coming = self.position.missing.contains(&doc) && !self.rewinding.rewound.docs.contains(&doc);
        if self.documents.get(doc).is_some() || coming {
            return true;
        }
        if self.documents.is_reading(doc) {
            return false;
        }
        if self.amiss.is_rowless(doc) || self.rows.get(&doc).is_some_and(|row| row.next > row.first) {
            if self.crashed.get(&doc).is_some_and(|count| *count >= CRASHES) {
                self.set_aside(doc, &[]);
                return true;
            }
            self.documents.read(doc);
            self.out.push(Output::Read { doc });
            return false;
        }
        if self.outbox.of(doc).any(|entry| matches!(entry.body, Body::Change { .. })) {
            self.load(doc, &[]);
        }
        true
    }

    /// A document's chunks came.
    pub(super) fn read(&mut self, doc: DocId, chunks: &[(String, Vec<u8>)]) {
        if !self.documents.read_done(doc) || self.documents.get(doc).is_some() {
            return;
        }
        if self.amiss.is_rowless(doc) && !self.row_from(doc, chunks) {
            // Without a kind or a chunk there is no row to make: own words alone, or nothing that could be read.
            if !chunks.is_empty() {
                self.set_aside(doc, chunks);
            }
            return;
        }
        let Some((first, next)) = self.rows.get(&doc).map(|row| (row.first, row.next)) else { return };
        let here: Vec<&(String, Vec<u8>)> = chunks
            .iter()
            .filter(|(key, _)| chunk_of(key).is_some_and(|(of, n)| of == doc && (first..next).contains(&n)))
            .collect();
        let complete = u64::try_from(here.len()).is_ok_and(|count| count == next - first);
        if !complete && !self.journal.is_clean() {
            // The newest chunk is still being written: whoever needs the document asks again.
            return;
        }
        let decoded: Option<Vec<Chunk>> = here.iter().map(|(_, value)| Chunk::decode(open(value).ok()?).ok()).collect();
        if !decoded.is_some_and(|decoded| complete && self.load(doc, &decoded)) {
            self.set_aside(doc, chunks);
        }
    }

    /// They did not: the store is in trouble, or what it holds is.
    pub(super) fn read_failed(&mut self, doc: DocId, error: StoreError) {
        if !self.documents.read_done(doc) {
            return;
        }
        match error {
            StoreError::Corrupt => self.set_aside(doc, &[]),
            // The shell opens the store again; whoever needs the document asks again.
            StoreError::Lost | StoreError::Newer | StoreError::Quota | StoreError::Absent => {
                self.amiss.in_doubt(doc);
                self.notice = Some("notice-storage-lost");
                self.dirty.shell = true;
            }
        }
    }

    fn load(&mut self, doc: DocId, chunks: &[Chunk]) -> bool {
        let Some(kind) = self.entry(doc).map(|entry| entry.kind).or(self.rows.get(&doc).map(|row| row.kind)) else {
            return false;
        };
        let own: Vec<_> = self.outbox.of(doc).cloned().collect();
        let Ok(held) = super::documents::working(doc, || Held::load(doc, kind, chunks, own.iter())) else {
            return false;
        };
        if self.crashed.remove(&doc).is_some() {
            self.journal.write.delete(Store::Meta, meta::crashed(doc));
        }
        let stands_on_nothing = !own.is_empty() && !held.doc().waiting().is_empty();
        let stale = self.rows.get(&doc).is_none_or(|row| {
            row.beside != super::rows::beside(held.snapshot()) || row.shown != super::rows::shown(doc, &held)
        });
        self.documents.insert(doc, held);
        self.hear_loaded(doc);
        if stale {
            self.keep_row(doc);
        }
        if stands_on_nothing {
            // Some of one's own words were lost: the others are run again on what is there.
            self.rebuild(doc, &BTreeSet::new(), "");
        }
        true
    }

    /// A document must be fetched whole.
    pub(super) fn miss(&mut self, doc: DocId) {
        self.position.lost.remove(&doc);
        if self.position.missing.insert(doc) {
            self.keep_position();
            self.have();
        }
        if let Some(client) = &mut self.client {
            client.want(doc.to_bytes().into());
        }
        self.dirty.docs.insert(doc);
        self.dirty.shell = true;
    }

    /// The hub is told how far this device is once all of it is durable.
    pub(super) fn have(&mut self) {
        let cursor =
            Cursor { number: self.position.number, stamp: self.position.stamp.into(), as_of: self.position.as_of };
        self.journal.after.have = Some((cursor, self.position.missing.clone()));
    }

    /// Writes a chunk of acknowledged changes, and the row that follows from it.
    pub(super) fn keep_chunk(&mut self, doc: DocId, chunk: &Chunk) {
        // What came before it stands before it.
        self.keep_acked(doc);
        self.write_chunk(doc, chunk);
    }

    pub(super) fn write_chunk(&mut self, doc: DocId, chunk: &Chunk) {
        let value = chunk.encode();
        let bytes = u64::try_from(value.len()).unwrap_or(u64::MAX);
        let last = chunk.last().unwrap_or(0);
        let Some(row) = self.row_mut(doc) else { return };
        let key = chunk_key(doc, row.next);
        row.next += 1;
        row.last = row.last.max(last);
        if chunk.document.is_some() {
            row.snapshot = bytes;
        } else {
            row.tail += bytes;
        }
        self.journal.write.put(Store::Chunk, key, value);
        self.compact(doc);
        self.keep_row(doc);
    }

    /// Makes one chunk of many when the tail outweighs what it follows, in the transaction that brings the last of it.
    fn compact(&mut self, doc: DocId) {
        let own = self.outbox.of(doc).any(|entry| matches!(entry.body, Body::Change { .. }));
        let Some(row) = self.rows.get(&doc) else { return };
        // Own words have to be taken out first: not for every chunk, and not never while somebody types.
        let most = row.snapshot.max(SMALL).saturating_mul(if own { 4 } else { 1 });
        if row.tail <= most || row.next - row.first < 2 {
            return;
        }
        let chunk = self.documents.get(doc).and_then(|held| match own {
            true => held.acknowledged_only().ok()?.compact(),
            false => held.compact(),
        });
        let (Some(chunk), Some(row)) = (chunk, self.rows.get_mut(&doc)) else { return };
        let value = chunk.encode();
        let old = row.first..row.next;
        let key = chunk_key(doc, row.next);
        row.first = row.next;
        row.next += 1;
        row.snapshot = u64::try_from(value.len()).unwrap_or(u64::MAX);
        row.tail = 0;
        for n in old {
            self.journal.write.delete(Store::Chunk, chunk_key(doc, n));
        }
        self.journal.write.put(Store::Chunk, key, value);
    }
}
