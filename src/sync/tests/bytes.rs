//! Frames as bytes: they come back as they went, and nothing anyone sends does harm.

use proptest::prelude::*;

use super::{
    super::{
        codec::{self, CodecError},
        frame::{Entry, Except, Frame, Id, Item, Limits, PartySeen, Point},
        marks::Run,
    },
    kit::{change, id},
};

const LIMIT: usize = 1 << 20;

fn an_id() -> impl Strategy<Value = Id> {
    any::<[u8; 16]>().prop_map(Into::into)
}

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..most)
}

fn an_item() -> impl Strategy<Value = Item> {
    prop_oneof![
        (an_id(), any::<[u8; 32]>(), prop::option::of(bytes(300)), prop::option::of(any::<([u8; 32], [u8; 8])>()))
            .prop_map(|(doc, hash, body, proof)| Item::Change {
                doc,
                hash: hash.into(),
                body: body.map(Into::into),
                signature: proof.map(|(half, _)| {
                    let signature: [u8; 64] = std::array::from_fn(|i| half[i % 32]);
                    signature.into()
                }),
                receipt: proof.map(|(_, receipt)| receipt.into()),
            }),
        (any::<[u8; 32]>(), bytes(300), prop::option::of(any::<[u8; 16]>())).prop_map(|(hash, body, mac)| {
            Item::Fact { hash: hash.into(), body: body.into(), mac: mac.map(Into::into) }
        }),
    ]
}

fn a_point() -> impl Strategy<Value = Option<Point>> {
    let point = any::<(u64, [u8; 8])>().prop_map(|(number, stamp)| Point { number, stamp: stamp.into() });
    prop::option::of(point)
}

fn an_entry() -> impl Strategy<Value = Entry> {
    (any::<u64>(), any::<u64>(), prop::option::of(an_id()), an_item())
        .prop_map(|(number, received_at, device, item)| Entry { number, received_at, device, item })
}

fn an_exception() -> impl Strategy<Value = Except> {
    prop_oneof![
        any::<u64>().prop_map(|number| Except::Known { number }),
        any::<u32>().prop_map(|after| Except::Retry { after }),
        prop::collection::vec(any::<[u8; 32]>().prop_map(Into::into), 0..3).prop_map(|deps| Except::NeedsDeps { deps }),
        Just(Except::Fork),
        ".{0,20}".prop_map(|why| Except::Refused { why }),
    ]
}

fn a_frame() -> impl Strategy<Value = Frame> {
    let ids = || prop::collection::vec(an_id(), 0..5);
    let entries = || prop::collection::vec(an_entry(), 0..6);
    prop_oneof![
        (any::<(u16, u64, u64, u64, [u8; 8])>(), prop::option::of(bytes(40)), an_id(), ids()).prop_map(
            |((proto, cursor, as_of, seen, stamp), token, device, missing)| Frame::Hello {
                proto,
                token: token.map(Into::into),
                workspace: (cursor > 9).then_some(device),
                device,
                cursor,
                stamp: stamp.into(),
                missing,
                as_of,
                seen,
                places: (cursor % 3 == 0).then_some(Point { number: seen, stamp: stamp.into() }).into_iter().collect(),
                apart: seen / 2,
            }
        ),
        (any::<(u16, u64, u64)>(), any::<(u32, u32, u32, u16)>(), an_id()).prop_map(
            |((proto, head, time), (frame, change, entries, writes_from), workspace)| Frame::Welcome {
                proto,
                workspace,
                head,
                limits: Limits { frame, change, entries, writes_from },
                time,
            }
        ),
        any::<u64>().prop_map(|to| Frame::Rewind { to }),
        (any::<u32>(), prop::collection::vec(an_item(), 0..6)).prop_map(|(req, items)| Frame::Push { req, items }),
        (any::<(u32, u64, u32)>(), prop::collection::vec((any::<u32>(), an_exception()), 0..5), bytes(40), a_point())
            .prop_map(|((req, first, taken), except, receipts, at)| Frame::Ack {
                req,
                first,
                taken,
                except,
                receipts: Some(receipts.into()),
                at
            }),
        (any::<(u64, u64, u64, [u8; 8])>(), entries(), ids(), prop::collection::vec((an_id(), any::<u64>()), 0..4))
            .prop_map(|((from, to, as_of, stamp), entries, lost, apart)| {
                Frame::Log { from, to, stamp: stamp.into(), entries, lost, as_of, apart }
            }),
        (any::<(u64, u64)>(), ids()).prop_map(|((cursor, as_of), missing)| Frame::Have { cursor, missing, as_of }),
        (prop::collection::vec((".{0,8}", any::<(u64, u64)>(), ids()), 0..4), any::<u64>()).prop_map(
            |(parties, revision)| {
                let seen = |(party, (cursor, as_of), missing)| PartySeen {
                    party,
                    cursor,
                    missing,
                    as_of,
                    heard_at: as_of / 2,
                };
                let parties = parties.into_iter().map(seen).collect();
                Frame::Seen { parties, revision }
            }
        ),
        (an_id(), any::<bool>()).prop_map(|(doc, folded)| Frame::Want { doc, folded }),
        (an_id(), any::<(u64, bool)>(), entries(), prop::option::of(bytes(90)), marks()).prop_map(
            |(doc, (number, more), entries, bytes, marks)| Frame::Snapshot {
                doc,
                number,
                entries,
                bytes: bytes.map(Into::into),
                marks,
                more
            }
        ),
        (an_id(), bytes(90), prop::option::of(an_id())).prop_map(|(doc, bytes, from)| Frame::Eph {
            doc,
            bytes: bytes.into(),
            from
        }),
        (".{0,9}", ".{0,90}").prop_map(|(code, message)| Frame::Error { code, message }),
        (any::<u32>(), entries()).prop_map(|(req, entries)| Frame::Return { req, entries }),
        any::<u32>().prop_map(|n| Frame::Ping { n }),
        any::<u32>().prop_map(|n| Frame::Pong { n }),
    ]
}

fn marks() -> impl Strategy<Value = Vec<Run>> {
    let run = (bytes(20), any::<(u64, u64, u64)>(), any::<Option<u64>>(), prop::option::of(an_id()));
    let run = (run, prop::option::of(bytes(64))).prop_map(
        |((actor, (seq, count, number), received_at, device), signature)| Run {
            actor: actor.into(),
            seq,
            count,
            number,
            received_at,
            device,
            signature: signature.clone().map(Into::into),
            receipts: signature.map(Into::into),
        },
    );
    prop::collection::vec(run, 0..4)
}

proptest! {
    #[test]
    fn frames_come_back_as_they_went(frames in prop::collection::vec(a_frame(), 0..5)) {
        for frame in &frames {
            prop_assert_eq!(&codec::decode(&codec::encode(frame), LIMIT).expect("decodes"), frame);
        }
        prop_assert_eq!(codec::decode_body(&codec::encode_body(&frames), LIMIT).expect("decodes"), frames);
    }

    #[test]
    fn any_bytes_are_a_frame_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200), format in 0_u8..3) {
        let _ = codec::decode(&bytes, LIMIT);
        let _ = codec::decode_body(&bytes, LIMIT);
        let framed: Vec<u8> = std::iter::once(format).chain(bytes).collect();
        let _ = codec::decode(&framed, LIMIT);
    }

    #[test]
    fn a_damaged_frame_is_a_frame_or_an_error(
        frame in a_frame(),
        blows in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = codec::encode(&frame);
        for (place, blow) in blows {
            let place = place.index(bytes.len());
            bytes[place] ^= blow;
        }
        if let Ok(other) = codec::decode(&bytes, LIMIT) {
            prop_assert_eq!(codec::decode(&codec::encode(&other), LIMIT).expect("a frame is a frame"), other);
        }
        let kept = cut.index(bytes.len());
        let _ = codec::decode(&bytes[..kept], LIMIT);
        let _ = codec::decode_body(&bytes[..kept], LIMIT);
    }

    #[test]
    fn a_frame_cut_short_is_an_error(frame in a_frame(), cut in any::<prop::sample::Index>()) {
        let bytes = codec::encode(&frame);
        prop_assert!(codec::decode(&bytes[..cut.index(bytes.len())], LIMIT).is_err());
    }
}

#[test]
fn a_bomb_is_stopped_at_the_limit() {
    let zeros = vec![0; 48 << 20];
    let frame = Frame::Eph { doc: id(1), bytes: zeros.into(), from: None };
    let bomb = codec::encode(&frame);
    assert!(bomb.len() < 64 << 10, "{} bytes inflate to 48 MB", bomb.len());
    assert_eq!(codec::decode(&bomb, LIMIT), Err(CodecError::TooLarge { limit: LIMIT }));
    let body = codec::encode_body(&vec![Frame::Eph { doc: id(1), bytes: vec![0; LIMIT / 2].into(), from: None }; 3]);
    assert_eq!(codec::decode_body(&body, LIMIT), Err(CodecError::TooLarge { limit: LIMIT }), "all frames together");
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    // A pong (variant 13) with a second, unknown field: an array in an array in an array …
    let mut bytes = vec![0, 0x82, 13, 0x82, 1];
    bytes.extend(std::iter::repeat_n(0x81, 500_000));
    bytes.push(0);
    assert_eq!(codec::decode(&bytes, LIMIT), Ok(Frame::Pong { n: 1 }));
}

#[test]
fn large_frames_are_deflated_and_small_ones_are_not() {
    let small = codec::encode(&Frame::Want { doc: id(1), folded: true });
    assert_eq!((small[0], small.len()), (0, 22));
    let items = vec![change(id(1), "anna", 1, &[], &"the same words ".repeat(50)); 20];
    let large = codec::encode(&Frame::Push { req: 1, items });
    assert_eq!(large[0], 1);
    assert!(large.len() < 2_000, "{}", large.len());
}

#[test]
fn each_fault_has_its_name() {
    let frame = codec::encode(&Frame::Want { doc: id(1), folded: true });
    let mut longer = frame.clone();
    longer.push(7);
    let mut cut_body = codec::encode_body(&[Frame::Want { doc: id(1), folded: true }]);
    cut_body.truncate(9);
    let large = vec![0; 12];
    let cases = [
        (codec::decode(&[], 10), CodecError::Empty, "malformed"),
        (codec::decode(&[9, 1], 10), CodecError::Format(9), "malformed"),
        (codec::decode(&longer, 100), CodecError::Trailing(1), "malformed"),
        (codec::decode(&large, 10), CodecError::TooLarge { limit: 10 }, "too-large"),
        (codec::decode_body(&cut_body, 100).map(|_| Frame::Pong { n: 0 }), CodecError::Short, "malformed"),
    ];
    for (found, fault, code) in cases {
        assert_eq!(found, Err(fault.clone()));
        assert_eq!(fault.code(), code);
    }
    assert!(matches!(codec::decode(&[1, 255, 255], 10), Err(CodecError::Deflate(_))));
    assert!(matches!(codec::decode(&[0, 255, 255], 10), Err(CodecError::Malformed(_))));
}

#[test]
fn a_hello_from_before_and_one_from_after_are_understood() {
    let hello = |fields: u8| {
        let mut bytes = vec![0, 0x82, 0, 0x80 + fields, 1, 0xf6, 0xf6, 0x50];
        bytes.extend([1; 16]);
        bytes.extend([5, 0x48, 2, 2, 2, 2, 2, 2, 2, 2, 0x80]);
        bytes
    };
    let old = codec::decode(&hello(7), LIMIT).expect("without the fields that came later");
    assert!(matches!(old, Frame::Hello { cursor: 5, as_of: 0, seen: 0, .. }), "{old:?}");
    let mut newer = hello(12);
    newer.extend([8, 9, 0x80, 7, 0x61, b'x']);
    let new = codec::decode(&newer, LIMIT).expect("with a field that is not known yet");
    assert!(matches!(new, Frame::Hello { cursor: 5, as_of: 8, seen: 9, apart: 7, .. }), "{new:?}");
}
