//! What others did since somebody looked: of each document told once from its changes, and kept in memory as long as
//! nothing came to it. What must be read from the disk for it is read a few documents at a time, the latest changed first.

mod meet;
mod person;
mod tell;
mod view;

pub use self::person::PersonRow;
pub(super) use self::{
    meet::Own,
    tell::{name, without_manifest},
};

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, PortId, outbox::Body};
use crate::{
    domain::{DeviceId, DocId, DocKind, Fact, person::ReadMark},
    engine::api::{ChangeLine, Query, Reply, Since, Sub, View},
};

/// So many documents are read for the first lines, and then twice as many each time.
const FIRST: usize = 4;

/// What was told of a document, and from what.
#[derive(Debug)]
struct Told {
    since: ReadMark,
    last: u64,
    own: usize,
    lines: Vec<ChangeLine>,
}

/// What was told.
#[derive(Debug, Default)]
pub(super) struct News {
    told: BTreeMap<DocId, Told>,
    /// When this person joined: until something was read, what was there before is not news.
    joined: Option<ReadMark>,
}

/// What the hub said of a change: its number, when it received it, and which device wrote it.
pub(super) type Heard = (u64, Option<u64>, Option<DeviceId>);

impl Engine {
    /// Whether somebody else's device wrote something.
    pub(super) fn is_others(&self, device: Option<DeviceId>) -> bool {
        device.is_some_and(|device| {
            let own = self.account.as_ref().is_some_and(|account| account.device == device);
            !own && self.catalogue.owner(device).is_none_or(|owner| Some(owner) != self.own_person())
        })
    }

    /// Changes came: how far others have written in their document.
    pub(super) fn hear(&mut self, doc: DocId, changes: impl Iterator<Item = Heard>) {
        let others = changes.filter(|(_, _, device)| self.is_others(*device));
        let last = others.map(|(number, at, _)| (number, at.unwrap_or(0)));
        let Some((number, at)) = last.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1))) else { return };
        let Some(row) = self.row_mut(doc) else { return };
        let (known, then) = row.heard.unwrap_or_default();
        row.heard = Some((number.max(known), at.max(then)));
    }

    /// The same of a document as it was loaded, where its row does not say.
    pub(super) fn hear_loaded(&mut self, doc: DocId) {
        if self.rows.get(&doc).is_none_or(|row| row.heard.is_some()) {
            return;
        }
        let Some(held) = self.documents.get(doc) else { return };
        let all: Vec<Heard> =
            held.provenances().values().map(|known| (known.number, known.received_at, known.device)).collect();
        self.hear(doc, all.into_iter());
    }

    /// Finds out when this person first joined, once that is here.
    pub(super) fn find_joined(&mut self) {
        let device = self.account.as_ref().map(|account| account.device);
        let told = device.is_some_and(|device| self.catalogue.owner(device).is_some());
        if let (None, true, Some(me)) = (self.news.joined, told, self.own_person()) {
            let own = |body: &[u8]| match Fact::from_bytes(body) {
                Ok(Fact::Owner { person, .. } | Fact::Device { person, .. }) => person == me,
                Ok(_) | Err(_) => false,
            };
            let mark = self.facts.iter().find(|(_, body, _)| own(body));
            self.news.joined =
                mark.map(|(number, _, seal)| ReadMark { number, at: seal.map_or(0, |seal| seal.received_at) });
        }
    }

    /// Up to where the person has read a plan, a meeting, or what belongs to it.
    fn read_until(&self, subject: DocId) -> ReadMark {
        let row = self.person_row();
        let all = row.and_then(|row| row.read).into_iter().chain(self.news.joined);
        let of = row.and_then(|row| row.read_of.iter().find(|(doc, _)| *doc == subject)).map(|(_, mark)| *mark);
        all.chain(of).fold(ReadMark::default(), ReadMark::join)
    }

    /// From where on a query asks of a subject.
    fn since(&self, since: Since, subject: DocId) -> ReadMark {
        match since {
            Since::Read => self.read_until(subject),
            // By time alone: numbers of a hub that fell back say nothing of it.
            Since::Moment(at) => ReadMark { number: u64::MAX, at },
        }
    }

    /// The plan or meeting that a document belongs to; else itself.
    pub(super) fn home(&self, doc: DocId) -> DocId {
        let mut at = doc;
        for _ in 0..4 {
            let Some(entry) = self.entry(at) else { break };
            match (entry.kind, entry.subject) {
                (DocKind::Plan | DocKind::Meeting, _) | (_, None) => break,
                (_, Some(subject)) => at = subject,
            }
        }
        at
    }

    /// Documents in which others wrote since then, the latest first.
    pub(super) fn changed(&self, since: Since, of: Option<DocId>) -> Vec<(DocId, ReadMark)> {
        let mut changed: Vec<(u64, DocId, ReadMark)> = Vec::new();
        for (doc, row) in &self.rows {
            let Some((number, at)) = row.heard else { continue };
            if row.kind == DocKind::Person || self.entry(*doc).is_none() {
                continue;
            }
            let home = self.home(*doc);
            if of.is_some_and(|of| of != home && of != *doc) {
                continue;
            }
            let mark = self.since(since, home);
            if !mark.covers(number, Some(at)) {
                changed.push((number, *doc, mark));
            }
        }
        changed.sort_unstable_by_key(|(number, doc, _)| (std::cmp::Reverse(*number), *doc));
        changed.into_iter().map(|(_, doc, mark)| (doc, mark)).collect()
    }

    /// In how many documents others wrote since the person looked.
    pub(super) fn unread(&self) -> u32 {
        if self.news.joined.is_none() {
            // Nothing is known of it yet.
            return 0;
        }
        u32::try_from(self.changed(Since::Read, None).len()).unwrap_or(u32::MAX)
    }

    /// Tells what others did in a loaded document since the person read it, where that is not told.
    pub(super) fn remember_news(&mut self, doc: DocId) {
        let since = self.changed(Since::Read, Some(doc)).into_iter().find(|(other, _)| *other == doc);
        let Some((_, since)) = since.filter(|(_, since)| !self.is_told(doc, *since)) else { return };
        self.retell(doc, since);
    }

    fn retell(&mut self, doc: DocId, since: ReadMark) {
        let last = self.rows.get(&doc).map_or(0, |row| row.last);
        let lines = self.tell(doc, since);
        let own = self.outbox.of(doc).count();
        self.news.told.insert(doc, Told { since, last, own, lines });
    }

    fn is_told(&self, doc: DocId, since: ReadMark) -> bool {
        let last = self.rows.get(&doc).map_or(0, |row| row.last);
        let own = self.outbox.of(doc).count();
        self.news.told.get(&doc).is_some_and(|told| (told.since, told.last, told.own) == (since, last, own))
    }

    /// Shows a page what others did, as far as it can be told now, and has more read.
    pub(super) fn show_changes(&mut self, key: (PortId, Sub), (since, of): (Since, Option<DocId>)) {
        let changed = self.changed(since, of);
        self.news.told.retain(|doc, _| changed.iter().any(|(other, _)| other == doc));
        let (mut portion, mut reading) = (FIRST, BTreeSet::new());
        loop {
            let untold: Vec<(DocId, ReadMark)> = changed
                .iter()
                .filter(|(doc, since)| !self.is_told(*doc, *since) && !self.position.missing.contains(doc))
                .take(portion)
                .copied()
                .collect();
            if untold.is_empty() {
                break;
            }
            let docs: BTreeSet<DocId> = untold.iter().map(|(doc, _)| *doc).collect();
            if !self.ready(&docs) {
                reading = docs;
                break;
            }
            for (doc, since) in untold {
                self.retell(doc, since);
            }
            portion *= 2;
        }
        let view = View::Changes(Box::new(self.changes_view(since, of, &changed)));
        let Some(subscribed) = self.pages.subscribed.get_mut(&key) else { return };
        subscribed.due = !reading.is_empty();
        subscribed.needs = reading;
        if subscribed.shown.as_ref() != Some(&view) {
            subscribed.shown = Some(view.clone());
            self.reply(key.0, Reply::View { sub: key.1, view });
        }
    }

    /// Own changes of a document that the hub does not have yet.
    fn unsent_of(&self, doc: DocId) -> impl Iterator<Item = [u8; 32]> {
        let changes = self.outbox.of(doc).filter(|entry| matches!(entry.body, Body::Change { edit: Some(_), .. }));
        changes.map(|entry| entry.hash)
    }
}

/// What a query of changes asks.
pub(super) const fn asked(query: &Query) -> Option<(Since, Option<DocId>)> {
    match query {
        Query::Changes { since, of } => Some((*since, *of)),
        _ => None,
    }
}
