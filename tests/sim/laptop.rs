//! A laptop: the engine's core, a disk that keeps what was flushed and nothing else, and a person at its pages.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use mufakat::{
    domain::{DeviceId, DocId, Edit, EntityId, Snapshot},
    engine::{
        api::{Command, CommandId, ShellView},
        core::{
            Engine,
            account::Position,
            outbox::Entry,
            rewind::Rewound,
            store::{Contents, Step, Store, Write, meta, open},
        },
    },
    sync::{Key, client::Transport, signature::key_text},
};
use p256::ecdsa::SigningKey;

use crate::{
    cast::Officer,
    disk::{Undo, Wear},
    page::Typing,
    wire::WireId,
};

/// Index of a laptop.
pub type Who = usize;

/// An own change or fact, as the disk was given it.
#[derive(Debug, Clone)]
pub struct Own {
    pub command: CommandId,
    pub doc: DocId,
    pub records: BTreeSet<EntityId>,
    /// Under what it was or is offered to the hub; rebuilt ones have several.
    pub keys: Vec<Key>,
    /// Whether it was ever on the disk.
    pub flushed: bool,
    /// What it does to its document; none for what makes one.
    pub edit: Option<Edit>,
    /// The disk lost it: it comes back from the hub, and its records show how far the rest is until then.
    pub forgotten: bool,
    /// Run again, it had nothing left to do: the document said so already. Others may write over that.
    pub said: Cell<bool>,
}

pub struct Laptop {
    pub officer: Officer,
    pub device: DeviceId,
    pub key: SigningKey,
    pub transport: Transport,
    pub in_reach: bool,
    /// None while it is off.
    pub engine: Option<Engine>,
    pub life: u32,
    pub disk: BTreeMap<(Store, String), Vec<u8>>,
    pub writing: Option<Write>,
    /// The disk fails the next time.
    pub bad_disk: bool,
    pub wear: Wear,
    /// How far its clock is ahead of the world's.
    pub fast: i64,
    /// Its rights were taken away.
    pub left: bool,
    pub stream: Option<WireId>,
    pub tick_at: Option<u64>,
    /// Last shown, by document.
    pub shown: BTreeMap<DocId, Snapshot>,
    pub shell: Option<ShellView>,
    pub typing: Option<Typing>,
    /// Commands said and not answered.
    pub unanswered: BTreeMap<CommandId, Command>,
    /// Commands of which the person was told that they are done.
    pub told_done: BTreeSet<CommandId>,
    /// By place in the outbox and command: a place is free again once its entry has gone.
    pub own: BTreeMap<(u64, CommandId), Own>,
    /// How many falls of the hub it has heard of.
    pub read_falls: u32,
    /// How many falls there were when the hub last told it to count from an older place.
    pub told_falls: u32,
    /// Up to which number this laptop's disk had everything of a document, at best.
    pub had: BTreeMap<DocId, u64>,
}

impl Laptop {
    pub fn new(number: u8, officer: Officer, transport: Transport) -> Self {
        let key = SigningKey::from_slice(&[number; 32]).expect("a key");
        Self::with(officer, DeviceId::from_bytes([number; 16]), key, transport)
    }

    /// A laptop that says it is the same device as another, with nothing on its disk.
    pub fn same(other: &Self) -> Self {
        Self::with(other.officer, other.device, other.key.clone(), other.transport)
    }

    fn with(officer: Officer, device: DeviceId, key: SigningKey, transport: Transport) -> Self {
        Self {
            officer,
            device,
            key,
            transport,
            in_reach: true,
            engine: None,
            life: 0,
            disk: BTreeMap::new(),
            writing: None,
            bad_disk: false,
            wear: Wear::default(),
            fast: 0,
            left: false,
            stream: None,
            tick_at: None,
            shown: BTreeMap::new(),
            shell: None,
            typing: None,
            unanswered: BTreeMap::new(),
            told_done: BTreeSet::new(),
            own: BTreeMap::new(),
            read_falls: 0,
            told_falls: 0,
            had: BTreeMap::new(),
        }
    }

    /// Its public key as a fact says it.
    pub fn public_key(&self) -> String {
        key_text(self.key.verifying_key().to_sec1_point(false).as_bytes())
    }

    pub fn lives(&self, life: u32) -> bool {
        self.life == life && self.engine.is_some()
    }

    /// It hears over a connection on which the hub spoke of a fall, when it had fallen so often.
    pub fn heard_turn(&mut self, falls: Option<u32>) {
        self.told_falls = falls.map_or(self.told_falls, |falls| falls.max(self.told_falls));
    }

    /// What the disk holds.
    pub fn contents(&self) -> Contents {
        let of = |store| {
            let values = self.disk.iter().filter(|((other, _), _)| *other == store);
            values.map(|((_, key), value)| (key.clone(), value.clone())).collect()
        };
        Contents {
            meta: of(Store::Meta),
            rows: of(Store::Row),
            outbox: of(Store::Outbox),
            quarantine: of(Store::Quarantine),
        }
    }

    /// The transaction under way is on the disk.
    pub fn flush(&mut self) {
        let Some(write) = self.writing.take() else { return };
        let mut undo = Undo { before: Vec::new(), falls: std::mem::replace(&mut self.wear.falls, self.read_falls) };
        for step in write.steps {
            if let Step::Put(Store::Outbox, key, value) = &step
                && let Some(entry) = open(value).ok().and_then(|value| Entry::decode(key, value).ok())
                && let Some(own) = self.own.get_mut(&(entry.seq, entry.command))
            {
                own.flushed = true;
            }
            let (place, before) = match step {
                Step::Put(store, key, value) => ((store, key.clone()), self.disk.insert((store, key), value)),
                Step::Delete(store, key) => ((store, key.clone()), self.disk.remove(&(store, key))),
            };
            undo.before.push((place, before));
        }
        self.wear.wrote(undo);
    }

    /// Notes what an engine is about to write of its own.
    pub fn note(&mut self, write: &Write) {
        for step in &write.steps {
            if let Step::Put(Store::Meta, key, value) = step
                && key == meta::REWOUND
                && open(value).ok().and_then(Rewound::decode).is_some_and(|rewound| rewound.owing)
            {
                self.read_falls = self.told_falls;
            }
            let Step::Put(Store::Outbox, key, value) = step else { continue };
            let entry = Entry::decode(key, open(value).expect("sealed")).expect("the engine reads what it writes");
            let hub_key = entry.key_at_hub();
            let own = self.own.entry((entry.seq, entry.command)).or_insert_with(|| Own {
                command: entry.command,
                doc: entry.doc,
                records: BTreeSet::new(),
                keys: Vec::new(),
                flushed: false,
                edit: entry.edit().cloned(),
                forgotten: false,
                said: Cell::new(false),
            });
            own.records = entry.records;
            if own.keys.last() != Some(&hub_key) {
                own.keys.push(hub_key);
            }
        }
    }

    /// How far the disk is.
    pub fn position(&self) -> Position {
        self.disk
            .get(&(Store::Meta, meta::CURSOR.to_owned()))
            .and_then(|value| Position::decode(open(value).ok()?))
            .map(|mut position| {
                // What is on its way in a first load stands beside it.
                let coming = self.disk.keys().filter(|(store, _)| *store == Store::Meta);
                let coming = coming.filter_map(|(_, key)| key.strip_prefix(meta::COMING)?.parse().ok());
                position.missing.extend(coming.collect::<Vec<DocId>>());
                position
            })
            .unwrap_or_default()
    }

    /// Items on the disk that wait for the hub.
    pub fn waiting_on_disk(&self) -> BTreeSet<Key> {
        let outbox = self.disk.iter().filter(|((store, _), _)| *store == Store::Outbox);
        outbox
            .filter_map(|((_, key), value)| Entry::decode(key, open(value).ok()?).ok())
            .map(|entry| entry.key_at_hub())
            .collect()
    }
}
