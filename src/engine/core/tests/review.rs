//! Edits so old that their author looks at them before they go.

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World, code, item};
use crate::{
    domain::{Act, DocId, Edit, plan::PlanState},
    engine::{
        api::{Command, Mark, Reply, Request},
        core::{
            outbox::{Body, Entry},
            review::OLD,
            store::{Store, open},
        },
    },
};

const DAY: u64 = 86_400_000;
const NEW: DocId = DocId::from_bytes([0x44; 16]);

fn world(devices: &[u8]) -> World {
    let mut world = World::new();
    for device in devices {
        world.join(*device);
        world.online(*device);
    }
    world
}

#[test]
fn what_is_younger_than_fourteen_days_goes_by_itself() {
    let mut world = world(&[KH, VN]);
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Thirteen days old");
    world.later(13 * DAY);
    world.online(KH);
    assert_eq!(world.shell(KH).held, []);
    assert_eq!(world.title(VN, PROJECT), "Thirteen days old");
}

#[test]
fn older_edits_wait_for_a_word_of_their_author_and_younger_ones_of_the_same_document_behind_them() {
    let mut world = world(&[KH, VN]);
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Old words");
    let since = world.now;
    world.later(10 * DAY);
    world.set(KH, PROJECT, "remarks", "Young words");
    world.set(KH, PLAN, "title", "Young plan");
    world.later(5 * DAY);
    world.online(KH);
    world.later(60_000);

    let shell = world.shell(KH);
    let [held] = shell.held.as_slice() else { panic!("one document: {:?}", shell.held) };
    assert_eq!((held.doc, held.edits, held.since, held.words.as_str()), (PROJECT, 1, since, "Old words"));
    assert_eq!((held.title.as_str(), shell.unsent, shell.refused.len()), ("Old words", 2, 0));
    assert_eq!(world.mark(KH, PROJECT), Mark::Device, "on this device, and nowhere else");
    assert_eq!(world.title(VN, PROJECT), "Title 34");
    assert_eq!(world.node(KH).stored(Store::Outbox), 2, "the plan's edit has gone");

    // Neither a restart nor a new connection sends them.
    world.crash(KH);
    world.online(KH);
    assert_eq!((world.shell(KH).held.len(), world.shell(KH).unsent), (1, 2));
    assert_eq!(world.title(VN, PROJECT), "Title 34");

    world.command(KH, Command::Release { doc: PROJECT });
    let shell = world.shell(KH);
    assert_eq!((shell.held.len(), shell.unsent), (0, 0));
    let view = world.project(VN, PROJECT);
    assert_eq!((view.row.title.as_str(), view.row.remarks.as_str()), ("Old words", "Young words"));
    assert_eq!(world.mark(KH, PROJECT), Mark::Hub);
}

#[test]
fn a_word_that_was_given_holds_over_a_crash() {
    let mut world = world(&[KH, VN]);
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Old words");
    world.later(OLD + DAY);
    assert_eq!(world.shell(KH).held.len(), 1, "also without a connection");
    world.command(KH, Command::Release { doc: PROJECT });
    world.crash(KH);
    assert_eq!(world.shell(KH).held, []);
    world.online(KH);
    assert_eq!(world.title(VN, PROJECT), "Old words");
}

#[test]
fn what_is_put_aside_leaves_the_document_and_stays_with_its_author() {
    let mut world = world(&[KH, VN, ASEC]);
    world.offline(KH);
    let old = world.set(KH, PROJECT, "title", "Old words");
    world.later(10 * DAY);
    world.set(KH, PROJECT, "remarks", "Young words");
    world.later(5 * DAY);
    world.online(KH);
    world.command(KH, Command::PutAside { doc: PROJECT });

    for device in [KH, VN] {
        let view = world.project(device, PROJECT);
        assert_eq!((view.row.title.as_str(), view.row.remarks.as_str()), ("Title 34", "Young words"), "on {device}");
    }
    let shell = world.shell(KH);
    assert_eq!((shell.held.len(), shell.unsent), (0, 0));
    let [kept] = shell.refused.as_slice() else { panic!("kept: {:?}", shell.refused) };
    assert_eq!((kept.command, kept.why.as_str(), kept.words.as_str()), (old, "put-aside", "Old words"));
}

#[test]
fn an_old_document_of_ones_own_waits_whole_and_so_does_what_is_said_about_it() {
    let mut world = world(&[KH, VN]);
    world.offline(KH);
    let (title, lead) = ("Exam reform".to_owned(), code("KH"));
    world.command(KH, Command::CreateProject { doc: NEW, plan: PLAN, title, lead });
    world.later(10 * DAY);
    let id = world.command_id();
    world.command(KH, Command::Comment { subject: NEW, id, about: None, text: "Please read".to_owned() });
    world.later(5 * DAY);
    let rows = world.hub.rows.len();
    world.online(KH);
    assert_eq!(world.hub.rows.len(), rows, "neither the project nor the comment");
    let shell = world.shell(KH);
    let [held] = shell.held.as_slice() else { panic!("the project: {:?}", shell.held) };
    assert_eq!((held.doc, held.edits), (NEW, 1));

    world.command(KH, Command::Release { doc: NEW });
    let shell = world.shell(KH);
    assert_eq!((shell.held.len(), shell.unsent, shell.refused.len()), (0, 0, 0));
    assert_eq!(world.title(VN, NEW), "Exam reform");
}

#[test]
fn putting_an_old_document_aside_takes_all_of_it_and_loses_no_word() {
    let mut world = world(&[KH, VN]);
    world.offline(KH);
    let (title, lead) = ("Exam reform".to_owned(), code("KH"));
    world.command(KH, Command::CreateProject { doc: NEW, plan: PLAN, title, lead });
    world.later(10 * DAY);
    world.set(KH, NEW, "remarks", "Young words");
    world.later(5 * DAY);
    world.command(KH, Command::PutAside { doc: NEW });
    world.online(KH);
    let shell = world.shell(KH);
    assert_eq!((shell.held.len(), shell.unsent), (0, 0));
    let words: Vec<&str> = shell.refused.iter().map(|kept| kept.words.as_str()).collect();
    assert!(words.iter().any(|words| words.contains("Exam reform")), "{words:?}");
    assert!(words.contains(&"Young words"), "{words:?}");
    assert!(world.hub.rows.iter().all(|row| row.makes != Some(NEW.to_bytes().into())));
}

#[test]
fn an_edit_that_was_offered_into_silence_for_fourteen_days_is_taken_back() {
    let mut world = world(&[KH, VN]);
    // The link is open and nothing comes through: the push is on its way for ever.
    world.node(KH).mute = true;
    world.set(KH, PROJECT, "title", "Into silence");
    let left = world.node(KH).left.len();
    world.set(KH, PROJECT, "remarks", "Behind it");
    world.offline(KH);
    world.later(OLD + DAY);
    world.node(KH).mute = false;
    world.online(KH);
    assert_eq!(world.node(KH).left.len(), left, "not offered again");
    assert_eq!(world.shell(KH).held.len(), 1);
    assert_eq!(world.title(VN, PROJECT), "Title 34");
    world.command(KH, Command::Release { doc: PROJECT });
    assert_eq!(world.title(VN, PROJECT), "Into silence");
    world.later(60_000);
    let entries = world.node(KH).stored(Store::Outbox);
    assert_eq!(entries, 0);
}

#[test]
fn typed_words_are_listed_as_they_were_typed() {
    let mut world = world(&[KH]);
    world.offline(KH);
    let at = crate::domain::At::root("objective");
    world.request(KH, Request::OpenText { session: 4, doc: PROJECT, at });
    let splices = vec![crate::domain::Splice { at: 0, delete: 0, insert: "Typed long ago".to_owned() }];
    world.request(KH, Request::EditText { session: 4, n: 1, version: 1, splices });
    world.request(KH, Request::CloseText { session: 4 });
    world.later(OLD + DAY);
    let ended = world.node(KH).replies.iter().any(|reply| matches!(reply, Reply::TextEnded { .. }));
    assert!(!ended);
    assert_eq!(world.shell(KH).held[0].words, "Typed long ago");
    let entries = world.node(KH).disk.iter().filter(|((store, _), _)| *store == Store::Outbox);
    let kept: Vec<Entry> = entries.filter_map(|((_, key), value)| Entry::decode(key, open(value).ok()?).ok()).collect();
    assert!(kept.iter().all(|entry| !entry.reviewed));
}

#[test]
fn what_was_made_on_something_adopted_since_waits_for_its_author() {
    let mut world = world(&[KH, ASEC]);
    world.offline(KH);
    world.set(KH, PLAN, "title", "Before the adoption");
    world.set(KH, PROJECT, "title", "Of a project");
    let act = Act::MovePlan(PlanState::HcsAdopted);
    let edit = Edit::Act { id: world.command_id(), act, target: None, term: None, reason: "ad referendum".to_owned() };
    world.command(ASEC, Command::Edit { doc: PLAN, edit });
    world.online(KH);
    let shell = world.shell(KH);
    let [held] = shell.held.as_slice() else { panic!("the plan: {:?}", shell.held) };
    assert_eq!((held.doc, held.overtaken, held.words.as_str()), (PLAN, true, "Before the adoption"));
    assert_eq!(world.title(ASEC, PROJECT), "Of a project", "nothing was adopted there");
    // Also after a restart, when the document is not in memory.
    world.crash(KH);
    world.online(KH);
    assert_eq!(world.shell(KH).held.len(), 1);
    // What is written in the knowledge of the adoption goes behind it, and alone it goes by itself.
    world.command(KH, Command::Release { doc: PLAN });
    world.set(KH, PLAN, "title", "After it");
    let shell = world.shell(KH);
    assert_eq!((shell.held.len(), shell.unsent), (0, 0));
}

#[test]
fn what_was_made_before_anything_was_adopted_goes_by_itself_once_that_is_known() {
    let mut world = world(&[KH, ASEC]);
    world.offline(KH);
    world.set(KH, PLAN, "title", "Nobody adopted it");
    world.set(ASEC, PLAN, "published-unit", "Somebody wrote beside it");
    world.online(KH);
    let shell = world.shell(KH);
    assert_eq!((shell.held.len(), shell.unsent), (0, 0));
}

#[test]
fn what_the_hub_had_taken_when_it_was_held_back_is_not_held_any_more() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    world.set(KH, PROJECT, "title", "The answer was lost");
    let outbox = world.node(KH).disk.iter().find(|((store, _), _)| *store == Store::Outbox);
    let ((_, key), value) = outbox.expect("it waits");
    let entry = Entry::decode(key, open(value).expect("sealed")).expect("reads");
    let Body::Change { bytes, .. } = &entry.body else { panic!("no change") };
    world.hub.push(Some(KH), 1, vec![item(entry.doc, entry.hash, bytes)]);
    world.later(15 * 86_400_000);
    world.crash(KH);
    assert_eq!(world.shell(KH).held.len(), 1, "old words wait for their author");
    world.online(KH);
    assert_eq!((world.shell(KH).held.len(), world.shell(KH).unsent), (0, 0));
    assert_eq!(world.title(KH, PROJECT), "The answer was lost");
    world.crash(KH);
    assert_eq!(world.title(KH, PROJECT), "The answer was lost");
}
