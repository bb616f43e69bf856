//! A device: an engine, a disk that keeps what was committed, and what went in and out.

use std::collections::{BTreeMap, VecDeque};

use crate::{
    domain::DocId,
    engine::{
        api::Reply,
        core::{
            Engine, Settings,
            store::{Contents, Store, Write},
        },
    },
    sync::{Key, client::Transport, frame::Frame},
};

/// A device with its disk.
pub struct Node {
    pub engine: Engine,
    pub disk: BTreeMap<(Store, String), Vec<u8>>,
    /// The transaction under way.
    pub writing: Option<Write>,
    /// Writes wait until told.
    pub hold_disk: bool,
    /// What it sends gets lost on the way.
    pub mute: bool,
    /// Its key is there.
    pub signs: bool,
    pub online: bool,
    pub connected: bool,
    /// What its network lets through.
    pub transport: Transport,
    pub replies: Vec<Reply>,
    /// Every item that ever left.
    pub left: Vec<Key>,
    pub reads: Vec<DocId>,
    /// Bytes of keys and values that were written.
    pub written: usize,
    /// Transactions.
    pub writes: usize,
    pub from_hub: VecDeque<Frame>,
    pub seed: u8,
}

impl Node {
    pub fn start(seed: u8, disk: BTreeMap<(Store, String), Vec<u8>>) -> Self {
        let settings = Settings {
            seed: [seed; 32],
            hub: "http://hub".to_owned(),
            build: "b".to_owned(),
            public_key: "key".to_owned(),
        };
        Self {
            engine: Engine::new(settings),
            disk,
            writing: None,
            hold_disk: false,
            mute: false,
            signs: true,
            online: false,
            connected: false,
            transport: Transport::Stream,
            replies: Vec::new(),
            left: Vec::new(),
            reads: Vec::new(),
            written: 0,
            writes: 0,
            from_hub: VecDeque::new(),
            seed,
        }
    }

    pub fn contents(&self) -> Contents {
        let of = |store| {
            let values = self.disk.iter().filter(|((other, _), _)| *other == store);
            values.map(|((_, key), value)| (key.clone(), value.clone())).collect::<Vec<_>>()
        };
        Contents {
            meta: of(Store::Meta),
            rows: of(Store::Row),
            outbox: of(Store::Outbox),
            quarantine: of(Store::Quarantine),
        }
    }

    pub fn stored(&self, store: Store) -> usize {
        self.disk.keys().filter(|(other, _)| *other == store).count()
    }
}
