//! What a change said is found again, and said again it says the same.

use super::*;
use crate::{
    docs::{Actor, Author},
    domain::{ClaimKind, DeviceId, DocKind},
};

fn author(device: u8) -> Author {
    Author { actor: Actor::new(DeviceId::from_bytes([device; 16]), 0), millis: 7 }
}

fn set(field: &str, value: &str) -> Edit {
    Edit::Set { at: At::root(field), value: value.into(), seen: Vec::new() }
}

fn text(base: &str, at: u32, delete: u32, insert: &str) -> Edit {
    let splices = vec![Splice { at, delete, insert: insert.to_owned() }];
    Edit::Text { at: At::root("progress"), base: base.to_owned(), splices }
}

#[test]
fn every_kind_of_edit_is_found_again_and_can_be_carried_out_again() {
    let entity = |n| EntityId::from_bytes([n; 16]);
    let claim = Edit::Claim {
        id: entity(1),
        what: ClaimKind::Status,
        value: "ONGOING".into(),
        as_of: "2024-Q3".parse().ok(),
        evidence: "A report".to_owned(),
        reason: "Because".to_owned(),
        supersedes: vec![],
    };
    let add = Edit::Add {
        to: "comments".to_owned(),
        id: entity(2),
        place: None,
        fields: vec![("about".to_owned(), entity(9).to_string().as_str().into())],
        texts: vec![("text".to_owned(), "ដំណើរការ 😀 said".to_owned())],
    };
    let withdraw = Edit::Withdraw { id: entity(2), reason: "Twice".to_owned() };
    let stories: [(DocKind, Vec<Edit>); 2] = [
        (DocKind::Project, vec![set("title", "One"), set("title", "Two"), claim]),
        (DocKind::Voice, vec![add, withdraw, Edit::Restore { id: entity(2) }]),
    ];
    for (kind, edits) in stories {
        let mut doc = Doc::new(kind);
        for edit in edits {
            let before = doc.clone();
            let made = doc.edit(&edit, &author(1)).expect("an edit");
            // What others do meanwhile is not taken for a part of it.
            let mut later = doc.clone();
            if kind == DocKind::Project {
                later.edit(&set("remarks", "Another's"), &author(2)).expect("an edit");
            }
            let found = retold(&later, &made.hash).expect("reads");
            assert_eq!(found.len(), 1, "{edit:?}: {found:?}");
            let mut again = before.clone();
            again.edit(&found[0], &author(3)).expect("can be carried out");
            let said = |doc: &Doc| {
                let mut snapshot = doc.snapshot(&|_| None).expect("reads");
                snapshot.claims.iter_mut().for_each(|claim| claim.origin = Default::default());
                snapshot
            };
            assert_eq!(said(&again), said(&doc), "{edit:?} as {found:?}");
        }
    }
}

#[test]
fn prose_comes_back_with_its_words_and_no_character_cut() {
    let mut doc = Doc::new(DocKind::Project);
    let field = crate::domain::schema::of(DocKind::Project).and_then(|schema| {
        schema.fields.iter().find(|field| field.kind == crate::domain::schema::FieldKind::Prose).map(|field| field.name)
    });
    let field = field.expect("a project has prose");
    let typed = |base: &str, at, delete, insert| match text(base, at, delete, insert) {
        Edit::Text { base, splices, .. } => Edit::Text { at: At::root(field), base, splices },
        other => other,
    };
    doc.edit(&typed("", 0, 0, "Half 😀 done"), &author(1)).expect("typed");
    // 😀 and 😁 share their first half in UTF-16.
    let made = doc.edit(&typed("Half 😀 done", 5, 2, "😁"), &author(1)).expect("typed");
    let found = retold(&doc, &made.hash).expect("reads");
    let [Edit::Text { base, splices, .. }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(base, "Half 😀 done");
    assert_eq!(splices.as_slice(), [Splice { at: 5, delete: 2, insert: "😁".to_owned() }]);
}

#[test]
fn what_says_nothing_is_nothing() {
    let doc = Doc::new(DocKind::Project);
    for change in doc.changes() {
        assert_eq!(retold(&doc, &change.hash).expect("reads"), []);
    }
    assert!(retold(&doc, &[9; 32]).is_err());
}
