//! What must be true: while the story runs, and when it has ended.

use std::collections::{BTreeMap, BTreeSet};

use mufakat::{
    docs::Doc,
    domain::{At, DeviceId, DocId, Edit, EntityId, Fact, Record, Snapshot, Splice, Value},
    engine::{
        api::{Mark, View},
        core::{
            chunk::Chunk,
            rewind::lost_fact,
            store::{Store, chunk_of, meta, open},
        },
    },
    sync::{
        Key,
        frame::{Frame, Item},
    },
};

use crate::{
    cast::Officer,
    laptop::{Laptop, Own, Who},
    wire::WireId,
    world::World,
};

/// Whether a document says of itself what an edit would make it say.
pub fn says(snapshot: &Snapshot, edit: &Edit) -> bool {
    let record = |id: Option<EntityId>| match id {
        None => Some(&snapshot.root),
        Some(_) => snapshot.collections.values().flatten().find(|record| record.id == id),
    };
    match edit {
        Edit::Set { at, value, .. } => stands(record(at.entity), at, value, &[]),
        Edit::Choose { at, value, beside, .. } => stands(record(at.entity), at, value, beside),
        Edit::Move { id, place } => record(Some(*id)).is_some_and(|record| record.place.as_ref() == Some(place)),
        Edit::Withdraw { id, .. } => record(Some(*id)).is_some_and(|record| record.withdrawn.is_some()),
        Edit::Restore { id } => record(Some(*id)).is_some_and(|record| record.withdrawn.is_none()),
        // Words were taken out that are not there: the change that brought them is on a disk that cannot be read.
        Edit::Text { at, base, splices } => {
            let text = record(at.entity).map_or("", |record| record.text(&at.field));
            let units: Vec<u16> = base.encode_utf16().collect();
            let taken = |splice: &Splice| {
                let (from, count) = (splice.at as usize, splice.delete as usize);
                let words = units.get(from..from + count).filter(|_| splice.insert.is_empty())?;
                String::from_utf16(words).ok()
            };
            splices.iter().all(|splice| taken(splice).is_some_and(|words| !text.contains(&words)))
        }
        Edit::Add { .. }
        | Edit::Claim { .. }
        | Edit::ClaimAt { .. }
        | Edit::Act { .. }
        | Edit::Begin { .. }
        | Edit::Make(_) => false,
    }
}

/// Whether a value stands in a field, and beside it these others alone.
fn stands(record: Option<&Record>, at: &At, value: &Value, beside: &[Value]) -> bool {
    let held = record.and_then(|record| record.fields.get(&at.field)).cloned().unwrap_or_default();
    let others = |all: &[Value]| all.iter().filter(|other| *other != value).cloned().collect::<BTreeSet<Value>>();
    held.value == *value && others(&held.others) == others(beside)
}

/// Whether two edits say something about the same thing, so that the later is what counts.
fn same_thing(one: &Edit, other: &Edit) -> bool {
    match (one, other) {
        (
            Edit::Set { at, .. } | Edit::Choose { at, .. },
            Edit::Set { at: other, .. } | Edit::Choose { at: other, .. },
        ) => at == other,
        (Edit::Move { id, .. }, Edit::Move { id: other, .. }) => id == other,
        (
            Edit::Withdraw { id, .. } | Edit::Restore { id },
            Edit::Withdraw { id: other, .. } | Edit::Restore { id: other },
        ) => id == other,
        _ => false,
    }
}

fn doc_of(id: mufakat::sync::frame::Id) -> DocId {
    DocId::from_bytes(id.into())
}

impl World {
    /// Nothing leaves a laptop that is not on its disk.
    pub fn check_durable(&self, who: Who, frame: &Frame) {
        if let Frame::Push { items, .. } = frame {
            let waiting = self.laptops[who].waiting_on_disk();
            for item in items {
                let key = item.key();
                // Heard of in the log while the push was being signed: the hub has had it, so it had left the disk before.
                let had = self.desk.number_of(&key).is_some() || self.desk.lost.contains(&key);
                assert!(waiting.contains(&key) || had, "sent before it was on the disk: {key:?}");
            }
        }
    }

    /// Nothing reaches a device without clearance.
    pub fn check_cleared(&self, wire: WireId, frame: &Frame) {
        let Some(wire) = self.wires.get(&wire) else { return };
        let laptop = &self.laptops[wire.who];
        self.check_cleared_for(laptop.officer, laptop.device, frame);
    }

    /// The same for anybody's device.
    pub fn check_cleared_for(&self, officer: Officer, device: DeviceId, frame: &Frame) {
        if self.desk.is_revoked(device) {
            let nothing = matches!(frame, Frame::Error { .. } | Frame::Ack { .. } | Frame::Pong { .. })
                || matches!(frame, Frame::Snapshot { number: 0, bytes: None, entries, .. } if entries.is_empty());
            assert!(nothing, "{} has no rights and was sent {frame:?}", officer.party);
        }
        if let Frame::Snapshot { doc, bytes: Some(_), .. } = frame {
            assert!(self.desk.reads(device, doc_of(*doc), self.now), "{} was sent {doc:?}", officer.party);
        }
        let entries = match frame {
            Frame::Log { entries, .. } | Frame::Snapshot { entries, .. } => entries,
            Frame::Seen { parties, .. } => {
                for doc in parties.iter().flat_map(|party| &party.missing) {
                    let cleared = self.desk.reads(device, doc_of(*doc), self.now);
                    assert!(cleared, "{} was told who lacks {}", officer.party, doc_of(*doc));
                }
                return;
            }
            _ => return,
        };
        let person = officer.id();
        let today = mufakat::domain::Date::of_millis(self.now);
        for entry in entries {
            match &entry.item {
                Item::Change { doc, .. } => {
                    let cleared = self.desk.reads(device, doc_of(*doc), self.now);
                    assert!(cleared, "{} was sent a change of {}", officer.party, doc_of(*doc));
                }
                Item::Fact { body, .. } => {
                    let fact = mufakat::domain::Fact::from_bytes(body).expect("the hub keeps facts");
                    let cleared = self.desk.catalogue.may_see(person, &fact, today);
                    assert!(cleared, "{} was sent {fact:?}", officer.party);
                }
            }
        }
    }

    /// Notes up to which number a laptop's disk has each document.
    pub fn note_what_it_has(&mut self, who: Who) {
        let laptop = &mut self.laptops[who];
        let position = laptop.position();
        let rows: Vec<DocId> = laptop
            .disk
            .keys()
            .filter(|(store, _)| *store == Store::Row)
            .filter_map(|(_, key)| key.parse().ok())
            .filter(|doc| !position.missing.contains(doc))
            .collect();
        for doc in rows {
            let had = laptop.had.entry(doc).or_default();
            *had = (*had).max(position.number);
        }
    }

    /// Nothing shown as on the hub is not there, and nothing as seen that others have not on their disks.
    pub fn check_marks(&self, who: Who, view: &View) {
        match view {
            View::Project(view) => {
                self.check_marks_of(who, view.row.doc, &view.marks, &view.snapshot);
            }
            View::Plan(view) => self.check_marks_of(who, view.card.doc, &view.marks, &view.snapshot),
            View::Meeting(view) => {
                self.check_marks_of(who, view.row.doc, &view.marks, &view.snapshot);
                for session in &view.sessions {
                    self.check_marks_of(who, session.doc, &session.marks, &session.snapshot);
                }
            }
            _ => {}
        }
    }

    /// Whether own words that the hub lost are not on this device either, so that its marks speak of what is left: whoever
    /// else has them brings them back.
    fn is_elsewhere(&self, who: Who, own: &Own) -> bool {
        let held = self.held_by(who);
        own.keys.iter().all(|key| self.desk.lost.contains(key) && !held.contains(key))
    }

    fn check_marks_of(&self, who: Who, doc: DocId, marks: &BTreeMap<EntityId, Mark>, snapshot: &Snapshot) {
        let laptop = &self.laptops[who];
        for own in laptop.own.values().filter(|own| own.doc == doc && !own.forgotten) {
            for mark in own.records.iter().filter_map(|record| marks.get(record)) {
                let delegations = match mark {
                    Mark::Pending | Mark::Device | Mark::Refused => continue,
                    Mark::Hub => 0,
                    Mark::Seen { delegations } => *delegations,
                };
                let number = own.keys.iter().find_map(|key| self.desk.number_of(key));
                if laptop.read_falls < self.desk.falls && own.keys.iter().any(|key| self.desk.lost.contains(key)) {
                    // It has not heard yet that the hub fell back; what came back since has another number.
                    continue;
                }
                if number.is_none() && self.is_elsewhere(who, own) {
                    continue;
                }
                let Some(number) = number else {
                    // Run again on a document that says the same already, an edit is none any more.
                    let again = own.edit.as_ref().is_some_and(|edit| says(snapshot, edit));
                    // Or it said the same until the next own word about it was run again.
                    let outdone = || {
                        laptop.own.values().filter(|later| later.doc == doc && later.command > own.command).any(
                            |later| {
                                let same = own.edit.as_ref().zip(later.edit.as_ref());
                                same.is_some_and(|(edit, later)| same_thing(edit, later))
                                    && later.keys.iter().any(|key| self.desk.number_of(key).is_some())
                            },
                        )
                    };
                    own.said.set(own.said.get() || again || outdone());
                    assert!(
                        own.said.get(),
                        "{} sees {mark:?} on words that the hub does not have: {own:?}",
                        laptop.officer.party
                    );
                    continue;
                };
                let foreign = |(_, other): &(Who, &Laptop)| other.officer.party != laptop.officer.party;
                let had = |(_, other): &(Who, &Laptop)| other.had.get(&doc).is_some_and(|had| *had >= number);
                // A hub that fell back may have become what it was: then what was had before the fall counts again.
                let holds = |(who, _): &(Who, &Laptop)| {
                    let held = self.held_by(*who);
                    own.keys.iter().any(|key| held.contains(key))
                };
                let parties = |has: &dyn Fn(&(Who, &Laptop)) -> bool| -> BTreeSet<&str> {
                    let others = self.laptops.iter().enumerate().filter(foreign).filter(has);
                    others.map(|(_, other)| other.officer.party).collect()
                };
                let mut others = parties(&had);
                if others.len() < usize::from(delegations) {
                    others.extend(parties(&holds));
                }
                // Whoever speaks for a party may say that it has seen everything.
                let said = self.desk.liar.filter(|party| *party != laptop.officer.party && !others.contains(party));
                let seen = others.len() + usize::from(said.is_some());
                assert!(
                    seen >= usize::from(delegations),
                    "{} sees {mark:?}, and on the disks of {others:?} only: number {number}, {own:?}",
                    laptop.officer.party
                );
            }
        }
    }

    /// What is on a laptop's disk, as the hub would name it.
    pub fn held_by(&self, who: Who) -> BTreeSet<Key> {
        let laptop = &self.laptops[who];
        let mut held = BTreeSet::new();
        let mut chunks: BTreeMap<DocId, Vec<Chunk>> = BTreeMap::new();
        let mut kinds = BTreeMap::new();
        for ((store, key), value) in &laptop.disk {
            match (store, chunk_of(key)) {
                (Store::Chunk, Some((doc, _))) => {
                    let chunks = chunks.entry(doc).or_default();
                    chunks.extend(open(value).ok().and_then(|whole| Chunk::decode(whole).ok()));
                }
                (Store::Meta, _) if key.starts_with(meta::FACT) => {
                    let Ok(whole) = open(value) else { continue };
                    held.insert(Key { doc: None, hash: Fact::hash(whole).into() });
                    if let Ok(Fact::Doc { id, kind, .. }) = Fact::from_bytes(whole) {
                        kinds.insert(id, kind);
                    }
                }
                // What the hub lost waits to be given back, and is in force here until then.
                (Store::Meta, _) if key.starts_with(meta::LOST_FACT) => {
                    let Some(body) = open(value).ok().and_then(lost_fact) else { continue };
                    held.insert(Key { doc: None, hash: Fact::hash(&body).into() });
                    if let Ok(Fact::Doc { id, kind, .. }) = Fact::from_bytes(&body) {
                        kinds.insert(id, kind);
                    }
                }
                _ => {}
            }
        }
        for (doc, chunks) in chunks {
            // Of what the hub lost and has not got back only the device knows what it is.
            let known = self.desk.catalogue.docs.get(&doc).map(|entry| entry.kind);
            let Some(kind) = known.or_else(|| kinds.get(&doc).copied()) else { continue };
            // A document of which a part cannot be read is fetched whole again: nobody can be asked for what is in the rest.
            let Ok(here) = Doc::load(kind, chunks.iter().flat_map(Chunk::bodies)) else { continue };
            let key = |hash: [u8; 32]| Key { doc: Some(doc.to_bytes().into()), hash: hash.into() };
            held.extend(here.changes().into_iter().map(|change| key(change.hash)));
        }
        held
    }

    /// The hub is about to lose everything above a number: what of it somebody holds must come back.
    pub fn note_who_holds(&mut self, above: u64) {
        let lost = self.desk.above(above);
        for who in (0..self.laptops.len()).filter(|who| !self.laptops[*who].left) {
            let held = self.held_by(who);
            self.owed.extend(lost.intersection(&held));
        }
    }

    /// Whether everything has arrived everywhere.
    pub fn at_rest(&self) -> bool {
        self.laptops.iter().all(|laptop| {
            let clean = laptop.engine.as_ref().is_some_and(mufakat::engine::core::Engine::is_clean);
            if laptop.left {
                return clean && laptop.writing.is_none();
            }
            let shell = laptop.shell.as_ref();
            clean
                && laptop.writing.is_none()
                // What was acknowledged leaves the disk's outbox a little later.
                && laptop.waiting_on_disk().is_empty()
                && shell.is_some_and(|shell| shell.unsent == 0)
                && laptop.position().number == self.desk.head()
                // A hub that fell back may count to the same number in another history.
                && laptop.position().stamp == <[u8; 8]>::from(self.desk.machine.stamp())
                && laptop.position().missing.is_empty()
                && !laptop.disk.contains_key(&(Store::Meta, meta::REWOUND.to_owned()))
        })
    }

    /// The end: everyone has everything they may have, and nobody has more.
    pub fn check_the_end(&self) {
        type Numbered<'a> = (u64, [u8; 32], &'a [u8]);
        self.desk.keeps_its_word();
        self.desk.heard_only_sense();
        let displaced = self.displaced();
        let missing = self.owed.iter().filter(|key| self.desk.number_of(key).is_none());
        let missing: Vec<_> = missing.filter(|key| !self.is_set_aside(key, &displaced)).collect();
        assert!(missing.is_empty(), "the hub fell back and was not made whole: {missing:?}");
        let mut log: BTreeMap<DocId, Vec<Numbered<'_>>> = BTreeMap::new();
        for row in &self.desk.log {
            if let Item::Change { doc, hash, body: Some(body), .. } = &row.item {
                log.entry(doc_of(*doc)).or_default().push((row.number, (*hash).into(), body));
            }
        }
        for (doc, changes) in log {
            let kind = self.desk.catalogue.docs[&doc].kind;
            let numbers: BTreeMap<[u8; 32], u64> = changes.iter().map(|(number, hash, _)| (*hash, *number)).collect();
            let whole = Doc::load(kind, changes.iter().map(|(_, _, body)| *body)).expect("what the hub took loads");
            let truth = whole.snapshot(&|hash| numbers.get(hash).copied()).expect("and reads");
            for who in (0..self.laptops.len()).filter(|who| !self.laptops[*who].left) {
                self.check_replica(who, doc, &whole, &truth);
            }
        }
        for who in 0..self.laptops.len() {
            match self.laptops[who].left {
                true => self.check_who_left(who, &displaced),
                false => self.check_promises(who, &displaced),
            }
        }
    }

    fn check_replica(&self, who: Who, doc: DocId, whole: &Doc, truth: &Snapshot) {
        let laptop = &self.laptops[who];
        let party = laptop.officer.party;
        let chunks: Vec<Chunk> = laptop
            .disk
            .iter()
            .filter(|((store, key), _)| *store == Store::Chunk && chunk_of(key).is_some_and(|(of, _)| of == doc))
            .map(|(_, value)| Chunk::decode(open(value).expect("sealed")).expect("the engine reads what it writes"))
            .collect();
        if !self.desk.reads(laptop.device, doc, self.now) {
            assert!(chunks.is_empty(), "{party} keeps {doc}, which it may not have");
            return;
        }
        let here = Doc::load(whole.kind(), chunks.iter().flat_map(Chunk::bodies)).expect("a replica loads");
        assert_eq!(here.heads(), whole.heads(), "{party} has another {doc} on its disk");
        if let Some(shown) = laptop.shown.get(&doc) {
            let mut shown = shown.clone();
            let claims = shown.claims.iter_mut().map(|claim| &mut claim.origin);
            for origin in claims.chain(shown.acts.iter_mut().map(|act| &mut act.origin)) {
                // Whose device it is, the view says by the facts that this party may see; the document does not know.
                (origin.party, origin.person) = (None, None);
            }
            assert_eq!(shown, *truth, "{party} is shown another {doc}");
        }
    }
}
