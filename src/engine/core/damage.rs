//! Damage: what the disk or the wire brought that cannot be what was written. It is set aside, told, and made good: rows
//! from chunks, documents from the hub, facts and the cursor by counting again. What only this device had is never
//! dropped: as much as can be read of it goes to its author.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Engine,
    chunk::{Chunk, Kept},
    outbox::Entry,
    pack::unpack,
    refusals::{Quarantined, words},
    store::{Store, aside, chunk_of, open, remains},
};
use crate::{
    domain::{DocId, EntityId, Fact},
    engine::api::CommandId,
};

/// The word under which words are kept of which the disk lost a part.
const DAMAGED: &str = "damaged";
/// A document that came damaged is asked for again after so many milliseconds, then after twice as many, and so on.
const AGAIN: u64 = 30_000;
/// And at least once in so many milliseconds.
const AT_LEAST: u64 = 3_600_000;
/// Readable stretches shorter than this are chance.
const STRETCH: usize = 4;

/// What is wrong and being put right.
#[derive(Debug, Default)]
pub(super) struct Amiss {
    /// Documents whose row cannot be read: it is made anew from their chunks.
    rowless: BTreeSet<DocId>,
    /// Documents of which own words may stand on others that were lost.
    unsure: BTreeSet<DocId>,
    /// Documents whose row is perhaps of before their newest own words: nothing is shown until they are read.
    doubtful: BTreeSet<DocId>,
    /// Documents found damaged, until they are whole again.
    again: BTreeMap<DocId, Again>,
    /// What was set aside of each document.
    aside: BTreeMap<DocId, BTreeSet<String>>,
}

/// When a damaged document is asked for again.
#[derive(Debug, Default)]
struct Again {
    tries: u32,
    /// None while it is on its way.
    at: Option<u64>,
}

impl Amiss {
    /// How many documents are damaged and not yet whole again.
    pub fn documents(&self) -> usize {
        self.again.len()
    }

    /// When the next of them is asked for again.
    pub fn timer(&self) -> Option<u64> {
        self.again.values().filter_map(|again| again.at).min()
    }

    /// The rows of these documents are perhaps of before.
    pub fn doubt(&mut self, docs: impl Iterator<Item = DocId>) {
        self.doubtful.extend(docs);
    }

    /// The store is in trouble: what is shown cannot wait for this document.
    pub fn in_doubt(&mut self, doc: DocId) {
        if self.doubtful.remove(&doc) {
            self.unsure.insert(doc);
        }
    }

    /// Whether every row is what its document says, as far as this device can know.
    pub fn is_certain(&self) -> bool {
        self.doubtful.is_empty()
    }

    /// Whether a document's row is to be made from its chunks.
    pub fn is_rowless(&self, doc: DocId) -> bool {
        self.rowless.contains(&doc)
    }
}

impl Engine {
    /// A row cannot be read, or is of another version.
    pub(super) fn row_unread(&mut self, doc: DocId) {
        self.amiss.rowless.insert(doc);
    }

    /// What an earlier run set aside.
    pub(super) fn found_aside(&mut self, doc: DocId, key: &str) {
        self.amiss.aside.entry(doc).or_default().insert(key.to_owned());
        if self.position.missing.contains(&doc) {
            self.amiss.again.entry(doc).or_default();
        }
    }

    /// The cursor or a fact cannot be read: the hub's log is heard from its beginning. What is here already is known by its
    /// hash; a document of which it does not tell any more may no longer be received, whether this device still knows what it
    /// is, or that was in a fact that was `garbled`.
    pub(super) fn recount(&mut self, garbled: BTreeSet<u64>) {
        self.position.number = 0;
        self.position.stamp = [0; 8];
        self.position.as_of = 0;
        self.told.made = self.facts.documents_above(0);
        if !garbled.is_empty() {
            let owed = &self.rewinding.rewound.docs;
            let nameless = self.rows.iter().filter(|(doc, row)| row.last > 0 && !owed.contains(doc));
            let nameless = nameless.filter(|(doc, _)| self.entry(**doc).is_none());
            self.told.nameless = nameless.map(|(doc, row)| (row.last, *doc)).collect();
        }
        self.told.garbled = garbled;
        self.keep_position();
    }

    /// An outbox entry is damaged. It cannot be sent; what can be read of it is shown to its author.
    pub(super) fn salvage(&mut self, key: &str, value: &[u8]) {
        self.journal.write.delete(Store::Outbox, key);
        self.journal.write.put(Store::Quarantine, aside::entry(key), value.to_vec());
        let entry = Entry::decode(key, remains(value)).ok();
        let said = entry.as_ref().and_then(Entry::edit).map(words).unwrap_or_else(|| left_of(remains(value)));
        let command = entry.as_ref().map_or_else(|| derived(value), |entry| entry.command);
        let doc = entry.as_ref().map(|entry| entry.doc);
        let records = entry.map(|entry| entry.records).unwrap_or_default();
        self.keep_words(command, doc, records, said);
        self.amiss.unsure.extend(self.outbox.iter().map(|entry| entry.doc));
    }

    /// Refused words are damaged themselves: what can be read of them stays.
    pub(super) fn salvage_refused(&mut self, command: CommandId, value: &[u8]) {
        let said = readable(remains(value));
        self.keep_words(command, None, BTreeSet::new(), said);
    }

    fn keep_words(&mut self, command: CommandId, doc: Option<DocId>, records: BTreeSet<EntityId>, said: String) {
        // Of whatever document: its id is gone with the rest.
        let doc = doc.unwrap_or(DocId::from_bytes([0; 16]));
        let (title, why) = (self.title(doc), DAMAGED.to_owned());
        let kept = self.quarantine.entry(command).or_insert_with(|| Quarantined {
            doc,
            title,
            why,
            words: String::new(),
            records: BTreeSet::new(),
            edits: Vec::new(),
        });
        kept.records.extend(records);
        if !kept.words.is_empty() && !said.is_empty() {
            kept.words.push(' ');
        }
        kept.words.push_str(&said);
        let value = kept.encode();
        self.journal.write.put(Store::Quarantine, command.to_string(), value);
    }

    /// Puts right what can be put right from this device alone, one document at a time.
    pub(super) fn look_after(&mut self) {
        if !self.opened {
            return;
        }
        let next = |amiss: &Amiss| {
            let mut all = amiss.doubtful.iter().chain(&amiss.rowless).chain(&amiss.unsure);
            all.next().copied()
        };
        while let Some(doc) = next(&self.amiss) {
            if !self.ready(&BTreeSet::from([doc])) {
                return;
            }
            self.amiss.doubtful.remove(&doc);
            self.amiss.rowless.remove(&doc);
            self.amiss.unsure.remove(&doc);
        }
        let now = self.now;
        let due = self.amiss.again.iter_mut().filter(|(_, again)| again.at.is_some_and(|at| at <= now));
        let due: Vec<DocId> = due
            .map(|(doc, again)| {
                again.at = None;
                *doc
            })
            .collect();
        for doc in due {
            self.miss(doc);
        }
    }

    /// The chunks of a document without a row came: a row is made that counts them. Says whether they can be loaded.
    pub(super) fn row_from(&mut self, doc: DocId, chunks: &[(String, Vec<u8>)]) -> bool {
        self.amiss.rowless.remove(&doc);
        let numbers: BTreeSet<u64> =
            chunks.iter().filter_map(|(key, _)| chunk_of(key)).filter(|(of, _)| *of == doc).map(|(_, n)| n).collect();
        let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else { return false };
        let decoded: Vec<(u64, Chunk)> = chunks
            .iter()
            .filter_map(|(_, value)| {
                let size = u64::try_from(value.len()).unwrap_or(u64::MAX);
                Some((size, Chunk::decode(open(value).ok()?).ok()?))
            })
            .collect();
        let size = |whole: bool| {
            let chunks = decoded.iter().filter(|(_, chunk)| chunk.document.is_some() == whole);
            chunks.map(|(size, _)| size).sum()
        };
        let (snapshot, tail) = (size(true), size(false));
        let newest = decoded.iter().flat_map(|(_, chunk)| chunk.last()).max().unwrap_or(0);
        let Some(row) = self.row_mut(doc) else { return false };
        (row.first, row.next, row.last) = (first, last + 1, newest);
        (row.snapshot, row.tail) = (snapshot, tail);
        true
    }

    /// Puts a document's chunks into quarantine and asks the hub for the document.
    pub(super) fn set_aside(&mut self, doc: DocId, chunks: &[(String, Vec<u8>)]) {
        for (key, value) in chunks {
            self.journal.write.delete(Store::Chunk, key.clone());
            self.keep_aside(doc, aside::chunk(key), value.clone());
        }
        self.fetch_again(doc);
    }

    /// Changes came that cannot be what was written, or stand on what did not come. They are kept apart, and the document is
    /// asked for whole. What is here stays on the disk until it comes: of words that the hub took, and may lose, nobody else
    /// need have any.
    pub(super) fn came_damaged(&mut self, doc: DocId, changes: &[Kept]) {
        for kept in changes {
            if let Some(body) = &kept.body {
                self.keep_aside(doc, aside::change(doc, kept.number), body.to_vec());
            }
        }
        self.commit_texts_of(doc);
        self.leave_on_disk(doc);
        self.ask_again(doc);
    }

    /// What is loaded of a document took in what it should not have: it is read again from the disk.
    pub(super) fn leave_on_disk(&mut self, doc: DocId) {
        self.documents.remove(doc);
        self.keep_acked(doc);
        self.dirty.docs.insert(doc);
    }

    fn keep_aside(&mut self, doc: DocId, key: String, value: Vec<u8>) {
        self.journal.write.put(Store::Quarantine, key.clone(), value);
        self.amiss.aside.entry(doc).or_default().insert(key);
    }

    /// A document is damaged: it goes, and is asked for whole.
    pub(super) fn fetch_again(&mut self, doc: DocId) {
        self.forget(doc);
        self.ask_again(doc);
    }

    /// A document is asked for whole; later and later when that comes damaged too.
    fn ask_again(&mut self, doc: DocId) {
        let again = self.amiss.again.entry(doc).or_default();
        let first = again.tries == 0;
        let pause = AGAIN.saturating_mul(1 << again.tries.min(16)).min(AT_LEAST);
        again.at = (!first).then_some(self.now + pause);
        again.tries += 1;
        if first {
            self.miss(doc);
        } else {
            self.position.missing.insert(doc);
            self.keep_position();
        }
        self.dirty.shell = true;
    }

    /// A document is whole, or no longer this device's to have: nothing of what was damaged is needed any more.
    pub(super) fn healed(&mut self, doc: DocId) {
        self.amiss.again.remove(&doc);
        for key in self.amiss.aside.remove(&doc).unwrap_or_default() {
            self.journal.write.delete(Store::Quarantine, key);
        }
        self.dirty.shell = true;
    }
}

/// The id under which words are shown whose own is gone.
fn derived(value: &[u8]) -> CommandId {
    let mut id = [0; 16];
    id.copy_from_slice(&Fact::hash(value)[..16]);
    EntityId::from_bytes(id)
}

/// What can be read of a packed value, as it stands or unpacked as far as that goes.
fn left_of(value: &[u8]) -> String {
    let (stands, unpacked) = (readable(value), unpack(value).map_or_else(String::new, |(value, _)| readable(&value)));
    if stands.len() > unpacked.len() { stands } else { unpacked }
}

/// The stretches of text in bytes of which a part is damaged.
fn readable(bytes: &[u8]) -> String {
    let texts = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().split(char::is_control));
    let worth = texts.filter(|text| text.chars().filter(|letter| letter.is_alphanumeric()).count() >= STRETCH);
    worth.collect::<Vec<_>>().join(" … ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_text_is_found_between_the_rest() {
        let mut bytes = vec![0x8d, 0x50, 1, 2, 3];
        bytes.extend("ថ្ងៃនេះ Phnom Penh".as_bytes());
        bytes.extend([0xff, 0, 9, b'a', b'b', 0x80]);
        bytes.extend(b"and Battambang");
        assert_eq!(readable(&bytes), "ថ្ងៃនេះ Phnom Penh … and Battambang");
        assert_eq!(readable(&[0xff, 1, b'x']), "");
    }
}
