//! The values that stand beside each other in a field: who said each, and what stood there when they did.

use crate::{
    docs::{Deed, Step},
    domain::{At, DocId, Snapshot, Value, record::Held},
    engine::{
        api::{Apart, ApartBy},
        core::Engine,
    },
};

impl Engine {
    /// The values of a field, the one that everybody sees first; its story is told already.
    pub(in crate::engine::core) fn standing_values(&self, doc: DocId, at: &At) -> Vec<Apart> {
        let Some(held) = self.documents.get(doc) else { return Vec::new() };
        let Some(Held { value, others }) = field(held.snapshot(), at) else { return Vec::new() };
        let all = std::iter::once((value, true)).chain(others.iter().map(|other| (other, false)));
        all.map(|(value, shown)| {
            // Said more than once, it was said last where it stands.
            let said = self.story(doc).iter().rev().find_map(|step| Some((step, base(step, at, value)?)));
            let by = said.map(|(step, base)| {
                let known = held.provenance(&step.hash);
                let at = known.and_then(|known| known.received_at).unwrap_or(step.millis);
                let person = step.device.and_then(|device| self.catalogue.owner(device));
                ApartBy { who: self.who(person, at), at, base }
            });
            Apart { value: value.clone(), shown, by }
        })
        .collect()
    }
}

fn field<'a>(snapshot: &'a Snapshot, at: &At) -> Option<&'a Held> {
    let record = match at.entity {
        None => &snapshot.root,
        id => snapshot.collections.values().flatten().find(|one| one.id == id)?,
    };
    record.fields.get(&at.field)
}

/// What stood in a field before a change that put a value there; none where it did not.
fn base(step: &Step, at: &At, value: &Value) -> Option<Vec<Value>> {
    step.said.iter().find_map(|said| match &said.deed {
        Deed::Set { field, from, to, .. } if said.record == at.entity && *field == at.field && to == value => {
            Some(from.clone())
        }
        // A record that was made twice.
        Deed::Added if said.record.is_some() && said.record == at.entity => Some(Vec::new()),
        _ => None,
    })
}
