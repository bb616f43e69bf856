//! The bytes of papers on this device: which are here, which are on the hub, which are wanted.
//!
//! They never go through a document and never through the journal, so that a file for which there is no room keeps no word
//! from the disk. A file is here once all of its pieces are on the disk and its hash was found right; what is said of it is
//! never better than that.

mod adding;
mod moving;

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    fmt,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    Engine, Output, PortId,
    store::{Store, StoreError, meta},
};
use crate::{
    domain::{
        DocId, DocKind,
        paper::{FileHash, PaperKind, look::Look, papers},
    },
    engine::api::{CommandId, FilePlace, wire},
};

pub use crate::engine::api::PIECE;
/// The shape in which a file's record is stored.
pub(super) const FILE: u8 = 1;

/// A file: the document it belongs to, and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileKey {
    /// The document.
    pub doc: DocId,
    /// The hash.
    pub hash: FileHash,
}

impl fmt::Display for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.doc, self.hash)
    }
}

impl FileKey {
    fn of(text: &str) -> Option<Self> {
        let (doc, hash) = text.split_once('/')?;
        Some(Self { doc: doc.parse().ok()?, hash: hash.parse().ok()? })
    }

    /// The key of a piece in [`Store::Blob`].
    #[must_use]
    pub fn piece(&self, n: u64) -> String {
        format!("{self}/{n:06}")
    }
}

/// Something to be done with a file, numbered by the engine.
pub type JobId = u32;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileWork {
    /// Write a sealed piece with strict durability.
    Put { key: FileKey, n: u64, sealed: Vec<u8> },
    /// Read one.
    Get { key: FileKey, n: u64 },
    /// Take all pieces of a file away.
    Drop { key: FileKey },
    /// Ask the hub how far it has the file.
    Ask { key: FileKey, token: String },
    /// Send it a piece.
    Send { key: FileKey, token: String, at: u64, size: u64, bytes: Vec<u8> },
    /// Have a piece from it: from `at` up to `to`.
    Fetch { key: FileKey, token: String, at: u64, to: u64 },
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileOutcome {
    /// It is on the disk, or gone from it.
    Kept,
    /// A sealed piece; none when it is not there.
    Piece(Option<Vec<u8>>),
    /// The store failed.
    Failed(StoreError),
    /// The hub answered; `at` is how many bytes it says that it has.
    Answer { status: u16, at: Option<u64>, body: Vec<u8> },
    /// The hub cannot be reached.
    Unreachable,
}

/// What passed of a file, to know it again.
#[derive(Debug, Default)]
struct Sum {
    at: u64,
    sha: Sha256,
    look: Look,
}

impl Sum {
    fn feed(&mut self, bytes: &[u8]) {
        self.at += bytes.len() as u64;
        self.sha.update(bytes);
        self.look.feed(bytes);
    }

    fn is(&self, key: &FileKey) -> bool {
        FileHash(self.sha.clone().finalize().into()) == key.hash
    }

    fn kind(&self) -> Option<PaperKind> {
        self.look.kind()
    }
}

/// What the store keeps of a file beside its pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Its size.
    pub size: u64,
    /// How much is here, of one that is on its way from the hub.
    pub have: u64,
    /// All of it is here, and is what it should be.
    pub whole: bool,
    /// It was added here.
    pub own: bool,
    /// The hub said that it has it.
    pub at_hub: bool,
    /// It stays here until somebody says otherwise.
    pub keep: bool,
    /// What it is, once all of it is here.
    pub kind: Option<PaperKind>,
    /// Why the hub would not have it, or this device has no room; empty otherwise.
    pub refused: String,
}

/// A file as the engine knows it.
#[derive(Debug, Default)]
struct File {
    record: Record,
    sum: Sum,
    /// Somebody waits for it.
    wanted: bool,
    /// The hub did not have it when it was last asked.
    absent: bool,
    /// How much of it the hub has; none: not asked.
    sent: Option<u64>,
    /// Not before this moment.
    retry_at: u64,
    pause: u64,
    /// Whose page adds it just now.
    adding: Option<PortId>,
}

#[derive(Debug)]
enum Job {
    Add { port: PortId, id: CommandId, key: FileKey, length: u64 },
    Read { port: PortId, id: CommandId, key: FileKey },
    Drop,
    Move { key: FileKey, step: moving::Step },
}

/// All files.
#[derive(Debug, Default)]
pub(super) struct Files {
    known: BTreeMap<FileKey, File>,
    /// Meetings whose papers are kept here, also those that come later.
    packs: BTreeSet<DocId>,
    jobs: BTreeMap<JobId, Job>,
    next: JobId,
    moves: bool,
    was_open: bool,
}

impl Engine {
    fn file_job(&mut self, job: Job, work: FileWork) {
        self.files.next += 1;
        let number = self.files.next;
        self.files.jobs.insert(number, job);
        self.out.push(Output::File { job: number, work });
    }

    fn keep_file(&mut self, key: FileKey) {
        self.dirty.files = true;
        if let Some(file) = self.files.known.get(&key) {
            self.journal.write.put(Store::Meta, format!("{}{key}", meta::FILE), wire::keep(FILE, &file.record));
        }
    }

    /// A file goes from this device; what the document says of it stays.
    fn drop_file(&mut self, key: FileKey) {
        self.files.known.remove(&key);
        self.journal.write.delete(Store::Meta, format!("{}{key}", meta::FILE));
        self.file_job(Job::Drop, FileWork::Drop { key });
        self.dirty.files = true;
    }

    /// The files of a document that may no longer be received.
    pub(super) fn drop_files_of(&mut self, doc: DocId) {
        let gone: Vec<FileKey> = self.files.known.keys().filter(|key| key.doc == doc).copied().collect();
        gone.into_iter().for_each(|key| self.drop_file(key));
        if self.files.packs.remove(&doc) {
            self.journal.write.delete(Store::Meta, format!("{}{doc}", meta::PACK));
        }
    }

    /// From the store.
    pub(super) fn open_file(&mut self, key: &str, value: Option<&[u8]>) -> bool {
        if let Some(doc) = key.strip_prefix(meta::PACK) {
            self.files.packs.extend(doc.parse::<DocId>());
            return true;
        }
        let Some(key) = key.strip_prefix(meta::FILE) else { return false };
        let Some(key) = FileKey::of(key) else { return true };
        let record: Option<Record> = value.and_then(|value| wire::kept(FILE, value).ok());
        match record {
            // The page that was adding it is gone, and begins again.
            Some(record) if record.own && !record.whole => self.drop_file(key),
            Some(record) => drop(self.files.known.insert(key, File { record, ..File::default() })),
            None => self.drop_file(key),
        }
        true
    }

    /// The hub fell back to an older state: it may lack what it once had.
    pub(super) fn offer_files_again(&mut self) {
        let held: Vec<FileKey> =
            self.files.known.iter().filter(|(_, file)| file.record.whole).map(|(key, _)| *key).collect();
        for key in held {
            if !self.may_write(key.doc) {
                continue;
            }
            if let Some(file) = self.files.known.get_mut(&key) {
                file.record.at_hub = false;
                file.record.own = true;
                file.sent = None;
            }
            self.keep_file(key);
        }
    }

    /// Whether the papers of a document are kept as part of a meeting.
    fn is_packed(&self, doc: DocId) -> bool {
        let packs = &self.files.packs;
        packs.contains(&doc) || self.entry(doc).and_then(|entry| entry.subject).is_some_and(|of| packs.contains(&of))
    }

    /// A document was read anew: the papers of a kept meeting are wanted, also those that have just come.
    pub(super) fn want_papers_of(&mut self, doc: DocId) {
        let holds = self.entry(doc).is_some_and(|entry| matches!(entry.kind, DocKind::Meeting | DocKind::Session));
        if !holds || !self.is_packed(doc) {
            return;
        }
        let Some(held) = self.documents.get(doc) else { return };
        for paper in papers(&held.snapshot().root).into_iter().filter(|paper| paper.withdrawn.is_none()) {
            let key = FileKey { doc, hash: paper.hash };
            if let Entry::Vacant(place) = self.files.known.entry(key) {
                let record = Record { size: paper.size, ..Record::default() };
                place.insert(File { record, ..File::default() });
                self.keep_file(key);
            }
        }
    }

    /// Where the bytes of a paper are, as far as this device knows.
    pub(super) fn file_place(&self, key: FileKey) -> FilePlace {
        let Some(file) = self.files.known.get(&key) else { return FilePlace::Away };
        let record = &file.record;
        let goes = file.wanted || record.keep || self.is_packed(key.doc);
        match (record.whole, record.refused.as_str()) {
            (true, "") if record.at_hub => FilePlace::Here,
            (true, "") => FilePlace::Device { sent: file.sent.unwrap_or(0) },
            (_, why) if !why.is_empty() => FilePlace::Refused { why: why.to_owned(), here: record.whole },
            _ if file.absent => FilePlace::Missing,
            _ if goes => FilePlace::Coming { have: record.have },
            _ => FilePlace::Away,
        }
    }

    /// Whether a file stays here until somebody says otherwise: by itself, or with its meeting.
    pub(super) fn file_kept(&self, key: FileKey) -> bool {
        self.files.known.get(&key).is_some_and(|file| file.record.keep) || self.is_packed(key.doc)
    }

    /// Whether the papers of a meeting are kept.
    pub(super) fn is_pack(&self, meeting: DocId) -> bool {
        self.files.packs.contains(&meeting)
    }
}
