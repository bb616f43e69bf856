//! What a shell does for an engine: timers, disk, dialling, messages. It promises nothing that a browser does not.

use mufakat::{
    engine::{
        api::{Done, Query, Reply, Request, View},
        core::{
            Engine, Input, Output, PortId, Settings,
            store::{Store, StoreError, chunk_of},
        },
    },
    sync::{client::Transport, codec, frame::Frame, join::Joined},
};
use p256::ecdsa::{Signature, signature::Signer};

use crate::{
    cast::{self, DRAFT, KHMER, MEETING, PLAN, PLUS_PROJECT, SHARED},
    laptop::Who,
    wire::{Kind, LARGEST, WireId},
    world::{Happening, World},
};

pub const PORT: PortId = 1;
pub const SHELL: u32 = 1;

/// Pages that stand open: subscription and what they show.
pub fn pages(officer: cast::Officer) -> Vec<(u32, Query)> {
    let mut pages = vec![(SHELL, Query::Shell), (2, Query::Project { doc: PLUS_PROJECT })];
    if officer != cast::CHINA {
        pages.push((3, Query::Project { doc: SHARED }));
        pages.push((4, Query::Meeting { doc: MEETING }));
    }
    if officer.party == "KH" {
        pages.push((5, Query::Project { doc: KHMER }));
        pages.push((7, Query::Project { doc: DRAFT }));
    }
    if officer.party == "KH" || officer == cast::SECRETARIAT {
        pages.push((6, Query::Plan { doc: PLAN }));
    }
    pages
}

impl World {
    /// Tells an engine and does what it wants; what the shell answers at once comes after.
    pub fn feed(&mut self, who: Who, input: Input) {
        let mut inputs = vec![input];
        while !inputs.is_empty() {
            let input = inputs.remove(0);
            let clock = self.laptops[who].clock(self.now);
            let Some(engine) = self.laptops[who].engine.as_mut() else { return };
            let outputs = engine.handle(clock, input);
            // What is being written is noted first: views of the same moment may speak of it.
            for output in &outputs {
                if let Output::Write(write) = output {
                    self.laptops[who].note(write);
                }
            }
            for output in outputs {
                inputs.extend(self.carry_out(who, output));
            }
        }
        self.set_timer(who);
    }

    fn carry_out(&mut self, who: Who, output: Output) -> Option<Input> {
        let life = self.laptops[who].life;
        match output {
            Output::Reply { reply, .. } => self.replied(who, reply),
            Output::OpenStore(_) => {
                let contents = Box::new(self.laptops[who].contents());
                return Some(Input::Opened { contents, volatile: false });
            }
            Output::Write(write) => {
                assert!(self.laptops[who].writing.is_none(), "one transaction at a time");
                self.laptops[who].writing = Some(write);
                let slow = !self.calm && self.chance.percent(5);
                let at = self.now + if slow { self.chance.of(200..3_000) } else { self.chance.of(1..15) };
                self.at(at, Happening::Written(who, life));
            }
            Output::Read { doc } => {
                let at = self.now + self.chance.of(1..8);
                self.at(at, Happening::Read(who, life, doc));
            }
            Output::Dial => self.dial(who),
            Output::HangUp => self.hang_up(who),
            Output::Send(messages) => {
                for bytes in &messages {
                    self.check_durable(who, &codec::decode(bytes, LARGEST).expect("a frame"));
                }
                if let Some(wire) = self.laptops[who].stream {
                    self.send_up(wire, messages);
                }
            }
            Output::Exchange { request, token: _, body } => {
                for frame in codec::decode_body(&body, LARGEST).expect("frames") {
                    self.check_durable(who, &frame);
                }
                let wire = self.new_wire(who, Kind::Exchange(request));
                if !self.laptops[who].in_reach {
                    self.refuse_exchange(wire);
                } else {
                    let at = self.now + self.delay();
                    self.at(at, Happening::Asked(wire, body));
                }
            }
            Output::Sign { call, texts } => {
                let key = &self.laptops[who].key;
                let sign = |text: &Vec<u8>| {
                    let signature: Signature = key.sign(text);
                    signature.to_bytes().into()
                };
                let made: Vec<[u8; 64]> = texts.iter().map(sign).collect();
                let fails = !self.calm && self.chance.percent(1);
                if fails {
                    self.tally.fault("no signature");
                }
                let at = self.now + self.chance.of(1..8);
                self.at(at, Happening::Signed(who, life, call, (!fails).then_some(made)));
            }
            Output::File { .. } => panic!("no paper is added in these stories"),
            Output::Call { call, .. } => {
                let at = self.now + self.chance.of(10..100);
                let body = self.join_answer(who);
                self.at(at, Happening::Called(who, life, call, body));
            }
        }
        None
    }

    fn join_answer(&self, who: Who) -> Vec<u8> {
        let laptop = &self.laptops[who];
        let joined = Joined {
            workspace: cast::workspace().to_string(),
            name: "ACCSM".to_owned(),
            sample: false,
            device: laptop.device.to_string(),
            person: laptop.officer.id().to_string(),
            party: laptop.officer.party.to_owned(),
            role: laptop.officer.role.to_string(),
            token: "AAAA".to_owned(),
        };
        serde_json::to_vec(&joined).expect("plain words")
    }

    fn set_timer(&mut self, who: Who) {
        let laptop = &mut self.laptops[who];
        let timer = laptop.engine.as_ref().and_then(Engine::timer).map(|at| laptop.moment(at));
        if timer != laptop.tick_at {
            laptop.tick_at = timer;
            if let Some(at) = timer {
                self.at(at, Happening::Tick(who));
            }
        }
    }

    pub fn tick(&mut self, who: Who) {
        if self.laptops[who].tick_at.is_some_and(|at| at <= self.now) {
            self.laptops[who].tick_at = None;
            self.feed(who, Input::Tick);
        }
    }

    pub fn disk_done(&mut self, who: Who, life: u32) {
        if !self.laptops[who].lives(life) {
            return;
        }
        if std::mem::take(&mut self.laptops[who].bad_disk) {
            self.laptops[who].writing = None;
            let error = if self.chance.percent(50) { StoreError::Quota } else { StoreError::Lost };
            self.feed(who, Input::StoreFailed(error));
        } else {
            self.laptops[who].flush();
            self.note_what_it_has(who);
            self.feed(who, Input::Stored);
        }
    }

    pub fn disk_read(&mut self, who: Who, life: u32, doc: mufakat::domain::DocId) {
        if !self.laptops[who].lives(life) {
            return;
        }
        let of = |key: &str| chunk_of(key).is_some_and(|(of, _)| of == doc);
        let disk = self.laptops[who].disk.iter();
        let chunks = disk.filter(|((store, key), _)| *store == Store::Chunk && of(key));
        let chunks = chunks.map(|((_, key), value)| (key.clone(), value.clone())).collect();
        self.feed(who, Input::Read { doc, chunks });
    }

    fn dial(&mut self, who: Who) {
        let life = self.laptops[who].life;
        let wire = (self.laptops[who].in_reach && self.desk.up).then(|| self.new_wire(who, Kind::Stream));
        let at = self.now + self.chance.of(5..200);
        self.at(at, Happening::Dialled(who, life, wire));
    }

    pub fn dialled(&mut self, who: Who, life: u32, wire: Option<WireId>) {
        if !self.laptops[who].lives(life) {
            return;
        }
        let wire = wire.filter(|id| self.wires.get(id).is_some_and(|wire| wire.there));
        match (wire, self.laptops[who].transport) {
            (Some(wire), Transport::Stream) => {
                self.laptops[who].stream = Some(wire);
                self.feed(who, Input::Up(Transport::Stream));
            }
            (Some(wire), Transport::Requests) => {
                self.wires.remove(&wire);
                self.feed(who, Input::Up(Transport::Requests));
            }
            (None, _) => self.feed(who, Input::Down),
        }
    }

    fn hang_up(&mut self, who: Who) {
        self.laptops[who].stream = None;
        for id in self.wires_of(Some(who)) {
            if let Some(wire) = self.wires.get_mut(&id) {
                wire.here = false;
            }
            // What was said before may still arrive, perhaps after the next greeting.
            let at = self.now + self.chance.of(1..3_000);
            self.at(at, Happening::HungUp(id));
        }
    }

    pub fn closed(&mut self, id: WireId) {
        let Some(wire) = self.wires.get_mut(&id) else { return };
        let (who, was) = (wire.who, std::mem::take(&mut wire.here));
        if was && self.laptops[who].stream == Some(id) {
            self.laptops[who].stream = None;
            self.feed(who, Input::Down);
        }
    }

    pub fn answered(&mut self, id: WireId, body: Option<Vec<u8>>) {
        let Some(wire) = self.wires.get_mut(&id) else { return };
        let (who, was, kind, turned) = (wire.who, std::mem::take(&mut wire.here), wire.kind, wire.turned);
        if let (true, Kind::Exchange(request)) = (was, kind) {
            if body.is_none() {
                // The shell lets the other request go with it.
                for other in self.wires_of(Some(who)) {
                    if let Some(wire) = self.wires.get_mut(&other) {
                        wire.here = false;
                    }
                }
            }
            if let Some(body) = &body {
                self.laptops[who].heard_turn(turned);
                self.trace_frames(who, "hears", &codec::decode_body(body, LARGEST).expect("frames"));
            }
            self.feed(who, Input::Answer { request, body });
        }
    }

    pub fn laptop_hears(&mut self, who: Who, bytes: Vec<u8>) {
        self.feed(who, Input::Message(bytes));
    }

    /// The laptop dies. What was being written is on the disk, or not at all.
    pub fn crash(&mut self, who: Who) {
        let written = self.chance.percent(50);
        self.trace_of(who, "crashes");
        let laptop = &mut self.laptops[who];
        if written {
            laptop.flush();
        }
        laptop.writing = None;
        laptop.own.retain(|_, own| own.flushed);
        laptop.read_falls = laptop.wear.falls;
        laptop.engine = None;
        laptop.life += 1;
        laptop.stream = None;
        laptop.tick_at = None;
        laptop.typing = None;
        laptop.shown.clear();
        laptop.shell = None;
        self.note_what_it_has(who);
        for id in self.wires_of(Some(who)) {
            if let Some(wire) = self.wires.get_mut(&id) {
                wire.here = false;
            }
            let at = self.now + self.chance.of(1..30_000);
            self.at(at, Happening::HungUp(id));
        }
    }

    /// It starts, with what its disk holds and the pages that were open.
    pub fn wake(&mut self, who: Who) {
        if self.laptops[who].engine.is_some() {
            return;
        }
        self.trace_of(who, "wakes");
        let settings = Settings {
            seed: self.chance.bytes(),
            hub: "http://hub".to_owned(),
            build: "sim".to_owned(),
            public_key: "key".to_owned(),
        };
        self.laptops[who].engine = Some(Engine::new(settings));
        let contents = Box::new(self.laptops[who].contents());
        self.feed(who, Input::Opened { contents, volatile: false });
        for (sub, query) in pages(self.laptops[who].officer) {
            self.feed(who, Input::Request { port: PORT, request: Request::Subscribe { sub, query } });
        }
        // A page says again what was not answered; it does not know whether it was done.
        let again: Vec<_> = std::mem::take(&mut self.laptops[who].unanswered).into_iter().collect();
        for (id, command) in again {
            if self.chance.percent(70) {
                self.say_command(who, id, command);
            }
        }
    }

    fn replied(&mut self, who: Who, reply: Reply) {
        match reply {
            Reply::View { view, .. } => self.viewed(who, view),
            Reply::Done { id, result } => {
                let asked = self.laptops[who].unanswered.remove(&id);
                match result {
                    Ok(Done::Overtaken(since)) => self.overtaken(who, asked, since.unit),
                    Ok(_) => {
                        self.tally.edits += 1;
                        self.laptops[who].told_done.insert(id);
                    }
                    Err(refusal) => self.tally.declined(&refusal.code),
                }
            }
            Reply::Text { session, version, after, text } => {
                if let Some(typing) = &mut self.laptops[who].typing {
                    typing.heard(session, version, after, text);
                }
            }
            Reply::TextEnded { .. } => self.laptops[who].typing = None,
            Reply::Rows { head: Some(head), .. } => self.viewed(who, View::Plan(head)),
            Reply::Rows { head: None, .. } | Reply::Pong { .. } | Reply::Flushed => {}
        }
    }

    fn viewed(&mut self, who: Who, view: View) {
        self.check_marks(who, &view);
        let shown = &mut self.laptops[who].shown;
        match view {
            View::Project(view) => {
                shown.insert(view.row.doc, view.snapshot);
            }
            View::Plan(view) => {
                shown.insert(view.card.doc, view.snapshot);
            }
            View::Meeting(view) => {
                shown.insert(view.row.doc, view.snapshot);
                shown.extend(view.sessions.into_iter().map(|session| (session.doc, session.snapshot)));
            }
            View::Shell(view) => {
                let held: Vec<_> = view.held.iter().map(|held| held.doc).collect();
                self.laptops[who].shell = Some(*view);
                for doc in held {
                    let at = self.now + self.chance.of(50..2_000);
                    self.at(at, Happening::Looked(who, doc));
                }
            }
            View::Absent { .. }
            | View::Today(_)
            | View::Plans(_)
            | View::Changes(_)
            | View::Following(_)
            | View::History(_)
            | View::Sitting(_)
            | View::Past(_)
            | View::Compare(_)
            | View::Undo(_)
            | View::AtOnce(_)
            | View::Written(_)
            | View::Apart(_)
            | View::PlanVersion(_)
            | View::Meetings(_)
            | View::People(_)
            | View::Device(_)
            | View::Papers(_)
            | View::Presence(_) => {}
        }
    }

    /// Says one frame to a connection.
    pub fn say(&mut self, wire: WireId, frame: Frame) {
        self.send_down(wire, vec![frame]);
    }
}
