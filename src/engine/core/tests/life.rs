//! The life of a plan among several people: who moves it, what apart becomes of it, and what an adoption keeps.

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World, code, date};
use crate::{
    domain::{
        Act, DocId, DocKind, Edit, EntityId, Fact, Framework, Writer,
        meeting::MeetingType,
        plan::{self, NotApplied, PlanState},
    },
    engine::api::{Command, StepView},
};

/// Moves the plan and answers the word of the refusal.
fn advance(world: &mut World, number: u8, to: PlanState, meeting: Option<DocId>, reason: &str) -> Result<(), String> {
    let command = Command::AdvancePlan {
        plan: PLAN,
        to,
        meeting,
        decision: None,
        on: "2026-03".parse().ok(),
        reason: reason.to_owned(),
    };
    let id = world.command(number, command);
    world.done(number, id).expect("answered").map_err(|refusal| refusal.code)
}

pub fn term(ordinal: u16, party: &str, from: &str, to: Option<&str>) -> Fact {
    Fact::Term {
        ordinal,
        framework: Framework::Accsm,
        party: code(party),
        effective_from: Some(date(from)),
        effective_to: to.map(date),
        handed_over: None,
        stated: 0,
    }
}

fn everyone(devices: &[u8]) -> World {
    let mut world = World::new();
    for &device in devices {
        world.join(device);
        world.online(device);
    }
    world
}

/// Brings the plan to where it is endorsed.
fn endorsed(world: &mut World) {
    for to in [PlanState::Consultation, PlanState::FpCleared, PlanState::SomEndorsed] {
        advance(world, ASEC, to, None, "by correspondence").expect("moved");
    }
}

#[test]
fn the_chair_and_the_secretariat_move_a_plan_and_nobody_else_though_the_pen_is_open() {
    let mut world = everyone(&[KH, VN, ASEC]);
    let (id, writer) = (EntityId::from_bytes([40; 16]), Writer::FocalPoints);
    world.hub.fact(&Fact::Grant { id, doc: PLAN, writer });
    world.later(61_000);
    assert!(world.plan(VN).may_write, "the pen is open");
    assert_eq!(world.plan(VN).next, []);
    assert_eq!(advance(&mut world, VN, PlanState::Consultation, None, ""), Err("not-a-writer".to_owned()));
    assert_eq!(world.plan(KH).next, [PlanState::Consultation]);
    assert_eq!(advance(&mut world, KH, PlanState::Consultation, None, ""), Ok(()));
    assert_eq!(advance(&mut world, ASEC, PlanState::FpCleared, None, ""), Ok(()));
    let life = world.plan(VN).life;
    let steps: Vec<_> = life.iter().map(|step| (step.to, step.term, step.stands)).collect();
    assert_eq!(steps, [(PlanState::Consultation, Some(23), true), (PlanState::FpCleared, None, true)]);
    assert!(life.iter().all(|step| step.on == "2026-03".parse().ok() && !step.provisional));
    // The same by a plain edit: the rule is not the button's.
    let act = Act::MovePlan(PlanState::Drafting);
    let edit = Edit::Act { id: world.command_id(), act, target: None, term: Some(22), reason: "x".to_owned() };
    let id = world.command(KH, Command::Edit { doc: PLAN, edit });
    assert_eq!(world.done(KH, id).expect("answered").expect_err("an old term").code, "not-a-writer");
}

#[test]
fn a_step_that_says_too_little_is_refused_with_its_reason() {
    let mut world = everyone(&[KH]);
    let meeting = |world: &mut World, n: u8, kind| {
        let doc = DocId::from_bytes([n; 16]);
        let (title, start) = ("A meeting".to_owned(), None);
        world.command(KH, Command::CreateMeeting { doc, framework: Framework::Accsm, meeting: kind, title, start });
        doc
    };
    let (som, hcs) = (meeting(&mut world, 50, MeetingType::Som), meeting(&mut world, 51, MeetingType::Hcs));
    assert_eq!(advance(&mut world, KH, PlanState::Consultation, None, ""), Ok(()));
    assert_eq!(advance(&mut world, KH, PlanState::HcsAdopted, Some(hcs), ""), Err("transition".to_owned()));
    assert_eq!(advance(&mut world, KH, PlanState::Drafting, None, " "), Err("reason-missing".to_owned()));
    assert_eq!(advance(&mut world, KH, PlanState::FpCleared, None, ""), Ok(()));
    assert_eq!(advance(&mut world, KH, PlanState::SomEndorsed, None, ""), Err("meeting-missing".to_owned()));
    assert_eq!(advance(&mut world, KH, PlanState::SomEndorsed, Some(hcs), ""), Err("wrong-meeting".to_owned()));
    assert_eq!(advance(&mut world, KH, PlanState::SomEndorsed, Some(som), ""), Ok(()));
    let life = world.plan(KH).life;
    assert_eq!(life[2].meeting, Some((som, "A meeting".to_owned())));
}

#[test]
fn of_two_steps_made_apart_the_second_to_arrive_is_listed_with_what_it_met() {
    let mut world = everyone(&[KH, VN, ASEC]);
    advance(&mut world, KH, PlanState::Consultation, None, "").expect("moved");
    world.offline(KH);
    world.offline(ASEC);
    advance(&mut world, KH, PlanState::FpCleared, None, "").expect("here");
    advance(&mut world, ASEC, PlanState::Drafting, None, "two projects overlap").expect("here");
    let own = world.plan(KH);
    assert_eq!((own.card.state.state, own.card.state.provisional), (PlanState::FpCleared, true));
    world.online(ASEC);
    world.online(KH);
    for device in [KH, VN, ASEC] {
        let view = world.plan(device);
        assert_eq!((view.card.state.state, view.card.state.provisional), (PlanState::Drafting, false), "on {device}");
        let aside: Vec<&StepView> = view.life.iter().filter(|step| step.not_applied.is_some()).collect();
        assert_eq!(aside.len(), 1);
        assert_eq!(
            (aside[0].to, aside[0].not_applied),
            (PlanState::FpCleared, Some(NotApplied::Met(PlanState::Drafting)),)
        );
        assert!(!view.life[0].stands || view.life[0].to != PlanState::FpCleared);
    }
    assert_eq!(world.shell(KH).refused, [], "nothing is thrown away");
}

#[test]
fn a_chairs_step_that_arrives_after_its_term_is_listed_and_not_applied() {
    let mut world = everyone(&[KH, VN]);
    world.offline(KH);
    advance(&mut world, KH, PlanState::Consultation, None, "").expect("under term 23");
    assert_eq!(world.plan(KH).card.state.state, PlanState::Consultation);
    // The party keeps the chair, under another term: it may still write, and the old term is over.
    world.hub.fact(&term(23, "KH", "2025-01-01", Some("2026-02-28")));
    world.hub.fact(&term(24, "KH", "2026-03-01", None));
    world.online(KH);
    for device in [KH, VN] {
        let view = world.plan(device);
        assert_eq!(view.card.state.state, PlanState::Drafting, "on {device}");
        assert_eq!(view.life[0].not_applied, Some(NotApplied::Term(23)));
    }
    assert_eq!(advance(&mut world, KH, PlanState::Consultation, None, ""), Ok(()));
    assert_eq!(world.plan(VN).life[1].term, Some(24));
}

#[test]
fn what_an_old_chair_did_offline_comes_back_as_refused_words() {
    let mut world = everyone(&[KH, VN]);
    world.offline(KH);
    advance(&mut world, KH, PlanState::Consultation, None, "").expect("here");
    world.hub.fact(&term(23, "KH", "2025-01-01", Some("2026-02-28")));
    world.hub.fact(&term(24, "VN", "2026-03-01", None));
    world.online(KH);
    assert_eq!(world.plan(KH).card.state.state, PlanState::Drafting);
    assert_eq!(world.shell(KH).refused.len(), 1, "kept, to be read");
    assert_eq!(advance(&mut world, VN, PlanState::Consultation, None, ""), Ok(()));
}

#[test]
fn an_adoption_keeps_the_plan_as_it_was_for_whoever_joins_later() {
    let mut world = everyone(&[KH, ASEC]);
    let second = DocId::from_bytes([0x23; 16]);
    endorsed(&mut world);
    advance(&mut world, ASEC, PlanState::HcsAdopted, None, "ad referendum").expect("adopted");
    let card = world.plan(KH).card;
    assert_eq!((card.frozen_total, card.counted), (Some(1), 1));
    let before = world.plan(KH);
    world.document(second, DocKind::Project, Some(PLAN), vec![Writer::Party(code("KH"))]);
    world.set(KH, PROJECT, "title", "Renamed since");
    world.join(VN);
    world.online(VN);
    for device in [KH, VN, ASEC] {
        let view = world.plan(device);
        assert_eq!((view.card.frozen_total, view.card.counted), (Some(1), 2), "on {device}");
        let lines = view.adopted.expect("frozen");
        assert_eq!((lines.len(), lines[0].doc, lines[0].title.as_str()), (1, PROJECT, "Title 34"));
        let adoption = view.life.iter().find(|step| step.to == PlanState::HcsAdopted).expect("adopted");
        let frozen = adoption.frozen.clone().expect("frozen");
        assert_eq!(Some(&frozen), before.life.last().and_then(|step| step.frozen.as_ref()), "the same root");
        assert_eq!((frozen.count, frozen.waits, frozen.root.len()), (1, 0, 64));
        let acts = &view.snapshot.acts;
        assert!(
            acts.iter().all(|act| {
                let step = act.act.as_ref().and_then(plan::step);
                step.and_then(|step| step.baseline.as_ref()).is_none_or(|baseline| baseline.manifest.is_empty())
            }),
            "a page gets no manifest"
        );
    }
    // A version that the adoption froze is what its hash says.
    let held = world.node(ASEC).engine.documents.get(PLAN).expect("loaded").snapshot().clone();
    let rows = held.acts.iter().rev().find_map(|act| plan::step(act.act.as_ref()?)?.baseline.as_ref()?.rows());
    let rows = rows.expect("a manifest");
    assert_eq!(rows[0].line().title, "Title 34");
    world.project(ASEC, PROJECT);
    let now = crate::domain::canon::digest(world.node(ASEC).engine.documents.get(PROJECT).expect("loaded").snapshot());
    assert_ne!(<[u8; 32]>::from(rows[0].digest), now, "it was renamed since");
}

#[test]
fn an_adoption_made_offline_waits_until_every_version_in_it_is_on_the_hub() {
    let mut world = everyone(&[KH, VN, ASEC]);
    endorsed(&mut world);
    world.offline(KH);
    world.set(KH, PROJECT, "title", "As the meeting saw it");
    advance(&mut world, KH, PlanState::HcsAdopted, None, "ad referendum").expect("here");
    let view = world.plan(KH);
    assert!(view.card.state.provisional);
    let frozen = view.life.last().and_then(|step| step.frozen.clone()).expect("frozen");
    assert_eq!((frozen.count, frozen.waits), (1, 1));
    world.crash(KH);
    assert_eq!(world.plan(KH).life.last().and_then(|step| step.frozen.clone()), Some(frozen), "and after a restart");
    world.online(KH);
    for device in [KH, VN] {
        let view = world.plan(device);
        assert!(!view.card.state.provisional, "on {device}");
        assert_eq!(view.life.last().and_then(|step| step.frozen.clone()).map(|frozen| frozen.waits), Some(0));
        assert_eq!(view.adopted.expect("frozen")[0].title, "As the meeting saw it");
    }
}

#[test]
fn a_plan_that_is_not_all_here_is_not_adopted() {
    let mut world = everyone(&[ASEC]);
    endorsed(&mut world);
    let node = world.node(ASEC);
    node.engine.position.missing.insert(PROJECT);
    assert_eq!(advance(&mut world, ASEC, PlanState::HcsAdopted, None, "x"), Err("not-complete".to_owned()));
}

#[test]
fn what_an_adoption_froze_and_the_hub_refused_is_frozen_once_more() {
    let mut world = everyone(&[KH, VN, ASEC]);
    endorsed(&mut world);
    world.offline(KH);
    world.set(KH, PROJECT, "title", "Never taken");
    let refused: Vec<[u8; 32]> = world.node(KH).engine.outbox.of(PROJECT).map(|entry| entry.hash).collect();
    assert_eq!(refused.len(), 1);
    advance(&mut world, KH, PlanState::HcsAdopted, None, "ad referendum").expect("here");
    let again = |world: &mut World, device| world.plan(device).life.last().is_some_and(|step| step.may_freeze_again);
    assert!(!again(&mut world, KH), "it is still to be sent");
    world.hub.refuses.insert(refused[0], "too-large");
    world.online(KH);
    assert_eq!(world.shell(KH).refused.len(), 1);
    for device in [KH, VN, ASEC] {
        assert!(world.plan(device).card.state.provisional, "on {device}");
    }
    assert!(again(&mut world, KH) && again(&mut world, ASEC) && !again(&mut world, VN));
    let silent = advance(&mut world, KH, PlanState::HcsAdopted, None, " ");
    assert_eq!(silent, Err("reason-missing".to_owned()));
    assert_eq!(advance(&mut world, VN, PlanState::HcsAdopted, None, "x"), Err("not-a-writer".to_owned()));
    advance(&mut world, KH, PlanState::HcsAdopted, None, "One version was never taken").expect("frozen again");
    for device in [KH, VN, ASEC] {
        let view = world.plan(device);
        assert_eq!((view.card.state.state, view.card.state.provisional), (PlanState::HcsAdopted, false), "on {device}");
        assert_eq!(view.adopted.expect("frozen")[0].title, "Title 34", "on {device}");
        let [.., first, second] = view.life.as_slice() else { panic!("two steps") };
        assert_eq!((first.stands, second.stands, second.not_applied), (false, true, None), "on {device}");
        assert_eq!((second.on, second.frozen.as_ref().map(|frozen| frozen.waits)), (first.on, Some(0)));
        assert_eq!(view.card.frozen_total, Some(1));
    }
    // What stands whole is not frozen again, and the plan goes on.
    assert_eq!(advance(&mut world, KH, PlanState::HcsAdopted, None, "x"), Err("transition".to_owned()));
    assert_eq!(advance(&mut world, KH, PlanState::InForce, None, ""), Ok(()));
}
