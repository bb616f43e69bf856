//! Versions of a plan: what was frozen, what had a name, what a day had.

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World};
use crate::{
    domain::{
        Act, Edit, EntityId,
        baseline::{Line, compare},
        plan::PlanState,
    },
    engine::api::{Command, PlanVersionView, Query, Version, View},
};

fn version(world: &mut World, number: u8, version: Version) -> PlanVersionView {
    match world.see(number, Query::PlanVersion { doc: PLAN, version }) {
        View::PlanVersion(view) => view,
        other => panic!("not a version: {other:?}"),
    }
}

fn lines(world: &mut World, number: u8, until: u64) -> Vec<Line> {
    version(world, number, Version::Until(until)).lines.expect("the plan was there")
}

fn name(world: &mut World, number: u8, id: u8, name: &str) -> Result<(), String> {
    let act = Act::NameVersion(name.to_owned());
    let edit = Edit::Act { id: EntityId::from_bytes([id; 16]), act, target: None, term: None, reason: String::new() };
    let command = world.command(number, Command::Edit { doc: PLAN, edit });
    world.done(number, command).expect("answered").map_err(|refusal| refusal.code)
}

fn everyone(devices: &[u8]) -> World {
    let mut world = World::new();
    for &device in devices {
        world.join(device);
        world.online(device);
    }
    world.set(devices[0], PLAN, "title", "The plan");
    world.later(61_000);
    world
}

#[test]
fn a_moment_has_what_the_hub_had_received_by_then_and_nothing_written_earlier_but_sent_later() {
    let mut world = everyone(&[ASEC, KH, VN]);
    world.set(KH, PROJECT, "title", "First");
    world.later(61_000);
    let first = world.now;
    world.later(3_600_000);
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Second");
    world.later(3_600_000);
    let written = world.now;
    world.later(3_600_000);
    world.online(KH);
    world.later(61_000);
    for number in [KH, VN] {
        let then = lines(&mut world, number, first);
        assert_eq!(then.iter().map(|line| line.title.as_str()).collect::<Vec<_>>(), ["First"]);
        assert_eq!(lines(&mut world, number, written), then, "the hub had it not yet");
        let now = world.now;
        assert_eq!(lines(&mut world, number, now)[0].title, "Second");
        assert_eq!(version(&mut world, number, Version::Until(1)).lines, None, "before the plan");
    }
}

#[test]
fn a_status_counts_from_when_it_was_published() {
    let mut world = everyone(&[ASEC, KH]);
    world.set(KH, PROJECT, "title", "Published later");
    world.later(61_000);
    let before = world.now;
    world.later(3_600_000);
    let act = Act::PublishStatus(crate::domain::project::ProjectStatus::Withdrawn);
    let (id, target) = (EntityId::from_bytes([7; 16]), Some(super::super::documents::root_of(PROJECT)));
    let edit = Edit::Act { id, act, target, term: None, reason: String::new() };
    world.command(ASEC, Command::Edit { doc: PLAN, edit });
    world.later(61_000);
    let now = world.now;
    assert_eq!(lines(&mut world, KH, before).len(), 1);
    assert_eq!(lines(&mut world, KH, now), [], "withdrawn: not in the plan");
}

#[test]
fn a_name_is_given_to_what_the_hub_has_when_it_receives_it() {
    let mut world = everyone(&[ASEC, KH]);
    world.set(KH, PROJECT, "title", "As circulated");
    world.later(61_000);
    world.offline(ASEC);
    assert_eq!(name(&mut world, ASEC, 50, "Circulated"), Ok(()));
    assert_eq!(world.plan(ASEC).named[0].at, None, "it waits");
    world.online(ASEC);
    world.later(61_000);
    world.set(KH, PROJECT, "title", "After that");
    world.later(61_000);
    for number in [ASEC, KH] {
        let [version] = &world.plan(number).named[..] else { panic!("one name") };
        assert_eq!(version.name, "Circulated");
        let at = version.at.expect("the hub has it");
        assert_eq!(lines(&mut world, number, at)[0].title, "As circulated");
    }
    assert_eq!(name(&mut world, ASEC, 51, "  "), Err("bad-value".to_owned()));
    assert_eq!(name(&mut world, ASEC, 52, &"long ".repeat(40)), Err("bad-value".to_owned()));
}

#[test]
fn what_a_step_froze_is_a_version_and_any_two_can_be_compared() {
    let mut world = everyone(&[ASEC, KH]);
    world.set(KH, PROJECT, "title", "As endorsed");
    world.later(61_000);
    for to in [PlanState::Consultation, PlanState::FpCleared, PlanState::SomEndorsed] {
        let command = Command::AdvancePlan {
            plan: PLAN,
            to,
            meeting: None,
            decision: None,
            on: None,
            reason: "by post".to_owned(),
        };
        world.command(ASEC, command);
    }
    world.set(KH, PROJECT, "title", "Changed since");
    world.later(61_000);
    let step = world.plan(KH).life.iter().find(|step| step.to == PlanState::SomEndorsed).expect("recorded").act;
    let endorsed = version(&mut world, KH, Version::Step(step)).lines.expect("frozen");
    let now = world.now;
    let difference = compare(&endorsed, &lines(&mut world, KH, now));
    assert_eq!((difference.added.len(), difference.removed.len(), difference.changed.len()), (0, 0, 1));
    assert_eq!(difference.changed[0].before.title, "As endorsed");
    assert_eq!(version(&mut world, KH, Version::Step(EntityId::from_bytes([9; 16]))).lines, None, "no such step");
}
