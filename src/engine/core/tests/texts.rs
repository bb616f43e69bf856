//! Typing: keys become few changes, never late, never lost, and what others type arrives under one's fingers.

use super::world::{KH, PORT, PROJECT, VN, World};
use crate::{
    domain::{At, Splice},
    engine::{
        api::{Mark, Reply, Request},
        core::{Input, store::Store},
    },
};

const KH2: u8 = 11;

fn open(world: &mut World, number: u8, session: u32) {
    world.request(number, Request::OpenText { session, doc: PROJECT, at: At::root("objective") });
}

fn typed(world: &mut World, number: u8, n: u32, version: u32, at: u32, insert: &str) {
    let splices = vec![Splice { at, delete: 0, insert: insert.to_owned() }];
    world.request(number, Request::EditText { session: 1, n, version, splices });
}

fn objective(world: &mut World, number: u8) -> String {
    world.project(number, PROJECT).snapshot.root.text("objective").to_owned()
}

fn last_text(world: &mut World, number: u8) -> Option<(u32, u32, String)> {
    world.node(number).replies.iter().rev().find_map(|reply| match reply {
        Reply::Text { session: 1, version, after, text } => Some((*version, *after, text.clone())),
        _ => None,
    })
}

#[test]
fn keys_become_one_change_every_half_second_and_at_once_when_the_field_is_left() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    open(&mut world, KH, 1);
    assert_eq!(last_text(&mut world, KH), Some((1, 0, String::new())));
    for (n, letter) in (1..).zip(["H", "à", " ", "N", "ộ", "i"]) {
        typed(&mut world, KH, n, 1, n - 1, letter);
        world.later(50);
    }
    assert_eq!(world.node(KH).stored(Store::Outbox), 0, "not yet half a second");
    world.later(250);
    assert_eq!(world.node(KH).stored(Store::Outbox), 1, "one change for six keys");
    assert_eq!(objective(&mut world, KH), "Hà Nội");
    typed(&mut world, KH, 7, 1, 6, "!");
    world.request(KH, Request::CloseText { session: 1 });
    assert_eq!(world.node(KH).stored(Store::Outbox), 2, "at once");
    world.crash(KH);
    assert_eq!(objective(&mut world, KH), "Hà Nội!");
    assert_eq!(world.mark(KH, PROJECT), Mark::Device);
}

#[test]
fn a_page_that_goes_away_or_reloads_leaves_nothing_behind() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    open(&mut world, KH, 1);
    typed(&mut world, KH, 1, 1, 0, "flushed");
    world.request(KH, Request::Flush);
    assert!(world.node(KH).replies.contains(&Reply::Flushed));
    typed(&mut world, KH, 2, 1, 7, " and gone");
    world.feed(KH, Input::Gone { port: PORT });
    world.pump();
    world.crash(KH);
    assert_eq!(objective(&mut world, KH), "flushed and gone");
}

#[test]
fn two_devices_type_into_one_field_and_keep_every_letter() {
    let mut world = World::new();
    for device in [KH, KH2] {
        world.join(device);
        world.online(device);
        open(&mut world, device, 1);
    }
    typed(&mut world, KH, 1, 1, 0, "Service");
    world.later(600);
    assert_eq!(last_text(&mut world, KH2), Some((2, 0, "Service".to_owned())), "under the other's eyes");
    // Both type on what they see, before either hears of the other.
    typed(&mut world, KH, 2, 1, 7, " delivery");
    typed(&mut world, KH2, 1, 2, 0, "Public ");
    world.later(150);
    world.later(150);
    let (_, after, text) = last_text(&mut world, KH).expect("a text");
    assert_eq!((after, text.as_str()), (2, "Public Service delivery"));
    assert_eq!(objective(&mut world, KH), "Public Service delivery", "in company keys go sooner");
    assert_eq!(objective(&mut world, KH2), "Public Service delivery");
}

#[test]
fn words_that_arrive_while_a_page_types_and_takes_it_back_are_shown_when_it_rests() {
    let mut world = World::new();
    for device in [KH, KH2] {
        world.join(device);
        world.online(device);
        open(&mut world, device, 1);
    }
    typed(&mut world, KH, 1, 1, 0, "draft");
    world.later(600);
    // The other types a letter and takes it back; what arrives in between it has to ignore: it was made before.
    typed(&mut world, KH, 2, 1, 0, "A ");
    world.later(450);
    typed(&mut world, KH2, 1, 2, 5, "x");
    world.later(60);
    assert_eq!(last_text(&mut world, KH2).map(|(_, after, _)| after), Some(1), "it has arrived");
    let back = vec![Splice { at: 5, delete: 1, insert: String::new() }];
    world.request(KH2, Request::EditText { session: 1, n: 2, version: 2, splices: back });
    world.later(600);
    let (_, after, text) = last_text(&mut world, KH2).expect("a text");
    assert_eq!((after, text.as_str()), (2, "A draft"));
    assert!(world.node(KH2).replies.iter().all(|reply| !matches!(reply, Reply::TextEnded { .. })));
    assert_eq!(objective(&mut world, KH2), "A draft");
}

#[test]
fn a_field_that_is_not_mine_does_not_open() {
    let mut world = World::new();
    world.join(VN);
    world.online(VN);
    open(&mut world, VN, 1);
    let ended = world.node(VN).replies.iter().find_map(|reply| match reply {
        Reply::TextEnded { session: 1, why } => Some(why.code.clone()),
        _ => None,
    });
    assert_eq!(ended.as_deref(), Some("not-a-writer"));
    world.node(VN).replies.clear();
    typed(&mut world, VN, 1, 1, 0, "x");
    let unknown = |reply: &Reply| matches!(reply, Reply::TextEnded { why, .. } if why.code == "session-unknown");
    assert!(world.node(VN).replies.iter().any(unknown));
}
