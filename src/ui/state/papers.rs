//! Papers on their way between a person and the engine: brought piece by piece, and put together to be opened or saved.

use std::rc::Rc;

use leptos::prelude::*;

use crate::{
    domain::{
        DocId, EntityId,
        paper::{self, FileHash, Paper},
    },
    engine::api::{Command, Done, Hold, NewPaper, PIECE, Refusal},
    ui::platform::{
        self, clock,
        files::{Chosen, Parts},
    },
};

use super::{commands, shared, toasts};

/// A file that is being added, or could not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Adding {
    /// The paper that it becomes.
    pub id: EntityId,
    /// Of which document.
    pub doc: DocId,
    /// What the file is called.
    pub name: String,
    /// Its size.
    pub size: u64,
    /// How much of it is on this device.
    pub done: u64,
    /// Why it was not added.
    pub why: Option<String>,
}

/// Files that are being added to a document, or could not be.
#[must_use]
pub fn adding(doc: DocId) -> Signal<Vec<Adding>> {
    let all = shared().adding;
    Memo::new(move |_| all.with(|all| all.iter().filter(|one| one.doc == doc).cloned().collect::<Vec<_>>())).into()
}

/// A file that could not be added was seen.
pub fn dismiss(id: EntityId) {
    shared().adding.update(|all| all.retain(|one| one.id != id));
}

struct Way {
    file: Chosen,
    doc: DocId,
    id: EntityId,
    item: Option<EntityId>,
    hash: FileHash,
}

/// Adds a file to a document, for one of its items or for all of it.
pub fn add(doc: DocId, item: Option<EntityId>, file: Chosen) {
    let id = clock::entity();
    let (name, size) = (file.name.clone(), file.size);
    shared().adding.update(|all| all.push(Adding { id, doc, name, size, done: 0, why: None }));
    let refused = match size {
        0 => Some("file-empty"),
        size if size > paper::MOST => Some("file-too-large"),
        _ => None,
    };
    if let Some(code) = refused {
        return failed(id, &word(code));
    }
    platform::spawn(async move {
        match file.hash().await {
            Some(hash) => bring(Rc::new(Way { file, doc, id, item, hash: FileHash(hash) }), 0, 3),
            None => failed(id, &word("file-unreadable")),
        }
    });
}

fn word(code: &str) -> Refusal {
    Refusal { code: code.to_owned(), detail: String::new() }
}

fn failed(id: EntityId, why: &Refusal) {
    let words = toasts::words(why);
    shared().adding.update(|all| {
        if let Some(one) = all.iter_mut().find(|one| one.id == id) {
            one.why = Some(words);
        }
    });
}

fn bring(way: Rc<Way>, at: u64, again: u32) {
    platform::spawn(async move {
        let (size, id) = (way.file.size, way.id);
        let to = (at + PIECE).min(size);
        let Some(bytes) = way.file.piece(at, to).await else { return failed(id, &word("file-unreadable")) };
        let (doc, hash) = (way.doc, way.hash);
        commands::ask(Command::AddPiece { doc, hash, size, at, bytes }, move |result| {
            if let Err(refusal) = result {
                // Another engine took over, and knows nothing of what was brought to the one before.
                match refusal.code == "file-again" && again > 0 {
                    true => bring(way, 0, again - 1),
                    false => failed(id, &refusal),
                }
                return;
            }
            shared().adding.update(|all| {
                if let Some(one) = all.iter_mut().find(|one| one.id == id) {
                    one.done = to;
                }
            });
            if to < size { bring(way, to, again) } else { finish(way, again) }
        });
    });
}

fn finish(way: Rc<Way>, again: u32) {
    let (doc, id) = (way.doc, way.id);
    let name = way.file.name.clone();
    let title = name.rsplit_once('.').map_or(name.as_str(), |(title, _)| title).to_owned();
    let new = NewPaper { id, hash: way.hash, name, title, item: way.item, language: String::new() };
    commands::ask(Command::AddPaper { doc, new }, move |result| match result {
        Ok(_) => dismiss(id),
        Err(refusal) if refusal.code == "file-again" && again > 0 => bring(way, 0, again - 1),
        Err(refusal) => failed(id, &refusal),
    });
}

/// What a person does with a paper that is on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// It opens in a tab of its own.
    Open,
    /// It goes among the downloads.
    Save,
}

/// Opens or saves a paper that is on this device.
pub fn show(doc: DocId, paper: Paper, how: Show) {
    read(doc, paper, how, 0, Parts::default());
}

fn read(doc: DocId, paper: Paper, how: Show, at: u64, parts: Parts) {
    let hash = paper.hash;
    commands::send(Command::ReadPaper { doc, hash, at }, move |done| {
        let Done::Piece { bytes } = done else { return };
        parts.push(&bytes);
        let next = at + bytes.len() as u64;
        if !bytes.is_empty() && next < paper.size {
            return read(doc, paper, how, next, parts);
        }
        match how {
            Show::Open => parts.open(paper.kind.media()),
            Show::Save => parts.save(paper.kind.media(), &paper.name),
        }
    });
}

/// Has a paper's file here, keeps it, or lets it go.
pub fn hold(doc: DocId, paper: &Paper, hold: Hold) {
    commands::send(Command::HoldPaper { doc, hash: paper.hash, size: paper.size, hold }, |_| {});
}

/// Keeps all papers of a meeting here, or no more.
pub fn pack(meeting: DocId, keep: bool) {
    commands::send(Command::HoldPack { meeting, keep }, |_| {});
}
