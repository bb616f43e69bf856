//! Every wait ends: by an answer, or by giving up and trying again after a pause.

use std::collections::BTreeSet;

use super::{
    super::{
        client::{Due, Event, Outgoing, Request, Stage, Transport},
        codec::DEFAULT_LIMITS,
        frame::{Except, Frame},
    },
    device::{ME, acked, client, stream, streaming, talk, words},
    kit::{Desk, SOME_DAY, ack, hash_of, id, makes},
};

#[test]
fn silence_after_a_push_is_failure_although_the_stream_stays_open() {
    let mut client = streaming(0);
    let mut desk = Desk::new();
    talk(&mut client, &mut desk, &mut None, 0);
    client.offer([makes(id(10))]);
    assert!(matches!(stream(&mut client, 10).as_slice(), [Frame::Push { .. }]));
    let until = client.deadline().expect("every wait has a deadline");
    // The hub's other words do not count as the answer.
    client.receive(Frame::Pong { n: 1 }, until - 1);
    assert_eq!(client.due(until - 1, 0), Due::Nothing);
    let patience = client.deadline().expect("still waiting");
    assert_eq!(client.due(patience, 0), Due::HangUp);
    assert_eq!((client.unsent(), client.stage()), (1, Stage::Offline));
}

#[test]
fn a_silent_stream_is_asked_and_then_given_up() {
    let mut client = streaming(0);
    assert_eq!(stream(&mut client, 0).len(), 1);
    let welcome_by = client.deadline().expect("a greeting has a deadline");
    let mut impatient = streaming(0);
    stream(&mut impatient, 0);
    assert_eq!(impatient.due(welcome_by, 0), Due::HangUp, "never welcomed");

    let welcome = Frame::Welcome { proto: 1, workspace: id(200), head: 0, limits: DEFAULT_LIMITS, time: SOME_DAY };
    client.receive(welcome, 100);
    let quiet = client.deadline().expect("quiet is noticed");
    assert_eq!(stream(&mut client, quiet), [Frame::Ping { n: 1 }]);
    let given_up = client.deadline().expect("a question has a deadline");
    assert!(given_up > quiet);
    let mut answered = quiet;
    client.receive(Frame::Pong { n: 1 }, quiet + 5);
    assert_eq!(client.due(given_up, 0), Due::Nothing, "it lives");
    answered += 5;
    assert_eq!(client.deadline(), Some(answered + (quiet - 100)));
    stream(&mut client, given_up + 60_000);
    assert_eq!(client.due(given_up + 200_000, 0), Due::HangUp);
}

#[test]
fn pauses_grow_to_a_minute_and_differ_between_devices() {
    let mut client = client();
    let mut now = 0;
    let mut pauses = Vec::new();
    for _ in 0..9 {
        assert_eq!(client.due(now, 0), Due::Dial);
        client.lost(now, 0);
        let until = client.deadline().expect("it tries again");
        pauses.push(until - now);
        assert_eq!(client.due(until - 1, 0), Due::Nothing);
        now = until;
    }
    assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    assert_eq!(client.due(now, 0), Due::Dial);
    client.lost(now, 29_999);
    assert_eq!(client.deadline(), Some(now + 59_999));
    client.resume();
    assert_eq!(client.due(now, 0), Due::Dial, "a person's wish does not wait");
}

#[test]
fn what_is_put_off_is_sent_again_in_time_and_in_order() {
    let (fact, first, second) = words();
    let mut client = streaming(0);
    let mut desk = Desk::new();
    talk(&mut client, &mut desk, &mut None, 0);
    client.offer([fact, first.clone(), second]);
    stream(&mut client, 0);
    let except = vec![(1, Except::Retry { after: 2 }), (2, Except::NeedsDeps { deps: vec![hash_of(&first)] })];
    let events = client.receive(ack(1, 1, 1, except), 1_000);
    assert_eq!(events[1..], [Event::Retry { at: 3_000 }]);
    assert_eq!(stream(&mut client, 2_999), []);
    assert_eq!(client.deadline(), Some(3_000));
    let again = stream(&mut client, 3_000);
    assert!(matches!(again.as_slice(), [Frame::Push { req: 2, items }] if items.len() == 2 && items[0] == first));
}

#[test]
fn over_http_an_edit_does_not_wait_for_the_poll_and_polls_do_not_spin() {
    let (mut client, mut desk) = (client(), Desk::new());
    client.due(0, 0);
    client.opened(Transport::Requests, 0);
    // The first request waits for nothing: until it is answered nobody knows how things are.
    let Some(Outgoing::Request(Request::Sync, frames)) = client.next(0) else { panic!("a greeting") };
    let [hello] = frames.as_slice() else { panic!("nothing else: {frames:?}") };
    assert_eq!((client.next(0), client.stage()), (None, Stage::Connecting));
    for answer in desk.answer(id(ME), &mut None, hello) {
        client.receive(answer, 0);
    }
    client.answered(Request::Sync);
    assert_eq!(client.stage(), Stage::Http);
    let poll = client.next(0);
    assert!(matches!(&poll, Some(Outgoing::Request(Request::Poll, frames)) if frames.len() == 1), "{poll:?}");
    assert_eq!(client.next(0), None, "one poll at a time");
    let (fact, first, _) = words();
    client.offer([fact, first]);
    let Some(Outgoing::Request(Request::Sync, frames)) = client.next(5) else { panic!("an edit goes at once") };
    assert!(matches!(frames.as_slice(), [Frame::Hello { token: None, .. }, Frame::Push { .. }]));
    let mut place = None;
    let mut events = Vec::new();
    for frame in frames {
        for answer in desk.answer(id(ME), &mut place, &frame) {
            events.extend(client.receive(answer, 9));
        }
    }
    client.answered(Request::Sync);
    assert_eq!((acked(&events), client.stage()), (vec![1, 2], Stage::Http));
    client.answered(Request::Poll);
    assert_eq!(client.next(10), None, "what came is not durable yet");
    let Some(Event::Log { to, .. }) = events.last() else { panic!("{events:?}") };
    client.durable(*to, BTreeSet::new());
    let again = client.next(11);
    assert!(
        matches!(&again, Some(Outgoing::Request(Request::Poll, frames)) if matches!(frames[0], Frame::Hello { cursor: 2, .. })),
        "{again:?}"
    );
    let until = client.deadline().expect("a poll has a deadline");
    assert_eq!(client.due(until, 0), Due::HangUp);
}

#[test]
fn a_word_that_waiting_cannot_mend_stops_the_machine_until_told() {
    for code in ["unauthorised", "revoked", "proto", "workspace"] {
        let mut client = streaming(0);
        stream(&mut client, 0);
        let error = Frame::Error { code: code.into(), message: String::new() };
        assert_eq!(client.receive(error, 0), [Event::Fatal { code: code.into() }]);
        assert_eq!((client.due(0, 0), client.stage()), (Due::HangUp, Stage::Stopped));
        assert_eq!((client.due(1 << 40, 0), client.deadline()), (Due::Nothing, None));
        client.resume();
        assert_eq!(client.due(0, 0), Due::Dial);
    }
    let mut client = streaming(0);
    let busy = Frame::Error { code: "busy".into(), message: "later".into() };
    assert!(matches!(client.receive(busy, 0).as_slice(), [Event::Trouble { .. }]));
    assert_eq!((client.due(0, 0), client.due(500, 0)), (Due::HangUp, Due::Dial));
}

#[test]
fn while_a_request_is_out_a_pause_that_has_passed_is_no_reason_to_be_called_again_and_again() {
    let (fact, first, _) = words();
    let mut client = client();
    client.due(0, 0);
    client.opened(Transport::Requests, 0);
    client.offer([fact, first]);
    assert!(matches!(client.next(0), Some(Outgoing::Request(Request::Sync, _))));
    let welcome = Frame::Welcome { proto: 1, workspace: id(200), head: 0, limits: DEFAULT_LIMITS, time: SOME_DAY };
    client.receive(welcome, 10);
    client.receive(ack(1, 1, 0, vec![(0, Except::Retry { after: 1 }), (1, Except::Retry { after: 1 })]), 10);
    client.answered(Request::Sync);
    assert_eq!(client.deadline(), Some(1_010));
    // Meanwhile a document is asked for, and the answer is long in coming.
    client.want(id(11));
    assert!(matches!(client.next(500), Some(Outgoing::Request(Request::Sync, _))));
    assert_eq!(client.next(1_010), None, "one request at a time");
    assert!(client.deadline() > Some(1_010), "{:?}", client.deadline());
}
