//! The hub: the protocol's own machine, the hub's own eye on what is offered and who may have what, a store that commits in its own time, and everyone who is
//! connected. What it commits, it has; what it had not committed when it fell, it never had.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use mufakat::{
    docs::fold::fold,
    domain::{Catalogue, Date, DeviceId, DocId, Fact},
    hub::rights::Sight,
    sync::{
        Cursor, Key,
        codec::DEFAULT_LIMITS,
        frame::{Entry, Except, Frame, Id, Item},
        hub::{Batch, Clearance, Greeting, Hub, Reader, Row, Saved},
        proof::HubKey,
    },
};

use crate::{cast, leave::farewell, wire::WireId};

/// Reasons for which honest words may be refused: rights that ended while their author was away, and what was said of
/// something refused for that.
pub const RIGHTS: [&str; 4] = ["not-a-writer", "unknown-document", "not-a-reader", "unknown-entity"];

/// A device that is connected.
pub struct Place {
    pub device: Id,
    party: String,
    cursor: Option<Cursor>,
    seen: u64,
    pub reader: Reader,
    /// Pushes that wait for the store.
    pub waiting: usize,
}

/// What a device offers.
pub enum Said {
    Push(Vec<Item>),
    Return(Vec<Entry>),
}

pub struct Commit {
    pub batch: Batch,
    pub catalogue: Arc<Catalogue>,
    pub acks: Vec<(WireId, Frame)>,
}

pub struct Desk {
    pub machine: Hub,
    /// What is on the hub's disk.
    pub log: Vec<Row>,
    /// The same with every body that was ever folded away.
    pub full: Vec<Row>,
    pub numbers: BTreeMap<Key, u64>,
    pub saved: BTreeMap<Id, Saved>,
    pub catalogue: Arc<Catalogue>,
    pub places: BTreeMap<WireId, Place>,
    queue: Vec<(WireId, u32, Said)>,
    pub commit: Option<Commit>,
    /// Everything ever acknowledged: it must be there for ever, under that number.
    pub promised: Vec<(Key, u64)>,
    pub up: bool,
    pub life: u32,
    /// How often it fell back to an older state.
    pub falls: u32,
    /// A device may say two things under one name: its disk forgot, or was copied.
    pub twice: bool,
    /// A device may have lost a part of what it has not sent.
    pub garbled: bool,
    /// A device on which somebody else's program runs.
    pub stranger: Option<DeviceId>,
    /// A party of which a device says what it likes.
    pub liar: Option<&'static str>,
    /// Why others' words were refused since it came.
    pub refused: BTreeSet<String>,
    /// Devices whose rights were taken away.
    pub left: BTreeSet<DeviceId>,
    /// The disk is a backup that was restored: a new epoch begins.
    pub restored: bool,
    /// What it had once and lost by that.
    pub lost: BTreeSet<Key>,
}

impl Desk {
    pub fn new(now: u64) -> Self {
        let mut desk = Self {
            machine: Hub::new(cast::workspace().to_bytes().into(), DEFAULT_LIMITS).with_key(HubKey::new([5; 32])),
            log: Vec::new(),
            full: Vec::new(),
            numbers: BTreeMap::new(),
            saved: BTreeMap::new(),
            catalogue: Arc::default(),
            places: BTreeMap::new(),
            queue: Vec::new(),
            commit: None,
            promised: Vec::new(),
            up: true,
            life: 0,
            falls: 0,
            twice: false,
            garbled: false,
            stranger: None,
            liar: None,
            refused: BTreeSet::new(),
            left: BTreeSet::new(),
            restored: false,
            lost: BTreeSet::new(),
        };
        for fact in cast::facts() {
            desk.state(&fact, now);
        }
        for (fact, changes) in cast::documents() {
            desk.state(&fact, now);
            desk.append(changes, now);
        }
        desk
    }

    /// States a fact in the hub's own name. Only between commits.
    pub fn state(&mut self, fact: &Fact, now: u64) {
        self.append(vec![cast::fact_item(fact)], now);
    }

    pub fn append(&mut self, items: Vec<Item>, now: u64) {
        let count = items.len();
        self.gather(vec![(None, 0, 0, Said::Push(items))], now);
        let Some(commit) = &self.commit else { panic!("something was gathered") };
        assert_eq!(commit.batch.rows().len(), count, "the hub's own words stand: {:?}", commit.acks);
        self.committed();
    }

    pub fn can_state(&self) -> bool {
        self.up && self.commit.is_none()
    }

    pub fn head(&self) -> u64 {
        self.machine.head()
    }

    pub fn number_of(&self, key: &Key) -> Option<u64> {
        self.numbers.get(key).copied()
    }

    fn sight(&self, now: u64) -> Sight {
        Sight::new(Arc::clone(&self.catalogue), Date::of_millis(now))
    }

    /// Whether a device may receive a document now.
    pub fn reads(&self, device: DeviceId, doc: DocId, now: u64) -> bool {
        self.sight(now).reads(device.to_bytes().into(), doc.to_bytes().into())
    }

    /// Hears a frame; what is to be said at once comes back. Pushes wait for the store.
    pub fn hear(&mut self, wire: WireId, frame: Frame, now: u64) -> Vec<Frame> {
        match frame {
            Frame::Hello { device, cursor, ref missing, as_of, seen, apart, .. } => {
                let device_id = DeviceId::from_bytes(device.into());
                if self.is_revoked(device_id) {
                    return vec![farewell()];
                }
                let person = self.catalogue.devices.get(&device_id).map(|device| device.person);
                let Some(party) = person.and_then(|person| {
                    self.catalogue.appointed(person, Date::of_millis(now)).next().map(|by| by.party.to_string())
                }) else {
                    panic!("a device nobody knows");
                };
                match self.machine.greet(&frame, now) {
                    Greeting::Welcome(welcome, at) => {
                        let reader = Reader::new(device).fetching(apart.min(self.machine.head()));
                        self.machine.have(device, &party, (cursor, as_of), missing, &self.sight(now));
                        self.places.insert(wire, Place { device, party, cursor: Some(at), seen, reader, waiting: 0 });
                        vec![welcome]
                    }
                    Greeting::Turn(turn) => {
                        assert!(
                            self.falls > 0 || self.is_strange(device),
                            "this hub never fell back, and says {turn:?}"
                        );
                        vec![turn]
                    }
                }
            }
            Frame::Push { req, items } => {
                if let Some(place) = self.places.get_mut(&wire) {
                    place.waiting += 1;
                    self.queue.push((wire, req, Said::Push(items)));
                }
                Vec::new()
            }
            Frame::Return { req, entries } => {
                if let Some(place) = self.places.get_mut(&wire) {
                    place.waiting += 1;
                    self.queue.push((wire, req, Said::Return(entries)));
                }
                Vec::new()
            }
            Frame::Have { cursor, missing, as_of } => {
                if let Some(place) = self.places.get(&wire) {
                    let (device, party) = (place.device, place.party.clone());
                    let sees = self.sight(now);
                    self.machine.have(device, &party, (cursor, as_of), &missing, &sees);
                }
                Vec::new()
            }
            Frame::Want { doc, .. } => {
                let Some(place) = self.places.get(&wire) else { return Vec::new() };
                let rows = self.log.iter().filter(|row| row.item.key().doc == Some(doc)).map(|row| self.kept(row));
                self.machine.snapshot_for(place.device, doc, self.saved.get(&doc).cloned(), rows, &self.sight(now))
            }
            Frame::Ping { n } => vec![Frame::Pong { n }],
            other => panic!("a device does not say {other:?}"),
        }
    }

    /// What a device must hear of the log, and of how far the others are.
    pub fn news(&mut self, wire: WireId, now: u64) -> Vec<Frame> {
        let Some((device, mut cursor)) = self.places.get(&wire).and_then(|place| Some((place.device, place.cursor?)))
        else {
            return Vec::new();
        };
        if self.is_revoked(DeviceId::from_bytes(device.into())) {
            self.places.remove(&wire);
            return vec![farewell()];
        }
        let from = usize::try_from(cursor.number).expect("a short story").min(self.log.len());
        let rows: Vec<Row> = self.log[from..].iter().map(|row| self.kept(row)).collect();
        let then = self.machine.facts_after(cursor.number).then(|| self.facts_until(cursor.number));
        let then =
            then.map(|catalogue| Sight::new(Arc::new(catalogue), Date::of_millis(cursor.as_of.max(cast::MORNING))));
        let now_sees = self.sight(now);
        let then = then.as_ref().map(|sight| sight as &dyn Clearance);
        let reader = &self.places[&wire].reader;
        let mut frames = self.machine.log_for(reader, &mut cursor, rows, then, &now_sees, now);
        let revision = self.machine.seen_revision();
        if let Some(place) = self.places.get_mut(&wire) {
            place.cursor = Some(cursor);
            place.reader.heard(cursor.number);
            if place.seen != revision {
                place.seen = revision;
                frames.push(self.machine.seen(device, &now_sees));
            }
        }
        frames
    }

    /// A row as the hub's disk has it: what was compacted has no body of its own. The log here keeps them, as the truth.
    fn kept(&self, row: &Row) -> Row {
        let mut row = row.clone();
        let number = row.number;
        if let Item::Change { doc, body, .. } = &mut row.item
            && self.saved.get(doc).is_some_and(|saved| number <= saved.number)
        {
            *body = None;
        }
        row
    }

    /// Compacts a document, all there is of it. False when there was nothing to do.
    pub fn compact(&mut self, doc: DocId) -> bool {
        let id = Id::from(doc.to_bytes());
        let kind = self.catalogue.docs[&doc].kind;
        let rows: Vec<Row> =
            self.log.iter().filter(|row| row.item.key().doc == Some(id)).map(|row| self.kept(row)).collect();
        let bodies = rows.iter().filter_map(|row| match &row.item {
            Item::Change { hash, body, .. } => Some((<[u8; 32]>::from(*hash), body.as_ref().map(|body| &body[..]))),
            Item::Fact { .. } => None,
        });
        let bodies: Vec<_> = bodies.collect();
        let Some(number) = rows.last().map(|row| row.number) else { return false };
        if bodies.iter().all(|(_, body)| body.is_none()) {
            return false;
        }
        let saved = self.saved.get(&id).map(|saved| saved.bytes.as_slice());
        let bytes = fold(kind, saved, &bodies).expect("what was taken in folds");
        self.saved.insert(id, Saved { number, bytes });
        true
    }

    fn facts_until(&self, number: u64) -> Catalogue {
        let mut catalogue = Catalogue::default();
        for (_, body) in self.machine.facts().take_while(|(at, _)| *at <= number) {
            catalogue.fold(&Fact::from_bytes(body).expect("it was judged"));
        }
        catalogue
    }

    /// Begins to write what was pushed. False when nothing was, or the store is at work.
    pub fn begin_commit(&mut self, now: u64) -> bool {
        if self.commit.is_some() || self.queue.is_empty() {
            return false;
        }
        let mut pushes = Vec::new();
        for (wire, req, items) in std::mem::take(&mut self.queue) {
            if let Some(place) = self.places.get(&wire) {
                pushes.push((Some(place.device), wire, req, items));
            }
        }
        self.gather(pushes, now);
        true
    }

    /// The store has it: it is in the log, and the acknowledgements may go out.
    pub fn committed(&mut self) -> Vec<(WireId, Frame)> {
        let Some(commit) = self.commit.take() else { return Vec::new() };
        self.write(commit.batch.rows());
        self.machine.commit(commit.batch).expect("one batch at a time");
        self.catalogue = commit.catalogue;
        for (wire, ack) in &commit.acks {
            self.promise(ack);
            if let Some(place) = self.places.get_mut(wire) {
                place.waiting -= 1;
            }
        }
        commit.acks
    }

    fn write(&mut self, rows: &[Row]) {
        for row in rows {
            let before = self.numbers.insert(row.item.key(), row.number);
            assert_eq!(before, None, "taken twice: {:?}", row.item.key());
        }
        self.log.extend_from_slice(rows);
        self.full.extend_from_slice(rows);
    }

    fn promise(&mut self, ack: &Frame) {
        let Frame::Ack { except, first, taken, .. } = ack else { return };
        let taken = (*first..first + u64::from(*taken)).map(|number| {
            let index = usize::try_from(number - 1).expect("a short story");
            (self.log.get(index).expect("acknowledged and not in the log").item.key(), number)
        });
        self.promised.extend(taken);
        for (_, except) in except {
            if let Except::Known { number } = except {
                let index = usize::try_from(number - 1).expect("a short story");
                self.promised.push((self.log.get(index).expect("known and not in the log").item.key(), *number));
            }
        }
    }

    /// The store could not write: whoever pushed is cut off and hears nothing.
    pub fn store_failed(&mut self) -> Vec<WireId> {
        let Some(commit) = self.commit.take() else { return Vec::new() };
        commit.acks.into_iter().map(|(wire, _)| wire).collect()
    }

    pub fn is_writing(&self) -> bool {
        self.commit.is_some()
    }

    /// The hub dies. What the store was writing is on the disk or not.
    pub fn fall(&mut self, written: bool) {
        self.heard_only_sense();
        if let Some(commit) = self.commit.take()
            && written
        {
            self.write(commit.batch.rows());
        }
        self.queue.clear();
        self.places.clear();
        self.up = false;
        self.life += 1;
    }

    /// And starts again from its disk.
    pub fn rise(&mut self) {
        let workspace = self.machine.workspace();
        let machine = Hub::load(workspace, DEFAULT_LIMITS, self.log.clone()).expect("its own log");
        self.machine = machine.with_key(HubKey::new([5; 32]));
        self.catalogue = Arc::new(self.facts_until(u64::MAX));
        self.up = true;
        self.keeps_its_word();
    }

    pub fn close(&mut self, wire: WireId) {
        self.places.remove(&wire);
    }

    pub fn place(&self, wire: WireId) -> Option<&Place> {
        self.places.get(&wire)
    }

    pub fn everyone(&self) -> Vec<WireId> {
        self.places.keys().copied().collect()
    }
}
