//! What differs between two versions of a document: fields, prose by words, records that came, went and moved, and what was
//! claimed and done meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    docs::pieces,
    domain::{DocId, EntityId, Snapshot, Value, piece::shortened, record::Record},
    engine::{
        api::{Changed, Difference},
        core::{
            documents::root_of,
            news::{name, without_manifest},
        },
    },
};

/// What differs, in the order of the schema; only of a record, where one is asked for.
pub(super) fn between(doc: DocId, only: Option<EntityId>, before: &Snapshot, after: &Snapshot) -> Vec<Difference> {
    let asked = |record: Option<EntityId>| only.is_none_or(|only| record.unwrap_or_else(|| root_of(doc)) == only);
    let mut found = Vec::new();
    if asked(None) {
        let mut changed = Vec::new();
        records(&before.root, &after.root, &mut changed);
        found.extend(changed.into_iter().map(|what| Difference {
            collection: None,
            record: None,
            title: String::new(),
            what,
        }));
    }
    for (collection, later) in &after.collections {
        let earlier: BTreeMap<Option<EntityId>, &Record> =
            before.collection(collection).iter().map(|record| (record.id, record)).collect();
        for record in later.iter().filter(|record| asked(record.id)) {
            let mut changed = Vec::new();
            match earlier.get(&record.id) {
                None => changed.push(Changed::Added),
                Some(old) => records(old, record, &mut changed),
            }
            let title = record.id.map_or_else(String::new, |id| name(after, id));
            found.extend(changed.into_iter().map(|what| Difference {
                collection: Some(collection.clone()),
                record: record.id,
                title: title.clone(),
                what,
            }));
        }
    }
    found.extend(said(before, after, &asked));
    found
}

/// What was claimed and done meanwhile.
fn said(before: &Snapshot, after: &Snapshot, asked: &dyn Fn(Option<EntityId>) -> bool) -> Vec<Difference> {
    let claims: BTreeSet<EntityId> = before.claims.iter().map(|claim| claim.id).collect();
    let acts: BTreeSet<EntityId> = before.acts.iter().map(|act| act.id).collect();
    let claims =
        after.claims.iter().filter(|claim| !claims.contains(&claim.id) && asked(None)).map(|claim| Difference {
            collection: None,
            record: None,
            title: String::new(),
            what: Changed::Claimed { claim: Box::new(claim.clone()), from: None },
        });
    let acts = after.acts.iter().filter(|act| !acts.contains(&act.id) && asked(act.target)).map(|act| Difference {
        collection: None,
        record: act.target,
        title: act.target.map_or_else(String::new, |id| name(after, id)),
        what: if act.act.is_some() { Changed::Acted(Box::new(without_manifest(act))) } else { Changed::Unknown },
    });
    claims.chain(acts).collect()
}

fn records(before: &Record, after: &Record, changed: &mut Vec<Changed>) {
    let names: BTreeSet<&String> = before.fields.keys().chain(after.fields.keys()).collect();
    for name in names {
        let of = |record: &Record| record.fields.get(name).map_or(Value::Empty, |held| held.value.clone());
        let (from, to) = (of(before), of(after));
        if from != to {
            changed.push(Changed::Set {
                field: name.clone(),
                from: vec![from],
                to,
                pieces: Vec::new(),
                why: String::new(),
            });
        }
    }
    for (name, text) in &after.texts {
        let was = before.text(name);
        if was != text {
            let stretches = vec![shortened(pieces(was, text))];
            changed.push(Changed::Wrote { field: name.clone(), stretches, more: 0 });
        }
    }
    if before.place != after.place {
        changed.push(Changed::Moved { from: String::new(), to: String::new() });
    }
    match (&before.withdrawn, &after.withdrawn) {
        (None, Some(withdrawn)) => changed.push(Changed::Withdrawn { reason: withdrawn.reason.clone() }),
        (Some(_), None) => changed.push(Changed::Restored),
        (Some(_), Some(_)) | (None, None) => {}
    }
}
