//! Compacted documents on their way: nobody takes itself to have what it has not, and no snapshot loses who and when.

use super::{
    super::{
        Cursor,
        client::Event,
        frame::{Entry, Frame, Item},
        marks::Marks,
    },
    device::{stream, streaming},
    kit::{Desk, change, hash_of, id, makes},
};

const ME: u8 = 1;
const YOU: u8 = 2;
const NEW: u8 = 3;

/// Two people in one document, one of them in another too: entries 1 to 8.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let first = change(id(10), "anna", 1, &[], "one");
    let second = change(id(10), "ben", 1, &[hash_of(&first)], "two");
    let third = change(id(10), "ben", 2, &[hash_of(&second)], "three");
    let fourth = change(id(10), "anna", 2, &[hash_of(&third)], "four");
    desk.push(id(ME), &[makes(id(10)), first]);
    desk.push(id(YOU), &[second, third, makes(id(11)), change(id(11), "ben", 1, &[], "elsewhere")]);
    desk.now += 1_000;
    desk.push(id(ME), std::slice::from_ref(&fourth));
    desk.push(id(YOU), &[change(id(10), "ben", 3, &[hash_of(&fourth)], "five")]);
    desk
}

/// Entries as the hub tells them: number, and whether their body came.
fn told(frames: &[Frame]) -> Vec<(u64, bool)> {
    let entries = frames.iter().flat_map(|frame| match frame {
        Frame::Log { entries, .. } => entries.as_slice(),
        other => panic!("no log: {other:?}"),
    });
    let with = |entry: &Entry| !matches!(entry.item, Item::Change { body: None, .. });
    entries.map(|entry| (entry.number, with(entry))).collect()
}

#[test]
fn the_last_of_what_was_compacted_speaks_for_all_of_it() {
    let mut desk = desk();
    desk.compact(id(10), 7, vec![1, 2, 3]);
    let log = |device, from: u64| {
        let mut cursor = Cursor { number: from, ..Cursor::default() };
        let frames = desk.log(id(device), &mut cursor, None);
        assert_eq!((cursor.number, cursor.stamp), (8, desk.hub.stamp()), "the cursor proves all of it all the same");
        told(&frames)
    };
    // 2, 3, 4 and 7 are compacted: 7 is the last. Whoever has 7 has all before it; nobody else must think so.
    assert_eq!(log(NEW, 0), [(1, true), (5, true), (6, true), (7, false), (8, true)]);
    assert_eq!(log(NEW, 4), [(5, true), (6, true), (7, false), (8, true)]);
    assert_eq!(log(NEW, 7), [(8, true)]);
    // One's own are all told, to be acknowledged by; among others' the last one speaks.
    assert_eq!(log(YOU, 0), [(1, true), (3, false), (4, false), (5, true), (6, false), (7, false), (8, false)]);
    assert_eq!(log(ME, 0), [(1, true), (2, false), (4, false), (5, true), (6, true), (7, false), (8, true)]);
}

#[test]
fn a_compacted_document_comes_in_parts_with_the_marks_of_all_its_changes() {
    let mut desk = desk();
    let bytes: Vec<u8> = (0..150_000_u32).map(|n| (n * 7 % 251) as u8).collect();
    desk.compact(id(10), 7, bytes.clone());
    let frames = desk.snapshot(id(NEW), id(10));
    assert!(frames.len() > 3, "a slow link sees that it comes: {} frames", frames.len());
    let mut client = streaming(0);
    client.want(id(10));
    let asked = stream(&mut client, 0);
    assert!(asked.contains(&Frame::Want { doc: id(10), folded: true }), "{asked:?}");
    let mut events: Vec<Event> = frames.into_iter().flat_map(|frame| client.receive(frame, 1)).collect();
    let Some(Event::Snapshot { doc, number: 8, entries, bytes: Some(came), marks }) = events.pop() else {
        panic!("{events:?}")
    };
    assert_eq!((doc, came), (id(10), bytes));
    assert_eq!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [8], "what was not compacted");
    let found = Marks::of(&marks);
    for row in desk.store.iter().filter(|row| row.item.key().doc == Some(id(10)) && row.number <= 7) {
        let mark = found.get(&row.actor, row.seq).expect("a mark");
        assert_eq!((mark.number, mark.received_at, mark.device), (row.number, Some(row.received_at), row.device));
    }
    assert!(found.get(b"ben", 3).is_none(), "and of no other");
    desk.rules.not_reading.insert((id(NEW), id(10)));
    let none = desk.snapshot(id(NEW), id(10));
    assert!(matches!(none.as_slice(), [Frame::Snapshot { number: 0, bytes: None, marks, .. }] if marks.is_empty()));
}
