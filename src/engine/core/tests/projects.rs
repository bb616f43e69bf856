//! Projects: their numbers, the steps of their status, and the questions about them, by people who work apart.

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World, code};
use crate::{
    domain::{
        Act, At, ClaimKind, DocId, DocKind, Edit, EntityId, Fact, Place, Value, Writer,
        comment::Settled,
        project::{Classified, ProjectStatus, SecretariatField, StatusStep},
    },
    engine::api::{Command, CommentView, Query, Said, View},
};

/// A second device of the Secretariat.
pub const ASEC2: u8 = 13;
pub const SECOND: DocId = DocId::from_bytes([0x23; 16]);
const MEETING: DocId = DocId::from_bytes([0x31; 16]);
pub const AREA: EntityId = EntityId::from_bytes([0x41; 16]);
const QUESTION: EntityId = EntityId::from_bytes([0x51; 16]);

pub fn tell(world: &mut World, number: u8, command: Command) -> Result<(), String> {
    let id = world.command(number, command);
    world.done(number, id).expect("answered").map_err(|refusal| refusal.code)
}

pub fn number(project: DocId, reference: &str) -> Command {
    Command::AssignNumber { project, reference: reference.to_owned() }
}

fn target(project: DocId) -> Option<EntityId> {
    Some(EntityId::from_bytes(project.to_bytes()))
}

/// A plan of 2021 to 2025 with an area and two projects of KH, here for everyone.
pub fn begun(devices: &[u8]) -> World {
    let mut world = World::new();
    world.document(SECOND, DocKind::Project, Some(PLAN), vec![Writer::Party(code("KH"))]);
    world.starts = "2026-02-20".to_owned();
    world.document(MEETING, DocKind::Meeting, None, vec![Writer::Secretariat]);
    for &device in devices {
        world.join(device);
        world.online(device);
    }
    let year = |field: &str, year| Edit::Set { at: At::root(field), value: Value::Int(year), seen: Vec::new() };
    let area = Edit::Add {
        to: "areas".to_owned(),
        id: AREA,
        place: Some(Place { parent: None, key: "m".to_owned() }),
        fields: vec![("code".to_owned(), "PA5".into()), ("title".to_owned(), "Workforce".into())],
        texts: Vec::new(),
    };
    for edit in [year("from", 2021), year("to", 2025), area] {
        tell(&mut world, ASEC, Command::Edit { doc: PLAN, edit }).expect("written");
    }
    world
}

pub fn references(world: &mut World, device: u8) -> [Option<String>; 2] {
    [PROJECT, SECOND].map(|doc| world.project(device, doc).row.reference)
}

#[test]
fn the_secretariat_numbers_a_project_once_and_is_offered_the_next_number() {
    let mut world = begun(&[KH, VN, ASEC]);
    world.set(KH, PROJECT, "area", &AREA.to_string());
    assert_eq!(world.project(KH, PROJECT).next_reference, None, "not the lead's to give");
    assert_eq!(world.project(ASEC, SECOND).next_reference.as_deref(), Some("ACCSM-2125-01"), "no area yet");
    let next = world.project(ASEC, PROJECT).next_reference.expect("offered");
    assert_eq!(next, "ACCSM-2125-PA5-01");
    assert_eq!(tell(&mut world, KH, number(PROJECT, &next)), Err("not-a-writer".to_owned()));
    assert_eq!(tell(&mut world, ASEC, number(PLAN, &next)), Err("bad-document".to_owned()));
    assert_eq!(tell(&mut world, ASEC, number(PROJECT, "  ")), Err("bad-value".to_owned()));

    world.offline(ASEC);
    assert_eq!(tell(&mut world, ASEC, number(PROJECT, &next)), Ok(()));
    let view = world.project(ASEC, PROJECT);
    assert_eq!((view.row.reference.as_ref(), view.reference_provisional), (Some(&next), true));
    assert_eq!(tell(&mut world, ASEC, number(PROJECT, "ACCSM-2125-PA5-09")), Err("number-taken".to_owned()));
    world.crash(ASEC);
    assert_eq!(world.project(ASEC, PROJECT).row.reference.as_ref(), Some(&next), "it is on the disk");
    world.online(ASEC);
    for device in [KH, VN, ASEC] {
        let view = world.project(device, PROJECT);
        assert_eq!((view.row.reference.as_ref(), view.reference_provisional), (Some(&next), false), "on {device}");
    }
    world.set(KH, SECOND, "area", &AREA.to_string());
    assert_eq!(world.project(ASEC, SECOND).next_reference.as_deref(), Some("ACCSM-2125-PA5-02"));
    // A number is not given again, also when its project is out of the plan.
    let claim = Edit::Claim {
        id: EntityId::from_bytes([60; 16]),
        what: ClaimKind::Status,
        value: ProjectStatus::Withdrawn.word().into(),
        as_of: None,
        evidence: String::new(),
        reason: String::new(),
        supersedes: Vec::new(),
    };
    tell(&mut world, KH, Command::Edit { doc: PROJECT, edit: claim }).expect("withdrawn");
    assert_eq!(tell(&mut world, ASEC, number(SECOND, &next.to_lowercase())), Err("number-taken".to_owned()));
}

/// Two of the Secretariat number apart; `first` reaches the hub first.
fn apart(first: u8, second: u8, numbers: [(u8, DocId, &str); 2]) -> World {
    let mut world = begun(&[KH, ASEC, ASEC2]);
    world.offline(ASEC);
    world.offline(ASEC2);
    for (device, project, reference) in numbers {
        tell(&mut world, device, number(project, reference)).expect("given");
    }
    world.set(second, PLAN, "title", "Words written after the number");
    world.online(first);
    world.online(second);
    world
}

#[test]
fn one_number_given_to_two_projects_apart_stays_with_the_first_and_the_other_is_told() {
    for (first, second) in [(ASEC, ASEC2), (ASEC2, ASEC)] {
        let numbers = [(ASEC, PROJECT, "ACCSM-2125-01"), (ASEC2, SECOND, "ACCSM-2125-01")];
        let mut world = apart(first, second, numbers);
        let won = usize::from(first != ASEC);
        let mut expected = [None, None];
        expected[won] = Some("ACCSM-2125-01".to_owned());
        for device in [KH, ASEC, ASEC2] {
            assert_eq!(references(&mut world, device), expected, "on {device}, {first} first");
        }
        let shell = world.shell(second);
        let [told] = shell.refused.as_slice() else { panic!("one refused number: {:?}", shell.refused) };
        assert_eq!((told.why.as_str(), told.words.as_str()), ("number-taken", "ACCSM-2125-01"));
        assert_eq!((told.doc, told.again, shell.unsent), ([SECOND, PROJECT][won], false, 0));
        assert_eq!(world.shell(first).refused, []);
        let View::Plan(plan) = world.see(KH, Query::Plan { doc: PLAN }) else { panic!("a plan") };
        assert_eq!(plan.card.title, "Words written after the number", "nothing else is held up");
        // The next one is offered, and given.
        let free = [SECOND, PROJECT][won];
        let next = world.project(second, free).next_reference.expect("offered");
        assert_eq!(next, "ACCSM-2125-02");
        assert_eq!(tell(&mut world, second, number(free, &next)), Ok(()));
        assert_eq!(world.project(KH, free).row.reference, Some(next));
    }
}

#[test]
fn two_numbers_given_to_one_project_apart_leave_the_first_and_the_same_one_twice_is_one() {
    for (first, second) in [(ASEC, ASEC2), (ASEC2, ASEC)] {
        let mut world = apart(first, second, [(ASEC, PROJECT, "A-1"), (ASEC2, PROJECT, "A-2")]);
        let expected = if first == ASEC { "A-1" } else { "A-2" };
        for device in [KH, ASEC, ASEC2] {
            let view = world.project(device, PROJECT);
            assert_eq!((view.row.reference.as_deref(), view.reference_provisional), (Some(expected), false));
        }
        assert_eq!(world.shell(second).refused.len(), 1);

        let mut world = apart(first, second, [(ASEC, PROJECT, "A-1"), (ASEC2, PROJECT, "A-1")]);
        for device in [KH, ASEC, ASEC2] {
            assert_eq!(world.project(device, PROJECT).row.reference.as_deref(), Some("A-1"));
            let shell = if device == KH { continue } else { world.shell(device) };
            assert_eq!((shell.refused.len(), shell.unsent), (0, 0), "on {device}");
        }
    }
}

#[test]
fn a_number_that_two_projects_have_after_a_fall_of_the_hub_is_shown_as_a_conflict() {
    for [first, second] in [[PROJECT, SECOND], [SECOND, PROJECT]] {
        let mut world = begun(&[KH, ASEC]);
        // What is given back to a hub is not judged a second time.
        for (doc, reference) in [(first, "A-1"), (second, "a-1")] {
            world.hub.fact(&Fact::Number { doc, reference: reference.to_owned() });
        }
        world.later(61_000);
        for device in [KH, ASEC] {
            let same = world.project(device, first).same_number.map(|(doc, _)| doc);
            assert_eq!(same, Some(second), "on {device}");
            assert_eq!(world.project(device, second).same_number.map(|(doc, _)| doc), Some(first));
        }
        assert_eq!(world.project(ASEC, first).row.reference.as_deref(), Some("A-1"), "both are kept");
    }
}

#[test]
fn the_steps_of_a_status_say_who_when_why_and_at_which_meeting() {
    let mut world = begun(&[KH, VN, ASEC]);
    let claim = Edit::ClaimAt {
        id: EntityId::from_bytes([61; 16]),
        what: ClaimKind::Status,
        value: ProjectStatus::Postponed.word().into(),
        as_of: "2026-02".parse().ok(),
        evidence: "Note 4".to_owned(),
        reason: "COVID-19".to_owned(),
        supersedes: Vec::new(),
        meeting: MEETING,
    };
    tell(&mut world, KH, Command::Edit { doc: PROJECT, edit: claim }).expect("claimed");
    let publish = |n: u8, to, meeting| Edit::Act {
        id: EntityId::from_bytes([n; 16]),
        act: Act::PublishStep(Box::new(StatusStep { to, meeting, on: "2026-02-20".parse().ok() })),
        target: target(PROJECT),
        term: None,
        reason: "as reported".to_owned(),
    };
    world.later(1_000);
    let included = publish(62, ProjectStatus::Included, None);
    assert_eq!(
        tell(&mut world, KH, Command::Edit { doc: PLAN, edit: included.clone() }),
        Err("not-a-writer".to_owned())
    );
    tell(&mut world, ASEC, Command::Edit { doc: PLAN, edit: included }).expect("published");
    let back = publish(63, ProjectStatus::Returned, None);
    assert_eq!(tell(&mut world, ASEC, Command::Edit { doc: PLAN, edit: back }), Err("transition".to_owned()));
    world.later(1_000);
    world.offline(ASEC);
    let postponed = publish(64, ProjectStatus::Postponed, Some(MEETING));
    tell(&mut world, ASEC, Command::Edit { doc: PLAN, edit: postponed }).expect("published");
    let provisional: Vec<_> = world.project(ASEC, PROJECT).steps.iter().map(|step| step.provisional).collect();
    assert_eq!(provisional, [true, false, false]);
    world.online(ASEC);
    for device in [KH, VN, ASEC] {
        let view = world.project(device, PROJECT);
        assert_eq!(view.row.published.map(|standing| standing.state), Some(ProjectStatus::Postponed));
        let steps: Vec<_> = view.steps.iter().map(|step| (step.said, step.to, step.stands, step.provisional)).collect();
        let expected = [
            (Said::Published, ProjectStatus::Postponed, true, false),
            (Said::Published, ProjectStatus::Included, false, false),
            (Said::Claimed, ProjectStatus::Postponed, true, false),
        ];
        assert_eq!(steps, expected, "on {device}");
        let [published, _, claimed] = view.steps.as_slice() else { panic!("three") };
        let meeting = Some((MEETING, "Title 49".to_owned()));
        assert_eq!((&published.meeting, &claimed.meeting), (&meeting, &meeting));
        assert_eq!((published.reason.as_str(), claimed.reason.as_str()), ("as reported", "COVID-19"));
        assert_eq!((published.on, claimed.on), ("2026-02-20".parse().ok(), "2026-02".parse().ok()));
        assert_eq!(claimed.evidence, "Note 4");
    }
    // Which devices are whose is told to one's own party and the Secretariat.
    let by: Vec<_> = world.project(ASEC, PROJECT).steps.into_iter().map(|step| step.party).collect();
    assert_eq!(by, [Some(code("ASEC")), Some(code("ASEC")), Some(code("KH"))]);
}

#[test]
fn the_secretariats_fields_are_its_own_and_the_last_word_stands() {
    let mut world = begun(&[KH, ASEC, ASEC2]);
    let said = |n: u8, field, value: &str| Edit::Act {
        id: EntityId::from_bytes([n; 16]),
        act: Act::Classify(Box::new(Classified { field, value: value.to_owned() })),
        target: target(PROJECT),
        term: None,
        reason: String::new(),
    };
    let field = SecretariatField::Intervention;
    // The chair writes the plan too, and this is not the chair's.
    let refused = tell(&mut world, KH, Command::Edit { doc: PLAN, edit: said(70, field, "policy-initiative") });
    assert_eq!(refused, Err("not-a-writer".to_owned()));
    let refused = tell(&mut world, ASEC, Command::Edit { doc: PLAN, edit: said(71, field, "joint-effort") });
    assert_eq!(refused, Err("bad-value".to_owned()));
    world.offline(ASEC);
    world.offline(ASEC2);
    let one = said(73, field, "policy-initiative");
    let two = said(72, field, "human-capacity-building");
    tell(&mut world, ASEC, Command::Edit { doc: PLAN, edit: one }).expect("said");
    tell(&mut world, ASEC2, Command::Edit { doc: PLAN, edit: two }).expect("said");
    let own = world.project(ASEC, PROJECT).classified;
    assert_eq!(own, [(field, "policy-initiative".to_owned(), true)], "provisional");
    world.online(ASEC2);
    world.online(ASEC);
    for device in [KH, ASEC, ASEC2] {
        let shown = world.project(device, PROJECT).classified;
        assert_eq!(shown, [(field, "policy-initiative".to_owned(), false)], "the hub had it last, on {device}");
    }
    assert!(world.project(KH, SECOND).classified.is_empty(), "of one project only");
}

fn ask(text: &str) -> Command {
    Command::Ask { subject: PROJECT, id: QUESTION, about: None, text: text.to_owned() }
}

fn settle(to: Settled, reason: &str) -> Command {
    Command::Settle { subject: PROJECT, question: QUESTION, to, reason: reason.to_owned() }
}

fn question(world: &mut World, device: u8) -> CommentView {
    let comments = world.project(device, PROJECT).comments;
    comments.into_iter().find(|comment| comment.id == QUESTION).expect("the question")
}

#[test]
fn a_question_stands_open_until_somebody_entitled_says_that_it_is_answered() {
    let mut world = begun(&[KH, VN, ASEC]);
    tell(&mut world, VN, ask("Who pays?")).expect("asked");
    let plain = EntityId::from_bytes([0x52; 16]);
    let comment = Command::Comment { subject: PROJECT, id: plain, about: None, text: "Fine.".to_owned() };
    tell(&mut world, VN, comment).expect("said");
    let shown = world.project(KH, PROJECT).comments;
    assert_eq!(shown.iter().map(|comment| comment.question.is_some()).collect::<Vec<_>>(), [true, false]);
    let standing = question(&mut world, KH).question.expect("a question");
    assert_eq!((standing.state, standing.by, standing.may_settle), (Settled::Open, None, true));

    let no_question =
        Command::Settle { subject: PROJECT, question: plain, to: Settled::Resolved, reason: String::new() };
    assert_eq!(tell(&mut world, KH, no_question), Err("unknown-entity".to_owned()));
    assert_eq!(tell(&mut world, KH, settle(Settled::Open, "")), Err("no-change".to_owned()));
    // The lead answers while it is away; so does the asker, and opens it again.
    world.offline(KH);
    tell(&mut world, KH, settle(Settled::Resolved, "JAIF does.")).expect("said");
    let own = question(&mut world, KH).question.expect("a question");
    assert_eq!((own.state, own.reason.as_str(), own.provisional), (Settled::Resolved, "JAIF does.", true));
    world.online(KH);
    for device in [KH, VN, ASEC] {
        let now = question(&mut world, device).question.expect("a question");
        assert_eq!((now.state, now.provisional), (Settled::Resolved, false), "on {device}");
        let (by, at) = now.by.expect("somebody said so");
        assert!(by == code("KH") && at > 0);
    }
    tell(&mut world, VN, settle(Settled::Open, "Until when?")).expect("said");
    tell(&mut world, ASEC, settle(Settled::Resolved, "")).expect("said");
    let now = question(&mut world, KH).question.expect("a question");
    assert_eq!((now.state, now.by.map(|(by, _)| by)), (Settled::Resolved, Some(code("ASEC"))));
}

#[test]
fn settled_apart_the_last_that_reached_the_hub_stands() {
    for (first, second, expected) in [(KH, VN, Settled::Open), (VN, KH, Settled::Resolved)] {
        let mut world = begun(&[KH, VN, ASEC]);
        tell(&mut world, VN, ask("Who pays?")).expect("asked");
        tell(&mut world, ASEC, settle(Settled::Resolved, "")).expect("said");
        tell(&mut world, ASEC, settle(Settled::Open, "")).expect("said");
        tell(&mut world, ASEC, settle(Settled::Resolved, "")).expect("said");
        world.offline(KH);
        world.offline(VN);
        // Each sees it resolved: the asker opens it; the lead opens it and closes it once more.
        tell(&mut world, VN, settle(Settled::Open, "")).expect("said");
        tell(&mut world, KH, settle(Settled::Open, "")).expect("said");
        tell(&mut world, KH, settle(Settled::Resolved, "")).expect("said");
        world.online(first);
        world.online(second);
        for device in [KH, VN, ASEC] {
            assert_eq!(question(&mut world, device).question.map(|now| now.state), Some(expected), "on {device}");
        }
    }
}

#[test]
fn a_question_is_not_everybodys_to_answer() {
    let mut world = begun(&[KH, VN, ASEC]);
    tell(&mut world, ASEC, ask("Is the venue known?")).expect("asked");
    let standing = question(&mut world, VN).question.expect("a question");
    assert!(!standing.may_settle, "neither who asked, nor a lead, nor the Secretariat");
    assert_eq!(tell(&mut world, VN, settle(Settled::Resolved, "")), Err("not-a-writer".to_owned()));
    assert_eq!(question(&mut world, KH).question.map(|now| now.state), Some(Settled::Open));
}
