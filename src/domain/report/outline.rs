//! The order of a report: the items of the agenda, and under each its paragraphs by place, numbered through.

use serde::{Deserialize, Serialize};

use super::ParagraphKind;
use crate::domain::{
    act::ActRecord,
    agenda,
    id::EntityId,
    record::{Record, Snapshot},
};

/// A paragraph as far as its place goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The paragraph, or what a party said for the report.
    pub id: EntityId,
    /// The item under which it stands; none before the first.
    pub item: Option<EntityId>,
    /// Its key among its like.
    pub key: String,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

impl Entry {
    /// Of a record.
    #[must_use]
    pub fn of(record: &Record) -> Option<Self> {
        Some(Self {
            id: record.id?,
            item: record.read("item"),
            key: record.place.as_ref().map(|place| place.key.clone()).unwrap_or_default(),
            withdrawn: record.withdrawn.is_some(),
        })
    }

    /// Of all records of a collection that are part of the report.
    #[must_use]
    pub fn all(snapshot: &Snapshot, collection: &str) -> Vec<Self> {
        let records = snapshot.collection(collection).iter();
        records.filter(|record| !is_release(record)).filter_map(Self::of).collect()
    }

    /// Of all paragraphs of the media release.
    #[must_use]
    pub fn release(snapshot: &Snapshot) -> Vec<Self> {
        snapshot.collection("paragraphs").iter().filter(|record| is_release(record)).filter_map(Self::of).collect()
    }
}

/// Whether a paragraph is of the media release: written beside the report, for everybody to read once the Chair cleared it
/// (domain.md, scenarios 28 and 29).
#[must_use]
pub fn is_release(record: &Record) -> bool {
    record.read("kind") == Some(ParagraphKind::Release)
}

/// A part of the report: what is written under one item, or before the first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The item; none for what stands before the first.
    pub item: Option<EntityId>,
    /// Its number; empty for an item that was withdrawn.
    pub number: String,
    /// Paragraphs that stand, each with its number in the whole report.
    pub standing: Vec<(u32, EntityId)>,
    /// Paragraphs that were withdrawn.
    pub gone: Vec<EntityId>,
}

/// The items of an agenda in its order, with their numbers.
#[must_use]
pub fn items(items: &[Record], acts: &[ActRecord]) -> Vec<(EntityId, String)> {
    agenda::lines(items, acts).into_iter().map(|line| (line.item, line.number)).collect()
}

/// The report in the order of the agenda, numbered through. An item that was withdrawn appears only with what was written
/// under it; what names no item of the agenda stands before the first.
#[must_use]
pub fn outline(items: &[(EntityId, String)], entries: &[Entry]) -> Vec<Part> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
    let known = |item: EntityId| items.iter().any(|(id, _)| *id == item);
    let mut count = 0;
    let mut part = |item: Option<EntityId>, number: &str| {
        let mut part = Part { item, number: number.to_owned(), ..Part::default() };
        for entry in sorted.iter().filter(|entry| entry.item.filter(|item| known(*item)) == item) {
            if entry.withdrawn {
                part.gone.push(entry.id);
            } else {
                count += 1;
                part.standing.push((count, entry.id));
            }
        }
        part
    };
    let mut parts = vec![part(None, "")];
    for (item, number) in items {
        let of_item = part(Some(*item), number);
        if !number.is_empty() || !of_item.standing.is_empty() || !of_item.gone.is_empty() {
            parts.push(of_item);
        }
    }
    parts
}
