//! A device's machine in the hands of a test.

use std::collections::BTreeSet;

use super::{
    super::{
        Cursor,
        client::{Client, Due, Event, Outgoing, Start, Transport},
        frame::{Frame, Item},
        history::History,
    },
    kit::{Desk, change, hash_of, id, makes},
};

pub const ME: u8 = 1;

pub fn client() -> Client {
    Client::new(Start {
        device: id(ME),
        token: vec![7; 32],
        workspace: None,
        cursor: Cursor::default(),
        missing: BTreeSet::new(),
        history: History::default(),
        apart: 0,
    })
}

pub fn streaming(now: u64) -> Client {
    let mut client = client();
    assert_eq!(client.due(now, 0), Due::Dial);
    client.opened(Transport::Stream, now);
    client
}

pub fn stream(client: &mut Client, now: u64) -> Vec<Frame> {
    match client.next(now) {
        Some(Outgoing::Stream(frames)) => frames,
        Some(Outgoing::Request(..)) => panic!("a request on a stream"),
        None => Vec::new(),
    }
}

pub fn words() -> (Item, Item, Item) {
    let first = change(id(10), "anna", 1, &[], "one");
    let second = change(id(10), "anna", 2, &[hash_of(&first)], "two");
    (makes(id(10)), first, second)
}

/// The numbers told, each once: an item may be seen in the log and be acknowledged after that.
pub fn acked(events: &[Event]) -> Vec<u64> {
    let numbers: BTreeSet<u64> = events
        .iter()
        .filter_map(|event| if let Event::Acked { number, .. } = event { Some(*number) } else { None })
        .collect();
    numbers.into_iter().collect()
}

/// Delivers frames to the hub and its answers back.
pub fn talk(client: &mut Client, desk: &mut Desk, place: &mut Option<Cursor>, now: u64) -> Vec<Event> {
    let mut events = Vec::new();
    for frame in stream(client, now) {
        for answer in desk.answer(id(ME), place, &frame) {
            events.extend(client.receive(answer, now));
        }
    }
    events
}
