//! The history of a document: told once from all its changes, grouped into sittings, and read as it was at any of them. Only
//! what this device may have is in it: a document is had whole or not at all.

mod apart;
mod compare;
mod restore;
mod undo;
mod writers;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Engine,
    documents::{Held, root_of},
    news::Sides,
};
use crate::{
    docs::{Deed, Said, Step},
    domain::{Act, DocId, DocKind, EntityId, PersonId, Snapshot},
    engine::api::{About, Difference, HistoryView, NamedPast, PastView, Sitting, SittingView},
};

/// A longer pause than this begins another sitting: half an hour.
const PAUSE: u64 = 30 * 60 * 1000;
/// So many things are named of what a sitting is about.
const ABOUT: usize = 6;

/// What all changes of one document said: the one that somebody looks at.
#[derive(Debug, Default)]
pub(super) struct Histories {
    undos: undo::Undos,
    told: Option<(DocId, Vec<[u8; 32]>, Vec<Step>)>,
}

/// A change in its place: when it came, and by whom.
struct Placed<'a> {
    step: &'a Step,
    number: Option<u64>,
    at: u64,
    person: Option<PersonId>,
}

/// Some of these that follow one another.
type Group<'a> = Vec<Placed<'a>>;

impl Engine {
    /// Tells a loaded document's history, where that is not told.
    pub(super) fn remember_story(&mut self, doc: DocId) {
        let Some(held) = self.documents.get(doc) else { return };
        let heads = held.doc().heads();
        if self.histories.told.as_ref().is_some_and(|(of, at, _)| *of == doc && *at == heads) {
            return;
        }
        let steps = super::documents::working(doc, || held.doc().story());
        self.histories.told = steps.ok().map(|steps| (doc, heads, steps));
    }

    fn story(&self, doc: DocId) -> &[Step] {
        match &self.histories.told {
            Some((of, _, steps)) if *of == doc => steps,
            Some(_) | None => &[],
        }
    }

    /// Its changes in the hub's order, one's own that the hub does not have last; only those about a record, where one is asked for.
    fn placed<'a>(&'a self, doc: DocId, held: &Held, record: Option<EntityId>) -> Group<'a> {
        let acts = targets(held.snapshot());
        let about =
            |step: &&Step| record.is_none_or(|record| step.said.iter().any(|said| is_of(doc, said, record, &acts)));
        let mut placed: Group = self
            .story(doc)
            .iter()
            .filter(|step| !step.said.is_empty())
            .filter(about)
            .map(|step| {
                let known = held.provenance(&step.hash);
                let at = known.and_then(|known| known.received_at).unwrap_or(step.millis);
                let person = step.device.and_then(|device| self.catalogue.owner(device));
                Placed { step, number: known.map(|known| known.number), at, person }
            })
            .collect();
        // Those that have no number are in causal order already.
        placed.sort_by_key(|placed| placed.number.unwrap_or(u64::MAX));
        placed
    }

    /// The newest sittings, as many as asked for.
    pub(super) fn history_view(&self, doc: DocId, record: Option<EntityId>, most: u32) -> Option<HistoryView> {
        let held = self.documents.get(doc)?;
        let placed = self.placed(doc, held, record);
        let changes = u32::try_from(placed.len()).unwrap_or(u32::MAX);
        let mut groups = sittings(placed);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let older = groups.len().saturating_sub(most);
        let acts = targets(held.snapshot());
        let shown = groups.split_off(older);
        let sittings = shown.iter().rev().filter_map(|group| self.sitting(doc, held, record, group, &acts)).collect();
        let kind = held.doc().kind();
        let home = if matches!(kind, DocKind::Project | DocKind::Draft) { doc } else { self.home(doc) };
        let at = self.entry(home).map(|entry| entry.kind);
        let at = at.filter(|kind| matches!(kind, DocKind::Plan | DocKind::Project | DocKind::Draft | DocKind::Meeting));
        Some(HistoryView {
            kind,
            page: at.map(|kind| (kind, home)),
            title: self.title(home),
            sittings,
            more: u32::try_from(older).unwrap_or(u32::MAX),
            changes,
            may_write: self.may_write(doc),
            names: self.names(doc, held),
        })
    }

    /// Versions that somebody named.
    fn names(&self, doc: DocId, held: &Held) -> Vec<NamedPast> {
        let acts = &held.snapshot().acts;
        let named = |step: &Step, said: &Said| {
            let Deed::Acted(id) = &said.deed else { return None };
            let Some(Act::NameVersion(name)) = &acts.iter().find(|act| act.id == *id)?.act else { return None };
            let at = held.provenance(&step.hash).and_then(|known| known.received_at);
            let person = step.device.and_then(|device| self.catalogue.owner(device));
            let by = self.who(person, at.unwrap_or(step.millis));
            Some(NamedPast { id: step.hash, name: name.clone(), by, at })
        };
        let all = self.story(doc).iter().flat_map(|step| step.said.iter().filter_map(move |said| named(step, said)));
        let mut names: Vec<NamedPast> = all.collect();
        names.reverse();
        names
    }

    fn sitting(
        &self,
        doc: DocId,
        held: &Held,
        record: Option<EntityId>,
        group: &Group,
        acts: &BTreeMap<EntityId, EntityId>,
    ) -> Option<Sitting> {
        let (first, last) = (group.first()?, group.last()?);
        let mut about: Vec<About> = Vec::new();
        let said = group.iter().flat_map(|placed| &placed.step.said);
        for said in said.filter(|said| record.is_none_or(|record| is_of(doc, said, record, acts))) {
            let one = About {
                collection: said.collection.map(str::to_owned),
                title: said.record.map_or_else(String::new, |id| super::news::name(held.snapshot(), id)),
                field: match &said.deed {
                    Deed::Set { field, .. } | Deed::Wrote { field, .. } => Some(field.clone()),
                    _ => None,
                },
            };
            if about.len() < ABOUT && !about.contains(&one) {
                about.push(one);
            }
        }
        Some(Sitting {
            id: last.step.hash,
            by: self.who(last.person, last.at),
            from: first.at,
            to: last.at,
            written_at: last.step.millis,
            number: last.number,
            times: u32::try_from(group.len()).unwrap_or(u32::MAX),
            about,
        })
    }

    /// What the sitting did that ends with a change.
    pub(super) fn sitting_view(&self, doc: DocId, record: Option<EntityId>, id: [u8; 32]) -> Option<SittingView> {
        let held = self.documents.get(doc)?;
        let groups = sittings(self.placed(doc, held, record));
        let group = groups.into_iter().find(|group| group.last().is_some_and(|last| last.step.hash == id))?;
        let acts = targets(held.snapshot());
        let of_record = |placed: &Placed| {
            let mut step = placed.step.clone();
            step.said.retain(|said| record.is_none_or(|record| is_of(doc, said, record, &acts)));
            step
        };
        let steps: Vec<Step> = group.iter().map(of_record).collect();
        Some(SittingView { lines: self.lines(held, &steps, &Sides::none(held.doc())) })
    }

    /// What a document said once the sitting was over that ends with a change, as the hub had it; none of it: as it is now.
    pub(super) fn past_of(&self, doc: DocId, id: Option<[u8; 32]>) -> Option<Snapshot> {
        let held = self.documents.get(doc)?;
        let Some(id) = id else { return Some(held.snapshot().clone()) };
        let Some(last) = held.provenance(&id).map(|known| known.number) else {
            // The hub does not have it: what stands on it neither.
            return Some(held.snapshot().clone());
        };
        let known = held.provenances();
        let here = |hash: &[u8; 32]| known.get(hash).is_some_and(|known| known.number <= last);
        held.doc().past(&here, &|hash| known.get(hash).map(|known| known.number)).ok()?
    }

    /// The same as a page shows it.
    pub(super) fn past_view(&self, doc: DocId, id: Option<[u8; 32]>) -> PastView {
        PastView { snapshot: self.past_of(doc, id).map(Box::new) }
    }

    /// What differs between two versions.
    pub(super) fn differences(
        &self,
        doc: DocId,
        record: Option<EntityId>,
        (before, after): (Option<[u8; 32]>, Option<[u8; 32]>),
    ) -> Option<Vec<Difference>> {
        let (before, after) = (self.past_of(doc, before)?, self.past_of(doc, after)?);
        Some(compare::between(doc, record, &before, &after))
    }
}

/// What acts are about.
fn targets(snapshot: &Snapshot) -> BTreeMap<EntityId, EntityId> {
    snapshot.acts.iter().filter_map(|act| Some((act.id, act.target?))).collect()
}

/// Whether something is said of a record; the document itself goes by its own id.
fn is_of(doc: DocId, said: &Said, record: EntityId, acts: &BTreeMap<EntityId, EntityId>) -> bool {
    let about = match &said.deed {
        Deed::Acted(act) => acts.get(act).copied(),
        _ => said.record,
    };
    about.unwrap_or_else(|| root_of(doc)) == record
}

/// Changes that one person made without a longer pause and without anybody else between.
fn sittings(placed: Group<'_>) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    for one in placed {
        match groups.last_mut() {
            Some(group)
                if group.last().is_some_and(|last| {
                    last.person == one.person
                        && one.at.abs_diff(last.at) <= PAUSE
                        && last.number.is_some() == one.number.is_some()
                }) =>
            {
                group.push(one);
            }
            Some(_) | None => groups.push(vec![one]),
        }
    }
    groups
}

/// The records that a document has or had.
pub(super) fn ids(snapshot: &Snapshot) -> BTreeSet<EntityId> {
    snapshot.collections.values().flatten().filter_map(|record| record.id).collect()
}
