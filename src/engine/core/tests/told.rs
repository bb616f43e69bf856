//! What may be read again: what was said in it meanwhile is not told, so it is fetched.

use super::world::{KH, PROJECT, VN, World, doc_of};
use crate::{
    domain::Fact,
    sync::{
        frame::{Entry, Frame, Item},
        hub::Row,
    },
};

#[test]
fn a_document_told_of_again_is_fetched_although_something_of_it_is_here() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    // Said while Viet Nam could not read it; its chunks are here all the same, because a fall of the hub took back what had
    // taken them away.
    world.hub.hides = vec![world.hub.hub.head() + 1];
    world.set(KH, PROJECT, "title", "Said while it could not be read");
    world.later(1_000);
    world.hub.hides.clear();
    assert_eq!(world.title(VN, PROJECT), "Title 34");
    let makes = |row: &&Row| match &row.item {
        Item::Fact { body, .. } => {
            matches!(Fact::from_bytes(body), Ok(Fact::Doc { id, .. }) if id == doc_of(&PROJECT.to_bytes().into()))
        }
        Item::Change { .. } => false,
    };
    let Row { number, received_at, device, item, .. } = world.hub.rows.iter().find(makes).expect("it was made").clone();
    let cursor = world.hub.cursors[&VN];
    world.node(VN).from_hub.push_back(Frame::Log {
        from: cursor.number,
        to: cursor.number,
        stamp: cursor.stamp,
        entries: vec![Entry { number, received_at, device, item }],
        lost: Vec::new(),
        as_of: cursor.as_of + 1,
        apart: Vec::new(),
    });
    world.pump();
    assert_eq!(world.title(VN, PROJECT), "Said while it could not be read");
}
