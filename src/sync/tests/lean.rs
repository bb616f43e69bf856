//! What follows from other bytes does not travel, and arrives all the same.

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::{
    super::{
        codec::{self, CodecError},
        frame::{Entry, Frame, Hash, Id, Item},
    },
    kit::id,
};

const LIMIT: usize = 1 << 20;

/// A change in the form that Automerge writes: what its hash is taken of follows eight bytes.
fn written(doc: Id, rest: &[u8]) -> (Item, Hash) {
    let hash: [u8; 32] = Sha256::digest(rest).into();
    let body = [&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], rest].concat();
    (Item::change(doc, hash.into(), body), hash.into())
}

/// Changes of few documents, of which some name the one before them, some another, some none.
fn a_chain() -> impl Strategy<Value = Vec<Item>> {
    let link = (0_u8..3, 0_u8..4, any::<[u8; 9]>(), any::<prop::sample::Index>(), any::<bool>());
    prop::collection::vec(link, 0..12).prop_map(|links| {
        let mut made: Vec<Hash> = Vec::new();
        let mut items = Vec::new();
        for (doc, back, words, place, damaged) in links {
            let mut rest = words.to_vec();
            if let Some(named) = made.iter().nth_back(back.into()) {
                let place = place.index(rest.len() + 1);
                rest.splice(place..place, named.iter().copied());
            }
            let (mut item, hash) = written(id(doc), &rest);
            if damaged && let Item::Change { body: Some(body), .. } = &mut item {
                let place = place.index(body.len());
                body[place] ^= 1;
            }
            made.push(hash);
            items.push(item);
        }
        items
    })
}

proptest! {
    #[test]
    fn every_change_arrives_as_it_was(items in a_chain()) {
        let push = Frame::Push { req: 1, items: items.clone() };
        prop_assert_eq!(&codec::decode(&codec::encode(&push), LIMIT).expect("decodes"), &push);
        let entry = |(number, item)| Entry { number, received_at: 9, device: None, item };
        let entries: Vec<Entry> = (1..).zip(items).map(entry).collect();
        let snapshot = Frame::Snapshot { doc: id(1), number: 9, entries, bytes: None, marks: vec![], more: false };
        prop_assert_eq!(codec::decode(&codec::encode(&snapshot), LIMIT).expect("decodes"), snapshot);
    }
}

#[test]
fn a_chain_of_changes_travels_without_its_hashes() {
    let mut items = Vec::new();
    let mut last: Option<Hash> = None;
    for n in 0_u32..100 {
        let words = Sha256::digest(n.to_be_bytes());
        let rest = [&[1_u8, 2, 3][..], last.as_ref().map_or(&[][..], |last| last.as_slice()), &words[..20]].concat();
        let (item, hash) = written(id(7), &rest);
        last = Some(hash);
        items.push(item);
    }
    let bytes = codec::encode(&Frame::Push { req: 1, items }).len();
    // Twenty bytes of each cannot be guessed; a hash would be thirty-two more.
    assert!((2_000..3_000).contains(&bytes), "{bytes} bytes");
}

#[test]
fn an_item_in_the_form_of_before_is_understood() {
    let (item, hash) = written(id(7), b"words");
    let Item::Change { body: Some(body), .. } = &item else { panic!("a change") };
    // A push (variant 3): request 1, one item (variant 0) of a document, a hash and a body.
    let mut bytes = vec![0, 0x82, 3, 0x82, 1, 0x81, 0x82, 0, 0x83, 0x50];
    bytes.extend([7; 16]);
    bytes.extend([0x58, 32]);
    bytes.extend(hash.iter());
    bytes.push(0x40 + u8::try_from(body.len()).expect("few"));
    bytes.extend(body.iter());
    assert_eq!(codec::decode(&bytes, LIMIT), Ok(Frame::Push { req: 1, items: vec![item] }));
}

#[test]
fn the_form_that_is_sent_stays_as_it_is() {
    let (first, hash) = written(id(7), b"words");
    let (second, _) = written(id(7), &[b"of ", hash.as_slice()].concat());
    let body = b"{}".to_vec();
    let fact = Item::fact(<[u8; 32]>::from(Sha256::digest(&body)).into(), body);
    let mut bytes = vec![0, 0x82, 3, 0x82, 1, 0x83, 0x82, 16, 0x82, 0x50];
    bytes.extend([7; 16]);
    bytes.extend(b"\x45words\x82\x10\x83\xf6\x43of \x03\x82\x11\x81\x42{}");
    let frame = Frame::Push { req: 1, items: vec![first, second, fact] };
    assert_eq!(codec::encode(&frame), bytes);
    assert_eq!(codec::decode(&bytes, LIMIT), Ok(frame));
}

#[test]
fn what_leans_on_nothing_is_malformed() {
    let push = |item: &[u8]| codec::decode(&[&[0, 0x82, 3, 0x82, 1, 0x81][..], item].concat(), LIMIT);
    let malformed = |item: &[u8]| assert!(matches!(push(item), Err(CodecError::Malformed(_))), "{:?}", push(item));
    let of = |tail: &[u8]| [&[0x82, 16, 0x83, 0x50][..], &[7; 16], tail].concat();
    malformed(&[0x82, 16, 0x82, 0xf6, 0x41, b'x']);
    malformed(&of(&[0x41, b'x', 0]));
    malformed(&of(&[0x41, b'x', 0x1a, 255, 255, 255, 255]));
    malformed(&[0x83, 17, 0x81, 0x41, b'x', 0]);
    malformed(&[0x82, 18, 0x80]);
    assert!(push(&of(&[0x41, b'x', 0xf6])).is_ok());
    // The second of two names a place beyond its end.
    let two = |gap: u8| {
        let first = of(&[0x41, b'x', 0xf6]);
        let bytes = [&[0, 0x82, 3, 0x82, 1, 0x82][..], &first, &[0x82, 16, 0x83, 0xf6, 0x41, b'y', gap]].concat();
        codec::decode(&bytes, LIMIT)
    };
    assert!(two(1).is_ok());
    assert!(matches!(two(2), Err(CodecError::Malformed(_))));
}
