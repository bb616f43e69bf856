//! Exactly once: whatever is lost, doubled or late on the way, each item is in the log once and its writer is told the
//! truth about it.

use std::collections::BTreeSet;

use super::{
    super::{
        Cursor,
        client::{Due, Event, Outgoing, Request, Stage, Transport},
        codec::DEFAULT_LIMITS,
        frame::{Except, Frame, Limits},
    },
    device::{ME, acked, client, stream, streaming, talk, words},
    kit::{Desk, ack, change, hash_of, id, makes},
};

#[test]
fn a_reconnection_with_work_to_send_takes_one_round_trip() {
    let (mut client, mut desk) = (streaming(0), Desk::new());
    let (fact, first, second) = words();
    client.offer([fact, first, second]);
    let sent = stream(&mut client, 0);
    assert!(matches!(sent.as_slice(), [Frame::Hello { token: Some(_), .. }, Frame::Push { .. }]), "{sent:?}");
    assert_eq!(client.stage(), Stage::Connecting, "sent is not welcomed");
    let mut place = None;
    let answers: Vec<_> = sent.iter().flat_map(|frame| desk.answer(id(ME), &mut place, frame)).collect();
    let events: Vec<_> = answers.into_iter().flat_map(|frame| client.receive(frame, 50)).collect();
    assert_eq!(acked(&events), [1, 2, 3]);
    assert_eq!((client.unsent(), client.stage(), client.head()), (0, Stage::Live, 3));
}

#[test]
fn a_lost_acknowledgement_is_heard_again_and_stores_nothing_twice() {
    let (mut client, mut desk) = (streaming(0), Desk::new());
    let (fact, first, _) = words();
    client.offer([fact, first]);
    let mut place = None;
    for frame in stream(&mut client, 0) {
        desk.answer(id(ME), &mut place, &frame);
    }
    assert_eq!(client.unsent(), 2, "nothing was heard, so nothing is certain");
    client.lost(1_000, 0);
    desk.restart();
    assert_eq!(client.due(2_000, 0), Due::Dial);
    client.opened(Transport::Stream, 2_000);
    let events = talk(&mut client, &mut desk, &mut None, 2_000);
    assert_eq!(acked(&events), [1, 2]);
    assert_eq!(desk.store.len(), 2);
}

#[test]
fn an_echo_of_an_acknowledgement_says_nothing_and_nonsense_is_not_believed() {
    let (mut client, mut desk) = (streaming(0), Desk::new());
    talk(&mut client, &mut desk, &mut None, 0);
    let (fact, first, second) = words();
    client.offer([fact, first]);
    stream(&mut client, 0);
    let echo = ack(1, 1, 2, Vec::new());
    assert_eq!(client.receive(echo.clone(), 0).len(), 2);
    client.offer([second]);
    stream(&mut client, 0);
    assert_eq!(client.receive(echo, 0), [], "an echo");
    assert_eq!(client.unsent(), 1);
    for (taken, except) in [(2, vec![]), (0, vec![]), (0, vec![(5, Except::Fork)])] {
        let mut client = streaming(0);
        client.offer([makes(id(10))]);
        stream(&mut client, 0);
        let events = client.receive(ack(1, 9, taken, except), 0);
        assert!(matches!(events.as_slice(), [Event::Trouble { .. }]), "{events:?}");
        assert_eq!(client.due(0, 0), Due::HangUp);
        assert_eq!(client.unsent(), 1, "still to be sent");
    }
}

#[test]
fn ones_own_entry_in_the_log_is_as_good_as_an_acknowledgement() {
    let (mut client, mut desk) = (streaming(0), Desk::new());
    let (fact, first, _) = words();
    let (fact_key, first_key) = (fact.key(), first.key());
    desk.push(id(ME), &[fact.clone(), first.clone()]);
    client.offer([fact, first]);
    let hello = stream(&mut client, 0).remove(0);
    let events: Vec<_> =
        desk.answer(id(ME), &mut None, &hello).into_iter().flat_map(|frame| client.receive(frame, 0)).collect();
    assert!(matches!(events[1], Event::Acked { key, number: 1, .. } if key == fact_key));
    assert!(matches!(events[2], Event::Acked { key, number: 2, .. } if key == first_key));
    assert!(matches!(&events[3], Event::Log { from: 0, to, .. } if to.number == 2));
    let late = ack(1, 0, 0, vec![(0, Except::Known { number: 1 }), (1, Except::Known { number: 2 })]);
    assert_eq!(acked(&client.receive(late, 0)), [1, 2], "saying it twice harms nobody");
    assert_eq!(client.unsent(), 0);
}

#[test]
fn exceptions_are_told_and_what_builds_on_them_is_not_sent() {
    let (fact, first, second) = words();
    let (elsewhere, third) = (change(id(11), "anna", 1, &[], "x"), change(id(10), "anna", 3, &[], "three"));
    let mut client = streaming(0);
    client.offer([fact, first.clone(), second.clone(), elsewhere.clone()]);
    stream(&mut client, 0);
    client.offer([third]);
    let except = vec![
        (1, Except::Refused { why: "not-a-writer".into() }),
        (2, Except::NeedsDeps { deps: vec![hash_of(&first)] }),
        (3, Except::NeedsDeps { deps: vec![hash_of(&second)] }),
    ];
    let events = client.receive(ack(1, 1, 1, except), 0);
    let expected = [
        Event::Acked { key: makes(id(10)).key(), number: 1, receipt: None },
        Event::Refused { key: first.key(), why: "not-a-writer".into() },
        Event::NeedsDeps { key: elsewhere.key(), deps: vec![hash_of(&second)] },
    ];
    assert_eq!(events, expected);
    assert_eq!(client.unsent(), 0, "the engine rebuilds the document and offers again");
}

#[test]
fn a_cursor_moves_only_when_the_engine_says_it_is_durable() {
    let (mut client, mut desk) = (streaming(0), Desk::new());
    let (fact, first, _) = words();
    desk.push(id(2), &[fact, first]);
    let mut place = None;
    let events = talk(&mut client, &mut desk, &mut place, 0);
    let Some(Event::Log { to, .. }) = events.last() else { panic!("{events:?}") };
    assert_eq!(client.cursor().number, 0, "heard is not kept");
    client.lost(0, 0);
    client.due(1_000, 0);
    client.opened(Transport::Stream, 1_000);
    let again = talk(&mut client, &mut desk, &mut None, 1_000);
    assert_eq!(again.last(), events.last(), "what was not kept comes again");
    client.durable(*to, [id(10)].into());
    let have = stream(&mut client, 1_000);
    assert!(matches!(have.as_slice(), [Frame::Have { cursor: 2, missing, .. }] if missing == &[id(10)]), "{have:?}");
    client.durable(Cursor::default(), BTreeSet::new());
    assert_eq!(client.cursor(), *to, "a late word from before takes nothing back");
}

#[test]
fn a_log_that_skips_something_is_not_believed() {
    let mut client = streaming(0);
    let mut desk = Desk::new();
    talk(&mut client, &mut desk, &mut None, 0);
    let gap =
        Frame::Log { from: 3, to: 4, stamp: [0; 8].into(), entries: vec![], lost: vec![], as_of: 1, apart: vec![] };
    assert!(matches!(client.receive(gap, 0).as_slice(), [Event::Trouble { .. }]));
    assert_eq!(client.due(0, 0), Due::HangUp);
}

#[test]
fn a_request_that_ends_without_acknowledgement_is_made_again() {
    let mut client = client();
    client.due(0, 0);
    client.opened(Transport::Requests, 0);
    client.offer([makes(id(10))]);
    client.want(id(12));
    let first = client.next(0);
    client.answered(Request::Sync);
    let second = client.next(1);
    for request in [&first, &second] {
        let Some(Outgoing::Request(Request::Sync, frames)) = request else { panic!("{request:?}") };
        assert!(matches!(frames.as_slice(), [Frame::Hello { .. }, Frame::Push { .. }, Frame::Want { .. }]));
    }
}

#[test]
fn documents_are_asked_for_few_at_a_time_in_the_order_wished_and_again_when_lost() {
    let wanted = |frames: &[Frame]| -> Vec<u8> {
        frames
            .iter()
            .filter_map(|frame| if let Frame::Want { doc, folded: true } = frame { Some(doc[0]) } else { None })
            .collect()
    };
    let (entries, marks) = (Vec::new, Vec::new);
    let snapshot =
        |doc, more| Frame::Snapshot { doc: id(doc), number: 3, entries: entries(), bytes: None, marks: marks(), more };
    let mut client = streaming(0);
    for doc in [11, 12, 13, 14, 15, 16] {
        client.want(id(doc));
        client.want(id(doc));
    }
    assert_eq!(wanted(&stream(&mut client, 0)), [11, 12, 13, 14]);
    assert_eq!(client.receive(snapshot(11, true), 1), [], "not whole yet");
    assert!(matches!(client.receive(snapshot(11, false), 2).as_slice(), [Event::Snapshot { number: 3, .. }]));
    assert_eq!(client.receive(snapshot(99, false), 2), [], "nobody asked");
    assert_eq!(wanted(&stream(&mut client, 3)), [15]);
    client.lost(4, 0);
    client.due(10_000, 0);
    client.opened(Transport::Stream, 10_000);
    assert_eq!(wanted(&stream(&mut client, 10_000)), [12, 13, 14, 15]);
}

#[test]
fn a_hub_that_fell_back_is_answered_with_all_one_holds() {
    let (mut client, mut desk) = (streaming(0), Desk::new());
    let (fact, first, second) = words();
    client.offer([fact.clone(), first.clone(), second.clone()]);
    let events = talk(&mut client, &mut desk, &mut None, 0);
    let Some(Event::Log { to, .. }) = events.last() else { panic!("{events:?}") };
    client.durable(*to, BTreeSet::new());
    // The hub comes back with a backup that lacks the last entries, then takes others.
    desk.store.truncate(1);
    desk.restart();
    desk.push(id(2), &[change(id(10), "ben", 1, &[], "meanwhile")]);
    client.lost(0, 0);
    client.due(1_000, 0);
    client.opened(Transport::Stream, 1_000);
    assert_eq!(talk(&mut client, &mut desk, &mut None, 1_000), [], "it says first what it has passed");
    assert_eq!((client.due(1_000, 0), client.due(1_000, 0)), (Due::HangUp, Due::Dial));
    client.opened(Transport::Stream, 1_000);
    let events = talk(&mut client, &mut desk, &mut None, 1_000);
    assert!(matches!(events[..], [Event::Rewind { to }] if to.number == 0), "{events:?}");
    assert_eq!(client.due(1_000, 0), Due::HangUp);
    assert_eq!(client.due(900_000, 0), Due::Nothing, "it waits for the engine");
    client.durable(*to, BTreeSet::new());
    assert_eq!(client.cursor(), *to, "a transaction from before is no answer");
    client.durable(Cursor::default(), BTreeSet::new());
    client.offer([fact, first, second]);
    assert_eq!(client.due(900_000, 0), Due::Dial);
    client.opened(Transport::Stream, 900_000);
    let events = talk(&mut client, &mut desk, &mut None, 900_000);
    assert_eq!(acked(&events), [1, 3, 4]);
    assert_eq!(desk.store.len(), 4, "the hub is complete again");
}

#[test]
fn a_push_keeps_to_what_the_hub_allows() {
    let mut client = streaming(0);
    let limits = Limits { entries: 3, ..DEFAULT_LIMITS };
    client.receive(Frame::Welcome { proto: 1, workspace: id(200), head: 0, limits, time: 0 }, 0);
    client.offer((0..8).map(|n| makes(id(n))));
    let frames = stream(&mut client, 0);
    assert!(matches!(frames.last(), Some(Frame::Push { items, .. }) if items.len() == 3));
    let mut client = streaming(0);
    client.offer((1..100).map(|seq| change(id(10), "anna", seq, &[], &"word ".repeat(2_000))));
    let frames = stream(&mut client, 0);
    assert!(matches!(frames.last(), Some(Frame::Push { items, .. }) if items.len() == 13), "about 128 KiB");
}
