//! What the person follows, and how much others did in it: counted as lines of what is told, never as single changes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, Told};
use crate::{
    domain::{
        DocId, EntityId,
        person::{Follow, ReadMark},
    },
    engine::{
        api::{ChangeLine, FollowView, FollowingView, Since},
        core::documents::root_of,
    },
};

impl Engine {
    /// What the person follows.
    pub(in super::super) fn follows(&self) -> &[Follow] {
        self.person_row().map_or(&[], |row| &row.follows)
    }

    /// Of each followed document the documents in which others wrote since the person read them, the latest first.
    fn unread_of_followed(&self) -> BTreeMap<DocId, Vec<(DocId, ReadMark)>> {
        // What was there before the person joined is no news, and when that was is not known at first.
        if self.follows().is_empty() || self.news.joined.is_none() {
            return BTreeMap::new();
        }
        let unread = self.changed(Since::Read, None);
        let docs: BTreeSet<DocId> = self.follows().iter().map(|follow| follow.doc).collect();
        let of = |doc| self.changed_among(unread.iter().map(|(doc, _)| *doc), Since::Read, Some(doc));
        docs.into_iter().map(|doc| (doc, of(doc))).collect()
    }

    /// The same of all of them, each once.
    pub(super) fn followed_changes(&self) -> Vec<(DocId, ReadMark)> {
        let all: BTreeSet<(DocId, ReadMark)> = self.unread_of_followed().into_values().flatten().collect();
        all.into_iter().collect()
    }

    /// How far others wrote in what is followed and not read, by rows alone; none where they did not. It may lie in a document
    /// of which nothing is told.
    pub(in super::super) fn followed_until(&self) -> Option<ReadMark> {
        let heard = |doc: &DocId| self.rows.get(doc)?.heard.map(|(number, at)| ReadMark { number, at });
        self.followed_changes().iter().filter_map(|(doc, _)| heard(doc)).reduce(ReadMark::join)
    }

    /// What of a document's news is about a subject, with its place among them: all of what belongs to that, and of another document
    /// what names it.
    pub(super) fn lines_of<'a>(
        &self,
        told: &'a Told,
        doc: DocId,
        of: Option<DocId>,
    ) -> impl Iterator<Item = (usize, &'a ChangeLine)> {
        let named = of.filter(|of| !self.belongs(doc, *of)).map(root_of);
        let all = told.lines.iter().enumerate();
        all.filter(move |(_, line)| named.is_none_or(|named| line.record == Some(named)))
    }

    /// What of a document's told records is about another record: what was commented, suggested or done.
    pub(super) fn about_what(&self, doc: DocId, lines: &[ChangeLine]) -> BTreeMap<EntityId, EntityId> {
        let Some(held) = self.documents.get(doc) else { return BTreeMap::new() };
        let told: BTreeSet<EntityId> = lines.iter().filter_map(|line| line.record).collect();
        let records = held.snapshot().collections.values().flatten();
        let about = records.filter_map(|record| Some((record.id?, record.read("about")?)));
        about.filter(|(id, _)| told.contains(id)).collect()
    }

    pub(in super::super) fn following_view(&self) -> FollowingView {
        let unread = self.unread_of_followed();
        let (mut coming, mut lines) = (BTreeSet::new(), BTreeSet::new());
        let mut things: Vec<FollowView> = Vec::new();
        for what in self.follows() {
            let (mut changes, mut latest) = (0_u32, 0);
            for (doc, since) in unread.get(&what.doc).into_iter().flatten() {
                let Some(told) = self.told(*doc, *since) else {
                    // What is not all here cannot be told now.
                    if !self.position.missing.contains(doc) {
                        coming.insert(*doc);
                    }
                    continue;
                };
                for (n, line) in self.lines_of(told, *doc, Some(what.doc)) {
                    let about = line.record.and_then(|record| told.about.get(&record)).copied().or(line.record);
                    if what.record.is_none() || about == what.record {
                        changes = changes.saturating_add(1);
                        latest = latest.max(line.number);
                        lines.insert((*doc, n));
                    }
                }
            }
            let home = self.home(what.doc);
            // A project is read on a page of its own.
            let page = if self.project_row(what.doc).is_some() { what.doc } else { home };
            things.push(FollowView {
                what: *what,
                kind: self.entry(page).map(|entry| entry.kind),
                page,
                title: self.title(page),
                number: what.record.and_then(|record| self.paragraph_number(what.doc, record)),
                changes,
                latest,
            });
        }
        things.sort_by(|a, b| {
            let key = |thing: &FollowView| (std::cmp::Reverse(thing.latest), thing.title.clone(), thing.what);
            key(a).cmp(&key(b))
        });
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        FollowingView { things, changes: number(lines.len()), coming: number(coming.len()) }
    }

    /// The number of a paragraph in its report; none where it does not stand there.
    fn paragraph_number(&self, session: DocId, paragraph: EntityId) -> Option<u32> {
        let parts = self.report_parts(session);
        parts.iter().flat_map(|part| &part.standing).find(|(_, id)| *id == paragraph).map(|(number, _)| *number)
    }
}
