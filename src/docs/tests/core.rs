//! Writing, reading, loading and refusing.

use super::*;
use crate::{
    docs::{Doc, DocsError, genesis, scan},
    domain::{
        Act, At, ClaimKind, DocKind, Edit, Value,
        meeting::MeetingState,
        schema::{self, FieldKind},
    },
};

#[test]
fn every_schema_has_its_containers_in_the_first_changes() {
    for &kind in DocKind::ALL {
        let Some(table) = schema::of(kind) else { continue };
        let snapshot = snapshot(&Doc::new(kind));
        let prose: Vec<_> = table.fields.iter().filter(|field| field.kind == FieldKind::Prose).collect();
        assert_eq!(snapshot.root.texts.len(), prose.len(), "{kind}");
        for field in prose {
            // A text made by the first changes takes typing from two devices; one made later would not.
            let mut group = Group::new(kind, 2);
            group.edit(0, &typed(At::root(field.name), "", 0, 0, "one"));
            group.edit(1, &typed(At::root(field.name), "", 0, 0, "two"));
            let text = group.meet().root.text(field.name).to_owned();
            assert!(text.contains("one") && text.contains("two"), "{kind} {}: {text}", field.name);
        }
        for collection in table.collections {
            let id = entity(7);
            let place = collection.placed.then(|| place(None, "a"));
            let add = Edit::Add { to: collection.name.to_owned(), id, place, fields: vec![], texts: vec![] };
            let mut doc = Doc::new(kind);
            let made = doc.edit(&add, &author(1)).expect("the collection is there");
            assert_eq!(made.touched.into_iter().collect::<Vec<_>>(), [id]);
        }
    }
}

#[test]
fn a_change_knows_its_writer_and_time() {
    let mut doc = Doc::new(DocKind::Project);
    let claim = Edit::Claim {
        id: entity(1),
        what: ClaimKind::Status,
        value: "ONGOING".into(),
        as_of: "2024-Q3".parse().ok(),
        evidence: "report".to_owned(),
        reason: String::new(),
        supersedes: vec![],
    };
    let made = doc.edit(&claim, &author(4)).expect("a claim");
    assert!(made.touches_root && made.touched.is_empty());
    let claims = snapshot(&doc).claims;
    assert_eq!(claims[0].origin.device, Some(author(4).actor.device()));
    assert_eq!(claims[0].origin.millis, author(4).millis);
    assert_eq!(claims[0].as_of, "2024-Q3".parse().ok());
    assert_eq!(doc.edit(&claim, &author(4)), Err(DocsError::Exists(entity(1).to_string())));
}

#[test]
fn acts_take_effect_in_the_hubs_order() {
    let mut doc = Doc::new(DocKind::Meeting);
    let act = |n: u8, state| Edit::Act {
        id: entity(n),
        act: Act::MoveMeeting(state),
        target: Some(entity(9)),
        term: Some(22),
        reason: String::new(),
    };
    let first = doc.edit(&act(5, MeetingState::Invited), &author(1)).expect("an act");
    let second = doc.edit(&act(3, MeetingState::Postponed), &author(1)).expect("an act");
    doc.edit(&act(1, MeetingState::Closed), &author(1)).expect("an act");
    assert!(first.touched.contains(&entity(9)));
    let order = |hash: &[u8; 32]| match hash {
        _ if *hash == first.hash => Some(8),
        _ if *hash == second.hash => Some(7),
        _ => None,
    };
    let acts = doc.snapshot(&order).expect("a document").acts;
    let order: Vec<_> = acts.iter().map(|act| (act.id, act.number)).collect();
    assert_eq!(order, [(entity(3), Some(7)), (entity(5), Some(8)), (entity(1), None)]);
    assert_eq!(acts[0].act, Some(Act::MoveMeeting(MeetingState::Postponed)));
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let mut doc = Doc::new(DocKind::Project);
    let before = doc.save();
    let long = "x".repeat(5_000);
    let refused: &[(&str, Edit)] = &[
        ("unknown-field", set("no-such-field", "x".into(), &[])),
        ("unknown-field", set("objective", "x".into(), &[])),
        ("unknown-field", set("title:vi", "x".into(), &[])),
        ("unknown-field", set("partners", Value::Bool(true), &[])),
        ("bad-value", set("title", "two\nlines".into(), &[])),
        ("bad-value", set("title", long.as_str().into(), &[])),
        ("bad-value", set("title", Value::Int(3), &[])),
        ("bad-value", set("mode", "by-post".into(), &[])),
        ("bad-value", set("confirmed", "2024-13".into(), &[])),
        ("bad-value", set("lead", "Cambodia".into(), &[])),
        ("bad-value", set("partners:kh", Value::Bool(true), &[])),
        ("bad-value", set("partners:KH", "yes".into(), &[])),
        ("bad-value", set("titles:not_a_tag", "x".into(), &[])),
        ("bad-value", set("budget-amount", "12".into(), &[])),
        ("bad-value", set("plan", "12".into(), &[])),
        ("unknown-entity", Edit::Withdraw { id: entity(1), reason: String::new() }),
        ("unknown-field", typed(At::root("title"), "", 0, 0, "x")),
        ("bad-splice", typed(At::root("objective"), "", 1, 0, "x")),
        ("bad-splice", typed(At::root("objective"), "a😀b", 2, 0, "x")),
        ("no-change", typed(At::root("objective"), "", 0, 0, "")),
        (
            "unknown-collection",
            Edit::Add { to: "items".to_owned(), id: entity(1), place: None, fields: vec![], texts: vec![] },
        ),
        (
            "bad-value",
            Edit::Add { to: "activities".to_owned(), id: entity(1), place: None, fields: vec![], texts: vec![] },
        ),
    ];
    for (word, edit) in refused {
        assert_eq!(doc.edit(edit, &author(1)).map_err(|error| error.word()), Err(*word), "{edit:?}");
    }
    assert_eq!(doc.save(), before);
    assert_eq!(doc.heads(), Doc::new(DocKind::Project).heads());
}

#[test]
fn a_document_made_whole_is_one_change_and_makes_nothing_twice() {
    let edits = [
        set("title", "Study".into(), &[]),
        typed(At::root("objective"), "", 0, 0, "Why"),
        Edit::Add {
            to: "activities".to_owned(),
            id: entity(1),
            place: Some(place(None, "a")),
            fields: vec![],
            texts: vec![],
        },
    ];
    let mut doc = Doc::new(DocKind::Project);
    let made = doc.edit_together(&edits, &author(1)).expect("one change");
    let copy = Doc::load(DocKind::Project, [made.bytes.as_slice()]).expect("loads");
    let shown = snapshot(&copy);
    assert_eq!((shown.root.line("title"), shown.root.text("objective")), ("Study", "Why"));
    assert_eq!(shown.collection("activities").len(), 1);

    let twice = [edits[2].clone(), edits[2].clone()];
    let before = doc.save();
    let refused = Doc::new(DocKind::Project).edit_together(&twice, &author(1));
    assert_eq!(refused, Err(DocsError::Exists(entity(1).to_string())));
    assert!(
        doc.edit_together(&[set("title", "Other".into(), &[]), set("nothing", "x".into(), &[])], &author(1)).is_err()
    );
    assert_eq!(doc.save(), before, "a refusal changes nothing");
}

#[test]
fn writing_what_stands_is_no_change() {
    let mut doc = Doc::new(DocKind::Project);
    doc.edit(&set("title", "One".into(), &[]), &author(1)).expect("a title");
    assert_eq!(doc.edit(&set("title", "One".into(), &["One".into()]), &author(1)), Err(DocsError::NoChange));
    assert_eq!(doc.changes().len(), genesis::changes(DocKind::Project).len() + 1);
}

#[test]
fn changes_wait_for_what_they_stand_on() {
    let mut writer = Doc::new(DocKind::Project);
    let made: Vec<_> = ["a", "b", "c"]
        .iter()
        .map(|title| writer.edit(&set("title", (*title).into(), &[]), &author(1)).expect("a title"))
        .collect();
    let mut reader = Doc::new(DocKind::Project);
    let applied = reader.apply(&[&made[2].bytes]).expect("a change");
    assert!(applied.hashes.is_empty() && !applied.touches_root);
    assert_eq!(applied.waiting.absent.into_iter().collect::<Vec<_>>(), [made[1].hash]);

    // What waits survives saving, and no local change may take its place.
    let mut reader = Doc::load(DocKind::Project, [reader.save().as_slice()]).expect("saved");
    assert!(reader.waiting().changes.contains(&made[2].hash));
    assert_eq!(reader.edit(&set("title", "x".into(), &[]), &author(1)), Err(DocsError::ActorBehind));

    let applied = reader.apply(&[&made[1].bytes, &made[0].bytes, &made[0].bytes]).expect("changes");
    assert_eq!(applied.hashes, made.iter().map(|made| made.hash).collect::<Vec<_>>());
    assert!(applied.touches_root && applied.waiting.is_empty());
    assert_eq!(snapshot(&reader), snapshot(&writer));
}

#[test]
fn two_histories_of_one_actor_are_refused_whole() {
    let mut one = Doc::new(DocKind::Project);
    let mut two = Doc::new(DocKind::Project);
    let a = one.edit(&set("title", "a".into(), &[]), &author(1)).expect("a title");
    let b = two.edit(&set("title", "b".into(), &[]), &author(1)).expect("a title");
    let c = Doc::new(DocKind::Project).edit(&set("venue", "c".into(), &[]), &author(2)).expect("a venue");
    let fork = Err(DocsError::Fork { actor: Some(author(1).actor), seq: 1 });
    assert_eq!(one.apply(&[&c.bytes, &b.bytes]), fork);
    assert!(!one.has(&c.hash), "none of a refused batch is taken");
    assert_eq!(Doc::new(DocKind::Project).apply(&[&a.bytes, &b.bytes]), fork);
    one.apply(&[&c.bytes]).expect("goes on");
    assert!(one.has(&c.hash));
}

#[test]
fn a_document_of_another_kind_is_refused() {
    let mut plan = Doc::new(DocKind::Plan);
    let change = plan.edit(&set("title", "x".into(), &[]), &author(1)).expect("a title");
    let first = &genesis::changes(DocKind::Plan)[0];
    assert_eq!(Doc::load(DocKind::Project, [plan.save().as_slice()]).err(), Some(DocsError::Foreign));
    assert_eq!(Doc::new(DocKind::Project).apply(&[&first.bytes]), Err(DocsError::Foreign));
    let applied = Doc::new(DocKind::Project).apply(&[&change.bytes]).expect("waits for ever");
    assert!(applied.waiting.absent.contains(&first.hash));
}

#[test]
fn an_act_of_a_kind_not_known_here_is_listed_and_not_applied() {
    let mut doc = Doc::new(DocKind::Meeting);
    let body = r#"{"do":{"act":"adopt-by-acclamation","to":"x"},"target":null,"term":23,"reason":"later"}"#;
    let acts = doc.roots().acts.clone();
    let mut tx = doc.automerge.transaction();
    automerge::transaction::Transactable::put(&mut tx, &acts, entity(1).to_string(), body).expect("a map");
    tx.commit();
    let acts = snapshot(&doc).acts;
    assert_eq!((&acts[0].act, acts[0].term, acts[0].reason.as_str()), (&None, Some(23), "later"));
}

#[test]
fn a_write_that_settles_values_says_which_it_saw() {
    let mut group = Group::new(DocKind::Project, 2);
    group.edit(0, &set("title", "a".into(), &[]));
    group.edit(1, &set("title", "b".into(), &[]));
    group.meet();
    let made = group.edit(0, &set("title", "c".into(), &["a".into(), "b".into()]));
    let change = automerge::Change::try_from(made.bytes.as_slice()).expect("a change");
    assert_eq!(change.message(), Some(r#"{"saw":["a","b"]}"#));
    let made = group.edit(0, &set("title", "d".into(), &["c".into()]));
    let change = automerge::Change::try_from(made.bytes.as_slice()).expect("a change");
    assert_eq!(change.message(), None, "nothing was settled");
}

#[test]
fn an_edit_the_hub_would_refuse_for_its_size_is_refused_here() {
    let mut doc = Doc::new(DocKind::Project);
    let book = "ក".repeat(150_000);
    assert_eq!(doc.edit(&typed(At::root("objective"), "", 0, 0, &book), &author(1)), Err(DocsError::TooLarge));
    let chapter = "ក".repeat(110_000);
    let made = doc.edit(&typed(At::root("objective"), "", 0, 0, &chapter), &author(1)).expect("fits");
    assert!(scan::scan(&made.bytes, &scan::Limits::default()).is_ok());
}

#[test]
fn a_bad_change_that_waited_does_not_hold_up_the_good_ones() {
    let mut honest = Doc::new(DocKind::Project);
    let first = honest.edit(&set("title", "a".into(), &[]), &author(1)).expect("a title");
    let good = honest.edit(&set("title", "b".into(), &[]), &author(1)).expect("a title");
    // Another history of author 2, which stands on what the reader does not have yet.
    let mut cloned = honest.clone();
    let bad = cloned.edit(&set("venue", "x".into(), &[]), &author(2)).expect("a venue");
    let mut reader = Doc::new(DocKind::Project);
    let mine = reader.edit(&set("remarks", "mine".into(), &[]), &author(2)).expect("remarks");
    reader.apply(&[&bad.bytes]).expect("it waits");
    let applied = reader.apply(&[&first.bytes, &good.bytes]).expect("the good ones are taken");
    assert_eq!(applied.hashes, [first.hash, good.hash]);
    assert!(applied.waiting.is_empty() && reader.has(&mine.hash) && !reader.has(&bad.hash));
}
