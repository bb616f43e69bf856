//! Meetings: the one after another, and dates and modes that move with a reason.

use super::world::{ASEC, KH, VN, World};
use crate::{
    domain::{
        Act, DocId, Edit, EntityId, Framework, Place, Value,
        meeting::{Beside, MeetingState, MeetingType, Mode, dates::Dates},
        rights::{next_meeting_id, session_id},
    },
    engine::api::{Command, MeetingChange, MeetingView, Query, View},
};

pub const MEETING: DocId = DocId::from_bytes([0x51; 16]);

pub fn session() -> DocId {
    session_id(MEETING, &crate::domain::Audience::Accsm)
}

pub fn view(world: &mut World, number: u8, doc: DocId) -> MeetingView {
    match world.see(number, Query::Meeting { doc }) {
        View::Meeting(view) => *view,
        other => panic!("not a meeting: {other:?}"),
    }
}

pub fn tell(world: &mut World, number: u8, command: Command) -> Result<(), String> {
    let id = world.command(number, command);
    world.done(number, id).expect("answered").map_err(|refusal| refusal.code)
}

pub fn item(n: u8) -> EntityId {
    EntityId::from_bytes([n; 16])
}

/// A meeting that the Secretariat called, with an agenda of three items, here for everyone.
pub fn called(devices: &[u8]) -> World {
    let mut world = World::new();
    for &device in devices {
        world.join(device);
        world.online(device);
    }
    let create = Command::CreateMeeting {
        doc: MEETING,
        framework: Framework::Accsm,
        meeting: MeetingType::Som,
        title: "SOM of the 23rd ACCSM".to_owned(),
        start: "2026-05".parse().ok(),
    };
    tell(&mut world, ASEC, create).expect("called");
    for (n, parent, title) in [(61, None, "Adoption of the Agenda"), (62, None, "Work Plan"), (63, Some(62), "Review")]
    {
        let place = Some(Place { parent: parent.map(item), key: format!("k{n}") });
        let fields = vec![
            ("title".to_owned(), title.into()),
            ("titles:vi".to_owned(), "Tiếng Việt".into()),
            ("minutes".to_owned(), Value::Int(10)),
        ];
        let edit = Edit::Add { to: "items".to_owned(), id: item(n), place, fields, texts: Vec::new() };
        tell(&mut world, ASEC, Command::Edit { doc: session(), edit }).expect("added");
    }
    world
}

fn follow(title: &str) -> Command {
    let (title, start) = (title.to_owned(), "2027-03".parse().ok());
    Command::FollowMeeting { previous: MEETING, title, ordinal: Some(24), start }
}

#[test]
fn the_next_meeting_called_twice_apart_is_one_with_one_agenda() {
    let devices = [KH, VN, ASEC];
    let mut world = called(&devices);
    let next = next_meeting_id(MEETING);
    assert!(view(&mut world, KH, MEETING).may_follow && !view(&mut world, VN, MEETING).may_follow);
    assert_eq!(tell(&mut world, VN, follow("Theirs")), Err("not-a-writer".to_owned()));
    assert_eq!(tell(&mut world, KH, follow(" ")), Err("bad-value".to_owned()));
    world.offline(KH);
    world.offline(ASEC);
    for device in [KH, ASEC] {
        tell(&mut world, device, follow("SOM of the 24th ACCSM")).expect("called");
        assert_eq!(view(&mut world, device, next).sessions[0].agenda.len(), 3, "before anything is sent");
    }
    world.online(KH);
    world.online(ASEC);
    for device in devices {
        let shown = view(&mut world, device, next);
        assert!(shown.snapshot.root.fields.values().all(|held| held.others.is_empty()), "{:?}", shown.snapshot.root);
        let row = &shown.row;
        assert_eq!(
            (row.title.as_str(), row.ordinal, row.predecessor),
            ("SOM of the 24th ACCSM", Some(24), Some(MEETING))
        );
        assert_eq!(
            (row.meeting, row.start.map(|when| when.to_string())),
            (Some(MeetingType::Som), Some("2027-03".into()))
        );
        assert_eq!(shown.sessions.len(), 1);
        let session = &shown.sessions[0];
        let numbers: Vec<&str> = session.agenda.iter().map(|line| line.number.as_str()).collect();
        assert_eq!(numbers, ["1", "2", "2.1"], "on {device}");
        let items = session.snapshot.collection("items");
        assert_eq!(
            items.iter().map(|item| item.line("title")).collect::<Vec<_>>(),
            ["Adoption of the Agenda", "Work Plan", "Review"]
        );
        assert!(items.iter().all(|item| item.line("titles:vi") == "Tiếng Việt" && item.withdrawn.is_none()));
        assert!(items.iter().flat_map(|item| item.fields.values()).all(|held| held.others.is_empty()), "{items:?}");
        assert!(!view(&mut world, device, MEETING).may_follow, "it is called");
        assert_eq!((world.shell(device).refused.len(), world.shell(device).unsent), (0, 0), "on {device}");
    }
    assert_eq!(tell(&mut world, KH, follow("Once more")), Err("document-exists".to_owned()));
    let last = view(&mut world, VN, MEETING);
    assert_eq!(last.sessions[0].agenda.len(), 3, "the last one stays as it is");
}

#[test]
fn a_meeting_that_another_of_its_kind_follows_already_has_no_next_one() {
    let mut world = called(&[ASEC]);
    let other = DocId::from_bytes([0x52; 16]);
    let call = |meeting| Command::CreateMeeting {
        doc: other,
        framework: Framework::Accsm,
        meeting,
        title: "Another".to_owned(),
        start: None,
    };
    tell(&mut world, ASEC, call(MeetingType::Hcs)).expect("called");
    world.set(ASEC, other, "predecessor", &MEETING.to_string());
    assert!(view(&mut world, ASEC, MEETING).may_follow, "the heads' meeting comes after it and is of another kind");
    world.set(ASEC, other, "type", MeetingType::Som.word());
    assert!(!view(&mut world, ASEC, MEETING).may_follow);
    assert_eq!(tell(&mut world, ASEC, follow("A third")), Err("document-exists".to_owned()));
}

#[test]
fn the_meeting_beside_it_has_its_open_agenda_and_names_nothing_of_it() {
    let devices = [KH, VN, ASEC];
    let mut world = called(&devices);
    let beside = DocId::from_bytes([0x53; 16]);
    let call = |title: &str| {
        let (title, start) = (title.to_owned(), "2026-05".parse().ok());
        Command::MeetBeside { of: MEETING, doc: beside, beside: Beside::Plus3, title, start }
    };
    let closed = Edit::Set {
        at: crate::domain::At { entity: Some(item(62)), field: "session".to_owned() },
        value: "CLOSED".into(),
        seen: Vec::new(),
    };
    tell(&mut world, ASEC, Command::Edit { doc: session(), edit: closed }).expect("set");
    assert_eq!(view(&mut world, ASEC, MEETING).may_meet_beside, [Beside::Plus3, Beside::Open]);
    assert!(view(&mut world, VN, MEETING).may_meet_beside.is_empty());
    assert_eq!(tell(&mut world, VN, call("Theirs")), Err("not-a-writer".to_owned()));
    assert_eq!(tell(&mut world, ASEC, call(" ")), Err("bad-value".to_owned()));
    tell(&mut world, ASEC, call("SOM of the 23rd ACCSM+3")).expect("called");
    for device in devices {
        let shown = view(&mut world, device, beside);
        assert_eq!((shown.row.meeting, shown.row.parallel), (Some(MeetingType::SomPlus3), None));
        assert_eq!(shown.sessions.len(), 1);
        let session = &shown.sessions[0];
        assert_eq!(session.audience, crate::domain::Audience::AccsmPlus3);
        let titles: Vec<&str> = session.snapshot.collection("items").iter().map(|item| item.line("title")).collect();
        assert_eq!(titles, ["Adoption of the Agenda"], "nothing of the closed item, nor what is under it");
        // Nothing that the Plus Three countries have names what they may not know of.
        for said in [format!("{:?}", shown.snapshot), format!("{:?}", session.snapshot)] {
            assert!(!said.contains(&MEETING.to_string()), "{said}");
        }
        let first = view(&mut world, device, MEETING);
        assert_eq!(first.row.parallel, Some(beside), "shown from the other end");
        assert!(!first.may_meet_beside.contains(&Beside::Plus3));
        assert_eq!((world.shell(device).refused.len(), world.shell(device).unsent), (0, 0), "on {device}");
    }
    assert_eq!(tell(&mut world, ASEC, call("Once more")), Err("document-exists".to_owned()));
    let no = |beside| {
        let title = "No".to_owned();
        Command::MeetBeside {
            of: beside,
            doc: DocId::from_bytes([0x54; 16]),
            beside: Beside::Plus3,
            title,
            start: None,
        }
    };
    assert_eq!(tell(&mut world, ASEC, no(beside)), Err("bad-value".to_owned()));
}

#[test]
fn an_open_session_brings_everyone_what_is_marked_as_open_and_names_nothing_else() {
    let devices = [KH, VN, ASEC];
    let mut world = called(&devices);
    let open = DocId::from_bytes([0x55; 16]);
    let call = || {
        let title = "Senior Officials' Meeting: open session".to_owned();
        let start = "2026-05-04".parse().ok();
        Command::MeetBeside { of: MEETING, doc: open, beside: Beside::Open, title, start }
    };
    let mark = Edit::Set {
        at: crate::domain::At { entity: Some(item(62)), field: "session".to_owned() },
        value: "OPEN".into(),
        seen: Vec::new(),
    };
    tell(&mut world, ASEC, Command::Edit { doc: session(), edit: mark }).expect("set");
    assert_eq!(tell(&mut world, VN, call()), Err("not-a-writer".to_owned()));
    tell(&mut world, ASEC, fix("2026-05-04", "2026-05-05", "The Chair's days")).expect("fixed");
    tell(&mut world, ASEC, call()).expect("called");
    for device in devices {
        let shown = view(&mut world, device, open);
        assert_eq!((shown.row.meeting, shown.may_meet_beside.len()), (Some(MeetingType::Som), 0));
        let days = (shown.row.start, shown.row.end, shown.row.zone.as_str(), shown.row.term);
        assert_eq!(days, ("2026-05-04".parse().ok(), "2026-05-05".parse().ok(), "Asia/Yangon", Some(23)));
        let session = &shown.sessions[0];
        assert_eq!(session.audience, crate::domain::Audience::Public);
        let titles: Vec<&str> = session.snapshot.collection("items").iter().map(|item| item.line("title")).collect();
        assert_eq!(titles, ["Work Plan", "Review"], "only what is open, with what is under it");
        for said in [format!("{:?}", shown.snapshot), format!("{:?}", session.snapshot)] {
            assert!(!said.contains(&MEETING.to_string()), "{said}");
        }
        let first = view(&mut world, device, MEETING);
        assert_eq!((first.row.open_session, first.row.parallel), (Some(open), None), "shown from the other end");
        assert!(!first.may_meet_beside.contains(&Beside::Open));
        assert_eq!((world.shell(device).refused.len(), world.shell(device).unsent), (0, 0), "on {device}");
    }
    assert_eq!(tell(&mut world, ASEC, call()), Err("document-exists".to_owned()));
}

#[test]
fn what_two_call_otherwise_is_seen_of_both() {
    let mut world = called(&[KH, ASEC]);
    world.offline(KH);
    world.offline(ASEC);
    tell(&mut world, KH, follow("One title")).expect("called");
    tell(&mut world, ASEC, follow("Another title")).expect("called");
    world.online(ASEC);
    world.online(KH);
    for device in [KH, ASEC] {
        let shown = view(&mut world, device, next_meeting_id(MEETING));
        let held = &shown.snapshot.root.fields["title"];
        let mut both = vec![held.value.clone()];
        both.extend(held.others.clone());
        both.sort();
        assert_eq!(both, [Value::from("Another title"), Value::from("One title")], "on {device}");
        assert_eq!(shown.sessions[0].agenda.len(), 3);
    }
}

fn fix(start: &str, end: &str, reason: &str) -> Command {
    let (from, until) = ("09:00".parse().ok(), "16:30".parse().ok());
    let to = Dates { start: start.parse().ok(), end: end.parse().ok(), from, until, zone: "Asia/Yangon".to_owned() };
    Command::FixDates { meeting: MEETING, to, reason: reason.to_owned() }
}

fn put_off(world: &mut World, number: u8, to: MeetingState) {
    let act = Act::MoveMeeting(to);
    let edit = Edit::Act { id: world.command_id(), act, target: None, term: None, reason: "The venue".to_owned() };
    tell(world, number, Command::Edit { doc: MEETING, edit }).expect("moved");
}

#[test]
fn a_meeting_that_is_put_off_stays_the_same_and_keeps_what_was_planned() {
    let mut world = called(&[KH, VN, ASEC]);
    assert_eq!(tell(&mut world, VN, fix("2026-05-04", "", "x")), Err("not-a-writer".to_owned()));
    assert_eq!(
        tell(&mut world, KH, fix("2026-05-04", "", "")),
        Err("reason-missing".to_owned()),
        "May was said before"
    );
    assert_eq!(tell(&mut world, KH, fix("2026-05-04", "2026-05-03", "x")), Err("bad-dates".to_owned()));
    tell(&mut world, KH, fix("2026-05-04", "", "Agreed by all")).expect("fixed");
    put_off(&mut world, KH, MeetingState::Postponed);
    tell(&mut world, ASEC, fix("2026-08-05", "2026-08-07", "The venue is free again")).expect("moved");
    put_off(&mut world, ASEC, MeetingState::DateConfirmed);
    for device in [KH, VN, ASEC] {
        let shown = view(&mut world, device, MEETING);
        let start = |dates: &Dates| dates.start.map(|start| start.to_string()).unwrap_or_default();
        assert_eq!(
            (start(&shown.dates.now), start(&shown.dates.planned)),
            ("2026-08-05".to_owned(), "2026-05".to_owned())
        );
        assert_eq!(shown.row.planned.map(|when| when.to_string()), Some("2026-05".to_owned()));
        assert_eq!((shown.row.revision, shown.dates.provisional, shown.dates.beside), (4, false, None));
        let told: Vec<String> = shown
            .steps
            .iter()
            .map(|step| match &step.what {
                MeetingChange::Dates { to, was } => {
                    format!("{} was {}: {}", start(to), was.as_ref().map(start).unwrap_or_default(), step.reason)
                }
                MeetingChange::State(to) => to.to_string(),
                MeetingChange::Mode { .. } => panic!("no mode was changed"),
            })
            .collect();
        let expected = [
            "2026-05-04 was 2026-05: Agreed by all",
            "POSTPONED",
            "2026-08-05 was 2026-05-04: The venue is free again",
            "DATE_CONFIRMED",
        ];
        assert_eq!(told, expected, "on {device}");
        // A version that knows of no acts on dates reads the fields.
        let root = &shown.snapshot.root;
        let fields = ["start", "end", "start-time", "end-time", "zone"].map(|field| root.line(field).to_owned());
        assert_eq!(fields, ["2026-08-05", "2026-08-07", "09:00", "16:30", "Asia/Yangon"]);
        let rows = match world.see(device, Query::Meetings) {
            View::Meetings(view) => view.groups.into_iter().flat_map(|group| group.meetings).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(rows.len(), 1, "one meeting");
        assert_eq!(rows[0].start.map(|when| when.to_string()), Some("2026-08-05".to_owned()));
    }
}

#[test]
fn what_a_chair_did_before_it_heard_that_it_had_handed_over_is_not_applied_and_comes_back_to_it() {
    let mut world = called(&[KH, VN, ASEC]);
    world.offline(KH);
    tell(&mut world, KH, fix("2026-05-04", "", "The Chair's day")).expect("fixed on its own device");
    let hold = Command::ChangeMode { meeting: MEETING, to: Mode::Online, reason: "The venue".to_owned() };
    tell(&mut world, KH, hold).expect("changed there");
    // The Heads of Civil Service Meeting handed the chair on.
    world.hub.fact(&super::life::term(24, "VN", "2025-06-01", None));
    world.online(KH);
    for device in [KH, VN, ASEC] {
        let shown = view(&mut world, device, MEETING);
        let kept = (shown.row.start.map(|start| start.to_string()), shown.row.mode, shown.row.revision);
        assert_eq!(kept, (Some("2026-05".to_owned()), None, 0), "on {device}");
    }
    let refused = world.shell(KH).refused;
    assert!(!refused.is_empty() && refused.iter().all(|one| one.why == "not-a-writer"), "{refused:?}");
    assert!(refused.iter().any(|one| one.words.contains("2026-05-04")), "to be read, and offered again: {refused:?}");
    assert!(!view(&mut world, KH, MEETING).may_fix);
    tell(&mut world, VN, fix("2026-05-11", "", "The new Chair's day")).expect("Viet Nam leads");
}

#[test]
fn dates_fixed_apart_are_both_in_the_history_and_the_hubs_last_counts_on_every_device() {
    for (first, second) in [(KH, ASEC), (ASEC, KH)] {
        let mut world = called(&[KH, VN, ASEC]);
        world.offline(KH);
        world.offline(ASEC);
        let day = |device| if device == KH { "2026-08-05" } else { "2026-08-12" };
        for device in [KH, ASEC] {
            tell(&mut world, device, fix(day(device), "", "As we heard")).expect("fixed");
        }
        world.online(first);
        world.online(second);
        for device in [KH, VN, ASEC] {
            let shown = view(&mut world, device, MEETING);
            let now = shown.dates.now.start.map(|start| start.to_string());
            assert_eq!(now.as_deref(), Some(day(second)), "{second} came last; on {device}");
            assert_eq!((shown.steps.len(), shown.dates.beside), (2, None));
        }
    }
}

#[test]
fn a_mode_changes_with_its_reason() {
    let mut world = called(&[KH, ASEC]);
    let change = |to, reason: &str| Command::ChangeMode { meeting: MEETING, to, reason: reason.to_owned() };
    tell(&mut world, KH, change(Mode::InPerson, "")).expect("said first");
    assert_eq!(tell(&mut world, KH, change(Mode::Online, "")), Err("reason-missing".to_owned()));
    assert_eq!(tell(&mut world, KH, change(Mode::InPerson, "x")), Err("no-change".to_owned()));
    tell(&mut world, KH, change(Mode::Online, "COVID-19")).expect("changed");
    let shown = view(&mut world, ASEC, MEETING);
    assert_eq!((shown.row.mode, shown.snapshot.root.line("mode")), (Some(Mode::Online), "ONLINE"));
    let last = shown.steps.last().expect("a step");
    let what = MeetingChange::Mode { to: Mode::Online, was: Some(Mode::InPerson) };
    assert_eq!((&last.what, last.reason.as_str(), last.provisional), (&what, "COVID-19", false));
    put_off(&mut world, KH, MeetingState::Cancelled);
    assert_eq!(tell(&mut world, KH, change(Mode::Hybrid, "x")), Err("transition".to_owned()));
    assert!(!view(&mut world, KH, MEETING).may_fix);
}
