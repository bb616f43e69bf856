//! What takes changes back: for every kind of edit, and with others' words between.

use super::*;
use crate::{
    docs::{
        Made,
        tests::bench::{Group, entity, item, place, set, snapshot, typed},
    },
    domain::{ClaimKind, DocKind},
};

fn undoing(group: &Group, device: usize, of: &[&Made]) -> Undoing {
    let hashes: Vec<Hash> = of.iter().map(|made| made.hash).collect();
    let doc = &group.docs[device];
    doc.undoing(&hashes, &snapshot(doc), entity(99)).expect("a way back")
}

/// Takes back what one device did, and says what that took.
fn undo(group: &mut Group, device: u8, of: &[&Made]) -> Vec<Made> {
    let Undoing { edits, since, fixed } = undoing(group, usize::from(device), of);
    assert!(since.is_empty() && !fixed, "{since:?}");
    edits.iter().map(|edit| group.edit(device, edit)).collect()
}

#[test]
fn every_kind_of_edit_is_taken_back_and_done_again() {
    let title = |value: &str| Edit::Set { at: At::of(entity(1), "title"), value: value.into(), seen: vec![] };
    let edits = [
        item(2, None, "b", "Two"),
        title("Other"),
        Edit::Set { at: At::of(entity(1), "partners:JP"), value: Value::Bool(true), seen: vec![] },
        typed(At::of(entity(1), "note"), "", 0, 0, "កខ words 😀"),
        Edit::Move { id: entity(1), place: place(None, "z") },
        Edit::Withdraw { id: entity(1), reason: "Not now".to_owned() },
    ];
    let mut tried = 0;
    for edit in edits {
        let mut group = Group::new(DocKind::Session, 1);
        group.edit(0, &item(1, None, "a", "One"));
        let Ok(made) = group.try_edit(0, &edit) else { continue };
        let (before, after) = (told(&group, &made.hash), snapshot(&group.docs[0]));
        let taken = undo(&mut group, 0, &[&made]);
        assert!(shown(&snapshot(&group.docs[0]), &before), "{edit:?}");
        let again: Vec<&Made> = taken.iter().collect();
        undo(&mut group, 0, &again);
        assert!(shown(&snapshot(&group.docs[0]), &after), "{edit:?} again");
        tried += 1;
    }
    assert_eq!(tried, 5, "an item has no partners");
}

/// What the document said before a change.
fn told(group: &Group, hash: &Hash) -> Snapshot {
    let steps = group.docs[0].steps(&[*hash]).expect("told");
    let heads: Vec<ChangeHash> = steps[0].deps.iter().copied().map(ChangeHash).collect();
    group.docs[0].at(&heads, &|_| None).expect("as it was")
}

/// Whether a document says what another said: what was added since is withdrawn, and what was never said is empty.
fn shown(now: &Snapshot, then: &Snapshot) -> bool {
    let live = |of: &Snapshot| -> Vec<Record> {
        let mut records: Vec<Record> = of.collections.values().flatten().cloned().collect();
        records.retain(|record| record.withdrawn.is_none());
        for record in &mut records {
            record.fields.retain(|_, held| !matches!(held.value, Value::Empty | Value::Bool(false)));
        }
        records
    };
    live(now) == live(then)
}

#[test]
fn what_others_wrote_elsewhere_in_a_text_stays_and_is_no_reason_to_ask() {
    let mut group = Group::new(DocKind::Project, 2);
    let at = At::root("objective");
    group.edit(0, &typed(at.clone(), "", 0, 0, "Train officers. Report in May."));
    group.meet();
    let mine = group.edit(0, &typed(at.clone(), "Train officers. Report in May.", 6, 8, "leaders"));
    let more = group.edit(0, &typed(at.clone(), "Train leaders. Report in May.", 13, 0, " well"));
    group.edit(1, &typed(at, "Train officers. Report in May.", 30, 0, " And in June."));
    group.meet();
    undo(&mut group, 0, &[&mine, &more]);
    assert_eq!(group.meet().root.text("objective"), "Train officers. Report in May. And in June.");
}

#[test]
fn what_others_wrote_within_is_said_first_and_kept() {
    let mut group = Group::new(DocKind::Project, 2);
    let at = At::root("objective");
    let mine = group.edit(0, &typed(at.clone(), "", 0, 0, "Train officers."));
    group.meet();
    group.edit(1, &typed(at, "Train officers.", 6, 0, "all "));
    group.meet();
    let Undoing { edits, since, .. } = undoing(&group, 0, &[&mine]);
    assert_eq!(since.len(), 1);
    for edit in &edits {
        group.edit(0, edit);
    }
    assert_eq!(group.meet().root.text("objective"), "all ", "their words stay");
}

#[test]
fn a_value_that_others_changed_since_is_said_first() {
    let mut group = Group::new(DocKind::Project, 3);
    group.edit(0, &set("title", "A".into(), &[]));
    group.meet();
    let mine = group.edit(0, &set("title", "B".into(), &["A".into()]));
    group.edit(2, &set("source-note", "S4".into(), &[]));
    group.meet();
    assert!(undoing(&group, 0, &[&mine]).since.is_empty(), "another field is no matter");
    group.edit(1, &set("title", "C".into(), &["B".into()]));
    group.meet();
    let Undoing { edits, since, .. } = undoing(&group, 0, &[&mine]);
    assert_eq!(since.len(), 1);
    assert_eq!(edits, [set("title", "A".into(), &["C".into()])]);
    // Somebody has put it back already: there is nothing to take back, and nothing to ask.
    group.edit(1, &set("title", "A".into(), &["C".into()]));
    group.meet();
    assert_eq!(undoing(&group, 0, &[&mine]), Undoing::default());
}

#[test]
fn a_choice_taken_back_puts_both_values_beside_each_other_again() {
    // Also of the value that is shown: then no value is written.
    for value in ["A", "B"] {
        let mut group = Group::new(DocKind::Project, 2);
        group.edit(0, &set("title", "A".into(), &[]));
        group.edit(1, &set("title", "B".into(), &[]));
        let held = group.meet().root.fields["title"].clone();
        let (at, reason) = (At::root("title"), "As decided at the SOM".to_owned());
        let seen = vec!["A".into(), "B".into()];
        let chosen = group.edit(0, &Edit::Choose { at, value: value.into(), seen, beside: vec![], reason });
        let after = group.meet().root.fields["title"].clone();
        assert!(after.others.is_empty());
        let step = group.docs[1].steps(&[chosen.hash]).expect("told").remove(0);
        assert!(matches!(&step.said[0].deed, Deed::Set { why, .. } if why == "As decided at the SOM"), "{step:?}");
        let back = undo(&mut group, 0, &[&chosen]);
        assert_eq!(group.meet().root.fields["title"], held);
        let back: Vec<&Made> = back.iter().collect();
        undo(&mut group, 0, &back);
        assert_eq!(group.meet().root.fields["title"], after, "and chosen again");
    }
}

#[test]
fn a_record_with_words_of_others_in_it_is_said_first() {
    let mut group = Group::new(DocKind::Session, 2);
    let mine = group.edit(0, &item(1, None, "a", "One"));
    let typed_in = group.edit(0, &typed(At::of(entity(1), "note"), "", 0, 0, "mine"));
    group.meet();
    let unit = undoing(&group, 0, &[&mine, &typed_in]);
    assert_eq!(
        unit.edits,
        [Edit::Withdraw { id: entity(1), reason: String::new() }],
        "with the record goes what is in it"
    );
    group.edit(1, &Edit::Set { at: At::of(entity(1), "title"), value: "1".into(), seen: vec!["One".into()] });
    group.meet();
    assert_eq!(undoing(&group, 0, &[&mine]).since.len(), 1);
}

#[test]
fn a_claim_goes_back_to_what_was_claimed_before_and_the_first_one_stays() {
    let claim = |n: u8, value: &str, supersedes: &[u8]| Edit::Claim {
        id: entity(n),
        what: ClaimKind::Start,
        value: value.into(),
        as_of: None,
        evidence: "Report".to_owned(),
        reason: String::new(),
        supersedes: supersedes.iter().map(|n| entity(*n)).collect(),
    };
    let mut group = Group::new(DocKind::Project, 1);
    let first = group.edit(0, &claim(1, "2026", &[]));
    assert!(undoing(&group, 0, &[&first]).fixed);
    let second = group.edit(0, &claim(2, "2027", &[1]));
    let back = undo(&mut group, 0, &[&second]);
    let says = |group: &mut Group| {
        let claims = group.meet().claims;
        standing(&claims, ClaimKind::Start).iter().map(|claim| claim.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(says(&mut group), ["2026".into()]);
    let redo = group.docs[0].undoing(&[back[0].hash], &snapshot(&group.docs[0]), entity(98)).expect("again");
    group.edit(0, &redo.edits[0]);
    assert_eq!(says(&mut group), ["2027".into()]);
    assert!(undoing(&group, 0, &[&first]).fixed, "it stands no more: nothing is to be taken back");
}
