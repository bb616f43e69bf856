//! A story from its beginning to its end, and what it was made of.

use std::{collections::BTreeMap, fmt};

use mufakat::{
    domain::Fact,
    engine::{
        api::{Command, Request},
        core::Input,
    },
    sync::client::Transport,
};

use crate::{
    cast::{CAMBODIA, CHINA, Officer, SECRETARIAT, VIET_NAM},
    hands::EDITS,
    laptop::Laptop,
    shell::PORT,
    upgrade::NEWER,
    weather::Weather,
    world::{Happening, World},
};

/// After the last fault everything must have arrived within this many milliseconds.
const PATIENCE: u64 = 600_000;

/// Everything that goes wrong in foul weather. In a hundred stories each of them does.
const KINDS: [&str; 32] = [
    "clock set back",
    "clock set forward",
    "compaction",
    "crash",
    "cut",
    "delay",
    "device revoked",
    "duplicate",
    "held for review",
    "hostile: another's words",
    "hostile: asks for what is not its own",
    "hostile: change wrong inside",
    "hostile: flood",
    "hostile: forged return",
    "hostile: mutated frame",
    "hostile: two changes under one name",
    "hostile: wrong hash",
    "hub disk",
    "hub put back",
    "hub restart",
    "hub restored",
    "lost answer",
    "no signature",
    "out of reach",
    "profile copied",
    "rights",
    "schema raised",
    "silence",
    "told to wait",
    "value torn",
    "write lost",
    "write failed",
];

/// What stories were made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub stories: u64,
    pub laptops: u64,
    pub edits: u64,
    pub entries: u64,
    pub faults: BTreeMap<&'static str, u64>,
    pub declined: BTreeMap<String, u64>,
    /// Still to go wrong.
    pub troubles: u64,
    pub words: u64,
    pub sessions: u32,
    fewest_edits: Option<u64>,
    fewest_faults: Option<u64>,
}

impl Tally {
    pub fn fault(&mut self, kind: &'static str) {
        *self.faults.entry(kind).or_default() += 1;
    }

    pub fn declined(&mut self, code: &str) {
        *self.declined.entry(code.to_owned()).or_default() += 1;
    }

    fn all_faults(&self) -> u64 {
        self.faults.values().sum()
    }

    fn close(&mut self) {
        self.stories = 1;
        self.fewest_edits = Some(self.edits);
        self.fewest_faults = Some(self.all_faults());
    }

    pub fn add(&mut self, other: &Self) {
        self.stories += other.stories;
        self.laptops += other.laptops;
        self.edits += other.edits;
        self.entries += other.entries;
        for (kind, count) in &other.faults {
            *self.faults.entry(kind).or_default() += count;
        }
        for (code, count) in &other.declined {
            *self.declined.entry(code.clone()).or_default() += count;
        }
        let fewest = |one: Option<u64>, two: Option<u64>| one.into_iter().chain(two).min();
        self.fewest_edits = fewest(self.fewest_edits, other.fewest_edits);
        self.fewest_faults = fewest(self.fewest_faults, other.fewest_faults);
    }

    /// A simulation in which little happens proves little.
    pub fn is_worth_telling(&self, weather: Weather) {
        assert!(self.fewest_edits.is_some_and(|edits| edits >= 100), "a story of few edits: {self}");
        assert!(self.fewest_faults.is_some_and(|faults| faults >= 10), "a story of few faults: {self}");
        if weather == Weather::Foul && self.stories >= 100 {
            let never: Vec<_> = KINDS.iter().filter(|kind| !self.faults.contains_key(*kind)).collect();
            assert!(never.is_empty(), "never happened: {never:?}");
            let known = |kind: &&&str| !KINDS.contains(*kind);
            let more: Vec<_> = self.faults.keys().filter(known).collect();
            assert!(more.is_empty(), "not in the list of what goes wrong: {more:?}");
            assert!(self.declined.contains_key(NEWER), "nobody tried to write in a newer document");
            assert!(self.declined.contains_key("device-revoked"), "nobody wrote on after losing rights");
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} schedules, {} clients, {} edits, {} entries",
            self.stories, self.laptops, self.edits, self.entries
        )?;
        write!(f, ", {} faults (", self.all_faults())?;
        for (i, (kind, count)) in self.faults.iter().enumerate() {
            write!(f, "{}{kind} {count}", if i == 0 { "" } else { ", " })?;
        }
        write!(f, "); at least {} edits", self.fewest_edits.unwrap_or(0))?;
        write!(f, " and {} faults each; declined {:?}", self.fewest_faults.unwrap_or(0), self.declined)
    }
}

/// Tells the story of a seed; panics where it ends badly.
pub fn tell(seed: u64, weather: Weather) -> Tally {
    let mut world = World::new(seed, weather);
    let cast = casting(&mut world);
    for (number, officer) in (1..).zip(cast) {
        let transport = if world.chance.percent(60) { Transport::Stream } else { Transport::Requests };
        join(&mut world, number, officer, transport);
    }
    world.run_until(world.now + 60_000, World::at_rest);
    assert!(world.at_rest(), "the first load comes to its end");
    world.calm = false;
    world.settled = world.desk.head();
    world.tally.troubles = 12;
    world.at(world.now + 10, Happening::Work);
    world.at(world.now + 500, Happening::Trouble);
    while world.tally.edits < EDITS || world.tally.troubles > 0 {
        world.run_until(world.now + 1_000, |_| false);
        // The hub tells how far everyone is, as it would.
        if world.desk.up {
            world.tell_everyone();
        }
    }
    settle(&mut world);
    world.nobody_writes_in_what_is_newer();
    world.check_the_end();
    world.tally.laptops = u64::try_from(world.laptops.len()).unwrap_or(0);
    world.tally.entries = world.desk.head();
    world.tally.close();
    world.tally
}

fn casting(world: &mut World) -> Vec<Officer> {
    let mut cast = vec![CAMBODIA, SECRETARIAT];
    // Cambodia's officer has a second laptop in some stories.
    let mut others = vec![VIET_NAM, CAMBODIA, CHINA];
    for _ in 0..1 + world.chance.below(3) {
        let next = world.chance.below(others.len());
        cast.push(others.remove(next));
    }
    cast
}

fn join(world: &mut World, number: u8, officer: Officer, transport: Transport) {
    let laptop = Laptop::new(number, officer, transport);
    let fact = Fact::Device {
        id: laptop.device,
        person: officer.id(),
        label: format!("laptop {number}"),
        key: Some(laptop.public_key()),
    };
    world.desk.state(&fact, world.now);
    world.desk.state(&Fact::Owner { device: laptop.device, person: officer.id() }, world.now);
    let who = world.laptops.len();
    world.laptops.push(laptop);
    world.wake(who);
    let command = Command::Join { secret: "secret".to_owned(), label: format!("laptop {number}") };
    let id = mufakat::domain::EntityId::fresh(world.now, world.chance.bytes());
    world.feed(who, Input::Request { port: PORT, request: Request::Command { id, command } });
}

/// The faults stop; everyone is there; everything must arrive.
fn settle(world: &mut World) {
    world.calm = true;
    if !world.desk.up {
        world.at(world.now, Happening::Rise);
    }
    for who in 0..world.laptops.len() {
        world.laptops[who].in_reach = true;
        world.laptops[who].bad_disk = false;
        if world.laptops[who].engine.is_none() {
            world.at(world.now, Happening::Wake(who));
        }
        if let Some(typing) = world.laptops[who].typing.take() {
            let request = Request::CloseText { session: typing.session };
            world.feed(who, Input::Request { port: PORT, request });
        }
    }
    // What is under way comes to its end first.
    world.run_until(world.now + 35_000, |_| false);
    world.run_until(world.now + PATIENCE, World::at_rest);
    if world.everything_is_read() {
        world.run_until(world.now + 1_000, |_| false);
        world.run_until(world.now + PATIENCE, World::at_rest);
    }
    let how = |laptop: &Laptop| {
        let (shell, position) = (laptop.shell.as_ref(), laptop.position());
        format!(
            "{} {:?}: {:?} unsent, link {:?}, at {} of {}, misses {:?}, waiting on disk {:?}, writing {}, engine {:?}\n",
            laptop.officer.party,
            laptop.transport,
            shell.map(|shell| shell.unsent),
            shell.map(|shell| shell.link),
            position.number,
            world.desk.head(),
            position.missing,
            laptop.waiting_on_disk(),
            laptop.writing.is_some(),
            laptop.engine.as_ref().map(mufakat::engine::core::Engine::is_clean),
        )
    };
    assert!(world.at_rest(), "no rest:\n{}", world.laptops.iter().map(how).collect::<String>());
}
