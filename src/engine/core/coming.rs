//! A first load: the hub tells what there is, and each document is fetched whole, those first that the person needs first.
//! What has come is kept: a link that breaks costs the document that was on its way, and nothing is begun again.

use std::collections::BTreeMap;

use super::{
    Engine,
    arrivals::doc_of,
    rows::Shown,
    store::{Store, meta},
};
use crate::{
    domain::{DocId, DocKind, Writer},
    engine::api::{Progress, wire},
    sync::frame::Id,
};

/// The shape in which the sums are stored.
const SUMS: u8 = 1;

/// Documents on their way.
#[derive(Debug, Default)]
pub(super) struct Coming {
    /// The hub leaves the changes of documents out of its log up to this number.
    to: u64,
    documents: u32,
    bytes: u64,
    /// Those still to come, with about how many bytes.
    left: BTreeMap<DocId, u64>,
}

impl Coming {
    /// Whether a document is on its way.
    pub fn has(&self, doc: DocId) -> bool {
        self.left.contains_key(&doc)
    }
}

impl Engine {
    /// Up to which number the hub need not tell the changes one by one: all of them on a device that has nothing yet.
    pub(super) fn apart(&self) -> u64 {
        let nothing = self.rows.is_empty() && self.outbox.is_empty() && self.facts.is_empty();
        if nothing && self.position.number == 0 { u64::MAX } else { self.coming.to }
    }

    /// The hub left changes of these documents out of its log: each is to be fetched whole.
    pub(super) fn left_out(&mut self, apart: Vec<(Id, u64)>) {
        if apart.is_empty() {
            return;
        }
        self.coming.to = self.client.as_ref().map_or(0, crate::sync::client::Client::apart);
        for (id, bytes) in apart {
            let doc = doc_of(id);
            let here = self.rows.get(&doc).is_some_and(|row| row.next > row.first);
            // It came whole meanwhile, and a snapshot is never older than what the log leaves out.
            if here || self.entry(doc).is_none() {
                continue;
            }
            if !self.coming.has(doc) {
                self.coming.documents += 1;
            }
            self.coming.bytes += bytes;
            let size = self.coming.left.entry(doc).or_default();
            *size += bytes;
            let value = size.to_string().into_bytes();
            self.journal.write.put(Store::Meta, meta::coming(doc), value);
            self.position.missing.insert(doc);
            if let Some(client) = &mut self.client {
                client.want(id);
            }
        }
        self.keep_sums();
        self.dirty.shell = true;
    }

    /// The hub fell back: what is here may be all that is left of it, so from now on everything is told one by one.
    pub(super) fn leave_nothing_out(&mut self) {
        if self.coming.to > 0 {
            self.coming.to = 0;
            self.keep_sums();
        }
    }

    fn keep_sums(&mut self) {
        let sums = (self.coming.to, self.coming.documents, self.coming.bytes);
        self.journal.write.put(Store::Meta, meta::LOADING, wire::keep(SUMS, &sums));
    }

    /// A document has come, or will not.
    pub(super) fn came(&mut self, doc: DocId) {
        if self.coming.left.remove(&doc).is_none() {
            return;
        }
        self.journal.write.delete(Store::Meta, meta::coming(doc));
        if self.coming.left.is_empty() {
            (self.coming.documents, self.coming.bytes) = (0, 0);
            if self.position.number >= self.coming.to {
                self.journal.write.delete(Store::Meta, meta::LOADING);
            }
        }
    }

    /// From the store: what an earlier run had left to fetch.
    pub(super) fn open_coming(&mut self, key: &str, value: Option<&[u8]>) -> bool {
        if key == meta::LOADING {
            let sums: Option<(u64, u32, u64)> = value.and_then(|value| wire::kept(SUMS, value).ok());
            (self.coming.to, self.coming.documents, self.coming.bytes) = sums.unwrap_or_default();
            return true;
        }
        let Some(doc) = key.strip_prefix(meta::COMING) else { return false };
        if let Ok(doc) = doc.parse::<DocId>() {
            let size = value.and_then(|value| std::str::from_utf8(value).ok()?.parse().ok());
            self.coming.left.insert(doc, size.unwrap_or(0));
        }
        true
    }

    /// What the store says is on its way is missing.
    pub(super) fn coming_is_missing(&mut self) {
        self.position.missing.extend(self.coming.left.keys().copied());
    }

    /// How far a first load is.
    pub(super) fn progress(&self) -> Option<Progress> {
        if self.coming.left.is_empty() {
            return None;
        }
        let left = u32::try_from(self.coming.left.len()).unwrap_or(u32::MAX);
        let of = self.coming.documents.max(left);
        let bytes_left: u64 = self.coming.left.values().sum();
        let of_bytes = self.coming.bytes.max(bytes_left);
        Some(Progress { documents: of - left, of, bytes: of_bytes - bytes_left, of_bytes })
    }

    /// Puts what is wanted into the order in which a person needs it, as far as is known by now.
    pub(super) fn order_wants(&mut self) {
        let Some(mut client) = self.client.take() else { return };
        if client.wants() > 1 {
            let next = self.next_meeting();
            let shown = self.shown_now();
            client.prefer(|id| {
                let doc = doc_of(id);
                if shown.contains(&doc) { 0 } else { self.urgency(doc, next) }
            });
        }
        self.client = Some(client);
    }

    fn shown_now(&self) -> Vec<DocId> {
        self.pages.subscribed.values().flat_map(|subscribed| self.view_needs(&subscribed.query)).collect()
    }

    fn urgency(&self, doc: DocId, next: Option<DocId>) -> u8 {
        let Some(entry) = self.entry(doc) else { return u8::MAX };
        let own = self.account.as_ref().map(|account| &account.party);
        let mine = entry.writers.iter().any(|writer| match writer {
            Writer::Party(party) => Some(party) == own,
            Writer::Secretariat | Writer::Chair | Writer::Person(_) | Writer::FocalPoints => false,
        });
        let of_next = next.is_some() && entry.subject == next;
        match entry.kind {
            DocKind::Project | DocKind::Draft if mine => 1,
            DocKind::Meeting => 2,
            DocKind::Session if of_next => 3,
            DocKind::Plan | DocKind::Register => 4,
            DocKind::Project => 5,
            DocKind::Voice => 6,
            DocKind::Session
            | DocKind::Draft
            | DocKind::Annotation
            | DocKind::Text
            | DocKind::Consultation
            | DocKind::Response
            | DocKind::Logistics
            | DocKind::Person => 7,
        }
    }

    /// The meeting that is on, or comes next, of those whose days are known here.
    fn next_meeting(&self) -> Option<DocId> {
        let today = self.today();
        let meetings = self.rows.iter().filter_map(|(doc, row)| match &row.shown {
            Shown::Meeting(meeting) => {
                let last = meeting.end.or(meeting.start)?.bounds().1;
                Some((meeting.start?.bounds().0, last, *doc))
            }
            Shown::Plan(_)
            | Shown::Project(_)
            | Shown::Session { .. }
            | Shown::Register(_)
            | Shown::Unlisted
            | Shown::Voice(_)
            | Shown::Draft(_)
            | Shown::Person(_) => None,
        });
        meetings.filter(|(_, last, _)| *last >= today).min().map(|(_, _, doc)| doc)
    }
}
