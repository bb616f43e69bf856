//! Files on their way: to the hub and from it, piece by piece, one piece at a time, so that what somebody waits for goes
//! before what is merely kept. A cut costs the piece that was on its way.

use super::{Engine, File, FileKey, FileOutcome, FileWork, Job, JobId, PIECE, Sum};
use crate::{
    engine::{
        api::Link,
        core::store::{StoreError, open, seal},
    },
    sync::join::Problem,
};

/// How long the hub is left alone after something that will not mend at once, in milliseconds: at first and at most.
const FIRST_PAUSE: u64 = 3_000;
const LONGEST_PAUSE: u64 = 300_000;
/// And at most while somebody else's device is about to send what is missing.
const SOON: u64 = 15_000;

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// How far the hub is.
    Asked,
    /// A piece to send.
    Read { at: u64 },
    /// Whether the hub took it.
    Sent { at: u64 },
    /// A piece of it.
    Fetched { at: u64 },
    /// Whether that is on the disk.
    Kept { length: u64 },
    /// A piece of what came in an earlier run, to know it again.
    Checked,
}

impl Engine {
    /// How something that was done with a file went.
    pub(in crate::engine::core) fn filed(&mut self, job: JobId, outcome: FileOutcome) {
        let Some(job) = self.files.jobs.remove(&job) else { return };
        match (job, outcome) {
            (Job::Drop, _) => {}
            (Job::Add { port, id, key, length }, FileOutcome::Kept) => self.piece_added(port, id, key, Ok(length)),
            (Job::Add { port, id, key, .. }, FileOutcome::Failed(error)) => {
                self.piece_added(port, id, key, Err(error));
            }
            (Job::Add { port, id, key, .. }, _) => self.piece_added(port, id, key, Err(StoreError::Lost)),
            (Job::Read { port, id, key }, FileOutcome::Piece(piece)) => self.piece_read(port, id, key, piece),
            (Job::Read { port, id, .. }, _) => {
                let result = Err(super::super::refuse("storage-lost", "a piece cannot be read now"));
                self.reply(port, crate::engine::api::Reply::Done { id, result });
            }
            (Job::Move { key, step }, outcome) => {
                self.files.moves = false;
                if self.files.known.contains_key(&key) {
                    self.moved(key, &step, outcome);
                }
            }
        }
    }

    /// When a file is tried again.
    pub(in crate::engine::core) fn files_timer(&self) -> Option<u64> {
        if self.files.moves || !self.files.was_open {
            return None;
        }
        let due = self.files.known.iter().filter(|(key, file)| self.goes_up(key, file) || self.comes_down(key, file));
        due.map(|(_, file)| file.retry_at).filter(|at| *at > self.now).min()
    }

    fn goes_up(&self, key: &FileKey, file: &File) -> bool {
        let record = &file.record;
        let ready = record.own && record.whole && !record.at_hub && record.refused.is_empty();
        ready && self.acknowledged.docs.contains_key(&key.doc)
    }

    fn comes_down(&self, key: &FileKey, file: &File) -> bool {
        let record = &file.record;
        let wanted = file.wanted || record.keep || self.is_packed(key.doc);
        wanted && !record.own && !record.whole && record.refused.is_empty()
    }

    /// Begins with the next piece, where a way to the hub is open.
    pub(in crate::engine::core) fn move_files(&mut self) {
        let open = self.welcomed.is_some() && matches!(self.link_shown(), Link::Live | Link::Http);
        if open != self.files.was_open {
            self.files.was_open = open;
            for file in self.files.known.values_mut() {
                (file.retry_at, file.pause, file.absent, file.sent) = (0, 0, false, None);
            }
            self.dirty.files = true;
        }
        let token = self.account.as_ref().filter(|account| account.barred.is_none()).map(|own| own.token.clone());
        let (true, false, Some(token)) = (open, self.files.moves, token) else { return };
        let due = |(_, file): &(&FileKey, &File)| file.retry_at <= self.now;
        let known = || self.files.known.iter().filter(due);
        let fetched = known().find(|(key, file)| file.wanted && self.comes_down(key, file));
        let next = fetched
            .or_else(|| known().find(|(key, file)| self.goes_up(key, file)))
            .or_else(|| known().find(|(key, file)| self.comes_down(key, file)));
        let Some((key, file)) = next else { return };
        let (key, size, have, at) = (*key, file.record.size, file.record.have, file.sum.at);
        let (step, work) = match (self.goes_up(&key, file), file.sent) {
            (true, None) => (Step::Asked, FileWork::Ask { key, token }),
            // All of it is there, and not looked at yet.
            (true, Some(sent)) if sent >= size => {
                (Step::Sent { at: size }, FileWork::Send { key, token, at: size, size, bytes: Vec::new() })
            }
            (true, Some(sent)) => (Step::Read { at: sent }, FileWork::Get { key, n: sent / PIECE }),
            (false, _) if have < size => {
                let to = (have + PIECE).min(size);
                (Step::Fetched { at: have }, FileWork::Fetch { key, token, at: have, to })
            }
            (false, _) => (Step::Checked, FileWork::Get { key, n: at / PIECE }),
        };
        self.move_file(key, step, work);
    }

    fn move_file(&mut self, key: FileKey, step: Step, work: FileWork) {
        self.files.moves = true;
        self.file_job(Job::Move { key, step }, work);
    }

    fn moved(&mut self, key: FileKey, step: &Step, outcome: FileOutcome) {
        match (step, outcome) {
            (_, FileOutcome::Unreachable) => self.later(key),
            (_, FileOutcome::Failed(StoreError::Quota)) => self.no_room(key),
            (_, FileOutcome::Failed(_)) => self.later(key),
            (Step::Asked | Step::Sent { .. }, FileOutcome::Answer { status, at, body }) => {
                self.hub_told(key, step, status, at, &body);
            }
            (Step::Read { at }, FileOutcome::Piece(piece)) => self.send_piece(key, *at, piece),
            (Step::Fetched { at }, FileOutcome::Answer { status, body, .. }) => self.fetched(key, *at, status, body),
            (Step::Kept { length }, FileOutcome::Kept) => {
                if let Some(file) = self.files.known.get_mut(&key) {
                    file.record.have += length;
                }
                self.came_so_far(key);
            }
            (Step::Checked, FileOutcome::Piece(piece)) => {
                let bytes = piece.and_then(|sealed| open(&sealed).ok().map(<[u8]>::to_vec));
                let Some(file) = self.files.known.get_mut(&key) else { return };
                match bytes {
                    Some(bytes) if !bytes.is_empty() => file.sum.feed(&bytes),
                    Some(_) | None => self.begin_again(key),
                }
                self.came_so_far(key);
            }
            (_, FileOutcome::Kept | FileOutcome::Piece(_) | FileOutcome::Answer { .. }) => self.later(key),
        }
    }

    fn send_piece(&mut self, key: FileKey, at: u64, piece: Option<Vec<u8>>) {
        let token = self.account.as_ref().map(|own| own.token.clone()).unwrap_or_default();
        let bytes = piece.and_then(|sealed| open(&sealed).ok().map(<[u8]>::to_vec));
        let Some(bytes) = bytes else { return self.damaged(key) };
        let Some(file) = self.files.known.get(&key) else { return };
        // The hub may have stopped within a piece.
        let skip = usize::try_from(at % PIECE).unwrap_or(0).min(bytes.len());
        let work = FileWork::Send { key, token, at, size: file.record.size, bytes: bytes[skip..].to_vec() };
        self.move_file(key, Step::Sent { at }, work);
    }

    /// What the hub says of a file that is brought to it.
    fn hub_told(&mut self, key: FileKey, step: &Step, status: u16, at: Option<u64>, body: &[u8]) {
        let Some(file) = self.files.known.get_mut(&key) else { return };
        let asked = *step == Step::Asked;
        match (status, at) {
            (200, _) => {
                file.record.at_hub = true;
                (file.sent, file.pause) = (None, 0);
                self.keep_file(key);
            }
            (204, Some(at)) if asked => file.sent = Some(at),
            (202, Some(at)) => {
                (file.sent, file.pause) = (Some(at), 0);
                self.dirty.files = true;
            }
            // Another size was announced, or a piece came by a way that was lost: the hub says where it stands.
            (409, Some(there)) if *step != (Step::Sent { at: there }) => file.sent = Some(there),
            (403 | 413 | 415 | 422 | 507, _) => {
                let problem = serde_json::from_slice::<Problem>(body).map(|problem| problem.code);
                let code = problem.unwrap_or_else(|_| "hub-error".to_owned());
                file.record.refused = if code == "forbidden" { "not-a-writer".to_owned() } else { code };
                self.keep_file(key);
            }
            _ => self.later(key),
        }
    }

    fn fetched(&mut self, key: FileKey, at: u64, status: u16, body: Vec<u8>) {
        let Some(file) = self.files.known.get_mut(&key) else { return };
        let length = body.len() as u64;
        let whole_piece = length > 0 && (length == PIECE || at + length == file.record.size);
        match status {
            200 | 206 if whole_piece => {
                (file.pause, file.absent) = (0, false);
                if file.sum.at == at {
                    file.sum.feed(&body);
                }
                let work = FileWork::Put { key, n: at / PIECE, sealed: seal(&body) };
                self.move_file(key, Step::Kept { length }, work);
            }
            404 => {
                // Whoever has it has not sent it yet.
                file.absent = true;
                self.dirty.files = true;
                self.later(key);
                if let Some(file) = self.files.known.get_mut(&key) {
                    file.pause = file.pause.min(SOON);
                }
            }
            // The file is not as long as its paper says.
            416 => self.will_not_do(key, "file-hash"),
            _ => self.later(key),
        }
    }

    /// A piece came: perhaps it was the last.
    fn came_so_far(&mut self, key: FileKey) {
        self.dirty.files = true;
        let Some(file) = self.files.known.get_mut(&key) else { return };
        let (size, have) = (file.record.size, file.record.have);
        if have == size && file.sum.at == size {
            if file.sum.is(&key) {
                (file.record.whole, file.record.at_hub, file.wanted) = (true, true, false);
                file.record.kind = file.sum.kind();
                file.sum = Sum::default();
                self.keep_file(key);
            } else {
                self.will_not_do(key, "file-hash");
            }
        } else if have % (4 * PIECE) == 0 {
            self.keep_file(key);
        }
    }

    fn will_not_do(&mut self, key: FileKey, why: &str) {
        self.begin_again(key);
        if let Some(file) = self.files.known.get_mut(&key) {
            why.clone_into(&mut file.record.refused);
        }
        self.keep_file(key);
    }

    fn begin_again(&mut self, key: FileKey) {
        if let Some(file) = self.files.known.get_mut(&key) {
            file.sum = Sum::default();
            file.record.have = 0;
        }
        self.later(key);
    }

    /// There is no room: what can be had again goes first; then it is said.
    fn no_room(&mut self, key: FileKey) {
        let free = |(other, file): &(&FileKey, &File)| {
            **other != key && file.record.whole && file.record.at_hub && !self.file_kept(**other)
        };
        let free: Vec<FileKey> = self.files.known.iter().filter(free).map(|(other, _)| *other).collect();
        if free.is_empty() {
            self.will_not_do(key, "storage-full");
        } else {
            free.into_iter().for_each(|other| self.drop_file(other));
            self.begin_again(key);
        }
    }

    fn later(&mut self, key: FileKey) {
        let chance = u64::from(u16::from_be_bytes(self.dice.bytes()));
        let Some(file) = self.files.known.get_mut(&key) else { return };
        file.pause = (file.pause * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE);
        file.retry_at = self.now + file.pause + file.pause * chance / (1 << 18);
        file.sent = None;
    }
}
