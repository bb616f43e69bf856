//! Who is in a document with us: said in passing, never stored, forgotten after silence.
//!
//! A page that asks who else is in a document is in it. While it asks and a way to the hub is open, this device says so
//! from time to time; the hub tells it what the others say. Nothing here may be taken for something that is kept.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use super::Engine;
use crate::{
    domain::{DocId, PartyCode, PersonId},
    engine::api::{PersonHere, PresenceView, Query},
    sync::{client::Stage, frame::Id},
};

/// How often a device says that it is there, in milliseconds.
const BEAT: u64 = 20_000;
/// Who has been silent for so long is no longer there: two beats may get lost.
const SILENT: u64 = 50_000;

/// What a device says of itself: that it is there. What is said one day beside it has a number, and is passed over here.
#[derive(Debug, Encode, Decode)]
struct Here {}

/// Who is where.
#[derive(Debug, Default)]
pub(super) struct Presence {
    /// Where this device said that it is, and when.
    said: BTreeMap<DocId, u64>,
    /// The others, and until when that counts.
    others: BTreeMap<DocId, BTreeMap<PersonId, u64>>,
}

impl Engine {
    /// Says where this device is, and forgets who has been silent.
    pub(super) fn look_around(&mut self) {
        let inside: BTreeSet<DocId> = self.pages.subscribed.values().filter_map(|page| doc_of(&page.query)).collect();
        let now = self.now;
        let Presence { said, others } = &mut self.presence;
        let before = others.values().map(BTreeMap::len).sum::<usize>();
        others.retain(|doc, there| {
            there.retain(|_, until| *until > now);
            inside.contains(doc) && !there.is_empty()
        });
        self.dirty.company |= before != others.values().map(BTreeMap::len).sum::<usize>();
        let client = self.client.as_mut().filter(|client| matches!(client.stage(), Stage::Live | Stage::Http));
        let Some(client) = client else {
            // The next way to the hub is told at once.
            said.clear();
            return;
        };
        for doc in said.keys().copied().filter(|doc| !inside.contains(doc)).collect::<Vec<_>>() {
            said.remove(&doc);
            client.pass(doc.to_bytes().into(), Vec::new());
        }
        for doc in inside {
            if said.get(&doc).is_none_or(|at| now >= at + BEAT) {
                said.insert(doc, now);
                // Writing to memory cannot fail.
                let here = minicbor::to_vec(Here {}).unwrap_or_default();
                client.pass(doc.to_bytes().into(), here);
            }
        }
    }

    /// When to look around again.
    pub(super) fn presence_timer(&self) -> Option<u64> {
        let beats = self.presence.said.values().map(|at| at + BEAT);
        let ends = self.presence.others.values().flat_map(BTreeMap::values).copied();
        beats.chain(ends).min()
    }

    /// Somebody says on another device that he is in a document, or no longer is.
    pub(super) fn said_by(&mut self, doc: DocId, from: Id, bytes: &[u8]) {
        let person = PersonId::from_bytes(from.into());
        if bytes.is_empty() {
            let there = self.presence.others.get_mut(&doc);
            self.dirty.company |= there.is_some_and(|there| there.remove(&person).is_some());
        } else if minicbor::decode::<Here>(bytes).is_ok() {
            let there = self.presence.others.entry(doc).or_default();
            self.dirty.company |= there.insert(person, self.now + SILENT).is_none();
        }
    }

    /// Who else is in a document.
    pub(super) fn presence_view(&self, doc: DocId) -> PresenceView {
        let today = self.today();
        let me = self.person();
        let there = self.presence.others.get(&doc).into_iter().flat_map(BTreeMap::keys).copied();
        let mut here: Vec<PersonHere> = there
            .filter(|person| Some(*person) != me)
            .filter_map(|person| {
                let by = self.catalogue.appointed(person, today).next()?;
                let (party, role): (PartyCode, _) = (by.party.clone(), by.role);
                Some(PersonHere { party_name: self.party_name(&party), party, person, role })
            })
            .collect();
        here.sort_by(|a, b| (&a.party, a.person).cmp(&(&b.party, b.person)));
        PresenceView { here }
    }
}

/// The document that a query puts its page in.
const fn doc_of(query: &Query) -> Option<DocId> {
    match query {
        Query::Presence { doc } => Some(*doc),
        Query::Shell
        | Query::Today
        | Query::Plans
        | Query::Plan { .. }
        | Query::PlanVersion { .. }
        | Query::Project { .. }
        | Query::Meetings
        | Query::Meeting { .. }
        | Query::People
        | Query::Device => None,
    }
}
