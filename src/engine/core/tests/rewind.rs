//! A hub that fell back to an older state: what is shown stays true, and the devices make it whole again.

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World, doc_of, item};
use crate::{
    domain::{DocId, DocKind, Fact},
    engine::{
        api::{Command, Mark, Query, View},
        core::{
            outbox::{self, Body},
            store::{Store, chunk_of, meta, open},
        },
    },
    sync::{
        frame::{Entry, Frame, Id, Item},
        hub::Row,
    },
};

fn together() -> World {
    let mut world = World::new();
    for device in [KH, VN, ASEC] {
        world.join(device);
        world.online(device);
    }
    world
}

fn fall_back(world: &mut World, to: usize) {
    for device in [KH, VN, ASEC] {
        world.offline(device);
    }
    world.hub.fall_back(to);
}

fn plan(world: &mut World, device: u8) -> (String, Mark) {
    let View::Plan(plan) = world.see(device, Query::Plan { doc: PLAN }) else { panic!("no plan") };
    (plan.card.title, plan.card.mark)
}

fn authors(world: &World, from: usize) -> Vec<Option<Id>> {
    world.hub.rows[from..].iter().map(|row| row.device).collect()
}

#[test]
fn what_the_hub_lost_stays_here_is_marked_so_and_is_given_back_by_others_than_its_author() {
    let mut world = together();
    world.set(KH, PROJECT, "title", "Before the backup");
    let backup = world.hub.rows.len();
    world.set(KH, PROJECT, "title", "After the backup");
    world.set(ASEC, PLAN, "title", "A later plan");
    world.tell_seen();
    let lost: Vec<_> = world.hub.rows[backup..].iter().map(|row| (row.item.key(), row.device)).collect();
    assert_eq!(world.mark(VN, PROJECT), Mark::Seen { delegations: 2 });

    fall_back(&mut world, backup);
    world.hub.deaf_to_returns = true;
    world.online(VN);
    assert_eq!(world.mark(VN, PROJECT), Mark::Device, "the hub has not got it");
    assert_eq!(plan(&mut world, VN), ("A later plan".to_owned(), Mark::Device));
    assert_eq!(world.title(VN, PROJECT), "After the backup", "and it stays readable");
    world.set(VN, PROJECT, "remarks", "refused anyway: not a writer");
    world.crash(VN);
    assert_eq!((world.title(VN, PROJECT), world.mark(VN, PROJECT)), ("After the backup".to_owned(), Mark::Device));

    world.hub.deaf_to_returns = false;
    world.online(VN);
    let found: Vec<_> = world.hub.rows[backup..].iter().map(|row| (row.item.key(), row.device)).collect();
    assert_eq!(found, lost, "in the old order, under their authors' names");
    assert_eq!(world.title(VN, PROJECT), "After the backup");
    assert_eq!(world.mark(VN, PROJECT), Mark::Hub);
    assert!(!world.node(VN).disk.contains_key(&(Store::Meta, meta::REWOUND.to_owned())), "nothing is owed any more");

    // The authors come back: nothing twice, and everyone has everything.
    world.online(KH);
    world.online(ASEC);
    assert_eq!(world.hub.rows.len(), backup + lost.len());
    for device in [KH, VN, ASEC] {
        assert_eq!(world.title(device, PROJECT), "After the backup");
        assert_eq!(plan(&mut world, device).0, "A later plan");
        assert_eq!(world.shell(device).unsent, 0);
    }
    world.tell_seen();
    assert_eq!(world.mark(KH, PROJECT), Mark::Seen { delegations: 2 });
    world.set(KH, PROJECT, "title", "And on");
    assert_eq!(world.title(VN, PROJECT), "And on");
}

#[test]
fn facts_documents_and_words_not_yet_sent_come_back_in_the_right_order() {
    let mut world = together();
    let backup = world.hub.rows.len();
    let comment = world.command_id();
    let text = "Who pays?".to_owned();
    world.command(VN, Command::Comment { subject: PROJECT, id: comment, about: None, text });
    let count = world.hub.rows.len() - backup;
    assert!(count >= 3, "a document, its beginning and the words");
    fall_back(&mut world, backup);
    // Written on top of what the hub does not have, before anyone knows that.
    world.set(KH, PROJECT, "title", "On top");
    world.online(KH);
    for _ in 0..4 {
        // It is turned back, says what it has passed, is turned back there, and comes again.
        world.later(2_000);
    }
    assert_eq!(world.hub.given_back, count, "by one who did not write it");
    let by: Vec<Option<Id>> = authors(&world, backup);
    assert_eq!(by[..count], vec![Some(Id::from([VN; 16])); count][..]);
    assert_eq!(by[count], Some(Id::from([KH; 16])), "new words only after the old");
    assert_eq!(world.shell(KH).unsent, 0);
    let facts = world.hub.rows[backup..].iter().filter(|row| matches!(&row.item, Item::Fact { .. })).count();
    assert_eq!(facts, 1);
    world.crash(KH);
    for device in [VN, ASEC, KH] {
        world.online(device);
        assert_eq!(world.project(device, PROJECT).comments.len(), 1, "on {device}");
        assert_eq!(world.title(device, PROJECT), "On top");
    }
    assert_eq!(world.hub.rows.len(), backup + count + 1);
}

#[test]
fn a_document_given_back_that_may_no_longer_be_read_goes_away() {
    let mut world = together();
    let backup = world.hub.rows.len();
    let comment = world.command_id();
    world.command(VN, Command::Comment { subject: PROJECT, id: comment, about: None, text: "Who pays?".to_owned() });
    world.pump();
    let facts = world.hub.rows[backup..].iter().filter_map(|row| match &row.item {
        Item::Fact { body, .. } => Fact::from_bytes(body).ok(),
        Item::Change { .. } => None,
    });
    let mut voice = facts.filter_map(|fact| match fact {
        Fact::Doc { id, kind: DocKind::Voice, .. } => Some(id),
        _ => None,
    });
    let voice = voice.next().expect("a voice");
    let chunks = |world: &mut World, device| {
        let of_voice = |key: &str| chunk_of(key).is_some_and(|(of, _)| of == voice);
        world.node(device).disk.keys().filter(|(store, key)| *store == Store::Chunk && of_voice(key)).count()
    };
    assert!(chunks(&mut world, VN) > 0);
    fall_back(&mut world, backup);
    // Before anyone gives anything back, its author's delegation leaves.
    world.leaves(VN);
    world.online(ASEC);
    world.later(2_000);
    world.later(2_000);
    assert!(chunks(&mut world, ASEC) > 0, "others have it again");
    world.online(VN);
    world.later(2_000);
    world.later(2_000);
    assert_eq!(chunks(&mut world, VN), 0);
    assert!(!world.node(VN).disk.contains_key(&(Store::Meta, meta::REWOUND.to_owned())), "and nothing is owed");
}

#[test]
fn a_document_of_ones_own_is_given_back_before_the_log_told_of_it() {
    let mut world = together();
    let backup = world.hub.rows.len();
    // The acknowledgement is heard; what the log says of it never comes.
    world.hub.hides = (backup as u64 + 1..backup as u64 + 10).collect();
    let (comment, text) = (world.command_id(), "Who pays?".to_owned());
    world.command(VN, Command::Comment { subject: PROJECT, id: comment, about: None, text });
    let made = world.hub.rows[backup..].to_vec();
    assert!(made.len() >= 3 && world.shell(VN).unsent == 0, "a document, its beginning and the words");
    fall_back(&mut world, backup);
    world.hub.hides.clear();
    world.online(VN);
    world.later(2_000);
    world.later(2_000);
    let keys = |rows: &[Row]| rows.iter().map(|row| (row.item.key(), row.device)).collect::<Vec<_>>();
    assert_eq!(keys(&world.hub.rows[backup..]), keys(&made));
    assert_eq!(world.project(VN, PROJECT).comments.len(), 1);
}

#[test]
fn words_acknowledged_while_their_document_was_missing_outlive_a_hub_that_loses_them() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    let backup = world.hub.rows.len();
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Said once");
    let of_project = |key: &str| chunk_of(key).is_some_and(|(doc, _)| doc == PROJECT);
    let chunks = world.node(KH).disk.iter_mut().filter(|((store, key), _)| *store == Store::Chunk && of_project(key));
    chunks.for_each(|(_, value)| value.truncate(value.len() / 2));
    world.crash(KH);
    assert_eq!(world.see(KH, Query::Project { doc: PROJECT }), View::Absent { loading: true });
    world.hub.gives = 0;
    world.online(KH);
    assert_eq!(world.hub.rows.len(), backup + 1, "acknowledged, and the document is still on its way");
    world.offline(KH);
    world.hub.fall_back(backup);
    world.hub.gives = usize::MAX;
    world.online(KH);
    world.later(2_000);
    world.later(2_000);
    assert_eq!(world.hub.rows.len(), backup + 1);
    assert_eq!((world.title(KH, PROJECT).as_str(), world.shell(KH).unsent), ("Said once", 0));
}

#[test]
fn a_change_acknowledged_over_a_lost_answer_gets_its_code_with_the_log() {
    let mut world = together();
    world.offline(KH);
    world.set(KH, PROJECT, "title", "The answer was lost");
    let outbox = world.node(KH).disk.iter().find(|((store, _), _)| *store == Store::Outbox);
    let ((_, key), value) = outbox.expect("it waits");
    let entry = outbox::Entry::decode(key, open(value).expect("sealed")).expect("reads");
    let (doc, Body::Change { bytes, .. }) = (entry.doc, &entry.body) else { panic!("no change") };
    let ack = world.hub.push(Some(KH), 1, vec![item(doc, entry.hash, bytes)]);
    assert!(matches!(ack, Frame::Ack { taken: 1, .. }));
    world.online(KH);
    assert_eq!(world.shell(KH).unsent, 0);
    let known = world.node(KH).engine.documents.get(PROJECT).expect("loaded").provenances().clone();
    assert!(known[&entry.hash].receipt.is_some(), "others could not bring it back without its author");
    world.crash(KH);
    world.title(KH, PROJECT);
    let known = world.node(KH).engine.documents.get(PROJECT).expect("loaded").provenances().clone();
    assert!(known[&entry.hash].receipt.is_some(), "also from the disk");
}

#[test]
fn a_device_that_the_hub_no_longer_knows_shows_that_it_did_and_goes_on() {
    let mut world = together();
    world.offline(KH);
    world.hub.unknown.insert(KH);
    world.set(KH, PROJECT, "title", "Still mine");
    world.online(KH);
    let (path, body) = world.calls.last().expect("it asked");
    assert_eq!(*path, "/v1/return");
    let request: crate::sync::join::ReturnRequest = serde_json::from_str(body).expect("reads");
    let facts: Vec<Fact> =
        request.facts.iter().map(|fact| Fact::from_bytes(fact.fact.as_bytes()).expect("a fact")).collect();
    assert!(facts.iter().any(|fact| matches!(fact, Fact::Device { .. })));
    assert!(facts.iter().any(|fact| matches!(fact, Fact::Appoint { .. })));
    assert!(facts.len() == 2 && request.signature.len() == 86, "its own, and signed");
    assert_eq!((world.shell(KH).unsent, world.shell(KH).notice), (0, None));
    assert_eq!(world.title(VN, PROJECT), "Still mine");
}

#[test]
fn what_was_taken_away_above_the_place_to_which_a_hub_fell_is_asked_for_again() {
    let mut world = together();
    world.set(KH, PROJECT, "title", "Read before");
    let backup = world.hub.rows.len();
    world.set(ASEC, PLAN, "title", "Later");
    world.lose(VN, PROJECT);
    world.later(61_000);
    let gone = world.see(VN, Query::Project { doc: PROJECT });
    assert!(matches!(gone, View::Absent { .. }), "{gone:?}");

    fall_back(&mut world, backup);
    for device in [VN, KH, ASEC] {
        world.online(device);
    }
    assert_eq!(world.title(VN, PROJECT), "Read before", "by the rights of now it may be read");
}

#[test]
fn a_document_made_here_whose_rights_ended_before_the_log_told_of_it_goes_away() {
    let mut world = together();
    let before = world.hub.rows.len();
    world.hub.silent = true;
    let comment = world.command_id();
    world.command(VN, Command::Comment { subject: PROJECT, id: comment, about: None, text: "Who pays?".to_owned() });
    assert!(world.hub.rows.len() > before && world.shell(VN).unsent == 0, "the hub said that it took it, and no more");
    world.offline(VN);
    world.hub.silent = false;
    world.leaves(VN);
    world.online(VN);
    world.later(61_000);
    let made: Vec<DocId> =
        world.hub.rows[before..].iter().filter_map(|row| row.item.key().doc).map(|doc| doc_of(&doc)).collect();
    let kept = |(store, key): &&(Store, String)| {
        *store == Store::Chunk && chunk_of(key).is_some_and(|(doc, _)| made.contains(&doc))
    };
    assert_eq!(world.node(VN).disk.keys().filter(kept).count(), 0);
}

#[test]
fn who_left_in_what_the_hub_lost_is_not_said_to_have_seen_what_they_never_got() {
    let mut world = together();
    world.offline(VN);
    world.set(KH, PROJECT, "title", "Said before they left");
    world.set(ASEC, PLAN, "title", "Everybody passes this place");
    world.later(61_000);
    let backup = world.hub.rows.len();
    world.leaves(VN);
    world.online(VN);
    world.tell_seen();
    assert_eq!(world.mark(KH, PROJECT), Mark::Seen { delegations: 1 }, "the Secretariat has");
    fall_back(&mut world, backup);
    world.hub.deaf_to_returns = true;
    world.online(KH);
    assert_eq!(world.mark(KH, PROJECT), Mark::Hub, "until it is told anew");
}

#[test]
fn who_came_back_in_what_the_hub_lost_is_not_said_to_have_seen_what_passed_them_by() {
    let mut world = together();
    world.leaves(VN);
    world.set(KH, PROJECT, "title", "Said while they were away");
    world.set(ASEC, PLAN, "title", "Everybody passes this place");
    world.later(61_000);
    world.tell_seen();
    assert_eq!(world.mark(KH, PROJECT), Mark::Seen { delegations: 1 }, "the Secretariat has");
    let backup = world.hub.rows.len();
    world.offline(VN);
    world.comes_back(VN);
    assert_eq!(world.mark(KH, PROJECT), Mark::Seen { delegations: 1 }, "they have passed it and not got it");
    fall_back(&mut world, backup);
    world.hub.deaf_to_returns = true;
    world.online(KH);
    assert_eq!(world.mark(KH, PROJECT), Mark::Seen { delegations: 1 }, "that they are back has no number any more");
}

#[test]
fn what_is_written_after_a_fall_takes_no_place_of_what_others_bring_back() {
    let mut world = together();
    let backup = world.hub.rows.len();
    world.set(KH, PROJECT, "title", "Said before they left");
    let first = world.hub.rows.last().expect("a change").item.key();
    world.offline(VN);
    // Its words leave its device with its rights, and the hub loses both.
    world.lose(KH, PROJECT);
    fall_back(&mut world, backup);
    world.online(KH);
    world.later(1_000);
    world.set(KH, PROJECT, "title", "Said after the fall");
    world.later(1_000);
    assert_eq!(world.hub.rows.len(), backup + 1, "taken");
    let there = |world: &World| world.hub.rows.iter().any(|row| row.item.key() == first);
    assert!(!there(&world), "only Viet Nam has them");
    world.online(VN);
    world.later(1_000);
    assert!(there(&world), "given back by Viet Nam, and refused by nobody");
    for device in [KH, VN, ASEC] {
        assert!(world.shell(device).refused.is_empty(), "on {device}: {:?}", world.shell(device).refused);
    }
}

#[test]
fn who_has_a_document_that_may_be_received_again_is_not_said_before_it_is_told_anew() {
    let mut world = together();
    world.set(KH, PROJECT, "title", "Said while everybody reads it");
    world.later(61_000);
    world.tell_seen();
    assert_eq!(world.mark(VN, PROJECT), Mark::Seen { delegations: 2 });
    let cursor = world.hub.cursors[&VN];
    world.lose(VN, PROJECT);
    // The hub tells of it again, far below the cursor; what it said of others meanwhile left this document out.
    let makes = |row: &&Row| match &row.item {
        Item::Fact { body, .. } => matches!(Fact::from_bytes(body), Ok(Fact::Doc { id: PROJECT, .. })),
        Item::Change { .. } => false,
    };
    let Row { number, received_at, device, item, .. } = world.hub.rows.iter().find(makes).expect("it was made").clone();
    let entries = vec![Entry { number, received_at, device, item }];
    let (from, to, stamp) = (cursor.number, cursor.number, cursor.stamp);
    let as_of = cursor.as_of + 2;
    world.node(VN).from_hub.push_back(Frame::Log {
        from,
        to,
        stamp,
        entries,
        lost: Vec::new(),
        as_of,
        apart: Vec::new(),
    });
    world.pump();
    assert_eq!(world.mark(VN, PROJECT), Mark::Hub);
    world.tell_seen();
    assert_eq!(world.mark(VN, PROJECT), Mark::Seen { delegations: 2 });
}

#[test]
fn what_came_by_rights_that_the_hub_forgot_goes_where_they_are_not_there_again() {
    let mut world = together();
    world.set(KH, PROJECT, "title", "Read by those of now");
    world.leaves(VN);
    world.later(61_000);
    let backup = world.hub.rows.len();
    world.comes_back(VN);
    world.later(61_000);
    assert_eq!(world.title(VN, PROJECT), "Read by those of now", "back, and everything with them");
    fall_back(&mut world, backup);
    // Others give back what made them members again; and they leave once more, before they hear of either.
    world.leaves_at(VN, 3);
    world.online(KH);
    world.later(2_000);
    world.leaves_at(VN, 4);
    world.online(VN);
    world.later(2_000);
    world.later(61_000);
    let here = |key: &(Store, String)| key.0 == Store::Chunk && chunk_of(&key.1).is_some_and(|(doc, _)| doc == PROJECT);
    assert!(!world.node(VN).disk.keys().any(here));
    assert!(matches!(world.see(VN, Query::Project { doc: PROJECT }), View::Absent { .. }));
    assert!(!world.node(VN).disk.contains_key(&(Store::Meta, meta::REWOUND.to_owned())), "and nothing is owed");
}
