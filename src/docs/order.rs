//! The order of a collection: a walk through the tree that the places make, whatever concurrent moves did to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{EntityId, Record};

/// Sorts records parents first, siblings by key and then by id.
///
/// A record whose parent is absent, or whose chain of parents comes back to it (two moves made apart can do that),
/// stands at the top: its place is shown without a parent. The document itself is left as it is.
pub(super) fn in_order(mut records: Vec<Record>) -> Vec<Record> {
    let parents: BTreeMap<EntityId, EntityId> =
        records.iter().filter_map(|record| Some((record.id?, record.place.as_ref()?.parent?))).collect();
    let present: BTreeSet<EntityId> = records.iter().filter_map(|record| record.id).collect();
    for record in &mut records {
        let (Some(id), Some(place)) = (record.id, record.place.as_mut()) else { continue };
        if place.parent.is_some_and(|parent| !present.contains(&parent) || comes_back(&parents, id)) {
            place.parent = None;
        }
    }
    let mut children: BTreeMap<Option<EntityId>, Vec<Record>> = BTreeMap::new();
    for record in records {
        children.entry(record.place.as_ref().and_then(|place| place.parent)).or_default().push(record);
    }
    for siblings in children.values_mut() {
        // Later siblings first: the walk takes them from the end.
        siblings.sort_by(|a, b| sort_key(b).cmp(&sort_key(a)));
    }
    let mut sorted = Vec::new();
    let mut stack = children.remove(&None).unwrap_or_default();
    while let Some(record) = stack.pop() {
        if let Some(below) = children.remove(&record.id) {
            stack.extend(below);
        }
        sorted.push(record);
    }
    sorted
}

fn sort_key(record: &Record) -> (&str, Option<EntityId>) {
    (record.place.as_ref().map_or("", |place| place.key.as_str()), record.id)
}

fn comes_back(parents: &BTreeMap<EntityId, EntityId>, id: EntityId) -> bool {
    let mut at = id;
    // No chain without a circle is longer than there are records.
    for _ in 0..=parents.len() {
        match parents.get(&at) {
            Some(parent) if *parent == id => return true,
            Some(parent) => at = *parent,
            None => return false,
        }
    }
    false
}
