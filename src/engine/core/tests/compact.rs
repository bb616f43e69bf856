//! Compaction: many chunks become one in the transaction that brings the last of them, and it is that document to the last
//! word and mark, whatever happens meanwhile.

use super::world::{KH, PROJECT, VN, World, noise};
use crate::engine::core::{
    chunk::Chunk,
    documents::Held,
    store::{Store, StoreError, chunk_of, open},
};

fn chunks(world: &mut World, number: u8) -> Vec<Chunk> {
    let of = |key: &str| chunk_of(key).is_some_and(|(doc, _)| doc == PROJECT);
    let disk = world.node(number).disk.iter().filter(|((store, key), _)| *store == Store::Chunk && of(key));
    disk.map(|(_, value)| Chunk::decode(open(value).expect("whole")).expect("a chunk")).collect()
}

/// Writes until one more word makes the tail outweigh the rest.
fn nearly_full(world: &mut World, writer: u8, reader: u8) -> usize {
    for n in 0..200 {
        let before = chunks(world, reader).len();
        let disk = world.node(reader).disk.clone();
        world.set(writer, PROJECT, "remarks", &noise(n, 1_200));
        if chunks(world, reader).len() < before {
            world.node(reader).disk = disk;
            world.crash(reader);
            return before;
        }
    }
    panic!("never compacted");
}

fn two() -> World {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world
}

#[test]
fn a_compacted_document_keeps_who_and_when_of_each_change() {
    let mut world = two();
    nearly_full(&mut world, KH, VN);
    let said = |world: &mut World| {
        let held = Held::load(PROJECT, crate::domain::DocKind::Project, &chunks(world, VN), std::iter::empty());
        held.expect("loads").provenances().clone()
    };
    let before = said(&mut world);
    assert!(before.len() > 20, "{} changes", before.len());
    world.online(VN);
    let after = said(&mut world);
    assert!(chunks(&mut world, VN).iter().any(|chunk| chunk.document.is_some()), "it is compacted now");
    for (hash, provenance) in before {
        assert_eq!(after.get(&hash), Some(&provenance));
    }
    let numbers: std::collections::BTreeSet<u64> = after.values().map(|said| said.number).collect();
    assert_eq!(numbers.len(), after.len(), "each change has a number of its own");
    assert!(after.values().all(|said| said.received_at.is_some()));
}

#[test]
fn a_crash_before_the_transaction_is_on_the_disk_leaves_everything_as_it_was() {
    let mut world = two();
    let before = nearly_full(&mut world, KH, VN);
    let title = world.title(VN, PROJECT);
    world.node(VN).hold_disk = true;
    world.online(VN);
    assert!(world.node(VN).writing.is_some(), "the compaction is under way");
    assert_eq!(chunks(&mut world, VN).len(), before);
    world.crash(VN);
    assert_eq!(chunks(&mut world, VN).len(), before, "all or nothing");
    assert_eq!(world.title(VN, PROJECT), title);
    world.online(VN);
    assert!(chunks(&mut world, VN).len() < before, "then it is done");
    assert_eq!(world.project(VN, PROJECT).snapshot, world.project(KH, PROJECT).snapshot);
}

#[test]
fn changes_that_arrive_while_it_is_written_or_has_to_be_written_again_are_not_lost() {
    let mut world = two();
    let before = nearly_full(&mut world, KH, VN);
    world.node(VN).hold_disk = true;
    world.online(VN);
    assert!(world.node(VN).writing.is_some());
    world.set(KH, PROJECT, "venue", "Meanwhile");
    world.disk(VN, Err(StoreError::Lost));
    world.set(KH, PROJECT, "title", "And after the failure");
    world.node(VN).hold_disk = false;
    world.later(4_000);
    assert!(chunks(&mut world, VN).len() < before);
    world.crash(VN);
    let view = world.project(VN, PROJECT);
    assert_eq!((view.row.title.as_str(), view.snapshot.root.line("venue")), ("And after the failure", "Meanwhile"));
    assert_eq!(view.snapshot, world.project(KH, PROJECT).snapshot);
}

#[test]
fn a_chunk_that_is_not_the_whole_document_does_not_take_its_place() {
    let mut world = two();
    world.set(KH, PROJECT, "title", "One");
    world.set(KH, PROJECT, "title", "Two");
    world.project(VN, PROJECT);
    let held = world.node(VN).engine.documents.get(PROJECT).expect("loaded");
    let good = held.compact().expect("compacts");
    assert!(held.comes_back(&good));
    let bad = |spoil: &dyn Fn(&mut Chunk)| {
        let mut chunk = good.clone();
        spoil(&mut chunk);
        held.comes_back(&chunk)
    };
    let older = crate::docs::Doc::new(crate::domain::DocKind::Project).save();
    assert!(!bad(&|chunk| chunk.document = Some(older.clone().into())), "an older state");
    assert!(!bad(&|chunk| chunk.document = Some(vec![1, 2, 3].into())), "no document");
    assert!(!bad(&|chunk| drop(chunk.marks.pop())), "a mark is missing");
    assert!(!bad(&|chunk| chunk.marks[0].number += 1), "a mark is another");
    assert!(!bad(&|chunk| chunk.touched.truncate(chunk.touched.len() - 1)), "a record is missing");
}

#[test]
fn somebody_who_never_stops_writing_does_not_fill_the_disk() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    // There is always one more edit that the hub has not acknowledged.
    for n in 0..130 {
        world.node(KH).hold_disk = true;
        world.set(KH, PROJECT, "remarks", &noise(n, 3_000));
        world.set(KH, PROJECT, "venue", &format!("{n}"));
        world.node(KH).hold_disk = false;
        world.later(1);
    }
    let stored: usize = chunks(&mut world, KH).iter().map(|chunk| chunk.encode().len()).sum();
    assert!(stored < 300 << 10, "{stored} bytes of chunks");
}
