//! A hub made of the protocol's own machine and the domain's rights, with its rows in memory.

use std::collections::{BTreeMap, BTreeSet};

use super::world::{NOON, date, doc_of, party_of, toy_signature};
use minicbor::bytes::ByteVec;

use crate::{
    docs::{fold::fold, scan},
    domain::{Catalogue, DocId, Fact, PersonId},
    sync::{
        Cursor, codec,
        frame::{Entry, Except, Frame, Id, Item},
        hub::{Checked, Clearance, Effect, Greeting, Hub, Offered, Past, Policy, Reader, Row, Saved},
        proof::{HubKey, change_text},
    },
};

/// A copy of a device's profile has the number of the device and a hundred more.
fn id_of(device: u8) -> Id {
    Id::from([device % 100; 16])
}

struct Rights<'a>(&'a Catalogue);

impl Clearance for Rights<'_> {
    fn reads(&self, device: Id, doc: Id) -> bool {
        let reader = PersonId::from_bytes([device[0] % 10; 16]);
        self.0.docs.get(&doc_of(&doc)).is_some_and(|doc| self.0.may_read(reader, doc, date("2026-03-01")))
    }

    fn sees(&self, device: Id, fact: &[u8]) -> bool {
        let reader = PersonId::from_bytes([device[0] % 10; 16]);
        Fact::from_bytes(fact).is_ok_and(|fact| self.0.may_see(reader, &fact, date("2026-03-01")))
    }
}

struct Judge(Catalogue);

impl Clearance for Judge {
    fn reads(&self, device: Id, doc: Id) -> bool {
        Rights(&self.0).reads(device, doc)
    }

    fn sees(&self, device: Id, fact: &[u8]) -> bool {
        Rights(&self.0).sees(device, fact)
    }
}

impl Policy for Judge {
    fn judge(&self, device: Option<Id>, body: &[u8]) -> Result<Effect, &'static str> {
        let fact = Fact::from_bytes(body).map_err(|_| "malformed")?;
        if let Some(device) = device {
            let by = PersonId::from_bytes([device[0] % 10; 16]);
            self.0.may_state(by, &fact, date("2026-03-01")).map_err(|why| why.word())?;
            let from = crate::domain::DeviceId::from_bytes(*device);
            self.0.may_state_from(from, &fact).map_err(|why| why.word())?;
        }
        Ok(match fact {
            Fact::Doc { id, .. } => Effect::Makes(id.to_bytes().into()),
            _ => Effect::Other,
        })
    }

    fn recall(&self, body: &[u8]) -> Result<Effect, &'static str> {
        self.judge(None, body)
    }

    fn fold(&mut self, body: &[u8]) {
        if let Ok(fact) = Fact::from_bytes(body) {
            self.0.fold(&fact);
        }
    }

    fn may_write(&self, device: Id, doc: Id) -> bool {
        self.0.may_write(PersonId::from_bytes([device[0] % 10; 16]), doc_of(&doc), date("2026-03-01"))
    }
}

/// The hub: rows, rights, and who is connected.
pub struct FakeHub {
    pub hub: Hub,
    pub rows: Vec<Row>,
    /// Compacted documents.
    pub saved: BTreeMap<Id, Saved>,
    catalogue: Catalogue,
    pub cursors: BTreeMap<u8, Cursor>,
    /// Hashes it refuses, with the word.
    pub refuses: BTreeMap<[u8; 32], &'static str>,
    /// What happens to each change on its way to a device.
    pub garble: Option<fn(&mut Item)>,
    /// Up to which number changes are left out for each device.
    apart: BTreeMap<u8, u64>,
    /// Documents asked for whole, in order.
    pub wanted: Vec<(u8, DocId)>,
    /// How many more of them are given.
    pub gives: usize,
    /// Numbers that no device is told any more.
    pub hides: Vec<u64>,
    /// It answers, and tells nobody of anything.
    pub silent: bool,
    /// Signatures seen.
    pub signatures: usize,
    /// What is given back gets lost on the way.
    pub deaf_to_returns: bool,
    /// Entries that were given back.
    pub given_back: usize,
    /// Devices it does not know any more.
    pub unknown: BTreeSet<u8>,
    /// The version it speaks and the lowest whose pushes it takes, where that is not this build's.
    pub speaks: Option<(u16, u16)>,
    /// What was said in passing, with whom said it.
    pub passing: Vec<(u8, Id, ByteVec)>,
    /// How often anything was said so.
    pub said: usize,
    /// It knows no version so old as a device's.
    pub too_new: bool,
    /// Its clock.
    pub now: u64,
}

impl FakeHub {
    pub fn new() -> Self {
        let workspace = Id::from([9; 16]);
        Self {
            hub: Hub::new(workspace, codec::DEFAULT_LIMITS).with_key(HubKey::new([5; 32])),
            rows: Vec::new(),
            saved: BTreeMap::new(),
            catalogue: Catalogue::default(),
            cursors: BTreeMap::new(),
            refuses: BTreeMap::new(),
            garble: None,
            hides: Vec::new(),
            silent: false,
            signatures: 0,
            deaf_to_returns: false,
            given_back: 0,
            unknown: BTreeSet::new(),
            speaks: None,
            too_new: false,
            now: NOON,
            passing: Vec::new(),
            said: 0,
            apart: BTreeMap::new(),
            wanted: Vec::new(),
            gives: usize::MAX,
        }
    }

    fn checked(&self, item: &Item) -> Checked {
        match item {
            Item::Fact { .. } => Checked::Fact,
            Item::Change { hash, body, .. } => {
                if let Some(why) = self.refuses.get(&<[u8; 32]>::from(*hash)) {
                    return Checked::Bad(why);
                }
                let Some(body) = body else { return Checked::Bad("malformed") };
                match scan::scan(body, &scan::Limits::default()) {
                    Ok(header) => Checked::Change(crate::sync::hub::Header {
                        actor: header.actor.to_bytes().to_vec(),
                        seq: header.seq,
                        deps: header.deps.into_iter().map(Into::into).collect(),
                        shared: false,
                    }),
                    Err(_) => Checked::Bad("malformed"),
                }
            }
        }
    }

    /// Takes items as if a device (none: the hub itself) had pushed them; answers the acknowledgement.
    pub fn push(&mut self, device: Option<u8>, req: u32, items: Vec<Item>) -> Frame {
        let offered = items.into_iter().map(|item| Offered { checked: self.checked(&item), item }).collect();
        let mut batch = self.hub.begin();
        let mut judge = Judge(self.catalogue.clone());
        let device = device.map(id_of);
        let ack = self.hub.prepare(&mut batch, device, req, offered, &mut judge, self.now);
        self.rows.extend(batch.rows().iter().cloned());
        self.hub.commit(batch).expect("one batch at a time");
        self.catalogue = judge.0;
        ack
    }

    /// Folds everything there is of a document.
    pub fn compact(&mut self, doc: Id) {
        let kind = self.catalogue.docs[&doc_of(&doc)].kind;
        let mut covered = Vec::new();
        let mut number = 0;
        for row in &mut self.rows {
            if let Item::Change { doc: of, hash, body, .. } = &mut row.item
                && *of == doc
            {
                number = row.number;
                covered.push((<[u8; 32]>::from(*hash), body.take()));
            }
        }
        let saved = self.saved.get(&doc).map(|saved| saved.bytes.as_slice());
        let covered: Vec<_> = covered.iter().map(|(hash, body)| (*hash, body.as_ref().map(|body| &body[..]))).collect();
        let bytes = fold(kind, saved, &covered).expect("folds");
        self.saved.insert(doc, Saved { number, bytes });
    }

    /// The newest change of each document in a push is signed, and no more than need be.
    fn check_signed(&mut self, device: u8, items: &[Item]) {
        let mut covered = BTreeSet::new();
        for item in items.iter().rev() {
            let Item::Change { doc, hash, body: Some(body), signature, .. } = item else { continue };
            let Ok(header) = scan::scan(body, &scan::Limits::default()) else { continue };
            // A copy of a profile is the same device.
            if header.actor.device().to_bytes() != [device % 100; 16] {
                assert_eq!(*signature, None, "nobody's words, signed");
                continue;
            }
            let expected = toy_signature(&change_text(&self.hub.workspace(), doc, hash));
            assert_eq!(signature.map(<[u8; 64]>::from), (!covered.contains(&(*doc, *hash))).then_some(expected));
            self.signatures += usize::from(signature.is_some());
            covered.extend(header.deps.into_iter().map(|dep| (*doc, dep.into())));
        }
    }

    fn take_back(&mut self, device: u8, req: u32, entries: Vec<Entry>) -> Frame {
        let brought = entries.into_iter().map(|Entry { received_at, device, item, .. }| {
            (Offered { checked: self.checked(&item), item }, Past { device, received_at })
        });
        let brought = brought.collect();
        let mut batch = self.hub.begin();
        let mut judge = Judge(self.catalogue.clone());
        let ack = self.hub.prepare_return(&mut batch, Id::from([device; 16]), req, brought, &mut judge, self.now);
        self.rows.extend(batch.rows().iter().cloned());
        self.hub.commit(batch).expect("one batch at a time");
        self.catalogue = judge.0;
        ack
    }

    /// Falls back to an older state of itself; everyone is cut off.
    pub fn fall_back(&mut self, to: usize) {
        self.rows.truncate(to);
        let hub = Hub::load(self.hub.workspace(), codec::DEFAULT_LIMITS, self.rows.clone()).expect("its own rows");
        self.hub = hub.with_key(HubKey::new([5; 32]));
        self.catalogue = Catalogue::default();
        for row in &self.rows {
            if let Item::Fact { body, .. } = &row.item {
                self.catalogue.fold(&Fact::from_bytes(body).expect("a fact"));
            }
        }
        self.cursors.clear();
    }

    pub fn fact(&mut self, fact: &Fact) {
        let body = fact.to_bytes();
        let item = Item::fact(Fact::hash(&body).into(), body);
        let ack = self.push(None, 0, vec![item]);
        let known = matches!(&ack, Frame::Ack { except, .. } if matches!(except[..], [(0, Except::Known { .. })]));
        assert!(known || matches!(ack, Frame::Ack { taken: 1, .. }), "{ack:?}");
    }

    pub fn log(&mut self, device: u8) -> Vec<Frame> {
        let Some(mut cursor) = self.cursors.get(&device).copied().filter(|_| !self.silent) else { return Vec::new() };
        let from = usize::try_from(cursor.number).expect("small");
        let rows = self.rows[from.min(self.rows.len())..].to_vec();
        let sees = Rights(&self.catalogue);
        let apart = self.apart.get(&device).copied().unwrap_or(0);
        let frames =
            self.hub.log_for(&Reader::new(id_of(device)).fetching(apart), &mut cursor, rows, None, &sees, self.now);
        self.cursors.insert(device, cursor);
        self.garbled(frames)
    }

    fn garbled(&self, mut frames: Vec<Frame>) -> Vec<Frame> {
        for frame in &mut frames {
            let (Frame::Log { entries, .. } | Frame::Snapshot { entries, .. }) = frame else { continue };
            entries.retain(|entry| !self.hides.contains(&entry.number));
            entries.iter_mut().for_each(|entry| self.garble.into_iter().for_each(|garble| garble(&mut entry.item)));
        }
        frames
    }

    fn have(&mut self, device: u8, at: (u64, u64), missing: &[Id]) {
        let party = party_of(device);
        self.hub.have(id_of(device), party.as_str(), at, missing, &Rights(&self.catalogue));
        self.hub.heard(id_of(device), self.now);
    }

    /// Whether a device may read a document.
    pub fn reads(&self, device: u8, doc: Id) -> bool {
        Rights(&self.catalogue).reads(id_of(device), doc)
    }

    pub fn seen(&self, device: u8) -> Frame {
        self.hub.seen(id_of(device), &Rights(&self.catalogue))
    }

    pub fn hear(&mut self, device: u8, frame: Frame) -> Vec<Frame> {
        if !matches!(frame, Frame::Hello { .. }) && !self.cursors.contains_key(&device) {
            // It was turned away.
            return Vec::new();
        }
        match frame {
            Frame::Hello { .. } if self.unknown.contains(&device) => {
                vec![Frame::Error { code: "unauthorised".to_owned(), message: String::new() }]
            }
            Frame::Hello { .. } if self.too_new => {
                vec![Frame::Error { code: "proto".to_owned(), message: String::new() }]
            }
            Frame::Hello { cursor, ref missing, as_of, apart, .. } => match self.hub.greet(&frame, self.now) {
                Greeting::Welcome(mut welcome, at) => {
                    if let (Frame::Welcome { proto, limits, .. }, Some((speaks, from))) = (&mut welcome, self.speaks) {
                        (*proto, limits.writes_from) = (speaks, from);
                    }
                    self.have(device, (cursor, as_of), missing);
                    self.cursors.insert(device, at);
                    self.apart.insert(device, apart.min(self.hub.head()));
                    vec![welcome, self.seen(device)]
                }
                Greeting::Turn(frame) => vec![frame],
            },
            Frame::Push { req, items } => {
                self.check_signed(device, &items);
                vec![self.push(Some(device), req, items)]
            }
            Frame::Return { .. } if self.deaf_to_returns => Vec::new(),
            Frame::Return { req, entries } => {
                self.given_back += entries.len();
                vec![self.take_back(device, req, entries)]
            }
            Frame::Have { cursor, missing, as_of } => {
                self.have(device, (cursor, as_of), &missing);
                Vec::new()
            }
            Frame::Want { doc, .. } => {
                self.wanted.push((device, doc_of(&doc)));
                if self.gives == 0 {
                    return Vec::new();
                }
                self.gives -= 1;
                let of = |row: &&Row| matches!(&row.item, Item::Change { doc: other, .. } if *other == doc);
                let rows: Vec<Row> = self.rows.iter().filter(of).cloned().collect();
                let saved = self.saved.get(&doc).cloned();
                self.garbled(self.hub.snapshot_for(id_of(device), doc, saved, rows, &Rights(&self.catalogue)))
            }
            Frame::Eph { doc, bytes, from: None } => {
                self.passing.push((device, doc, bytes));
                self.said += 1;
                Vec::new()
            }
            Frame::Ping { n } => vec![Frame::Pong { n }],
            other => panic!("a client does not say {other:?}"),
        }
    }
}
