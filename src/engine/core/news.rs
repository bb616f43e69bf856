//! What others did since somebody looked: of each document told once from its changes, and kept in memory as long as
//! nothing came to it. That takes a few documents at a time, the latest changed first, and what is told is shown between.

mod follow;
mod meet;
mod person;
mod sides;
mod tell;
mod view;

pub use self::person::PersonRow;
pub(super) use self::{
    sides::Sides,
    tell::{name, without_manifest},
};

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, PortId, outbox::Body};
use crate::{
    domain::{DeviceId, DocId, DocKind, EntityId, Fact, person::ReadMark},
    engine::api::{ChangeLine, Query, Reply, Since, Sub, View},
};

/// So many documents are told for the first lines.
const FIRST: usize = 1;
/// And then each time so many as this, for each that is told.
const MORE: usize = 3;
/// The rest is told once the page has drawn its first lines, as on a slow device both are at work on one processor; or at the
/// latest after this, in milliseconds.
const FIRST_PAUSE: u64 = 1_000;

/// What is unread is told so long after the last of it came, in milliseconds, before anybody asks …
const AHEAD: u64 = 2_000;
/// … one document after the other, with a pause between them …
const AHEAD_PAUSE: u64 = 50;
/// … as far as a page shows of it at first.
const AHEAD_DOCS: u8 = 4;

/// What was told of a document, and from what.
#[derive(Debug)]
struct Told {
    last: u64,
    own: usize,
    lines: Vec<ChangeLine>,
    /// What of its records is about another: a comment about a paragraph.
    about: BTreeMap<EntityId, EntityId>,
}

/// What was told.
#[derive(Debug, Default)]
pub(super) struct News {
    /// By document, and since when.
    told: BTreeMap<(DocId, ReadMark), Told>,
    /// When this person joined: until something was read, what was there before is not news.
    joined: Option<ReadMark>,
    /// When the next that is unread is told before anybody asks, and of how many more.
    ahead: Option<(u64, u8)>,
    /// Pages that are told more once what is told was shown, and when.
    goes_on: BTreeMap<(PortId, Sub), u64>,
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
        self.will_tell_ahead();
        let Some(row) = self.row_mut(doc) else { return };
        let (known, then) = row.heard.unwrap_or_default();
        row.heard = Some((number.max(known), at.max(then)));
    }

    /// The same of a document as it was loaded, where its row does not say.
    pub(super) fn hear_loaded(&mut self, doc: DocId) {
        if self.rows.get(&doc).is_some_and(|row| row.heard.is_some()) {
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
            self.will_tell_ahead();
        }
    }

    /// Up to where the person has read a document: by the marks of it and of all that it belongs to.
    fn read_until(&self, doc: DocId) -> ReadMark {
        let row = self.person_row();
        let all = row.and_then(|row| row.read).into_iter().chain(self.news.joined);
        let to: Vec<DocId> = self.line(doc).collect();
        let of = row.map_or(&[][..], |row| &row.read_of).iter().filter(|(of, _)| to.contains(of));
        all.chain(of.map(|(_, mark)| *mark)).fold(ReadMark::default(), ReadMark::join)
    }

    /// From where on a query asks of a document.
    fn since(&self, since: Since, doc: DocId) -> ReadMark {
        match since {
            Since::Read => self.read_until(doc),
            // By time alone: numbers of a hub that fell back say nothing of it.
            Since::Moment(at) => ReadMark { number: u64::MAX, at },
        }
    }

    /// A document, what it is about, what that is about …
    fn line(&self, doc: DocId) -> impl Iterator<Item = DocId> {
        // No line is longer; a circle ends here.
        std::iter::successors(Some(doc), |doc| self.entry(*doc).and_then(|entry| entry.subject)).take(5)
    }

    /// Whether a document is another one, or about it: a voice on a session belongs to the session and to its meeting.
    fn belongs(&self, doc: DocId, to: DocId) -> bool {
        self.line(doc).any(|doc| doc == to)
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

    /// Documents in which others wrote since then, the latest first: all of them; those that belong to one; or, of a project,
    /// its plan too, in which the Secretariat speaks of it.
    pub(super) fn changed(&self, since: Since, of: Option<DocId>) -> Vec<(DocId, ReadMark)> {
        self.changed_among(self.rows.keys().copied(), since, of)
    }

    /// The same of some documents.
    fn changed_among(
        &self,
        docs: impl Iterator<Item = DocId>,
        since: Since,
        of: Option<DocId>,
    ) -> Vec<(DocId, ReadMark)> {
        let mut changed: Vec<(u64, DocId, ReadMark)> = Vec::new();
        for doc in docs {
            let Some((kind, (number, at))) = self.rows.get(&doc).and_then(|row| Some((row.kind, row.heard?))) else {
                continue;
            };
            if kind == DocKind::Person || self.entry(doc).is_none() {
                continue;
            }
            let mark = match of.filter(|of| !self.belongs(doc, *of)) {
                None => self.since(since, doc),
                Some(of) if self.plan_of(of) == Some(doc) => self.since(since, of),
                Some(_) => continue,
            };
            if !mark.covers(number, Some(at)) {
                changed.push((number, doc, mark));
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
        let Some(since) = self.unread_since(doc).filter(|since| self.told(doc, *since).is_none()) else { return };
        self.retell(doc, since);
    }

    /// From where on others wrote in a document and the person has not read it; none where they did not.
    fn unread_since(&self, doc: DocId) -> Option<ReadMark> {
        let unread = self.changed_among(std::iter::once(doc), Since::Read, None);
        unread.first().map(|(_, since)| *since)
    }

    fn retell(&mut self, doc: DocId, since: ReadMark) {
        let last = self.rows.get(&doc).map_or(0, |row| row.last);
        let lines = self.tell(doc, since);
        let own = self.outbox.of(doc).count();
        let about = self.about_what(doc, &lines);
        self.news.told.insert((doc, since), Told { last, own, lines, about });
    }

    /// What was told of a document, as long as nothing came to it.
    fn told(&self, doc: DocId, since: ReadMark) -> Option<&Told> {
        let last = self.rows.get(&doc).map_or(0, |row| row.last);
        let own = self.outbox.of(doc).count();
        self.news.told.get(&(doc, since)).filter(|told| (told.last, told.own) == (last, own))
    }

    /// Those of them that are told next, the latest first.
    fn next_to_tell(&self, changed: &[(DocId, ReadMark)]) -> Vec<(DocId, ReadMark)> {
        let here = changed.iter().filter(|(doc, _)| !self.position.missing.contains(doc));
        let (told, untold): (Vec<_>, Vec<_>) = here.partition(|(doc, since)| self.told(*doc, *since).is_some());
        untold.into_iter().take(FIRST.max(told.len() * MORE)).copied().collect()
    }

    /// Tells a page the next of these, if they are in memory. Which come after, and whether they are being read from the disk.
    fn tell_next(&mut self, key: (PortId, Sub), changed: &[(DocId, ReadMark)]) -> (BTreeSet<DocId>, bool) {
        let docs = |next: &[(DocId, ReadMark)]| next.iter().map(|(doc, _)| *doc).collect::<BTreeSet<DocId>>();
        let mut next = self.next_to_tell(changed);
        let page = self.pages.subscribed.get(&key);
        let shown = page.is_some_and(|page| page.shown.is_some());
        // Where lines are only counted there are no first ones to draw.
        let pause = if page.is_some_and(|page| page.query == Query::Following) { 0 } else { FIRST_PAUSE };
        if !shown && changed.iter().any(|(doc, since)| self.told(*doc, *since).is_some()) {
            // What was told ahead is shown at once.
            if !next.is_empty() {
                self.news.goes_on.insert(key, self.now + pause);
            }
            return (docs(&next), false);
        }
        let first = next.len() < changed.len() && changed.iter().all(|(doc, since)| self.told(*doc, *since).is_none());
        let mut ready = self.ready(&docs(&next));
        if ready {
            for (doc, since) in next {
                self.retell(doc, since);
            }
            next = self.next_to_tell(changed);
            ready = self.ready(&docs(&next));
            if ready && !next.is_empty() {
                self.news.goes_on.insert(key, if first { self.now + pause } else { self.now });
            }
        }
        (docs(&next), !ready)
    }

    /// When the rest is told.
    pub(super) fn news_timer(&self) -> Option<u64> {
        self.news.goes_on.values().copied().chain(self.news.ahead.map(|(at, _)| at)).min()
    }

    fn will_tell_ahead(&mut self) {
        // Each may have to be read from the disk first.
        self.news.ahead = Some((self.now + AHEAD, 2 * AHEAD_DOCS));
    }

    /// Tells the next that is unread, the latest first, if it is time and nobody types: who opens the page then is shown it
    /// at once.
    pub(super) fn tell_ahead(&mut self) {
        let Some((_, left)) = self.news.ahead.take_if(|(at, _)| *at <= self.now) else { return };
        if self.text_docs().next().is_some() {
            self.news.ahead = Some((self.now + AHEAD, left));
            return;
        }
        let unread = self.changed(Since::Read, None);
        let latest = unread.into_iter().filter(|(doc, _)| !self.position.missing.contains(doc));
        let mut next = latest.take(AHEAD_DOCS.into()).filter(|(doc, since)| self.told(*doc, *since).is_none());
        let Some((doc, since)) = next.next() else { return };
        if self.ready(&BTreeSet::from([doc])) {
            self.retell(doc, since);
        }
        self.news.ahead = left.checked_sub(1).map(|left| (self.now + AHEAD_PAUSE, left));
    }

    /// A page drew its first lines.
    pub(super) fn news_more(&mut self, key: (PortId, Sub)) {
        if let Some(at) = self.news.goes_on.get_mut(&key) {
            *at = self.now;
        }
    }

    /// The pages that tell of changes go on, if it is time.
    pub(super) fn news_go_on(&mut self) {
        let now = self.now;
        for (key, _) in self.news.goes_on.extract_if(.., |_, at| *at <= now) {
            if let Some(subscribed) = self.pages.subscribed.get_mut(&key) {
                subscribed.due = true;
            }
        }
    }

    /// The documents in which others did what is asked, and since when.
    fn asked_of(&self, asked: Asked) -> Vec<(DocId, ReadMark)> {
        match asked {
            Asked::Changes(since, of) => self.changed(since, of),
            Asked::Following => self.followed_changes(),
        }
    }

    /// Forgets what was told and no page asks for any more.
    pub(super) fn forget_news(&mut self) {
        let asked = self.pages.subscribed.values().filter_map(|one| asked(&one.query));
        let kept: BTreeSet<(DocId, ReadMark)> = asked.flat_map(|asked| self.asked_of(asked)).collect();
        let told = |told: &(DocId, ReadMark)| kept.contains(told) || self.unread_since(told.0) == Some(told.1);
        let gone: Vec<(DocId, ReadMark)> = self.news.told.keys().filter(|key| !told(key)).copied().collect();
        gone.iter().for_each(|key| drop(self.news.told.remove(key)));
    }

    /// Shows a page what others did, as far as it can be told now, and has more read.
    pub(super) fn show_changes(&mut self, key: (PortId, Sub), asked: Asked) {
        let changed = self.asked_of(asked);
        let (next, reading) = self.tell_next(key, &changed);
        let view = match asked {
            Asked::Changes(since, of) => View::Changes(Box::new(self.changes_view(since, of, &changed))),
            Asked::Following => View::Following(self.following_view()),
        };
        let Some(subscribed) = self.pages.subscribed.get_mut(&key) else { return };
        subscribed.due = reading;
        subscribed.needs = next;
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

/// A query that is told from changes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked {
    /// What others did since then, in all documents or in those of one.
    Changes(Since, Option<DocId>),
    /// How much they did in what the person follows.
    Following,
}

/// What a query of changes asks.
pub(super) const fn asked(query: &Query) -> Option<Asked> {
    match query {
        Query::Changes { since, of } => Some(Asked::Changes(*since, *of)),
        Query::Following => Some(Asked::Following),
        _ => None,
    }
}
