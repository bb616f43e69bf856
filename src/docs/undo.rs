//! What changes said, taken back: as the edits that would do so at the present heads. Nothing is taken out of the history,
//! and what others said since stays as it is, as far as it does not rest on what is taken back.

use std::collections::{BTreeMap, BTreeSet};

use automerge::ChangeHash;

use super::{
    doc::{Doc, Hash},
    error::DocsError,
    merge::compare,
    story::{Deed, Said, Step},
    track::Track,
};
use crate::domain::{At, Claim, Edit, EntityId, Snapshot, Splice, Value, claim::standing, record::Record};

/// What would take changes back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Undoing {
    /// The edits, to be carried out in their order; none where nothing of it stands any more.
    pub edits: Vec<Edit>,
    /// What others said of the same since, without having taken it back themselves.
    pub since: Vec<Step>,
    /// Whether some of it is on record for good: an act, a first claim.
    pub fixed: bool,
}

impl Doc {
    /// What would take back what these changes of one author said, given in the order in which they were made. Changes that are
    /// not here say nothing. `now` is what the document says, and `claim` the id of a claim that may have to be made.
    ///
    /// # Errors
    /// [`DocsError`] when the document cannot be read as it was then.
    pub fn undoing(&self, hashes: &[Hash], now: &Snapshot, claim: EntityId) -> Result<Undoing, DocsError> {
        let steps = self.steps(hashes)?;
        let mut undo =
            Undo { doc: self, now, claim, sets: BTreeMap::new(), texts: Vec::new(), undoing: Undoing::default() };
        let added: BTreeSet<EntityId> = steps.iter().flat_map(|step| &step.said).filter_map(made).collect();
        undo.undoing.since = self.since(&steps, hashes)?;
        for step in steps.iter().rev() {
            let heads: Vec<ChangeHash> = step.deps.iter().copied().map(ChangeHash).collect();
            let before = self.at(&heads, &|_| None)?;
            for said in step.said.iter().rev() {
                // With the record goes all that was said in it.
                let gone = said.record.is_some_and(|id| added.contains(&id)) && said.deed != Deed::Added;
                if !gone {
                    undo.take_back(step, said, &before);
                }
            }
        }
        Ok(undo.finish())
    }

    /// What others said of the same things without having seen the last of these changes taken back.
    fn since(&self, steps: &[Step], own: &[Hash]) -> Result<Vec<Step>, DocsError> {
        let Some(first) = steps.first() else { return Ok(Vec::new()) };
        let metas = self.automerge.get_changes_meta(&[ChangeHash(first.hash)]);
        let theirs: Vec<Hash> = metas.iter().map(|meta| meta.hash.0).filter(|hash| !own.contains(hash)).collect();
        let mut told = self.steps(&theirs)?;
        told.retain(|step| step.device != first.device);
        let said: Vec<&Said> = steps.iter().flat_map(|step| &step.said).collect();
        for step in &mut told {
            step.said.retain(|other| said.iter().any(|mine| meet(mine, other)));
        }
        told.retain(|step| !step.said.is_empty());
        Ok(told)
    }
}

const fn made(said: &Said) -> Option<EntityId> {
    match said.deed {
        Deed::Added => said.record,
        _ => None,
    }
}

/// Whether taking back what one said would also touch what the other said.
fn meet(mine: &Said, other: &Said) -> bool {
    mine.record == other.record
        && match (&mine.deed, &other.deed) {
            (Deed::Added, _) => true,
            (Deed::Set { field, .. }, Deed::Set { field: other, .. }) => field == other,
            (Deed::Wrote { text, .. }, Deed::Wrote { text: other, .. }) => text == other,
            (Deed::Moved, Deed::Moved) => true,
            (Deed::Withdrawn(_) | Deed::Restored, Deed::Withdrawn(_) | Deed::Restored) => true,
            _ => false,
        }
}

/// A text that is taken back change by change.
struct Prose {
    at: At,
    /// As it is.
    now: String,
    /// As it would be.
    then: String,
    /// Whether others wrote within what goes.
    overtaken: bool,
}

struct Undo<'a> {
    doc: &'a Doc,
    now: &'a Snapshot,
    claim: EntityId,
    sets: BTreeMap<At, Edit>,
    texts: Vec<Prose>,
    undoing: Undoing,
}

impl Undo<'_> {
    fn take_back(&mut self, step: &Step, said: &Said, before: &Snapshot) {
        let Some(record) = record(self.now, said.record) else { return };
        let was = self::record(before, said.record);
        match &said.deed {
            Deed::Set { field, to, .. } => self.set(&At { entity: said.record, field: field.clone() }, to, record, was),
            Deed::Wrote { field, text } => {
                let (old, new) = (self.doc.words_at(text, &step.deps), self.doc.words_at(text, &[step.hash]));
                self.write(At { entity: said.record, field: field.clone() }, &old, &new, record);
            }
            Deed::Added => self.undoing.edits.extend(withdraw(said.record, record, String::new())),
            Deed::Moved => {
                let place = was.and_then(|was| was.place.clone()).filter(|place| record.place.as_ref() != Some(place));
                let edit = said.record.zip(place).map(|(id, place)| Edit::Move { id, place });
                self.undoing.edits.extend(edit);
            }
            Deed::Withdrawn(_) => {
                let id = said.record.filter(|_| record.withdrawn.is_some());
                self.undoing.edits.extend(id.map(|id| Edit::Restore { id }));
            }
            Deed::Restored => {
                let reason = was.and_then(|was| was.withdrawn.as_ref()).map(|was| was.reason.clone());
                self.undoing.edits.extend(withdraw(said.record, record, reason.unwrap_or_default()));
            }
            Deed::Claimed(id) => self.claim_again(*id),
            Deed::Acted(_) => self.undoing.fixed = true,
        }
    }

    /// A scalar says again what it said: all values, where several stood.
    fn set(&mut self, at: &At, to: &Value, now: &Record, was: Option<&Record>) {
        let unsaid = if matches!(to, Value::Bool(_)) { Value::Bool(false) } else { Value::Empty };
        let held = was.and_then(|was| was.fields.get(&at.field));
        let value = held.map_or(unsaid, |held| held.value.clone());
        let beside = held.map_or_else(Vec::new, |held| held.others.clone());
        let shown = now.fields.get(&at.field);
        let seen = shown.into_iter().flat_map(|held| std::iter::once(&held.value).chain(&held.others));
        let seen: Vec<Value> = seen.cloned().collect();
        let edit = if beside.is_empty() {
            Edit::Set { at: at.clone(), value, seen }
        } else {
            Edit::Choose { at: at.clone(), value, seen, beside, reason: String::new() }
        };
        self.sets.insert(at.clone(), edit);
    }

    fn write(&mut self, at: At, old: &str, new: &str, record: &Record) {
        let known = self.texts.iter().position(|prose| prose.at == at);
        let index = known.unwrap_or_else(|| {
            let now = record.text(&at.field).to_owned();
            self.texts.push(Prose { at, then: now.clone(), now, overtaken: false });
            self.texts.len() - 1
        });
        let Some(prose) = self.texts.get_mut(index) else { return };
        let (back, since) = (compare(new, old), compare(new, &prose.then));
        prose.overtaken |= back.gone().iter().any(|(from, to)| !since.keeps(*from, *to));
        prose.then = super::merge::three_way(new, old, &prose.then);
    }

    /// What the same party claimed before is claimed again: a claim that was made stays.
    fn claim_again(&mut self, id: EntityId) {
        let claims = &self.now.claims;
        let Some(own) = claims.iter().find(|claim| claim.id == id) else { return };
        let before: Vec<&Claim> = claims.iter().filter(|claim| own.supersedes.contains(&claim.id)).collect();
        let stands = standing(claims, own.what).iter().any(|claim| claim.id == id);
        let ([before], true) = (before.as_slice(), stands) else {
            self.undoing.fixed = true;
            return;
        };
        let Claim { what, value, as_of, evidence, reason, meeting, .. } = (*before).clone();
        let (id, supersedes) = (self.claim, vec![own.id]);
        self.undoing.edits.push(match meeting {
            None => Edit::Claim { id, what, value, as_of, evidence, reason, supersedes },
            Some(meeting) => Edit::ClaimAt { id, what, value, as_of, evidence, reason, supersedes, meeting },
        });
    }

    fn finish(self) -> Undoing {
        let Self { now, sets, texts, mut undoing, .. } = self;
        let says = |edit: &Edit| match edit {
            Edit::Set { at, value, .. } => stands(now, at) != (value.clone(), Vec::new()),
            Edit::Choose { at, value, beside, .. } => stands(now, at) != (value.clone(), beside.clone()),
            _ => true,
        };
        undoing.edits.extend(sets.into_values().filter(says));
        for Prose { at, now, then, overtaken } in texts {
            // Words elsewhere in the text stay: it is no matter that others wrote them.
            let elsewhere = |said: &Said| {
                matches!(&said.deed, Deed::Wrote { field, .. } if *field == at.field) && said.record == at.entity
            };
            if !overtaken {
                undoing.since.iter_mut().for_each(|step| step.said.retain(|said| !elsewhere(said)));
            }
            let units: Vec<u16> = then.encode_utf16().collect();
            let splices: Vec<Splice> = compare(&now, &then).onto(&units, &Track::identity(now.encode_utf16().count()));
            if !splices.is_empty() {
                undoing.edits.push(Edit::Text { at, base: now, splices });
            }
        }
        undoing.since.retain(|step| !step.said.is_empty());
        if undoing.edits.is_empty() {
            undoing.since.clear();
        }
        undoing
    }
}

fn withdraw(id: Option<EntityId>, record: &Record, reason: String) -> Option<Edit> {
    id.filter(|_| record.withdrawn.is_none()).map(|id| Edit::Withdraw { id, reason })
}

fn record(of: &Snapshot, id: Option<EntityId>) -> Option<&Record> {
    match id {
        None => Some(&of.root),
        Some(_) => of.collections.values().flatten().find(|record| record.id == id),
    }
}

/// What a field says, and what stands beside it.
fn stands(now: &Snapshot, at: &At) -> (Value, Vec<Value>) {
    let held = record(now, at.entity).and_then(|record| record.fields.get(&at.field));
    held.map_or_else(Default::default, |held| (held.value.clone(), held.others.clone()))
}

#[cfg(test)]
mod tests;
