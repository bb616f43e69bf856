//! The first load: in the order in which a person needs it, told in numbers, and never begun again.

use super::world::{KH, PLAN, PROJECT, VN, World, code};
use crate::{
    domain::{DocId, DocKind, Writer},
    engine::{
        api::{Query, View},
        core::store::{Store, meta},
    },
};

const MEETING: DocId = DocId::from_bytes([0x71; 16]);
const SESSION: DocId = DocId::from_bytes([0x72; 16]);

/// Twenty projects of VN, then one more of KH, then a meeting with its session.
fn world() -> World {
    let mut world = World::new();
    for n in 0..20 {
        let doc = DocId::from_bytes([0x80 + n; 16]);
        world.document(doc, DocKind::Project, Some(PLAN), vec![Writer::Party(code("VN"))]);
    }
    let mine = DocId::from_bytes([0x70; 16]);
    world.document(mine, DocKind::Project, Some(PLAN), vec![Writer::Party(code("KH"))]);
    world.meeting(MEETING, "2026-05-04");
    world.document(SESSION, DocKind::Session, Some(MEETING), vec![Writer::Secretariat]);
    world
}

fn wanted(world: &World) -> Vec<DocId> {
    world.hub.wanted.iter().map(|(_, doc)| *doc).collect()
}

#[test]
fn own_projects_come_first_then_the_next_meeting_then_the_rest() {
    let mut world = world();
    world.join(KH);
    world.online(KH);
    let wanted = wanted(&world);
    assert_eq!(wanted.len(), 25, "each once");
    let place = |doc: DocId| wanted.iter().position(|other| *other == doc).expect("asked for");
    let mine = [PROJECT, DocId::from_bytes([0x70; 16])].map(place).into_iter().max().expect("two");
    assert!(mine < place(MEETING) && place(MEETING) < place(PLAN), "{wanted:?}");
    // Once it is known which meeting is next: what was asked for until then is on its way.
    let before = (0..20).filter(|n| place(DocId::from_bytes([0x80 + n; 16])) < place(SESSION)).count();
    assert!(before <= 4, "{wanted:?}");
    let View::Plans(plans) = world.see(KH, Query::Plans) else { panic!("no plans") };
    assert_eq!(plans.plans[0].here, 22);
    assert_eq!(world.shell(KH).progress, None);
    let left = world.node(KH).disk.keys().filter(|(store, key)| *store == Store::Meta && key.starts_with(meta::COMING));
    assert_eq!(left.count(), 0);
}

#[test]
fn what_a_page_shows_comes_before_everything_else() {
    let mut world = world();
    let last = DocId::from_bytes([0x93; 16]);
    world.hub.gives = 4;
    world.join(KH);
    world.online(KH);
    let before = world.hub.wanted.len();
    world.offline(KH);
    let subscribe = crate::engine::api::Request::Subscribe { sub: 5, query: Query::Project { doc: last } };
    world.request(KH, subscribe);
    world.hub.gives = usize::MAX;
    world.online(KH);
    let after: Vec<DocId> = wanted(&world).split_off(before);
    let place = after.iter().position(|doc| *doc == last).expect("asked for");
    // Those that were on their way when the link broke come first.
    assert!(place <= 4, "{after:?}");
}

#[test]
fn a_break_costs_what_was_on_its_way_and_nothing_else() {
    let mut world = world();
    world.hub.gives = 7;
    world.join(KH);
    world.online(KH);
    let progress = world.shell(KH).progress.expect("under way");
    assert_eq!((progress.documents, progress.of), (7, 25));
    assert!(progress.bytes > 0 && progress.bytes < progress.of_bytes, "{progress:?}");
    assert_eq!(world.title(KH, PROJECT), "Title 34", "what has come can be worked with");
    for gives in [6, 5] {
        world.offline(KH);
        world.crash(KH);
        let again = world.shell(KH).progress.expect("still under way");
        assert_eq!((again.of, again.of_bytes), (progress.of, progress.of_bytes), "the same sums after a restart");
        world.hub.gives = gives;
        world.online(KH);
    }
    assert_eq!(world.shell(KH).progress.map(|progress| progress.documents), Some(18));
    // Others write meanwhile: in a document that is here, in one on its way, and in a new one.
    world.join(VN);
    world.hub.gives = usize::MAX;
    world.online(VN);
    let (here, coming) = (wanted(&world)[1], DocId::from_bytes([0x93; 16]));
    world.set(VN, coming, "remarks", "Written while it was on its way");
    world.offline(KH);
    world.crash(KH);
    world.hub.wanted.clear();
    world.online(KH);
    let shell = world.shell(KH);
    assert_eq!((shell.progress, shell.loading), (None, 0));
    assert_eq!(world.hub.wanted.len(), 7, "the rest, and none of what had come: {:?}", world.hub.wanted);
    assert!(!world.hub.wanted.contains(&(KH, here)));
    assert_eq!(world.project(KH, coming).row.remarks, "Written while it was on its way");
    world.crash(KH);
    assert_eq!(world.shell(KH).progress, None);
    for doc in [PROJECT, coming, here] {
        assert_eq!(world.project(KH, doc).snapshot, world.project(VN, doc).snapshot);
    }
}

#[test]
fn a_device_that_holds_something_is_told_every_change_and_fetches_nothing_again() {
    let mut world = world();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    world.hub.wanted.clear();
    // The cursor is damaged: the log is heard from its beginning.
    world.node(KH).disk.remove(&(Store::Meta, meta::CURSOR.to_owned()));
    let position = vec![0xff, 0, 0, 0, 0];
    world.node(KH).disk.insert((Store::Meta, meta::CURSOR.to_owned()), position);
    world.crash(KH);
    world.online(KH);
    assert_eq!(world.hub.wanted, []);
    assert_eq!(world.title(KH, PROJECT), "Title 34");
}
