//! What changes said.

use std::collections::BTreeSet;

use super::*;
use crate::{
    docs::tests::bench::{Group, author, entity, item, place, set, typed},
    domain::{At, ClaimKind, DocKind, Edit},
};

fn told(doc: &Doc) -> Vec<Vec<String>> {
    let steps = doc.story().expect("a story");
    steps.iter().map(|step| step.said.iter().map(|said| word(doc, step, said)).collect()).collect()
}

fn word(doc: &Doc, step: &Step, said: &Said) -> String {
    let of = said.record.map_or_else(|| "root".to_owned(), |id| format!("{}", id.to_bytes()[0]));
    match &said.deed {
        Deed::Set { field, from, to, .. } => format!("{of} {field}: {from:?} -> {to:?}"),
        Deed::Wrote { field, text } => {
            format!("{of} {field}: {} => {}", doc.words_at(text, &step.deps), doc.words_at(text, &[step.hash]))
        }
        other => format!("{of} {other:?}"),
    }
}

#[test]
fn every_kind_of_edit_is_told_with_what_stood_before() {
    let mut group = Group::new(DocKind::Session, 1);
    group.edit(0, &item(1, None, "a", "One"));
    group.edit(0, &Edit::Set { at: At::of(entity(1), "title"), value: "Two".into(), seen: vec!["One".into()] });
    group.edit(0, &typed(At::of(entity(1), "note"), "", 0, 0, "A word"));
    group.edit(0, &typed(At::of(entity(1), "note"), "A word", 2, 0, "good "));
    group.edit(0, &Edit::Move { id: entity(1), place: place(None, "b") });
    group.edit(0, &Edit::Withdraw { id: entity(1), reason: "Not now".to_owned() });
    group.edit(0, &Edit::Restore { id: entity(1) });
    let expected = vec![
        vec!["1 Added".to_owned()],
        vec!["1 title: [Str(\"One\")] -> Str(\"Two\")".to_owned()],
        vec!["1 note:  => A word".to_owned()],
        vec!["1 note: A word => A good word".to_owned()],
        vec!["1 Moved".to_owned()],
        vec!["1 Withdrawn(\"Not now\")".to_owned()],
        vec!["1 Restored".to_owned()],
    ];
    assert_eq!(told(&group.docs[0]), expected);
}

#[test]
fn claims_and_acts_are_told_by_their_ids() {
    let mut group = Group::new(DocKind::Project, 1);
    let claim = Edit::Claim {
        id: entity(7),
        what: ClaimKind::Status,
        value: "ONGOING".into(),
        as_of: None,
        evidence: String::new(),
        reason: String::new(),
        supersedes: vec![],
    };
    group.edit(0, &claim);
    assert_eq!(told(&group.docs[0]), vec![vec![format!("root {:?}", Deed::Claimed(entity(7)))]]);
}

#[test]
fn one_change_asked_for_alone_says_what_it_says_among_all() {
    let mut group = Group::new(DocKind::Session, 2);
    for n in 1..40 {
        group.edit(0, &item(n, None, &format!("k{n}"), "Title"));
    }
    group.meet();
    group.edit(0, &Edit::Set { at: At::of(entity(9), "title"), value: "Mine".into(), seen: vec!["Title".into()] });
    group.edit(1, &Edit::Set { at: At::of(entity(9), "title"), value: "Theirs".into(), seen: vec!["Title".into()] });
    group.meet();
    let both = vec!["Mine".into(), "Theirs".into()];
    group.edit(1, &Edit::Set { at: At::of(entity(9), "title"), value: "Ours".into(), seen: both });
    group.edit(1, &typed(At::of(entity(9), "note"), "", 0, 0, "Words"));
    group.edit(1, &typed(At::of(entity(9), "note"), "Words", 5, 0, " more"));
    let doc = &group.docs[1];
    let all = doc.story().expect("a story");
    assert!(all.len() > 8 * 3);
    for step in &all {
        assert_eq!(doc.steps(&[step.hash]).expect("a story"), std::slice::from_ref(step));
    }
    let settled = all.iter().rev().nth(2).expect("three at least");
    assert!(
        matches!(&settled.said[..], [Said { deed: Deed::Set { from, .. }, .. }] if from.len() == 2),
        "what was written over both tells both: {settled:?}"
    );
}

#[test]
fn what_somebody_had_not_seen_is_known() {
    let mut group = Group::new(DocKind::Project, 2);
    let first = group.edit(0, &set("title", "First".into(), &[])).hash;
    group.meet();
    let mine = group.edit(0, &set("title", "Mine".into(), &["First".into()])).hash;
    let theirs = group.edit(1, &set("venue", "P".into(), &[])).hash;
    group.meet();
    let after = group.edit(1, &set("venue", "S".into(), &["P".into()])).hash;
    let doc = &group.docs[1];
    let of = BTreeSet::from([first, mine]);
    assert_eq!(doc.unseen_at(&[theirs], &of), BTreeSet::from([mine]));
    assert_eq!(doc.unseen_at(&[after], &of), BTreeSet::new());
}

#[test]
#[ignore = "a measurement"]
fn fifty_thousand() {
    let mut doc = Doc::new(DocKind::Session);
    let mut at = std::time::Instant::now();
    let mut lap = |what: &str| {
        println!("{what}: {:?}", at.elapsed());
        at = std::time::Instant::now();
    };
    for n in 0..100 {
        doc.edit(&item(n, None, &format!("k{n:03}"), "Title"), &author(n % 12)).expect("fits");
    }
    let mut texts = vec![String::new(); 100];
    for n in 0..50_000_usize {
        let which = (n / 40) % 100;
        let one = u8::try_from(which).expect("few");
        let who = author(u8::try_from(n / 200 % 12).expect("few"));
        let edit = if n % 10 == 9 {
            Edit::Set { at: At::of(entity(one), "title"), value: format!("T{n}").as_str().into(), seen: vec![] }
        } else {
            let text = &mut texts[which];
            let end = u32::try_from(text.len()).expect("short");
            let edit = typed(At::of(entity(one), "note"), text, end, 0, "abc ");
            text.push_str("abc ");
            edit
        };
        doc.edit(&edit, &who).expect("fits");
    }
    lap("made");
    let saved = doc.save();
    println!("{} bytes", saved.len());
    lap("saved");
    let doc = Doc::load(DocKind::Session, [saved.as_slice()]).expect("loads");
    lap("loaded");
    let all = doc.story().expect("tells");
    lap("told");
    let last = all.last().expect("some").hash;
    doc.steps(&[last]).expect("tells");
    lap("told one");
    let text = all.iter().rev().find_map(|step| match &step.said.first()?.deed {
        Deed::Wrote { text, .. } => Some((text.clone(), step.deps.clone(), step.hash)),
        _ => None,
    });
    let (text, deps, hash) = text.expect("words");
    println!("{} {}", doc.words_at(&text, &deps).len(), doc.words_at(&text, &[hash]).len());
    lap("two texts");
    let middle = all[25_000].hash;
    assert!(doc.unseen_at(&[middle], &BTreeSet::from([hash])).len() < 2);
    lap("unseen");
    doc.snapshot(&|_| None).expect("reads");
    lap("snapshot");
    doc.past(&|_| true, &|_| None).expect("reads");
    lap("past");
}

#[test]
fn a_document_read_at_its_heads_is_the_document_of_then() {
    let mut group = Group::new(DocKind::Session, 3);
    let title = |n: u8, value: &str| Edit::Set { at: At::of(entity(n), "title"), value: value.into(), seen: vec![] };
    for n in 1..6 {
        group.edit(n % 3, &item(n, None, &format!("k{n}"), "Title"));
        group.meet();
        group.edit(0, &title(n, "Mine"));
        group.edit(1, &title(n, "Theirs"));
        group.edit(2, &typed(At::of(entity(n), "note"), "", 0, 0, "Words"));
    }
    group.edit(1, &Edit::Move { id: entity(2), place: place(Some(1), "x") });
    group.edit(2, &Edit::Withdraw { id: entity(3), reason: "No".to_owned() });
    group.meet();
    group.edit(2, &typed(At::of(entity(1), "note"), "Words", 0, 5, "Others"));
    let doc = &group.docs[2];
    for step in doc.story().expect("a story") {
        let heads = [ChangeHash(step.hash)];
        let then = doc.automerge.fork_at(&heads).expect("a copy of then");
        let copy = Doc { kind: doc.kind, automerge: then, waiting: std::collections::BTreeMap::new(), actors: None };
        assert_eq!(doc.at(&heads, &|_| None).expect("reads"), copy.snapshot(&|_| None).expect("reads"));
    }
}
