//! Every pair of things that two people may do at once, in every kind of document: three replicas, both orders of arrival.
//! Nothing that either said may be gone and not listed. ARCHITECTURE.md has the same table in words.

use super::*;
use crate::{
    docs::{Deed, Doc, Said},
    domain::{
        At, ClaimKind, DocKind, Edit, Snapshot, Value,
        record::Record,
        schema::{self, Collection, FieldKind},
    },
};

/// How two values of a field meet.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    /// Both stand beside each other until somebody who saw both chooses.
    Beside,
    /// Each member is a scalar of its own: two members are both in, one put in and taken out at once stays in, with both listed.
    Members,
    /// What either typed is in the text.
    Woven,
}

/// The rule of a kind of field, with two values or members of it.
fn rule(kind: FieldKind) -> (Rule, [(&'static str, Value); 2]) {
    let both = |a: &str, b: &str| (Rule::Beside, [("", a.into()), ("", b.into())]);
    let each = |suffix: &'static str, a: &str, b: &str| (Rule::Beside, [(suffix, a.into()), (suffix, b.into())]);
    let members = |a, b| (Rule::Members, [(a, Value::Bool(true)), (b, Value::Bool(true))]);
    match kind {
        FieldKind::Line => both("Tập huấn về công vụ", "វគ្គបណ្តុះបណ្តាល 😀"),
        FieldKind::When => both("2024-Q3", "2024-08-05"),
        FieldKind::Word(words) => both(words[0], words[1]),
        FieldKind::Party => both("KH", "VN"),
        FieldKind::Int => (Rule::Beside, [("", Value::Int(3)), ("", Value::Int(-4))]),
        FieldKind::Flag => (Rule::Beside, [("", Value::Bool(true)), ("", Value::Bool(false))]),
        FieldKind::Ref => both("0190f000-0000-7000-8000-000000000001", "0190f000-0000-7000-8000-000000000002"),
        FieldKind::Link => both("https://asean.org/a", "https://asean.org/b"),
        FieldKind::Languages => each(":km", "ក", "ខ"),
        FieldKind::Years => each(":2023", "40 officers", "45 officers"),
        FieldKind::ById => each(":0190f000-0000-7000-8000-000000000001", "note.pdf", "note 2.pdf"),
        FieldKind::Parties => members(":JP", ":CN"),
        FieldKind::Words => members(":S4", ":S7"),
        FieldKind::Prose => (Rule::Woven, [("", "ក្រុម ".into()), ("", ", tháng 8 😀".into())]),
    }
}

/// What two did at once, on one base: the documents of three replicas, which got it in different orders.
fn at_once(kind: DocKind, base: &[Edit], a: &[Edit], b: &[Edit], what: &str) -> Doc {
    let mut group = Group::new(kind, 2);
    base.iter().for_each(|edit| drop(group.edit(0, edit)));
    group.meet();
    let said = |group: &mut Group, device: u8, edits: &[Edit]| -> Vec<Vec<u8>> {
        edits.iter().map(|edit| group.edit(device, edit).bytes).collect()
    };
    let third = group.docs[0].clone();
    let (first, second) = (said(&mut group, 0, a), said(&mut group, 1, b));
    let take = |doc: &mut Doc, changes: &[Vec<u8>]| {
        for change in changes {
            assert!(doc.apply(&[change]).expect("taken").waiting.is_empty(), "{what}");
        }
    };
    let (mut one, mut other) = (third.clone(), third);
    take(&mut one, &first);
    take(&mut one, &second);
    take(&mut other, &second);
    take(&mut other, &first);
    take(&mut group.docs[0], &second);
    take(&mut group.docs[1], &first);
    let says = snapshot(&one);
    for doc in [&other, &group.docs[0], &group.docs[1]] {
        assert_eq!(snapshot(doc), says, "{what}: the order of arrival");
    }
    // What each did is told, also by who took it in the other order.
    let told = |doc: &Doc| -> usize { doc.story().expect("told").iter().map(|step| step.said.len()).sum() };
    assert_eq!(told(&one), told(&other), "{what}");
    one
}

fn entities(collection: &Collection) -> Vec<Edit> {
    let place = collection.placed.then(|| place(None, "a"));
    let (to, fields, texts) = (collection.name.to_owned(), vec![], vec![]);
    vec![Edit::Add { to, id: entity(1), place, fields, texts }]
}

fn of(snapshot: &Snapshot, at: &At) -> Record {
    match at.entity {
        None => snapshot.root.clone(),
        id => snapshot.collections.values().flatten().find(|one| one.id == id).expect("the record").clone(),
    }
}

/// Every field of every kind of document, of its collections too.
fn fields() -> Vec<(DocKind, Option<&'static Collection>, &'static schema::Field)> {
    let kinds = DocKind::ALL.iter().filter_map(|kind| Some((*kind, schema::of(*kind)?)));
    kinds
        .flat_map(|(kind, schema)| {
            let own = schema.fields.iter().map(move |field| (kind, None, field));
            let inner = schema.collections.iter();
            own.chain(inner.flat_map(move |of| of.fields.iter().map(move |field| (kind, Some(of), field))))
        })
        .collect()
}

#[test]
fn two_values_of_any_field_meet_by_its_rule_in_any_order() {
    let mut tried = 0;
    for (kind, collection, field) in fields() {
        let base = collection.map(entities).unwrap_or_default();
        let id = collection.map(|_| entity(1));
        let at = |suffix: &str| At { entity: id, field: format!("{}{suffix}", field.name) };
        let what = format!("{kind} {} {}", collection.map_or("", |of| of.name), field.name);
        let put = |(suffix, value): &(&str, Value), seen: &[Value]| Edit::Set {
            at: at(suffix),
            value: value.clone(),
            seen: seen.to_vec(),
        };
        let (rule, [a, b]) = rule(field.kind);
        match rule {
            Rule::Beside => {
                let doc = at_once(kind, &base, &[put(&a, &[])], &[put(&b, &[])], &what);
                let held = of(&snapshot(&doc), &at(a.0)).fields[&at(a.0).field].clone();
                let mut both: Vec<Value> = held.others.iter().chain([&held.value]).cloned().collect();
                let mut said = vec![a.1.clone(), b.1.clone()];
                both.sort();
                said.sort();
                assert_eq!(both, said, "{what}");
                // Somebody who saw both chooses either, the one that is shown too, and says why.
                for value in [&a.1, &b.1] {
                    let mut chooser = doc.clone();
                    let (value, reason, seen) = (value.clone(), "Agreed by telephone".to_owned(), said.clone());
                    let choose = Edit::Choose { at: at(a.0), value: value.clone(), seen, beside: vec![], reason };
                    let made = chooser.edit(&choose, &author(9)).expect("chosen");
                    let held = of(&snapshot(&chooser), &at(a.0)).fields[&at(a.0).field].clone();
                    assert_eq!((held.value, held.others), (value, vec![]), "{what}");
                    let steps = chooser.steps(&[made.hash]).expect("told");
                    let why = |said: &Said| matches!(&said.deed, Deed::Set { why, .. } if why == "Agreed by telephone");
                    assert!(steps[0].said.iter().any(why), "{what}: {steps:?}");
                }
            }
            Rule::Members => {
                let doc = at_once(kind, &base, &[put(&a, &[])], &[put(&b, &[])], &what);
                assert_eq!(of(&snapshot(&doc), &at("")).members(field.name).count(), 2, "{what}");
                let before: Vec<Edit> = base.iter().cloned().chain([put(&a, &[])]).collect();
                let out = put(&(a.0, Value::Bool(false)), &[Value::Bool(true)]);
                let again = put(&(a.0, Value::Bool(false)), &[Value::Bool(true)]);
                let back = put(&a, &[Value::Bool(false)]);
                let doc = at_once(kind, &before, &[out], &[again, back], &what);
                let held = of(&snapshot(&doc), &at(a.0)).fields[&at(a.0).field].clone();
                assert_eq!((held.value, held.others), (Value::Bool(true), vec![Value::Bool(false)]), "{what}");
            }
            Rule::Woven => {
                let words = "Họp ở Hà Nội";
                let before: Vec<Edit> = base.iter().cloned().chain([typed(at(""), "", 0, 0, words)]).collect();
                let (front, back) = (a.1.as_str().expect("words"), b.1.as_str().expect("words"));
                let end = u32::try_from(words.encode_utf16().count()).expect("short");
                let (one, other) = (typed(at(""), words, 0, 0, front), typed(at(""), words, end, 0, back));
                let doc = at_once(kind, &before, &[one], &[other], &what);
                assert_eq!(of(&snapshot(&doc), &at("")).text(field.name), format!("{front}{words}{back}"), "{what}");
                // One takes the sentence out, the other writes in it: what was written stays, and both are told.
                let (gone, within) = (typed(at(""), words, 0, end, ""), typed(at(""), words, 4, 0, "mới "));
                let doc = at_once(kind, &before, &[gone], &[within], &what);
                assert_eq!(of(&snapshot(&doc), &at("")).text(field.name), "mới ", "{what}");
                let wrote = |step: &crate::docs::Step| matches!(step.said[0].deed, Deed::Wrote { .. });
                assert_eq!(doc.story().expect("told").iter().filter(|step| wrote(step)).count(), 3, "{what}");
            }
        }
        tried += 1;
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn what_two_do_with_a_record_at_once_is_kept_or_told() {
    let kinds = DocKind::ALL.iter().filter_map(|kind| Some((*kind, schema::of(*kind)?)));
    let mut tried = 0;
    for (kind, collection) in kinds.flat_map(|(kind, schema)| schema.collections.iter().map(move |of| (kind, of))) {
        let name = collection.name;
        let base = entities(collection);
        let gone = |reason: &str| Edit::Withdraw { id: entity(1), reason: reason.to_owned() };
        let restored = Edit::Restore { id: entity(1) };
        let moved = |key: &str| Edit::Move { id: entity(1), place: place(None, key) };
        let told = |doc: &Doc, deed: &dyn Fn(&Deed) -> bool| {
            let steps = doc.story().expect("told");
            steps
                .iter()
                .flat_map(|step| &step.said)
                .filter(|said| said.record == Some(entity(1)) && deed(&said.deed))
                .count()
        };
        let record = |doc: &Doc| of(&snapshot(doc), &At::of(entity(1), ""));

        // Withdrawn for two reasons: it is withdrawn, and both reasons are told.
        let doc = at_once(kind, &base, &[gone("one")], &[gone("two")], name);
        assert!(record(&doc).withdrawn.is_some(), "{name}");
        assert_eq!(told(&doc, &|deed| matches!(deed, Deed::Withdrawn(_))), 2, "{name}");

        // Withdrawn while somebody writes in it: it stays withdrawn, and the words are in it.
        if let Some(field) = collection.fields.iter().find(|field| rule(field.kind).0 == Rule::Beside) {
            let (_, [(suffix, value), _]) = rule(field.kind);
            let at = At::of(entity(1), &format!("{}{suffix}", field.name));
            let set = Edit::Set { at: at.clone(), value: value.clone(), seen: vec![] };
            let doc = at_once(kind, &base, &[gone("")], &[set], name);
            assert!(record(&doc).withdrawn.is_some() && record(&doc).fields[&at.field].value == value, "{name}");
        }

        // Brought back and withdrawn again at once: withdrawn, and both are told.
        let before: Vec<Edit> = base.iter().cloned().chain([gone("")]).collect();
        let doc = at_once(kind, &before, std::slice::from_ref(&restored), &[restored.clone(), gone("again")], name);
        assert!(record(&doc).withdrawn.is_some(), "{name}");
        assert_eq!(told(&doc, &|deed| matches!(deed, Deed::Restored)), 2, "{name}");

        // Moved twice: one place counts, and both are told; moved and withdrawn, both hold.
        if collection.placed {
            let doc = at_once(kind, &base, &[moved("m")], &[moved("n")], name);
            let key = record(&doc).place.expect("a place").key;
            assert!(["m", "n"].contains(&key.as_str()), "{name}");
            assert_eq!(told(&doc, &|deed| matches!(deed, Deed::Moved)), 2, "{name}");
            let doc = at_once(kind, &base, &[moved("m")], &[gone("")], name);
            assert!(record(&doc).withdrawn.is_some() && record(&doc).place == Some(place(None, "m")), "{name}");
        }

        // Two records made at once are both there.
        let other = |n: u8| match &base[0] {
            Edit::Add { to, place, .. } => {
                let (to, fields, texts) = (to.clone(), vec![], vec![]);
                Edit::Add { to, id: entity(n), place: place.clone(), fields, texts }
            }
            other => panic!("{other:?}"),
        };
        let doc = at_once(kind, &[], &[other(1)], &[other(2)], name);
        assert_eq!(snapshot(&doc).collection(name).len(), 2, "{name}");
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
}

#[test]
fn claims_and_acts_made_at_once_all_stand() {
    for &kind in DocKind::ALL.iter().filter(|kind| schema::of(**kind).is_some()) {
        let claim = |n: u8, value: &str| Edit::Claim {
            id: entity(n),
            what: ClaimKind::Start,
            value: value.into(),
            as_of: None,
            evidence: String::new(),
            reason: String::new(),
            supersedes: vec![],
        };
        let doc = at_once(kind, &[], &[claim(1, "2026")], &[claim(2, "2027")], kind.word());
        assert_eq!(snapshot(&doc).claims.len(), 2, "{kind}");
        let act = |n: u8| Edit::Act {
            id: entity(n),
            act: crate::domain::Act::NameVersion(format!("V{n}")),
            target: None,
            term: None,
            reason: String::new(),
        };
        let doc = at_once(kind, &[], &[act(1)], &[act(2)], kind.word());
        assert_eq!(snapshot(&doc).acts.len(), 2, "{kind}");
    }
}
