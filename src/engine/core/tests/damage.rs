//! Damage on the disk and on the wire: healed where anything else has what was lost, told where nothing has.

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World};
use crate::{
    domain::{DocId, EntityId, Fact},
    engine::{
        api::{Command, Mark, Query, Request, View},
        core::{
            outbox,
            store::{Store, aside, chunk_of, meta},
        },
    },
    sync::{frame::Item, hub::Row},
};

/// KH has written and been heard, has said something, and has words that are not sent yet.
fn world() -> World {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.set(KH, PROJECT, "remarks", "acknowledged");
    let text = "A word of Cambodia".to_owned();
    world.command(KH, Command::Comment { subject: PROJECT, id: EntityId::from_bytes([9; 16]), about: None, text });
    world.offline(KH);
    world.set(KH, PROJECT, "venue", "Not yet sent");
    world
}

fn flip(value: &mut [u8], at: usize) {
    let at = at.min(value.len() - 1);
    value[at] ^= 0x10;
}

/// Both have everything, and KH goes on writing.
fn all_is_well(world: &mut World, what: &str) {
    world.set(KH, PROJECT, "title", "And on it goes");
    for device in [KH, VN] {
        let view = world.project(device, PROJECT);
        assert_eq!(view.row.title, "And on it goes", "{what}: {device}");
        assert_eq!(view.row.remarks, "acknowledged", "{what}: {device}");
        assert_eq!(view.comments.len(), 1, "{what}: {device}");
        let View::Plans(plans) = world.see(device, Query::Plans) else { panic!("no plans") };
        assert_eq!(plans.plans[0].here, 1, "{what}: {device}");
    }
    let shell = world.shell(KH);
    assert_eq!((shell.unsent, shell.loading, shell.damaged), (0, 0, 0), "{what}");
    assert_eq!(shell.notice, None, "{what}");
}

#[test]
fn every_value_of_a_disk_may_be_damaged_and_nothing_that_the_hub_has_is_lost() {
    let keys: Vec<(Store, String)> = world().node(KH).disk.keys().cloned().collect();
    let stores: std::collections::BTreeSet<Store> = keys.iter().map(|(store, _)| *store).collect();
    assert_eq!(stores.len(), 4, "chunks, rows, meta and the outbox: {stores:?}");
    for (store, key) in keys.into_iter().filter(|(store, _)| *store != Store::Outbox) {
        let mut world = world();
        let value = world.node(KH).disk.get_mut(&(store, key.clone())).expect("the same every time");
        let middle = value.len() / 2;
        flip(value, middle);
        world.crash(KH);
        let what = format!("{} {key}", store.name());
        if store == Store::Row {
            let View::Plans(plans) = world.see(KH, Query::Plans) else { panic!("no plans") };
            assert_eq!(plans.plans[0].here, 1, "{what} is made anew without the hub");
        }
        world.online(KH);
        assert_eq!(world.project(VN, PROJECT).snapshot.root.line("venue"), "Not yet sent", "{what}");
        all_is_well(&mut world, &what);
        assert_eq!(world.shell(KH).refused, [], "{what}");
        world.crash(KH);
        assert_eq!(world.title(KH, PROJECT), "And on it goes", "{what}, after another start");
        let aside = world.node(KH).stored(Store::Quarantine);
        assert_eq!(aside, 0, "{what}: what was set aside goes once the document is whole");
    }
}

#[test]
fn words_that_were_damaged_before_they_were_sent_go_back_to_their_author_and_the_others_go_out() {
    let words = "Not yet sent";
    for at in (0..140).step_by(9) {
        let mut world = world();
        world.set(KH, PROJECT, "title", "Stands on the one before");
        let node = world.node(KH);
        let (_, value) = node.disk.iter_mut().find(|((store, _), _)| *store == Store::Outbox).expect("unsent words");
        let stand = value.windows(words.len()).position(|part| part == words.as_bytes()).expect("in the clear");
        if (stand..stand + words.len()).contains(&at) {
            continue;
        }
        flip(value, at);
        world.crash(KH);
        let shell = world.shell(KH);
        let [told] = shell.refused.as_slice() else { panic!("one is told at {at}: {:?}", shell.refused) };
        assert_eq!(told.why, "damaged");
        assert!(told.words.contains(words), "what can be read of it is shown, at {at}: {}", told.words);
        let command = told.command;
        world.online(KH);
        assert_eq!(world.title(VN, PROJECT), "Stands on the one before", "damaged at {at}");
        all_is_well(&mut world, "an entry of the outbox");
        world.crash(KH);
        assert_eq!(world.shell(KH).refused.len(), 1, "until its author has read it");
        world.command(KH, Command::Dismiss { command });
        assert_eq!(world.shell(KH).refused, []);
    }
}

#[test]
fn refused_words_that_are_damaged_are_shown_as_far_as_they_can_be_read() {
    let mut world = world();
    let node = world.node(KH);
    let (_, value) = node.disk.iter_mut().find(|((store, _), _)| *store == Store::Outbox).expect("unsent words");
    flip(value, 30);
    world.crash(KH);
    let refused = |(store, key): &(Store, String)| *store == Store::Quarantine && key.parse::<EntityId>().is_ok();
    let node = world.node(KH);
    let (_, value) = node.disk.iter_mut().find(|(key, _)| refused(key)).expect("kept for its author");
    flip(value, 8);
    world.crash(KH);
    let shell = world.shell(KH);
    let [told] = shell.refused.as_slice() else { panic!("one is told: {:?}", shell.refused) };
    assert!(told.words.contains("Not yet sent"), "{}", told.words);
}

#[test]
fn a_device_that_no_longer_knows_who_it_is_says_so_and_its_words_go_out_once_it_joins_again() {
    let mut world = world();
    for key in [meta::DEVICE, meta::DEVICE_AGAIN] {
        let value = world.node(KH).disk.get_mut(&(Store::Meta, key.to_owned())).expect("kept twice");
        flip(value, 9);
    }
    world.crash(KH);
    let shell = world.shell(KH);
    assert_eq!((shell.me, shell.unsent), (None, 1));
    assert_eq!(shell.notice.as_deref(), Some("notice-device-damaged"));
    world.command(KH, Command::Join { secret: "again".to_owned(), label: "l".to_owned() });
    world.online(KH);
    assert_eq!(world.project(VN, PROJECT).snapshot.root.line("venue"), "Not yet sent");
    all_is_well(&mut world, "the device");
}

/// The number of the fact that made the project.
fn made(world: &World) -> u64 {
    let makes = |row: &&Row| match &row.item {
        Item::Fact { body, .. } => matches!(Fact::from_bytes(body), Ok(Fact::Doc { id: PROJECT, .. })),
        Item::Change { .. } => false,
    };
    world.hub.rows.iter().find(makes).expect("it was made").number
}

#[test]
fn a_document_that_may_not_be_received_any_more_goes_also_from_a_device_that_forgot_how_far_it_was_or_what_it_is() {
    for cursor in [true, false] {
        let mut world = world();
        let key = if cursor { meta::CURSOR.to_owned() } else { meta::fact(made(&world)) };
        let value = world.node(KH).disk.get_mut(&(Store::Meta, key.clone())).expect("it was kept");
        flip(value, 12);
        world.crash(KH);
        // The hub tells everything again, but not of the project.
        let of_project = |row: &&Row| match &row.item {
            Item::Change { doc, .. } => DocId::from_bytes((*doc).into()) == PROJECT,
            Item::Fact { body, .. } => String::from_utf8_lossy(body).contains(&PROJECT.to_string()),
        };
        world.hub.hides = world.hub.rows.iter().filter(of_project).map(|row| row.number).collect();
        world.online(KH);
        assert_eq!(world.see(KH, Query::Project { doc: PROJECT }), View::Absent { loading: false }, "{key}");
        let of_project = |key: &str| chunk_of(key).is_some_and(|(doc, _)| doc == PROJECT);
        assert!(!world.node(KH).disk.keys().any(|(store, key)| *store == Store::Chunk && of_project(key)), "{key}");
        let garbled = (Store::Meta, meta::fact(made(&world)));
        assert!(cursor || !world.node(KH).disk.contains_key(&garbled), "what cannot be read is not kept for ever");
    }
}

#[test]
fn nobody_is_said_to_have_seen_words_while_it_is_not_known_who_may_read_them() {
    for cursor in [false, true] {
        seen_by_whom_is_forgotten(cursor);
    }
}

/// With the cursor garbled, or the fact that somebody left.
fn seen_by_whom_is_forgotten(cursor: bool) {
    let mut world = World::new();
    for device in [KH, VN, ASEC] {
        world.join(device);
        world.online(device);
    }
    world.offline(VN);
    world.leaves(VN);
    let ends = meta::fact(world.hub.rows.last().expect("it was said").number);
    world.later(2_000);
    world.set(KH, PROJECT, "title", "Said afterwards");
    // It passes, and gets nothing of them.
    world.online(VN);
    world.tell_seen();
    world.set(ASEC, PLAN, "title", "How far they are goes to the disk with this");
    world.later(61_000);
    assert_eq!(world.mark(KH, PROJECT), Mark::Seen { delegations: 1 }, "the Secretariat has");
    world.offline(KH);
    let key = if cursor { meta::CURSOR.to_owned() } else { ends };
    let value = world.node(KH).disk.get_mut(&(Store::Meta, key)).expect("it was kept");
    flip(value, 12);
    world.crash(KH);
    let known = if cursor { Mark::Device } else { Mark::Hub };
    assert_eq!(world.mark(KH, PROJECT), known, "it cannot know whether they have left, or how far the hub is");
    // Whoever looks at the plan meanwhile is told of every row whose mark that changes.
    world.request(KH, Request::Subscribe { sub: 99, query: Query::Plan { doc: PLAN } });
    world.online(KH);
    assert_eq!(world.mark(KH, PROJECT), Mark::Seen { delegations: 1 }, "it heard so again");
}

/// Every change is damaged on its way: one bit of its words.
fn damage(item: &mut Item) {
    if let Item::Change { body: Some(body), .. } = item {
        let at = body.len() / 2;
        body[at] ^= 1;
    }
}

#[test]
fn a_change_that_comes_damaged_is_set_aside_told_and_fetched_again_until_it_comes_whole() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.hub.garble = Some(damage);
    world.set(KH, PROJECT, "title", "Came damaged");
    let shell = world.shell(VN);
    assert_eq!((shell.damaged, shell.loading), (1, 1), "it is told");
    assert_eq!(world.see(VN, Query::Project { doc: PROJECT }), View::Absent { loading: true });
    assert!(world.node(VN).stored(Store::Quarantine) > 0, "and kept apart");
    world.crash(VN);
    assert_eq!(world.shell(VN).damaged, 1, "also after a restart");
    world.online(VN);
    world.later(40_000);
    assert_eq!(world.shell(VN).damaged, 1, "it came damaged again");
    world.hub.garble = None;
    world.later(300_000);
    assert_eq!(world.title(VN, PROJECT), "Came damaged");
    assert_eq!((world.shell(VN).damaged, world.node(VN).stored(Store::Quarantine)), (0, 0));
}

/// Another change than the hash says.
fn exchange(item: &mut Item) {
    if let Item::Change { hash, body: Some(_), .. } = item {
        *hash = [7; 32].into();
    }
}

#[test]
fn a_change_under_the_hash_of_another_is_not_taken() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.hub.garble = Some(exchange);
    world.set(KH, PROJECT, "title", "Exchanged");
    assert_eq!(world.shell(VN).damaged, 1);
    world.hub.garble = None;
    world.later(300_000);
    assert_eq!(world.title(VN, PROJECT), "Exchanged");
}

#[test]
fn keys_of_what_was_set_aside_name_their_document() {
    assert_eq!(aside::doc(&aside::change(PROJECT, 7)), Some(PROJECT));
    assert_eq!(aside::doc(&aside::chunk(&crate::engine::core::store::chunk_key(PROJECT, 7))), Some(PROJECT));
    assert_eq!(aside::doc(&aside::entry(&outbox::key(7))), None);
}
