//! A whole engine with a person at its pages, a disk on which every byte that is written is counted, and a hub in reach or
//! not. What it hands to its disk is what a browser's store gets, key by key; what a browser adds to that is not in it.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use mufakat::{
    domain::{At, DocId, Edit, EntityId, Splice, Value},
    engine::{
        api::{Command, Done, Query, Reply, Request, ShellView, View},
        core::{
            Engine, Input, Output, Settings,
            outbox::Entry,
            store::{Contents, Step, Store, chunk_of, open},
        },
    },
    hub::{
        accounts::{Join, Wish},
        core::Who,
        secret::{Secret, random},
        session::{Greeted, Session},
    },
    sync::{client::Transport, codec, frame::Frame},
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};

use crate::place::{Hub, officer};

const PORT: u32 = 1;
const SHELL: u32 = 1;
const PLANS: u32 = 2;
/// No frame is larger.
const LARGEST: usize = 64 << 20;

/// What was written.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// Bytes of keys and values by store.
    pub bytes: BTreeMap<Store, u64>,
    /// Transactions.
    pub writes: u64,
    /// What the changes themselves weigh, each once, as Automerge writes it.
    pub changes: u64,
}

impl Written {
    /// All bytes.
    pub fn total(&self) -> u64 {
        self.bytes.values().sum()
    }
}

/// A device in use.
pub struct Writer<'a> {
    hub: &'a Hub,
    engine: Engine,
    disk: BTreeMap<(Store, String), Vec<u8>>,
    now: u64,
    texts: u32,
    key: SigningKey,
    who: Option<Who>,
    session: Option<Session>,
    pub online: bool,
    pub written: Written,
    entries: BTreeMap<String, usize>,
    shell: Option<ShellView>,
    plan: Option<DocId>,
    done: Option<Done>,
    /// The text as last shown.
    version: u32,
}

impl<'a> Writer<'a> {
    /// One that has joined and has everything there is.
    pub async fn join(hub: &'a Hub) -> Self {
        let settings = Settings {
            seed: [7; 32],
            hub: "http://hub".to_owned(),
            build: "b".to_owned(),
            public_key: "key".to_owned(),
        };
        let mut writer = Self {
            hub,
            engine: Engine::new(settings),
            disk: BTreeMap::new(),
            // The hub's rights are of today.
            now: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64),
            texts: 0,
            key: SigningKey::from_slice(&random::<32>().expect("random bytes")).expect("a key"),
            who: None,
            session: None,
            online: true,
            written: Written::default(),
            entries: BTreeMap::new(),
            shell: None,
            plan: None,
            done: None,
            version: 0,
        };
        writer.feed(Input::Opened { contents: Box::new(Contents::default()), volatile: false }).await;
        writer.say(Request::Subscribe { sub: SHELL, query: Query::Shell }).await;
        writer.say(Request::Subscribe { sub: PLANS, query: Query::Plans }).await;
        writer.command(Command::Join { secret: "s".to_owned(), label: "bench".to_owned() }).await;
        writer.until_acknowledged().await;
        writer.later(60_000).await;
        writer
    }

    /// The plan of its projects.
    pub fn plan(&self) -> DocId {
        self.plan.expect("the sample has plans")
    }

    /// Proposes a project, which the hub then has.
    pub async fn project(&mut self, title: &str) -> DocId {
        let plan = self.plan();
        let (doc, title) = (DocId::fresh(self.now, Self::id()), title.to_owned());
        self.command(Command::CreateProject { doc, plan, title, lead: officer() }).await;
        assert!(matches!(self.done, Some(Done::Made { .. })), "{:?}", self.done);
        self.until_acknowledged().await;
        doc
    }

    /// What is written from now on counts.
    pub fn begin(&mut self) {
        self.written = Written::default();
        self.entries.clear();
    }

    /// Carries out an edit, which is then on the disk.
    pub async fn edit(&mut self, doc: DocId, edit: Edit) {
        self.command(Command::Edit { doc, edit }).await;
        assert!(matches!(self.done, Some(Done::Durable)), "{:?}", self.done);
    }

    /// A person types in a text, a little each half second, and leaves it.
    pub async fn types(&mut self, doc: DocId, field: &str, pieces: &[String]) {
        self.texts += 1;
        let session = self.texts;
        self.say(Request::OpenText { session, doc, at: At::root(field) }).await;
        let mut at = 0;
        for (n, piece) in (1..).zip(pieces) {
            let splices = vec![Splice { at, delete: 0, insert: piece.clone() }];
            at += u32::try_from(piece.encode_utf16().count()).expect("short");
            self.say(Request::EditText { session, n, version: self.version, splices }).await;
            self.later(500).await;
            self.until_acknowledged().await;
        }
        self.say(Request::CloseText { session }).await;
    }

    /// An id nobody has.
    pub fn entity(&self) -> EntityId {
        EntityId::fresh(self.now, Self::id())
    }

    fn id() -> [u8; 10] {
        random().expect("random bytes")
    }

    /// Time passes.
    pub async fn later(&mut self, millis: u64) {
        let until = self.now + millis;
        while let Some(at) = self.engine.timer().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.feed(Input::Tick).await;
        }
        self.now = until;
        self.feed(Input::Tick).await;
    }

    /// The link is there from now on, or gone.
    pub async fn goes(&mut self, online: bool) {
        self.online = online;
        if online {
            self.feed(Input::Online).await;
        } else {
            self.session = None;
            self.feed(Input::Down).await;
        }
    }

    /// Everything said is on the hub.
    pub async fn until_acknowledged(&mut self) {
        for _ in 0..1_000 {
            if self.online && self.shell.as_ref().is_some_and(|shell| shell.unsent == 0) {
                return;
            }
            self.later(100).await;
        }
        panic!("never acknowledged: {:?}", self.shell);
    }

    async fn command(&mut self, command: Command) {
        self.done = None;
        let id = self.entity();
        self.say(Request::Command { id, command }).await;
    }

    async fn say(&mut self, request: Request) {
        self.feed(Input::Request { port: PORT, request }).await;
    }

    async fn feed(&mut self, input: Input) {
        let mut inputs = std::collections::VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            for output in self.engine.handle(self.now, input) {
                self.carry_out(output, &mut inputs).await;
            }
        }
    }

    async fn carry_out(&mut self, output: Output, inputs: &mut std::collections::VecDeque<Input>) {
        match output {
            Output::Reply { reply: Reply::View { view: View::Shell(shell), .. }, .. } => self.shell = Some(*shell),
            Output::Reply { reply: Reply::View { view: View::Plans(plans), .. }, .. } => {
                self.plan = plans.plans.first().map(|card| card.doc);
            }
            Output::Reply { reply: Reply::Done { result, .. }, .. } => self.done = Some(result.expect("carried out")),
            Output::Reply { reply: Reply::Text { version, .. }, .. } => self.version = version,
            Output::Reply { reply: Reply::TextEnded { why, .. }, .. } => panic!("{why:?}"),
            Output::Reply { .. } => {}
            Output::OpenStore(_) => {
                inputs.push_back(Input::Opened { contents: Box::new(Contents::default()), volatile: false });
            }
            Output::Write(write) => {
                self.write(write.steps);
                inputs.push_back(Input::Stored);
            }
            Output::Read { doc } => {
                let of = |key: &str| chunk_of(key).is_some_and(|(of, _)| of == doc);
                let chunks = self.disk.iter().filter(|((store, key), _)| *store == Store::Chunk && of(key));
                let chunks = chunks.map(|((_, key), value)| (key.clone(), value.clone())).collect();
                inputs.push_back(Input::Read { doc, chunks });
            }
            Output::Dial if self.online => inputs.push_back(Input::Up(Transport::Stream)),
            Output::Dial => inputs.push_back(Input::Down),
            Output::HangUp => self.session = None,
            Output::Send(messages) => {
                for bytes in messages {
                    let frame = codec::decode(&bytes, LARGEST).expect("a frame");
                    let answers = self.ask(frame).await;
                    inputs.extend(answers.into_iter().map(|frame| Input::Message(codec::encode(&frame))));
                }
            }
            Output::Exchange { .. } => panic!("a stream is open"),
            Output::Sign { call, texts } => {
                let sign = |text: &Vec<u8>| {
                    let made: Signature = self.key.sign(text);
                    made.to_bytes().into()
                };
                inputs.push_back(Input::Signed { call, signatures: Some(texts.iter().map(sign).collect()) });
            }
            Output::File { .. } => panic!("no paper is added here"),
            Output::Call { call, path, .. } => {
                assert_eq!(path, "/v1/join");
                let answer = Some((200, self.joins().await));
                inputs.push_back(Input::Called { call, answer });
            }
        }
    }

    fn write(&mut self, steps: Vec<Step>) {
        self.written.writes += 1;
        for step in steps {
            match step {
                Step::Put(store, key, value) => {
                    *self.written.bytes.entry(store).or_default() += (key.len() + value.len()) as u64;
                    let entry = open(&value).ok().filter(|_| store == Store::Outbox);
                    if let Some(entry) = entry.and_then(|value| Entry::decode(&key, value).ok()) {
                        // Written a second time it is the same change.
                        let before = self.entries.insert(format!("{:x?}", entry.hash), entry.bytes().len());
                        self.written.changes += before.map_or(entry.bytes().len(), |_| 0) as u64;
                    }
                    self.disk.insert((store, key), value);
                }
                Step::Delete(store, key) => drop(self.disk.remove(&(store, key))),
            }
        }
    }

    async fn joins(&mut self) -> Vec<u8> {
        let core = self.hub.running.core();
        let wish = Wish { party: officer(), role: mufakat::domain::Role::FocalPoint, person: None, days: 1 };
        let secret = core.invite(None, wish).await.expect("an invitation");
        let key = self.key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
        let joined = core.join(Join { secret, key, label: "bench".to_owned() }).await.expect("joins");
        self.who = core.who(&Secret::parse(&joined.token).expect("a token")).ok();
        serde_json::to_vec(&joined).expect("plain words")
    }

    /// What the hub says to a frame, and what it then has to tell.
    async fn ask(&mut self, frame: Frame) -> Vec<Frame> {
        let mut answers = Vec::new();
        if let Frame::Hello { .. } = &frame {
            let who = self.who.expect("it has joined");
            match Session::greet(Arc::clone(self.hub.running.core()), who, &frame) {
                Greeted::Welcome(session, welcome) => {
                    self.session = Some(session);
                    answers.push(welcome);
                }
                Greeted::Turn(turn) => panic!("turned away: {turn:?}"),
            }
        } else if let Some(session) = &mut self.session {
            answers.extend(session.receive(frame).await.expect("an answer"));
        }
        let Some(session) = &mut self.session else { return answers };
        loop {
            let page = session.log().await.expect("a page");
            if page.is_empty() {
                break;
            }
            answers.extend(page);
        }
        answers.extend(session.seen());
        answers
    }
}

/// A line's edit: the value that stands there is named.
pub fn set(field: &str, value: &str, seen: Option<&String>) -> Edit {
    let seen = seen.map(|seen| Value::Str(seen.clone())).into_iter().collect();
    Edit::Set { at: At::root(field), value: value.into(), seen }
}
