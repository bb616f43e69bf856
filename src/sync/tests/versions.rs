//! Devices and hubs of different versions: whoever is behind reads on, and nothing written is lost for it.

use super::{
    super::{
        Cursor,
        client::{Client, Event, Stage, Transport},
        codec::DEFAULT_LIMITS,
        frame::{Frame, Limits, PROTO},
        versions::{Sending, Versions},
    },
    device::{acked, client, stream, streaming, talk, words},
    kit::{Desk, SOME_DAY, id, makes},
};

/// A hub two versions on that takes pushes from the next version only.
fn demanding() -> Desk {
    Desk::with_limits(Limits { writes_from: PROTO + 1, ..DEFAULT_LIMITS })
}

fn pushes(frames: &[Frame]) -> usize {
    frames.iter().filter(|frame| matches!(frame, Frame::Push { .. } | Frame::Return { .. })).count()
}

fn told(events: &[Event]) -> u64 {
    let to = events.iter().filter_map(|event| if let Event::Log { to, .. } = event { Some(to.number) } else { None });
    to.max().unwrap_or(0)
}

#[test]
fn a_hub_that_wants_a_newer_device_still_tells_it_everything_and_is_sent_nothing() {
    let mut desk = demanding();
    desk.push(id(2), &[makes(id(20))]);
    let (mut client, mut place) = (streaming(0), None);
    let events = talk(&mut client, &mut desk, &mut place, 0);
    assert_eq!((client.sending(), client.stage()), (Sending::HubNewer, Stage::Live));
    assert_eq!(told(&events), 1);
    client.durable(Cursor { number: 1, stamp: desk.hub.stamp(), as_of: SOME_DAY }, Default::default());
    let (fact, first, second) = words();
    client.offer([fact, first, second]);
    let said = stream(&mut client, 10);
    assert_eq!(pushes(&said), 0, "{said:?}");
    assert!(matches!(said.as_slice(), [Frame::Have { cursor: 1, .. }]), "how far it is, it says: {said:?}");
    assert_eq!(client.unsent(), 3, "the words are kept");
    // It goes on hearing what others write.
    desk.push(id(2), &[makes(id(21))]);
    let mut later = Vec::new();
    for answer in desk.answer(id(1), &mut place, &Frame::Ping { n: 1 }) {
        later.extend(client.receive(answer, 20));
    }
    assert_eq!(told(&later), 2);
    // A wait for sending that may not be would wake it for nothing.
    assert!(client.deadline().is_some_and(|at| at > 20));
}

#[test]
fn what_waited_goes_once_device_or_hub_is_updated() {
    for newer_device in [true, false] {
        let mut desk = demanding();
        let mut client = streaming(0);
        talk(&mut client, &mut desk, &mut None, 0);
        let (fact, first, second) = words();
        client.offer([fact, first, second]);
        assert_eq!(pushes(&stream(&mut client, 5)), 0);
        let mut place = None;
        let mut client = if newer_device {
            let items = {
                let (fact, first, second) = words();
                [fact, first, second]
            };
            let mut updated = self::client().speaking(Versions { newest: PROTO + 1, writes_from: 1 });
            updated.due(10, 0);
            updated.offer(items);
            updated
        } else {
            desk = Desk::new();
            client.lost(5, 0);
            client.resume();
            client.due(10, 0);
            client
        };
        client.opened(Transport::Stream, 10);
        let mut events = talk(&mut client, &mut desk, &mut place, 10);
        assert_eq!(client.sending(), Sending::Open);
        events.extend(talk(&mut client, &mut desk, &mut place, 11));
        assert_eq!(acked(&events), [1, 2, 3], "newer device: {newer_device}");
    }
}

#[test]
fn a_device_newer_than_its_hub_speaks_the_hubs_version() {
    let mut desk = Desk::new();
    let speaks = |writes_from| client().speaking(Versions { newest: PROTO + 2, writes_from });
    for (writes_from, sending, sent) in [(1, Sending::Open, 1), (PROTO + 1, Sending::HubOlder, 0)] {
        let mut client: Client = speaks(writes_from);
        client.due(0, 0);
        client.opened(Transport::Stream, 0);
        let greeting = stream(&mut client, 0);
        assert!(matches!(greeting.as_slice(), [Frame::Hello { proto, .. }] if *proto == PROTO + 2));
        let answers = desk.answer(id(1), &mut None, &greeting[0]);
        assert!(matches!(answers.as_slice(), [Frame::Welcome { proto: PROTO, .. }, ..]), "{answers:?}");
        answers.into_iter().for_each(|answer| drop(client.receive(answer, 0)));
        assert_eq!((client.sending(), client.stage()), (sending, Stage::Live));
        client.offer([makes(id(20))]);
        assert_eq!((pushes(&stream(&mut client, 1)), client.unsent()), (sent, 1));
    }
}

#[test]
fn over_requests_it_polls_and_sends_nothing() {
    let mut desk = demanding();
    let mut client = client();
    client.due(0, 0);
    client.opened(Transport::Requests, 0);
    client.offer([makes(id(20))]);
    let mut place = None;
    let mut sent = Vec::new();
    for turn in 0..4 {
        let Some(super::super::client::Outgoing::Request(request, frames)) = client.next(turn) else { break };
        for frame in &frames {
            // A hub of before this rule would take a push; this one puts it off.
            if !matches!(frame, Frame::Push { .. }) {
                desk.answer(id(1), &mut place, frame).into_iter().for_each(|answer| drop(client.receive(answer, turn)));
            }
        }
        client.answered(request);
        sent.push(pushes(&frames));
    }
    assert_eq!(sent.iter().skip(1).sum::<usize>(), 0, "none once it was welcomed: {sent:?}");
    assert_eq!((client.unsent(), client.sending()), (1, Sending::HubNewer));
}
