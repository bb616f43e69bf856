//! Where a record's words are. Never better than the truth: of everything that could be said the weakest is said.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Engine,
    account::{CONTACT, SEEN, day_of},
    arrivals::doc_of,
    documents::Held,
    outbox::State,
    store::{Store, meta},
};
use crate::{
    domain::{Audience, DocId, DocKind, EntityId, PartyCode, Snapshot},
    engine::api::{Mark, wire},
    sync::frame::PartySeen,
};

/// How far a party is, as the hub last told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Heard {
    /// The highest durable cursor of one of its devices.
    pub cursor: u64,
    /// When that device's rights were last compared: milliseconds since 1970 by the hub.
    pub as_of: u64,
    /// What it has not got all the same.
    pub missing: BTreeSet<DocId>,
}

/// The parties by audience, worked out once for many records.
#[derive(Debug, Default)]
pub(super) struct Parties(BTreeMap<Audience, BTreeSet<PartyCode>>);

impl Engine {
    /// The hub told how far others are.
    pub(super) fn heard_of(&mut self, parties: Vec<PartySeen>) {
        for PartySeen { party, cursor, missing, as_of, heard_at } in parties {
            let Ok(code) = party.parse::<PartyCode>() else { continue };
            if heard_at > 0 {
                let known = self.contact.entry(code.clone()).or_default();
                *known = heard_at.max(*known);
            }
            // A hub that started again knows less than it did: the best heard stays.
            if self.seen.get(&code).is_none_or(|known| (known.cursor, known.as_of) <= (cursor, as_of)) {
                let missing = missing.into_iter().map(doc_of).collect();
                self.seen.insert(code, Heard { cursor, as_of, missing });
            }
        }
        self.seen_news = true;
        self.dirty.seen = true;
    }

    /// A document may be received that could not be before: what the hub told of others until now left out that they lack it.
    pub(super) fn who_has_is_unknown(&mut self, doc: DocId) {
        for heard in self.seen.values_mut() {
            heard.missing.insert(doc);
        }
        self.seen_news = true;
    }

    /// How far others were goes to the disk with a transaction that is due anyway.
    pub(super) fn keep_seen(&mut self) {
        if !std::mem::take(&mut self.seen_news) {
            return;
        }
        let seen: Vec<_> = self.seen.iter().collect();
        self.journal.write.put(Store::Meta, meta::SEEN, wire::keep(SEEN, &seen));
        let contact: Vec<_> = self.contact.iter().collect();
        self.journal.write.put(Store::Meta, meta::CONTACT, wire::keep(CONTACT, &contact));
    }

    /// The mark of a document as a whole.
    pub(super) fn mark_of(&self, doc: DocId, parties: &mut Parties) -> Mark {
        let refused = self.quarantine.values().any(|kept| kept.doc == doc);
        let unsent = self.outbox.of(doc).map(|entry| entry.state);
        self.own_mark(refused, self.typed_in(doc, None), unsent)
            .unwrap_or_else(|| self.hub_mark(doc, self.rows.get(&doc).map_or(0, |row| row.last), parties))
    }

    /// The mark of every record of a loaded document that is not simply the document's oldest.
    pub(super) fn marks(&self, doc: DocId, snapshot: &Snapshot, parties: &mut Parties) -> BTreeMap<EntityId, Mark> {
        let Some(held) = self.documents.get(doc) else { return BTreeMap::new() };
        let entities = snapshot.collections.values().flatten().filter_map(|record| record.id);
        let claims = snapshot.claims.iter().map(|claim| claim.id);
        let acts = snapshot.acts.iter().flat_map(|act| [Some(act.id), act.target]).flatten();
        let root = super::documents::root_of(doc);
        let records: BTreeSet<EntityId> = entities.chain(claims).chain(acts).chain([root]).collect();
        records.into_iter().map(|record| (record, self.record_mark(doc, held, record, parties))).collect()
    }

    /// The mark of one record.
    pub(super) fn record_mark(&self, doc: DocId, held: &Held, record: EntityId, parties: &mut Parties) -> Mark {
        let refused = self.quarantine.values().any(|kept| kept.doc == doc && kept.records.contains(&record));
        let unsent = self.outbox.of(doc).filter(|entry| entry.records.contains(&record)).map(|entry| entry.state);
        self.own_mark(refused, self.typed_in(doc, Some(record)), unsent)
            .unwrap_or_else(|| self.hub_mark(doc, held.touch_of(record).map_or(0, |touch| touch.last), parties))
    }

    fn own_mark(&self, refused: bool, typed: bool, unsent: impl Iterator<Item = State>) -> Option<Mark> {
        if refused {
            return Some(Mark::Refused);
        }
        if typed {
            return Some(Mark::Pending);
        }
        unsent
            .map(|state| match state {
                State::Pending => Mark::Pending,
                State::Device | State::Held | State::Sent | State::Review if self.only_in_memory() => Mark::Pending,
                State::Device | State::Held | State::Sent | State::Review => Mark::Device,
            })
            .min_by_key(|mark| u8::from(*mark != Mark::Pending))
    }

    /// The hub's newest number is at least this. What was numbered higher than was known is on the hub after all.
    pub(super) fn hub_is_at(&mut self, head: u64) {
        let before = self.position.head;
        if head > before {
            self.position.head = head;
            let higher = self.rows.iter().filter(|(_, row)| row.last > before);
            self.dirty.docs.extend(higher.map(|(doc, _)| *doc));
        }
    }

    fn hub_mark(&self, doc: DocId, number: u64, parties: &mut Parties) -> Mark {
        if number > self.position.head || self.is_owed(doc, number) {
            // The hub fell back to an older state: it does not have this now.
            return Mark::Device;
        }
        let Some(audience) = self.entry(doc).map(|entry| &entry.audience) else { return Mark::Hub };
        if !parties.0.contains_key(audience) {
            parties.0.insert(audience.clone(), self.parties_in(audience));
        }
        let own = self.account.as_ref().map(|account| &account.party);
        let others = parties.0.get(audience).into_iter().flatten().filter(|party| Some(*party) != own);
        let count = others.filter(|party| self.party_has(party, audience, doc, number));
        match u16::try_from(count.count()).unwrap_or(u16::MAX) {
            0 => Mark::Hub,
            delegations => Mark::Seen { delegations },
        }
    }

    /// Whether a device of a party has a document durably, up to the entry with this number.
    fn party_has(&self, party: &PartyCode, audience: &Audience, doc: DocId, number: u64) -> bool {
        let needed = number.max(self.rights_since.get(party).copied().unwrap_or(0));
        if needed > self.position.number {
            // Who may read it is known as far as the log was heard: not beyond, and not while it is heard again.
            return false;
        }
        if self.rights_open.contains(party) {
            // What it passed before it was let in it has not got, and when that was the hub cannot say now.
            return false;
        }
        self.seen.get(party).is_some_and(|heard| {
            // Rights begin by date too, without an entry: what it may have only since then it has not got.
            let entitled = self.catalogue.party_in(party, audience, day_of(heard.as_of));
            heard.cursor >= needed && entitled && !heard.missing.contains(&doc)
        })
    }

    /// What each party that was ever heard of has not got, of all that this device has and it may have: documents that
    /// have a page, in the order of their ids.
    pub(super) fn unseen(&self) -> BTreeMap<PartyCode, BTreeSet<DocId>> {
        let mut parties = Parties::default();
        let mut unseen: BTreeMap<PartyCode, BTreeSet<DocId>> =
            self.seen.keys().map(|party| (party.clone(), BTreeSet::new())).collect();
        for (doc, row) in self.rows.iter().filter(|(_, row)| row.last > 0) {
            let Some(audience) = self.entry(*doc).map(|entry| &entry.audience) else { continue };
            if !parties.0.contains_key(audience) {
                parties.0.insert(audience.clone(), self.parties_in(audience));
            }
            for party in parties.0.get(audience).into_iter().flatten() {
                if !self.party_has(party, audience, *doc, row.last) {
                    unseen.entry(party.clone()).or_default().insert(self.page_of(*doc));
                }
            }
        }
        unseen
    }

    /// The document on whose page a document is read: a session's meeting, the subject of a comment.
    fn page_of(&self, doc: DocId) -> DocId {
        let mut page = doc;
        // A comment on a session is read at its meeting: two steps. Documents may name each other in a circle.
        for _ in 0..2 {
            let Some(entry) = self.entry(page) else { break };
            page = match entry.kind {
                DocKind::Session
                | DocKind::Annotation
                | DocKind::Voice
                | DocKind::Consultation
                | DocKind::Response
                | DocKind::Logistics => entry.subject.unwrap_or(page),
                DocKind::Register
                | DocKind::Plan
                | DocKind::Project
                | DocKind::Draft
                | DocKind::Meeting
                | DocKind::Text
                | DocKind::Person => break,
            };
        }
        page
    }
}
