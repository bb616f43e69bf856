//! Drafts: two people of one delegation write one together, a second pair of eyes lets it out, and nobody else has it.

use super::world::{ASEC, KH, PLAN, VN, World, code, date, person};
use crate::{
    domain::{
        Act, At, DocId, Edit, EntityId, Fact, Place, Role, Value,
        draft::{Cleared, DraftState, DraftStep},
        project::ProjectStatus,
        rights::submitted_id,
    },
    engine::api::{Command, DraftView, Mark, Query, View},
};

/// A drafter of Viet Nam's delegation.
const DRAFTER: u8 = 4;
/// A second device of Viet Nam's focal point.
const VN2: u8 = 12;
const DRAFT: DocId = DocId::from_bytes([0x61; 16]);

fn tell(world: &mut World, number: u8, command: Command) -> Result<(), String> {
    let id = world.command(number, command);
    world.done(number, id).expect("answered").map_err(|refusal| refusal.code)
}

fn begun(devices: &[u8]) -> World {
    let mut world = World::new();
    world.hub.fact(&Fact::Appoint {
        id: EntityId::from_bytes([DRAFTER; 16]),
        person: person(DRAFTER),
        party: code("VN"),
        role: Role::Drafter,
        from: date("2020-01-01"),
        to: None,
    });
    for &device in devices {
        world.join(device);
        world.online(device);
    }
    world
}

/// A draft that its drafter began, known to all of Viet Nam.
fn drafted(devices: &[u8]) -> World {
    let mut world = begun(devices);
    let create = Command::CreateDraft { doc: DRAFT, plan: PLAN, title: "Civil service exam".to_owned() };
    tell(&mut world, DRAFTER, create).expect("begun");
    world
}

fn draft(world: &mut World, number: u8) -> DraftView {
    world.project(number, DRAFT).draft.expect("a draft")
}

fn state(world: &mut World, number: u8) -> (DraftState, bool) {
    let now = draft(world, number).standing;
    (now.state, now.provisional)
}

/// Takes a step of what the device shows.
fn step(world: &mut World, number: u8, to: DraftStep, reason: &str) -> Result<(), String> {
    let (id, of) = (world.command_id(), draft(world, number).of);
    let act = Act::StepDraft(Box::new(Cleared { to, of }));
    let edit = Edit::Act { id, act, target: None, term: None, reason: reason.to_owned() };
    tell(world, number, Command::Edit { doc: DRAFT, edit })
}

fn write(world: &mut World, number: u8, title: &str) -> Result<(), String> {
    let seen = vec![world.project(number, DRAFT).row.title.as_str().into()];
    let edit = Edit::Set { at: At::root("title"), value: Value::from(title), seen };
    tell(world, number, Command::Edit { doc: DRAFT, edit })
}

fn submit(world: &mut World, number: u8) -> Result<(), String> {
    tell(world, number, Command::SubmitDraft { draft: DRAFT })
}

/// Whether a device has heard anything of the draft: in its store, on its pages, in the catalogue.
fn knows(world: &mut World, number: u8, secret: &str) -> bool {
    let id = DRAFT.to_string();
    let absent = world.see(number, Query::Project { doc: DRAFT }) == View::Absent { loading: false };
    let plan = world.plan(number);
    let node = world.node(number);
    let disk = node.disk.iter().any(|((_, key), value)| {
        let holds = |words: &[u8]| value.windows(words.len()).any(|part| part == words);
        key.contains(&id) || holds(id.as_bytes()) || holds(&DRAFT.to_bytes()) || holds(secret.as_bytes())
    });
    !absent || !plan.drafts.is_empty() || disk
}

#[test]
fn a_second_person_approves_what_stands_there_and_an_officer_submits_it() {
    let mut world = drafted(&[DRAFTER, VN, KH, ASEC]);
    let activity = Edit::Add {
        to: "activities".to_owned(),
        id: EntityId::from_bytes([0x71; 16]),
        place: Some(Place { parent: None, key: "m".to_owned() }),
        fields: vec![("title".to_owned(), "Workshop".into()), ("start".to_owned(), "2024-Q1".into())],
        texts: Vec::new(),
    };
    tell(&mut world, DRAFTER, Command::Edit { doc: DRAFT, edit: activity }).expect("written");
    write(&mut world, VN, "An earlier word").expect("written together");
    write(&mut world, DRAFTER, "Civil service examination").expect("written together");
    for device in [KH, ASEC] {
        assert!(!knows(&mut world, device, "An earlier word"), "{device} has heard of it");
    }
    assert_eq!(state(&mut world, VN), (DraftState::Writing, false));
    assert_eq!(world.plan(VN).drafts.len(), 1);
    assert_eq!(world.project(VN, DRAFT).row.mark, Mark::Hub, "seen by no other delegation");

    // Not who wrote last; not without approval; not a mere drafter.
    assert_eq!(step(&mut world, DRAFTER, DraftStep::Approved, ""), Err("own-words".to_owned()));
    assert_eq!(submit(&mut world, VN), Err("not-approved".to_owned()));
    assert_eq!(draft(&mut world, DRAFTER).may, [DraftStep::Withdrawn]);
    let may = draft(&mut world, VN).may;
    assert_eq!(may, [DraftStep::Approved, DraftStep::Returned, DraftStep::Withdrawn]);
    assert_eq!(step(&mut world, VN, DraftStep::Returned, " "), Err("reason-missing".to_owned()));
    step(&mut world, VN, DraftStep::Returned, "Name the ministry").expect("returned");
    let now = draft(&mut world, DRAFTER);
    let (by, _, reason) = now.by.expect("by somebody");
    assert_eq!((now.standing.state, reason.as_str(), by.me), (DraftState::Returned, "Name the ministry", false));
    assert_eq!(by.role, Some(Role::FocalPoint));
    write(&mut world, DRAFTER, "Examination by the Ministry of Home Affairs").expect("improved");
    step(&mut world, VN, DraftStep::Approved, "").expect("approved");
    assert_eq!(state(&mut world, DRAFTER), (DraftState::Approved, false));
    assert_eq!(submit(&mut world, DRAFTER), Err("not-a-writer".to_owned()));
    assert!(!draft(&mut world, DRAFTER).officer && draft(&mut world, VN).officer);
    for device in [KH, ASEC] {
        assert!(!knows(&mut world, device, "Examination"), "{device} has heard of it");
    }

    submit(&mut world, VN).expect("submitted");
    let project = submitted_id(DRAFT);
    for device in [VN, KH, ASEC, DRAFTER] {
        let view = world.project(device, project);
        assert_eq!(view.row.title, "Examination by the Ministry of Home Affairs", "on {device}");
        assert_eq!((view.row.plan, view.row.claimed.as_slice()), (PLAN, &[ProjectStatus::Proposed][..]));
        let activities: Vec<_> = view.row.activities.iter().map(|one| one.title.as_str()).collect();
        assert_eq!((activities, view.draft.is_none()), (vec!["Workshop"], true));
        assert!(view.snapshot.collection("activities")[0].id != Some(EntityId::from_bytes([0x71; 16])));
    }
    assert_eq!(world.project(VN, project).row.leads, [code("VN")]);
    // Others see the project and nothing of how it came to be.
    for device in [KH, ASEC] {
        assert_eq!(world.see(device, Query::Project { doc: DRAFT }), View::Absent { loading: false });
        let holds = |words: &str| {
            world.nodes[&device]
                .disk
                .values()
                .any(|value| value.windows(words.len()).any(|part| part == words.as_bytes()))
        };
        assert!(!holds("An earlier word") && !holds("Name the ministry"), "{device}");
    }
    // The draft says so, leads there, and is only read.
    let now = draft(&mut world, DRAFTER);
    assert_eq!((now.standing.state, now.project, now.late), (DraftState::Submitted, Some(project), false));
    assert!(!world.project(DRAFTER, DRAFT).may_write);
    assert_eq!(write(&mut world, DRAFTER, "Too late"), Err("submitted".to_owned()));
    assert_eq!(submit(&mut world, VN), Err("submitted".to_owned()));
    assert_eq!(step(&mut world, VN, DraftStep::Withdrawn, "why"), Err("submitted".to_owned()));
}

#[test]
fn approved_and_changed_apart_it_ends_unapproved_whoever_comes_first() {
    for (first, second) in [(VN, DRAFTER), (DRAFTER, VN)] {
        let mut world = drafted(&[DRAFTER, VN]);
        world.offline(VN);
        world.offline(DRAFTER);
        step(&mut world, VN, DraftStep::Approved, "").expect("approved");
        assert_eq!(state(&mut world, VN), (DraftState::Approved, true), "it waits for the hub");
        write(&mut world, DRAFTER, "One more word").expect("written");
        world.online(first);
        world.online(second);
        for device in [VN, DRAFTER] {
            assert_eq!(state(&mut world, device), (DraftState::Changed, false), "on {device}, {first} first");
        }
        assert_eq!(submit(&mut world, VN), Err("not-approved".to_owned()));
        // What was looked at is not what stands there.
        let of = draft(&mut world, VN).of;
        write(&mut world, DRAFTER, "And another").expect("written");
        let act = Act::StepDraft(Box::new(Cleared { to: DraftStep::Approved, of }));
        let id = world.command_id();
        let edit = Edit::Act { id, act, target: None, term: None, reason: String::new() };
        let stale = tell(&mut world, VN, Command::Edit { doc: DRAFT, edit });
        assert_eq!(stale, Err("changed-meanwhile".to_owned()));
        step(&mut world, VN, DraftStep::Approved, "").expect("approved again");
        assert_eq!(state(&mut world, DRAFTER), (DraftState::Approved, false));
    }
}

#[test]
fn submitted_twice_apart_it_is_one_project() {
    for (first, second) in [(VN, VN2), (VN2, VN)] {
        let mut world = drafted(&[DRAFTER, VN, VN2, KH]);
        step(&mut world, VN, DraftStep::Approved, "").expect("approved");
        for device in [VN, VN2] {
            world.offline(device);
            submit(&mut world, device).expect("submitted");
            assert_eq!(state(&mut world, device), (DraftState::Submitted, true));
        }
        world.online(first);
        world.online(second);
        for device in [VN, VN2, KH] {
            let rows: Vec<_> = world.plan(device).rows.into_iter().map(|row| row.doc).collect();
            assert_eq!(rows.iter().filter(|doc| **doc == submitted_id(DRAFT)).count(), 1, "on {device}");
            let view = world.project(device, submitted_id(DRAFT));
            assert_eq!((view.row.title.as_str(), view.row.claimed.len()), ("Civil service exam", 1));
            assert!(view.snapshot.root.fields.values().all(|held| held.others.is_empty()), "{:?}", view.snapshot.root);
        }
        for device in [VN, VN2, DRAFTER] {
            assert_eq!(state(&mut world, device), (DraftState::Submitted, false));
            assert!(world.shell(device).refused.is_empty());
        }
    }
}

#[test]
fn words_written_apart_from_the_submission_are_kept_and_told_and_are_not_in_the_project() {
    let mut world = drafted(&[DRAFTER, VN, KH]);
    step(&mut world, VN, DraftStep::Approved, "").expect("approved");
    world.offline(DRAFTER);
    write(&mut world, DRAFTER, "Written on a train").expect("written");
    submit(&mut world, VN).expect("submitted");
    world.online(DRAFTER);
    for device in [VN, DRAFTER] {
        let view = world.project(device, DRAFT);
        let now = view.draft.expect("a draft");
        assert_eq!(
            (view.row.title.as_str(), now.standing.state, now.late),
            ("Written on a train", DraftState::Submitted, true)
        );
        assert_eq!(world.project(device, submitted_id(DRAFT)).row.title, "Civil service exam");
    }
    assert!(world.shell(DRAFTER).refused.is_empty());
}

#[test]
fn a_draft_is_discarded_with_a_reason_and_taken_up_again() {
    let mut world = drafted(&[DRAFTER, VN]);
    assert_eq!(step(&mut world, DRAFTER, DraftStep::Withdrawn, ""), Err("reason-missing".to_owned()));
    step(&mut world, DRAFTER, DraftStep::Withdrawn, "Not this year").expect("discarded");
    assert_eq!(state(&mut world, VN), (DraftState::Withdrawn, false));
    assert_eq!(write(&mut world, VN, "Still"), Err("withdrawn".to_owned()));
    assert_eq!(submit(&mut world, VN), Err("withdrawn".to_owned()));
    let today = |world: &mut World| match world.see(VN, Query::Today) {
        View::Today(today) => today.drafts.len(),
        other => panic!("not today: {other:?}"),
    };
    assert_eq!((today(&mut world), world.plan(VN).drafts.len()), (0, 1), "listed where it belongs, asked for no more");
    step(&mut world, VN, DraftStep::Resumed, "").expect("taken up");
    assert_eq!((state(&mut world, DRAFTER), today(&mut world)), ((DraftState::Writing, false), 1));
    write(&mut world, VN, "After all").expect("open again");
    // A crash loses nothing of it.
    world.crash(VN);
    world.online(VN);
    assert_eq!(world.title(VN, DRAFT), "After all");
}

#[test]
fn only_a_party_that_may_lead_drafts_and_only_for_a_plan() {
    let mut world = begun(&[DRAFTER, VN, ASEC]);
    let create = |plan, title: &str| Command::CreateDraft { doc: DRAFT, plan, title: title.to_owned() };
    assert_eq!(tell(&mut world, ASEC, create(PLAN, "Ours")), Err("not-a-writer".to_owned()));
    assert!(!world.plan(ASEC).may_draft && world.plan(DRAFTER).may_draft);
    assert!(!world.plan(DRAFTER).may_propose, "a drafter proposes nothing at once");
    assert_eq!(tell(&mut world, VN, create(PLAN, " ")), Err("bad-value".to_owned()));
    assert_eq!(tell(&mut world, VN, create(DRAFT, "For nothing")), Err("not-a-writer".to_owned()));
}
