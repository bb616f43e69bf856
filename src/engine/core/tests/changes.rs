//! What others did while somebody was away: told by document and delegation, and read on all devices of a person.

use super::{
    meetings::{MEETING, called, item, session, tell},
    world::{ASEC, KH, NOON, PLAN, PROJECT, VN, World, code, person},
};
use crate::{
    domain::{At, ClaimKind, DocId, Edit, EntityId, Fact, Place, Role, Splice, Value, person::ReadMark, piece::Piece},
    engine::api::{ChangeLine, Changed, ChangesView, Command, Meets, Query, Reply, Request, Since, View},
};

/// Viet Nam's second laptop.
const VN_TOO: u8 = 12;

fn changes(world: &mut World, number: u8, since: Since, of: Option<DocId>) -> ChangesView {
    match world.see_all(number, Query::Changes { since, of }) {
        View::Changes(view) => *view,
        other => panic!("no changes: {other:?}"),
    }
}

fn unread(world: &mut World, number: u8) -> ChangesView {
    changes(world, number, Since::Read, None)
}

fn lines(view: &ChangesView) -> Vec<&ChangeLine> {
    let docs = view.subjects.iter().flat_map(|subject| &subject.docs);
    docs.flat_map(|doc| &doc.by).flat_map(|by| &by.lines).collect()
}

fn set(doc: DocId, at: At, value: &str, seen: &str) -> Command {
    let seen = if seen.is_empty() { vec![] } else { vec![seen.into()] };
    Command::Edit { doc, edit: Edit::Set { at, value: value.into(), seen } }
}

fn typed(doc: DocId, at: At, base: &str, (from, delete): (u32, u32), insert: &str) -> Command {
    let splices = vec![Splice { at: from, delete, insert: insert.to_owned() }];
    Command::Edit { doc, edit: Edit::Text { at, base: base.to_owned(), splices } }
}

fn said(world: &mut World, number: u8, command: Command) {
    tell(world, number, command).expect("done");
}

/// All are there, and have read what there is.
fn at_work(devices: &[u8]) -> World {
    let mut world = called(devices);
    for &number in devices {
        read_all(&mut world, number);
    }
    world
}

fn read_all(world: &mut World, number: u8) {
    let mark = unread(world, number).mark;
    said(world, number, Command::MarkRead { of: None, mark });
    world.later(61_000);
    assert!(unread(world, number).subjects.is_empty());
}

fn shell(world: &mut World, number: u8) -> u32 {
    match world.see(number, Query::Shell) {
        View::Shell(shell) => shell.unread,
        other => panic!("no shell: {other:?}"),
    }
}

#[test]
fn what_others_did_is_told_from_what_to_what_and_by_whom_and_ones_own_is_not() {
    let mut world = at_work(&[KH, VN, VN_TOO, ASEC]);
    world.offline(VN);
    said(&mut world, KH, set(PROJECT, At::root("title"), "First", "Title 34"));
    said(&mut world, KH, set(PROJECT, At::root("title"), "Guideline", "First"));
    said(&mut world, KH, typed(PROJECT, At::root("progress-note"), "", (0, 0), "Held."));
    said(&mut world, ASEC, set(PLAN, At::root("title"), "Plan", "Title 17"));
    world.later(61_000);
    world.online(VN);
    let view = unread(&mut world, VN);
    assert_eq!(view.coming, 0);
    let [subject] = &view.subjects[..] else { panic!("one plan: {view:?}") };
    assert_eq!((subject.doc, subject.title.as_str(), subject.docs.len()), (PLAN, "Plan", 2));
    let project = subject.docs.iter().find(|doc| doc.doc == PROJECT).expect("the project");
    let [by] = &project.by[..] else { panic!("one delegation: {project:?}") };
    assert_eq!(by.party, Some(code("KH")));
    let [title, note] = &by.lines[..] else { panic!("two things: {by:?}") };
    let (from, to) = (vec!["Title 34".into()], "Guideline".into());
    assert_eq!(title.what, Changed::Set { field: "title".to_owned(), from, to, pieces: vec![], why: String::new() });
    assert_eq!((title.times, title.by.person, &title.meets), (2, Some(person(KH)), &Meets::Nothing));
    let stretches = vec![vec![Piece::New("Held.".to_owned())]];
    assert_eq!(note.what, Changed::Wrote { field: "progress-note".to_owned(), stretches, more: 0 });
    assert_eq!(shell(&mut world, VN), 2, "two documents");
    assert!(lines(&unread(&mut world, KH)).iter().all(|line| line.by.person != Some(person(KH))));
    // What one did oneself on another device is not news either.
    world.offline(VN_TOO);
    let id = world.command_id();
    said(&mut world, VN, Command::Comment { subject: PROJECT, id, about: None, text: "Good".to_owned() });
    world.later(61_000);
    world.online(VN_TOO);
    assert!(lines(&unread(&mut world, VN_TOO)).iter().all(|line| line.by.person != Some(person(VN))));
}

#[test]
fn two_of_one_party_in_one_role_are_told_apart() {
    let mut world = at_work(&[KH, VN, ASEC]);
    let by = |world: &mut World| {
        said(world, KH, set(PROJECT, At::root("title"), "Guideline", "Title 34"));
        lines(&unread(world, VN)).last().expect("a line").by.clone()
    };
    let alone = by(&mut world);
    assert_eq!((alone.party, alone.role, alone.alike), (Some(code("KH")), Some(Role::FocalPoint), false));
    let (id, other) = (EntityId::from_bytes([77; 16]), person(77));
    let (role, from) = (Role::FocalPoint, "2019-01-01".parse().expect("a day"));
    let until = "2019-12-31".parse().ok();
    world.hub.fact(&Fact::Appoint { id, person: other, party: code("KH"), role, from, to: until });
    world.later(61_000);
    said(&mut world, KH, set(PROJECT, At::root("title"), "Title 34", "Guideline"));
    let again = by(&mut world);
    assert_eq!((again.person, again.alike), (Some(person(KH)), true));
}

#[test]
fn the_first_lines_are_shown_before_the_rest_is_told() {
    let mut world = at_work(&[KH, VN, ASEC]);
    for number in 0..9 {
        let (doc, title) = (DocId::from_bytes([0x70 + number; 16]), "Study".to_owned());
        said(&mut world, KH, Command::CreateProject { doc, plan: PLAN, title, lead: code("KH") });
    }
    world.later(61_000);
    world.node(VN).replies.clear();
    let day = Query::Changes { since: Since::Moment(NOON), of: None };
    world.request(VN, Request::Subscribe { sub: 9, query: day });
    world.later(100);
    world.request(VN, Request::More { sub: 9 });
    world.later(1);
    let told = |reply: &Reply| match reply {
        Reply::View { view: View::Changes(view), .. } => {
            Some((view.subjects.iter().map(|subject| subject.docs.len()).sum::<usize>(), view.coming))
        }
        _ => None,
    };
    let told: Vec<(usize, u32)> = world.node(VN).replies.iter().filter_map(told).collect();
    assert_eq!(told, [(1, 10), (4, 7), (11, 0)]);
    // What is unread was told before anybody asked, as far as it is seen at first.
    world.request(VN, Request::Unsubscribe { sub: 9 });
    for _ in 0..9 {
        world.later(100);
    }
    let View::Changes(view) = world.see(VN, Query::Changes { since: Since::Read, of: None }) else {
        panic!("no changes")
    };
    assert_eq!(view.coming, 5, "four of nine");
    // Asked from several days at once, each is told to its end.
    for sub in [10_u32, 11] {
        let query = Query::Changes { since: Since::Moment(NOON + u64::from(sub)), of: None };
        world.request(VN, Request::Subscribe { sub, query });
    }
    world.node(VN).replies.clear();
    // Their pages do not say that they drew anything.
    for wait in [1_000, 1, 1, 1] {
        world.later(wait);
    }
    for of in [10_u32, 11] {
        let last = |reply: &&Reply| matches!(reply, Reply::View { sub, .. } if *sub == of);
        let Some(Reply::View { view: View::Changes(view), .. }) = world.node(VN).replies.iter().rfind(last) else {
            panic!("nothing told")
        };
        assert_eq!(view.coming, 0, "{of}");
    }
}

#[test]
fn a_document_that_came_whole_is_unread_as_far_as_the_person_has_not_read_it() {
    let mut world = at_work(&[KH, VN, ASEC]);
    said(&mut world, KH, set(PROJECT, At::root("title"), "Guideline", "Title 34"));
    world.later(61_000);
    // A new laptop of the same person.
    world.join(VN_TOO);
    world.online(VN_TOO);
    world.later(61_000);
    world.crash(VN_TOO);
    for number in [VN, VN_TOO] {
        let view = unread(&mut world, number);
        assert_eq!((lines(&view).len(), shell(&mut world, number)), (1, 1), "{number}: {view:?}");
    }
}

#[test]
fn what_is_read_on_one_device_is_read_on_the_other_also_after_a_restart_with_no_network() {
    let mut world = at_work(&[KH, VN, VN_TOO, ASEC]);
    said(&mut world, KH, set(PROJECT, At::root("title"), "Guideline", "Title 34"));
    said(&mut world, ASEC, set(session(), At::of(item(62), "title"), "Work Plans", "Work Plan"));
    world.later(61_000);
    assert_eq!(unread(&mut world, VN).subjects.len(), 2);
    let mark = unread(&mut world, VN).mark;
    said(&mut world, VN, Command::MarkRead { of: Some(PLAN), mark });
    world.later(61_000);
    for number in [VN, VN_TOO] {
        let view = unread(&mut world, number);
        let [subject] = &view.subjects[..] else { panic!("only the meeting: {view:?}") };
        assert_eq!((subject.doc, shell(&mut world, number)), (MEETING, 1));
    }
    let mark = unread(&mut world, VN_TOO).mark;
    world.offline(VN_TOO);
    said(&mut world, VN_TOO, Command::MarkRead { of: None, mark });
    world.crash(VN_TOO);
    assert!(unread(&mut world, VN_TOO).subjects.is_empty(), "kept on this device");
    // What came after the page was shown is not read with it.
    said(&mut world, KH, set(PROJECT, At::root("title"), "Guidelines", "Guideline"));
    world.online(VN_TOO);
    world.later(61_000);
    for number in [VN, VN_TOO] {
        let view = unread(&mut world, number);
        assert_eq!(lines(&view).len(), 1, "{view:?}");
    }
    let everything = changes(&mut world, VN, Since::Moment(NOON), Some(MEETING));
    assert!(!lines(&everything).is_empty(), "asked for by its time, what was read is told again");
    assert!(everything.subjects.iter().all(|subject| subject.doc == MEETING));
    assert_eq!(unread(&mut world, KH).mark.number, unread(&mut world, ASEC).mark.number);
    assert!(unread(&mut world, KH).mark > ReadMark::default());
}

#[test]
fn an_item_retitled_while_it_was_moved_keeps_both_and_says_where_it_is_now() {
    let mut world = at_work(&[KH, ASEC]);
    world.offline(ASEC);
    said(&mut world, ASEC, set(session(), At::of(item(62), "title"), "The Work Plan", "Work Plan"));
    let place = Place { parent: None, key: "a".to_owned() };
    said(&mut world, KH, Command::Edit { doc: session(), edit: Edit::Move { id: item(62), place } });
    world.later(61_000);
    world.online(ASEC);
    let view = unread(&mut world, ASEC);
    let [line] = &lines(&view)[..] else { panic!("one line: {view:?}") };
    assert_eq!(line.what, Changed::Moved { from: "2".to_owned(), to: "1".to_owned() });
    assert_eq!((line.meets.clone(), line.title.as_str()), (Meets::Merged, "The Work Plan"));
    let view = unread(&mut world, KH);
    let [line] = &lines(&view)[..] else { panic!("one line: {view:?}") };
    assert_eq!(line.meets, Meets::Merged, "and so it is for who moved it");
}

#[test]
fn what_two_said_at_once_is_told_with_ones_own_and_what_one_had_seen_is_not() {
    let mut world = at_work(&[KH, ASEC]);
    world.offline(ASEC);
    said(&mut world, ASEC, set(session(), At::of(item(61), "title"), "Mine", "Adoption of the Agenda"));
    said(&mut world, ASEC, set(session(), At::of(item(63), "title"), "Same", "Review"));
    said(&mut world, ASEC, set(session(), At::of(item(62), "title"), "Untouched", "Work Plan"));
    said(&mut world, KH, set(session(), At::of(item(61), "title"), "Theirs", "Adoption of the Agenda"));
    said(&mut world, KH, set(session(), At::of(item(63), "title"), "Same", "Review"));
    world.later(61_000);
    world.online(ASEC);
    let view = unread(&mut world, ASEC);
    let met: Vec<(&str, &Meets)> = lines(&view).iter().map(|line| (line.title.as_str(), &line.meets)).collect();
    assert_eq!(met.len(), 2, "{met:?}");
    let at_once = met.iter().find(|(_, meets)| matches!(meets, Meets::AtOnce(own) if *own == ["Mine".into()]));
    assert!(at_once.is_some(), "{met:?}");
    assert!(met.contains(&("Same", &Meets::Merged)), "both said the same: {met:?}");
    // With the other's word before one's eyes, it is an answer and no conflict.
    read_all(&mut world, KH);
    read_all(&mut world, ASEC);
    said(&mut world, KH, set(session(), At::of(item(62), "title"), "Answered", "Untouched"));
    world.later(61_000);
    let view = unread(&mut world, ASEC);
    assert_eq!(lines(&view)[0].meets, Meets::Nothing);
}

#[test]
fn words_in_one_sentence_are_told_apart_from_words_in_another() {
    let mut world = at_work(&[KH, VN, ASEC]);
    let note = |n| At::of(item(n), "note");
    let base = "The Meeting noted it. It thanked Viet Nam.";
    for n in [61, 62] {
        said(&mut world, ASEC, typed(session(), note(n), "", (0, 0), base));
    }
    world.later(61_000);
    read_all(&mut world, KH);
    world.offline(KH);
    said(&mut world, KH, typed(session(), note(61), base, (12, 5), "adopted"));
    said(&mut world, KH, typed(session(), note(62), base, (12, 5), "adopted"));
    said(&mut world, ASEC, typed(session(), note(61), base, (12, 5), "welcomed"));
    said(&mut world, ASEC, typed(session(), note(62), base, (33, 8), "Cambodia"));
    world.later(61_000);
    world.online(KH);
    let view = unread(&mut world, KH);
    let met = |n: u8| lines(&view).into_iter().find(|line| line.record == Some(item(n))).expect("told").meets.clone();
    assert_eq!(met(62), Meets::Merged);
    let Meets::AtOnce(own) = met(61) else { panic!("one sentence: {view:?}") };
    assert_eq!(own, [Value::from("The Meeting adopted it. It thanked Viet Nam.")]);
    // In its field it is marked until it is read.
    let marked = |world: &mut World, number| match world.see(number, Query::AtOnce { doc: session() }) {
        View::AtOnce(by) => by.iter().flat_map(|by| &by.lines).map(|line| line.record).collect::<Vec<_>>(),
        other => panic!("nothing told: {other:?}"),
    };
    assert_eq!(marked(&mut world, KH), [Some(item(61))]);
    assert_eq!(marked(&mut world, ASEC), [Some(item(61))]);
    read_all(&mut world, KH);
    assert_eq!((marked(&mut world, KH).len(), marked(&mut world, ASEC).len()), (0, 1));
    // Who wrote neither reads of both, each beside the other.
    assert_eq!(marked(&mut world, VN), [Some(item(61)); 2]);
    let view = unread(&mut world, VN);
    let told: Vec<_> = lines(&view).into_iter().filter(|line| line.record == Some(item(61))).collect();
    let other = |line: &ChangeLine| match &line.meets {
        Meets::Others(met) => (line.by.party.clone(), met[0].who.party.clone(), line.open),
        other => panic!("not between others: {other:?}"),
    };
    let (kh, asec) = (Some(code("KH")), Some(code("ASEC")));
    let mut found: Vec<_> = told.into_iter().map(other).collect();
    found.sort();
    assert_eq!(found, [(asec.clone(), kh.clone(), true), (kh, asec, true)]);
}

#[test]
fn withdrawn_while_somebody_wrote_in_it_is_told_to_both() {
    let mut world = at_work(&[KH, ASEC]);
    world.offline(ASEC);
    said(&mut world, ASEC, set(session(), At::of(item(63), "title"), "Still here", "Review"));
    let reason = "Not this year".to_owned();
    said(
        &mut world,
        KH,
        Command::Edit { doc: session(), edit: Edit::Withdraw { id: item(63), reason: reason.clone() } },
    );
    world.later(61_000);
    world.online(ASEC);
    let view = unread(&mut world, ASEC);
    let [line] = &lines(&view)[..] else { panic!("one line: {view:?}") };
    assert_eq!((&line.what, &line.meets), (&Changed::Withdrawn { reason }, &Meets::AtOnce(vec![])));
    let view = unread(&mut world, KH);
    let [line] = &lines(&view)[..] else { panic!("one line: {view:?}") };
    assert_eq!(line.meets, Meets::AtOnce(vec![]));
}

#[test]
fn two_claims_made_apart_and_a_clock_a_year_wrong() {
    let mut world = at_work(&[KH, 11, VN, ASEC]);
    let claim = |world: &mut World, number: u8, value: &str| {
        let (id, what, value) = (world.command_id(), ClaimKind::Start, Value::from(value));
        let (as_of, evidence, reason, supersedes) = (None, String::new(), String::new(), vec![]);
        let edit = Edit::Claim { id, what, value, as_of, evidence, reason, supersedes };
        said(world, number, Command::Edit { doc: PROJECT, edit });
    };
    // The chair's laptop is a year ahead.
    let now = world.now;
    world.offline(KH);
    world.now += 365 * 24 * 3_600_000;
    claim(&mut world, KH, "2026-Q1");
    world.now = now;
    world.later(61_000);
    world.online(KH);
    world.later(61_000);
    let view = unread(&mut world, VN);
    let [line] = &lines(&view)[..] else { panic!("one line: {view:?}") };
    assert!(matches!(&line.what, Changed::Claimed { claim, from: None } if claim.value == "2026-Q1".into()));
    assert!(line.written_at > line.received_at.expect("told") + 300 * 24 * 3_600_000, "both times are told: {line:?}");
    read_all(&mut world, VN);
    said(&mut world, ASEC, set(PLAN, At::root("title"), "Later", "Title 17"));
    world.later(61_000);
    assert_eq!(lines(&unread(&mut world, VN)).len(), 1, "what is read does not rest on the clock");
}

#[test]
fn a_new_device_of_a_new_person_has_no_news_and_a_new_project_is_one_line() {
    let mut world = at_work(&[KH, ASEC]);
    said(&mut world, KH, set(PROJECT, At::root("title"), "Guideline", "Title 34"));
    world.later(61_000);
    world.join(VN);
    world.online(VN);
    assert_eq!(shell(&mut world, VN), 0, "before they looked");
    assert!(unread(&mut world, VN).subjects.is_empty(), "what was there when they came");
    let doc = DocId::from_bytes([0x77; 16]);
    let create = Command::CreateProject { doc, plan: PLAN, title: "Study".to_owned(), lead: code("KH") };
    said(&mut world, KH, create);
    said(&mut world, KH, set(doc, At::root("remarks"), "Draft remark", ""));
    world.later(61_000);
    let view = unread(&mut world, VN);
    let [line] = &lines(&view)[..] else { panic!("one line: {view:?}") };
    assert_eq!(line.what, Changed::Made);
    assert_eq!(view.subjects[0].docs[0].title, "Study");
}
