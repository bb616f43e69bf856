//! Whatever the network and the machines do, once they stop doing it everyone has everything, once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::prelude::*;

use super::{
    super::{
        Cursor, Key,
        client::{Client, Due, Event, Outgoing, Request, Start, Transport},
        frame::{Entry, Frame, Hash, Id, Item},
        history::History,
    },
    kit::{Desk, change, hash_of, id, makes},
};

#[derive(Debug, Clone, Copy)]
enum Step {
    Edit,
    Flush,
    Send,
    Hear,
    Doubled,
    Cut,
    Crash,
    HubRestart,
}

/// What a device holds: on disk, and what is in memory only.
struct Toy {
    device: Id,
    stream: bool,
    client: Client,
    lives: u8,
    place: Option<Cursor>,
    /// Frames on the way from the hub.
    down: VecDeque<Frame>,
    asked: Vec<Request>,
    /// Durable: items held with their number, if the hub has them.
    disk: BTreeMap<Key, (Item, Option<u64>)>,
    cursor: Cursor,
    /// Not durable yet.
    edits: Vec<Item>,
    logs: Vec<(Cursor, Vec<Entry>)>,
    last: Option<(u64, Hash)>,
    acked: BTreeMap<Key, u64>,
}

const DOC: u8 = 10;

impl Toy {
    fn new(n: u8) -> Self {
        let device = id(n);
        Self {
            device,
            stream: n % 2 == 1,
            client: Self::wake(device, Cursor::default()),
            lives: 0,
            place: None,
            down: VecDeque::new(),
            asked: Vec::new(),
            disk: BTreeMap::new(),
            cursor: Cursor::default(),
            edits: Vec::new(),
            logs: Vec::new(),
            last: None,
            acked: BTreeMap::new(),
        }
    }

    fn wake(device: Id, cursor: Cursor) -> Client {
        let (token, missing, history) = (vec![1; 32], BTreeSet::new(), History::default());
        Client::new(Start { device, token, workspace: None, cursor, missing, history, apart: 0 })
    }

    fn edit(&mut self, words: &str) {
        let (seq, deps) = self.last.map_or((1, Vec::new()), |(seq, hash)| (seq + 1, vec![hash]));
        // A new life is a new actor: what was not flushed left its sequence numbers behind.
        let item = change(id(DOC), &format!("{}-{}", self.device[0], self.lives), seq, &deps, words);
        self.last = Some((seq, hash_of(&item)));
        self.edits.push(item);
    }

    fn flush(&mut self) {
        let edits = std::mem::take(&mut self.edits);
        self.disk.extend(edits.iter().map(|item| (item.key(), (item.clone(), None))));
        self.client.offer(edits);
        for (to, entries) in std::mem::take(&mut self.logs) {
            for entry in entries {
                let held = self.disk.entry(entry.item.key()).or_insert((entry.item, None));
                held.1 = Some(entry.number);
            }
            self.cursor = to;
            self.client.durable(to, BTreeSet::new());
        }
    }

    fn crash(&mut self) {
        self.edits.clear();
        self.logs.clear();
        self.down.clear();
        self.asked.clear();
        self.place = None;
        self.lives += 1;
        self.last = None;
        self.client = Self::wake(self.device, self.cursor);
        let unsent: Vec<_> = self.disk.values().filter(|held| held.1.is_none()).map(|held| held.0.clone()).collect();
        self.client.offer(in_order(unsent));
    }

    fn send(&mut self, desk: &mut Desk, now: u64) {
        match self.client.due(now, 0) {
            Due::Dial => {
                let transport = if self.stream { Transport::Stream } else { Transport::Requests };
                self.client.opened(transport, now);
            }
            Due::HangUp => self.hang_up(),
            Due::Nothing => {}
        }
        while let Some(outgoing) = self.client.next(now) {
            let frames = match outgoing {
                Outgoing::Stream(frames) => frames,
                Outgoing::Request(request, frames) => {
                    self.place = None;
                    self.asked.push(request);
                    frames
                }
            };
            for frame in frames {
                let answers = desk.answer(self.device, &mut self.place, &frame);
                self.down.extend(answers);
            }
        }
    }

    fn hang_up(&mut self) {
        self.down.clear();
        self.asked.clear();
        self.place = None;
    }

    fn hear(&mut self, now: u64, twice: bool) {
        let Some(frame) = self.down.pop_front() else {
            for request in std::mem::take(&mut self.asked) {
                self.client.answered(request);
            }
            return;
        };
        let copies = if twice { 2 } else { 1 };
        for _ in 0..copies {
            for event in self.client.receive(frame.clone(), now) {
                self.act(event);
            }
        }
    }

    fn act(&mut self, event: Event) {
        match event {
            Event::Acked { key, number, .. } => {
                let before = self.acked.insert(key, number);
                assert!(before.is_none_or(|before| before == number), "one item, two numbers");
                if let Some(held) = self.disk.get_mut(&key) {
                    held.1 = Some(number);
                }
            }
            Event::Log { to, entries, .. } => {
                self.logs.push((to, entries));
            }
            Event::Welcome { .. } | Event::Seen(_) | Event::Reached(_) => {}
            other => panic!("{other:?} in a world without refusals"),
        }
    }
}

/// In the order of their making: actors live one after the other.
fn in_order(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by_key(|item| match item {
        Item::Change { body: Some(body), .. } => {
            let line = String::from_utf8_lossy(body).into_owned();
            let mut words = line.split(['-', ' ']);
            let mut number = || words.next().and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
            (number(), number(), number())
        }
        Item::Change { body: None, .. } | Item::Fact { .. } => (0, 0, 0),
    });
    items
}

fn a_step() -> impl Strategy<Value = (u8, Step)> {
    let step = prop_oneof![
        6 => Just(Step::Edit),
        5 => Just(Step::Flush),
        6 => Just(Step::Send),
        9 => Just(Step::Hear),
        2 => Just(Step::Doubled),
        2 => Just(Step::Cut),
        1 => Just(Step::Crash),
        1 => Just(Step::HubRestart),
    ];
    (0_u8..3, step)
}

fn live(steps: Vec<(u8, Step)>) -> (Desk, Vec<Toy>) {
    let mut desk = Desk::new();
    desk.push(id(99), &[makes(id(DOC))]);
    let mut toys: Vec<_> = (1..=3).map(Toy::new).collect();
    let mut now = 0;
    for (which, step) in steps {
        now += 400;
        let toy = &mut toys[usize::from(which)];
        match step {
            Step::Edit => toy.edit(&format!("at {now}")),
            Step::Flush => toy.flush(),
            Step::Send => toy.send(&mut desk, now),
            Step::Hear => toy.hear(now, false),
            Step::Doubled => toy.hear(now, true),
            Step::Cut => {
                toy.hang_up();
                toy.client.lost(now, 7);
            }
            Step::Crash => toy.crash(),
            Step::HubRestart => desk.restart(),
        }
        for toy in &toys {
            for (key, number) in &toy.acked {
                let row = desk.store.iter().find(|row| row.number == *number).expect("acknowledged and not there");
                assert_eq!(row.item.key(), *key, "acknowledged under another's number");
            }
        }
    }
    for _ in 0..40 {
        now += 20_000;
        for toy in &mut toys {
            toy.flush();
            toy.send(&mut desk, now);
            while !toy.down.is_empty() || !toy.asked.is_empty() {
                toy.hear(now, false);
            }
        }
    }
    for toy in &mut toys {
        toy.flush();
    }
    (desk, toys)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn everyone_ends_with_everything_once(steps in prop::collection::vec(a_step(), 20..160)) {
        let (desk, toys) = live(steps);
        let log: BTreeMap<Key, u64> = desk.store.iter().map(|row| (row.item.key(), row.number)).collect();
        prop_assert_eq!(log.len(), desk.store.len(), "nothing twice");
        for toy in &toys {
            let held: BTreeMap<Key, u64> =
                toy.disk.iter().filter_map(|(key, (_, number))| number.map(|number| (*key, number))).collect();
            prop_assert_eq!(&held, &log, "everything, under the hub's number");
            prop_assert_eq!(toy.disk.len(), log.len(), "and what was flushed reached the hub");
            prop_assert_eq!((toy.cursor.number, toy.cursor.stamp), (desk.hub.head(), desk.hub.stamp()));
            prop_assert_eq!(toy.client.unsent(), 0);
        }
        let heads: BTreeSet<u64> = toys.iter().map(|toy| toy.cursor.number).collect();
        prop_assert_eq!(heads.len(), 1);
    }
}
