//! Documents that are not here, will not load, or are one too many.

use super::world::{KH, PLAN, PROJECT, VN, World, code, noise};
use crate::{
    domain::{DocId, DocKind, Writer},
    engine::{
        api::{Mark, Query, View},
        core::{
            documents::KEPT,
            store::{Store, chunk_of, meta},
        },
    },
};

#[test]
fn a_damaged_document_is_set_aside_fetched_whole_and_its_own_words_put_on_top() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.set(VN, PLAN, "title", "refused: not a writer");
    world.set(KH, PROJECT, "remarks", "acknowledged");
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Not yet sent");
    let of_project = |key: &str| chunk_of(key).is_some_and(|(doc, _)| doc == PROJECT);
    let damaged = world.node(KH).disk.iter_mut().filter(|((store, key), _)| *store == Store::Chunk && of_project(key));
    let damaged = damaged.map(|(_, value)| value.truncate(value.len() / 2)).count();
    assert!(damaged > 0);
    world.crash(KH);
    assert_eq!(world.see(KH, Query::Project { doc: PROJECT }), View::Absent { loading: true });
    assert!(world.node(KH).stored(Store::Quarantine) >= damaged, "what would not load is kept");
    assert_eq!(world.shell(KH).loading, 1);
    assert_eq!(world.shell(KH).unsent, 1, "words that are not sent are not lost with it");
    world.online(KH);
    let view = world.project(KH, PROJECT);
    assert_eq!((view.row.title.as_str(), view.row.remarks.as_str()), ("Not yet sent", "acknowledged"));
    assert_eq!((world.shell(KH).loading, world.shell(KH).unsent), (0, 0));
    assert_eq!(world.title(VN, PROJECT), "Not yet sent");
    world.crash(KH);
    assert_eq!(world.title(KH, PROJECT), "Not yet sent");
}

#[test]
fn a_document_that_crashed_its_loader_twice_is_fetched_anew() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    world.node(KH).disk.insert((Store::Meta, meta::crashed(PROJECT)), b"1".to_vec());
    world.crash(KH);
    assert_eq!(world.title(KH, PROJECT), "Title 34", "once may be chance");
    assert!(
        !world.node(KH).disk.contains_key(&(Store::Meta, meta::crashed(PROJECT))),
        "and is forgotten when it loads"
    );
    world.node(KH).disk.insert((Store::Meta, meta::crashed(PROJECT)), b"2".to_vec());
    world.crash(KH);
    world.node(KH).reads.clear();
    assert_eq!(world.see(KH, Query::Project { doc: PROJECT }), View::Absent { loading: true });
    assert!(!world.node(KH).reads.contains(&PROJECT), "not loaded a third time");
    world.online(KH);
    assert_eq!(world.title(KH, PROJECT), "Title 34");
}

#[test]
fn lists_need_no_documents_and_few_stay_loaded() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    let docs: Vec<DocId> = (0..60_u8).map(|n| DocId::from_bytes([0x40 + n; 16])).collect();
    for &doc in &docs {
        world.document(doc, DocKind::Project, Some(PLAN), vec![Writer::Party(code("KH"))]);
    }
    world.pump();
    assert!(world.node(KH).engine.documents.len() <= KEPT, "most were let go");
    world.offline(KH);
    world.crash(KH);
    world.node(KH).reads.clear();
    let View::Plans(plans) = world.see(KH, Query::Plans) else { panic!("no plans") };
    assert_eq!(plans.plans[0].here, 61);
    assert_eq!(world.node(KH).reads, [], "from rows alone");
    for &doc in &docs {
        world.project(KH, doc);
    }
    assert!(world.node(KH).engine.documents.len() <= KEPT);
    let again = docs[0];
    world.set(KH, again, "title", "Loaded again");
    assert_eq!(world.title(KH, again), "Loaded again");
    assert_eq!(world.mark(KH, again), Mark::Device);
}

#[test]
fn many_chunks_become_one_and_say_the_same() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    for n in 0..60 {
        world.set(KH, PROJECT, "remarks", &noise(n, 1_200));
    }
    let chunks = |world: &mut World| {
        let node = world.node(KH);
        node.disk
            .keys()
            .filter(|(store, key)| *store == Store::Chunk && chunk_of(key).is_some_and(|(doc, _)| doc == PROJECT))
            .count()
    };
    assert!(chunks(&mut world) < 50, "{} chunks", chunks(&mut world));
    let before = world.project(KH, PROJECT);
    world.offline(KH);
    world.crash(KH);
    let after = world.project(KH, PROJECT);
    assert_eq!(after.snapshot, before.snapshot);
    assert_eq!(after.marks, before.marks, "and of the same origin");
}

#[test]
fn a_document_one_may_no_longer_receive_goes_away() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    assert_eq!(world.title(KH, PROJECT), "Title 34");
    world.lose(KH, PROJECT);
    assert_eq!(world.see(KH, Query::Project { doc: PROJECT }), View::Absent { loading: false });
    world.offline(KH);
    world.crash(KH);
    assert_eq!(world.see(KH, Query::Project { doc: PROJECT }), View::Absent { loading: false });
    let of_project = |key: &str| chunk_of(key).is_some_and(|(doc, _)| doc == PROJECT);
    assert!(!world.node(KH).disk.keys().any(|(store, key)| *store == Store::Chunk && of_project(key)));
}
