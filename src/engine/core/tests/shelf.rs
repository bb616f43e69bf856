//! Where files are in tests: the disk's pieces, and a hub that keeps files, is cut off, or refuses them.

use std::collections::BTreeMap;

use super::{papers::hash, world::World};
use crate::{
    engine::core::{
        Input,
        files::{FileKey, FileOutcome, FileWork, JobId},
        store::{Store, StoreError},
    },
    sync::join::Problem,
};

/// The files that the hub has, and what goes wrong.
#[derive(Default)]
pub struct Shelf {
    pub whole: BTreeMap<FileKey, Vec<u8>>,
    pub coming: BTreeMap<(u8, FileKey), Vec<u8>>,
    /// So many more pieces pass before the network breaks.
    pub passes: Option<u32>,
    /// What the hub says to a piece instead of taking it.
    pub refuses: Option<(u16, &'static str)>,
    /// Devices whose disk has no room for files.
    pub full: Vec<u8>,
    /// Who asked for what.
    pub asked: Vec<(u8, FileKey)>,
    /// Pieces that went up and down.
    pub pieces: [u32; 2],
}

impl World {
    pub fn file_work(&mut self, number: u8, job: JobId, work: FileWork) -> Option<Input> {
        let outcome = match work {
            FileWork::Put { .. } if self.shelf.full.contains(&number) => FileOutcome::Failed(StoreError::Quota),
            FileWork::Put { key, n, sealed } => {
                self.node(number).disk.insert((Store::Blob, key.piece(n)), sealed);
                FileOutcome::Kept
            }
            FileWork::Get { key, n } => {
                FileOutcome::Piece(self.node(number).disk.get(&(Store::Blob, key.piece(n))).cloned())
            }
            FileWork::Drop { key } => {
                let of = format!("{key}/");
                self.node(number).disk.retain(|(store, name), _| *store != Store::Blob || !name.starts_with(&of));
                FileOutcome::Kept
            }
            FileWork::Ask { .. } | FileWork::Send { .. } | FileWork::Fetch { .. } if !self.node(number).online => {
                FileOutcome::Unreachable
            }
            FileWork::Ask { key, .. } => {
                self.shelf.asked.push((number, key));
                let size = self.shelf.whole.get(&key).map(Vec::len);
                let coming = self.shelf.coming.get(&(number, key)).map_or(0, Vec::len);
                let (status, at) = size.map_or((204, coming), |size| (200, size));
                FileOutcome::Answer { status, at: Some(at as u64), body: Vec::new() }
            }
            FileWork::Send { key, at, size, bytes, .. } => self.take_piece(number, key, (at, size), &bytes),
            FileWork::Fetch { key, at, to, .. } => {
                self.shelf.asked.push((number, key));
                let passes = self.passes();
                match self.shelf.whole.get(&key) {
                    _ if !passes => FileOutcome::Unreachable,
                    Some(bytes) => {
                        self.shelf.pieces[1] += 1;
                        let (from, to) = (at as usize, (to as usize).min(bytes.len()));
                        FileOutcome::Answer { status: 206, at: None, body: bytes[from..to].to_vec() }
                    }
                    None => FileOutcome::Answer { status: 404, at: None, body: Vec::new() },
                }
            }
        };
        Some(Input::File { job, outcome })
    }

    fn passes(&mut self) -> bool {
        match &mut self.shelf.passes {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }

    fn take_piece(&mut self, number: u8, key: FileKey, (at, size): (u64, u64), bytes: &[u8]) -> FileOutcome {
        if !self.passes() {
            return FileOutcome::Unreachable;
        }
        if let Some((status, code)) = self.shelf.refuses {
            let problem = Problem { code: code.to_owned(), message: String::new() };
            let body = serde_json::to_vec(&problem).expect("JSON");
            return FileOutcome::Answer { status, at: None, body };
        }
        self.shelf.pieces[0] += 1;
        let coming = self.shelf.coming.entry((number, key)).or_default();
        if coming.len() as u64 != at {
            return FileOutcome::Answer { status: 409, at: Some(coming.len() as u64), body: Vec::new() };
        }
        coming.extend_from_slice(bytes);
        let at = coming.len() as u64;
        if at < size {
            return FileOutcome::Answer { status: 202, at: Some(at), body: Vec::new() };
        }
        let whole = self.shelf.coming.remove(&(number, key)).expect("just made");
        assert_eq!(hash(&whole), key.hash, "what was sent is what was announced");
        self.shelf.whole.insert(key, whole);
        FileOutcome::Answer { status: 200, at: Some(at), body: Vec::new() }
    }
}
