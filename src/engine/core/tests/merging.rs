//! Two proposals of one idea: suggested by the Secretariat, agreed to by each lead apart, and one goes on.

use super::world::{ASEC, KH, PLAN, VN, World, code};
use crate::{
    domain::{DocId, EntityId, comment::Settled, project::ProjectStatus},
    engine::api::{Command, CommentView, Merging, Query, Reply, Request, View},
};

const STAYS: DocId = DocId::from_bytes([0x61; 16]);
const GOES: DocId = DocId::from_bytes([0x62; 16]);
const ON_STAYS: EntityId = EntityId::from_bytes([0x63; 16]);
const ON_GOES: EntityId = EntityId::from_bytes([0x64; 16]);

fn tell(world: &mut World, number: u8, command: Command) -> Result<(), String> {
    let id = world.command(number, command);
    world.done(number, id).expect("answered").map_err(|refusal| refusal.code)
}

fn suggest(project: DocId, into: DocId) -> Command {
    let text = "Could these two be one?".to_owned();
    Command::SuggestMerge { project, into, questions: [ON_GOES, ON_STAYS], text }
}

fn agree(subject: DocId, question: EntityId) -> Command {
    Command::Agree { subject, question }
}

fn question(world: &mut World, device: u8, subject: DocId) -> CommentView {
    let comments = world.project(device, subject).comments;
    let [question] = comments.as_slice() else { panic!("one question: {comments:?}") };
    question.clone()
}

/// Whether somebody is asked to agree, and whether they may already.
fn mine(world: &mut World, device: u8, subject: DocId) -> Option<bool> {
    question(world, device, subject).merge.and_then(|merge| merge.mine)
}

/// One proposal of KH, one of VN, and the question on both.
fn suggested() -> World {
    let mut world = World::new();
    for device in [KH, VN, ASEC] {
        world.join(device);
        world.online(device);
    }
    for (device, doc, lead, title) in [(KH, STAYS, "KH", "Talent management"), (VN, GOES, "VN", "Managing talent")] {
        let command = Command::CreateProject { doc, plan: PLAN, title: title.to_owned(), lead: code(lead) };
        tell(&mut world, device, command).expect("proposed");
    }
    assert_eq!(tell(&mut world, KH, suggest(GOES, STAYS)), Err("not-a-writer".to_owned()));
    assert_eq!(tell(&mut world, ASEC, suggest(GOES, GOES)), Err("bad-value".to_owned()));
    assert_eq!(tell(&mut world, ASEC, suggest(GOES, STAYS)), Ok(()));
    world
}

#[test]
fn a_proposal_goes_into_another_once_both_leads_agreed_and_is_counted_once() {
    let mut world = suggested();
    let counted = world.plan(VN).card.counted;
    let asked = question(&mut world, VN, GOES);
    assert_eq!(asked.party, code("ASEC"));
    let merge = asked.merge.expect("which two");
    assert_eq!((merge.way, merge.other, merge.title.as_str()), (Merging::Into, STAYS, "Talent management"));
    assert_eq!((merge.leads, merge.mine), (vec![code("KH")], Some(false)), "the other lead comes first");
    let of = |device, subject| (device, subject);
    for (device, subject) in [of(KH, GOES), of(VN, STAYS), of(ASEC, GOES), of(ASEC, STAYS)] {
        assert_eq!(mine(&mut world, device, subject), None, "{device} agrees for nobody else");
    }
    assert_eq!(tell(&mut world, VN, agree(GOES, ON_GOES)), Err("not-agreed".to_owned()));
    assert_eq!(tell(&mut world, VN, agree(STAYS, ON_STAYS)), Err("not-a-writer".to_owned()));
    assert_eq!(tell(&mut world, ASEC, agree(STAYS, ON_STAYS)), Err("not-a-writer".to_owned()));

    // The page of the one that waits hears of the other's agreement.
    world.node(VN).replies.clear();
    world.request(VN, Request::Subscribe { sub: 7, query: Query::Project { doc: GOES } });
    world.offline(KH);
    assert_eq!(tell(&mut world, KH, agree(STAYS, ON_STAYS)), Ok(()));
    assert_eq!(world.project(KH, STAYS).row.leads, [code("KH"), code("VN")]);
    world.online(KH);
    let ready = world.node(VN).replies.iter().rev().find_map(|reply| match reply {
        Reply::View { sub: 7, view: View::Project(view) } => view.comments[0].merge.as_ref()?.mine,
        _ => None,
    });
    assert_eq!(ready, Some(true));
    assert_eq!(mine(&mut world, KH, STAYS), None, "answered");

    world.offline(VN);
    assert_eq!(tell(&mut world, VN, agree(GOES, ON_GOES)), Ok(()));
    world.online(VN);
    for device in [KH, VN, ASEC] {
        let gone = world.project(device, GOES);
        assert_eq!(gone.row.claimed, [ProjectStatus::Withdrawn], "it was never in the plan");
        assert_eq!(gone.merged_into, Some((STAYS, "Talent management".to_owned())), "on {device}");
        assert_eq!(gone.row.reason, "Could these two be one?");
        let stays = world.project(device, STAYS);
        assert_eq!(stays.merged_from, [(GOES, "Managing talent".to_owned())], "on {device}");
        assert_eq!((stays.row.leads, stays.row.claimed), (vec![code("KH"), code("VN")], vec![ProjectStatus::Proposed]));
        for subject in [GOES, STAYS] {
            let asked = question(&mut world, device, subject).question.expect("a question");
            assert_eq!(asked.state, Settled::Resolved, "on {device}");
        }
        assert_eq!(world.plan(device).card.counted, counted - 1, "on {device}");
        assert_eq!((world.shell(device).refused.len(), world.shell(device).unsent), (0, 0), "on {device}");
    }
    let circle = tell(&mut world, ASEC, suggest(STAYS, GOES));
    assert_eq!(circle, Err("bad-value".to_owned()), "not back into what went into it");
}

#[test]
fn the_new_co_lead_writes_once_it_was_let() {
    let mut world = suggested();
    tell(&mut world, KH, agree(STAYS, ON_STAYS)).expect("agreed");
    assert!(!world.project(VN, STAYS).may_write);
    let missing = |world: &mut World, device| world.project(device, STAYS).without_pen;
    assert_eq!(missing(&mut world, ASEC), [code("VN")]);
    assert_eq!(missing(&mut world, VN), [], "not theirs to give");
    let pen = |party: &str| Command::LetWrite { project: STAYS, party: code(party) };
    assert_eq!(tell(&mut world, VN, pen("VN")), Err("not-a-writer".to_owned()));
    assert_eq!(tell(&mut world, ASEC, pen("ASEC")), Err("bad-value".to_owned()), "only leads");
    assert_eq!(tell(&mut world, ASEC, pen("VN")), Ok(()));
    assert_eq!(missing(&mut world, ASEC), []);
    assert!(world.project(VN, STAYS).may_write);
    world.set(VN, STAYS, "title", "Talent management, together");
    assert_eq!(world.project(KH, STAYS).row.title, "Talent management, together");
}
