//! Toy documents and facts, a toy policy, and a hub with a toy store.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::super::{
    Cursor,
    codec::DEFAULT_LIMITS,
    frame::{Entry, Except, Frame, Hash, Id, Item, Limits},
    hub::{Checked, Clearance, Effect, Greeting, Header, Hub, Offered, Past, Policy, Reader, Row, Saved},
    proof::HubKey,
};

pub const SOME_DAY: u64 = 1_605_571_200_000;

pub fn id(n: u8) -> Id {
    [n; 16].into()
}

fn sha(bytes: &[u8]) -> Hash {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    hash.into()
}

/// A change as a line: `actor seq [dep …] | words`.
pub fn change(doc: Id, actor: &str, seq: u64, deps: &[Hash], words: &str) -> Item {
    let deps: Vec<String> = deps.iter().map(|hash| hash.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
    let body = format!("{actor} {seq} {} | {words}", deps.join(" ")).into_bytes();
    Item::change(doc, sha(&body), body)
}

/// A fact: `doc NN` makes a document; `shut NN` ends everyone's reading of it but its makers'; others mean nothing.
pub fn fact(words: &str) -> Item {
    Item::fact(sha(words.as_bytes()), words.as_bytes().to_vec())
}

pub fn makes(doc: Id) -> Item {
    fact(&format!("doc {}", doc[0]))
}

fn read_hash(hex: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    for (index, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(hash.into())
}

pub fn look_at(item: &Item) -> Checked {
    match item {
        Item::Fact { hash, body, .. } if *hash == sha(body) => Checked::Fact,
        Item::Change { hash, body: Some(body), .. } if *hash == sha(body) => {
            let line = String::from_utf8_lossy(body);
            let (head, _) = line.split_once(" | ").expect("a toy change");
            let mut words = head.split_whitespace();
            let actor = words.next().expect("an actor").as_bytes().to_vec();
            let seq = words.next().expect("a sequence").parse().expect("a number");
            let shared = actor == b"everyone";
            Checked::Change(Header { actor, seq, deps: words.filter_map(read_hash).collect(), shared })
        }
        Item::Fact { .. } | Item::Change { .. } => Checked::Bad("wrong-hash"),
    }
}

/// Who may do what. By default everyone may do everything.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    pub not_writing: BTreeSet<(Id, Id)>,
    pub not_reading: BTreeSet<(Id, Id)>,
    pub secret_facts: BTreeSet<Vec<u8>>,
    pub not_stating: BTreeSet<Vec<u8>>,
    pub folded: Vec<Vec<u8>>,
}

impl Policy for Rules {
    fn judge(&self, _: Option<Id>, body: &[u8]) -> Result<Effect, &'static str> {
        if self.not_stating.contains(body) {
            return Err("not-entitled");
        }
        let words = String::from_utf8_lossy(body);
        match words.split_once(' ') {
            Some(("doc", number)) => Ok(Effect::Makes(id(number.parse().map_err(|_| "malformed")?))),
            Some(("never", _)) => Err("not-entitled"),
            Some(_) | None => Ok(Effect::Other),
        }
    }

    fn recall(&self, body: &[u8]) -> Result<Effect, &'static str> {
        Rules::default().judge(None, body)
    }

    fn fold(&mut self, body: &[u8]) {
        self.folded.push(body.to_vec());
    }

    fn may_write(&self, device: Id, doc: Id) -> bool {
        !self.not_writing.contains(&(device, doc))
    }
}

impl Clearance for Rules {
    fn reads(&self, device: Id, doc: Id) -> bool {
        !self.not_reading.contains(&(device, doc))
    }

    fn sees(&self, _: Id, fact: &[u8]) -> bool {
        !self.secret_facts.contains(fact)
    }
}

/// A hub with a store that holds what was committed.
pub struct Desk {
    pub hub: Hub,
    pub store: Vec<Row>,
    pub rules: Rules,
    pub now: u64,
    /// Compacted documents; a toy's bytes mean nothing.
    pub saved: BTreeMap<Id, Saved>,
}

impl Desk {
    pub fn new() -> Self {
        Self::with_limits(DEFAULT_LIMITS)
    }

    pub fn with_limits(limits: Limits) -> Self {
        let (rules, saved) = (Rules::default(), BTreeMap::new());
        let hub = Hub::new(id(200), limits).with_key(HubKey::new([5; 32]));
        Self { hub, store: Vec::new(), rules, now: SOME_DAY, saved }
    }

    /// A push, committed at once.
    pub fn push(&mut self, device: Id, items: &[Item]) -> Frame {
        let offered = items.iter().map(|item| Offered { item: item.clone(), checked: look_at(item) }).collect();
        self.push_checked(device, offered)
    }

    pub fn push_checked(&mut self, device: Id, offered: Vec<Offered>) -> Frame {
        let mut batch = self.hub.begin();
        let ack = self.hub.prepare(&mut batch, Some(device), 1, offered, &mut self.rules, self.now);
        self.store.extend_from_slice(batch.rows());
        self.hub.commit(batch).expect("nobody else commits");
        ack
    }

    /// The hub is stopped and started again from its store.
    pub fn restart(&mut self) {
        let hub = Hub::load(self.hub.workspace(), self.hub.limits(), self.store.clone()).expect("its own rows");
        self.hub = hub.with_key(HubKey::new([5; 32]));
    }

    /// The hub is put back to an older state of itself.
    pub fn fall_back(&mut self, to: usize) {
        self.store.truncate(to);
        self.restart();
    }

    /// What a device gives back, committed at once.
    pub fn take_back(&mut self, device: Id, req: u32, entries: Vec<Entry>) -> Frame {
        let brought = entries.into_iter().map(|Entry { received_at, device, item, .. }| {
            let checked = look_at(&item);
            (Offered { item, checked }, Past { device, received_at })
        });
        let brought = brought.collect();
        let mut batch = self.hub.begin();
        let ack = self.hub.prepare_return(&mut batch, device, req, brought, &mut self.rules, self.now);
        self.store.extend_from_slice(batch.rows());
        self.hub.commit(batch).expect("nobody else commits");
        ack
    }

    pub fn rows_after(&self, number: u64) -> Vec<Row> {
        self.store.iter().filter(|row| row.number > number).cloned().collect()
    }

    pub fn log(&self, device: Id, cursor: &mut Cursor, then: Option<&Rules>) -> Vec<Frame> {
        let then = then.map(|rules| rules as &dyn Clearance);
        self.hub.log_for(&Reader::new(device), cursor, self.rows_after(cursor.number), then, &self.rules, self.now)
    }

    pub fn snapshot(&self, device: Id, doc: Id) -> Vec<Frame> {
        let rows = self.store.iter().filter(|row| row.item.key().doc == Some(doc)).cloned();
        self.hub.snapshot_for(device, doc, self.saved.get(&doc).cloned(), rows, &self.rules)
    }

    /// Puts these bytes in the place of the bodies of a document's changes up to a number.
    pub fn compact(&mut self, doc: Id, number: u64, bytes: Vec<u8>) {
        for row in self.store.iter_mut().filter(|row| row.number <= number) {
            if let Item::Change { doc: of, body, .. } = &mut row.item
                && *of == doc
            {
                *body = None;
            }
        }
        self.saved.insert(doc, Saved { number, bytes });
    }

    /// Answers a client's frames as a hub does, in the order it would send.
    pub fn answer(&mut self, device: Id, cursor: &mut Option<Cursor>, frame: &Frame) -> Vec<Frame> {
        let mut frames = Vec::new();
        match frame {
            Frame::Hello { cursor: number, missing, as_of, .. } => match self.hub.greet(frame, self.now) {
                Greeting::Welcome(welcome, at) => {
                    frames.push(welcome);
                    self.hub.have(device, &party_of(device), (*number, *as_of), missing, &self.rules);
                    *cursor = Some(at);
                }
                Greeting::Turn(turn) => return vec![turn],
            },
            Frame::Push { req, items } if cursor.is_some() => {
                let mut ack = self.push(device, items);
                if let Frame::Ack { req: echoed, .. } = &mut ack {
                    *echoed = *req;
                }
                frames.push(ack);
            }
            Frame::Return { req, entries } if cursor.is_some() => {
                frames.push(self.take_back(device, *req, entries.clone()));
            }
            Frame::Have { cursor: number, missing, as_of } if cursor.is_some() => {
                self.hub.have(device, &party_of(device), (*number, *as_of), missing, &self.rules);
            }
            Frame::Want { doc, .. } if cursor.is_some() => frames.extend(self.snapshot(device, *doc)),
            Frame::Ping { n } => frames.push(Frame::Pong { n: *n }),
            _ => {}
        }
        if let Some(cursor) = cursor {
            frames.extend(self.log(device, cursor, None));
        }
        frames
    }
}

pub fn party_of(device: Id) -> String {
    format!("P{}", device[0])
}

/// The acknowledgement's parts: first, taken, exceptions by index.
pub fn parts(ack: &Frame) -> (u64, u32, BTreeMap<u32, Except>) {
    let Frame::Ack { first, taken, except, .. } = ack else { panic!("no acknowledgement: {ack:?}") };
    (*first, *taken, except.iter().cloned().collect())
}

/// An acknowledgement with nothing beside.
pub fn ack(req: u32, first: u64, taken: u32, except: Vec<(u32, Except)>) -> Frame {
    Frame::Ack { req, first, taken, except, receipts: None, at: None }
}

pub fn hash_of(item: &Item) -> Hash {
    item.key().hash
}
