//! Undo and redo: of one's own, over restarts and merges, and not over others' words unasked.

use super::{
    meetings::{MEETING, called, item, session, tell},
    world::{ASEC, KH, PLAN, PROJECT, VN, World, code},
};
use crate::{
    domain::{Act, At, DocId, Edit, EntityId, Splice, agenda::AgendaState},
    engine::api::{Changed, Command, Done, Overtaken, Query, Reply, Request, UndoView, View, Wait},
};

fn can(world: &mut World, number: u8, of: DocId) -> UndoView {
    match world.see(number, Query::Undo { of }) {
        View::Undo(view) => view,
        other => panic!("no undo: {other:?}"),
    }
}

fn edit(world: &mut World, number: u8, doc: DocId, edit: Edit) {
    world.later(60_000);
    tell(world, number, Command::Edit { doc, edit }).expect("written");
}

fn title(value: &str) -> Edit {
    Edit::Set { at: At::of(item(61), "title"), value: value.into(), seen: vec![] }
}

fn undo(world: &mut World, number: u8, of: DocId) -> Result<(), String> {
    tell(world, number, Command::Undo { of, again: false, anyway: None })
}

fn redo(world: &mut World, number: u8, of: DocId) -> Result<(), String> {
    tell(world, number, Command::Undo { of, again: true, anyway: None })
}

fn shown(world: &mut World, number: u8) -> String {
    match world.see(number, Query::Past { doc: session(), id: None }) {
        View::Past(view) => {
            let snapshot = view.snapshot.expect("a session");
            let one = snapshot.collection("items").iter().find(|one| one.id == Some(item(61))).expect("an item");
            format!("{}/{}", one.line("title"), one.text("note"))
        }
        other => panic!("no session: {other:?}"),
    }
}

#[test]
fn what_was_done_is_taken_back_and_done_again_one_by_one_and_over_a_restart() {
    let mut world = called(&[KH, ASEC]);
    edit(&mut world, ASEC, session(), title("A"));
    edit(&mut world, ASEC, session(), title("B"));
    let before = can(&mut world, ASEC, session());
    let line = before.undo.expect("something");
    assert_eq!((line.about.title.as_str(), line.about.field.as_deref(), before.redo), ("B", Some("title"), None));
    assert_eq!(can(&mut world, KH, session()), UndoView::default(), "it is nobody else's");
    undo(&mut world, ASEC, session()).expect("undone");
    assert_eq!(shown(&mut world, ASEC), "A/");
    world.crash(ASEC);
    world.online(ASEC);
    assert_eq!(can(&mut world, ASEC, session()).redo.map(|line| line.unit), Some(line.unit));
    redo(&mut world, ASEC, session()).expect("done again");
    assert_eq!(shown(&mut world, ASEC), "B/");
    undo(&mut world, ASEC, session()).expect("undone");
    undo(&mut world, ASEC, session()).expect("undone");
    assert_eq!(shown(&mut world, ASEC), "Adoption of the Agenda/");
    world.later(61_000);
    assert_eq!(shown(&mut world, KH), "Adoption of the Agenda/", "everybody has it");
    // Something new is done: what was taken back is not done again over it.
    edit(&mut world, ASEC, session(), title("C"));
    assert_eq!(can(&mut world, ASEC, session()).redo, None);
    assert_eq!(redo(&mut world, ASEC, session()), Err("redo-none".to_owned()));
}

#[test]
fn after_a_crash_what_is_not_sent_and_what_was_done_before_a_rest_can_be_taken_back() {
    let mut world = called(&[ASEC]);
    edit(&mut world, ASEC, session(), title("A"));
    world.later(61_000);
    world.offline(ASEC);
    tell(&mut world, ASEC, Command::Edit { doc: session(), edit: title("B") }).expect("written");
    world.crash(ASEC);
    assert_eq!(shown(&mut world, ASEC), "B/");
    undo(&mut world, ASEC, session()).expect("undone");
    assert_eq!(shown(&mut world, ASEC), "A/");
    undo(&mut world, ASEC, session()).expect("undone");
    assert_eq!(shown(&mut world, ASEC), "Adoption of the Agenda/");
    world.crash(ASEC);
    redo(&mut world, ASEC, session()).expect("again");
    assert_eq!(shown(&mut world, ASEC), "A/");
}

#[test]
fn what_is_typed_in_one_go_is_one_and_a_pause_ends_it() {
    let mut world = called(&[ASEC]);
    let at = At::of(item(61), "note");
    world.request(ASEC, Request::OpenText { session: 1, doc: session(), at });
    let mut typed = 0;
    let mut words = |world: &mut World, n: u32, text: &str| {
        let splices = vec![Splice { at: typed, delete: 0, insert: text.to_owned() }];
        typed += u32::try_from(text.len()).expect("short");
        world.request(ASEC, Request::EditText { session: 1, n, version: 1, splices });
    };
    words(&mut world, 1, "One ");
    world.later(1_000);
    words(&mut world, 2, "two ");
    world.later(1_000);
    world.later(10_000);
    words(&mut world, 3, "three");
    // Not a change yet: it is part of what is taken back all the same.
    undo(&mut world, ASEC, session()).expect("undone");
    assert_eq!(shown(&mut world, ASEC), "Adoption of the Agenda/One two ");
    undo(&mut world, ASEC, session()).expect("undone");
    assert_eq!(shown(&mut world, ASEC), "Adoption of the Agenda/");
    redo(&mut world, ASEC, session()).expect("again");
    redo(&mut world, ASEC, session()).expect("again");
    assert_eq!(shown(&mut world, ASEC), "Adoption of the Agenda/One two three");
}

/// What an undo said of others' words.
fn asked(world: &mut World, number: u8) -> Overtaken {
    let id = world.command(number, Command::Undo { of: session(), again: false, anyway: None });
    let done = world.node(number).replies.iter().find_map(|reply| match reply {
        Reply::Done { id: of, result: Ok(Done::Overtaken(asked)) } if *of == id => Some(asked.clone()),
        _ => None,
    });
    done.expect("asked first")
}

#[test]
fn what_another_changed_since_is_said_before_it_is_taken_back() {
    let mut world = called(&[KH, ASEC]);
    edit(&mut world, ASEC, session(), title("A"));
    world.later(61_000);
    let seen = vec!["A".into()];
    edit(&mut world, KH, session(), Edit::Set { at: At::of(item(61), "title"), value: "B".into(), seen });
    world.later(61_000);
    let asked = asked(&mut world, ASEC);
    assert_eq!(asked.by.len(), 1);
    assert_eq!(asked.by[0].party, Some(code("KH")));
    assert!(matches!(&asked.by[0].lines[0].what, Changed::Set { to, .. } if *to == "B".into()));
    assert_eq!(shown(&mut world, ASEC), "B/", "nothing is taken back yet");
    let anyway = Some(asked.unit);
    tell(&mut world, ASEC, Command::Undo { of: session(), again: false, anyway }).expect("undone");
    assert_eq!(shown(&mut world, ASEC), "Adoption of the Agenda/");
    // The other one's word stands in the history, and is the other one's to take back or do again.
    assert_eq!(can(&mut world, KH, session()).undo.map(|line| line.about.title), Some("B".to_owned()));
}

#[test]
fn what_the_hub_refused_is_not_there_to_be_taken_back() {
    let mut world = called(&[KH, ASEC]);
    edit(&mut world, ASEC, session(), title("A"));
    edit(&mut world, ASEC, session(), title("B"));
    world.offline(ASEC);
    edit(&mut world, ASEC, session(), title("C"));
    tell(&mut world, ASEC, Command::PutAside { doc: session() }).expect("put aside");
    assert_eq!(shown(&mut world, ASEC), "C/", "it is not held for review");
    world.online(ASEC);
    undo(&mut world, ASEC, session()).expect("undone");
    undo(&mut world, ASEC, session()).expect("undone");
    assert_eq!(shown(&mut world, ASEC), "A/");
}

#[test]
fn an_act_of_authority_ends_what_can_be_taken_back() {
    let mut world = called(&[ASEC]);
    edit(&mut world, ASEC, session(), title("A"));
    world.later(61_000);
    let act = Act::MoveAgenda(AgendaState::Provisional);
    let id = EntityId::from_bytes([77; 16]);
    edit(&mut world, ASEC, session(), Edit::Act { id, act, target: None, term: None, reason: String::new() });
    assert_eq!(can(&mut world, ASEC, session()), UndoView::default());
    assert_eq!(undo(&mut world, ASEC, session()), Err("undo-none".to_owned()));
    world.crash(ASEC);
    assert_eq!(can(&mut world, ASEC, session()), UndoView::default(), "nor after a crash");
}

#[test]
fn each_page_takes_back_what_was_done_there() {
    let mut world = called(&[KH, ASEC]);
    edit(&mut world, KH, PROJECT, Edit::Set { at: At::root("title"), value: "P".into(), seen: vec![] });
    let here = can(&mut world, KH, PROJECT).undo.expect("of the project");
    assert_eq!(can(&mut world, KH, super::world::PLAN).undo, Some(here), "a project's plan is a page of it");
    assert_eq!(can(&mut world, KH, session()).undo, None);
    undo(&mut world, KH, super::world::PLAN).expect("undone");
    assert_eq!(world.project(KH, PROJECT).row.title, "Title 34");
}

#[test]
fn values_said_at_once_stand_with_who_said_them_on_what_and_the_choice_with_its_reason() {
    let mut world = called(&[KH, VN, ASEC]);
    world.later(61_000);
    world.offline(KH);
    let seen = || vec!["Adoption of the Agenda".into()];
    let at = At::of(item(61), "title");
    edit(&mut world, KH, session(), Edit::Set { at: at.clone(), value: "K".into(), seen: seen() });
    edit(&mut world, ASEC, session(), Edit::Set { at: at.clone(), value: "S".into(), seen: seen() });
    world.online(KH);
    world.later(61_000);
    for number in [KH, ASEC] {
        let View::Apart(all) = world.see(number, Query::Apart { doc: session(), at: at.clone() }) else {
            panic!("values")
        };
        let who = |value: &str| {
            let one = all.iter().find(|one| one.value == value.into()).expect("it stands");
            let by = one.by.clone().expect("known by whom");
            assert_eq!(by.base, seen(), "{value} on {number}");
            (by.who.party, by.who.mine)
        };
        assert_eq!((who("K"), who("S")), ((Some(code("KH")), number == KH), (Some(code("ASEC")), number == ASEC)));
        assert_eq!(all.iter().filter(|one| one.shown).count(), 1);
    }
    let waits = |world: &mut World| [KH, VN, ASEC].map(|number| world.waits(number, Wait::Beside));
    assert_eq!(waits(&mut world), [vec![(MEETING, 1)], vec![], vec![(MEETING, 1)]], "for who may choose");
    let (value, reason) = ("Third".into(), "As the SOM decided".to_owned());
    let seen = vec!["K".into(), "S".into()];
    edit(&mut world, KH, session(), Edit::Choose { at: at.clone(), value, seen, beside: vec![], reason });
    world.later(61_000);
    assert_eq!(waits(&mut world), [vec![], vec![], vec![]]);
    let View::Apart(all) = world.see(ASEC, Query::Apart { doc: session(), at }) else { panic!("values") };
    assert_eq!(all.iter().map(|one| one.value.clone()).collect::<Vec<_>>(), ["Third".into()]);
    let View::History(history) = world.see(ASEC, Query::History { doc: session(), record: Some(item(61)), most: 1 })
    else {
        panic!("a history")
    };
    let (record, id) = (Some(item(61)), history.sittings[0].id);
    let View::Sitting(sitting) = world.see(ASEC, Query::Sitting { doc: session(), record, id }) else {
        panic!("lines")
    };
    let line = sitting.lines.last().expect("a line");
    assert!(matches!(&line.what, Changed::Set { why, .. } if why == "As the SOM decided"), "{line:?}");
}

#[test]
fn what_was_pasted_in_one_go_is_taken_back_in_one_go() {
    let mut world = called(&[KH, ASEC]);
    let other = DocId::from_bytes([0x71; 16]);
    let (title, lead) = ("Study".to_owned(), code("KH"));
    tell(&mut world, KH, Command::CreateProject { doc: other, plan: PLAN, title, lead }).expect("made");
    let of = world.command_id();
    let part = |field: &str, value: &str| Edit::Set { at: At::root(field), value: value.into(), seen: vec![] };
    for (doc, field) in [(PROJECT, "venue"), (PROJECT, "remarks"), (other, "venue")] {
        tell(&mut world, KH, Command::Part { of, doc, edit: part(field, "Phnom Penh") }).expect("written");
    }
    let line = can(&mut world, KH, PLAN).undo.expect("something");
    assert_eq!(line.docs, 2);
    let says = |world: &mut World, doc| match world.see(KH, Query::Past { doc, id: None }) {
        View::Past(view) => {
            ["venue", "remarks"].map(|field| view.snapshot.as_ref().expect("one").root.line(field).to_owned())
        }
        other => panic!("nothing: {other:?}"),
    };
    undo(&mut world, KH, PLAN).expect("undone");
    assert_eq!(says(&mut world, PROJECT).concat() + &says(&mut world, other).concat(), "");
    redo(&mut world, KH, PLAN).expect("done again");
    assert_eq!(
        (says(&mut world, PROJECT).concat(), says(&mut world, other)[0].as_str()),
        ("Phnom PenhPhnom Penh".to_owned(), "Phnom Penh")
    );
}
