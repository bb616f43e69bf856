use std::fmt::Write;

use automerge::{AutoCommit, transaction::CommitOptions};

use super::*;
use crate::docs::{
    Doc,
    tests::{author, set, snapshot, typed},
};
use crate::domain::At;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// These stand in every document there is. A test that fails here says: that change must be a further step.
#[test]
fn the_first_changes_are_fixed_for_ever() {
    let fixed = [
        (DocKind::Register, "f268fe952781904ce1ee83142545cbfacf400a25b0fabac647608e24d276f89d"),
        (DocKind::Plan, "6cca247f87cf8e52fb18419aad7a58b96d149e3ebb124d75fb0af7b68d81d5ec"),
        (DocKind::Project, "7b449c5e60ba5b2ea9dd6973fbe055c24b28bf6515c20ca549beb0ba31e63221"),
        (DocKind::Draft, "49cfa164e2d561022a83c29996fb466f5cdfa96f435ada626dba124e4c02647c"),
        (DocKind::Meeting, "59371ab5570fb5ea5efde0c241f36c51fc40d39a17c6dc496df53d4aa44b14f6"),
        (DocKind::Session, "66648c57130abedc526f6358fdd287edccfc9d07bc6e67b8543ea724a31cd055"),
        (
            DocKind::Annotation,
            "0e2553cce6cc00c7e81276eb2450da9b78a728e01a05c71ecc02cbf6b733c3dc 023a74452b669776eac0a5df78ab5261116b86672ef235811aa90d800ed59165",
        ),
        (DocKind::Voice, "36828b13dc918b1514851a90751f7fac10cb63f53e796d06b7659a2f913f9a71"),
        (DocKind::Text, "35b6b39a4deffa1b410d85f8ab930035c02c68f45b39321a9127c63c4b183a70"),
        (DocKind::Consultation, "922f0e6a9328a197a4defba47a1d6932d87ceeca88598129e0dad04f9bc1c164"),
        (DocKind::Response, "8a4b59c3f6568ce9599d531d9b0defe6c31e54642ee290ab261630b58f791baa"),
        (DocKind::Logistics, "5040a46b2308686ba30742ef63a0bfa4126de44741b29bfa619872abe40191af"),
        (DocKind::Person, "0e3c3ac43ac5997156d7f72430216703c4d80c44b9ef93b626ce8f47584ca83a"),
    ];
    let hashes: Vec<_> = fixed
        .iter()
        .map(|(kind, _)| (*kind, changes(*kind).iter().map(|change| hex(&change.hash)).collect::<Vec<_>>()))
        .collect();
    let several = |hashes: &str| hashes.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let expected: Vec<_> = fixed.iter().map(|(kind, hashes)| (*kind, several(hashes))).collect();
    assert_eq!(hashes, expected);
    assert_eq!(fixed.len(), DocKind::ALL.len());
}

#[test]
fn the_steps_make_what_the_schema_names() {
    for &kind in DocKind::ALL {
        let mut prose: Vec<_> = steps(kind).iter().flat_map(|step| step.prose).copied().collect();
        let mut collections: Vec<_> = steps(kind).iter().flat_map(|step| step.collections).copied().collect();
        let Some(table) = schema::of(kind) else { continue };
        let fields = table.fields.iter().filter(|field| field.kind == schema::FieldKind::Prose);
        let mut named: Vec<_> = fields.map(|field| field.name).collect();
        let mut named_collections: Vec<_> = table.collections.iter().map(|collection| collection.name).collect();
        for list in [&mut prose, &mut collections, &mut named, &mut named_collections] {
            list.sort_unstable();
        }
        assert_eq!((prose, collections), (named, named_collections), "{kind}: a new container needs a new step");
        assert!(steps(kind).iter().all(|step| step.schema <= schema::CURRENT));
    }
}

/// A project as a later version of the application would begin it.
const LATER: &[Step] = &[steps(DocKind::Project)[0], Step { schema: 2, prose: &["lessons"], collections: &["risks"] }];

#[test]
fn an_upgrade_stands_on_the_first_change_and_merges_with_what_people_wrote() {
    let later = build(DocKind::Project, LATER).expect("the steps build");
    assert_eq!(later.changes[0], changes(DocKind::Project)[0], "a further step leaves the first alone");
    assert_eq!(build(DocKind::Project, LATER).expect("the steps build").changes, later.changes);

    // Two people still write with the old version; then the upgrade arrives.
    let mut old = Doc::new(DocKind::Project);
    old.edit(&set("title", "before".into(), &[]), &author(1)).expect("writable");
    old.edit(&typed(At::root("objective"), "", 0, 0, "words"), &author(1)).expect("writable");
    old.apply(&[&later.changes[1].bytes]).expect("a change");
    assert_eq!(old.schema(), 2);
    let shown = snapshot(&old);
    assert_eq!((shown.schema, shown.root.line("title"), shown.root.text("objective")), (2, "before", "words"));
    assert_eq!(old.edit(&set("title", "x".into(), &[]), &author(1)), Err(DocsError::NewerSchema(2)));
    assert!(crate::docs::text::TextSession::open(&old, At::root("objective")).is_err());

    // The later version finds its containers in it, whoever brought the upgrade.
    let mut again = Automerge::load(&old.save()).expect("saved");
    let change = automerge::Change::try_from(later.changes[1].bytes.as_slice()).expect("a change");
    again.apply_changes([change]).expect("known already");
    assert!(again.length(&later.roots.collections["risks"]) == 0 && again.object_type(&later.roots.fields).is_ok());
    assert_eq!(again.get_all(&later.roots.fields, "lessons").expect("a map").len(), 1);
}

#[test]
fn nobody_can_put_other_containers_in_their_place() {
    let mut doc = Doc::new(DocKind::Project);
    doc.edit(&set("title", "ours".into(), &[]), &author(1)).expect("writable");
    let mut other = AutoCommit::load(&doc.save()).expect("saved").with_actor(author(2).actor.id());
    for name in ["fields", "collections", "claims", "acts"] {
        other.put_object(ROOT, name, ObjType::Map).expect("a map");
    }
    other.commit_with(CommitOptions::default());
    let hostile = other.get_last_local_change().expect("a change");
    doc.apply(&[hostile.raw_bytes()]).expect("it is a change");
    assert_eq!(snapshot(&doc).root.line("title"), "ours");
    doc.edit(&set("title", "still".into(), &["ours".into()]), &author(1)).expect("writable");
    assert_eq!(snapshot(&doc).root.line("title"), "still");
}
