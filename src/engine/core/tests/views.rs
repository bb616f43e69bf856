//! Views: sent again when what they show changes, and no more than that.

use super::{
    node::Node,
    world::{ASEC, KH, PLAN, PROJECT, VN, World, code, date, person},
};
use crate::{
    domain::{
        At, ClaimKind, Edit, Fact, Framework, Place, Splice, Value, party::MembershipStatus, project::ProjectStatus,
    },
    engine::{
        api::{ActivityRow, Brief, Command, Invitee, Kept, Link, Mark, Query, Reply, Request, View},
        core::{Input, disk::Standing},
    },
    sync::{
        frame::{Frame, PartySeen},
        join::InviteRequest,
    },
};

fn views_of(world: &mut World, number: u8, sub: u32) -> Vec<Reply> {
    let of = |reply: &&Reply| match reply {
        Reply::View { sub: other, .. } | Reply::Rows { sub: other, .. } => *other == sub,
        Reply::Done { .. } | Reply::Text { .. } | Reply::TextEnded { .. } | Reply::Pong { .. } | Reply::Flushed => {
            false
        }
    };
    world.node(number).replies.iter().filter(of).cloned().collect()
}

#[test]
fn a_table_gets_the_rows_that_changed_and_nothing_else() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.request(VN, Request::Subscribe { sub: 1, query: Query::Plan { doc: PLAN } });
    world.request(VN, Request::Subscribe { sub: 2, query: Query::Meetings });
    world.node(VN).replies.clear();
    world.set(KH, PROJECT, "remarks", "one row");
    let sent = views_of(&mut world, VN, 1);
    assert!(!sent.is_empty());
    for reply in &sent {
        let Reply::Rows { changed, gone, .. } = reply else { panic!("a whole table: {reply:?}") };
        assert_eq!((changed.len(), gone.len()), (1, 0));
        assert_eq!(changed[0].remarks, "one row");
    }
    assert_eq!(views_of(&mut world, VN, 2), [], "meetings did not change");
    world.node(VN).replies.clear();
    world.request(VN, Request::Unsubscribe { sub: 1 });
    world.set(KH, PROJECT, "remarks", "unseen");
    assert_eq!(views_of(&mut world, VN, 1), []);
}

#[test]
fn a_row_has_its_activities_and_knows_of_a_completion_report() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    let add = |world: &mut World, to: &str, fields: &[(&str, &str)]| {
        let id = world.command_id();
        let place = (to == "activities").then(|| Place { parent: None, key: "m".to_owned() });
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        let edit = Edit::Add { to: to.to_owned(), id, place, fields, texts: vec![] };
        world.command(KH, Command::Edit { doc: PROJECT, edit });
        id
    };
    add(&mut world, "reports", &[("status", "ONGOING"), ("as-of", "2024")]);
    let workshop = [("title", "Workshop"), ("kind", "workshop"), ("start", "2024-Q1"), ("status", "PLANNED")];
    let kept = add(&mut world, "activities", &workshop);
    let gone = add(&mut world, "activities", &[("title", "Not held")]);
    let withdraw = |id| Command::Edit { doc: PROJECT, edit: Edit::Withdraw { id, reason: "in error".to_owned() } };
    world.command(KH, withdraw(gone));
    let row = |world: &mut World| match world.see(VN, Query::Plan { doc: PLAN }) {
        View::Plan(plan) => plan.rows.into_iter().find(|row| row.doc == PROJECT).expect("the project's row"),
        other => panic!("no plan: {other:?}"),
    };
    let seen = row(&mut world);
    let workshop = ActivityRow {
        id: kept,
        title: "Workshop".to_owned(),
        kind: Some("workshop".to_owned()),
        start: "2024-Q1".parse().ok(),
        end: None,
        status: Some(ProjectStatus::Planned),
    };
    assert_eq!(
        (seen.activities, seen.reported),
        (vec![workshop], false),
        "a report of another status is none of completion"
    );
    let report = add(&mut world, "reports", &[("status", "COMPLETED")]);
    assert!(row(&mut world).reported);
    world.command(KH, withdraw(report));
    assert!(!row(&mut world).reported);
}

#[test]
fn a_row_has_what_the_wider_columns_show_and_long_words_only_as_they_begin() {
    let mut world = World::new();
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    let edit = |world: &mut World, edit| world.command(KH, Command::Edit { doc: PROJECT, edit });
    let set = |field: &str, value: Value| Edit::Set { at: At::root(field), value, seen: vec![] };
    let long = "ជំនួយ ".repeat(60);
    let splices = vec![Splice { at: 0, delete: 0, insert: long.clone() }];
    edit(&mut world, Edit::Text { at: At::root("objective"), base: String::new(), splices });
    edit(&mut world, set("funding-source", "JAIF".into()));
    edit(&mut world, set("implementing-agency", "MCS".into()));
    edit(&mut world, set("partners:JP", Value::Bool(true)));
    edit(&mut world, set("co-leads:VN", Value::Bool(true)));
    let ids: Vec<_> = (0..3).map(|_| world.command_id()).collect();
    let fields = vec![("title".to_owned(), Value::from("Officers trained"))];
    let place = Some(Place { parent: None, key: "m".to_owned() });
    let add = Edit::Add { to: "indicators".to_owned(), id: ids[0], place, fields, texts: vec![] };
    edit(&mut world, add);
    for id in &ids[1..] {
        let (value, what) = (Value::from("2024-Q1"), ClaimKind::Start);
        let (evidence, reason, as_of) = (String::new(), String::new(), None);
        edit(&mut world, Edit::Claim { id: *id, what, value, as_of, evidence, reason, supersedes: vec![] });
    }
    let row = match world.see(VN, Query::Plan { doc: PLAN }) {
        View::Plan(plan) => plan.rows.into_iter().find(|row| row.doc == PROJECT).expect("the project's row"),
        other => panic!("no plan: {other:?}"),
    };
    let (wide, mut standing) = (row.wide, ids[1..].to_vec());
    standing.sort_unstable();
    assert_eq!((wide.objective.text.chars().count(), wide.objective.more), (Brief::LENGTH, true));
    assert!(long.starts_with(&wide.objective.text) && wide.objective.shown().ends_with('…'));
    assert_eq!((wide.outputs, wide.indicators), (Brief::default(), 1));
    assert_eq!((wide.funding.as_str(), wide.agency.as_str()), ("JAIF", "MCS"));
    assert_eq!((wide.partners, wide.lead), (vec![code("JP")], Some(code("KH"))));
    assert_eq!(row.leads, [code("KH"), code("VN")]);
    assert_eq!((wide.start_claims, wide.end_claims), (standing, vec![]));
}

#[test]
fn the_header_says_how_things_are() {
    let mut world = World::new();
    world.join(KH);
    let shell = world.shell(KH);
    assert_eq!((shell.link, shell.unsent, shell.loading), (Link::Offline, 0, 1));
    assert_eq!(shell.me.as_ref().map(|me| me.party.to_string()).as_deref(), Some("KH"));
    world.online(KH);
    let shell = world.shell(KH);
    assert_eq!((shell.link, shell.unsent, shell.loading), (Link::Live, 0, 0));
    assert_eq!(shell.me.map(|me| me.chair_of), Some(vec![(crate::domain::Framework::Accsm, 23)]));
    assert_eq!(shell.workspace, "W");
    world.offline(KH);
    world.set(KH, PROJECT, "title", "x");
    let shell = world.shell(KH);
    assert_eq!((shell.link, shell.unsent), (Link::Offline, 1));
}

#[test]
fn the_header_says_where_what_is_here_is_kept() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    world.offline(KH);
    world.set(KH, PROJECT, "title", "x");
    assert_eq!((world.shell(KH).kept, world.shell(KH).unsent), (Kept::Disk, 1));
    // Another window holds the store when this device starts again: nothing is known yet, and nothing is said to be.
    let disk = world.node(KH).disk.clone();
    world.nodes.insert(KH, Node::start(KH, disk));
    world.feed(KH, Input::Standing(Standing::Taken));
    let shell = world.shell(KH);
    assert_eq!((shell.kept, shell.me.is_some()), (Kept::Opening, false));
    world.feed(KH, Input::Opened { contents: Box::default(), volatile: true });
    assert_eq!(world.shell(KH).kept, Kept::Memory);
}

#[test]
fn what_a_plan_says_changes_without_its_table_being_sent_again() {
    let mut world = World::new();
    for device in [KH, ASEC] {
        world.join(device);
        world.online(device);
    }
    world.request(KH, Request::Subscribe { sub: 1, query: Query::Plan { doc: PLAN } });
    // How far others are is told with the next thing that happens, and concerns rows.
    world.tell_seen();
    world.node(KH).replies.clear();
    world.set(ASEC, PLAN, "title", "Another title");
    let sent = views_of(&mut world, KH, 1);
    let mut titles = Vec::new();
    for reply in &sent {
        let Reply::Rows { head, changed, .. } = reply else { panic!("a whole table: {reply:?}") };
        assert!(head.is_none() || changed.is_empty(), "no row says anything of the plan: {changed:?}");
        if let Some(head) = head {
            assert_eq!(head.rows, []);
            titles.push(head.card.title.clone());
        }
    }
    assert_eq!(titles.last().map(String::as_str), Some("Another title"));
}

#[test]
fn marks_are_per_record() {
    let mut world = World::new();
    for device in [KH, ASEC] {
        world.join(device);
        world.online(device);
    }
    let id = crate::domain::EntityId::from_bytes([7; 16]);
    let add = crate::domain::Edit::Add {
        to: "activities".to_owned(),
        id,
        place: Some(crate::domain::Place { parent: None, key: "m".to_owned() }),
        fields: vec![],
        texts: vec![],
    };
    world.command(KH, crate::engine::api::Command::Edit { doc: PROJECT, edit: add });
    world.tell_seen();
    world.offline(KH);
    world.set(KH, PROJECT, "title", "only the root");
    let marks = world.project(KH, PROJECT).marks;
    let root = crate::domain::EntityId::from_bytes(PROJECT.to_bytes());
    assert_eq!((marks.get(&root), marks.get(&id)), (Some(&Mark::Device), Some(&Mark::Seen { delegations: 1 })));
}

#[test]
fn a_claim_says_for_which_party_it_was_made() {
    let mut world = World::new();
    world.join(KH);
    world.online(KH);
    let claim = crate::domain::Edit::Claim {
        id: crate::domain::EntityId::from_bytes([8; 16]),
        what: crate::domain::ClaimKind::Status,
        value: "PLANNED".into(),
        as_of: None,
        evidence: String::new(),
        reason: String::new(),
        supersedes: Vec::new(),
    };
    world.command(KH, crate::engine::api::Command::Edit { doc: PROJECT, edit: claim });
    let claims = world.project(KH, PROJECT).snapshot.claims;
    let by: Vec<_> = claims.iter().map(|claim| claim.origin.party.as_ref().map(ToString::to_string)).collect();
    assert_eq!(by, [Some("KH".to_owned())]);
}

#[test]
fn an_invitation_for_oneself_names_the_person_and_one_for_someone_else_names_nobody() {
    let mut world = World::new();
    world.join(KH);
    let someone = Invitee::Someone { party: "KH".parse().expect("a code"), role: crate::domain::Role::FocalPoint };
    for whom in [Invitee::Myself, someone] {
        world.command(KH, crate::engine::api::Command::Invite { whom, days: 3 });
    }
    let me = person(KH).to_string();
    let asked = world.calls.iter().filter(|(path, _)| *path == "/v1/invitations");
    let asked: Vec<_> = asked.map(|(_, body)| serde_json::from_str::<InviteRequest>(body).expect("reads")).collect();
    assert_eq!(asked.iter().map(|request| request.person.clone()).collect::<Vec<_>>(), [Some(me), None]);
    assert!(asked.iter().all(|request| (request.party.as_str(), request.role.as_str()) == ("KH", "focal-point")));
}

#[test]
fn people_are_shown_by_the_facts() {
    let mut world = World::new();
    for device in [KH, ASEC] {
        world.join(device);
        world.online(device);
    }
    world.tell_seen();
    let View::People(people) = world.see(KH, Query::People) else { panic!("no people") };
    let codes: Vec<_> = people.parties.iter().map(|party| party.code.to_string()).collect();
    assert_eq!(codes, ["ASEC", "KH", "VN"]);
    assert_eq!(people.parties[0].unseen.as_deref(), Some([].as_slice()));
    assert_eq!(people.parties[0].heard_at, Some(world.now));
    assert_eq!((people.parties[2].unseen.as_ref(), people.parties[2].heard_at), (None, None), "never in contact");
    let View::Device(device) = world.see(KH, Query::Device) else { panic!("no device") };
    assert_eq!(device.cursor, device.head);
    assert!(device.bytes > 0 && device.documents.values().sum::<u32>() == 2);
}

#[test]
fn a_party_whose_rights_began_by_date_has_not_seen_what_went_before() {
    let mut world = World::new();
    // From tomorrow on, by a fact that everyone has had for long.
    let id = crate::domain::EntityId::from_bytes([VN; 16]);
    world.hub.fact(&Fact::Member {
        id,
        party: code("VN"),
        framework: Framework::Accsm,
        status: MembershipStatus::Member,
        from: Some(date("2026-03-02")),
        to: None,
        stated: 0,
    });
    for device in [KH, VN] {
        world.join(device);
        world.online(device);
    }
    world.set(KH, PROJECT, "title", "Before their time");
    world.tell_seen();
    assert_eq!(world.mark(KH, PROJECT), Mark::Hub);
    world.later(86_400_000);
    world.online(KH);
    world.tell_seen();
    assert_eq!(world.mark(KH, PROJECT), Mark::Hub, "its cursor has passed the change, and it was not given it");

    let cursor = world.hub.rows.len() as u64;
    let mut seen = |missing: Vec<crate::sync::frame::Id>| {
        let parties =
            vec![PartySeen { party: "VN".to_owned(), cursor, missing, as_of: world.now, heard_at: world.now }];
        world.node(KH).from_hub.push_back(Frame::Seen { parties, revision: 99 });
        world.pump();
        world.mark(KH, PROJECT)
    };
    assert_eq!(seen(vec![PROJECT.to_bytes().into()]), Mark::Hub, "it knows what it lacks");
    assert_eq!(seen(Vec::new()), Mark::Seen { delegations: 1 });
}

#[test]
fn what_a_delegation_has_not_got_is_named_by_the_page_where_it_is_read() {
    let mut world = World::new();
    for device in [KH, VN, ASEC] {
        world.join(device);
        world.online(device);
    }
    world.tell_seen();
    let of = |world: &mut World, code: &str| {
        let View::People(people) = world.see(ASEC, Query::People) else { panic!("no people") };
        let party = people.parties.into_iter().find(|party| party.code.to_string() == code).expect("known");
        party.unseen.map(|lines| lines.into_iter().map(|line| (line.doc, line.title)).collect::<Vec<_>>())
    };
    assert_eq!(of(&mut world, "VN"), Some(vec![]));
    world.offline(VN);
    world.set(KH, PROJECT, "title", "Said while they were away");
    world.tell_seen();
    let line = (PROJECT, "Said while they were away".to_owned());
    assert_eq!(of(&mut world, "VN"), Some(vec![line]));
    assert_eq!(of(&mut world, "KH"), Some(vec![]), "who wrote it has it");
    world.online(VN);
    world.tell_seen();
    assert_eq!(of(&mut world, "VN"), Some(vec![]));
}
