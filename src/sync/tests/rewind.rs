//! A hub that fell back to an older state is noticed, by what was heard and by what was acknowledged; what it lost it
//! takes back from whoever has it, and nothing else.

use std::collections::BTreeSet;

use super::{
    super::{
        Cursor,
        client::{Client, Due, Event, Transport},
        frame::{Entry, Except, Frame, Id, Item},
    },
    device::{ME, stream, streaming},
    kit::{Desk, change, fact, hash_of, id, makes, parts},
};

/// Says everything and hears everything; what was heard is durable at once.
fn meet(client: &mut Client, desk: &mut Desk, place: &mut Option<Cursor>, now: u64) -> Vec<Event> {
    let mut all = Vec::new();
    loop {
        let said = stream(client, now);
        if said.is_empty() {
            return all;
        }
        for frame in said {
            for answer in desk.answer(id(ME), place, &frame) {
                for event in client.receive(answer, now) {
                    if let Event::Log { to, .. } = &event {
                        client.durable(*to, BTreeSet::new());
                    }
                    all.push(event);
                }
            }
        }
    }
}

fn again(client: &mut Client, now: u64) {
    client.lost(now, 0);
    while client.due(now + 100_000, 0) != Due::Dial {}
    client.opened(Transport::Stream, now + 100_000);
}

fn rewound(events: &[Event]) -> Option<u64> {
    events.iter().find_map(|event| if let Event::Rewind { to } = event { Some(to.number) } else { None })
}

#[test]
fn counting_goes_on_from_the_last_place_that_both_have_passed() {
    let (mut client, mut desk, mut place) = (streaming(0), Desk::new(), None);
    for n in 0..30 {
        desk.push(id(9), &[fact(&format!("fact {n}"))]);
        meet(&mut client, &mut desk, &mut place, n);
        if let Some(place) = &mut place {
            for frame in desk.log(id(ME), place, None) {
                for event in client.receive(frame, n) {
                    if let Event::Log { to, .. } = event {
                        client.durable(to, BTreeSet::new());
                    }
                }
            }
        }
    }
    assert_eq!(client.cursor().number, 30);
    desk.fall_back(24);
    desk.push(id(9), &[fact("another history")]);
    again(&mut client, 1_000);
    let hello = stream(&mut client, 101_000);
    assert!(matches!(&hello[..], [Frame::Hello { places, .. }] if places.is_empty()), "nothing for every day");
    let turn = desk.answer(id(ME), &mut None, &hello[0]).remove(0);
    assert_eq!(turn, Frame::Rewind { to: 0 });
    assert_eq!(client.receive(turn, 101_000), [], "first it says what it has passed");
    assert_eq!(client.due(101_000, 0), Due::HangUp);
    assert_eq!(client.due(101_000, 0), Due::Dial, "at once");
    client.opened(Transport::Stream, 101_000);
    let events = meet(&mut client, &mut desk, &mut None, 101_000);
    let to = rewound(&events).expect("a rewind");
    assert!((18..=24).contains(&to), "from {to} on, not from the beginning");
}

#[test]
fn what_was_acknowledged_and_not_yet_heard_is_missed_when_it_is_gone() {
    let (mut client, mut desk, mut place) = (streaming(0), Desk::new(), None);
    desk.push(id(9), &[makes(id(10))]);
    meet(&mut client, &mut desk, &mut place, 0);
    let before = client.cursor();
    assert_eq!(before.number, 1);
    client.offer([change(id(10), "anna", 1, &[], "acknowledged")]);
    let push = stream(&mut client, 1);
    let Frame::Push { items, .. } = &push[push.len() - 1] else { panic!("a push: {push:?}") };
    let ack = desk.push(id(ME), items);
    let events = client.receive(ack, 2);
    assert!(matches!(events[..], [Event::Reached(at), Event::Acked { number: 2, .. }] if at.number == 2), "{events:?}");
    // The log that would have told it never comes; another entry takes the number.
    desk.fall_back(1);
    for n in 0..4 {
        desk.push(id(9), &[fact(&format!("fact {n}"))]);
    }
    again(&mut client, 10);
    let events = meet(&mut client, &mut desk, &mut None, 100_010);
    assert_eq!(rewound(&events), Some(1), "although the cursor itself is in this history");
    client.durable(before, BTreeSet::new());
}

fn lost(desk: &mut Desk) -> Vec<Entry> {
    let first = change(id(10), "anna", 1, &[], "one");
    let second = change(id(10), "bert", 1, &[hash_of(&first)], "two");
    desk.push(id(2), &[makes(id(10)), first]);
    desk.now += 1_000;
    desk.push(id(3), &[second]);
    let frames = desk.log(id(7), &mut Cursor::default(), None);
    let entries = |frame| if let Frame::Log { entries, .. } = frame { entries } else { Vec::new() };
    frames.into_iter().flat_map(entries).collect()
}

#[test]
fn what_the_hub_once_took_it_takes_again_from_anyone_under_its_authors_name() {
    let mut desk = Desk::new();
    let entries = lost(&mut desk);
    let before = desk.store.clone();
    desk.fall_back(0);
    desk.now += 900_000;
    // Whose rights have ended since, and who may not write, changes nothing: it was taken by the rights of its time.
    desk.rules.not_writing.extend([(id(2), id(10)), (id(3), id(10)), (id(7), id(10))]);
    let (first, taken, except) = parts(&desk.take_back(id(7), 1, entries.clone()));
    assert_eq!((first, taken, except.len()), (1, 3, 0));
    assert_eq!(desk.store, before, "the same entries, authors and dates");
    let (_, taken, except) = parts(&desk.take_back(id(8), 1, entries));
    assert_eq!((taken, except.len()), (0, 3), "another who brings it finds it there");
    assert!(except.values().all(|except| matches!(except, Except::Known { .. })), "{except:?}");
}

#[test]
fn what_the_hub_never_took_is_refused_and_does_not_stop_the_rest() {
    let mut desk = Desk::new();
    let entries = lost(&mut desk);
    desk.fall_back(0);
    let not = Except::Refused { why: "unvouched".to_owned() };
    let forged = |change: &dyn Fn(&mut Entry), at: usize| {
        let mut entry = entries[at].clone();
        change(&mut entry);
        entry
    };
    let no_code = |entry: &mut Entry| match &mut entry.item {
        Item::Change { receipt, .. } => *receipt = None,
        Item::Fact { mac, .. } => *mac = None,
    };
    let another: &dyn Fn(&mut Entry) = &|entry| entry.device = Some(id(4));
    let bad = [forged(&no_code, 0), forged(another, 0), forged(another, 1), forged(&no_code, 1)];
    let mut brought: Vec<Entry> = bad.to_vec();
    brought.extend(entries.clone());
    // One's own words need no code, and are judged as in any push.
    let mine = Entry { number: 9, received_at: 5, device: Some(id(7)), item: change(id(10), "carl", 1, &[], "mine") };
    desk.rules.not_writing.insert((id(8), id(10)));
    brought.push(mine.clone());
    let (_, taken, except) = parts(&desk.take_back(id(7), 1, brought));
    assert_eq!((taken, except.len()), (4, 4), "{except:?}");
    assert!((0..4).all(|index| except[&index] == not), "{except:?}");
    let others = Entry { device: Some(id(8)), item: change(id(10), "dora", 1, &[], "no"), ..mine };
    let (_, _, except) = parts(&desk.take_back(id(8), 1, vec![others]));
    assert_eq!(except[&0], Except::Refused { why: "not-a-writer".to_owned() });
    assert_eq!(desk.hub.counts()["unvouched"], 4, "and counted");
}

#[test]
fn nothing_new_is_said_before_all_was_given_back() {
    let mut desk = Desk::new();
    let entries = lost(&mut desk);
    desk.fall_back(0);
    let (mut client, mut place) = (streaming(0), None);
    client.give_back(entries.clone());
    client.offer([fact("new")]);
    let events = meet(&mut client, &mut desk, &mut place, 0);
    let back = |event: &&Event| matches!(event, Event::Returned { told: Ok(_), .. });
    assert_eq!(events.iter().filter(back).count(), entries.len());
    assert_eq!((client.to_give_back(), client.unsent(), desk.store.len()), (0, 1, entries.len()));
    client.gave_back();
    meet(&mut client, &mut desk, &mut place, 1);
    assert_eq!((client.unsent(), desk.store.len()), (0, entries.len() + 1));
    let wrote: Vec<Option<Id>> = desk.store.iter().map(|row| row.device).collect();
    assert_eq!(wrote, [Some(id(2)), Some(id(2)), Some(id(3)), Some(id(ME))]);
}
