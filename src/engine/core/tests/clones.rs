//! One device twice: a copied profile, or a store put back to an older state. Both write under one name until the hub says
//! so; then each takes its own and goes on, and no word is lost.

use super::world::{KH, PLAN, PROJECT, VN, World, code};
use crate::{
    domain::{At, DocId, EntityId, Splice},
    engine::{
        api::{Command, Query, Request, View},
        core::store::Store,
    },
    sync::frame::Frame,
};

fn two() -> World {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.set(KH, PROJECT, "remarks", "before the copy");
    world
}

fn types(world: &mut World, number: u8, words: &str) {
    world.request(number, Request::OpenText { session: 4, doc: PROJECT, at: At::root("objective") });
    let splices = vec![Splice { at: 0, delete: 0, insert: words.to_owned() }];
    world.request(number, Request::EditText { session: 4, n: 1, version: 1, splices });
    world.later(600);
}

fn says(world: &mut World, number: u8, id: u8, text: &str) {
    let command =
        Command::Comment { subject: PROJECT, id: EntityId::from_bytes([id; 16]), about: None, text: text.to_owned() };
    world.command(number, command);
}

fn proposes(world: &mut World, number: u8, doc: DocId, title: &str) {
    let command = Command::CreateProject { doc, plan: PLAN, title: title.to_owned(), lead: code("KH") };
    world.command(number, command);
}

/// All three have the same, nothing waits, and all may go on.
fn all_is_one(world: &mut World, devices: &[u8]) {
    let first = world.project(devices[0], PROJECT);
    for &device in devices {
        let view = world.project(device, PROJECT);
        assert_eq!(view.snapshot, first.snapshot, "on {device}");
        assert_eq!(view.comments.len(), first.comments.len(), "on {device}");
        let shell = world.shell(device);
        assert_eq!((shell.unsent, shell.loading, shell.damaged), (0, 0, 0), "on {device}");
        assert_eq!((shell.refused, shell.held), (Vec::new(), Vec::new()), "on {device}");
    }
}

#[test]
fn a_copied_profile_takes_another_name_and_both_go_on() {
    let mut world = two();
    world.offline(KH);
    // Said before the copy was made, and sent by both.
    world.set(KH, PROJECT, "remarks", "Said before the copy");
    let copy = world.copy(KH);
    world.set(KH, PROJECT, "title", "Of the one");
    says(&mut world, KH, 1, "Said by the one");
    types(&mut world, KH, "typed by the one ");
    proposes(&mut world, KH, DocId::from_bytes([0x61; 16]), "Proposed by the one");
    world.set(copy, PROJECT, "venue", "Of the other");
    says(&mut world, copy, 2, "Said by the other");
    types(&mut world, copy, "typed by the other ");
    proposes(&mut world, copy, DocId::from_bytes([0x62; 16]), "Proposed by the other");

    world.online(KH);
    world.online(copy);
    world.later(1_000);
    let all = [KH, copy, VN];
    all_is_one(&mut world, &all);
    let view = world.project(VN, PROJECT);
    let root = &view.snapshot.root;
    assert_eq!((root.line("title"), root.line("venue")), ("Of the one", "Of the other"));
    for words in ["typed by the one", "typed by the other"] {
        assert!(root.text("objective").contains(words), "{}", root.text("objective"));
    }
    assert_eq!(view.comments.len(), 2);
    for device in all {
        let View::Plans(plans) = world.see(device, Query::Plans) else { panic!("no plans") };
        assert_eq!(plans.plans[0].here, 3, "on {device}");
    }

    // Both at once, again and again: each has a name of its own by now.
    for n in 0..4 {
        world.set(KH, PROJECT, "remarks", &format!("one {n}"));
        world.set(copy, PROJECT, "venue", &format!("other {n}"));
    }
    let (before, forks) = (world.hub.rows.len(), world.hub.hub.counts().get("fork").copied());
    world.set(KH, PROJECT, "title", "Last of the one");
    world.set(copy, PROJECT, "venue", "Last of the other");
    assert_eq!(world.hub.rows.len(), before + 2);
    assert_eq!(world.hub.hub.counts().get("fork").copied(), forks, "no more forks");
    all_is_one(&mut world, &all);
    for device in [KH, copy] {
        world.crash(device);
        assert_eq!(world.title(device, PROJECT), "Last of the one");
    }
}

#[test]
fn a_field_that_stays_open_while_its_device_learns_that_it_is_two_keeps_every_letter() {
    let mut world = two();
    world.offline(KH);
    let copy = world.copy(KH);
    types(&mut world, KH, "one ");
    types(&mut world, copy, "two ");
    world.online(KH);
    world.online(copy);
    // The fields were never left, and both go on at their beginning.
    for (number, words) in [(KH, "more of one "), (copy, "more of two ")] {
        let version = world.text_version(number, 4);
        let splices = vec![Splice { at: 0, delete: 0, insert: words.to_owned() }];
        world.request(number, Request::EditText { session: 4, n: 2, version, splices });
        world.later(600);
        world.request(number, Request::CloseText { session: 4 });
    }
    all_is_one(&mut world, &[KH, copy, VN]);
    let text = world.project(VN, PROJECT).snapshot.root.text("objective").to_owned();
    for words in ["one ", "two ", "more of one ", "more of two "] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn a_store_put_back_to_an_older_state_gets_what_it_forgot_and_sends_what_it_wrote_since() {
    let mut world = two();
    world.offline(KH);
    // Waiting when the backup was made, and long since at the hub when it is put back.
    world.set(KH, PROJECT, "remarks", "Waiting when it was saved");
    let old = world.node(KH).disk.clone();
    world.online(KH);
    world.set(KH, PROJECT, "title", "From the future");
    says(&mut world, KH, 1, "Said in the future");
    types(&mut world, KH, "typed in the future ");
    proposes(&mut world, KH, DocId::from_bytes([0x61; 16]), "Proposed in the future");
    world.offline(KH);

    world.node(KH).disk = old;
    world.crash(KH);
    assert!(world.node(KH).stored(Store::Outbox) > 0);
    world.set(KH, PROJECT, "venue", "After the restore");
    says(&mut world, KH, 2, "Said after the restore");
    types(&mut world, KH, "typed after it ");
    proposes(&mut world, KH, DocId::from_bytes([0x62; 16]), "Proposed after it");
    world.online(KH);
    world.later(1_000);
    all_is_one(&mut world, &[KH, VN]);
    for device in [KH, VN] {
        let view = world.project(device, PROJECT);
        let root = &view.snapshot.root;
        assert_eq!((root.line("title"), root.line("venue")), ("From the future", "After the restore"));
        for words in ["typed in the future", "typed after it"] {
            assert!(root.text("objective").contains(words), "{}", root.text("objective"));
        }
        assert_eq!(view.comments.len(), 2);
        let View::Plans(plans) = world.see(device, Query::Plans) else { panic!("no plans") };
        assert_eq!(plans.plans[0].here, 3);
    }
}

#[test]
fn two_copies_that_made_the_same_document_both_end_with_nothing_waiting() {
    let mut world = two();
    world.offline(KH);
    let copy = world.copy(KH);
    let doc = DocId::from_bytes([0x61; 16]);
    proposes(&mut world, KH, doc, "Proposed by the one");
    proposes(&mut world, copy, doc, "Proposed by the other");
    world.online(copy);
    world.hub.compact(doc.to_bytes().into());
    // Its words are so old that they wait for their author; the log names of the document only what is not folded.
    world.later(15 * 86_400_000);
    world.hub.gives = 0;
    world.online(KH);
    // Sent while the document is on its way, its beginning is known and what follows is forked.
    world.command(KH, Command::Release { doc });
    world.hub.gives = usize::MAX;
    let frames = world.hub.hear(KH, Frame::Want { doc: doc.to_bytes().into(), folded: true });
    world.node(KH).from_hub.extend(frames);
    world.later(2_000);
    for device in [KH, copy] {
        let shell = world.shell(device);
        assert_eq!((shell.unsent, shell.loading, shell.refused.len()), (0, 0, 0), "on {device}");
    }
    assert_eq!(world.title(VN, doc), world.title(KH, doc));
    assert_eq!(world.title(VN, doc), world.title(copy, doc));
}
