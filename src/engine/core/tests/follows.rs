//! What a person follows: on all their devices and nobody else's, how much is new in it, and what *Today* says is due.

use super::{
    meetings::{MEETING, called, item, session, tell},
    report::{self, SOM, agree, begun, write},
    world::{ASEC, KH, PLAN, PROJECT, VN, World},
};
use crate::{
    domain::{
        Act, At, DocId, DocKind, Edit, EntityId, Value,
        comment::Settled,
        meeting::options::{Answer, Days, PROPOSED},
        person::Follow,
        project::{ProjectStatus, StatusStep},
        rights::person_id,
    },
    engine::api::{Command, FollowView, FollowingView, Query, Since, TodayView, View, Wait},
};

/// Viet Nam's second laptop.
const VN_TOO: u8 = 12;
const ALL_OF_PROJECT: Follow = Follow { doc: PROJECT, record: None };

fn following(world: &mut World, number: u8) -> FollowingView {
    match world.see_all(number, Query::Following) {
        View::Following(view) => view,
        other => panic!("nothing is followed: {other:?}"),
    }
}

fn one(world: &mut World, number: u8) -> FollowView {
    let view = following(world, number);
    let [thing] = &view.things[..] else { panic!("one thing: {view:?}") };
    thing.clone()
}

fn today(world: &mut World, number: u8) -> TodayView {
    match world.see(number, Query::Today) {
        View::Today(view) => view,
        other => panic!("not today: {other:?}"),
    }
}

fn said(world: &mut World, number: u8, command: Command) {
    tell(world, number, command).expect("done");
}

fn follow(world: &mut World, number: u8, what: Follow, on: bool) {
    said(world, number, Command::Follow { what, on });
}

fn set(doc: DocId, at: At, value: &str, seen: &str) -> Command {
    let seen = if seen.is_empty() { vec![] } else { vec![seen.into()] };
    Command::Edit { doc, edit: Edit::Set { at, value: value.into(), seen } }
}

fn comment(world: &mut World, number: u8, subject: DocId, about: Option<EntityId>) {
    let id = world.command_id();
    said(world, number, Command::Comment { subject, id, about, text: "Good".to_owned() });
}

/// Reads everything of a document, as its page of changes does.
fn read(world: &mut World, number: u8, of: Option<DocId>) {
    let View::Changes(view) = world.see(number, Query::Changes { since: Since::Read, of }) else {
        panic!("no changes")
    };
    said(world, number, Command::MarkRead { of, mark: view.mark });
    world.later(61_000);
}

/// All are there, and have read what there is.
fn at_work(mut world: World, devices: &[u8]) -> World {
    for &number in devices {
        read(&mut world, number, None);
    }
    world
}

#[test]
fn what_is_followed_with_no_network_is_followed_on_the_other_device_and_nobody_else_has_it() {
    let mut world = at_work(called(&[KH, VN, VN_TOO, ASEC]), &[KH, VN, ASEC]);
    world.offline(VN);
    follow(&mut world, VN, ALL_OF_PROJECT, true);
    follow(&mut world, VN, Follow { doc: MEETING, record: None }, true);
    assert_eq!(world.shell(VN).follows.len(), 2, "at once");
    world.crash(VN);
    assert_eq!(world.shell(VN).follows.len(), 2, "also after a crash");
    assert_eq!(world.shell(VN_TOO).follows, [], "not before it was told");
    world.online(VN);
    world.later(61_000);
    let mut both = world.shell(VN_TOO).follows;
    both.sort();
    assert_eq!(both, [ALL_OF_PROJECT, Follow { doc: MEETING, record: None }]);
    for other in [KH, ASEC] {
        assert_eq!(world.shell(other).follows, []);
        let mine = person_id(super::world::person(VN));
        assert!(!world.node(other).engine.rows.contains_key(&mine), "nobody else ever has it");
    }
    // No more on the one, anew on the other at the same time: it is followed.
    world.offline(VN_TOO);
    follow(&mut world, VN_TOO, ALL_OF_PROJECT, false);
    follow(&mut world, VN_TOO, Follow { doc: MEETING, record: None }, false);
    assert_eq!(world.shell(VN_TOO).follows, []);
    follow(&mut world, VN, ALL_OF_PROJECT, false);
    follow(&mut world, VN, ALL_OF_PROJECT, true);
    world.online(VN_TOO);
    world.later(61_000);
    for number in [VN, VN_TOO] {
        assert_eq!(world.shell(number).follows, [ALL_OF_PROJECT], "on {number}");
    }
    let unknown = Follow { doc: DocId::from_bytes([0x77; 16]), record: None };
    let refused = tell(&mut world, VN, Command::Follow { what: unknown, on: true });
    assert_eq!(refused, Err("unknown-document".to_owned()));
}

#[test]
fn what_one_follows_is_never_too_old_to_go() {
    let mut world = called(&[VN, VN_TOO, ASEC]);
    world.offline(VN);
    follow(&mut world, VN, ALL_OF_PROJECT, true);
    world.later(20 * 86_400_000);
    world.online(VN);
    world.later(61_000);
    assert_eq!((world.shell(VN).held, world.shell(VN).unsent), (vec![], 0));
    assert_eq!(world.shell(VN_TOO).follows, [ALL_OF_PROJECT]);
}

#[test]
fn a_followed_project_counts_what_others_did_in_it_and_said_of_it_until_that_is_read() {
    let mut world = at_work(called(&[KH, VN, VN_TOO, ASEC]), &[KH, VN, ASEC]);
    follow(&mut world, VN, ALL_OF_PROJECT, true);
    assert_eq!((one(&mut world, VN).changes, world.shell(VN).followed), (0, None));
    world.offline(VN);
    said(&mut world, KH, set(PROJECT, At::root("title"), "Guideline", "Title 34"));
    said(&mut world, KH, set(PROJECT, At::root("venue"), "Siem Reap", ""));
    said(&mut world, KH, set(PROJECT, At::root("venue"), "Phnom Penh", "Siem Reap"));
    comment(&mut world, KH, PROJECT, None);
    // The Secretariat speaks of it in the plan.
    let (id, step) = (world.command_id(), StatusStep { to: ProjectStatus::Ongoing, meeting: None, on: None });
    let (act, target) = (Act::PublishStep(Box::new(step)), Some(EntityId::from_bytes(PROJECT.to_bytes())));
    let act = Edit::Act { id, act, target, term: None, reason: String::new() };
    said(&mut world, ASEC, Command::Edit { doc: PLAN, edit: act });
    // What is no part of it is not counted.
    said(&mut world, ASEC, set(PLAN, At::root("title"), "Plan", "Title 17"));
    said(&mut world, ASEC, set(session(), At::of(item(62), "title"), "Plans", "Work Plan"));
    comment(&mut world, VN, PROJECT, None);
    world.later(61_000);
    world.online(VN);
    for number in [VN, VN_TOO] {
        let thing = one(&mut world, number);
        assert_eq!((thing.page, thing.title.as_str(), thing.kind), (PROJECT, "Guideline", Some(DocKind::Project)));
        assert_eq!(thing.changes, 4, "title, venue, what was said, what was published; on {number}: {thing:?}");
        assert!(world.shell(number).followed.is_some());
    }
    assert_eq!(following(&mut world, VN).digest(), (4, 1));
    let view = match world.see(VN, Query::Changes { since: Since::Read, of: Some(PROJECT) }) {
        View::Changes(view) => view,
        other => panic!("no changes: {other:?}"),
    };
    let lines = view.subjects.iter().flat_map(|subject| &subject.docs).flat_map(|doc| &doc.by);
    assert_eq!(lines.map(|by| by.lines.len()).sum::<usize>(), 4, "the page that it leads to tells as many");
    let before = world.shell(VN).unread;
    read(&mut world, VN, Some(PROJECT));
    for number in [VN, VN_TOO] {
        assert_eq!(one(&mut world, number).changes, 0, "read on both, on {number}");
        assert_eq!(world.shell(number).followed, None);
    }
    assert_eq!(world.shell(VN).unread, before - 2, "the plan and the meeting still have news");
    follow(&mut world, VN, ALL_OF_PROJECT, false);
    said(&mut world, KH, set(PROJECT, At::root("title"), "Guidelines", "Guideline"));
    world.later(61_000);
    assert_eq!((following(&mut world, VN).things, world.shell(VN).followed), (vec![], None));
}

#[test]
fn a_followed_paragraph_counts_what_is_about_it_and_nothing_beside_it() {
    let mut world = begun(&[KH, VN, ASEC]);
    let mine = write(&mut world, KH, SOM, "a", &[("kind", "discussion")], "Draft, followed");
    let other = write(&mut world, KH, SOM, "b", &[("kind", "discussion")], "Draft, beside it");
    world.later(61_000);
    let mut world = at_work(world, &[VN]);
    let session = report::session(SOM);
    follow(&mut world, VN, Follow { doc: session, record: Some(mine) }, true);
    let thing = one(&mut world, VN);
    assert_eq!((thing.page, thing.number, thing.changes), (SOM, Some(1), 0));
    comment(&mut world, ASEC, session, Some(other));
    agree(&mut world, KH, SOM, other).expect("agreed");
    world.later(61_000);
    assert_eq!(one(&mut world, VN).changes, 0);
    assert!(world.shell(VN).followed.is_some(), "by rows alone it may be about it");
    comment(&mut world, ASEC, session, Some(mine));
    agree(&mut world, KH, SOM, mine).expect("agreed");
    world.later(61_000);
    assert_eq!(one(&mut world, VN).changes, 2);
    follow(&mut world, VN, Follow { doc: SOM, record: None }, true);
    assert_eq!(following(&mut world, VN).digest(), (4, 2), "all four are of the meeting, and each is counted once");
    read(&mut world, VN, Some(SOM));
    assert_eq!(following(&mut world, VN).digest(), (0, 0));
}

fn ask(world: &mut World, number: u8, subject: DocId) -> EntityId {
    let id = world.command_id();
    said(world, number, Command::Ask { subject, id, about: None, text: "When?".to_owned() });
    id
}

fn waits(view: &TodayView) -> Vec<(Wait, DocId, u32)> {
    view.waits.iter().map(|wait| (wait.what, wait.doc, wait.count)).collect()
}

#[test]
fn today_says_what_waits_for_my_party_until_it_is_answered() {
    let mut world = called(&[KH, VN, ASEC]);
    assert_eq!(waits(&today(&mut world, KH)), []);
    let first = ask(&mut world, VN, PROJECT);
    ask(&mut world, ASEC, PROJECT);
    // One's own question waits for others.
    ask(&mut world, KH, PROJECT);
    let days = Days::new("2026-05-05".parse().expect("a day"), "2026-05-07".parse().expect("a day")).expect("days");
    let option = days.of(MEETING);
    said(&mut world, ASEC, set(MEETING, At::root(&format!("{PROPOSED}:{option}")), &days.to_string(), ""));
    let gone = Days::new("2026-01-05".parse().expect("a day"), "2026-01-05".parse().expect("a day")).expect("days");
    said(&mut world, ASEC, set(MEETING, At::root(&format!("{PROPOSED}:{}", gone.of(MEETING))), &gone.to_string(), ""));
    let proposal = world.command_id();
    let fields = vec![("title".to_owned(), Value::from("Any other matter"))];
    said(&mut world, VN, Command::ProposeItem { session: session(), id: proposal, fields, text: String::new() });
    world.later(61_000);
    let of_chair = [(Wait::Questions, PROJECT, 2), (Wait::Days, MEETING, 1), (Wait::Items, MEETING, 1)];
    assert_eq!(waits(&today(&mut world, KH)), of_chair);
    assert_eq!(waits(&today(&mut world, VN)), [(Wait::Days, MEETING, 1)]);
    assert_eq!(waits(&today(&mut world, ASEC)), [(Wait::Items, MEETING, 1)]);

    let reason = "Next week".to_owned();
    said(&mut world, KH, Command::Settle { subject: PROJECT, question: first, to: Settled::Resolved, reason });
    let answer = Some(Answer::Available);
    said(&mut world, KH, Command::AnswerDates { meeting: MEETING, option, answer });
    said(&mut world, ASEC, Command::TakeProposal { session: session(), proposal, reason: String::new() });
    world.later(61_000);
    assert_eq!(waits(&today(&mut world, KH)), [(Wait::Questions, PROJECT, 1)]);
    assert_eq!(waits(&today(&mut world, ASEC)), []);
}

#[test]
fn today_says_what_is_due_by_the_counts_of_the_plan_and_by_the_date_of_an_agenda() {
    let mut world = called(&[KH, VN, ASEC]);
    assert_eq!(today(&mut world, KH).due.iter().map(|it| it.what).collect::<Vec<_>>(), [Wait::Unconfirmed]);
    let claim = |world: &mut World, what, value: &str| {
        let (id, value) = (world.command_id(), Value::from(value));
        let (as_of, evidence, reason, supersedes) = (None, String::new(), String::new(), vec![]);
        said(
            world,
            KH,
            Command::Edit { doc: PROJECT, edit: Edit::Claim { id, what, value, as_of, evidence, reason, supersedes } },
        );
    };
    claim(&mut world, crate::domain::ClaimKind::End, "2026-02");
    said(&mut world, ASEC, set(session(), At::root("proposals-until"), "2026-04-30", ""));
    world.later(61_000);
    let due = today(&mut world, KH).due;
    let [end, until] = &due[..] else { panic!("two: {due:?}") };
    let day = |day: &str| day.parse().ok();
    assert_eq!((end.what, end.doc, end.due, end.late), (Wait::Overdue, PROJECT, day("2026-02-28"), true));
    assert_eq!((until.what, until.doc, until.due, until.late), (Wait::Proposals, MEETING, day("2026-04-30"), false));
    // Another party's projects are not mine.
    assert_eq!(today(&mut world, VN).due.iter().map(|it| it.what).collect::<Vec<_>>(), [Wait::Proposals]);
}
