//! A small world: devices with disks, and a hub made of the protocol's own machine and the domain's rights.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{hub::FakeHub, node::Node, shelf::Shelf};
use crate::{
    domain::{
        At, Audience, Date, DeviceId, DocId, DocKind, Edit, EntityId, Fact, Framework, PartyCode, PersonId, Role,
        Value, WorkspaceId, Writer, party::MembershipStatus,
    },
    engine::{
        api::{Command, CommandId, Request},
        core::{
            Input, Output, PortId,
            outbox::Entry,
            store::{Step, Store, StoreError, chunk_of, open},
        },
    },
    sync::{
        Key, codec,
        frame::{Frame, Id, Item, PROTO},
        join::Joined,
    },
};

/// Stands for a signature: the text's hash twice. Whose it is, this world does not ask.
pub fn toy_signature(text: &[u8]) -> [u8; 64] {
    let hash = Fact::hash(text);
    std::array::from_fn(|i| hash[i % 32])
}

/// 1 March 2026, noon.
pub const NOON: u64 = 1_772_366_400_000;
pub const PORT: PortId = 1;
pub const PLAN: DocId = DocId::from_bytes([0x11; 16]);
pub const PROJECT: DocId = DocId::from_bytes([0x22; 16]);
pub const KH: u8 = 1;
pub const VN: u8 = 2;
pub const ASEC: u8 = 3;

pub fn code(text: &str) -> PartyCode {
    text.parse().expect("a code")
}

pub fn party_of(device: u8) -> PartyCode {
    code(match device % 10 {
        KH => "KH",
        VN | 4 => "VN",
        _ => "ASEC",
    })
}

pub fn person(device: u8) -> PersonId {
    PersonId::from_bytes([device % 10; 16])
}

fn device_id(device: u8) -> DeviceId {
    DeviceId::from_bytes([device % 100; 16])
}

pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn doc_of(id: &Id) -> DocId {
    DocId::from_bytes((*id).into())
}

pub struct World {
    pub now: u64,
    pub hub: FakeHub,
    pub nodes: BTreeMap<u8, Node>,
    /// What was asked of the hub there and then.
    pub calls: Vec<(&'static str, String)>,
    made: u16,
    /// Devices without a store.
    pub volatile: BTreeSet<u8>,
    /// When the next meeting begins.
    pub starts: String,
    /// The files that the hub has, and what goes wrong with them.
    pub shelf: Shelf,
}

impl World {
    /// A workspace with one plan, which the Secretariat and the chair (KH) write, and one project led by KH.
    pub fn new() -> Self {
        let mut hub = FakeHub::new();
        hub.fact(&Fact::Workspace {
            id: WorkspaceId::from_bytes([9; 16]),
            name: "W".to_owned(),
            sample: false,
            stated: 0,
        });
        for device in [KH, VN, ASEC] {
            let party = party_of(device);
            let role = if device == ASEC { Role::Secretariat } else { Role::FocalPoint };
            let id = EntityId::from_bytes([device; 16]);
            hub.fact(&Fact::Appoint {
                id,
                person: person(device),
                party: party.clone(),
                role,
                from: date("2020-01-01"),
                to: None,
            });
            if device != ASEC {
                let (framework, status) = (Framework::Accsm, MembershipStatus::Member);
                hub.fact(&Fact::Member { id, party, framework, status, from: None, to: None, stated: 0 });
            }
        }
        hub.fact(&Fact::Term {
            ordinal: 23,
            framework: Framework::Accsm,
            party: code("KH"),
            effective_from: Some(date("2025-01-01")),
            effective_to: None,
            handed_over: None,
            stated: 0,
        });
        let mut world = Self {
            now: NOON,
            hub,
            nodes: BTreeMap::new(),
            calls: Vec::new(),
            made: 0,
            volatile: BTreeSet::new(),
            starts: String::new(),
            shelf: Shelf::default(),
        };
        world.document(PLAN, DocKind::Plan, None, vec![Writer::Secretariat, Writer::Chair]);
        world.document(PROJECT, DocKind::Project, Some(PLAN), vec![Writer::Party(code("KH"))]);
        world
    }

    /// A document with its first change and, for projects, its plan.
    pub fn document(&mut self, id: DocId, kind: DocKind, subject: Option<DocId>, writers: Vec<Writer>) {
        let audience = Audience::Accsm;
        self.hub.fact(&Fact::Doc { id, kind, subject, audience, writers: writers.clone(), origin: None });
        let mut items: Vec<Item> =
            crate::docs::genesis::changes(kind).iter().map(|c| item(id, c.hash, &c.bytes)).collect();
        let mut doc = crate::docs::Doc::new(kind);
        let mut edits = match kind {
            DocKind::Session => vec![("framework", Framework::Accsm.word().to_owned())],
            _ => vec![("title", format!("Title {}", id.to_bytes()[0]))],
        };
        if kind == DocKind::Meeting {
            edits.push(("start", self.starts.clone()));
        }
        if let (Some(plan), [Writer::Party(lead)]) = (subject, writers.as_slice()) {
            edits.extend([("plan", plan.to_string()), ("lead", lead.to_string())]);
        }
        for (field, value) in edits {
            let edit = Edit::Set { at: At::root(field), value: Value::Str(value), seen: Vec::new() };
            let actor = crate::docs::Actor::new(DeviceId::from_bytes([77; 16]), 0);
            let made = doc.edit(&edit, &crate::docs::Author { actor, millis: NOON }).expect("edits");
            items.push(item(id, made.hash, &made.bytes));
        }
        let count = u32::try_from(items.len()).expect("few");
        let ack = self.hub.push(None, 0, items);
        assert!(matches!(&ack, Frame::Ack { taken, .. } if *taken == count), "{ack:?}");
    }

    /// A device that joins and opens its empty store.
    pub fn join(&mut self, number: u8) {
        self.nodes.insert(number, Node::start(number, BTreeMap::new()));
        self.feed(number, Input::Opened { contents: Box::default(), volatile: false });
        let id = self.command_id();
        let command = Command::Join { secret: "s".to_owned(), label: "l".to_owned() };
        self.feed(number, Input::Request { port: PORT, request: Request::Command { id, command } });
        self.pump();
    }

    pub fn node(&mut self, number: u8) -> &mut Node {
        self.nodes.get_mut(&number).expect("joined")
    }

    pub fn online(&mut self, number: u8) {
        self.node(number).online = true;
        self.later(61_000);
    }

    pub fn offline(&mut self, number: u8) {
        let node = self.node(number);
        node.online = false;
        node.connected = false;
        node.from_hub.clear();
        self.hub.cursors.remove(&number);
        self.feed(number, Input::Down);
        self.pump();
    }

    /// The device dies: what was not on the disk is gone. It starts again, offline.
    pub fn crash(&mut self, number: u8) {
        let old = self.nodes.remove(&number).expect("joined");
        self.hub.cursors.remove(&number);
        self.nodes.insert(number, Node::start(old.seed + 50, old.disk));
        let contents = Box::new(self.node(number).contents());
        self.feed(number, Input::Opened { contents, volatile: false });
        self.pump();
    }

    pub fn command_id(&mut self) -> CommandId {
        self.made += 1;
        EntityId::fresh(self.now, [0, 0, 0, 0, 0, 0, 0, 0, (self.made >> 8) as u8, (self.made & 255) as u8])
    }

    /// Time passes.
    pub fn later(&mut self, millis: u64) {
        (self.now, self.hub.now) = (self.now + millis, self.now + millis);
        let numbers: Vec<u8> = self.nodes.keys().copied().collect();
        for number in numbers {
            self.feed(number, Input::Tick);
        }
        self.pump();
    }

    /// The transaction under way comes to its end.
    pub fn disk(&mut self, number: u8, outcome: Result<(), StoreError>) {
        let node = self.node(number);
        let Some(write) = node.writing.take() else { return };
        match outcome {
            Ok(()) => {
                node.writes += 1;
                for step in write.steps {
                    if let Step::Put(_, key, value) = &step {
                        node.written += key.len() + value.len();
                    }
                    match step {
                        Step::Put(store, key, value) => node.disk.insert((store, key), value),
                        Step::Delete(store, key) => node.disk.remove(&(store, key)),
                    };
                }
                self.feed(number, Input::Stored);
            }
            Err(error) => self.feed(number, Input::StoreFailed(error)),
        }
    }

    /// Everything that can happen without time passing happens.
    pub fn pump(&mut self) {
        for _ in 0..10_000 {
            let numbers: Vec<u8> = self.nodes.keys().copied().collect();
            let mut moved = false;
            for &number in &numbers {
                if self.node(number).writing.is_some() && !self.node(number).hold_disk {
                    self.disk(number, Ok(()));
                    moved = true;
                }
                if self.node(number).connected {
                    let mut frames = self.hub.log(number);
                    if !frames.is_empty() {
                        frames.push(self.hub.seen(number));
                    }
                    self.node(number).from_hub.extend(frames);
                }
                if let Some(frame) = self.node(number).from_hub.pop_front() {
                    self.feed(number, Input::Message(codec::encode(&frame)));
                    moved = true;
                }
            }
            if !moved {
                return;
            }
        }
        panic!("the world does not come to rest");
    }

    /// Everyone hears how far everyone is.
    pub fn tell_seen(&mut self) {
        for (number, node) in self.nodes.iter_mut().filter(|(_, node)| node.connected) {
            node.from_hub.push_back(self.hub.seen(*number));
        }
        self.pump();
    }

    pub fn feed(&mut self, number: u8, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let now = self.now;
            for output in self.node(number).engine.handle(now, input) {
                inputs.extend(self.carry_out(number, output));
            }
        }
    }

    /// What the shell answers comes after everything that was said at once.
    fn carry_out(&mut self, number: u8, output: Output) -> Option<Input> {
        match output {
            Output::Reply { reply, .. } => self.node(number).replies.push(reply),
            Output::OpenStore(_) => {
                let contents = Box::new(self.node(number).contents());
                return Some(Input::Opened { contents, volatile: self.volatile.contains(&number) });
            }
            Output::Write(write) => {
                let node = self.node(number);
                assert!(node.writing.is_none(), "one transaction at a time");
                assert!(node.engine.workspace().is_some() || !node.disk.is_empty(), "no device has joined");
                node.writing = Some(write);
            }
            Output::Read { doc } => {
                let node = self.node(number);
                node.reads.push(doc);
                let of = |key: &str| chunk_of(key).is_some_and(|(of, _)| of == doc);
                let chunks = node.disk.iter().filter(|((store, key), _)| *store == Store::Chunk && of(key));
                let chunks = chunks.map(|((_, key), value)| (key.clone(), value.clone())).collect();
                return Some(Input::Read { doc, chunks });
            }
            Output::Dial => {
                if self.node(number).online {
                    self.node(number).connected = true;
                    return Some(Input::Up(self.node(number).transport));
                }
                return Some(Input::Down);
            }
            Output::HangUp => {
                self.node(number).connected = false;
                self.hub.cursors.remove(&number);
            }
            Output::Send(messages) => {
                for bytes in messages {
                    let frame = codec::decode(&bytes, 64 << 20).expect("a frame");
                    if let Frame::Push { items, .. } = &frame {
                        self.check_durable(number, items);
                    }
                    if !self.node(number).mute {
                        let answers = self.hub.hear(number, frame);
                        self.node(number).from_hub.extend(answers);
                        self.pass_on();
                    }
                }
            }
            Output::Sign { call, texts } => {
                let signatures =
                    self.node(number).signs.then(|| texts.iter().map(|text| toy_signature(text)).collect());
                return Some(Input::Signed { call, signatures });
            }
            Output::Exchange { request, body, .. } => return self.exchange(number, request, &body),
            Output::File { job, work } => return self.file_work(number, job, work),
            Output::Call { call, path, body, .. } => {
                self.calls.push((path, body));
                if path == "/v1/return" {
                    self.hub.unknown.remove(&number);
                    return Some(Input::Called { call, answer: Some((204, Vec::new())) });
                }
                let answer = if path == "/v1/join" { self.joined(number) } else { br#"{"secret":"s"}"#.to_vec() };
                return Some(Input::Called { call, answer: Some((200, answer)) });
            }
        }
        None
    }

    /// Nothing leaves that is not on the disk.
    fn check_durable(&mut self, number: u8, items: &[Item]) {
        let node = self.node(number);
        let durable: BTreeSet<Key> = node
            .disk
            .iter()
            .filter(|((store, _), _)| *store == Store::Outbox)
            .filter_map(|((_, key), value)| Entry::decode(key, open(value).ok()?).ok())
            .map(|entry| entry.key_at_hub())
            .collect();
        for item in items {
            assert!(durable.contains(&item.key()), "sent before it was on the disk");
            node.left.push(item.key());
        }
    }

    fn joined(&mut self, number: u8) -> Vec<u8> {
        let device = Fact::Device { id: device_id(number), person: person(number), label: String::new(), key: None };
        self.hub.fact(&device);
        self.hub.fact(&Fact::Owner { device: device_id(number), person: person(number) });
        let joined = Joined {
            workspace: WorkspaceId::from_bytes([9; 16]).to_string(),
            name: "W".to_owned(),
            sample: false,
            device: device_id(number).to_string(),
            person: person(number).to_string(),
            party: party_of(number).to_string(),
            role: if number % 10 == ASEC { "secretariat" } else { "focal-point" }.to_owned(),
            token: "AAAA".to_owned(),
        };
        assert_eq!(PROTO, 1);
        serde_json::to_vec(&joined).expect("encodes")
    }
}

/// A text that no packing makes shorter.
pub fn noise(seed: u32, length: usize) -> String {
    let words = (0_u32..).map(|n| Fact::hash(&[seed.to_be_bytes(), n.to_be_bytes()].concat()));
    words.flatten().map(|byte| char::from(b'a' + byte % 26)).take(length).collect()
}

pub fn item(doc: DocId, hash: [u8; 32], bytes: &[u8]) -> Item {
    Item::change(doc.to_bytes().into(), hash.into(), bytes.to_vec())
}
