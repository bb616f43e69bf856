//! A device that keeps nothing says so, works all the same, and gives its words away as text.

use super::world::{KH, PORT, PROJECT, VN, World};
use crate::engine::{
    api::{Command, Done, Mark, Reply, Request},
    core::{Input, store::StoreError},
};

pub fn copy(world: &mut World, number: u8) -> (String, String) {
    world.node(number).replies.clear();
    world.command(number, Command::Export);
    let copies = world.node(number).replies.iter().find_map(|reply| match reply {
        Reply::Done { result: Ok(Done::Export { name, text }), .. } => Some((name.clone(), text.clone())),
        _ => None,
    });
    copies.expect("a copy")
}

#[test]
fn a_copy_has_the_words_that_are_not_sent_and_then_all_documents() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    world.crash(KH);
    world.set(KH, PROJECT, "remarks", "Not sent yet");
    // Also while the disk takes nothing.
    world.node(KH).hold_disk = true;
    world.set(KH, PROJECT, "title", "Nor is this");
    world.disk(KH, Err(StoreError::Quota));
    let (name, text) = copy(&mut world, KH);
    assert_eq!(name, "mufakat-2026-03-01.txt");
    assert!(text.starts_with("format: mufakat-text/1\nday: 2026-03-01\nworkspace: W\nparty: KH\n"), "{text}");
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(at("# unsent") < at("words: Not sent yet") && at("words: Not sent yet") < at("# document"));
    assert!(at("words: Nor is this") < at("# document"), "first what would be lost");
    assert!(at("kind: plan") > 0 && at("title: Title 17") > 0, "documents that were not open, too");
}

#[test]
fn a_device_without_a_store_works_and_never_says_that_something_is_on_it() {
    let mut world = World::new();
    world.join(VN);
    world.online(VN);
    world.nodes.insert(KH, super::node::Node::start(KH, std::collections::BTreeMap::new()));
    world.volatile.insert(KH);
    world.feed(KH, Input::Opened { contents: Box::default(), volatile: true });
    assert_eq!(world.shell(KH).notice.as_deref(), Some("notice-memory-only"));
    let id = world.command_id();
    let command = Command::Join { secret: "s".to_owned(), label: "l".to_owned() };
    world.feed(KH, Input::Request { port: PORT, request: Request::Command { id, command } });
    world.pump();
    assert_eq!(world.shell(KH).notice.as_deref(), Some("notice-memory-only"), "also once it has joined");
    world.online(KH);
    world.offline(KH);
    world.set(KH, PROJECT, "remarks", "In memory");
    assert_eq!(world.mark(KH, PROJECT), Mark::Pending, "never: on this device");
    assert!(copy(&mut world, KH).1.contains("words: In memory"));
    world.online(KH);
    assert_eq!(world.project(VN, PROJECT).row.remarks, "In memory");
    assert!(matches!(world.mark(KH, PROJECT), Mark::Hub | Mark::Seen { .. }));
}
