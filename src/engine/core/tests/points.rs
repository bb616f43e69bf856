//! What was decided: on its way up and back, tasked, carried on, and named by plans and projects.

use super::{
    report::{HCS, SOM, agree, begun, link, meeting, report, session, shown, step, tell, type_in, write},
    world::{ASEC, KH, PLAN, PROJECT, VN, World, code},
};
use crate::{
    domain::{
        Act, DocId, Edit, EntityId, Framework,
        meeting::{MeetingType, ReportState},
        plan::PlanState,
        project::{ProjectStatus, StatusStep},
        report::{ActionStatus, DecidedBy, Outcome, ReportAct},
    },
    engine::api::{Command, PointView, Query, ReportCommand, TodayView, View},
};

const NEXT: DocId = DocId::from_bytes([0x53; 16]);

fn today(world: &mut World, number: u8) -> TodayView {
    match world.see(number, Query::Today) {
        View::Today(view) => view,
        other => panic!("not today: {other:?}"),
    }
}

fn decision(world: &mut World, doc: DocId, key: &str, text: &str) -> EntityId {
    write(world, KH, doc, key, &[("kind", "decision"), ("verb", "ENDORSED")], text)
}

/// Brings a report whose paragraphs are all agreed to its adoption.
fn adopt(world: &mut World, number: u8, doc: DocId) {
    for to in [ReportState::Shown, ReportState::Agreed, ReportState::Adopted] {
        step(world, number, doc, to).expect("moved");
    }
}

fn record(decision: EntityId, to: Outcome, reason: &str) -> ReportCommand {
    ReportCommand::Record { decision, from: session(SOM), to, reason: reason.to_owned() }
}

fn rising(world: &mut World, device: u8) -> Vec<PointView> {
    meeting(world, device, HCS).rising
}

fn outcome(point: &PointView) -> Option<Outcome> {
    point.result.as_ref().map(|result| result.outcome)
}

#[test]
fn what_the_senior_officials_endorsed_is_before_the_heads_once_and_comes_back_with_its_result() {
    let mut world = begun(&[KH, VN, ASEC]);
    let first = decision(&mut world, SOM, "a", "Draft decision one");
    let second = decision(&mut world, SOM, "b", "Draft decision two");
    write(&mut world, KH, SOM, "c", &[("kind", "decision"), ("verb", "NOTED")], "Draft, not to go up");
    write(&mut world, KH, SOM, "d", &[("kind", "discussion"), ("verb", "ENDORSED")], "Draft, no decision");
    let ids = |points: &[PointView]| points.iter().map(|point| point.id).collect::<Vec<_>>();
    assert_eq!(ids(&rising(&mut world, VN)), [first, second]);
    assert_eq!(rising(&mut world, VN)[1].number, 2);
    assert_eq!(report(&mut world, VN, HCS, record(first, Outcome::Adopted, "")), Err("not-a-writer".to_owned()));
    assert_eq!(report(&mut world, KH, HCS, record(second, Outcome::Returned, "")), Err("reason-missing".to_owned()));
    assert_eq!(report(&mut world, KH, HCS, record(first, Outcome::Adopted, "")), Ok(()));
    assert_eq!(report(&mut world, ASEC, HCS, record(second, Outcome::Returned, "to be worked on")), Ok(()));
    for device in [KH, VN, ASEC] {
        let up = rising(&mut world, device);
        assert_eq!(up.iter().map(outcome).collect::<Vec<_>>(), [Some(Outcome::Adopted), Some(Outcome::Returned)]);
        let back = meeting(&mut world, device, SOM).points;
        assert_eq!(back.len(), 3);
        let results: Vec<_> = back.iter().map(outcome).collect();
        assert_eq!(results, [Some(Outcome::Adopted), Some(Outcome::Returned), None], "on {device}");
        assert_eq!(back[0].up, Some((HCS, "Meeting HCS".to_owned())));
    }
    // What was withdrawn or says something else since is explained, and not lost from the list.
    let edit = Edit::Withdraw { id: first, reason: "twice".to_owned() };
    tell(&mut world, KH, Command::Edit { doc: session(SOM), edit }).expect("withdrawn");
    type_in(&mut world, KH, SOM, second, "Draft decision two", "!").expect("typed");
    let up = rising(&mut world, VN);
    assert_eq!(ids(&up), [first, second]);
    assert_eq!((up[0].withdrawn, up[1].result.as_ref().map(|result| result.changed)), (true, Some(true)));
}

#[test]
fn a_decision_escalated_twice_is_one_in_either_order_of_arrival() {
    for chair_first in [true, false] {
        let mut world = begun(&[KH, VN, ASEC]);
        let first = decision(&mut world, SOM, "a", "Draft decision");
        // A later meeting of senior officials carries it on and endorses it again; it reports to the same heads.
        let title = "Special".to_owned();
        let (framework, meeting_type, start) = (Framework::Accsm, MeetingType::Som, "2026-03-04".parse().ok());
        let command = Command::CreateMeeting { doc: NEXT, framework, meeting: meeting_type, title, start };
        tell(&mut world, KH, command).expect("called");
        link(&mut world, NEXT, "predecessor", SOM);
        link(&mut world, NEXT, "reports-to", HCS);
        assert_eq!(meeting(&mut world, KH, NEXT).earlier.iter().map(|it| it.id).collect::<Vec<_>>(), [first]);
        let carries = first.to_string();
        let fields = [("kind", "decision"), ("verb", "ENDORSED"), ("carries", carries.as_str())];
        let again = write(&mut world, KH, NEXT, "a", &fields, "Draft decision, once more");
        assert!(meeting(&mut world, KH, NEXT).earlier.is_empty(), "carried on, and so shown there");
        let up = rising(&mut world, VN);
        assert_eq!(up.iter().map(|it| it.id).collect::<Vec<_>>(), [again], "once, as it was said last");

        // The chair and the Secretariat record what became of it apart, of one paragraph each.
        world.offline(KH);
        world.offline(ASEC);
        let of_last =
            ReportCommand::Record { decision: again, from: session(NEXT), to: Outcome::Adopted, reason: String::new() };
        assert_eq!(report(&mut world, KH, HCS, of_last), Ok(()));
        assert_eq!(report(&mut world, ASEC, HCS, record(first, Outcome::Noted, "")), Ok(()));
        for device in if chair_first { [KH, ASEC] } else { [ASEC, KH] } {
            world.online(device);
        }
        let wanted = if chair_first { Outcome::Adopted } else { Outcome::Noted };
        for device in [KH, VN, ASEC] {
            let up = rising(&mut world, device);
            assert_eq!(up.len(), 1, "on {device}");
            let result = up[0].result.clone().expect("a result");
            assert_eq!((result.outcome, result.aside), (wanted, 1), "on {device}");
            assert_eq!(outcome(&meeting(&mut world, device, SOM).points[0]), Some(wanted), "on {device}");
            assert_eq!(outcome(&meeting(&mut world, device, NEXT).points[0]), Some(wanted), "on {device}");
        }
    }
}

#[test]
fn an_action_is_before_its_party_until_that_says_in_its_own_voice_that_it_is_done() {
    let mut world = begun(&[KH, VN, ASEC]);
    let fields = [("kind", "action"), ("verb", "TASKED"), ("party", "VN"), ("due", "2026-02")];
    let id = write(&mut world, KH, SOM, "a", &fields, "Draft action");
    let mine = today(&mut world, VN).actions;
    assert_eq!(mine.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
    let action = mine[0].action.clone().expect("an action");
    assert!(action.overdue && action.mine && action.status == ActionStatus::Open);
    assert!(today(&mut world, VN).others.is_empty());
    for device in [KH, ASEC] {
        let view = today(&mut world, device);
        assert_eq!((view.actions.len(), view.others.len()), (0, 1), "on {device}");
        assert!(!view.others[0].action.as_ref().expect("an action").mine);
    }
    let done = || ReportCommand::Progress { action: id, to: ActionStatus::Done, reason: "sent".to_owned() };
    assert_eq!(report(&mut world, KH, SOM, done()), Err("not-a-writer".to_owned()));
    assert_eq!(report(&mut world, VN, SOM, done()), Ok(()));
    assert_eq!(report(&mut world, VN, SOM, done()), Err("no-change".to_owned()));
    for device in [KH, VN, ASEC] {
        let view = today(&mut world, device);
        assert!(view.actions.is_empty() && view.others.is_empty(), "on {device}");
        let action = meeting(&mut world, device, SOM).points[0].action.clone().expect("an action");
        let said = action.said.expect("who and when");
        assert_eq!((action.status, action.overdue), (ActionStatus::Done, false));
        assert_eq!((said.party, said.reason.as_str()), (Some(code("VN")), "sent"), "on {device}");
    }
    // The row alone says the same after a restart.
    world.crash(VN);
    assert!(today(&mut world, VN).actions.is_empty());
}

#[test]
fn a_plans_step_and_a_published_status_name_the_decision_and_both_sides_show_it() {
    let mut world = begun(&[KH, VN, ASEC]);
    let id = decision(&mut world, SOM, "a", "Draft decision");
    let note = write(&mut world, KH, SOM, "b", &[("kind", "discussion")], "Draft");
    let advance = |decision| Command::AdvancePlan {
        plan: PLAN,
        to: PlanState::Consultation,
        meeting: Some(SOM),
        decision,
        on: None,
        reason: String::new(),
    };
    assert_eq!(tell(&mut world, KH, advance(Some(note))), Err("unknown-entity".to_owned()), "no decision");
    assert!(world.plan(KH).life.is_empty(), "and no step without it");
    assert_eq!(tell(&mut world, KH, advance(Some(id))), Ok(()));
    let step = world.command_id();
    let act = |act, target| Edit::Act { id: step, act, target: Some(target), term: None, reason: String::new() };
    let project = EntityId::from_bytes(PROJECT.to_bytes());
    let published = StatusStep { to: ProjectStatus::Included, meeting: Some(SOM), on: None };
    let publish = act(Act::PublishStep(Box::new(published)), project);
    tell(&mut world, ASEC, Command::Edit { doc: PLAN, edit: publish }).expect("published");
    let by = Act::Report(ReportAct::Decide(DecidedBy { meeting: SOM, paragraph: id }));
    let name = |target| Edit::Act {
        id: EntityId::from_bytes([0x77; 16]),
        act: by.clone(),
        target: Some(target),
        term: None,
        reason: String::new(),
    };
    let of = |edit| Command::Edit { doc: PLAN, edit };
    assert_eq!(tell(&mut world, ASEC, of(name(project))), Err("unknown-entity".to_owned()), "not of an act");
    assert_eq!(tell(&mut world, ASEC, of(name(step))), Ok(()));
    for device in [KH, VN, ASEC] {
        let link = world.plan(device).life[0].decision.clone().expect("a decision");
        assert_eq!((link.paragraph, link.number, link.meeting.0), (id, Some(1), SOM), "on {device}");
        let steps = world.project(device, PROJECT).steps;
        let link = steps.iter().find_map(|step| step.decision.clone()).expect("a decision");
        assert_eq!((link.paragraph, link.number), (id, Some(1)), "on {device}");
        let decided = meeting(&mut world, device, SOM).points[0].decided.clone();
        let told: Vec<_> = decided.iter().map(|it| (it.doc, it.plan, it.status)).collect();
        let both = [(PLAN, Some(PlanState::Consultation), None), (PROJECT, None, Some(ProjectStatus::Included))];
        assert_eq!(told.len(), 2, "on {device}");
        assert!(both.iter().all(|one| told.contains(one)), "on {device}: {told:?}");
    }
}

#[test]
fn decisions_of_an_adopted_report_are_those_that_were_adopted() {
    let mut world = begun(&[KH, ASEC]);
    let id = decision(&mut world, SOM, "b", "Draft decision");
    agree(&mut world, KH, SOM, id).expect("agreed");
    world.offline(ASEC);
    type_in(&mut world, ASEC, SOM, id, "Draft decision", " with later words").expect("typed");
    let late = write(&mut world, ASEC, SOM, "a", &[("kind", "decision"), ("verb", "ENDORSED")], "Draft, too late");
    adopt(&mut world, KH, SOM);
    world.online(ASEC);
    for device in [KH, ASEC] {
        let up = rising(&mut world, device);
        assert_eq!((up.len(), up[0].text.as_str(), up[0].number), (1, "Draft decision", 1), "on {device}");
        assert_eq!(shown(&mut world, device, SOM).adopted.expect("adopted").later, [id, late], "on {device}");
    }
}
