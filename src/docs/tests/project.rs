//! What a project says: of meetings, years and the Secretariat's own fields; from both sides, in both orders.

use std::collections::BTreeSet;

use super::*;
use crate::{
    docs::{Doc, DocsError},
    domain::{
        Act, At, ClaimKind, DocId, DocKind, Edit, Value,
        comment::Settled,
        project::{Classified, ProjectStatus, SecretariatField, StatusStep},
    },
};

const MEETING: DocId = DocId::from_bytes([5; 16]);

fn act(n: u8, act: Act) -> Edit {
    Edit::Act { id: entity(n), act, target: Some(entity(9)), term: None, reason: String::new() }
}

fn stored(doc: &Doc, map: &automerge::ObjId, n: u8) -> serde_json::Value {
    let stored = automerge::ReadDoc::get(&doc.automerge, map, entity(n).to_string()).expect("a map").expect("an entry");
    serde_json::from_str(stored.0.as_str().expect("text")).expect("JSON")
}

#[test]
fn a_claim_made_at_a_meeting_is_a_claim_to_a_version_before() {
    let mut doc = Doc::new(DocKind::Project);
    let claim = Edit::ClaimAt {
        id: entity(1),
        what: ClaimKind::Status,
        value: "COMPLETED".into(),
        as_of: None,
        evidence: String::new(),
        reason: String::new(),
        supersedes: vec![],
        meeting: MEETING,
    };
    let made = doc.edit(&claim, &author(1)).expect("a claim");
    let body = stored(&doc, &doc.roots().claims.clone(), 1);
    // That version reads these words and leaves the rest.
    assert_eq!(body, serde_json::json!({"what": "status", "value": "COMPLETED", "meeting": MEETING.to_string()}));
    assert_eq!(snapshot(&doc).claims[0].meeting, Some(MEETING));
    assert_eq!(crate::docs::retell::retold(&doc, &made.hash).expect("reads"), [claim]);
}

#[test]
fn the_acts_about_a_project_come_back_whole() {
    let step = StatusStep { to: ProjectStatus::Included, meeting: Some(MEETING), on: "2022-08-03".parse().ok() };
    let said = Classified { field: SecretariatField::Cooperation, value: "joint-effort".to_owned() };
    let acts = [
        (
            act(1, Act::PublishStep(Box::new(step))),
            serde_json::json!({"act": "publish-status", "to": "INCLUDED", "meeting": MEETING.to_string(), "on": "2022-08-03"}),
        ),
        (
            act(2, Act::Classify(Box::new(said))),
            serde_json::json!({"act": "classify", "to": "joint-effort", "field": "cooperation"}),
        ),
        (act(3, Act::Settle(Settled::Resolved)), serde_json::json!({"act": "settle", "to": "resolved"})),
    ];
    for (n, (edit, expected)) in (1..).zip(acts) {
        let mut doc = Doc::new(DocKind::Plan);
        doc.edit(&edit, &author(1)).expect("an act");
        assert_eq!(stored(&doc, &doc.roots().acts.clone(), n)["do"], expected);
        let Edit::Act { act, .. } = edit else { panic!("an act") };
        assert_eq!(snapshot(&doc).acts[0].act, Some(act));
    }
    let plain = StatusStep { to: ProjectStatus::Ongoing, meeting: None, on: None };
    let mut doc = Doc::new(DocKind::Plan);
    doc.edit(&act(1, Act::PublishStep(Box::new(plain))), &author(1)).expect("an act");
    assert_eq!(snapshot(&doc).acts[0].act, Some(Act::PublishStatus(ProjectStatus::Ongoing)), "nothing more is said");
}

#[test]
fn values_of_years_merge_year_by_year() {
    let indicator = Edit::Add {
        to: "indicators".to_owned(),
        id: entity(1),
        place: Some(place(None, "a")),
        fields: vec![("title".to_owned(), "Officers trained".into()), ("target".to_owned(), "200".into())],
        texts: vec![],
    };
    let year = |name: &str, value: &str, seen: &[Value]| Edit::Set {
        at: At::of(entity(1), name),
        value: value.into(),
        seen: seen.to_vec(),
    };
    let mut group = Group::new(DocKind::Project, 2);
    group.edit(0, &indicator);
    group.meet();
    group.edit(0, &year("targets:2023", "40", &[]));
    group.edit(1, &year("actuals:2023", "38", &[]));
    group.edit(1, &year("targets:2024", "45", &[]));
    let record = group.meet().collection("indicators")[0].clone();
    let line = |name: &str| record.line(name).to_owned();
    assert_eq!([line("targets:2023"), line("actuals:2023"), line("targets:2024")], ["40", "38", "45"]);
    assert_eq!(line("target"), "200", "what a version before wrote stands beside them");

    // One year from both sides: both stand until somebody who saw both chooses.
    group.edit(0, &year("targets:2023", "41", &["40".into()]));
    group.edit(1, &year("targets:2023", "42", &["40".into()]));
    let held = group.meet().collection("indicators")[0].fields["targets:2023"].clone();
    let both: BTreeSet<_> = held.others.iter().chain([&held.value]).cloned().collect();
    assert_eq!(both, BTreeSet::from(["41".into(), "42".into()]));
    group.edit(1, &year("targets:2023", "41", &["41".into(), "42".into()]));
    let held = group.meet().collection("indicators")[0].fields["targets:2023"].clone();
    assert_eq!((held.value, held.others), ("41".into(), vec![]));

    for wrong in ["targets", "targets:23", "targets:20233", "targets:km"] {
        let refused = group.try_edit(0, &year(wrong, "1", &[]));
        assert!(
            matches!(refused, Err(DocsError::BadValue { .. } | DocsError::UnknownField(_))),
            "{wrong}: {refused:?}"
        );
    }
}
