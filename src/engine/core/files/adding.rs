//! What pages do with files: bring one piece by piece, make it a paper, keep it, let it go, read it.

use super::{Engine, File, FileKey, FileWork, Job, PIECE, Record};
use crate::{
    domain::{
        DocId,
        paper::{self, Paper},
    },
    engine::{
        api::{CommandId, Done, Hold, NewPaper, Refusal, Reply},
        core::{
            PortId, refuse,
            store::{Store, StoreError, meta, open, seal},
        },
    },
};

impl Engine {
    /// A page brings a piece of a file. It is answered when the piece is on the disk.
    pub(in crate::engine::core) fn add_piece(
        &mut self,
        port: PortId,
        id: CommandId,
        key: FileKey,
        (size, at): (u64, u64),
        bytes: Vec<u8>,
    ) {
        let length = bytes.len() as u64;
        let result = self.may_add_piece(port, key, (size, at), length);
        let known = self.files.known.get_mut(&key);
        let (Ok(true), Some(file)) = (&result, known) else {
            let result = result.map(|_| Done::Durable);
            self.reply(port, Reply::Done { id, result });
            return;
        };
        file.sum.feed(&bytes);
        file.adding = Some(port);
        if at == 0 {
            self.keep_file(key);
        }
        let work = FileWork::Put { key, n: at / PIECE, sealed: seal(&bytes) };
        self.file_job(Job::Add { port, id, key, length }, work);
    }

    /// Whether a piece is to be written: not one that is there already.
    fn may_add_piece(
        &mut self,
        port: PortId,
        key: FileKey,
        (size, at): (u64, u64),
        length: u64,
    ) -> Result<bool, Refusal> {
        if !self.may_write(key.doc) {
            return Err(refuse("not-a-writer", key.doc.to_string()));
        }
        if self.only_in_memory() {
            return Err(refuse("storage-lost", "nothing is kept on this device"));
        }
        if size > paper::MOST {
            return Err(refuse("file-too-large", size.to_string()));
        }
        let fits = at % PIECE == 0 && length > 0 && (length == PIECE || at + length == size) && at + length <= size;
        if !fits {
            return Err(refuse("bad-value", "no piece of a file"));
        }
        let keep = match self.files.known.get(&key) {
            Some(file) if file.record.whole && file.record.refused.is_empty() => return Ok(false),
            Some(file) if at > 0 && file.adding == Some(port) && file.sum.at == at => return Ok(true),
            // Said twice.
            Some(file) if at > 0 && file.adding == Some(port) && at + length <= file.sum.at => return Ok(false),
            Some(file) if at == 0 && file.adding.is_some_and(|by| by != port) && !file.record.whole => {
                return Err(refuse("busy", "another window adds it just now"));
            }
            Some(_) | None if at > 0 => return Err(refuse("file-again", "begin at the beginning")),
            // What the hub would not have is tried once more.
            Some(file) => file.record.keep,
            None => false,
        };
        let record = Record { size, keep, own: true, ..Record::default() };
        self.files.known.insert(key, File { record, ..File::default() });
        Ok(true)
    }

    /// A piece that a page brought is on the disk, or is not.
    pub(super) fn piece_added(&mut self, port: PortId, id: CommandId, key: FileKey, kept: Result<u64, StoreError>) {
        let result = match kept {
            Ok(length) => {
                if let Some(file) = self.files.known.get_mut(&key) {
                    file.record.have += length;
                }
                Ok(Done::Durable)
            }
            Err(error) => {
                self.drop_file(key);
                let code = if error == StoreError::Quota { "storage-full" } else { "storage-lost" };
                Err(refuse(code, error.to_string()))
            }
        };
        self.reply(port, Reply::Done { id, result });
    }

    /// A page is gone: what it had not brought whole is of no use.
    pub(in crate::engine::core) fn adding_ended(&mut self, port: PortId) {
        let left = self.files.known.iter().filter(|(_, file)| file.adding == Some(port) && !file.record.whole);
        let left: Vec<FileKey> = left.map(|(key, _)| *key).collect();
        left.into_iter().for_each(|key| self.drop_file(key));
    }

    /// Makes a paper of a file that is here whole. The paper and its file come to the disk with one transaction: before it
    /// there is neither.
    pub(in crate::engine::core) fn add_paper(
        &mut self,
        command: CommandId,
        doc: DocId,
        new: NewPaper,
    ) -> Result<(), Refusal> {
        let key = FileKey { doc, hash: new.hash };
        let file = self.files.known.get_mut(&key).ok_or_else(|| refuse("file-again", "not here"))?;
        let sum = &file.sum;
        let kind = if file.record.whole {
            file.record.kind
        } else if file.record.have != file.record.size || sum.at != file.record.size {
            return Err(refuse("file-again", "not all of it is here"));
        } else if !sum.is(&key) {
            self.drop_file(key);
            return Err(refuse("file-hash", "other bytes than announced"));
        } else {
            sum.kind()
        };
        let Some(kind) = kind else {
            self.drop_file(key);
            return Err(refuse("file-type", new.name));
        };
        let size = file.record.size;
        let (id, hash, title) = (new.id, new.hash, new.title.trim().to_owned());
        let title = if title.is_empty() { new.name.clone() } else { title };
        let NewPaper { name, item, language, .. } = new;
        let edit = Paper { id, hash, size, kind, name, title, item, language, withdrawn: None }.add();
        self.may_edit(doc, &edit)?;
        self.write_edit(command, doc, edit)?;
        if let Some(file) = self.files.known.get_mut(&key) {
            (file.record.whole, file.record.kind) = (true, Some(kind));
            file.adding = None;
        }
        self.keep_file(key);
        Ok(())
    }

    /// Has a file here, keeps it, or lets it go.
    pub(in crate::engine::core) fn hold_paper(&mut self, key: FileKey, size: u64, hold: Hold) -> Result<(), Refusal> {
        let known = self.files.known.contains_key(&key);
        match hold {
            Hold::Gone => {
                let unsent = |file: &File| file.record.own && !file.record.at_hub && file.record.refused.is_empty();
                if self.files.known.get(&key).is_some_and(unsent) {
                    return Err(refuse("file-unsent", "it is on this device alone"));
                }
                if known {
                    self.drop_file(key);
                }
                return Ok(());
            }
            Hold::Once | Hold::Kept if !known => {
                let readable = self.entry(key.doc).is_some();
                if !readable {
                    return Err(refuse("unknown-document", key.doc.to_string()));
                }
                let record = Record { size, ..Record::default() };
                self.files.known.insert(key, File { record, ..File::default() });
            }
            Hold::Once | Hold::Kept => {}
        }
        if let Some(file) = self.files.known.get_mut(&key) {
            file.wanted = true;
            file.record.keep |= hold == Hold::Kept;
            file.record.refused.clear();
            (file.retry_at, file.pause, file.absent, file.sent) = (0, 0, false, None);
        }
        self.keep_file(key);
        Ok(())
    }

    /// Keeps all papers of a meeting, or lets those go that are kept for no other reason.
    pub(in crate::engine::core) fn hold_pack(&mut self, meeting: DocId, keep: bool) {
        let key = format!("{}{meeting}", meta::PACK);
        let docs = self.with_papers(meeting);
        if keep {
            self.files.packs.insert(meeting);
            self.journal.write.put(Store::Meta, key, Vec::new());
            docs.into_iter().for_each(|doc| self.want_papers_of(doc));
        } else if self.files.packs.remove(&meeting) {
            self.journal.write.delete(Store::Meta, key);
            let alone = |file: &File| !file.record.keep && (file.record.at_hub || !file.record.own);
            let known = self.files.known.iter().filter(|(key, file)| docs.contains(&key.doc) && alone(file));
            let known: Vec<FileKey> = known.map(|(key, _)| *key).collect();
            known.into_iter().for_each(|key| self.drop_file(key));
        }
        self.dirty.files = true;
    }

    /// A page reads a file that is here.
    pub(in crate::engine::core) fn read_paper(&mut self, port: PortId, id: CommandId, key: FileKey, at: u64) {
        let size = self.files.known.get(&key).filter(|file| file.record.whole).map(|file| file.record.size);
        match size {
            Some(size) if at < size => {
                self.file_job(Job::Read { port, id, key }, FileWork::Get { key, n: at / PIECE });
            }
            Some(_) => self.reply(port, Reply::Done { id, result: Ok(Done::Piece { bytes: Vec::new() }) }),
            None => self.reply(port, Reply::Done { id, result: Err(refuse("file-away", "not on this device")) }),
        }
    }

    /// A piece was read for a page.
    pub(super) fn piece_read(&mut self, port: PortId, id: CommandId, key: FileKey, piece: Option<Vec<u8>>) {
        let bytes = piece.and_then(|sealed| open(&sealed).ok().map(<[u8]>::to_vec));
        let result = match bytes {
            Some(bytes) => Ok(Done::Piece { bytes }),
            None => {
                self.damaged(key);
                Err(refuse("file-damaged", "a piece of it cannot be read"))
            }
        };
        self.reply(port, Reply::Done { id, result });
    }

    /// A piece of a file that should be here is not, or is garbled. What the hub has is fetched anew.
    pub(super) fn damaged(&mut self, key: FileKey) {
        let Some(file) = self.files.known.get(&key) else { return };
        let (size, keep, at_hub) = (file.record.size, file.record.keep, file.record.at_hub);
        let refused = if at_hub { String::new() } else { "file-damaged".to_owned() };
        self.drop_file(key);
        let record = Record { size, keep, refused, ..Record::default() };
        self.files.known.insert(key, File { record, wanted: at_hub, ..File::default() });
        self.keep_file(key);
    }
}
