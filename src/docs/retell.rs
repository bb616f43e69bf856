//! What a change said, as the commands that would say it again: for words whose command is no longer kept.
//!
//! It compares what the document said before the change with what it said after it, and takes nothing from elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ChangeHash, ReadDoc};

use super::{
    doc::{Doc, Hash},
    error::DocsError,
};
use crate::domain::{
    Claim, Edit, EntityId, Snapshot, Splice,
    edit::At,
    record::{Held, Record, Value},
};

/// The commands of one change, in the order in which they can be carried out. None for what says nothing to a person:
/// the fixed first change of a document, an act or a field that this version does not know.
///
/// # Errors
/// [`DocsError`] when the document does not have the change, or cannot be read as it was then.
pub fn retold(doc: &Doc, hash: &Hash) -> Result<Vec<Edit>, DocsError> {
    let change = doc.automerge.get_change_by_hash(&ChangeHash(*hash));
    let change = change.ok_or_else(|| DocsError::Malformed("a change that is not here".to_owned()))?;
    if change.deps().is_empty() {
        return Ok(Vec::new());
    }
    let before = doc.at(change.deps(), &|_| None)?;
    let after = doc.at(&[ChangeHash(*hash)], &|_| None)?;
    Ok(difference(&before, &after))
}

fn difference(before: &Snapshot, after: &Snapshot) -> Vec<Edit> {
    let mut edits = Vec::new();
    rewritten(None, &before.root, &after.root, &mut edits);
    for (name, records) in &after.collections {
        let known: BTreeMap<Option<EntityId>, &Record> =
            before.collection(name).iter().map(|record| (record.id, record)).collect();
        for record in records {
            match (record.id, known.get(&record.id)) {
                (Some(id), Some(old)) => changed(id, old, record, &mut edits),
                (Some(id), None) => edits.push(added(name, id, record)),
                (None, _) => {}
            }
        }
    }
    let known: BTreeSet<EntityId> = before.claims.iter().map(|claim| claim.id).collect();
    for claim in after.claims.iter().filter(|claim| !known.contains(&claim.id)) {
        let Claim { id, what, value, as_of, evidence, reason, supersedes, meeting, origin: _ } = claim.clone();
        edits.push(match meeting {
            None => Edit::Claim { id, what, value, as_of, evidence, reason, supersedes },
            Some(meeting) => Edit::ClaimAt { id, what, value, as_of, evidence, reason, supersedes, meeting },
        });
    }
    let known: BTreeSet<EntityId> = before.acts.iter().map(|act| act.id).collect();
    for record in after.acts.iter().filter(|act| !known.contains(&act.id)) {
        if let Some(act) = &record.act {
            let (act, reason) = (act.clone(), record.reason.clone());
            edits.push(Edit::Act { id: record.id, act, target: record.target, term: record.term, reason });
        }
    }
    edits
}

/// The fields and prose of a record that say something else now.
fn rewritten(entity: Option<EntityId>, before: &Record, after: &Record, edits: &mut Vec<Edit>) {
    let at = |field: &str| At { entity, field: field.to_owned() };
    let unsaid = Held::default();
    for (name, held) in &after.fields {
        let old = before.fields.get(name).unwrap_or(&unsaid);
        if old.value != held.value {
            let shown = before.fields.get(name).map(|old| std::iter::once(&old.value).chain(&old.others).cloned());
            let seen = shown.into_iter().flatten().collect();
            edits.push(Edit::Set { at: at(name), value: held.value.clone(), seen });
        }
    }
    for (name, text) in &after.texts {
        let base = before.text(name);
        if base != text {
            edits.push(Edit::Text { at: at(name), base: base.to_owned(), splices: vec![between(base, text)] });
        }
    }
}

fn changed(id: EntityId, before: &Record, after: &Record, edits: &mut Vec<Edit>) {
    rewritten(Some(id), before, after, edits);
    if let Some(place) = after.place.as_ref().filter(|place| before.place.as_ref() != Some(place)) {
        edits.push(Edit::Move { id, place: place.clone() });
    }
    match (&before.withdrawn, &after.withdrawn) {
        (None, Some(withdrawn)) => edits.push(Edit::Withdraw { id, reason: withdrawn.reason.clone() }),
        (Some(_), None) => edits.push(Edit::Restore { id }),
        (Some(_), Some(_)) | (None, None) => {}
    }
}

fn added(to: &str, id: EntityId, record: &Record) -> Edit {
    let said = record.fields.iter().filter(|(_, held)| held.value != Value::Empty);
    let prose = record.texts.iter().filter(|(_, text)| !text.is_empty());
    Edit::Add {
        to: to.to_owned(),
        id,
        place: record.place.clone(),
        fields: said.map(|(name, held)| (name.clone(), held.value.clone())).collect(),
        texts: prose.map(|(name, text)| (name.clone(), text.clone())).collect(),
    }
}

/// The one replacement that makes a text of another: no character is cut in two.
fn between(base: &str, text: &str) -> Splice {
    let alike = |(a, b): &(char, char)| a == b;
    let head: usize = base.chars().zip(text.chars()).take_while(alike).map(|(a, _)| a.len_utf8()).sum();
    let (old, new) = (&base[head..], &text[head..]);
    let tail: usize = old.chars().rev().zip(new.chars().rev()).take_while(alike).map(|(a, _)| a.len_utf8()).sum();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    Splice { at: units(&base[..head]), delete: units(old), insert: new.to_owned() }
}

#[cfg(test)]
mod tests;
