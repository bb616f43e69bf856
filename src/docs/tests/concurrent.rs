//! Two people at once: for every kind of field, both are seen.

use std::collections::BTreeSet;

use super::*;
use crate::{
    docs::Doc,
    domain::{
        At, ClaimKind, DocKind, Edit, EntityId, Place, Record, Value, claim,
        schema::{self, FieldKind},
    },
};

/// Two values that a field of a kind can hold.
fn two_values(kind: FieldKind) -> Option<(&'static str, Value, Value)> {
    let text = |a: &str, b: &str| (a.into(), b.into());
    let (suffix, (a, b)) = match kind {
        FieldKind::Line => ("", text("Tập huấn về công vụ", "វគ្គបណ្តុះបណ្តាល 😀")),
        FieldKind::When => ("", text("2024-Q3", "2024-08-05")),
        FieldKind::Word(words) => ("", text(words[0], words[1])),
        FieldKind::Party => ("", text("KH", "VN")),
        FieldKind::Languages => (":km", text("ក", "ខ")),
        FieldKind::ById => (":0190f000-0000-7000-8000-000000000001", text("note.pdf", "note 2.pdf")),
        FieldKind::Years => (":2023", text("40 officers", "45 officers")),
        FieldKind::Int => ("", (Value::Int(3), Value::Int(-4))),
        FieldKind::Flag => ("", (Value::Bool(true), Value::Bool(false))),
        FieldKind::Ref => ("", text("0190f000-0000-7000-8000-000000000001", "0190f000-0000-7000-8000-000000000002")),
        FieldKind::Link => ("", text("https://asean.org/a", "https://asean.org/b")),
        FieldKind::Prose | FieldKind::Parties | FieldKind::Words => return None,
    };
    Some((suffix, a, b))
}

#[test]
fn concurrent_values_of_every_scalar_stand_side_by_side() {
    let mut tried = 0;
    for &kind in DocKind::ALL {
        let Some(table) = schema::of(kind) else { continue };
        for field in table.fields {
            let Some((suffix, a, b)) = two_values(field.kind) else { continue };
            let name = format!("{}{suffix}", field.name);
            let mut group = Group::new(kind, 2);
            group.edit(0, &set(&name, a.clone(), &[]));
            group.edit(1, &set(&name, b.clone(), &[]));
            let held = group.meet().root.fields[&name].clone();
            let both: BTreeSet<_> = held.others.iter().chain([&held.value]).cloned().collect();
            assert_eq!(both, BTreeSet::from([a.clone(), b.clone()]), "{kind} {name}");

            // Somebody who saw both settles it.
            group.edit(1, &set(&name, a.clone(), &[a.clone(), b]));
            let held = group.meet().root.fields[&name].clone();
            assert_eq!((held.value, held.others), (a, vec![]), "{kind} {name}");
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
}

#[test]
fn a_write_that_did_not_see_a_value_leaves_it_standing() {
    let mut group = Group::new(DocKind::Project, 3);
    group.edit(0, &set("title", "first".into(), &[]));
    group.meet();
    // The page of device 1 still shows "first" when the value of device 2 has already arrived underneath.
    group.edit(2, &set("title", "second".into(), &["first".into()]));
    group.meet();
    group.edit(1, &set("title", "third".into(), &["first".into()]));
    let held = group.meet().root.fields["title"].clone();
    assert_eq!((held.value, held.others), ("third".into(), vec!["second".into()]));
    // It stands until somebody who saw it writes; an own value in between needs no telling.
    group.edit(1, &set("title", "fourth".into(), &["first".into()]));
    assert_eq!(group.meet().root.fields["title"].others, ["second".into()]);
    group.edit(0, &set("title", "fifth".into(), &["fourth".into(), "second".into()]));
    let held = group.meet().root.fields["title"].clone();
    assert_eq!((held.value, held.others), ("fifth".into(), vec![]));
}

#[test]
fn a_member_put_in_stays_in_though_another_took_it_out() {
    for field in ["partners:JP", "documents:S4"] {
        let mut group = Group::new(DocKind::Project, 2);
        group.edit(0, &set(field, Value::Bool(true), &[]));
        group.edit(1, &set(field, Value::Bool(true), &[]));
        group.edit(1, &set(field, Value::Bool(false), &[Value::Bool(true)]));
        let held = group.meet().root.fields[field].clone();
        assert_eq!((held.value, held.others), (Value::Bool(true), vec![Value::Bool(false)]));
    }
    let mut group = Group::new(DocKind::Project, 2);
    group.edit(0, &set("partners:JP", Value::Bool(true), &[]));
    group.edit(1, &set("partners:CN", Value::Bool(true), &[]));
    let members: Vec<_> = group.meet().root.members("partners").map(|(member, _)| member.to_owned()).collect();
    assert_eq!(members, ["CN", "JP"], "members put in apart are both in");
}

#[test]
fn prose_merges_by_character() {
    let base = "ការប្រជុំ 😀 họp ở Hà Nội";
    let mut group = Group::new(DocKind::Project, 2);
    let at = At::root("objective");
    group.edit(0, &typed(at.clone(), "", 0, 0, base));
    group.meet();
    let end = u32::try_from(base.encode_utf16().count()).expect("short");
    group.edit(0, &typed(at.clone(), base, 0, 0, "ក្រុម "));
    group.edit(1, &typed(at, base, end, 0, ", tháng 8"));
    assert_eq!(group.meet().root.text("objective"), format!("ក្រុម {base}, tháng 8"));
}

#[test]
fn text_typed_on_an_older_base_is_carried_over() {
    let mut group = Group::new(DocKind::Project, 2);
    let at = At::root("objective");
    group.edit(0, &typed(at.clone(), "", 0, 0, "Train officers in ethics."));
    group.meet();
    group.edit(0, &typed(at.clone(), "Train officers in ethics.", 0, 5, "Coach"));
    group.meet();
    // Made before "Coach" was seen, run again on the document that has it.
    group.edit(1, &typed(at, "Train officers in ethics.", 15, 0, "and leaders "));
    assert_eq!(group.meet().root.text("objective"), "Coach officers and leaders in ethics.");
}

#[test]
fn two_moves_end_at_one_of_the_two_places() {
    let mut group = Group::new(DocKind::Session, 2);
    for (n, key) in [(1, "a"), (2, "b"), (3, "c")] {
        group.edit(0, &item(n, None, key, "item"));
    }
    group.meet();
    let places = [place(Some(1), "x"), place(Some(2), "y")];
    group.edit(0, &Edit::Move { id: entity(3), place: places[0].clone() });
    group.edit(1, &Edit::Move { id: entity(3), place: places[1].clone() });
    let snapshot = group.meet();
    let moved: Vec<_> = snapshot.collection("items").iter().filter(|item| item.id == Some(entity(3))).collect();
    assert_eq!(moved.len(), 1);
    assert!(moved[0].place.as_ref().is_some_and(|place| places.contains(place)), "{:?}", moved[0].place);
}

#[test]
fn a_move_and_an_edit_both_apply() {
    let mut group = Group::new(DocKind::Session, 2);
    group.edit(0, &item(1, None, "a", "one"));
    group.edit(0, &item(2, None, "b", "two"));
    group.meet();
    let moved = group.edit(0, &Edit::Move { id: entity(1), place: place(None, "c") });
    let title = Edit::Set { at: At::of(entity(1), "title"), value: "ONE".into(), seen: vec!["one".into()] };
    let titled = group.edit(1, &title);
    for made in [moved, titled] {
        assert_eq!((made.touched, made.touches_root), (BTreeSet::from([entity(1)]), false));
    }
    let snapshot = group.meet();
    let titles: Vec<_> = snapshot.collection("items").iter().map(|item| item.line("title")).collect();
    assert_eq!(titles, ["two", "ONE"]);
}

#[test]
fn items_moved_into_each_other_fall_to_the_top() {
    let mut group = Group::new(DocKind::Session, 3);
    for (n, key) in [(1, "a"), (2, "b"), (3, "c")] {
        group.edit(0, &item(n, None, key, "item"));
    }
    group.edit(0, &item(4, Some(1), "d", "below one"));
    group.meet();
    for (device, child, parent) in [(0, 1, 2), (1, 2, 3), (2, 3, 1)] {
        group.edit(device, &Edit::Move { id: entity(child), place: place(Some(parent), "m") });
    }
    let snapshot = group.meet();
    let tree = |item: &Record| (item.id, item.place.as_ref().and_then(|place| place.parent));
    let shown: Vec<_> = snapshot.collection("items").iter().map(tree).collect();
    let top = |n| (Some(entity(n)), None::<EntityId>);
    assert_eq!(shown, [top(1), (Some(entity(4)), Some(entity(1))), top(2), top(3)]);
}

#[test]
fn siblings_at_one_key_stand_by_id_and_children_follow_parents() {
    let mut group = Group::new(DocKind::Session, 2);
    group.edit(0, &item(3, None, "a", "three"));
    group.edit(1, &item(2, None, "a", "two"));
    group.edit(0, &item(5, Some(3), "a", "under three"));
    group.edit(1, &item(6, Some(9), "0", "under nobody"));
    let snapshot = group.meet();
    let titles: Vec<_> = snapshot.collection("items").iter().map(|item| item.line("title")).collect();
    assert_eq!(titles, ["under nobody", "two", "three", "under three"]);
    assert_eq!(snapshot.collection("items")[0].place, Some(Place { parent: None, key: "0".to_owned() }));
}

#[test]
fn what_is_withdrawn_stays_so_and_keeps_the_edit() {
    let mut group = Group::new(DocKind::Session, 2);
    group.edit(0, &item(1, None, "a", "one"));
    group.meet();
    group.edit(0, &Edit::Withdraw { id: entity(1), reason: "moved to SOM".to_owned() });
    group.edit(1, &Edit::Set { at: At::of(entity(1), "title"), value: "ONE".into(), seen: vec!["one".into()] });
    group.edit(1, &typed(At::of(entity(1), "note"), "", 0, 0, "kept words"));
    let snapshot = group.meet();
    let item = &snapshot.collection("items")[0];
    assert_eq!(item.withdrawn.as_ref().map(|gone| gone.reason.as_str()), Some("moved to SOM"));
    assert_eq!((item.line("title"), item.text("note")), ("ONE", "kept words"));

    // Restored by one who saw it; a withdrawal made at the same time as a restoration stands.
    group.edit(1, &Edit::Restore { id: entity(1) });
    assert_eq!(group.meet().collection("items")[0].withdrawn, None);
    assert!(group.try_edit(0, &Edit::Restore { id: entity(1) }).is_err());
    group.edit(0, &Edit::Withdraw { id: entity(1), reason: String::new() });
    group.meet();
    group.edit(0, &Edit::Restore { id: entity(1) });
    group.edit(1, &Edit::Withdraw { id: entity(1), reason: "again".to_owned() });
    assert!(group.meet().collection("items")[0].withdrawn.is_some());
}

#[test]
fn claims_made_apart_both_stand_until_one_names_both() {
    let claim = |n: u8, value: &str, supersedes: &[u8]| Edit::Claim {
        id: entity(n),
        what: ClaimKind::Status,
        value: value.into(),
        as_of: None,
        evidence: String::new(),
        reason: String::new(),
        supersedes: supersedes.iter().map(|n| entity(*n)).collect(),
    };
    let mut group = Group::new(DocKind::Project, 2);
    group.edit(0, &claim(1, "PLANNED", &[]));
    group.meet();
    group.edit(0, &claim(2, "ONGOING", &[1]));
    group.edit(1, &claim(3, "COMPLETED", &[1]));
    let standing = |group: &mut Group| {
        let claims = group.meet().claims;
        claim::standing(&claims, ClaimKind::Status).iter().map(|claim| claim.id).collect::<Vec<_>>()
    };
    assert_eq!(standing(&mut group), [entity(2), entity(3)]);
    group.edit(1, &claim(4, "ONGOING", &[2, 3]));
    assert_eq!(standing(&mut group), [entity(4)]);
}

#[test]
fn one_document_begun_twice_is_one() {
    let comment = |n: u8, text: &str| Edit::Add {
        to: "comments".to_owned(),
        id: entity(n),
        place: None,
        fields: vec![],
        texts: vec![("text".to_owned(), text.to_owned())],
    };
    let mut group = Group::new(DocKind::Voice, 2);
    group.edit(0, &set("party", "KH".into(), &[]));
    group.edit(1, &set("party", "KH".into(), &[]));
    group.edit(0, &comment(1, "យល់ព្រម"));
    group.edit(1, &comment(2, "Chưa đồng ý"));
    let snapshot = group.meet();
    let said: Vec<_> = snapshot.collection("comments").iter().map(|comment| comment.text("text")).collect();
    assert_eq!(said, ["យល់ព្រម", "Chưa đồng ý"]);
    let party = &snapshot.root.fields["party"];
    assert_eq!((&party.value, party.others.len()), (&Value::from("KH"), 0), "one value said twice is no dispute");
}

#[test]
fn an_entity_made_twice_hides_nothing() {
    let mut group = Group::new(DocKind::Session, 2);
    let paragraph = |verb: &str, text: &str| Edit::Add {
        to: "paragraphs".to_owned(),
        id: entity(1),
        place: Some(place(None, "a")),
        fields: vec![("verb".to_owned(), verb.into())],
        texts: vec![("text".to_owned(), text.to_owned())],
    };
    group.edit(0, &paragraph("NOTED", "The Meeting noted."));
    group.edit(1, &paragraph("AGREED", "The Meeting agreed."));
    let snapshot = group.meet();
    let [paragraph] = snapshot.collection("paragraphs") else { panic!("one paragraph") };
    let verbs = &paragraph.fields["verb"];
    assert_eq!(BTreeSet::from([&verbs.value, &verbs.others[0]]), BTreeSet::from([&"NOTED".into(), &"AGREED".into()]));
    let texts = BTreeSet::from([Value::from(paragraph.text("text")), paragraph.fields["text"].others[0].clone()]);
    assert_eq!(texts, BTreeSet::from(["The Meeting noted.".into(), "The Meeting agreed.".into()]));
}

#[test]
fn what_arrives_tells_what_it_touches() {
    let mut writer = Doc::new(DocKind::Session);
    let mut reader = Doc::new(DocKind::Session);
    let edits = [
        (item(1, None, "a", "one"), Some(1), false),
        (typed(At::of(entity(1), "note"), "", 0, 0, "x"), Some(1), false),
        (Edit::Withdraw { id: entity(1), reason: String::new() }, Some(1), false),
        (set("kind", "OPEN".into(), &[]), None, true),
    ];
    for (edit, touched, touches_root) in edits {
        let made = writer.edit(&edit, &author(1)).expect("an edit");
        let applied = reader.apply(&[&made.bytes]).expect("a change");
        let touched: BTreeSet<_> = touched.map(entity).into_iter().collect();
        assert_eq!((&applied.touched, applied.touches_root), (&touched, touches_root), "{edit:?}");
        assert_eq!((made.touched, made.touches_root), (touched, touches_root), "{edit:?}");
    }
    // A value that loses touches its record too: it is shown beside the winner.
    let a = reader.edit(&set("framework", "ACCSM".into(), &[]), &author(9)).expect("an edit");
    let b = writer.edit(&set("framework", "ACCSM+3".into(), &[]), &author(1)).expect("an edit");
    assert!(reader.apply(&[&b.bytes]).expect("a change").touches_root);
    assert!(writer.apply(&[&a.bytes]).expect("a change").touches_root);
}
