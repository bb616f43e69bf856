//! What a meeting endorsed or adopted, frozen: which projects, in which versions, saying what. And how far a plan is from it.
//!
//! The manifest is canonical CBOR that stands in the act and is never written anew. Beside what proves the versions (heads,
//! hashes) it keeps the words that a comparison shows, so that a device that joins years later can show what was adopted
//! without the history of every project.

use std::{cmp::Ordering, collections::BTreeMap};

use minicbor::{Decode, Encode, bytes::ByteArray};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    id::{DocId, EntityId},
    party::PartyCode,
    project::ProjectStatus,
    when::When,
};

/// A manifest longer than this, in bytes, does not fit into one change: some two thousand projects.
pub const MANIFEST_MAX: usize = 480 << 10;

/// What an act freezes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The manifest: canonical CBOR of a list of [`Frozen`], by document.
    pub manifest: Vec<u8>,
    /// Heads that the hub had not acknowledged when it was frozen. It is effective once it has.
    pub waits: Vec<(DocId, [u8; 32])>,
}

/// One project as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Frozen {
    /// Its document.
    #[n(0)]
    pub doc: DocId,
    /// The heads of the document.
    #[n(1)]
    pub heads: Vec<ByteArray<32>>,
    /// SHA-256 of the canonical CBOR of its projection.
    #[n(2)]
    pub digest: ByteArray<32>,
    #[n(3)]
    title: String,
    #[n(4)]
    leads: Vec<String>,
    #[n(5)]
    area: Option<EntityId>,
    #[n(6)]
    start: Option<String>,
    #[n(7)]
    end: Option<String>,
    #[n(8)]
    status: Option<String>,
}

/// What of a project a comparison shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its document.
    pub doc: DocId,
    /// Title.
    pub title: String,
    /// Lead, then co-leads.
    pub leads: Vec<PartyCode>,
    /// Entity of the plan's taxonomy.
    pub area: Option<EntityId>,
    /// Planned start.
    pub start: Option<When>,
    /// Planned end.
    pub end: Option<When>,
    /// Status as a table shows it.
    pub status: Option<ProjectStatus>,
}

impl Frozen {
    /// A project in the version that its heads name.
    #[must_use]
    pub fn new(line: &Line, mut heads: Vec<[u8; 32]>, digest: [u8; 32]) -> Self {
        heads.sort_unstable();
        Self {
            doc: line.doc,
            heads: heads.into_iter().map(ByteArray::from).collect(),
            digest: digest.into(),
            title: line.title.clone(),
            leads: line.leads.iter().map(ToString::to_string).collect(),
            area: line.area,
            start: line.start.map(|when| when.to_string()),
            end: line.end.map(|when| when.to_string()),
            status: line.status.map(|status| status.word().to_owned()),
        }
    }

    /// Its words.
    #[must_use]
    pub fn line(&self) -> Line {
        let when = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        Line {
            doc: self.doc,
            title: self.title.clone(),
            leads: self.leads.iter().filter_map(|code| code.parse().ok()).collect(),
            area: self.area,
            start: when(&self.start),
            end: when(&self.end),
            status: self.status.as_deref().and_then(|word| word.parse().ok()),
        }
    }
}

impl Baseline {
    /// Freezes projects, in whatever order they come.
    #[must_use]
    pub fn new(mut rows: Vec<Frozen>, waits: Vec<(DocId, [u8; 32])>) -> Self {
        rows.sort_by_key(|row| row.doc);
        // Writing to memory cannot fail.
        Self { manifest: minicbor::to_vec(&rows).unwrap_or_default(), waits }
    }

    /// The projects; none where the manifest cannot be read: a garbled one proves nothing.
    #[must_use]
    pub fn rows(&self) -> Option<Vec<Frozen>> {
        minicbor::decode(&self.manifest).ok()
    }

    /// How many projects, without reading them: the head of the list says it.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        minicbor::Decoder::new(&self.manifest).array().ok()?.and_then(|count| u32::try_from(count).ok())
    }

    /// The root hash: SHA-256 of the manifest. Two people who hold the same root hold the same adopted plan.
    #[must_use]
    pub fn root(&self) -> [u8; 32] {
        Sha256::digest(&self.manifest).into()
    }
}

/// A field that a comparison tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Title.
    Title,
    /// Lead and co-leads.
    Leads,
    /// Area.
    Area,
    /// Planned start.
    Start,
    /// Planned end.
    End,
    /// Status.
    Status,
}

/// A project that says something else now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What it said.
    pub before: Line,
    /// What it says.
    pub after: Line,
}

impl Changed {
    /// The fields that differ.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let (a, b) = (&self.before, &self.after);
        let differ = [
            (Field::Title, a.title != b.title),
            (Field::Leads, a.leads != b.leads),
            (Field::Area, a.area != b.area),
            (Field::Start, a.start != b.start),
            (Field::End, a.end != b.end),
            (Field::Status, a.status != b.status),
        ];
        differ.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
    }

    /// Whether it moved in time, and which way: by its end, or else by its start. None where its dates are the same, or
    /// where it had none before or has none now.
    #[must_use]
    pub fn moved(&self) -> Option<Ordering> {
        let order = |a: Option<When>, b: Option<When>, last: bool| {
            let day = |when: When| if last { when.bounds().1 } else { when.bounds().0 };
            Some(day(b?).cmp(&day(a?)))
        };
        let end = order(self.before.end, self.after.end, true).filter(|order| *order != Ordering::Equal);
        end.or_else(|| order(self.before.start, self.after.start, false).filter(|order| *order != Ordering::Equal))
    }
}

/// How one version of a plan differs from another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// In the later one only.
    pub added: Vec<Line>,
    /// In the earlier one only.
    pub removed: Vec<Line>,
    /// In both, and not the same.
    pub changed: Vec<Changed>,
}

/// What of a version falls to one area or one lead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Projects before.
    pub before: u32,
    /// Projects after.
    pub after: u32,
    /// Added, in it or come to it from another area or lead.
    pub added: u32,
    /// Removed, likewise.
    pub removed: u32,
    /// Still there, and not the same.
    pub changed: u32,
    /// Of those, moved in time.
    pub moved: u32,
}

/// Compares two versions, document by document. Each list keeps the order of the version it is from.
#[must_use]
pub fn compare(before: &[Line], after: &[Line]) -> Difference {
    let old: BTreeMap<DocId, &Line> = before.iter().map(|line| (line.doc, line)).collect();
    let new: BTreeMap<DocId, &Line> = after.iter().map(|line| (line.doc, line)).collect();
    let mut difference = Difference::default();
    for line in after {
        match old.get(&line.doc) {
            None => difference.added.push(line.clone()),
            Some(was) if *was != line => {
                difference.changed.push(Changed { before: (*was).clone(), after: line.clone() });
            }
            Some(_) => {}
        }
    }
    difference.removed = before.iter().filter(|line| !new.contains_key(&line.doc)).cloned().collect();
    difference
}

/// Totals of two versions by what `keys` says of a project: its area, or its leads (a project with two leads counts for
/// both).
#[must_use]
pub fn by<K: Ord + Clone>(before: &[Line], after: &[Line], keys: impl Fn(&Line) -> Vec<K>) -> BTreeMap<K, Totals> {
    let mut totals: BTreeMap<K, Totals> = BTreeMap::new();
    let new: BTreeMap<DocId, &Line> = after.iter().map(|line| (line.doc, line)).collect();
    let old: BTreeMap<DocId, &Line> = before.iter().map(|line| (line.doc, line)).collect();
    for line in before {
        let now = new.get(&line.doc).map(|line| keys(line)).unwrap_or_default();
        for key in keys(line) {
            let total = totals.entry(key.clone()).or_default();
            total.before += 1;
            total.removed += u32::from(!now.contains(&key));
        }
    }
    for line in after {
        let was = old.get(&line.doc);
        let had = was.map(|line| keys(line)).unwrap_or_default();
        for key in keys(line) {
            let total = totals.entry(key.clone()).or_default();
            total.after += 1;
            match was {
                Some(was) if had.contains(&key) => {
                    let pair = Changed { before: (*was).clone(), after: line.clone() };
                    total.changed += u32::from(pair.before != pair.after);
                    total.moved += u32::from(pair.moved().is_some());
                }
                Some(_) | None => total.added += 1,
            }
        }
    }
    totals
}

#[cfg(test)]
mod tests;
