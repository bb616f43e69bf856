//! Who is in a document with us, where, and who leads: said in passing, never stored, forgotten after silence.
//!
//! A page that asks who else is in a document is in it. While it asks and a way to the hub is open, this device says so
//! from time to time, and sooner when there is news; the hub tells it what the others say. Nothing here may be taken for
//! something that is kept.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode, bytes::ByteArray};

use super::{
    Engine,
    documents::root_of,
    floor::{Floor, Lead},
};
use crate::{
    domain::{At, DocId, EntityId, PartyCode, PersonId},
    engine::api::{CaretIn, LeadView, PersonHere, PresenceView, Query, Say, Speaker, Spot, Turn},
    sync::{client::Stage, frame::Id},
};

/// How often a device says that it is there, in milliseconds. The hub forgets who said nothing for longer.
const BEAT: u64 = 50_000;
/// How soon it may say something else: the hub passes on two a second.
const PACE: u64 = 500;
/// Who has been silent for so long is no longer there: two beats may get lost.
const SILENT: u64 = 125_000;

/// What a device says of itself: that it is there, and what is known beside it. What is said one day in further places is
/// passed over here.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
struct Here {
    #[n(0)]
    #[cbor(default)]
    spot: Option<Place>,
    #[n(1)]
    #[cbor(default)]
    asks: bool,
    #[n(2)]
    #[cbor(default)]
    lead: Option<Lead>,
}

/// Where somebody is.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
struct Place {
    #[n(0)]
    record: ByteArray<16>,
    #[n(1)]
    caret: Option<Caret>,
}

/// A selection in a prose field, as it stands at some heads of the document ([`crate::docs::Doc::carried`]).
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
struct Caret {
    #[n(0)]
    field: String,
    #[n(1)]
    heads: Vec<ByteArray<32>>,
    #[n(2)]
    from: u32,
    #[n(3)]
    to: u32,
}

/// Who is where.
#[derive(Debug, Default)]
pub(super) struct Presence {
    own: BTreeMap<DocId, Own>,
    others: BTreeMap<DocId, BTreeMap<PersonId, Other>>,
}

/// What this device says about a document.
#[derive(Debug, Default)]
struct Own {
    said: Option<u64>,
    /// Whether there is something to say before the next beat.
    news: bool,
    spot: Option<Spot>,
    asks: bool,
    floor: Option<Floor>,
}

/// What another person says.
#[derive(Debug)]
struct Other {
    /// Until when that counts.
    until: u64,
    here: Here,
    floor: Option<Floor>,
}

impl Own {
    fn due(&self) -> u64 {
        self.said.map_or(0, |said| said + if self.news { PACE } else { BEAT })
    }
}

impl Engine {
    /// Says where this device is, and forgets who has been silent.
    pub(super) fn look_around(&mut self) {
        let inside: BTreeSet<DocId> = self.pages.subscribed.values().filter_map(|page| doc_of(&page.query)).collect();
        let now = self.now;
        let Presence { own, others } = &mut self.presence;
        let before = others.values().map(BTreeMap::len).sum::<usize>();
        others.retain(|doc, there| {
            there.retain(|_, other| other.until > now);
            inside.contains(doc) && !there.is_empty()
        });
        self.dirty.company |= before != others.values().map(BTreeMap::len).sum::<usize>();
        let left: Vec<(DocId, bool)> =
            own.iter().filter(|(doc, _)| !inside.contains(doc)).map(|(doc, own)| (*doc, own.said.is_some())).collect();
        for (doc, _) in &left {
            own.remove(doc);
        }
        for doc in &inside {
            own.entry(*doc).or_default();
        }
        if !self.client.as_ref().is_some_and(|client| matches!(client.stage(), Stage::Live | Stage::Http)) {
            // The next way to the hub is told at once.
            own.values_mut().for_each(|own| own.said = None);
            return;
        }
        let due: Vec<DocId> =
            own.iter().filter(|(_, own)| own.said.is_none() || now >= own.due()).map(|(doc, _)| *doc).collect();
        let mut words: Vec<(DocId, Vec<u8>)> =
            left.into_iter().filter(|(_, said)| *said).map(|(doc, _)| (doc, Vec::new())).collect();
        // Writing to memory cannot fail.
        words.extend(due.into_iter().map(|doc| (doc, minicbor::to_vec(self.here(doc)).unwrap_or_default())));
        for (doc, bytes) in words {
            if let Some(own) = self.presence.own.get_mut(&doc) {
                (own.said, own.news) = (Some(now), false);
            }
            if let Some(client) = &mut self.client {
                client.pass(doc.to_bytes().into(), bytes);
            }
        }
    }

    fn here(&self, doc: DocId) -> Here {
        let Some(own) = self.presence.own.get(&doc) else { return Here::default() };
        let spot = own.spot.as_ref().map(|spot| {
            let caret = spot.caret.as_ref().and_then(|caret| {
                let heads = self.documents.get(doc)?.doc().heads().into_iter().map(ByteArray::from).collect();
                Some(Caret { field: caret.field.clone(), heads, from: caret.from, to: caret.to })
            });
            Place { record: spot.record.to_bytes().into(), caret }
        });
        Here { spot, asks: own.asks, lead: own.floor.as_ref().map(|floor| floor.said(self.now)) }
    }

    /// A page says something.
    pub(super) fn say_in_passing(&mut self, doc: DocId, say: Say) {
        let led = self.led(doc).map(|(_, floor)| floor.clone());
        let may_lead = self.person().is_some_and(|me| self.presides(me, doc));
        let party = self.account.as_ref().map(|own| own.party.clone());
        let asking: Vec<PartyCode> = self.asking(doc);
        let now = self.now;
        let Some(own) = self.presence.own.get_mut(&doc) else { return };
        match say {
            Say::At(spot) if own.spot == spot => return,
            Say::At(spot) => own.spot = spot,
            Say::Ask(asks) => {
                own.asks = asks;
                if let (Some(floor), Some(party)) = (&mut own.floor, party) {
                    floor.asked(&party, asks);
                    own.asks = false;
                }
            }
            Say::Lead(true) if may_lead && own.floor.is_none() => {
                let mut floor = Floor::after(led.as_ref());
                asking.iter().for_each(|party| floor.asked(party, true));
                own.floor = Some(floor);
            }
            Say::Lead(true) => return,
            Say::Lead(false) => own.floor = None,
            Say::Floor(step) => match &mut own.floor {
                Some(floor) => floor.step(step, now),
                None => return,
            },
        }
        own.news = true;
        self.dirty.company = true;
    }

    /// The parties that ask for the floor.
    fn asking(&self, doc: DocId) -> Vec<PartyCode> {
        let today = self.today();
        let there = self.presence.others.get(&doc).into_iter().flatten();
        let asking = there.filter(|(_, other)| other.here.asks);
        asking.filter_map(|(person, _)| Some(self.catalogue.appointed(*person, today).next()?.party.clone())).collect()
    }

    fn presides(&self, person: PersonId, doc: DocId) -> bool {
        let today = self.today();
        self.entry(doc).is_some_and(|entry| self.catalogue.presides(person, &entry.audience, today))
    }

    /// Who leads, and the list: who took the lead last, the same on every device where two did so apart.
    fn led(&self, doc: DocId) -> Option<(PersonId, &Floor)> {
        let me = self.person()?;
        let others = self.presence.others.get(&doc).into_iter().flatten().filter(|(person, _)| **person != me);
        let others = others.filter_map(|(person, other)| Some((*person, other.floor.as_ref()?)));
        let own = self.presence.own.get(&doc).and_then(|own| Some((me, own.floor.as_ref()?)));
        others.chain(own).max_by_key(|(person, floor)| (floor.turn, *person))
    }

    /// When to look around again.
    pub(super) fn presence_timer(&self) -> Option<u64> {
        let says = self.presence.own.values().filter(|own| own.said.is_some()).map(Own::due);
        let ends = self.presence.others.values().flat_map(BTreeMap::values).map(|other| other.until);
        says.chain(ends).min()
    }

    /// Somebody says on another device that he is in a document, or no longer is.
    pub(super) fn said_by(&mut self, doc: DocId, from: Id, bytes: &[u8]) {
        let person = PersonId::from_bytes(from.into());
        if bytes.is_empty() {
            let there = self.presence.others.get_mut(&doc);
            self.dirty.company |= there.is_some_and(|there| there.remove(&person).is_some());
            return;
        }
        let Ok(here) = minicbor::decode::<Here>(bytes) else { return };
        let floor = here.lead.as_ref().filter(|_| self.presides(person, doc));
        let floor = floor.map(|lead| Floor::heard(lead, self.now));
        let party = self.catalogue.appointed(person, self.today()).next().map(|by| by.party.clone());
        let me = self.account.as_ref().map(|own| own.party.clone());
        let taken = floor.as_ref().map(|floor| (floor.turn, person));
        let other = Other { until: self.now + SILENT, here, floor };
        let asks = other.here.asks;
        let before = self.presence.others.entry(doc).or_default().insert(person, other);
        let asked = before.as_ref().is_some_and(|before| before.here.asks);
        self.dirty.company |= before.is_none_or(|before| Some(&before.here) != self.words_of(doc, person));
        let myself = self.person();
        let speaks = match (self.led(doc), &me) {
            (Some((_, floor)), Some(me)) => floor.turn_of(me) == Some(Turn::Speaking),
            (Some(_) | None, _) => false,
        };
        let Some(own) = self.presence.own.get_mut(&doc) else { return };
        if own.asks && speaks {
            // It was given.
            (own.asks, own.news, self.dirty.company) = (false, true, true);
        }
        let Some(floor) = &mut own.floor else { return };
        if taken.zip(myself).is_some_and(|(taken, me)| taken > (floor.turn, me)) {
            (own.floor, own.news, self.dirty.company) = (None, true, true);
        } else if let Some(party) = party.filter(|_| asks != asked) {
            floor.asked(&party, asks);
            (own.news, self.dirty.company) = (true, true);
        }
    }

    fn words_of(&self, doc: DocId, person: PersonId) -> Option<&Here> {
        self.presence.others.get(&doc)?.get(&person).map(|other| &other.here)
    }

    /// Whether somebody else is in a document.
    pub(super) fn has_company(&self, doc: DocId) -> bool {
        self.presence.others.contains_key(&doc)
    }

    /// Whether somebody else has a caret in it.
    pub(super) fn has_carets(&self, doc: DocId) -> bool {
        let mut there = self.presence.others.get(&doc).into_iter().flat_map(BTreeMap::values);
        there.any(|other| other.here.spot.as_ref().is_some_and(|place| place.caret.is_some()))
    }

    /// Who else is in a document.
    pub(super) fn presence_view(&self, doc: DocId) -> PresenceView {
        let me = self.person();
        let there = self.presence.others.get(&doc).into_iter().flatten();
        let mut here: Vec<PersonHere> = there
            .filter(|(person, _)| Some(**person) != me)
            .filter_map(|(person, other)| {
                let by = self.catalogue.appointed(*person, self.today()).next()?;
                let (party, role) = (by.party.clone(), by.role);
                let spot = other.here.spot.as_ref().map(|place| self.spot(doc, place));
                Some(PersonHere { party_name: self.party_name(&party), party, person: *person, role, spot })
            })
            .collect();
        here.sort_by(|a, b| (&a.party, a.person).cmp(&(&b.party, b.person)));
        let own = self.presence.own.get(&doc);
        PresenceView {
            here,
            lead: self.lead_view(doc),
            leading: own.is_some_and(|own| own.floor.is_some()),
            may_lead: me.is_some_and(|me| self.presides(me, doc)),
            asking: own.is_some_and(|own| own.asks),
        }
    }

    fn lead_view(&self, doc: DocId) -> Option<LeadView> {
        let (person, floor) = self.led(doc)?;
        let by = self.catalogue.appointed(person, self.today()).next()?;
        let at = if self.person() == Some(person) {
            self.presence.own.get(&doc)?.spot.as_ref().map(|spot| spot.record)
        } else {
            let place = self.words_of(doc, person)?.spot.as_ref();
            place.map(|place| EntityId::from_bytes(place.record.into()))
        };
        let speaker = |(party, turn): &(PartyCode, Turn)| Speaker {
            party: party.clone(),
            name: self.party_name(party),
            turn: *turn,
        };
        Some(LeadView {
            party: by.party.clone(),
            party_name: self.party_name(&by.party),
            at,
            speakers: floor.list.iter().map(speaker).collect(),
            spoken: floor.spoken(self.now),
            limit: floor.limit,
        })
    }

    fn spot(&self, doc: DocId, place: &Place) -> Spot {
        let record = EntityId::from_bytes(place.record.into());
        let caret = place.caret.as_ref().and_then(|caret| {
            let at = field_of(doc, record, &caret.field);
            let document = self.documents.get(doc)?.doc();
            let heads: Vec<[u8; 32]> = caret.heads.iter().map(|head| (*head).into()).collect();
            let carried = |unit| document.carried(&at, &heads, unit);
            let (from, to) = (carried(caret.from)?, carried(caret.to)?);
            Some(CaretIn { field: caret.field.clone(), from: from.min(to), to: from.max(to) })
        });
        Spot { record, caret }
    }
}

fn field_of(doc: DocId, record: EntityId, field: &str) -> At {
    if record == root_of(doc) { At::root(field) } else { At::of(record, field) }
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
        | Query::Device
        | Query::Changes { .. }
        | Query::Following
        | Query::History { .. }
        | Query::Sitting { .. }
        | Query::Past { .. }
        | Query::Compare { .. }
        | Query::Undo { .. }
        | Query::AtOnce { .. }
        | Query::Written { .. }
        | Query::Apart { .. }
        // Whoever looks at them looks at their meeting too.
        | Query::Papers { .. } => None,
    }
}
