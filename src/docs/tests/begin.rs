//! Documents made from another, and steps that freeze: what two people do apart, and what other versions read.

use super::*;
use crate::{
    docs::Doc,
    domain::{
        Act, At, DocId, DocKind, Edit, Value,
        baseline::Baseline,
        plan::{PlanState, PlanStep},
    },
};

fn begin(title: &str, objective: &str) -> Edit {
    Edit::Begin {
        fields: vec![("title".to_owned(), title.into()), ("co-leads:VN".to_owned(), Value::Bool(true))],
        texts: vec![("objective".to_owned(), objective.to_owned()), ("challenges".to_owned(), String::new())],
    }
}

#[test]
fn two_who_begin_the_same_document_apart_leave_one_text() {
    let mut group = Group::new(DocKind::Project, 2);
    group.edit(0, &begin("Digitalization", "To serve people better."));
    group.edit(1, &begin("Digitalization", "To serve people better."));
    let root = group.meet().root.clone();
    assert_eq!((root.line("title"), root.text("objective")), ("Digitalization", "To serve people better."));
    assert!(root.fields.values().all(|held| held.others.is_empty()), "{root:?}");
    // And what is typed from then on is typed in one text.
    group.edit(0, &typed(At::root("objective"), "To serve people better.", 0, 2, "We"));
    assert_eq!(group.meet().root.text("objective"), "We serve people better.");
}

#[test]
fn where_their_beginnings_differ_both_are_seen() {
    let mut group = Group::new(DocKind::Project, 2);
    group.edit(0, &begin("One", "First words."));
    group.edit(1, &begin("Two", "Second words."));
    let root = group.meet().root.clone();
    assert_eq!(root.fields["title"].others.len(), 1);
    let held = root.fields["objective"].others.first().and_then(Value::as_str).expect("beside it");
    let both = [root.text("objective"), held];
    assert!(both.contains(&"First words.") && both.contains(&"Second words."), "{both:?}");
}

#[test]
fn a_beginning_puts_nothing_in_the_place_of_what_was_written() {
    let mut doc = Doc::new(DocKind::Project);
    doc.edit(&begin("One", "First."), &author(1)).expect("begins");
    doc.edit(&set("title", "Renamed".into(), &["One".into()]), &author(1)).expect("a title");
    doc.edit(&typed(At::root("objective"), "First.", 0, 6, "Rewritten."), &author(1)).expect("typed");
    assert_eq!(doc.edit(&begin("One", "First."), &author(2)), Err(crate::docs::DocsError::NoChange));
    let read = snapshot(&doc);
    assert_eq!((read.root.line("title"), read.root.text("objective")), ("Renamed", "Rewritten."));
}

#[test]
fn a_beginning_knows_the_fields_of_its_kind() {
    let mut doc = Doc::new(DocKind::Plan);
    let unknown = Edit::Begin { fields: vec![("objective".to_owned(), "x".into())], texts: Vec::new() };
    assert!(doc.edit(&unknown, &author(1)).is_err());
    let unknown = Edit::Begin { fields: Vec::new(), texts: vec![("title".to_owned(), "x".to_owned())] };
    assert!(doc.edit(&unknown, &author(1)).is_err());
}

fn step(n: u8, step: PlanStep) -> Edit {
    let act = Act::StepPlan(Box::new(step));
    Edit::Act { id: entity(n), act, target: None, term: Some(23), reason: String::new() }
}

#[test]
fn a_step_is_stored_so_that_a_version_before_reads_the_state() {
    let mut doc = Doc::new(DocKind::Plan);
    let (meeting, project) = (DocId::from_bytes([5; 16]), DocId::from_bytes([6; 16]));
    let baseline = Baseline { manifest: vec![0x80], waits: vec![(project, [7; 32])] };
    let adopted = PlanStep {
        to: PlanState::HcsAdopted,
        meeting: Some(meeting),
        on: "2020-11-18".parse().ok(),
        baseline: Some(baseline),
    };
    doc.edit(&step(1, adopted.clone()), &author(1)).expect("an act");
    let acts = doc.roots().acts.clone();
    let stored =
        automerge::ReadDoc::get(&doc.automerge, &acts, entity(1).to_string()).expect("a map").expect("the act");
    let body: serde_json::Value = serde_json::from_str(stored.0.as_str().expect("text")).expect("JSON");
    let expected = serde_json::json!({"do": {
        "act": "move-plan",
        "to": "HCS_ADOPTED",
        "meeting": meeting.to_string(),
        "on": "2020-11-18",
        "manifest": "gA",
        "waits": [[project.to_string(), "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"]],
    }, "term": 23});
    assert_eq!(body, expected);
    assert_eq!(snapshot(&doc).acts[0].act, Some(Act::StepPlan(Box::new(adopted))), "and comes back whole");
}

#[test]
fn a_step_that_says_only_the_state_is_the_plain_one() {
    let mut doc = Doc::new(DocKind::Plan);
    doc.edit(&step(1, PlanStep { to: PlanState::InForce, meeting: None, on: None, baseline: None }), &author(1))
        .expect("an act");
    assert_eq!(snapshot(&doc).acts[0].act, Some(Act::MovePlan(PlanState::InForce)));
}

/// What is made whole: fields, prose, an activity and a claim, in one change.
fn whole(title: &str, activity: &str) -> Edit {
    let claim = Edit::Claim {
        id: entity(2),
        what: crate::domain::ClaimKind::Status,
        value: "PROPOSED".into(),
        as_of: None,
        evidence: String::new(),
        reason: String::new(),
        supersedes: vec![],
    };
    let add = Edit::Add {
        to: "activities".to_owned(),
        id: entity(1),
        place: Some(place(None, "m")),
        fields: vec![("title".to_owned(), activity.into())],
        texts: vec![],
    };
    Edit::Make(vec![begin(title, "To serve people better."), add, claim])
}

#[test]
fn what_is_made_whole_is_one_change_and_made_twice_it_is_one_document() {
    let mut group = Group::new(DocKind::Project, 2);
    let (mine, theirs) = (group.edit(0, &whole("One", "Study")), group.edit(1, &whole("One", "Study")));
    assert_ne!(mine.hash, theirs.hash, "two people made it apart");
    for (made, n) in [(&mine, 1), (&theirs, 2)] {
        let alone = Doc::load(DocKind::Project, [made.bytes.as_slice()]).expect("loads");
        assert_eq!((snapshot(&alone).root.line("title"), alone.authors().len()), ("One", 2), "by {n}, in one change");
    }
    let both = group.meet();
    assert_eq!((both.root.line("title"), both.root.text("objective")), ("One", "To serve people better."));
    assert!(both.root.fields.values().all(|held| held.others.is_empty()), "{both:?}");
    let activities: Vec<_> = both.collection("activities").iter().map(|one| one.line("title")).collect();
    assert_eq!((activities, both.claims.len()), (vec!["Study"], 1));
    // Run again where it is already: nothing, and what was written since stays.
    group.edit(0, &set("title", "Renamed".into(), &["One".into()]));
    assert_eq!(group.try_edit(0, &whole("One", "Study")), Err(crate::docs::DocsError::NoChange));
    // Where only a part is there, the rest is added.
    let mut partly = Doc::new(DocKind::Project);
    partly.edit(&set("title", "Kept".into(), &[]), &author(3)).expect("a title");
    partly.edit(&whole("One", "Study"), &author(4)).expect("the rest");
    let shown = snapshot(&partly);
    assert_eq!((shown.root.line("title"), shown.collection("activities").len()), ("Kept", 1));
}

#[test]
fn who_wrote_what_a_document_says_leaves_out_acts_and_nothing_else() {
    let clear = Act::StepDraft(Box::new(crate::domain::draft::Cleared {
        to: crate::domain::draft::DraftStep::Approved,
        of: [7; 32],
    }));
    let approve = |n| Edit::Act { id: entity(n), act: clear.clone(), target: None, term: None, reason: String::new() };
    let mut doc = Doc::new(DocKind::Draft);
    let words = doc.edit(&set("title", "One".into(), &[]), &author(1)).expect("a title").hash;
    doc.edit(&approve(1), &author(2)).expect("an act");
    // Words that hide behind an act in one change are words.
    let hidden = [approve(2), set("remarks", "hidden".into(), &[])];
    let hidden = doc.edit_together(&hidden, &author(3)).expect("both").hash;
    let writers: Vec<_> = doc.writers().into_iter().map(|(hash, ..)| hash).collect();
    assert_eq!(writers, [words, hidden]);
    assert_eq!(snapshot(&doc).acts.len(), 2);
    let Some(Act::StepDraft(step)) = &snapshot(&doc).acts[0].act else { panic!("a step") };
    assert_eq!((step.to, step.of), (crate::domain::draft::DraftStep::Approved, [7; 32]), "comes back whole");
    let acts = doc.roots().acts.clone();
    let stored = automerge::ReadDoc::get(&doc.automerge, &acts, entity(1).to_string()).expect("a map").expect("it");
    let body: serde_json::Value = serde_json::from_str(stored.0.as_str().expect("text")).expect("JSON");
    let of = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
    assert_eq!(body, serde_json::json!({"do": {"act": "step-draft", "to": "APPROVED", "of": of}}));
}
