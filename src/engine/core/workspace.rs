//! The workspace as this device knows it: the hub's facts, its own on top, and what may be done by them.

use std::collections::BTreeSet;

use super::{
    Engine,
    account::day_of,
    outbox::Body,
    rows::{Row, Shown},
    store::{Store, chunk_key},
};
use crate::{
    domain::{
        Audience, Catalogue, Date, DocId, Fact, PartyCode, PersonId, Snapshot, Writer,
        catalogue::{Appointment, DocEntry},
        record::Origin,
    },
    engine::api::Who,
};

/// The party whose rights a fact changes.
fn rights_of(fact: &Fact) -> Option<&PartyCode> {
    match fact {
        Fact::Member { party, .. } | Fact::Term { party, .. } | Fact::Grant { writer: Writer::Party(party), .. } => {
            Some(party)
        }
        Fact::Grant {
            writer: Writer::Secretariat | Writer::Chair | Writer::Person(_) | Writer::FocalPoints, ..
        }
        | Fact::Workspace { .. }
        | Fact::Appoint { .. }
        | Fact::End { .. }
        | Fact::Device { .. }
        | Fact::Owner { .. }
        | Fact::Revoke { .. }
        | Fact::Doc { .. }
        | Fact::Ungrant { .. }
        | Fact::Reserve { .. }
        | Fact::Number { .. } => None,
    }
}

impl Engine {
    /// Makes the catalogue anew: the hub's facts, then one's own, without what may no longer be received.
    pub(super) fn recatalogue(&mut self) {
        let mut catalogue: Catalogue = self.acknowledged.clone();
        let mut open: BTreeSet<PartyCode> = self.lost_facts().iter().filter_map(rights_of).cloned().collect();
        for entry in self.outbox.iter() {
            if let Body::Fact { fact, .. } = &entry.body {
                catalogue.fold(fact);
                open.extend(rights_of(fact).cloned());
            }
        }
        self.rights_open = open;
        for doc in &self.position.lost {
            catalogue.docs.remove(doc);
        }
        self.catalogue = catalogue;
        self.dirty.all = true;
    }

    /// Notes from which number on a party's devices have what its rights let them have: a device that was further back
    /// when they changed has passed entries that it did not receive.
    pub(super) fn note_rights(&mut self, number: u64, fact: &Fact) {
        let Some(party) = rights_of(fact) else { return };
        let since = self.rights_since.entry(party.clone()).or_default();
        *since = (*since).max(number);
    }

    /// What the catalogue says of a document.
    pub(super) fn entry(&self, doc: DocId) -> Option<&DocEntry> {
        self.catalogue.docs.get(&doc)
    }

    /// The person at this device.
    pub(super) fn person(&self) -> Option<PersonId> {
        self.account.as_ref().filter(|account| account.barred.is_none()).map(|account| account.person)
    }

    /// Whether the person may write a document today, by rights alone.
    pub(super) fn may_write(&self, doc: DocId) -> bool {
        self.person().is_some_and(|person| self.catalogue.may_write(person, doc, self.today()))
    }

    /// Whether the person is of the Secretariat.
    pub(super) fn is_secretariat(&self) -> bool {
        self.person().is_some_and(|person| self.catalogue.is_secretariat(person, self.today()))
    }

    /// Whether the person may state a fact today.
    pub(super) fn may_state(&self, fact: &Fact) -> Result<(), crate::domain::rights::NotYours> {
        match self.person() {
            Some(person) => {
                self.catalogue.may_state(person, fact, self.today())?;
                self.account.as_ref().map_or(Ok(()), |own| self.catalogue.may_state_from(own.device, fact))
            }
            None => Err(crate::domain::rights::NotYours::NoRight),
        }
    }

    /// The parties that receive an audience's documents and have been heard of.
    pub(super) fn parties_in(&self, audience: &Audience) -> BTreeSet<PartyCode> {
        let today = self.today();
        self.seen.keys().filter(|party| self.catalogue.party_in(party, audience, today)).cloned().collect()
    }

    /// A loaded document as pages see it: claims and acts say for which party they were made, as far as this device may
    /// know whose device wrote them.
    pub(super) fn attributed(&self, doc: DocId) -> Option<Snapshot> {
        let mut snapshot = self.documents.get(doc)?.snapshot().clone();
        let claims = snapshot.claims.iter_mut().map(|claim| &mut claim.origin);
        for origin in claims.chain(snapshot.acts.iter_mut().map(|act| &mut act.origin)) {
            *origin = self.attributed_origin(origin);
        }
        Some(snapshot)
    }

    /// Who wrote something, as far as this device may know whose device it was written on.
    pub(super) fn attributed_origin(&self, origin: &Origin) -> Origin {
        let mut origin = origin.clone();
        if let Some(person) = origin.device.and_then(|device| self.catalogue.owner(device)) {
            origin.person = Some(person);
            let by = self.catalogue.spoke_for(person, day_of(origin.millis));
            origin.party = by.map(|appointment| appointment.party.clone());
        }
        origin
    }

    /// Who a person is that did something at a time: milliseconds since 1970, by the hub where it says, since the device's own
    /// clock may be wrong.
    pub(super) fn who(&self, person: Option<PersonId>, at: u64) -> Who {
        let by = person.and_then(|person| self.catalogue.spoke_for(person, Date::of_millis(at)));
        let same = |one: &Appointment| {
            by.is_some_and(|by| one.party == by.party && one.role == by.role && one.person != by.person)
        };
        Who {
            person,
            party: by.map(|by| by.party.clone()),
            role: by.map(|by| by.role),
            alike: self.catalogue.appointments.values().any(same),
            mine: person.is_some() && person == self.own_person(),
        }
    }

    /// The row of a document, made when it is not there.
    pub(super) fn row_mut(&mut self, doc: DocId) -> Option<&mut Row> {
        let kind = self.entry(doc).map(|entry| entry.kind);
        match self.rows.entry(doc) {
            std::collections::btree_map::Entry::Occupied(row) => Some(row.into_mut()),
            std::collections::btree_map::Entry::Vacant(vacant) => Some(vacant.insert(Row {
                kind: kind?,
                last: 0,
                first: 0,
                next: 0,
                snapshot: 0,
                tail: 0,
                heard: None,
                beside: 0,
                shown: Shown::Unlisted,
            })),
        }
    }

    /// Projects a loaded document into its row, and writes the row with the next transaction.
    pub(super) fn keep_row(&mut self, doc: DocId) {
        self.show_row(doc);
        self.lately.row_kept(doc);
        let Some(row) = self.rows.get(&doc) else { return };
        let value = row.encode();
        self.journal.write.put(Store::Row, doc.to_string(), value);
    }

    /// Projects a loaded document into its row.
    pub(super) fn show_row(&mut self, doc: DocId) {
        let shown =
            self.documents.get(doc).map(|held| (super::rows::beside(held.snapshot()), super::rows::shown(doc, held)));
        let Some(row) = self.row_mut(doc) else { return };
        if let Some(shown) = shown {
            (row.beside, row.shown) = shown;
        }
        self.dirty.docs.insert(doc);
        self.want_papers_of(doc);
    }

    /// Forgets everything of a document but its facts and what the outbox holds.
    pub(super) fn forget(&mut self, doc: DocId) {
        self.keep_acked(doc);
        self.lately.row_kept(doc);
        if let Some(row) = self.rows.remove(&doc) {
            for n in row.first..row.next {
                self.journal.write.delete(Store::Chunk, chunk_key(doc, n));
            }
            self.journal.write.delete(Store::Row, doc.to_string());
        }
        self.documents.remove(doc);
        self.dirty.docs.insert(doc);
        self.dirty.all = true;
    }
}
