//! Closing a plan: every project ends somehow, and what goes on does so once.

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World, code};
use crate::{
    domain::{
        Act, DocId, DocKind, Edit, EntityId, Place, Writer,
        plan::PlanState,
        project::{Fate, ProjectStatus},
        rights::{next_plan_id, successor_id},
    },
    engine::api::{Command, Done, PlanView, Query, View},
};

/// A second device of KH.
const KH2: u8 = 11;
const SECOND: DocId = DocId::from_bytes([0x23; 16]);
const AREA: EntityId = EntityId::from_bytes([0x41; 16]);

fn plan(world: &mut World, number: u8, doc: DocId) -> PlanView {
    match world.see(number, Query::Plan { doc }) {
        View::Plan(view) => *view,
        other => panic!("not a plan: {other:?}"),
    }
}

fn tell(world: &mut World, number: u8, command: Command) -> Result<(), String> {
    let id = world.command(number, command);
    world.done(number, id).expect("answered").map_err(|refusal| refusal.code)
}

fn fate(project: DocId, fate: ProjectStatus, reason: &str, merged_into: Option<DocId>) -> Command {
    Command::SetFate { project, fate, reason: reason.to_owned(), merged_into }
}

fn next_plan() -> Command {
    Command::CreatePlan { previous: PLAN, title: "The next plan".to_owned(), from: 2026, to: 2030 }
}

fn carry(project: DocId) -> Command {
    Command::CarryOver { project, plan: next_plan_id(PLAN), reason: "The venue was closed".to_owned() }
}

/// A plan of 2021 with an area and two projects of KH, here for everyone.
fn begun(devices: &[u8]) -> World {
    let mut world = World::new();
    world.document(SECOND, DocKind::Project, Some(PLAN), vec![Writer::Party(code("KH"))]);
    for &device in devices {
        world.join(device);
        world.online(device);
    }
    let from =
        Edit::Set { at: crate::domain::At::root("from"), value: crate::domain::Value::Int(2021), seen: Vec::new() };
    let area = Edit::Add {
        to: "areas".to_owned(),
        id: AREA,
        place: Some(Place { parent: None, key: "m".to_owned() }),
        fields: vec![("code".to_owned(), "PA1".into()), ("title".to_owned(), "Workforce".into())],
        texts: Vec::new(),
    };
    for edit in [from, area] {
        tell(&mut world, KH, Command::Edit { doc: PLAN, edit }).expect("written");
    }
    world
}

#[test]
fn a_plan_is_closed_when_every_project_in_it_has_a_fate_and_not_before() {
    let mut world = begun(&[KH, ASEC]);
    let advance = |to| Command::AdvancePlan {
        plan: PLAN,
        to,
        meeting: None,
        decision: None,
        on: None,
        reason: "by letter".to_owned(),
    };
    tell(&mut world, ASEC, advance(PlanState::FinalReviewed)).expect("recorded");
    assert_eq!(tell(&mut world, ASEC, advance(PlanState::Closed)), Err("without-fate".to_owned()));
    tell(&mut world, KH, fate(PROJECT, ProjectStatus::Completed, "", None)).expect("claimed");
    assert_eq!(tell(&mut world, ASEC, advance(PlanState::Closed)), Err("without-fate".to_owned()));
    // What is published outranks the claim.
    let publish = |world: &mut World, doc: DocId, to| {
        let target = Some(EntityId::from_bytes(doc.to_bytes()));
        let edit = Edit::Act {
            id: world.command_id(),
            act: Act::PublishStatus(to),
            target,
            term: None,
            reason: String::new(),
        };
        tell(world, ASEC, Command::Edit { doc: PLAN, edit })
    };
    publish(&mut world, SECOND, ProjectStatus::Ongoing).expect("published");
    tell(&mut world, KH, fate(SECOND, ProjectStatus::Cancelled, "No funds", None)).expect("claimed");
    let row = plan(&mut world, ASEC, PLAN).rows.iter().find(|row| row.doc == SECOND).cloned().expect("a row");
    assert_eq!((row.fate(), row.reason.as_str()), (Fate::Open, "No funds"));
    assert_eq!(tell(&mut world, ASEC, advance(PlanState::Closed)), Err("without-fate".to_owned()));
    publish(&mut world, SECOND, ProjectStatus::Cancelled).expect("published");
    assert_eq!(tell(&mut world, ASEC, advance(PlanState::Closed)), Ok(()));
    assert_eq!(plan(&mut world, KH, PLAN).card.state.state, PlanState::Closed);
}

#[test]
fn an_end_says_why_and_a_merged_project_names_another_of_its_plan() {
    let mut world = begun(&[KH, VN, ASEC]);
    let mut refused = |number, command| tell(&mut world, number, command).expect_err("refused");
    let merged = ProjectStatus::Merged;
    for (command, code) in [
        (fate(PROJECT, merged, "as one", None), "bad-value"),
        (fate(PROJECT, merged, "as one", Some(PROJECT)), "bad-value"),
        (fate(PROJECT, merged, "as one", Some(PLAN)), "unknown-document"),
        (fate(PROJECT, ProjectStatus::Completed, "", Some(SECOND)), "bad-value"),
        (fate(PROJECT, ProjectStatus::Ongoing, "", None), "bad-value"),
    ] {
        assert_eq!(refused(KH, command.clone()), code, "{command:?}");
    }
    assert_eq!(refused(VN, fate(PROJECT, ProjectStatus::Cancelled, "x", None)), "not-a-writer");
    assert_eq!(refused(ASEC, fate(PROJECT, ProjectStatus::Cancelled, "x", None)), "not-a-writer", "it publishes");
    let claim = |status: ProjectStatus| Edit::Claim {
        id: EntityId::from_bytes([60; 16]),
        what: crate::domain::ClaimKind::Status,
        value: status.word().into(),
        as_of: None,
        evidence: String::new(),
        reason: String::new(),
        supersedes: Vec::new(),
    };
    tell(&mut world, KH, Command::Edit { doc: PROJECT, edit: claim(ProjectStatus::Planned) }).expect("planned");
    assert_eq!(tell(&mut world, KH, fate(PROJECT, merged, " ", Some(SECOND))), Err("reason-missing".to_owned()));
    assert_eq!(world.project(KH, PROJECT).row.merged_into, None, "nothing is half said");
    tell(&mut world, KH, fate(PROJECT, merged, "as one", Some(SECOND))).expect("merged");
    let row = world.project(VN, PROJECT).row;
    assert_eq!((row.merged_into, row.claimed.as_slice()), (Some(SECOND), &[merged][..]));
    let circle = tell(&mut world, KH, fate(SECOND, merged, "as one", Some(PROJECT)));
    assert_eq!(circle, Err("bad-value".to_owned()), "not each into the other");
}

#[test]
fn carried_over_twice_apart_it_is_one_document() {
    let mut world = begun(&[KH, KH2, VN, ASEC]);
    tell(&mut world, ASEC, next_plan()).expect("started");
    world.set(KH, PROJECT, "area", &AREA.to_string());
    world.set(KH, PROJECT, "co-leads:VN", "x");
    let typed = crate::domain::Splice { at: 0, delete: 0, insert: "To serve people better.".to_owned() };
    let at = crate::domain::At::root("objective");
    let edit = Edit::Text { at, base: String::new(), splices: vec![typed] };
    tell(&mut world, KH, Command::Edit { doc: PROJECT, edit }).expect("written");
    world.offline(KH);
    world.offline(KH2);
    let next = next_plan_id(PLAN);
    let successor = successor_id(PROJECT, next);
    for device in [KH, KH2] {
        tell(&mut world, device, carry(PROJECT)).expect("carried over");
        assert_eq!(world.project(device, successor).row.title, "Title 34");
    }
    let again = world.command(KH, carry(PROJECT));
    assert_eq!(world.done(KH, again), Some(Ok(())), "once more says the same");
    world.online(KH);
    world.online(KH2);
    for device in [KH, KH2, VN, ASEC] {
        let view = world.project(device, successor);
        assert_eq!(view.row.claimed, [ProjectStatus::Proposed], "on {device}");
        assert_eq!((view.row.leads.clone(), view.row.area), (vec![code("KH")], Some(AREA)));
        assert_eq!(view.snapshot.root.text("objective"), "To serve people better.");
        assert!(view.snapshot.root.fields.values().all(|held| held.others.is_empty()), "{:?}", view.snapshot.root);
        assert_eq!(view.carried_from.as_ref().map(|(doc, _)| *doc), Some(PROJECT));
        let old = world.project(device, PROJECT);
        assert_eq!(old.row.claimed, [ProjectStatus::CarriedOver], "one end, not two");
        assert_eq!(old.row.reason, "The venue was closed");
        assert_eq!(old.carried_to.map(|(doc, _)| doc), Some(successor));
        assert_eq!(plan(&mut world, device, next).rows.len(), 1);
        assert_eq!((world.shell(device).refused.len(), world.shell(device).unsent), (0, 0), "on {device}");
    }
    assert!(world.project(KH2, successor).may_write && !world.project(VN, successor).may_write);
}

#[test]
fn only_its_lead_carries_a_project_over_and_only_into_a_later_plan() {
    let mut world = begun(&[KH, VN, ASEC]);
    assert_eq!(tell(&mut world, KH, carry(PROJECT)), Err("unknown-document".to_owned()), "there is no next plan");
    tell(&mut world, KH, next_plan()).expect("started");
    assert_eq!(tell(&mut world, VN, carry(PROJECT)), Err("not-a-writer".to_owned()));
    assert_eq!(tell(&mut world, ASEC, carry(PROJECT)), Err("not-a-writer".to_owned()));
    let back = Command::CarryOver { project: PROJECT, plan: PLAN, reason: "x".to_owned() };
    assert_eq!(tell(&mut world, KH, back), Err("bad-value".to_owned()));
    let silent = Command::CarryOver { project: PROJECT, plan: next_plan_id(PLAN), reason: String::new() };
    let planned = Edit::Claim {
        id: EntityId::from_bytes([61; 16]),
        what: crate::domain::ClaimKind::Status,
        value: "PLANNED".into(),
        as_of: None,
        evidence: String::new(),
        reason: String::new(),
        supersedes: Vec::new(),
    };
    tell(&mut world, KH, Command::Edit { doc: PROJECT, edit: planned }).expect("planned");
    assert_eq!(tell(&mut world, KH, silent), Err("reason-missing".to_owned()));
    assert_eq!(plan(&mut world, KH, next_plan_id(PLAN)).rows, [], "nothing is half made");
    assert_eq!(tell(&mut world, KH, carry(PROJECT)), Ok(()));
}

#[test]
fn the_next_plan_started_twice_apart_is_one_with_the_areas_of_the_last() {
    let mut world = begun(&[KH, VN, ASEC]);
    assert!(!plan(&mut world, VN, PLAN).may_start_next && plan(&mut world, KH, PLAN).may_start_next);
    assert_eq!(tell(&mut world, VN, next_plan()), Err("not-a-writer".to_owned()));
    world.offline(KH);
    world.offline(ASEC);
    for device in [KH, ASEC] {
        tell(&mut world, device, next_plan()).expect("started");
    }
    let again = tell(&mut world, KH, next_plan());
    assert_eq!(again, Err("document-exists".to_owned()));
    world.online(KH);
    world.online(ASEC);
    for device in [KH, VN, ASEC] {
        let View::Plans(plans) = world.see(device, Query::Plans) else { panic!("no plans") };
        assert_eq!(plans.plans.len(), 2, "on {device}");
        let view = plan(&mut world, device, next_plan_id(PLAN));
        assert_eq!((view.card.title.as_str(), view.card.from, view.card.to), ("The next plan", 2026, 2030));
        assert_eq!((view.card.previous, view.card.state.state), (Some(PLAN), PlanState::Drafting));
        let areas = view.snapshot.collection("areas");
        assert_eq!((areas.len(), areas[0].id, areas[0].line("title")), (1, Some(AREA), "Workforce"));
        assert!(view.snapshot.root.fields.values().all(|held| held.others.is_empty()), "{:?}", view.snapshot.root);
        assert_eq!(plan(&mut world, device, PLAN).next_plan, Some((next_plan_id(PLAN), "The next plan".to_owned())));
        assert_eq!(world.shell(device).refused, [], "on {device}");
    }
}

#[test]
fn a_command_that_was_carried_out_answers_with_the_same_document() {
    let mut world = begun(&[KH]);
    let id = world.command_id();
    for _ in 0..2 {
        let request = crate::engine::api::Request::Command { id, command: next_plan() };
        world.node(KH).replies.clear();
        world.request(KH, request);
        let made = world.node(KH).replies.iter().find_map(|reply| match reply {
            crate::engine::api::Reply::Done { id: other, result } if *other == id => Some(result.clone()),
            _ => None,
        });
        assert_eq!(made, Some(Ok(Done::Made { doc: next_plan_id(PLAN) })));
    }
}
