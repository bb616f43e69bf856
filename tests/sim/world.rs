//! The world: one clock, one queue of what will happen, one source of chance.

use std::collections::{BTreeMap, BTreeSet};

use mufakat::{domain::DocId, engine::core::Input, sync::Key};

use crate::{
    cast::MORNING,
    chance::Chance,
    desk::Desk,
    hostile::Stranger,
    laptop::{Laptop, Who},
    story::Tally,
    weather::Weather,
    wire::{Wire, WireId},
};

/// No story has as many happenings: the longest of the first thousand has a tenth of them.
const TOO_MUCH: u64 = 400_000;

/// Something that will happen.
#[derive(Debug)]
pub enum Happening {
    /// A laptop's timer.
    Tick(Who),
    /// A laptop's disk has written, in the life that asked for it.
    Written(Who, u32),
    /// A laptop's disk has read.
    Read(Who, u32, mufakat::domain::DocId),
    /// A laptop's dialling came to something.
    Dialled(Who, u32, Option<WireId>),
    /// A call of a laptop is answered.
    Called(Who, u32, u32, Vec<u8>),
    /// A laptop's key has signed, or would not.
    Signed(Who, u32, u32, Option<Vec<[u8; 64]>>),
    /// A laptop starts.
    Wake(Who),
    /// A laptop is in reach of the network again.
    InReach(Who),
    /// Bytes reach the hub.
    Up(WireId, Vec<u8>),
    /// Bytes reach a laptop.
    Down(WireId, Vec<u8>),
    /// A laptop learns that its stream is closed.
    Closed(WireId),
    /// The hub learns that a laptop has hung up.
    HungUp(WireId),
    /// A request reaches the hub.
    Asked(WireId, Vec<u8>),
    /// Its answer, or none, reaches the laptop.
    Answered(WireId, Option<Vec<u8>>),
    /// A poll has waited long enough.
    PollOver(WireId),
    /// The hub's store is done, in the life that asked for it.
    Committed(u32),
    /// The hub starts again.
    Rise,
    /// A person has looked at words that were held for review.
    Looked(Who, mufakat::domain::DocId),
    /// Somebody does something.
    Work,
    /// Something goes wrong.
    Trouble,
    /// The stranger does something.
    Mischief,
}

pub struct World {
    pub chance: Chance,
    pub now: u64,
    queue: BTreeMap<(u64, u64), Happening>,
    serial: u64,
    happened: u64,
    pub desk: Desk,
    pub laptops: Vec<Laptop>,
    pub wires: BTreeMap<WireId, Wire>,
    pub wires_made: WireId,
    /// No more faults.
    pub calm: bool,
    /// The hub's head when everyone had joined: it does not fall further back.
    pub settled: u64,
    /// What the hub lost and a laptop held then: it must come back.
    pub owed: BTreeSet<Key>,
    /// The document that tomorrow's version raised.
    pub raised: Option<DocId>,
    pub stranger: Option<Stranger>,
    pub tally: Tally,
    pub weather: Weather,
    /// In foul weather: laptops' disks lose and garble what they kept, in every other story; in the others the hub's disk is put back. What
    /// both lose at once nobody has.
    pub disks_lose: bool,
}

impl World {
    pub fn new(seed: u64, weather: Weather) -> Self {
        Self {
            chance: Chance::new(seed),
            now: MORNING,
            queue: BTreeMap::new(),
            serial: 0,
            happened: 0,
            desk: Desk::new(MORNING),
            laptops: Vec::new(),
            wires: BTreeMap::new(),
            wires_made: 0,
            calm: true,
            settled: 0,
            owed: BTreeSet::new(),
            raised: None,
            stranger: None,
            tally: Tally::default(),
            weather,
            disks_lose: weather == Weather::Foul && !seed.is_multiple_of(2),
        }
    }

    pub fn at(&mut self, time: u64, happening: Happening) {
        self.serial += 1;
        self.queue.insert((time.max(self.now), self.serial), happening);
    }

    /// Lets everything happen until a moment, or until `enough`.
    pub fn run_until(&mut self, time: u64, enough: impl Fn(&Self) -> bool) {
        while let Some((&(at, serial), _)) = self.queue.first_key_value() {
            if at > time || enough(self) {
                break;
            }
            self.now = self.now.max(at);
            self.happened += 1;
            if let Some(happening) = self.queue.remove(&(at, serial)) {
                assert!(self.happened < TOO_MUCH, "a story without an end, again and again: {happening:?}");
                self.happen(happening);
            }
        }
        if !enough(self) {
            self.now = self.now.max(time);
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Tick(who) => self.tick(who),
            Happening::Written(who, life) => self.disk_done(who, life),
            Happening::Read(who, life, doc) => self.disk_read(who, life, doc),
            Happening::Dialled(who, life, wire) => self.dialled(who, life, wire),
            Happening::Called(who, life, call, body) => {
                if self.laptops[who].lives(life) {
                    self.feed(who, Input::Called { call, answer: Some((200, body)) });
                }
            }
            Happening::Signed(who, life, call, signatures) => {
                if self.laptops[who].lives(life) {
                    self.feed(who, Input::Signed { call, signatures });
                }
            }
            Happening::Wake(who) => self.wake(who),
            Happening::InReach(who) => self.laptops[who].in_reach = true,
            Happening::Up(wire, bytes) => self.up(wire, &bytes),
            Happening::Down(wire, bytes) => self.down(wire, bytes),
            Happening::Closed(wire) => self.closed(wire),
            Happening::HungUp(wire) => {
                self.desk.close(wire);
                if let Some(wire) = self.wires.get_mut(&wire) {
                    wire.there = false;
                }
            }
            Happening::Asked(wire, body) => self.asked(wire, &body),
            Happening::Answered(wire, body) => self.answered(wire, body),
            Happening::PollOver(wire) => self.answer(wire),
            Happening::Committed(life) => self.committed(life),
            Happening::Rise => {
                self.desk.rise();
                self.desk.begin_epoch(self.now);
            }
            Happening::Looked(who, doc) => self.looked(who, doc),
            Happening::Work => self.work(),
            Happening::Trouble => self.trouble(),
            Happening::Mischief => self.mischief(),
        }
    }

    /// The hub's store begins to write what was pushed.
    pub fn begin_commit(&mut self) {
        if self.desk.begin_commit(self.now) {
            let at = self.now + self.chance.of(1..12);
            self.at(at, Happening::Committed(self.desk.life));
        }
    }

    fn committed(&mut self, life: u32) {
        if life != self.desk.life || !self.desk.is_writing() {
            return;
        }
        if !self.calm && self.chance.percent(2) {
            self.tally.fault("hub disk");
            for wire in self.desk.store_failed() {
                self.cut(wire);
            }
        } else {
            let acks = self.desk.committed();
            for (wire, ack) in acks {
                self.say(wire, ack);
            }
            self.tell_everyone();
        }
        self.begin_commit();
    }

    pub fn tell_everyone(&mut self) {
        for wire in self.desk.everyone() {
            match self.wires.get(&wire).map(|wire| wire.kind) {
                Some(crate::wire::Kind::Stream) => self.tell(wire),
                Some(crate::wire::Kind::Exchange(mufakat::sync::client::Request::Sync)) => self.answer_if_done(wire),
                Some(crate::wire::Kind::Exchange(mufakat::sync::client::Request::Poll)) => {
                    self.tell(wire);
                    self.answer_if_news(wire);
                }
                None => {}
            }
        }
    }
}
