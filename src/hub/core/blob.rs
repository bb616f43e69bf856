//! Files beside documents: who may bring and who may have them, by the rights of this moment, and what may be brought.
//!
//! A file exists for others only once all of it is here, its hash is right and its bytes are of a kind that a paper may be.
//! Until then it is its device's alone: two who bring the same at once do not meet.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use sha2::{Digest as _, Sha256};

use super::{Allowance, Core, Levels, Who};
use crate::{
    domain::{
        DeviceId, DocId,
        paper::{self, FileHash, look::Look},
    },
    hub::{
        clock,
        refusal::Refusal,
        store::{Blob, Coming, StoreError},
    },
};

/// The largest piece of a file that one request brings.
pub const PIECE: usize = 1 << 20;
/// Bytes of the files of one document.
const OF_DOCUMENT: u64 = 1 << 30;
/// Bytes that one device may have on their way: a few files of the largest size.
const OF_DEVICE: u64 = 4;
/// What one device may bring: 256 MiB at once, then 512 KiB a second.
const BROUGHT: Allowance = Allowance { burst: 256 << 20, each_second: 512 << 10 };
/// What one device may fetch: 1 GiB at once, then 4 MiB a second.
const FETCHED: Allowance = Allowance { burst: 1 << 30, each_second: 4 << 20 };
/// How long a file on its way waits for its next piece.
const KEPT: Duration = Duration::from_secs(7 * 86_400);

/// What is allowed, and what was done lately.
#[derive(Debug)]
pub struct Files {
    most: AtomicU64,
    brought: Levels<DeviceId>,
    fetched: Levels<DeviceId>,
}

impl Default for Files {
    fn default() -> Self {
        Self { most: AtomicU64::new(paper::MOST), brought: Levels::new(BROUGHT), fetched: Levels::new(FETCHED) }
    }
}

/// How far a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It is here for everyone who may read its document.
    Whole(Blob),
    /// So many of its bytes are here, from the device that asks.
    Coming(u64),
}

/// A piece of a file, as a request brings it.
#[derive(Debug)]
pub struct Piece {
    /// Of which document.
    pub doc: DocId,
    /// The hash of the whole file.
    pub hash: FileHash,
    /// The size of the whole file.
    pub size: u64,
    /// Where in it the piece begins.
    pub at: u64,
    /// The bytes; none to have a file looked at that is all here.
    pub bytes: Vec<u8>,
}

impl Core {
    /// Sets what a file may weigh.
    pub fn allow_files(&self, most: u64) {
        self.files.most.store(most, Relaxed);
    }

    /// What a file may weigh.
    #[must_use]
    pub fn largest_file(&self) -> u64 {
        self.files.most.load(Relaxed)
    }

    fn may_read_files(&self, who: Who, doc: DocId) -> Result<(), Refusal> {
        let today = clock::day(clock::now());
        let may = self.read(|state| {
            let entry = state.catalogue.docs.get(&doc);
            entry.is_some_and(|entry| state.catalogue.may_read(who.person, entry, today))
        });
        // Nobody learns here that there is a document that they may not know of.
        if may { Ok(()) } else { Err(Refusal::NotFound) }
    }

    fn may_bring_files(&self, who: Who, doc: DocId) -> Result<(), Refusal> {
        self.may_read_files(who, doc)?;
        let today = clock::day(clock::now());
        let may = self.read(|state| state.catalogue.may_write(who.person, doc, today));
        if may { Ok(()) } else { Err(Refusal::Forbidden) }
    }

    /// How far a file is, for a device that may read its document.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it may not.
    pub async fn file_told(&self, who: Who, doc: DocId, hash: FileHash) -> Result<Told, Refusal> {
        self.may_read_files(who, doc)?;
        if let Some(blob) = self.store.blob(doc, hash).await? {
            return Ok(Told::Whole(blob));
        }
        let coming = self.store.coming(Coming { doc, hash, device: who.device }).await?;
        Ok(Told::Coming(coming.map_or(0, |blob| blob.received)))
    }

    /// A whole file, of which so many bytes are about to be fetched.
    ///
    /// # Errors
    /// When the device may not read the document, the file is not there, or too much was fetched lately.
    pub async fn file(&self, who: Who, doc: DocId, hash: FileHash) -> Result<Blob, Refusal> {
        match self.file_told(who, doc, hash).await? {
            Told::Whole(blob) => Ok(blob),
            Told::Coming(_) => Err(Refusal::NotFound),
        }
    }

    /// Counts bytes that a device brings.
    ///
    /// # Errors
    /// When it brought too many lately.
    pub fn brings(&self, who: Who, bytes: u64) -> Result<(), Refusal> {
        self.files.brought.take(who.device, bytes, clock::now()).map_err(Refusal::TooFast)?;
        self.metrics.file_bytes[0].fetch_add(bytes, Relaxed);
        Ok(())
    }

    /// Counts bytes that a device is about to fetch.
    ///
    /// # Errors
    /// When it fetched too many lately.
    pub fn fetches(&self, who: Who, bytes: u64) -> Result<(), Refusal> {
        self.files.fetched.take(who.device, bytes, clock::now()).map_err(Refusal::TooFast)?;
        self.metrics.file_bytes[1].fetch_add(bytes, Relaxed);
        Ok(())
    }

    /// Bytes of a file from `at` on; none at its end.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn file_piece(&self, blob: Blob, at: u64, most: u64) -> Result<Vec<u8>, StoreError> {
        self.store.piece(blob.id, at, most).await
    }

    /// Takes in a piece of a file. The answer comes once it is on disk.
    ///
    /// # Errors
    /// When the device may not write the document, the file is too large or none that a paper may be, its hash is not the
    /// one it was announced with, or the piece does not begin where the file ends here ([`Refusal::Offset`]).
    pub async fn bring(&self, who: Who, piece: Piece) -> Result<Told, Refusal> {
        let Piece { doc, hash, size, at, bytes } = piece;
        self.may_bring_files(who, doc)?;
        let most = self.largest_file();
        if size > most {
            return Err(Refusal::FileTooLarge(most));
        }
        let length = bytes.len() as u64;
        if size == 0 || at.checked_add(length).is_none_or(|end| end > size) {
            return Err(Refusal::Malformed("the piece does not fit into the file".to_owned()));
        }
        let of = Coming { doc, hash, device: who.device };
        let here = match self.file_told(who, doc, hash).await? {
            whole @ Told::Whole(_) => return Ok(whole),
            Told::Coming(_) => self.store.coming(of).await?,
        };
        let blob = match here {
            // The same bytes have one size: who said another was wrong before.
            Some(blob) if blob.size != size => {
                self.store.drop_coming(blob.id).await?;
                return Err(Refusal::Offset(0));
            }
            Some(blob) => blob,
            None if at > 0 => return Err(Refusal::Offset(0)),
            None => {
                let (kept, coming) = self.store.blob_bytes(doc, who.device).await?;
                if kept + size > OF_DOCUMENT {
                    return Err(Refusal::PapersFull);
                }
                if coming + size > OF_DEVICE * most {
                    return Err(Refusal::Busy(60));
                }
                self.store.begin_blob(of, who.person, size, clock::now()).await?
            }
        };
        if blob.received != at {
            return Err(Refusal::Offset(blob.received));
        }
        if length > 0 {
            self.brings(who, length)?;
            if !self.store.add_piece(blob.id, at, bytes, clock::now()).await? {
                let now = self.store.coming(of).await?.map_or(0, |blob| blob.received);
                return Err(Refusal::Offset(now));
            }
        }
        if at + length < size {
            return Ok(Told::Coming(at + length));
        }
        self.look_at_file(blob, size).await?;
        self.file_told(who, doc, hash).await
    }

    /// All of a file is here: it is what it was announced as, or it goes.
    async fn look_at_file(&self, blob: Blob, size: u64) -> Result<(), Refusal> {
        let (mut look, mut sum, mut at) = (Look::default(), Sha256::new(), 0);
        while at < size {
            let piece = self.store.piece(blob.id, at, PIECE as u64).await?;
            if piece.is_empty() {
                break;
            }
            at += piece.len() as u64;
            look.feed(&piece);
            sum.update(&piece);
        }
        let right = at == size && FileHash(sum.finalize().into()) == blob.hash;
        let refusal = match (right, look.kind()) {
            (true, Some(kind)) => {
                self.store.finish_blob(blob.id, kind, clock::now()).await?;
                self.metrics.files.fetch_add(1, Relaxed);
                return Ok(());
            }
            (true, None) => Refusal::FileType,
            (false, _) => Refusal::FileHash,
        };
        self.store.drop_coming(blob.id).await?;
        Err(refusal)
    }

    /// Takes away what has been on its way for too long.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn expire_files(&self, now: u64) -> Result<u64, StoreError> {
        let kept = u64::try_from(KEPT.as_millis()).unwrap_or(u64::MAX);
        self.store.expire_coming(now.saturating_sub(kept)).await
    }
}
