//! Delegations: lists that two officers write apart, attendance, and what only the host hears.

use super::{
    meetings::{MEETING, called, item, tell, view},
    world::{ASEC, KH, VN, World, code, date},
};
use crate::{
    domain::{
        At, DocId, Edit, EntityId, Place, Value,
        delegation::{Fault, Part, Seat, Totals, attended, faults, present, says},
        rights::logistics_id,
    },
    engine::api::{Command, DelegationRow, DelegationsView, LogisticsView},
};

/// A second device of Cambodia.
const KH2: u8 = 11;
const ALL: [u8; 4] = [KH, KH2, VN, ASEC];

fn shown(world: &mut World, number: u8) -> DelegationsView {
    view(world, number, MEETING).delegations
}

fn row(world: &mut World, number: u8, party: &str) -> DelegationRow {
    let rows = shown(world, number).rows;
    rows.into_iter().find(|row| row.party.as_str() == party).expect("a delegation")
}

fn list(world: &mut World, number: u8, party: &str) -> Vec<String> {
    row(world, number, party).people.iter().map(|one| one.line("name").to_owned()).collect()
}

fn add(n: u8, name: &str, part: Part) -> Command {
    let fields = vec![
        ("name".to_owned(), name.into()),
        ("part".to_owned(), part.word().into()),
        ("title".to_owned(), "Under Secretary of State".into()),
    ];
    Command::AddDelegate { meeting: MEETING, id: item(n), fields }
}

fn set(field: &str, entity: Option<EntityId>, value: impl Into<Value>, seen: &[&str]) -> Edit {
    let at = At { entity, field: field.to_owned() };
    Edit::Set { at, value: value.into(), seen: seen.iter().map(|word| Value::from(*word)).collect() }
}

fn edit_list(world: &mut World, number: u8, edit: Edit) -> Result<(), String> {
    let doc = row(world, number, "KH").list.expect("a list");
    tell(world, number, Command::Edit { doc, edit })
}

fn host(world: &mut World, party: &str, seen: &[&str]) {
    let edit = set("host", None, party, seen);
    tell(world, ASEC, Command::Edit { doc: MEETING, edit }).expect("a host");
}

fn own(world: &mut World, number: u8) -> LogisticsView {
    let view = shown(world, number);
    view.arranged.into_iter().find(|told| Some(&told.party) == view.own.as_ref()).expect("what is told")
}

fn say(world: &mut World, number: u8, field: &str, of: u8, value: &str) -> Result<(), String> {
    let doc = own(world, number).doc;
    tell(world, number, Command::Edit { doc, edit: set(&format!("{field}:{}", item(of)), None, value, &[]) })
}

fn on_disk(world: &mut World, number: u8, words: &[u8]) -> bool {
    let disk = &world.node(number).disk;
    disk.values().any(|value| value.windows(words.len()).any(|part| part == words))
}

/// Whether a document's id stands anywhere on a disk.
fn knows(world: &mut World, number: u8, doc: DocId) -> bool {
    let text = doc.to_string();
    on_disk(world, number, &doc.to_bytes())
        || on_disk(world, number, text.as_bytes())
        || world.node(number).disk.keys().any(|(_, key)| key.contains(&text))
}

#[test]
fn who_is_expected_stands_there_in_the_order_of_seats_before_anybody_said_anything() {
    let mut world = called(&[KH, ASEC]);
    let view = shown(&mut world, ASEC);
    let seats: Vec<_> = view.rows.iter().map(|row| (row.party.as_str(), row.seat, row.people.len())).collect();
    assert_eq!(seats, [("KH", Seat::Chair, 0), ("VN", Seat::Member, 0), ("ASEC", Seat::Secretariat, 0)]);
    assert_eq!(view.on, date("2026-05-01"), "as they are on the day of the meeting");
    let mine = |party: &str| view.rows.iter().any(|row| row.party.as_str() == party && row.mine);
    assert!(mine("ASEC") && !mine("KH"));
}

#[test]
fn two_officers_who_write_one_list_apart_leave_one_with_everybody_in_it() {
    for (first, second) in [(KH, KH2), (KH2, KH)] {
        let mut world = called(&ALL);
        world.offline(KH);
        world.offline(KH2);
        // Neither has seen that the other began it.
        tell(&mut world, KH, add(71, "First Delegate", Part::Head)).expect("added");
        tell(&mut world, KH, add(72, "Second Delegate", Part::Alternate)).expect("added");
        tell(&mut world, KH2, add(81, "Another Delegate", Part::Member)).expect("added");
        tell(&mut world, KH2, add(82, "second  delegate", Part::Member)).expect("added");
        world.online(first);
        world.online(second);
        for device in ALL {
            let mut names = list(&mut world, device, "KH");
            assert_eq!(names[..2], ["First Delegate", "Second Delegate"], "head and alternate first, on {device}");
            names.sort();
            assert_eq!(
                names,
                ["Another Delegate", "First Delegate", "Second Delegate", "second  delegate"],
                "set union, on {device}"
            );
            let people = row(&mut world, device, "KH").people;
            assert!(matches!(faults(&people).as_slice(), [Fault::Twice(_)]), "told, and nothing dropped");
            assert_eq!((world.shell(device).refused.len(), world.shell(device).unsent), (0, 0));
        }
        assert_eq!(tell(&mut world, KH, add(90, " ", Part::Member)), Err("bad-value".to_owned()));
        assert!(!row(&mut world, VN, "KH").mine);
        let theirs = edit_list(&mut world, VN, set("name", Some(item(71)), "Somebody", &["First Delegate"]));
        assert_eq!(theirs, Err("not-a-writer".to_owned()), "one's own list only");
    }
}

#[test]
fn moved_withdrawn_and_named_apart_a_list_keeps_all_of_it() {
    for (first, second) in [(KH, KH2), (KH2, KH)] {
        let mut world = called(&ALL);
        for (n, name, part) in [
            (71, "One", Part::Head),
            (72, "Two", Part::Member),
            (73, "Three", Part::Member),
            (74, "Four", Part::Member),
        ] {
            tell(&mut world, KH, add(n, name, part)).expect("added");
        }
        assert_eq!(list(&mut world, KH2, "KH"), ["One", "Two", "Three", "Four"]);
        world.offline(KH);
        world.offline(KH2);
        // One makes Four the head instead of One and moves Three up; the other makes Two the head, and takes Three away.
        let key = row(&mut world, KH, "KH").people[0].place.clone().expect("a place").key;
        let before = crate::domain::place::key_between(None, Some(&key), [1, 2, 3, 4]);
        for edit in [
            set("part", Some(item(71)), "member", &["head"]),
            set("part", Some(item(74)), "head", &["member"]),
            Edit::Move { id: item(73), place: Place { parent: None, key: before } },
        ] {
            edit_list(&mut world, KH, edit).expect("written");
        }
        for edit in [
            set("part", Some(item(72)), "head", &["member"]),
            set("title", Some(item(71)), "Secretary of State", &["Under Secretary of State"]),
            Edit::Withdraw { id: item(73), reason: String::new() },
        ] {
            edit_list(&mut world, KH2, edit).expect("written");
        }
        world.online(first);
        world.online(second);
        for device in ALL {
            let people = row(&mut world, device, "KH").people;
            assert_eq!(list(&mut world, device, "KH"), ["Two", "Four", "One"], "on {device}");
            assert_eq!(faults(&people), [Fault::Heads(2)], "two heads are told");
            assert_eq!(people[2].line("title"), "Secretary of State");
        }
        edit_list(&mut world, KH, Edit::Restore { id: item(73) }).expect("back");
        assert_eq!(list(&mut world, VN, "KH"), ["Two", "Four", "Three", "One"], "where it was moved to");
    }
}

#[test]
fn attendance_is_each_partys_own_and_the_roll_the_chairs_and_the_secretariats() {
    let mut world = called(&ALL);
    let (monday, tuesday) = (date("2026-05-04"), date("2026-05-05"));
    for (n, name) in [(71, "One"), (72, "Two")] {
        tell(&mut world, KH, add(n, name, Part::Member)).expect("added");
    }
    world.offline(KH);
    world.offline(KH2);
    let here = |n, day| set(&attended(day), Some(item(n)), Value::Bool(true), &[]);
    edit_list(&mut world, KH, here(71, monday)).expect("marked");
    edit_list(&mut world, KH2, here(72, monday)).expect("marked");
    edit_list(&mut world, KH2, here(71, tuesday)).expect("marked");
    let roll = |day, party| set(&present(day, &code(party)), None, Value::Bool(true), &[]);
    let answer = |world: &mut World, device, edit| tell(world, device, Command::Edit { doc: MEETING, edit });
    answer(&mut world, KH, roll(monday, "KH")).expect("the Chair calls");
    answer(&mut world, ASEC, roll(monday, "VN")).expect("and the Secretariat");
    assert_eq!(answer(&mut world, VN, roll(monday, "VN")), Err("not-a-writer".to_owned()));
    world.online(KH2);
    world.online(KH);
    for device in ALL {
        let people = row(&mut world, device, "KH").people;
        let there = |day| Totals::of(&people, 0, None, Some(day)).present;
        assert_eq!((there(monday), there(tuesday)), (2, 1), "on {device}");
        let root = view(&mut world, device, MEETING).snapshot.root;
        let called = |day, party| says(&root, &present(day, &code(party)));
        assert!(called(monday, "KH") && called(monday, "VN") && !called(tuesday, "KH"));
    }
}

#[test]
fn what_a_party_tells_the_host_is_begun_apart_once_and_reaches_nobody_else() {
    for (first, second) in [(KH, KH2), (KH2, KH)] {
        let mut world = called(&ALL);
        let open = || Command::OpenLogistics { meeting: MEETING };
        assert!(!shown(&mut world, KH).may_arrange);
        assert_eq!(tell(&mut world, KH, open()), Err("no-host".to_owned()));
        host(&mut world, "VN", &[]);
        tell(&mut world, KH, add(71, "One", Part::Head)).expect("added");
        tell(&mut world, KH, add(72, "Two", Part::Member)).expect("added");
        world.offline(KH);
        world.offline(KH2);
        for (device, of, diet) in [(KH, 71, "No groundnuts"), (KH2, 72, "Vegetarian food")] {
            tell(&mut world, device, open()).expect("room");
            say(&mut world, device, "diet", of, diet).expect("told");
        }
        say(&mut world, KH, "arrival", 71, "2026-05-03 14:30").expect("told");
        world.online(first);
        world.online(second);
        for device in [KH, KH2, VN] {
            let told = shown(&mut world, device).arranged;
            assert_eq!(told.len(), 1, "on {device}");
            assert_eq!(told[0].may_write, device != VN, "the host reads");
            let line = |field: &str, n| told[0].record.line(&format!("{field}:{}", item(n))).to_owned();
            assert_eq!(
                (line("diet", 71), line("diet", 72)),
                ("No groundnuts".to_owned(), "Vegetarian food".to_owned())
            );
            assert_eq!(line("arrival", 71), "2026-05-03 14:30");
            assert_eq!((world.shell(device).refused.len(), world.shell(device).unsent), (0, 0));
        }
        let doc = logistics_id(&code("KH"), MEETING, &code("VN"));
        let theirs = set(&format!("diet:{}", item(71)), None, "Anything", &["No groundnuts"]);
        assert_eq!(tell(&mut world, VN, Command::Edit { doc, edit: theirs }), Err("not-a-writer".to_owned()));
        assert_eq!(shown(&mut world, ASEC).arranged, [], "not the Secretariat's");
        for word in ["groundnuts", "Vegetarian"] {
            assert!(!on_disk(&mut world, ASEC, word.as_bytes()));
        }
        assert!(knows(&mut world, VN, doc) && knows(&mut world, KH, doc));
        assert!(!knows(&mut world, ASEC, doc), "nor that it is there");
    }
}

#[test]
fn another_host_is_told_anew_and_the_one_before_hears_no_more() {
    let mut world = called(&ALL);
    host(&mut world, "ASEC", &[]);
    tell(&mut world, KH, add(71, "One", Part::Head)).expect("added");
    tell(&mut world, KH, Command::OpenLogistics { meeting: MEETING }).expect("room");
    say(&mut world, KH, "diet", 71, "No groundnuts").expect("told");
    assert_eq!(shown(&mut world, ASEC).arranged.len(), 1);
    host(&mut world, "VN", &["ASEC"]);
    assert_eq!(shown(&mut world, VN).arranged, [], "told nothing by itself");
    let view = shown(&mut world, KH);
    assert_eq!((view.arranged, view.told_before), (Vec::new(), vec![code("ASEC")]));
    tell(&mut world, KH, Command::OpenLogistics { meeting: MEETING }).expect("told anew");
    let heard = shown(&mut world, VN).arranged;
    assert_eq!(heard[0].record.line(&format!("diet:{}", item(71))), "No groundnuts");
    say(&mut world, KH, "stay", 71, "At the embassy").expect("told");
    let stay = format!("stay:{}", item(71));
    assert_eq!(shown(&mut world, VN).arranged[0].record.line(&stay), "At the embassy");
    let now = logistics_id(&code("KH"), MEETING, &code("VN"));
    assert!(knows(&mut world, VN, now) && !knows(&mut world, ASEC, now));
    assert!(shown(&mut world, KH).told_before.is_empty(), "and is asked for no more");
}
