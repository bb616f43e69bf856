//! What a document said before, said again: as new changes at its present heads. Nothing of what was said since is taken out of
//! the history, and what was claimed or done by authority is not undone by it.

use super::{Engine, ids};
use crate::{
    domain::{At, DocId, Edit, EntityId, Snapshot, Splice, Value, record::Record},
    engine::{
        api::{CommandId, Refusal},
        core::{documents::root_of, refuse},
    },
};

impl Engine {
    /// Brings back what a record said once a sitting was over; of the document itself, by its own id; none: all of it.
    pub(in super::super) fn bring_back(
        &mut self,
        command: CommandId,
        doc: DocId,
        record: Option<EntityId>,
        id: [u8; 32],
    ) -> Result<(), Refusal> {
        let unknown = || refuse("unknown-document", doc.to_string());
        let then = self.past_of(doc, Some(id)).ok_or_else(unknown)?;
        let now = self.documents.get(doc).ok_or_else(unknown)?.snapshot();
        let edits = towards(doc, record, now, &then);
        // All is asked before anything is written.
        for edit in &edits {
            self.may_edit(doc, edit)?;
        }
        for edit in edits {
            self.write_edit(command, doc, edit)?;
        }
        Ok(())
    }
}

/// What has to be written so that it says again what it said then.
fn towards(doc: DocId, only: Option<EntityId>, now: &Snapshot, then: &Snapshot) -> Vec<Edit> {
    let asked = |record: Option<EntityId>| only.is_none_or(|only| record.unwrap_or_else(|| root_of(doc)) == only);
    let mut edits = Vec::new();
    if asked(None) {
        fields(None, &now.root, &then.root, &mut edits);
    }
    let were = ids(then);
    for (collection, records) in &now.collections {
        for record in records.iter().filter(|record| asked(record.id)) {
            let Some(id) = record.id else { continue };
            let Some(old) = then.collection(collection).iter().find(|old| old.id == Some(id)) else {
                // It came later.
                if record.withdrawn.is_none() && !were.contains(&id) {
                    edits.push(Edit::Withdraw { id, reason: String::new() });
                }
                continue;
            };
            if record.withdrawn.is_some() && old.withdrawn.is_none() {
                edits.push(Edit::Restore { id });
            }
            fields(Some(id), record, old, &mut edits);
            if let Some(place) = old.place.as_ref().filter(|place| record.place.as_ref() != Some(place)) {
                edits.push(Edit::Move { id, place: place.clone() });
            }
            if let (None, Some(withdrawn)) = (&record.withdrawn, &old.withdrawn) {
                edits.push(Edit::Withdraw { id, reason: withdrawn.reason.clone() });
            }
        }
    }
    edits
}

fn fields(entity: Option<EntityId>, now: &Record, then: &Record, edits: &mut Vec<Edit>) {
    let at = |field: &str| At { entity, field: field.to_owned() };
    for (name, held) in &now.fields {
        // Prose that was made twice stands beside itself; it is not written as a scalar.
        if now.texts.contains_key(name) {
            continue;
        }
        let unsaid = if matches!(held.value, Value::Bool(_)) { Value::Bool(false) } else { Value::Empty };
        let value = then.fields.get(name).map_or(unsaid, |held| held.value.clone());
        if held.value != value {
            let seen = std::iter::once(&held.value).chain(&held.others).cloned().collect();
            edits.push(Edit::Set { at: at(name), value, seen });
        }
    }
    for (name, text) in &now.texts {
        if let Some(splice) = Splice::between(text, then.text(name)) {
            edits.push(Edit::Text { at: at(name), base: text.clone(), splices: vec![splice] });
        }
    }
}
