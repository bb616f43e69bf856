//! What a device is told: everything it may see, nothing else, and its cursor always proves which history it counts.

use super::{
    super::{
        Cursor,
        codec::{self, DEFAULT_LIMITS},
        frame::{Entry, Except, Frame, Id, Item},
        hub::{Greeting, Hub, Reader},
    },
    kit::{Desk, Rules, SOME_DAY, change, fact, hash_of, id, makes, parts},
};

const ME: u8 = 1;
const YOU: u8 = 2;

fn logs(frames: &[Frame]) -> (Vec<&Entry>, Vec<Id>) {
    let mut all = (Vec::new(), Vec::new());
    for frame in frames {
        let Frame::Log { entries, lost, .. } = frame else { panic!("no log: {frame:?}") };
        all.0.extend(entries);
        all.1.extend(lost);
    }
    all
}

fn numbers(frames: &[Frame]) -> Vec<u64> {
    logs(frames).0.iter().map(|entry| entry.number).collect()
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    let mine = change(id(10), "anna", 1, &[], "mine");
    let yours = change(id(10), "ben", 1, &[hash_of(&mine)], "yours");
    desk.push(id(ME), &[makes(id(10)), mine]);
    desk.push(id(YOU), &[yours, makes(id(11)), change(id(11), "ben", 1, &[], "yours alone")]);
    desk
}

#[test]
fn ones_own_changes_come_without_body_and_others_with() {
    let desk = desk();
    let mut cursor = Cursor::default();
    let frames = desk.log(id(ME), &mut cursor, None);
    assert_eq!(numbers(&frames), [1, 2, 3, 4, 5]);
    let bodies: Vec<bool> =
        logs(&frames).0.iter().map(|entry| matches!(entry.item, Item::Change { body: None, .. })).collect();
    assert_eq!(bodies, [false, true, false, false, false]);
    assert_eq!((cursor.number, cursor.stamp), (5, desk.hub.stamp()));
    assert!(desk.log(id(ME), &mut cursor, None).is_empty(), "nothing new, nothing said");
}

#[test]
fn an_answered_push_is_not_told_again_on_the_same_way_and_a_lost_answer_costs_no_code() {
    let mut desk = desk();
    let mut cursor = Cursor::default();
    desk.log(id(ME), &mut cursor, None);
    let before = cursor;
    let ack = desk.push(id(ME), &[change(id(10), "anna", 2, &[], "again"), fact("mine too")]);
    desk.push(id(YOU), &[change(id(10), "ben", 2, &[], "between")]);
    let told = |reader: &Reader, mut cursor: Cursor| {
        let frames = desk.hub.log_for(reader, &mut cursor, desk.rows_after(5), None, &desk.rules, desk.now);
        assert_eq!(cursor.number, 8);
        frames
    };
    let mut reader = Reader::new(id(ME));
    reader.answered(&ack);
    assert_eq!(numbers(&told(&reader, before)), [7, 8], "a fact's code comes with the log");
    reader.heard(8);
    assert_eq!(numbers(&told(&reader, before)), [6, 7, 8], "what was heard need not be remembered");

    let frames = told(&Reader::new(id(ME)), before);
    let (entries, _) = logs(&frames);
    let Item::Change { body: None, signature: None, receipt: Some(_), .. } = &entries[0].item else {
        panic!("not as it was acknowledged: {:?}", entries[0]);
    };
    assert!(desk.hub.vouches(Some(id(ME)), &entries[0].item));
}

#[test]
fn what_a_device_may_not_see_moves_only_its_cursor() {
    let mut desk = desk();
    desk.rules.not_reading.insert((id(ME), id(11)));
    desk.push(id(YOU), &[fact("secret plan"), change(id(11), "ben", 2, &[], "more")]);
    desk.rules.secret_facts.insert(b"secret plan".to_vec());
    let mut cursor = Cursor::default();
    assert_eq!(numbers(&desk.log(id(ME), &mut cursor, None)), [1, 2, 3]);
    assert_eq!(cursor.number, 7);
}

#[test]
fn a_right_gained_brings_the_fact_and_a_right_lost_takes_the_document() {
    let mut desk = desk();
    desk.rules.not_reading.insert((id(ME), id(11)));
    let mut cursor = Cursor::default();
    desk.log(id(ME), &mut cursor, None);
    let then = desk.rules.clone();
    desk.rules.not_reading = [(id(ME), id(10))].into();
    desk.now += 1_000;
    let frames = desk.log(id(ME), &mut cursor, Some(&then));
    assert_eq!(numbers(&frames), [4], "by its old number, with no entry after it");
    assert_eq!(logs(&frames).1, [id(10)]);
    assert_eq!((cursor.number, cursor.as_of), (5, SOME_DAY + 1_000));
    let settled = desk.rules.clone();
    assert!(desk.log(id(ME), &mut cursor, Some(&settled)).is_empty(), "told once");
}

#[test]
fn long_logs_come_in_frames_that_each_can_be_kept() {
    let mut desk = Desk::new();
    desk.push(id(YOU), &[makes(id(10))]);
    let mut last: Option<Item> = None;
    for seq in 1..=300 {
        let deps: Vec<_> = last.iter().map(hash_of).collect();
        let next = change(id(10), "ben", seq, &deps, &"words ".repeat(200));
        desk.push(id(YOU), std::slice::from_ref(&next));
        last = Some(next);
    }
    let mut cursor = Cursor::default();
    let frames = desk.log(id(ME), &mut cursor, None);
    assert!(frames.len() > 3, "{} frames", frames.len());
    let mut at = Cursor::default();
    for frame in &frames {
        let Frame::Log { from, to, stamp, as_of, .. } = frame else { panic!("no log") };
        assert_eq!(*from, at.number);
        at = Cursor { number: *to, stamp: *stamp, as_of: *as_of };
        let hello = hello(at, None);
        assert!(matches!(desk.hub.greet(&hello, 0), Greeting::Welcome(_, place) if place == at));
        assert!(codec::encode(frame).len() < 70 << 10);
    }
    assert_eq!(at, cursor);
}

fn hello(cursor: Cursor, workspace: Option<Id>) -> Frame {
    Frame::Hello {
        proto: 1,
        token: None,
        workspace,
        device: id(ME),
        cursor: cursor.number,
        stamp: cursor.stamp,
        missing: Vec::new(),
        as_of: cursor.as_of,
        seen: 0,
        places: Vec::new(),
        apart: 0,
    }
}

#[test]
fn a_cursor_of_another_history_is_sent_back() {
    let desk = desk();
    let here = Cursor { number: 5, stamp: desk.hub.stamp(), as_of: 0 };
    let wrong = Cursor { stamp: [9; 8].into(), ..here };
    let ahead = Cursor { number: 6, ..here };
    let elsewhere = Hub::new(id(201), DEFAULT_LIMITS);
    let cases = [
        ("a stamp that is not mine", desk.hub.greet(&hello(wrong, None), 0), Some(Frame::Rewind { to: 0 })),
        ("a number I have not reached", desk.hub.greet(&hello(ahead, None), 0), Some(Frame::Rewind { to: 0 })),
        ("my own", desk.hub.greet(&hello(here, Some(id(200))), 0), None),
    ];
    for (what, greeting, expected) in cases {
        match greeting {
            Greeting::Turn(frame) => assert_eq!(Some(frame), expected, "{what}"),
            Greeting::Welcome(_, cursor) => assert_eq!((cursor, None), (here, expected), "{what}"),
        }
    }
    let strange = elsewhere.greet(&hello(Cursor::default(), Some(id(200))), 0);
    assert!(matches!(strange, Greeting::Turn(Frame::Error { code, .. }) if code == "workspace"));
}

#[test]
fn a_snapshot_is_whole_for_those_who_may_have_it_and_empty_for_others() {
    let mut desk = desk();
    let whole = desk.snapshot(id(ME), id(10));
    let [Frame::Snapshot { number: 3, entries, more: false, .. }] = whole.as_slice() else { panic!("{whole:?}") };
    assert!(
        entries.iter().all(|entry| matches!(entry.item, Item::Change { body: Some(_), .. })),
        "one's own with their bodies too: they may be lost here"
    );
    desk.rules.not_reading.insert((id(ME), id(10)));
    for doc in [id(10), id(77)] {
        let none = desk.snapshot(id(ME), doc);
        assert!(matches!(none.as_slice(), [Frame::Snapshot { number: 0, entries, .. }] if entries.is_empty()));
    }
}

#[test]
fn a_partys_best_device_speaks_for_it_and_never_beyond_the_head() {
    let mut desk = desk();
    let open = Rules::default();
    let mut have =
        |device, party, cursor, missing: &[Id]| desk.hub.have(id(device), party, (cursor, 7), missing, &open);
    assert!(have(1, "KH", 3, &[]));
    assert!(have(2, "KH", 99, &[id(10)]));
    assert!(!have(3, "KH", 2, &[]), "a slower one changes nothing");
    assert!(have(4, "VN", 1, &[]));
    let Frame::Seen { parties, revision } = desk.hub.seen(id(ME), &open) else { panic!("not seen") };
    let told: Vec<_> = parties.iter().map(|seen| (seen.party.as_str(), seen.cursor, seen.missing.len())).collect();
    assert_eq!(told, [("KH", 5, 1), ("VN", 1, 0)]);
    assert!(parties.iter().all(|seen| seen.as_of == 7));
    assert_eq!(revision, 3);
}

#[test]
fn how_far_others_are_names_no_document_that_the_reader_may_not_know() {
    let mut desk = desk();
    desk.rules.not_reading = [(id(ME), id(11)), (id(YOU), id(12))].into();
    // The other device says that it lacks both documents, and one it may not read itself.
    desk.hub.have(id(YOU), "VN", (5, 0), &[id(10), id(11), id(12)], &desk.rules);
    let missing = |reader| {
        let Frame::Seen { parties, .. } = desk.hub.seen(id(reader), &desk.rules) else { panic!("not seen") };
        parties[0].missing.clone()
    };
    assert_eq!(missing(ME), [id(10)]);
    assert_eq!(missing(YOU), [id(10), id(11)], "and nobody hears of what it may not have");
}

#[test]
fn no_answer_tells_whether_a_document_is_there_that_may_not_be_read() {
    let mut desk = desk();
    let first = change(id(11), "everyone", 1, &[], "the same in every document");
    desk.push(id(YOU), std::slice::from_ref(&first));
    desk.push(id(ME), &[fact("said by me"), fact("never said by anyone else")]);
    let theirs = change(id(11), "ben", 2, &[], "what I cannot know");
    let mine = change(id(11), "anna", 1, &[], "mine, acknowledged once");
    desk.push(id(ME), std::slice::from_ref(&mine));
    desk.rules.not_reading.insert((id(ME), id(11)));
    desk.rules.secret_facts = [b"doc 11".to_vec(), b"doc 10".to_vec(), b"never told".to_vec()].into();
    desk.rules.not_stating = [b"doc 11".to_vec(), b"never told".to_vec(), b"doc 77".to_vec()].into();

    let not_there = change(id(77), "everyone", 1, &[], "the same in every document");
    let (_, taken, hidden) = parts(&desk.push(id(ME), &[first, theirs.clone(), makes(id(11))]));
    let (_, _, absent) = parts(&desk.push(id(ME), &[not_there, change(id(77), "ben", 2, &[], "x"), makes(id(77))]));
    assert_eq!((taken, hidden), (0, absent), "there or not, the answer is the same");

    // What one has written oneself is known, also after the right to read it has ended.
    let (_, _, again) = parts(&desk.push(id(ME), &[mine, makes(id(10))]));
    assert!(matches!(again[&0], Except::Known { .. }), "{again:?}");
    assert!(matches!(again[&1], Except::Known { number: 1 }), "{again:?}");
}

#[test]
fn a_sign_of_life_is_told_when_it_is_news_and_outlives_the_hub() {
    let mut desk = desk();
    let open = Rules::default();
    assert!(!desk.hub.heard(id(1), 1_000), "of a device that said nothing yet nothing is known");
    desk.hub.have(id(1), "KH", (2, 7), &[id(10)], &open);
    let minute = 60_000;
    assert!(desk.hub.heard(id(1), 10 * minute), "the first");
    let told = desk.hub.seen_revision();
    assert!(!desk.hub.heard(id(1), 14 * minute), "one alone is no reason to tell everybody");
    assert_eq!(desk.hub.seen_revision(), told);
    desk.hub.have(id(2), "KH", (1, 7), &[], &open);
    assert!(desk.hub.heard(id(2), 15 * minute), "a slower device of the party is a sign of the party");
    let seen = |hub: &crate::sync::hub::Hub| {
        let Frame::Seen { parties, .. } = hub.seen(id(ME), &open) else { panic!("not seen") };
        parties.iter().map(|seen| (seen.party.clone(), seen.cursor, seen.heard_at)).collect::<Vec<_>>()
    };
    let known = vec![("KH".to_owned(), 2, 15 * minute)];
    assert_eq!(seen(&desk.hub), known);

    let kept: Vec<_> = desk.hub.contacts().collect();
    let mut restarted = self::desk();
    kept.into_iter().for_each(|contact| restarted.hub.recall("KH", contact));
    assert_eq!(seen(&restarted.hub), known);
    assert!(!restarted.hub.heard(id(1), 16 * minute), "what was told before it ended is not told again");
}

#[test]
fn who_fetches_documents_whole_is_told_of_them_and_not_of_their_changes() {
    let mut desk = desk();
    desk.rules.not_reading.insert((id(ME), id(11)));
    desk.push(id(YOU), &[change(id(10), "ben", 2, &[], "later")]);
    let mut cursor = Cursor::default();
    let rows = desk.rows_after(0);
    let frames = desk.hub.log_for(&Reader::new(id(ME)).fetching(5), &mut cursor, rows, None, &desk.rules, 0);
    let [Frame::Log { entries, apart, to, .. }] = frames.as_slice() else { panic!("one page: {frames:?}") };
    let told: Vec<u64> = entries.iter().map(|entry| entry.number).collect();
    assert_eq!(told, [1, 6], "the fact, and what came after the number it asked for");
    let [(doc, bytes)] = apart.as_slice() else { panic!("only what it may read: {apart:?}") };
    assert_eq!((*doc, *to), (id(10), 6));
    let left: usize = desk.rows_after(0)[1..3].iter().map(|row| row.item.size()).sum();
    assert_eq!(*bytes, u64::try_from(left).expect("small"));
}
