//! A hub of another version: everything stays readable, new words wait, the person is told, and nothing is lost.

use super::{
    export::copy,
    world::{KH, PLAN, PROJECT, VN, World},
};
use crate::{
    domain::{DocKind, EntityId},
    engine::api::{Command, Link, Mark, Query, View},
};

/// KH and VN on a hub that then speaks this version and takes pushes from that one up.
fn on(speaks: (u16, u16)) -> World {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.set(KH, PROJECT, "remarks", "From before");
    world.offline(VN);
    world.hub.speaks = Some(speaks);
    world.online(VN);
    world.hub.speaks = None;
    world
}

fn comment(world: &mut World, text: &str) {
    let comment =
        Command::Comment { subject: PROJECT, id: EntityId::from_bytes([7; 16]), about: None, text: text.to_owned() };
    world.command(VN, comment);
}

fn notice(world: &mut World, device: u8) -> Option<String> {
    world.shell(device).notice
}

#[test]
fn where_the_hub_wants_a_newer_application_everything_is_read_and_nothing_is_sent() {
    let mut world = on((1, 2));
    world.set(KH, PROJECT, "remarks", "From a newer device");
    assert_eq!(world.project(VN, PROJECT).row.remarks, "From a newer device");
    assert_eq!(world.shell(VN).link, Link::Live);
    assert_eq!(notice(&mut world, VN).as_deref(), Some("notice-newer-hub"));
    let left = world.node(VN).left.len();
    comment(&mut world, "VN waits for its update");
    world.later(120_000);
    assert_eq!(world.node(VN).left.len(), left, "nothing is sent");
    assert!(world.shell(VN).unsent > 0 && world.shell(VN).refused.is_empty());
    let (_, text) = copy(&mut world, VN);
    assert!(text.contains("words: VN waits for its update") && text.contains("From a newer device"), "{text}");
    // The notice stays while there is no link, and the words over a crash.
    world.offline(VN);
    assert_eq!(notice(&mut world, VN).as_deref(), Some("notice-newer-hub"));
    world.crash(VN);
    // The updated application: the hub takes what waited.
    world.online(VN);
    assert_eq!((notice(&mut world, VN), world.shell(VN).unsent), (None, 0));
    assert!(!world.node(VN).left.is_empty());
}

#[test]
fn words_wait_for_an_older_hub_and_go_once_it_is_updated() {
    let mut world = on((0, 0));
    assert_eq!(notice(&mut world, VN).as_deref(), Some("notice-older-hub"));
    assert_eq!(world.project(VN, PROJECT).row.remarks, "From before");
    comment(&mut world, "VN waits for the hub");
    assert!(world.shell(VN).unsent > 0 && world.node(VN).left.is_empty());
    world.offline(VN);
    world.online(VN);
    assert_eq!((notice(&mut world, VN), world.shell(VN).unsent), (None, 0));
}

#[test]
fn a_hub_that_cannot_speak_with_this_application_takes_nothing_away() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    world.hub.too_new = true;
    world.online(KH);
    assert_eq!(notice(&mut world, KH).as_deref(), Some("notice-newer-hub"));
    world.set(KH, PROJECT, "remarks", "Kept here");
    assert_eq!(world.mark(KH, PROJECT), Mark::Device);
    assert!(copy(&mut world, KH).1.contains("words: Kept here"));
    // Nothing has to be joined or begun again once they understand each other.
    world.hub.too_new = false;
    world.command(KH, Command::Reconnect);
    world.later(1_000);
    assert_eq!(world.shell(KH).unsent, 0);
    assert_eq!(notice(&mut world, KH), None);
}

#[test]
fn a_row_whose_document_a_newer_version_wrote_is_not_for_writing_whether_that_is_loaded_or_not() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    let may_write = |world: &mut World| match world.see(KH, Query::Plan { doc: PLAN }) {
        View::Plan(view) => view.rows[0].may_write,
        other => panic!("not a plan: {other:?}"),
    };
    assert!(may_write(&mut world));
    world.newer_schema(PROJECT, DocKind::Project);
    world.later(61_000);
    assert!(!may_write(&mut world));
    world.crash(KH);
    assert!(!may_write(&mut world), "only its row is here");
    world.project(KH, PROJECT);
    assert!(!may_write(&mut world), "loaded");
}
