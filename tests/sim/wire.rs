//! What lies between a laptop and the hub: streams and requests, slow, cut, or silent at one end while the other waits.

use mufakat::{
    hub::core::later,
    sync::{client::Request, codec, frame::Frame},
};

use crate::{
    laptop::Who,
    world::{Happening, World},
};

pub type WireId = u32;

pub const LARGEST: usize = 64 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Stream,
    Exchange(Request),
}

/// One connection.
#[derive(Debug)]
pub struct Wire {
    pub who: Who,
    pub kind: Kind,
    /// The laptop still holds its end.
    pub here: bool,
    /// The hub still holds its end.
    pub there: bool,
    /// What goes up gets lost from now on; the laptop is not told.
    pub mute_up: bool,
    /// What comes down gets lost from now on; nobody is told.
    pub mute_down: bool,
    /// The hub's falls when it said over this that the history ends earlier.
    pub turned: Option<u32>,
    last_up: u64,
    last_down: u64,
    /// The hub's words for the answer to a request.
    answer: Vec<Frame>,
}

impl World {
    pub fn new_wire(&mut self, who: Who, kind: Kind) -> WireId {
        self.wires_made += 1;
        let wire = Wire {
            who,
            kind,
            here: true,
            there: true,
            mute_up: false,
            mute_down: false,
            turned: None,
            last_up: 0,
            last_down: 0,
            answer: Vec::new(),
        };
        self.wires.insert(self.wires_made, wire);
        self.wires_made
    }

    /// How long something takes on the way.
    pub fn delay(&mut self) -> u64 {
        if !self.calm && self.chance.percent(3) {
            self.tally.fault("delay");
            return self.chance.of(500..4_000);
        }
        self.chance.of(4..90)
    }

    /// From a laptop, in order.
    pub fn send_up(&mut self, id: WireId, messages: Vec<Vec<u8>>) {
        for bytes in messages {
            let delay = self.delay();
            let twice = !self.calm && self.chance.percent(2);
            let Some(wire) = self.wires.get_mut(&id) else { return };
            wire.last_up = wire.last_up.max(self.now + delay);
            let at = wire.last_up;
            if wire.mute_up {
                continue;
            }
            if twice {
                self.tally.fault("duplicate");
                self.at(at, Happening::Up(id, bytes.clone()));
            }
            self.at(at, Happening::Up(id, bytes));
        }
    }

    pub fn send_down(&mut self, id: WireId, frames: Vec<Frame>) {
        for frame in &frames {
            self.check_cleared(id, frame);
            if let (Frame::Rewind { .. }, Some(wire)) = (frame, self.wires.get_mut(&id)) {
                wire.turned = Some(self.desk.falls);
            }
        }
        if self.wires.get(&id).is_some_and(|wire| matches!(wire.kind, Kind::Exchange(_))) {
            if let Some(wire) = self.wires.get_mut(&id) {
                wire.answer.extend(frames);
            }
            return;
        }
        for frame in frames {
            let delay = self.delay();
            let twice = !self.calm && self.chance.percent(2);
            let Some(wire) = self.wires.get_mut(&id) else { return };
            wire.last_down = wire.last_down.max(self.now + delay);
            let at = wire.last_down;
            if wire.mute_down {
                continue;
            }
            let bytes = codec::encode(&frame);
            if twice {
                self.tally.fault("duplicate");
                self.at(at, Happening::Down(id, bytes.clone()));
            }
            self.at(at, Happening::Down(id, bytes));
        }
    }

    /// A message reaches the hub.
    pub fn up(&mut self, id: WireId, bytes: &[u8]) {
        if !self.wires.get(&id).is_some_and(|wire| wire.there) {
            return;
        }
        if let Some(stranger) = &mut self.stranger {
            stranger.hears(bytes);
        }
        let frame = codec::decode(bytes, LARGEST).expect("a laptop speaks well");
        self.trace_frames(self.wires[&id].who, "says", std::slice::from_ref(&frame));
        let said = self.heard(id, frame);
        self.send_down(id, said);
        self.begin_commit();
        self.tell(id);
    }

    /// The hub hears a frame. Now and then it has heard too much from a device and says when to come back.
    fn heard(&mut self, id: WireId, frame: Frame) -> Vec<Frame> {
        let offered = match &frame {
            Frame::Push { req, items } => Some((*req, items.len())),
            Frame::Return { req, entries } => Some((*req, entries.len())),
            _ => None,
        };
        if let Some((req, items)) = offered
            && !self.calm
            && self.desk.place(id).is_some()
            && self.chance.percent(3)
        {
            self.tally.fault("told to wait");
            let after = u32::try_from(self.chance.of(1..20)).unwrap_or(1);
            return vec![later(req, items, self.desk.head(), after)];
        }
        self.desk.hear(id, frame, self.now)
    }

    /// What the log holds for a connection goes out.
    pub fn tell(&mut self, id: WireId) {
        let frames = self.desk.news(id, self.now);
        self.send_down(id, frames);
    }

    /// A message reaches its laptop.
    pub fn down(&mut self, id: WireId, bytes: Vec<u8>) {
        if let Some(wire) = self.wires.get(&id)
            && wire.here
            && !wire.mute_down
        {
            self.laptops[wire.who].heard_turn(wire.turned);
            self.trace_message(wire.who, "hears", &bytes);
            self.laptop_hears(wire.who, bytes);
        }
    }

    /// A request reaches the hub.
    pub fn asked(&mut self, id: WireId, body: &[u8]) {
        let Some(wire) = self.wires.get(&id) else { return };
        let Kind::Exchange(request) = wire.kind else { return };
        if !self.desk.up || !wire.there {
            self.refuse_exchange(id);
            return;
        }
        for frame in codec::decode_body(body, LARGEST).expect("a laptop speaks well") {
            self.trace_frames(self.wires[&id].who, "says", std::slice::from_ref(&frame));
            let said = self.heard(id, frame);
            self.send_down(id, said);
        }
        if self.desk.place(id).is_none() {
            // Turned away: it counts another history.
            self.answer(id);
            return;
        }
        self.begin_commit();
        match request {
            Request::Sync => self.answer_if_done(id),
            Request::Poll => {
                self.tell(id);
                self.answer_if_news(id);
                let over = self.now + 25_000;
                self.at(over, Happening::PollOver(id));
            }
        }
    }

    /// A request without pushes that wait for the store is answered.
    pub fn answer_if_done(&mut self, id: WireId) {
        if self.desk.place(id).is_some_and(|place| place.waiting == 0) {
            self.tell(id);
            self.answer(id);
        }
    }

    /// A poll is answered as soon as there is more to say than the welcome.
    pub fn answer_if_news(&mut self, id: WireId) {
        if self.wires.get(&id).is_some_and(|wire| wire.answer.len() > 1) {
            self.answer(id);
        }
    }

    pub fn answer(&mut self, id: WireId) {
        let Some(wire) = self.wires.get_mut(&id) else { return };
        if !wire.there {
            return;
        }
        wire.there = false;
        let frames = std::mem::take(&mut wire.answer);
        let lost = wire.mute_down;
        self.desk.close(id);
        let body = codec::encode_body(&frames);
        let delay = self.delay();
        if lost || (!self.calm && self.chance.percent(4)) {
            // The work was done and nobody hears of it.
            self.tally.fault("lost answer");
            let at = self.now + delay + 3_000;
            self.at(at, Happening::Answered(id, None));
        } else {
            let at = self.now + delay;
            self.at(at, Happening::Answered(id, Some(body)));
        }
    }

    /// A request that nobody answers.
    pub fn refuse_exchange(&mut self, id: WireId) {
        if let Some(wire) = self.wires.get_mut(&id) {
            wire.there = false;
        }
        self.desk.close(id);
        let at = self.now + self.chance.of(10..2_000);
        self.at(at, Happening::Answered(id, None));
    }

    /// A connection is cut: the hub lets go; the laptop is told, sooner or later, or has to find out.
    pub fn cut(&mut self, id: WireId) {
        let Some(wire) = self.wires.get_mut(&id) else { return };
        wire.there = false;
        wire.mute_up = true;
        self.desk.close(id);
        match wire.kind {
            Kind::Stream => {
                if self.chance.percent(80) {
                    let at = self.now + self.chance.of(1..2_000);
                    self.at(at, Happening::Closed(id));
                }
            }
            Kind::Exchange(_) => {
                let at = self.now + self.chance.of(10..2_000);
                self.at(at, Happening::Answered(id, None));
            }
        }
    }

    /// The open connections of a laptop, or of all.
    pub fn wires_of(&self, who: Option<Who>) -> Vec<WireId> {
        let of = |wire: &Wire| wire.here && who.is_none_or(|who| wire.who == who);
        self.wires.iter().filter(|(_, wire)| of(wire)).map(|(id, _)| *id).collect()
    }
}
