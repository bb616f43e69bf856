//! A small world: devices with disks, and a hub made of the protocol's own machine and the domain's rights.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{
    docs::scan,
    domain::{
        At, Audience, Catalogue, Date, DeviceId, DocId, DocKind, Edit, EntityId, Fact, Framework, PartyCode, PersonId,
        Role, Value, WorkspaceId, Writer, party::MembershipStatus,
    },
    engine::{
        api::{Command, CommandId, Mark, Query, Refusal, Reply, Request, View},
        core::{
            Engine, Input, Output, PortId, Settings,
            store::{Contents, Step, Store, StoreError, Write, chunk_of},
        },
    },
    sync::{
        Cursor, Key,
        client::Transport,
        codec,
        frame::{Frame, Id, Item, PROTO},
        hub::{Checked, Clearance, Effect, Greeting, Hub, Offered, Policy, Row},
        join::Joined,
    },
};

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
        VN => "VN",
        _ => "ASEC",
    })
}

fn person(device: u8) -> PersonId {
    PersonId::from_bytes([device % 10; 16])
}

fn device_id(device: u8) -> DeviceId {
    DeviceId::from_bytes([device; 16])
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn doc_of(id: &Id) -> DocId {
    DocId::from_bytes((*id).into())
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

impl Policy for Judge {
    fn judge(&self, device: Option<Id>, body: &[u8]) -> Result<Effect, &'static str> {
        let fact = Fact::from_bytes(body).map_err(|_| "malformed")?;
        if let Some(device) = device {
            let by = PersonId::from_bytes([device[0] % 10; 16]);
            self.0.may_state(by, &fact, date("2026-03-01")).map_err(|why| why.word())?;
        }
        Ok(match fact {
            Fact::Doc { id, .. } => Effect::Makes(id.to_bytes().into()),
            _ => Effect::Other,
        })
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
    hub: Hub,
    pub rows: Vec<Row>,
    catalogue: Catalogue,
    cursors: BTreeMap<u8, Cursor>,
    /// Hashes it refuses, with the word.
    pub refuses: BTreeMap<[u8; 32], &'static str>,
}

impl FakeHub {
    fn new() -> Self {
        let workspace = Id::from([9; 16]);
        Self {
            hub: Hub::new(workspace, codec::DEFAULT_LIMITS),
            rows: Vec::new(),
            catalogue: Catalogue::default(),
            cursors: BTreeMap::new(),
            refuses: BTreeMap::new(),
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
        let device = device.map(|device| Id::from([device; 16]));
        let ack = self.hub.prepare(&mut batch, device, req, offered, &mut judge, NOON);
        self.rows.extend(batch.rows().iter().cloned());
        self.hub.commit(batch).expect("one batch at a time");
        self.catalogue = judge.0;
        ack
    }

    pub fn fact(&mut self, fact: &Fact) {
        let body = fact.to_bytes();
        let item = Item::Fact { hash: Fact::hash(&body).into(), body: body.into() };
        let ack = self.push(None, 0, vec![item]);
        assert!(matches!(ack, Frame::Ack { taken: 1, .. }), "{ack:?}");
    }

    fn log(&mut self, device: u8) -> Vec<Frame> {
        let Some(mut cursor) = self.cursors.get(&device).copied() else { return Vec::new() };
        let from = usize::try_from(cursor.number).expect("small");
        let rows = self.rows[from.min(self.rows.len())..].to_vec();
        let sees = Rights(&self.catalogue);
        let frames = self.hub.log_for(Id::from([device; 16]), &mut cursor, rows, None, &sees, NOON);
        self.cursors.insert(device, cursor);
        frames
    }

    fn hear(&mut self, device: u8, frame: Frame) -> Vec<Frame> {
        match frame {
            Frame::Hello { cursor, ref missing, .. } => match self.hub.greet(&frame, NOON) {
                Greeting::Welcome(welcome, at) => {
                    self.hub.have(Id::from([device; 16]), party_of(device).as_str(), cursor, missing);
                    self.cursors.insert(device, at);
                    vec![welcome, self.hub.seen()]
                }
                Greeting::Turn(frame) => vec![frame],
            },
            Frame::Push { req, items } => vec![self.push(Some(device), req, items)],
            Frame::Have { cursor, missing, .. } => {
                self.hub.have(Id::from([device; 16]), party_of(device).as_str(), cursor, &missing);
                Vec::new()
            }
            Frame::Want { doc } => {
                let of = |row: &&Row| matches!(&row.item, Item::Change { doc: other, .. } if *other == doc);
                let rows: Vec<Row> = self.rows.iter().filter(of).cloned().collect();
                self.hub.snapshot_for(Id::from([device; 16]), doc, rows, &Rights(&self.catalogue))
            }
            Frame::Ping { n } => vec![Frame::Pong { n }],
            other => panic!("a client does not say {other:?}"),
        }
    }
}

/// A device with its disk.
pub struct Node {
    pub engine: Engine,
    pub disk: BTreeMap<(Store, String), Vec<u8>>,
    /// The transaction under way.
    pub writing: Option<Write>,
    /// Writes wait until told.
    pub hold_disk: bool,
    pub online: bool,
    connected: bool,
    pub replies: Vec<Reply>,
    /// Every item that ever left.
    pub left: Vec<Key>,
    pub reads: Vec<DocId>,
    from_hub: VecDeque<Frame>,
    seed: u8,
}

impl Node {
    fn start(seed: u8, disk: BTreeMap<(Store, String), Vec<u8>>) -> Self {
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
            online: false,
            connected: false,
            replies: Vec::new(),
            left: Vec::new(),
            reads: Vec::new(),
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

pub struct World {
    pub now: u64,
    pub hub: FakeHub,
    pub nodes: BTreeMap<u8, Node>,
    made: u16,
}

impl World {
    /// A workspace with one plan, which the Secretariat and the chair (KH) write, and one project led by KH.
    pub fn new() -> Self {
        let mut hub = FakeHub::new();
        hub.fact(&Fact::Workspace { id: WorkspaceId::from_bytes([9; 16]), name: "W".to_owned(), sample: false });
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
                hub.fact(&Fact::Member { id, party, framework, status, from: None, to: None });
            }
        }
        hub.fact(&Fact::Term {
            ordinal: 23,
            framework: Framework::Accsm,
            party: code("KH"),
            effective_from: Some(date("2025-01-01")),
            effective_to: None,
            handed_over: None,
        });
        let mut world = Self { now: NOON, hub, nodes: BTreeMap::new(), made: 0 };
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
        let mut edits = vec![("title", format!("Title {}", id.to_bytes()[0]))];
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

    /// A later version of the application writes in a document.
    pub fn newer_schema(&mut self, id: DocId, kind: DocKind) {
        let of = |row: &&Row| matches!(&row.item, Item::Change { doc, .. } if doc_of(doc) == id);
        let bodies = self.hub.rows.iter().filter(of).filter_map(|row| match &row.item {
            Item::Change { body, .. } => body.as_ref().map(|body| body.to_vec()),
            Item::Fact { .. } => None,
        });
        let bodies: Vec<Vec<u8>> = bodies.collect();
        let doc = crate::docs::Doc::load(kind, bodies.iter().map(Vec::as_slice)).expect("loads");
        let change = crate::docs::future::upgrade(&doc);
        self.hub.push(None, 0, vec![item(id, change.hash, &change.bytes)]);
    }

    /// The hub says that a device may no longer receive a document.
    pub fn lose(&mut self, number: u8, doc: DocId) {
        let cursor = self.hub.cursors[&number];
        let lost = vec![doc.to_bytes().into()];
        let (from, to, stamp, entries) = (cursor.number, cursor.number, cursor.stamp, Vec::new());
        let as_of = cursor.as_of + 1;
        self.node(number).from_hub.push_back(Frame::Log { from, to, stamp, entries, lost, as_of });
        self.pump();
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

    pub fn command(&mut self, number: u8, command: Command) -> CommandId {
        let id = self.command_id();
        self.feed(number, Input::Request { port: PORT, request: Request::Command { id, command } });
        self.pump();
        id
    }

    pub fn set(&mut self, number: u8, doc: DocId, field: &str, value: &str) -> CommandId {
        let edit = Edit::Set { at: At::root(field), value: Value::from(value), seen: Vec::new() };
        self.command(number, Command::Edit { doc, edit })
    }

    pub fn request(&mut self, number: u8, request: Request) {
        self.feed(number, Input::Request { port: PORT, request });
        self.pump();
    }

    /// What a query shows right now.
    pub fn see(&mut self, number: u8, query: Query) -> View {
        self.node(number).replies.clear();
        self.request(number, Request::Subscribe { sub: 999, query });
        let view = self.node(number).replies.iter().rev().find_map(|reply| match reply {
            Reply::View { sub: 999, view } => Some(view.clone()),
            _ => None,
        });
        self.request(number, Request::Unsubscribe { sub: 999 });
        view.expect("a view")
    }

    pub fn project(&mut self, number: u8, doc: DocId) -> crate::engine::api::ProjectView {
        match self.see(number, Query::Project { doc }) {
            View::Project(view) => *view,
            other => panic!("not a project: {other:?}"),
        }
    }

    pub fn shell(&mut self, number: u8) -> crate::engine::api::ShellView {
        match self.see(number, Query::Shell) {
            View::Shell(view) => view,
            other => panic!("not the header: {other:?}"),
        }
    }

    pub fn title(&mut self, number: u8, doc: DocId) -> String {
        self.project(number, doc).row.title
    }

    pub fn mark(&mut self, number: u8, doc: DocId) -> Mark {
        self.project(number, doc).row.mark
    }

    /// How a command was answered, if it was.
    pub fn done(&mut self, number: u8, command: CommandId) -> Option<Result<(), Refusal>> {
        self.node(number).replies.iter().find_map(|reply| match reply {
            Reply::Done { id, result } if *id == command => Some(result.clone().map(|_| ())),
            _ => None,
        })
    }

    /// Time passes.
    pub fn later(&mut self, millis: u64) {
        self.now += millis;
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
                for step in write.steps {
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
                        frames.push(self.hub.hub.seen());
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
        let seen = self.hub.hub.seen();
        for node in self.nodes.values_mut().filter(|node| node.connected) {
            node.from_hub.push_back(seen.clone());
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
                return Some(Input::Opened { contents, volatile: false });
            }
            Output::Write(write) => {
                let node = self.node(number);
                assert!(node.writing.is_none(), "one transaction at a time");
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
                    return Some(Input::Up(Transport::Stream));
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
                    let answers = self.hub.hear(number, frame);
                    self.node(number).from_hub.extend(answers);
                }
            }
            Output::Exchange { .. } => panic!("this world has streams"),
            Output::Call { call, .. } => {
                let answer = self.joined(number);
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
            .filter_map(|((_, key), value)| crate::engine::core::outbox::Entry::decode(key, value).ok())
            .map(|entry| entry.key_at_hub())
            .collect();
        for item in items {
            assert!(durable.contains(&item.key()), "sent before it was on the disk");
            node.left.push(item.key());
        }
    }

    fn joined(&mut self, number: u8) -> Vec<u8> {
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

fn item(doc: DocId, hash: [u8; 32], bytes: &[u8]) -> Item {
    Item::Change { doc: doc.to_bytes().into(), hash: hash.into(), body: Some(bytes.to_vec().into()) }
}
