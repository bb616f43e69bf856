//! A scalar is written: what others wrote there and this author had not seen keeps standing.

use std::collections::BTreeSet;

use automerge::{ObjId, ReadDoc};

use super::{
    super::{
        actor::{Actor, Author},
        doc::Doc,
        error::DocsError,
        read, valid,
    },
    Plan, Target, field, target, unwritable,
};
use crate::domain::{At, Value};

pub(super) fn plan(
    doc: &Doc,
    at: &At,
    (value, beside): (&Value, &[Value]),
    seen: &[Value],
    reason: &str,
    author: &Author,
) -> Result<Plan, DocsError> {
    valid::line("reason", reason)?;
    let Target { record, collection } = target(doc, at.entity)?;
    let field = field(doc, collection.map(|collection| collection.name), &at.field)?;
    let written = valid::scalar(field, &at.field, value)?;
    let current = doc.automerge.get_all(&record, at.field.as_str())?;
    let kept = read::kept(read::Lens::now(&doc.automerge), &record, &at.field)?;

    // What others wrote and this author had not seen keeps standing. A device's own earlier values need no telling:
    // a page that writes twice in a row names what it saw before the first.
    let is_own = |id: &ObjId| match id {
        ObjId::Id(_, actor, _) => Actor::of(actor).is_some_and(|actor| actor.device() == author.actor.device()),
        ObjId::Root => false,
    };
    let unseen = current
        .iter()
        .filter(|(_, id)| !is_own(id))
        .filter_map(|(value, _)| value.as_scalar().and_then(read::value))
        .filter(|other| *other != Value::Empty);
    let mut keep: BTreeSet<Value> =
        unseen.chain(kept.iter().cloned()).filter(|other| other != value && !seen.contains(other)).collect();
    for other in beside.iter().filter(|other| *other != value) {
        valid::scalar(field, &at.field, other)?;
        keep.insert(other.clone());
    }

    let mut plan = Plan::default();
    plan.touch(at.entity);
    if current.len() + kept.len() > 1 || !reason.is_empty() {
        plan.message = Some(serde_json::to_string(&Saw { saw: seen, why: reason }).map_err(unwritable)?);
    }
    plan.put(&record, at.field.as_str(), written);
    if keep != kept {
        let list = serde_json::to_string(&keep).map_err(unwritable)?;
        plan.put(&record, format!("{}{}", read::KEPT, at.field), list.into());
    }
    Ok(plan)
}

/// The message of a change that resolves concurrent values: what was seen, and why this one.
#[derive(serde::Serialize)]
struct Saw<'a> {
    saw: &'a [Value],
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
}

/// Why somebody chose one of several values, by the message of that change; empty where nothing is said.
pub(in crate::docs) fn reason_of(message: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Why {
        #[serde(default)]
        why: String,
    }
    serde_json::from_str(message).map(|Why { why }| why).unwrap_or_default()
}
