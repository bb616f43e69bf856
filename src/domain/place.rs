//! Where an entity stands among its siblings: one scalar with parent and key.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{id::EntityId, record::Record};

/// Parent and key in one scalar, so that two moves made apart can only end at one of the two places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The entity above, or none at the top.
    pub parent: Option<EntityId>,
    /// A fractional key: compares as text; ends in a random suffix so that two inserts at one spot differ.
    pub key: String,
}

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

fn digit(byte: u8) -> usize {
    DIGITS.iter().position(|&d| d == byte).unwrap_or(0)
}

/// A key that sorts after `before` and in front of `after` (none: no bound), with four random digits at its end.
///
/// Keys compare byte by byte. Bounds in the wrong order give a key after `before`.
#[must_use]
pub fn key_between(before: Option<&str>, after: Option<&str>, random: [u8; 4]) -> String {
    let low = before.unwrap_or_default().as_bytes();
    let mut high = after.filter(|after| before.is_none_or(|before| before < *after)).map(str::as_bytes);
    let mut key = Vec::new();
    for i in 0.. {
        let from = low.get(i).map_or(0, |&byte| digit(byte));
        let to = match high {
            // A bound that ends here leaves no room above it: only a foreign key can do that.
            Some(high) => high.get(i).map_or(from + 1, |&byte| digit(byte)),
            None => DIGITS.len(),
        };
        if to > from + 1 {
            // Without a bound above, small steps keep the keys of a long list short.
            let step = if high.is_none() && i < low.len() { 1 } else { (to - from) / 2 };
            key.push(DIGITS[from + step]);
            break;
        }
        key.push(DIGITS[from]);
        if to > from {
            high = None;
        }
    }
    // The last digit is never the lowest, so that there is always room in front of a key.
    key.extend(random[..3].iter().map(|&byte| DIGITS[usize::from(byte) % 62]));
    key.push(DIGITS[1 + usize::from(random[3]) % 61]);
    String::from_utf8(key).unwrap_or_default()
}

/// Entities depth first, each with its depth: siblings by key, ties by id. What stands under something absent, or in a
/// cycle, stands at the top.
pub fn outline<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<(EntityId, u8)> {
    let places: BTreeMap<EntityId, (Option<EntityId>, &str)> = records
        .into_iter()
        .filter_map(|record| {
            let place = record.place.as_ref();
            Some((record.id?, (place.and_then(|place| place.parent), place.map_or("", |place| &place.key))))
        })
        .collect();
    let mut children: BTreeMap<Option<EntityId>, Vec<(&str, EntityId)>> = BTreeMap::new();
    for (&id, &(parent, key)) in &places {
        let parent = parent.filter(|parent| places.contains_key(parent) && !in_cycle(id, &places));
        children.entry(parent).or_default().push((key, id));
    }
    for siblings in children.values_mut() {
        siblings.sort_unstable();
    }
    let mut out = Vec::with_capacity(places.len());
    let mut stack: Vec<(EntityId, u8)> = Vec::new();
    push_children(&children, None, 0, &mut stack);
    while let Some((id, depth)) = stack.pop() {
        out.push((id, depth));
        push_children(&children, Some(id), depth.saturating_add(1), &mut stack);
    }
    out
}

fn push_children(
    children: &BTreeMap<Option<EntityId>, Vec<(&str, EntityId)>>,
    parent: Option<EntityId>,
    depth: u8,
    stack: &mut Vec<(EntityId, u8)>,
) {
    if let Some(siblings) = children.get(&parent) {
        stack.extend(siblings.iter().rev().map(|&(_, id)| (id, depth)));
    }
}

fn in_cycle(id: EntityId, places: &BTreeMap<EntityId, (Option<EntityId>, &str)>) -> bool {
    let mut seen = BTreeSet::new();
    let mut at = places.get(&id).and_then(|(parent, _)| *parent);
    while let Some(parent) = at {
        if parent == id {
            return true;
        }
        if !seen.insert(parent) {
            return false;
        }
        at = places.get(&parent).and_then(|(parent, _)| *parent);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_room_between_two_keys() {
        let mut keys = vec![key_between(None, None, [1, 2, 3, 4])];
        let mut seed = 7_u32;
        for _ in 0..2000 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (seed >> 8) as usize % (keys.len() + 1);
            let before = at.checked_sub(1).map(|i| keys[i].clone());
            let key = key_between(before.as_deref(), keys.get(at).map(String::as_str), seed.to_be_bytes());
            keys.insert(at, key);
        }
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_long_list_keeps_short_keys_and_two_inserts_at_one_spot_differ() {
        let mut last = None;
        for _ in 0..500 {
            last = Some(key_between(last.as_deref(), None, [0; 4]));
        }
        assert!(last.as_ref().is_some_and(|key| key.len() < 40), "{last:?}");
        assert_ne!(key_between(None, None, [1; 4]), key_between(None, None, [2; 4]));
        assert!(key_between(Some("b"), Some("a"), [0; 4]).as_str() > "b", "bounds in the wrong order");
        assert!(!key_between(None, Some("0"), [0; 4]).is_empty(), "a foreign key below which there is no room");
    }

    #[test]
    fn cycles_and_lost_parents_fall_to_the_top() {
        let id = |n: u8| EntityId::from_bytes([n; 16]);
        let record = |n: u8, parent: Option<u8>| Record {
            id: Some(id(n)),
            place: Some(Place { parent: parent.map(id), key: format!("k{n}") }),
            ..Record::default()
        };
        let records =
            [record(1, Some(2)), record(2, Some(1)), record(3, Some(9)), record(4, Some(3)), record(5, Some(2))];
        let outline = outline(&records);
        let shown: Vec<_> = outline.iter().map(|(id, depth)| (id.to_bytes()[0], *depth)).collect();
        assert_eq!(shown, [(1, 0), (2, 0), (5, 1), (3, 0), (4, 1)]);
    }
}
