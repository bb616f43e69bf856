//! What the hub refuses: the document is rebuilt, the rest is run again, the words stay with their author.

use std::collections::BTreeSet;

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World, code};
use crate::{
    domain::{At, DocId, Splice},
    engine::{
        api::{Command, Mark, Reply, Request},
        core::{
            outbox::{Entry, State},
            store::{Store, open},
        },
    },
};

/// The hash of the newest entry of the outbox on the disk.
fn newest(world: &mut World, number: u8) -> [u8; 32] {
    let node = world.node(number);
    let entries = node.disk.iter().filter(|((store, _), _)| *store == Store::Outbox);
    let mut entries = entries.filter_map(|((_, key), value)| Entry::decode(key, open(value).ok()?).ok());
    entries.next_back().expect("an entry").hash
}

#[test]
fn a_refused_change_is_taken_out_and_the_others_are_run_again() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.offline(KH);
    world.set(KH, PROJECT, "remarks", "kept before");
    let refused = world.set(KH, PROJECT, "title", "Refused words");
    let hash = newest(&mut world, KH);
    world.set(KH, PROJECT, "venue", "kept after");
    world.hub.refuses.insert(hash, "too-large");
    world.online(KH);

    for device in [KH, VN] {
        let view = world.project(device, PROJECT);
        assert_eq!(view.row.title, "Title 34", "on {device}");
        assert_eq!(view.row.remarks, "kept before");
        assert_eq!(view.snapshot.root.line("venue"), "kept after");
    }
    let shell = world.shell(KH);
    assert_eq!(shell.unsent, 0);
    let [kept] = shell.refused.as_slice() else { panic!("one refused edit: {:?}", shell.refused) };
    assert_eq!((kept.command, kept.doc), (refused, PROJECT));
    assert_eq!((kept.why.as_str(), kept.words.as_str()), ("too-large", "Refused words"));
    assert_eq!(world.mark(KH, PROJECT), Mark::Refused);

    // It is still there after a restart, until its author has read it.
    world.crash(KH);
    assert_eq!(world.shell(KH).refused.len(), 1);
    assert_eq!(world.title(KH, PROJECT), "Title 34");
    world.command(KH, Command::Dismiss { command: refused });
    assert_eq!(world.shell(KH).refused, []);
    world.crash(KH);
    assert_eq!(world.shell(KH).refused, []);
}

#[test]
fn after_a_refusal_the_device_writes_on_under_another_name() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Refused");
    let hash = newest(&mut world, KH);
    world.hub.refuses.insert(hash, "too-large");
    world.online(KH);
    world.set(KH, PROJECT, "title", "Taken");
    assert_eq!(world.mark(KH, PROJECT), Mark::Refused, "as long as the words wait");
    let refused = world.shell(KH).refused[0].command;
    world.command(KH, Command::Dismiss { command: refused });
    assert_eq!((world.title(KH, PROJECT).as_str(), world.mark(KH, PROJECT)), ("Taken", Mark::Hub));
    let actors: std::collections::BTreeSet<_> =
        world.hub.rows.iter().filter(|row| row.device.is_some() && row.seq > 0).map(|row| row.actor.clone()).collect();
    assert_eq!(actors.len(), 1, "the refused change left no trace at the hub");
}

#[test]
fn a_restored_older_disk_forks_and_nothing_is_lost() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    let old = world.node(KH).disk.clone();
    world.set(KH, PROJECT, "title", "From the future");
    world.offline(KH);
    // The laptop is restored from a backup: it writes its first change a second time, and differently.
    world.node(KH).disk = old;
    world.crash(KH);
    world.set(KH, PROJECT, "remarks", "After the restore");
    world.online(KH);
    for device in [KH, VN] {
        let view = world.project(device, PROJECT);
        assert_eq!((view.row.title.as_str(), view.row.remarks.as_str()), ("From the future", "After the restore"));
    }
    assert_eq!(world.shell(KH).refused, []);
    assert_eq!(world.shell(KH).unsent, 0);
}

#[test]
fn what_one_may_not_do_is_refused_before_it_is_written() {
    let mut world = World::new();
    world.join(VN);
    world.online(VN);
    let command = world.set(VN, PROJECT, "title", "Not mine");
    let answer = world.done(VN, command).expect("at once");
    assert_eq!(answer.expect_err("refused").code, "not-a-writer");
    assert_eq!(world.node(VN).stored(Store::Outbox), 0);
    assert!(!world.project(VN, PROJECT).may_write);
}

#[test]
fn a_session_goes_on_over_a_rebuilt_document() {
    let mut world = World::new();
    for device in [KH, ASEC] {
        world.join(device);
        world.online(device);
    }
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Refused");
    let hash = newest(&mut world, KH);
    world.hub.refuses.insert(hash, "too-large");
    world.request(KH, Request::OpenText { session: 4, doc: PROJECT, at: At::root("objective") });
    let typed = |n: u32, at: u32, insert: &str| Request::EditText {
        session: 4,
        n,
        version: 1,
        splices: vec![Splice { at, delete: 0, insert: insert.to_owned() }],
    };
    world.request(KH, typed(1, 0, "before "));
    world.later(600);
    world.online(KH);
    assert_eq!(world.shell(KH).refused.len(), 1);
    let ended = world.node(KH).replies.iter().any(|reply| matches!(reply, Reply::TextEnded { .. }));
    assert!(!ended, "the field keeps its focus");
    world.request(KH, typed(2, 7, "and after"));
    world.request(KH, Request::CloseText { session: 4 });
    world.pump();
    assert_eq!(world.project(ASEC, PROJECT).snapshot.root.text("objective"), "before and after");
    assert_eq!(world.shell(KH).unsent, 0);
}

#[test]
fn the_first_change_of_a_document_kept_back_while_that_was_fetched_goes_with_the_words_that_are_run_again() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    let doc = DocId::from_bytes([0x61; 16]);
    let title = "Kept back with its document".to_owned();
    world.command(KH, Command::CreateProject { doc, plan: PLAN, title, lead: code("KH") });
    let engine = &mut world.node(KH).engine;
    let first = engine.outbox.of(doc).find(|entry| !entry.is_fact() && entry.edit().is_none()).expect("it begins").seq;
    engine.hold_until_here(first);
    engine.rebuild(doc, &BTreeSet::new(), "");
    assert_eq!(engine.outbox.get(first).map(|entry| entry.state), Some(State::Device));
}
