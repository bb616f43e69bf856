//! An agenda on screen: what a move does to it, how long it takes, and the report that follows it.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    domain::{EntityId, Place, Record, Value, place::key_between},
    engine::api::AgendaLine,
};

/// A numbered line with what a move needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The item.
    pub item: EntityId,
    /// Depth, 0 at the top.
    pub depth: u8,
    /// Its key among its siblings.
    pub key: String,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

/// The numbered lines in the order shown, with their keys.
#[must_use]
pub fn spots(lines: &[AgendaLine], items: &[Record]) -> Vec<Spot> {
    let keys: BTreeMap<EntityId, &str> = items
        .iter()
        .filter_map(|item| Some((item.id?, item.place.as_ref().map_or("", |place| place.key.as_str()))))
        .collect();
    let numbered = lines.iter().filter(|line| !line.number.is_empty());
    numbered
        .map(|line| Spot {
            item: line.item,
            depth: line.depth,
            key: keys.get(&line.item).copied().unwrap_or_default().to_owned(),
        })
        .collect()
}

fn at(spots: &[Spot], item: EntityId) -> Option<usize> {
    spots.iter().position(|spot| spot.item == item)
}

// A line with what stands under it.
fn block(spots: &[Spot], at: usize) -> Range<usize> {
    let end = spots[at + 1..].iter().position(|spot| spot.depth <= spots[at].depth);
    at..end.map_or(spots.len(), |more| at + 1 + more)
}

fn parent(spots: &[Spot], at: usize) -> Option<usize> {
    spots[..at].iter().rposition(|spot| spot.depth < spots[at].depth)
}

// The children of a line, or of the top.
fn children(spots: &[Spot], parent: Option<usize>) -> Vec<usize> {
    let (range, depth) = match parent {
        Some(above) => (above + 1..block(spots, above).end, spots[above].depth + 1),
        None => (0..spots.len(), 0),
    };
    range.filter(|&at| spots[at].depth == depth).collect()
}

/// The sibling whose place an item takes when it goes one step; none at the end of the road.
#[must_use]
pub fn neighbour(spots: &[Spot], item: EntityId, way: Way) -> Option<EntityId> {
    let here = at(spots, item)?;
    let siblings = children(spots, parent(spots, here));
    let rank = siblings.iter().position(|&sibling| sibling == here)?;
    let next = match way {
        Way::Up => rank.checked_sub(1)?,
        Way::Down => rank + 1,
    };
    siblings.get(next).map(|&next| spots[next].item)
}

/// Where an item stands once it has taken the place of `target`: behind it when it came from before it, else in front.
/// None where that cannot be: at itself, or under itself.
#[must_use]
pub fn place_at(spots: &[Spot], item: EntityId, target: EntityId, random: [u8; 4]) -> Option<Place> {
    let (from, to) = (at(spots, item)?, at(spots, target)?);
    if block(spots, from).contains(&to) {
        return None;
    }
    let above = parent(spots, to);
    let others: Vec<usize> = children(spots, above).into_iter().filter(|&sibling| sibling != from).collect();
    let rank = others.iter().position(|&sibling| sibling == to)?;
    let key = |rank: usize| others.get(rank).map(|&sibling| spots[sibling].key.as_str());
    let (before, after) =
        if from < to { (key(rank), key(rank + 1)) } else { (rank.checked_sub(1).and_then(key), key(rank)) };
    Some(Place { parent: above.map(|above| spots[above].item), key: key_between(before, after, random) })
}

/// The whole order once an item has taken the place of one of its siblings: for an act on an agenda whose order is
/// frozen. None where they are no siblings.
#[must_use]
pub fn order_at(spots: &[Spot], item: EntityId, target: EntityId) -> Option<Vec<EntityId>> {
    let (from, to) = (at(spots, item)?, at(spots, target)?);
    if from == to || parent(spots, from) != parent(spots, to) {
        return None;
    }
    let (moving, passed) = (block(spots, from), block(spots, to));
    let ids = |range: Range<usize>| spots[range].iter().map(|spot| spot.item);
    let order = if from < to {
        ids(0..moving.start)
            .chain(ids(moving.end..passed.end))
            .chain(ids(moving))
            .chain(ids(passed.end..spots.len()))
            .collect()
    } else {
        ids(0..passed.start)
            .chain(ids(moving.clone()))
            .chain(ids(passed.start..moving.start))
            .chain(ids(moving.end..spots.len()))
            .collect()
    };
    Some(order)
}

/// The place behind everything that stands under `above`, or at the top.
#[must_use]
pub fn last_place(spots: &[Spot], above: Option<EntityId>, random: [u8; 4]) -> Place {
    let parent = above.and_then(|above| at(spots, above));
    let last = children(spots, parent).into_iter().map(|child| spots[child].key.as_str()).max();
    Place { parent: above, key: key_between(last, None, random) }
}

/// The minutes an item is given.
#[must_use]
pub fn minutes(item: &Record) -> u32 {
    match item.fields.get("minutes").map(|held| &held.value) {
        Some(Value::Int(minutes)) => u32::try_from(*minutes).unwrap_or(0),
        Some(Value::Empty | Value::Bool(_) | Value::Str(_)) | None => 0,
    }
}

/// Minutes from the start of the meeting to the end of each item that has some, and of all.
#[must_use]
pub fn running(lines: &[AgendaLine], items: &[Record]) -> (BTreeMap<EntityId, u32>, u32) {
    let mut total: u32 = 0;
    let mut ends = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.number.is_empty()) {
        let own = items.iter().find(|item| item.id == Some(line.item)).map_or(0, minutes);
        if own > 0 {
            total = total.saturating_add(own);
            ends.insert(line.item, total);
        }
    }
    (ends, total)
}

/// The place of a new paragraph behind `after`, or behind all of a part: `keys` are its paragraphs in their order.
#[must_use]
pub fn paragraph_place(keys: &[(EntityId, String)], after: Option<EntityId>, random: [u8; 4]) -> Place {
    let key = |at: usize| keys.get(at).map(|(_, key)| key.as_str());
    let rank = after.and_then(|after| keys.iter().position(|(id, _)| *id == after));
    let (before, next) = match rank {
        Some(rank) => (key(rank), key(rank + 1)),
        None => (keys.len().checked_sub(1).and_then(key), None),
    };
    Place { parent: None, key: key_between(before, next, random) }
}

/// The place of a paragraph that goes one step within its part; none at the end of the road.
#[must_use]
pub fn paragraph_step(keys: &[(EntityId, String)], id: EntityId, way: Way, random: [u8; 4]) -> Option<Place> {
    let here = keys.iter().position(|(other, _)| *other == id)?;
    let passed = match way {
        Way::Up => here.checked_sub(1)?,
        Way::Down => here + 1,
    };
    keys.get(passed)?;
    let key = |at: usize| keys.get(at).map(|(_, key)| key.as_str());
    let (before, next) = match way {
        Way::Up => (passed.checked_sub(1).and_then(key), key(passed)),
        Way::Down => (key(passed), key(passed + 1)),
    };
    Some(Place { parent: None, key: key_between(before, next, random) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Held, agenda};

    fn id(n: u8) -> EntityId {
        EntityId::from_bytes([n; 16])
    }

    fn item(n: u8, parent: Option<u8>, key: &str) -> Record {
        let place = Some(Place { parent: parent.map(id), key: key.to_owned() });
        Record { id: Some(id(n)), place, ..Record::default() }
    }

    fn lines(items: &[Record]) -> Vec<AgendaLine> {
        agenda::lines(items, &[])
            .into_iter()
            .map(|line| AgendaLine { item: line.item, number: line.number, depth: line.depth, state: None })
            .collect()
    }

    fn shown(items: &[Record]) -> Vec<u8> {
        spots(&lines(items), items).iter().map(|spot| spot.item.to_bytes()[0]).collect()
    }

    fn moved(items: &[Record], what: u8, to: u8) -> Option<Vec<u8>> {
        let place = place_at(&spots(&lines(items), items), id(what), id(to), [7; 4])?;
        let mut items = items.to_vec();
        items.iter_mut().find(|item| item.id == Some(id(what)))?.place = Some(place);
        Some(shown(&items))
    }

    fn five() -> Vec<Record> {
        vec![item(1, None, "b"), item(2, None, "d"), item(3, Some(2), "x"), item(4, None, "f"), item(5, None, "h")]
    }

    #[test]
    fn a_step_passes_one_sibling_with_all_that_stands_under_it() {
        let items = five();
        let spots = spots(&lines(&items), &items);
        assert_eq!(neighbour(&spots, id(1), Way::Down), Some(id(2)));
        assert_eq!(neighbour(&spots, id(4), Way::Up), Some(id(2)));
        assert_eq!(neighbour(&spots, id(1), Way::Up), None);
        assert_eq!(neighbour(&spots, id(3), Way::Down), None);
        assert_eq!(neighbour(&spots, id(5), Way::Down), None);
        assert_eq!(moved(&items, 1, 2), Some(vec![2, 3, 1, 4, 5]));
        assert_eq!(moved(&items, 4, 2), Some(vec![1, 4, 2, 3, 5]));
    }

    #[test]
    fn a_dropped_item_takes_the_place_where_it_falls() {
        let items = five();
        assert_eq!(moved(&items, 5, 1), Some(vec![5, 1, 2, 3, 4]));
        assert_eq!(moved(&items, 1, 5), Some(vec![2, 3, 4, 5, 1]));
        assert_eq!(moved(&items, 2, 4), Some(vec![1, 4, 2, 3, 5]), "what stands under it comes along");
        assert_eq!(moved(&items, 5, 3), Some(vec![1, 2, 5, 3, 4]), "it may go under another item");
        assert_eq!(moved(&items, 2, 3), None, "but not under itself");
        assert_eq!(moved(&items, 2, 2), None);
    }

    #[test]
    fn an_order_says_the_same_as_a_move() {
        let items = five();
        let spots = spots(&lines(&items), &items);
        for (what, to) in [(1, 2), (4, 2), (5, 1), (1, 5), (2, 4)] {
            let order = order_at(&spots, id(what), id(to));
            let order = order.map(|order| order.iter().map(|id| id.to_bytes()[0]).collect::<Vec<_>>());
            assert_eq!(order, moved(&items, what, to), "{what} to {to}");
        }
        assert_eq!(order_at(&spots, id(5), id(3)), None, "an order cannot put an item under another");
    }

    #[test]
    fn new_items_stand_last() {
        let items = five();
        let spots = spots(&lines(&items), &items);
        let place = last_place(&spots, Some(id(2)), [7; 4]);
        assert_eq!(place.parent, Some(id(2)));
        assert!(place.key.as_str() > "x");
        assert!(last_place(&spots, None, [7; 4]).key.as_str() > "h");
    }

    #[test]
    fn minutes_run_through_the_agenda() {
        let mut items = five();
        for (at, own) in [(0, 10), (2, 5), (3, 30)] {
            items[at].fields.insert("minutes".into(), Held { value: Value::Int(own), others: Vec::new() });
        }
        let (ends, total) = running(&lines(&items), &items);
        assert_eq!(ends, BTreeMap::from([(id(1), 10), (id(3), 15), (id(4), 45)]));
        assert_eq!(total, 45);
    }

    #[test]
    fn a_paragraph_comes_behind_another_and_goes_one_step_at_a_time() {
        let keys: Vec<(EntityId, String)> = (1..4).map(|n| (id(n), format!("k{n}"))).collect();
        let place = paragraph_place(&keys, Some(id(1)), [7; 4]);
        assert!(place.key.as_str() > "k1" && place.key.as_str() < "k2");
        assert!(paragraph_place(&keys, None, [7; 4]).key.as_str() > "k3");
        let up = paragraph_step(&keys, id(3), Way::Up, [7; 4]).expect("a step").key;
        assert!(up.as_str() > "k1" && up.as_str() < "k2", "{up}");
        let down = paragraph_step(&keys, id(2), Way::Down, [7; 4]).expect("a step").key;
        assert!(down.as_str() > "k3", "{down}");
        assert_eq!(paragraph_step(&keys, id(1), Way::Up, [7; 4]), None);
        assert_eq!(paragraph_step(&keys, id(3), Way::Down, [7; 4]), None);
        assert_eq!(paragraph_step(&keys, id(9), Way::Down, [7; 4]), None);
    }
}
