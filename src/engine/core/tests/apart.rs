//! Two people who work apart: both words stand, acts wait for the hub, comments stay one's own.

use super::world::{ASEC, KH, PLAN, PROJECT, VN, World, code};
use crate::{
    domain::{Act, ClaimKind, DocId, DocKind, Edit, EntityId, Value, Writer, plan::PlanState, project::ProjectStatus},
    engine::api::{Command, Mark, Query, View},
};

/// A second device of KH.
const KH2: u8 = 11;

fn claim(id: u8, status: ProjectStatus, supersedes: Vec<EntityId>, reason: &str) -> Edit {
    Edit::Claim {
        id: EntityId::from_bytes([id; 16]),
        what: ClaimKind::Status,
        value: Value::from(status.word()),
        as_of: None,
        evidence: String::new(),
        reason: reason.to_owned(),
        supersedes,
    }
}

#[test]
fn a_status_claimed_twice_apart_stands_twice_until_the_lead_decides() {
    let mut world = World::new();
    for device in [KH, KH2, VN] {
        world.join(device);
        world.online(device);
    }
    world.offline(KH);
    world.offline(KH2);
    world.command(KH, Command::Edit { doc: PROJECT, edit: claim(1, ProjectStatus::Completed, vec![], "") });
    world.command(KH2, Command::Edit { doc: PROJECT, edit: claim(2, ProjectStatus::Ongoing, vec![], "") });
    world.online(KH);
    world.online(KH2);
    for device in [KH, KH2, VN] {
        let view = world.project(device, PROJECT);
        assert_eq!(view.row.claimed, [ProjectStatus::Completed, ProjectStatus::Ongoing], "on {device}");
        assert_eq!(view.row.shown(), None);
    }
    let View::Today(today) = world.see(KH, Query::Today) else { panic!("not today") };
    assert_eq!(today.to_decide.len(), 1);
    let both = vec![EntityId::from_bytes([1; 16]), EntityId::from_bytes([2; 16])];
    let decide = world.command(
        KH,
        Command::Edit { doc: PROJECT, edit: claim(3, ProjectStatus::Completed, both, "the guidelines are adopted") },
    );
    assert_eq!(world.done(KH, decide), Some(Ok(())));
    for device in [KH2, VN] {
        assert_eq!(world.project(device, PROJECT).row.claimed, [ProjectStatus::Completed]);
    }
}

#[test]
fn a_claim_that_cannot_follow_is_refused_with_its_reason() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    let refusal = |world: &mut World, edit: Edit| {
        let id = world.command(KH, Command::Edit { doc: PROJECT, edit });
        world.done(KH, id).expect("answered").expect_err("refused").code
    };
    assert_eq!(refusal(&mut world, claim(1, ProjectStatus::Included, vec![], "")), "not-claimable");
    world.command(KH, Command::Edit { doc: PROJECT, edit: claim(2, ProjectStatus::Planned, vec![], "") });
    let before = vec![EntityId::from_bytes([2; 16])];
    assert_eq!(refusal(&mut world, claim(3, ProjectStatus::Postponed, before.clone(), " ")), "reason-missing");
    assert_eq!(refusal(&mut world, claim(4, ProjectStatus::Proposed, before, "x")), "transition");
    assert_eq!(
        refusal(&mut world, claim(5, ProjectStatus::Ongoing, vec![EntityId::from_bytes([9; 16])], "")),
        "unknown-entity"
    );
}

#[test]
fn an_act_is_provisional_until_the_hub_has_numbered_it() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.offline(KH);
    let act = Edit::Act {
        id: EntityId::from_bytes([5; 16]),
        act: Act::MovePlan(PlanState::InForce),
        target: None,
        term: Some(23),
        reason: String::new(),
    };
    let command = world.command(KH, Command::Edit { doc: PLAN, edit: act });
    assert_eq!(world.done(KH, command), Some(Ok(())));
    let standing = world.plan(KH).card.state;
    assert_eq!((standing.state, standing.provisional), (PlanState::InForce, true));
    assert_eq!(world.plan(VN).card.state.state, PlanState::Drafting);
    world.crash(KH);
    assert!(world.plan(KH).card.state.provisional, "still, after a restart");
    world.online(KH);
    for device in [KH, VN] {
        let standing = world.plan(device).card.state;
        assert_eq!((standing.state, standing.provisional), (PlanState::InForce, false), "on {device}");
    }
    world.crash(KH);
    assert!(!world.plan(KH).card.state.provisional, "numbered for good");
    let skip = Edit::Act {
        id: EntityId::from_bytes([6; 16]),
        act: Act::MovePlan(PlanState::Closed),
        target: None,
        term: Some(23),
        reason: String::new(),
    };
    let command = world.command(KH, Command::Edit { doc: PLAN, edit: skip });
    assert_eq!(world.done(KH, command).expect("answered").expect_err("refused").code, "transition");
}

#[test]
fn only_the_secretariat_publishes_a_status() {
    let mut world = World::new();
    for device in [KH, ASEC] {
        world.join(device);
        world.online(device);
    }
    let publish = |id: u8| Edit::Act {
        id: EntityId::from_bytes([id; 16]),
        act: Act::PublishStatus(ProjectStatus::Completed),
        target: Some(EntityId::from_bytes(PROJECT.to_bytes())),
        term: None,
        reason: String::new(),
    };
    let command = world.command(KH, Command::Edit { doc: PLAN, edit: publish(1) });
    assert_eq!(world.done(KH, command).expect("answered").expect_err("refused").code, "not-a-writer");
    world.command(ASEC, Command::Edit { doc: PLAN, edit: publish(2) });
    let view = world.project(KH, PROJECT);
    assert_eq!(view.row.shown(), Some(ProjectStatus::Completed));
    assert!(!view.may_publish && world.project(ASEC, PROJECT).may_publish);
    assert_eq!(world.plan(KH).card.by_status.get(&ProjectStatus::Completed), Some(&1));
}

#[test]
fn a_comment_makes_the_voice_it_is_said_in_and_two_officers_share_it() {
    let mut world = World::new();
    for device in [VN, VN + 10, KH] {
        world.join(device);
        world.online(device);
    }
    world.offline(VN);
    world.offline(VN + 10);
    for (device, text) in [(VN, "First"), (VN + 10, "Second")] {
        let command = Command::Comment {
            subject: PROJECT,
            id: EntityId::fresh(world.now, [device; 10]),
            about: None,
            text: text.to_owned(),
        };
        let id = world.command(device, command);
        assert_eq!(world.done(device, id), Some(Ok(())));
    }
    let own = world.project(VN, PROJECT).comments;
    assert_eq!((own.len(), own[0].mark, own[0].mine), (1, Mark::Device, true));
    world.online(VN);
    world.online(VN + 10);
    let comments = world.project(KH, PROJECT).comments;
    let mut said: Vec<_> = comments.iter().map(|comment| comment.text.as_str()).collect();
    said.sort_unstable();
    assert_eq!(said, ["First", "Second"]);
    assert!(comments.iter().all(|comment| comment.party == code("VN") && !comment.mine));
    assert_eq!(comments[0].doc, comments[1].doc, "one voice");
    assert_eq!(world.shell(VN + 10).refused, []);
    assert_eq!(world.shell(VN + 10).unsent, 0);
}

#[test]
fn a_project_proposed_offline_reaches_the_others_whole() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.offline(VN);
    let doc = DocId::fresh(world.now, [7; 10]);
    let command = |lead: &str| Command::CreateProject { doc, plan: PLAN, title: "New".to_owned(), lead: code(lead) };
    let refused = world.command(VN, command("KH"));
    assert!(world.done(VN, refused).expect("answered").is_err(), "not for another party");
    assert!(world.plan(VN).may_propose);
    let made = world.command(VN, command("VN"));
    assert_eq!(world.done(VN, made), Some(Ok(())));
    assert_eq!(world.plan(VN).rows.len(), 2);
    world.crash(VN);
    assert_eq!(world.plan(VN).rows.len(), 2);
    world.online(VN);
    let view = world.project(KH, doc);
    assert_eq!((view.row.title.as_str(), view.row.claimed.as_slice()), ("New", &[ProjectStatus::Proposed][..]));
    assert_eq!(view.row.leads, [code("VN")]);
    assert!(!view.may_write && world.project(VN, doc).may_write);
    assert_eq!(world.shell(VN).unsent, 0);
}

#[test]
fn the_chair_calls_a_meeting_with_an_agenda_to_write_in() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    let doc = DocId::fresh(world.now, [8; 10]);
    let command = || Command::CreateMeeting {
        doc,
        framework: crate::domain::Framework::Accsm,
        meeting: crate::domain::meeting::MeetingType::Som,
        title: "SOM".to_owned(),
        start: "2026-05".parse().ok(),
    };
    let refused = world.command(VN, command());
    assert!(world.done(VN, refused).expect("answered").is_err(), "not in the chair");
    world.command(KH, command());
    let View::Meeting(view) = world.see(VN, Query::Meeting { doc }) else { panic!("no meeting") };
    assert_eq!((view.row.title.as_str(), view.row.chair.clone(), view.row.term), ("SOM", Some(code("KH")), Some(23)));
    let [session] = view.sessions.as_slice() else { panic!("one session") };
    assert!(session.may_comment && !session.may_write);
    let item = Edit::Add {
        to: "items".to_owned(),
        id: EntityId::from_bytes([1; 16]),
        place: Some(crate::domain::Place { parent: None, key: "m".to_owned() }),
        fields: vec![("title".to_owned(), Value::from("Adoption of the Agenda"))],
        texts: vec![],
    };
    let session = session.doc;
    world.command(KH, Command::Edit { doc: session, edit: item });
    let View::Meeting(view) = world.see(VN, Query::Meeting { doc }) else { panic!("no meeting") };
    assert_eq!((view.sessions[0].agenda[0].number.as_str(), view.row.items), ("1", 1));
}

#[test]
fn a_document_of_a_newer_version_is_shown_and_not_written() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    let newer = DocId::from_bytes([0x33; 16]);
    world.document(newer, DocKind::Project, Some(PLAN), vec![Writer::Party(code("KH"))]);
    world.newer_schema(newer, DocKind::Project);
    world.pump();
    let view = world.project(KH, newer);
    assert!(!view.may_write && view.row.title == "Title 51");
    let command = world.set(KH, newer, "title", "x");
    assert_eq!(world.done(KH, command).expect("answered").expect_err("refused").code, "newer-schema");
}
