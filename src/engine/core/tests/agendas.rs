//! Agendas: proposals and their answers, what is adopted, and the annotated agenda.

use super::{
    meetings::{MEETING, called, item, session, tell, view},
    world::{ASEC, KH, VN, World},
};
use crate::{
    domain::{
        Act, At, Edit, EntityId, Value,
        agenda::{
            AgendaState,
            amend::AmendKind,
            proposal::{Arrival, ProposalState, item_id},
        },
    },
    engine::api::{Command, ProposalView, SessionView},
};

const DAY: u64 = 86_400_000;

fn shown(world: &mut World, number: u8) -> SessionView {
    view(world, number, MEETING).sessions.remove(0)
}

fn propose(n: u8, title: &str) -> Command {
    let fields = vec![
        ("title".to_owned(), title.into()),
        ("item-kind".to_owned(), "COUNTRY_SHARING".into()),
        ("about".to_owned(), item(62).to_string().as_str().into()),
        ("titles:vi".to_owned(), "Nguồn nhân tài".into()),
        ("minutes".to_owned(), Value::Int(15)),
    ];
    Command::ProposeItem { session: session(), id: item(n), fields, text: "It was asked for.".to_owned() }
}

fn proposal(world: &mut World, number: u8, n: u8) -> ProposalView {
    let shown = shown(world, number).proposals;
    shown.into_iter().find(|one| one.id == item(n)).expect("the proposal")
}

fn edit(doc: crate::domain::DocId, edit: Edit) -> Command {
    Command::Edit { doc, edit }
}

fn set(field: &str, entity: Option<EntityId>, value: &str) -> Edit {
    let at = At { entity, field: field.to_owned() };
    Edit::Set { at, value: value.into(), seen: Vec::new() }
}

fn act(world: &mut World, act: Act, target: Option<EntityId>, reason: &str) -> Edit {
    Edit::Act { id: world.command_id(), act, target, term: None, reason: reason.to_owned() }
}

#[test]
fn a_proposal_after_the_date_is_late_by_the_hubs_time_and_stays() {
    let mut world = called(&[KH, VN, ASEC]);
    // It is 1 March 2026.
    tell(&mut world, ASEC, edit(session(), set("proposals-until", None, "2026-03-02"))).expect("a date");
    assert_eq!(tell(&mut world, VN, propose(71, " ")), Err("bad-value".to_owned()));
    tell(&mut world, VN, propose(71, "A talent pool")).expect("proposed");
    world.offline(VN);
    // Written in time, and received after it: the hub's time counts.
    tell(&mut world, VN, propose(72, "Written in time")).expect("proposed");
    assert_eq!(proposal(&mut world, VN, 72).arrival, Arrival::Waiting);
    world.later(3 * DAY);
    world.online(VN);
    for device in [KH, VN, ASEC] {
        let one = proposal(&mut world, device, 71);
        assert_eq!((one.arrival, one.state, one.party.as_str()), (Arrival::InTime, ProposalState::Open, "VN"));
        assert_eq!(one.record.text("text"), "It was asked for.");
        assert_eq!(proposal(&mut world, device, 72).arrival, Arrival::Late, "late, and there, on {device}");
    }
    assert!(!shown(&mut world, VN).may_answer && shown(&mut world, KH).may_answer);
}

#[test]
fn taken_over_twice_apart_a_proposal_is_one_item() {
    for (first, second) in [(KH, ASEC), (ASEC, KH)] {
        let mut world = called(&[KH, VN, ASEC]);
        tell(&mut world, VN, propose(71, "A talent pool")).expect("proposed");
        let take = || Command::TakeProposal { session: session(), proposal: item(71), reason: String::new() };
        assert_eq!(tell(&mut world, VN, take()), Err("not-a-writer".to_owned()));
        world.offline(KH);
        world.offline(ASEC);
        for device in [KH, ASEC] {
            tell(&mut world, device, take()).expect("taken over");
        }
        world.online(first);
        world.online(second);
        for device in [KH, VN, ASEC] {
            let session_now = shown(&mut world, device);
            let numbers: Vec<&str> = session_now.agenda.iter().map(|line| line.number.as_str()).collect();
            assert_eq!(numbers, ["1", "2", "2.1", "2.2"], "under the item it was meant for, on {device}");
            let id = item_id(session(), item(71));
            let items = session_now.snapshot.collection("items");
            let made = items.iter().find(|item| item.id == Some(id)).expect("the item");
            assert_eq!(
                (made.line("title"), made.line("proposer"), made.line("kind")),
                ("A talent pool", "VN", "COUNTRY_SHARING")
            );
            assert_eq!(made.line("titles:vi"), "Nguồn nhân tài");
            assert!(made.fields.values().all(|held| held.others.is_empty()), "{made:?}");
            let one = proposal(&mut world, device, 71);
            assert_eq!((one.state, one.item), (ProposalState::Taken, Some(id)));
            assert_eq!(world.shell(device).refused, []);
        }
        assert_eq!(tell(&mut world, KH, take()), Err("no-change".to_owned()));
    }
}

#[test]
fn a_proposal_is_declined_with_a_reason_and_taken_over_by_another_apart_it_is_on_the_agenda() {
    for (first, second) in [(KH, ASEC), (ASEC, KH)] {
        let mut world = called(&[KH, VN, ASEC]);
        tell(&mut world, VN, propose(71, "A talent pool")).expect("proposed");
        let decline = |n, reason: &str| Command::DeclineProposal {
            session: session(),
            proposal: item(n),
            reason: reason.to_owned(),
        };
        assert_eq!(tell(&mut world, KH, decline(71, " ")), Err("reason-missing".to_owned()));
        assert_eq!(tell(&mut world, VN, decline(71, "x")), Err("not-a-writer".to_owned()));
        assert_eq!(tell(&mut world, KH, decline(99, "x")), Err("unknown-entity".to_owned()));
        world.offline(KH);
        world.offline(ASEC);
        tell(&mut world, KH, decline(71, "For the next meeting")).expect("declined");
        let one = proposal(&mut world, KH, 71);
        assert_eq!(
            (one.state, one.declined),
            (ProposalState::Declined, Some(("For the next meeting".to_owned(), true)))
        );
        assert_eq!(tell(&mut world, KH, decline(71, "again")), Err("no-change".to_owned()));
        let take = Command::TakeProposal { session: session(), proposal: item(71), reason: String::new() };
        tell(&mut world, ASEC, take).expect("taken over");
        world.online(first);
        world.online(second);
        for device in [KH, VN, ASEC] {
            let one = proposal(&mut world, device, 71);
            assert_eq!(one.state, ProposalState::Taken, "on {device}");
            assert_eq!(
                one.declined,
                Some(("For the next meeting".to_owned(), false)),
                "and that it was declined is kept"
            );
        }
    }
}

fn adopt(world: &mut World, number: u8) {
    let order = shown(world, number).agenda.iter().map(|line| line.item).collect();
    for one in [Act::Order(order), Act::MoveAgenda(AgendaState::Provisional), Act::MoveAgenda(AgendaState::Adopted)] {
        let adopting = act(world, one, None, "");
        tell(world, number, edit(session(), adopting)).expect("adopted");
    }
}

#[test]
fn an_adopted_agenda_is_changed_by_the_chair_alone_and_says_why() {
    let mut world = called(&[KH, VN, ASEC]);
    adopt(&mut world, ASEC);
    let retitle = || set("title", Some(item(62)), "Work Plan 2026-2030");
    let gone = || Edit::Withdraw { id: item(63), reason: String::new() };
    let order = |world: &mut World| act(world, Act::Order(vec![item(62), item(63), item(61)]), Some(item(62)), "");
    for device in [KH, ASEC] {
        for one in [retitle(), gone(), order(&mut world)] {
            assert_eq!(tell(&mut world, device, edit(session(), one)), Err("frozen".to_owned()), "by hand on {device}");
        }
    }
    let amend = |edit, reason: &str| Command::AmendAgenda { session: session(), edit, reason: reason.to_owned() };
    assert_eq!(tell(&mut world, ASEC, amend(retitle(), "x")), Err("frozen".to_owned()), "not even the Secretariat");
    assert_eq!(tell(&mut world, VN, amend(retitle(), "x")), Err("frozen".to_owned()));
    assert_eq!(tell(&mut world, KH, amend(retitle(), "")), Err("reason-missing".to_owned()));
    assert_eq!(tell(&mut world, KH, amend(set("titles:vi", Some(item(62)), "x"), "x")), Err("bad-value".to_owned()));
    tell(&mut world, KH, amend(retitle(), "The period was missing")).expect("changed");
    let moved = order(&mut world);
    tell(&mut world, KH, amend(moved, "The Minister leaves at noon")).expect("moved");
    tell(&mut world, KH, amend(gone(), "Covered under item 1")).expect("taken off");
    for device in [KH, VN, ASEC] {
        let now = shown(&mut world, device);
        let titles: Vec<&str> = now
            .agenda
            .iter()
            .filter(|line| !line.number.is_empty())
            .filter_map(|line| now.snapshot.collection("items").iter().find(|item| item.id == Some(line.item)))
            .map(|item| item.line("title"))
            .collect();
        assert_eq!(titles, ["Work Plan 2026-2030", "Adoption of the Agenda"], "on {device}");
        assert_eq!(now.state.state, AgendaState::AmendedInSession);
        let told: Vec<_> = now
            .changes
            .iter()
            .map(|change| {
                let what = change.change.clone().expect("what was changed");
                (what.what, what.was, what.is, change.reason.as_str())
            })
            .collect();
        let expected = [
            (AmendKind::Change, "Work Plan".to_owned(), "Work Plan 2026-2030".to_owned(), "The period was missing"),
            (AmendKind::Order, "2".to_owned(), "1".to_owned(), "The Minister leaves at noon"),
            (AmendKind::Withdraw, "Review".to_owned(), "Review".to_owned(), "Covered under item 1"),
        ];
        assert_eq!(told, expected);
        assert!(now.changes.iter().all(|change| change.party.as_ref().is_some_and(|party| party.as_str() == "KH")));
        assert_eq!(now.may_amend, device == KH);
    }
    // Papers and titles in other languages may follow.
    for one in [set("titles:km", Some(item(62)), "ផែនការ"), set("proposals-until", None, "2026-03-02")] {
        tell(&mut world, ASEC, edit(session(), one)).expect("written");
    }
    // A proposal comes onto it as a change in session.
    tell(&mut world, VN, propose(71, "A talent pool")).expect("proposed");
    let take =
        |reason: &str| Command::TakeProposal { session: session(), proposal: item(71), reason: reason.to_owned() };
    assert_eq!(tell(&mut world, ASEC, take("x")), Err("frozen".to_owned()));
    assert_eq!(tell(&mut world, KH, take("")), Err("reason-missing".to_owned()));
    tell(&mut world, KH, take("Asked for by all")).expect("taken over");
    let last = shown(&mut world, VN).changes.pop().expect("a change");
    assert_eq!((last.change.map(|change| change.what), last.title.as_str()), (Some(AmendKind::Add), "A talent pool"));
}

#[test]
fn a_report_goes_on_being_written_once_the_agenda_is_adopted() {
    let mut world = called(&[KH, ASEC]);
    adopt(&mut world, KH);
    let place = Some(crate::domain::Place { parent: None, key: "m".to_owned() });
    let fields = vec![("item".to_owned(), item(62).to_string().as_str().into())];
    let add = Edit::Add { to: "paragraphs".to_owned(), id: item(80), place, fields, texts: Vec::new() };
    tell(&mut world, ASEC, edit(session(), add)).expect("written");
    let place = crate::domain::Place { parent: None, key: "n".to_owned() };
    tell(&mut world, ASEC, edit(session(), Edit::Move { id: item(80), place })).expect("moved");
}

#[test]
fn notes_at_items_are_the_chairs_and_the_secretariats_and_begun_apart_they_are_in_one_place() {
    let mut world = called(&[KH, VN, ASEC]);
    let annotate = || Command::Annotate { session: session(), item: item(62) };
    assert!(shown(&mut world, KH).may_annotate && !shown(&mut world, VN).may_annotate);
    assert_eq!(tell(&mut world, VN, annotate()), Err("not-a-writer".to_owned()));
    world.offline(KH);
    world.offline(ASEC);
    for device in [KH, ASEC] {
        tell(&mut world, device, annotate()).expect("a note");
        assert_eq!(shown(&mut world, device).notes.len(), 1);
    }
    world.online(KH);
    world.online(ASEC);
    let note = shown(&mut world, KH).notes.remove(0);
    let (at, base) = (At::of(note.record.id.expect("an id"), "text"), String::new());
    let splices =
        vec![crate::domain::Splice { at: 0, delete: 0, insert: "Viet Nam will ask for more time.".to_owned() }];
    tell(&mut world, KH, edit(note.doc, Edit::Text { at, base, splices })).expect("written");
    for device in [KH, ASEC] {
        let notes = shown(&mut world, device).notes;
        assert_eq!(notes.len(), 1, "on {device}");
        assert_eq!((notes[0].item, notes[0].may_write), (item(62), true));
        let said = notes[0].record.text("text");
        let beside = notes[0].record.fields.get("text").map(|held| held.others.clone()).unwrap_or_default();
        assert!(
            said.contains("more time")
                || beside.iter().any(|other| other.as_str().is_some_and(|text| text.contains("more time")))
        );
        assert_eq!((world.shell(device).refused.len(), world.shell(device).unsent), (0, 0));
    }
    assert_eq!(shown(&mut world, VN).notes, [], "not Viet Nam's");
    assert!(world.node(VN).disk.values().all(|value| !value.windows(9).any(|part| part == b"more time")));
}
