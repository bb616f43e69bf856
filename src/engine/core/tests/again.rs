//! Refused words come back to their author: to be read, copied, and sent again.

use super::{
    export::copy,
    world::{KH, PROJECT, VN, World},
};
use crate::{
    engine::{
        api::{Command, Mark},
        core::store::Store,
    },
    sync::frame::Item,
};

/// KH's words were acknowledged; then the hub falls back and will not have them again.
fn refused_after_a_fall() -> World {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    let backup = world.hub.rows.len();
    world.set(KH, PROJECT, "remarks", "Long since acknowledged");
    assert_eq!(
        (world.shell(KH).unsent, world.project(VN, PROJECT).row.remarks.as_str()),
        (0, "Long since acknowledged")
    );
    world.offline(KH);
    world.offline(VN);
    for row in &world.hub.rows[backup..] {
        if let Item::Change { hash, .. } = &row.item {
            world.hub.refuses.insert((*hash).into(), "too-large");
        }
    }
    world.hub.fall_back(backup);
    for device in [VN, KH] {
        world.online(device);
        world.later(2_000);
        world.later(2_000);
    }
    world
}

#[test]
fn what_the_hub_will_not_have_back_is_refused_words_like_any() {
    let mut world = refused_after_a_fall();
    let refused = world.shell(KH).refused;
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!((refused[0].words.as_str(), refused[0].why.as_str()), ("Long since acknowledged", "too-large"));
    assert!(refused[0].again && refused[0].doc == PROJECT);
    assert_eq!(world.mark(KH, PROJECT), Mark::Refused);
    assert!(copy(&mut world, KH).1.contains("words: Long since acknowledged"));
    assert_eq!(world.shell(VN).refused, [], "only its author brings it again");
    world.offline(KH);
    world.crash(KH);
    assert_eq!(world.shell(KH).refused, refused, "also after a crash");
}

#[test]
fn offered_again_it_is_a_new_change_that_everyone_gets() {
    let mut world = refused_after_a_fall();
    assert_ne!(world.project(VN, PROJECT).row.remarks, "Long since acknowledged");
    let command = world.shell(KH).refused[0].command;
    let asked = world.command(KH, Command::OfferAgain { command });
    world.later(2_000);
    assert_eq!(world.done(KH, asked), Some(Ok(())));
    assert_eq!((world.shell(KH).refused.len(), world.shell(KH).unsent), (0, 0));
    assert_eq!(world.project(VN, PROJECT).row.remarks, "Long since acknowledged");
    // What was set aside of the hub's fall stays for those who look for it; the words do not come back once more.
    let words = |world: &mut World| {
        let node = world.node(KH);
        node.disk.keys().filter(|(store, key)| *store == Store::Quarantine && !key.contains('/')).count()
    };
    assert_eq!(words(&mut world), 0);
}

#[test]
fn what_cannot_be_carried_out_stays_refused() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    world.set(KH, PROJECT, "remarks", "Refused once");
    let entry = world.node(KH).engine.outbox.iter().next().cloned().expect("it waits");
    world.hub.refuses.insert(entry.hash, "too-large");
    world.online(KH);
    let refused = world.shell(KH).refused;
    assert!(refused[0].again);
    // Meanwhile the project went to another party: these words are KH's no more to send.
    world.node(KH).engine.catalogue.docs.get_mut(&PROJECT).expect("known").writers.clear();
    let command = refused[0].command;
    let asked = world.command(KH, Command::OfferAgain { command });
    assert!(matches!(world.done(KH, asked), Some(Err(refusal)) if refusal.code == "not-a-writer"));
    let refused = world.shell(KH).refused;
    assert_eq!((refused.len(), refused[0].words.as_str(), refused[0].again), (1, "Refused once", false));
    world.command(KH, Command::Dismiss { command });
    assert_eq!(world.shell(KH).refused, []);
    let asked = world.command(KH, Command::OfferAgain { command });
    assert!(matches!(world.done(KH, asked), Some(Err(_))), "and is not there to be sent");
}
