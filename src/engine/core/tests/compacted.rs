//! Documents that the hub compacted: whoever fetches one knows of each change what those know who got it by itself.

use std::collections::BTreeMap;

use super::world::{ASEC, KH, PROJECT, VN, World};
use crate::{
    docs::Doc,
    domain::{DeviceId, DocKind},
    engine::core::{
        chunk::Chunk,
        store::{Store, chunk_of, open},
    },
    sync::marks::Marks,
};

const KH2: u8 = 11;

/// What a device's disk says of a document's changes: number, time and device of each.
type Knowledge = BTreeMap<[u8; 32], (u64, Option<u64>, Option<DeviceId>)>;

fn knowledge(world: &mut World, number: u8) -> Knowledge {
    let of_project = |key: &str| chunk_of(key).is_some_and(|(doc, _)| doc == PROJECT);
    let chunks = world.node(number).disk.iter().filter(|((store, key), _)| *store == Store::Chunk && of_project(key));
    let chunks: Vec<Chunk> =
        chunks.map(|(_, value)| Chunk::decode(open(value).expect("whole")).expect("a chunk")).collect();
    let doc = Doc::load(DocKind::Project, chunks.iter().flat_map(Chunk::bodies)).expect("loads");
    let mut known = Knowledge::new();
    for chunk in &chunks {
        let marks = Marks::of(&chunk.marks);
        for (hash, actor, seq) in doc.authors() {
            if let Some(mark) = marks.get(&actor, seq) {
                let device = mark.device.map(|id| DeviceId::from_bytes(id.into()));
                known.insert(hash, (mark.number, mark.received_at, device));
            }
        }
        known.extend(chunk.changes.iter().map(|kept| (kept.hash.into(), (kept.number, kept.received_at, kept.device))));
    }
    assert_eq!(known.len(), doc.authors().len(), "something is known of every change");
    known
}

/// Cambodia's two laptops and Viet Nam's, and words of both of Cambodia's.
fn written() -> World {
    let mut world = World::new();
    for device in [KH, KH2, VN] {
        world.join(device);
        world.online(device);
    }
    for n in 0..6 {
        world.set(KH, PROJECT, "remarks", &format!("From the first, {n}"));
        world.later(2_000);
        world.set(KH2, PROJECT, "title", &format!("From the second, {n}"));
        world.later(2_000);
    }
    world
}

#[test]
fn whoever_comes_later_knows_what_those_know_who_were_there() {
    let mut world = written();
    world.hub.compact(PROJECT.to_bytes().into());
    world.set(KH, PROJECT, "remarks", "After it was compacted");
    world.later(2_000);
    world.join(ASEC);
    world.online(ASEC);
    world.later(2_000);
    let (there, later) = (knowledge(&mut world, VN), knowledge(&mut world, ASEC));
    assert!(there.len() > 12);
    assert_eq!(later, there);
    let (seen, shown) = (world.project(VN, PROJECT), world.project(ASEC, PROJECT));
    assert_eq!(shown.snapshot, seen.snapshot, "with the same origin of every word");
    assert_eq!(shown.row.remarks, "After it was compacted");
    // And from its own disk alone.
    world.offline(ASEC);
    world.crash(ASEC);
    assert_eq!(world.project(ASEC, PROJECT).snapshot, seen.snapshot);
    assert_eq!(world.shell(ASEC).loading, 0);
}

#[test]
fn whoever_was_away_while_it_was_compacted_gets_it_whole_and_keeps_unsent_words() {
    let mut world = written();
    world.offline(KH2);
    world.offline(VN);
    world.set(KH2, PROJECT, "venue", "Not yet sent");
    for n in 0..3 {
        world.set(KH, PROJECT, "remarks", &format!("While they were away, {n}"));
        world.later(2_000);
    }
    world.hub.compact(PROJECT.to_bytes().into());
    world.online(VN);
    world.online(KH2);
    world.later(2_000);
    let expected = knowledge(&mut world, KH);
    assert_eq!(knowledge(&mut world, VN).len(), expected.len());
    assert_eq!(world.shell(KH2).unsent, 0);
    for device in [KH, KH2, VN] {
        let view = world.project(device, PROJECT);
        assert_eq!(view.row.remarks, "While they were away, 2");
        assert_eq!(view.snapshot, world.project(KH, PROJECT).snapshot, "device {device}");
    }
    assert_eq!(world.project(VN, PROJECT).snapshot.root.line("venue"), "Not yet sent");
    // Once more, on top of what was compacted before; nobody who was there notices.
    world.hub.compact(PROJECT.to_bytes().into());
    world.set(KH, PROJECT, "remarks", "And on it goes");
    world.later(2_000);
    assert_eq!(world.project(VN, PROJECT).row.remarks, "And on it goes");
    assert_eq!(world.shell(VN).loading, 0);
}

#[test]
fn a_compacted_document_of_which_something_is_unsaid_is_not_taken() {
    let mut world = written();
    world.hub.compact(PROJECT.to_bytes().into());
    let frames = world.hub.hear(VN, crate::sync::frame::Frame::Want { doc: PROJECT.to_bytes().into(), folded: true });
    let Some(crate::sync::frame::Frame::Snapshot { bytes: Some(bytes), marks, .. }) =
        frames.into_iter().find(|frame| matches!(frame, crate::sync::frame::Frame::Snapshot { bytes: Some(_), .. }))
    else {
        panic!("no snapshot")
    };
    let compacted = |marks| super::super::documents::Held::compacted(PROJECT, DocKind::Project, bytes.to_vec(), marks);
    assert!(compacted(marks.clone()).is_ok());
    for gone in 0..marks.len() {
        let mut fewer = marks.clone();
        // The first change of every document is known without a mark.
        let shared = fewer.remove(gone).actor[..] == [0; 20];
        assert_eq!(compacted(fewer).is_ok(), shared, "without mark {gone}");
    }
}

#[test]
fn a_compacted_document_is_not_taken_under_the_name_of_another_device_nor_once_it_was_spoilt() {
    let mut world = written();
    world.hub.compact(PROJECT.to_bytes().into());
    let frames = world.hub.hear(VN, crate::sync::frame::Frame::Want { doc: PROJECT.to_bytes().into(), folded: true });
    let Some(crate::sync::frame::Frame::Snapshot { bytes: Some(bytes), marks, .. }) =
        frames.into_iter().find(|frame| matches!(frame, crate::sync::frame::Frame::Snapshot { bytes: Some(_), .. }))
    else {
        panic!("no snapshot")
    };
    let compacted =
        |bytes: Vec<u8>, marks| super::super::documents::Held::compacted(PROJECT, DocKind::Project, bytes, marks);
    assert!(compacted(bytes.to_vec(), marks.clone()).is_ok());
    let mut another = marks.clone();
    let of =
        another.iter_mut().rev().find(|run| run.device.is_some() && run.actor[..] != [0; 20]).expect("a device wrote");
    of.device = Some([99; 16].into());
    assert!(compacted(bytes.to_vec(), another).is_err(), "another device's name");
    for at in (0..bytes.len()).step_by(3) {
        let mut spoilt = bytes.to_vec();
        spoilt[at] ^= 0x10;
        assert!(compacted(spoilt, marks.clone()).is_err(), "a bit turned over at {at}");
    }
}
