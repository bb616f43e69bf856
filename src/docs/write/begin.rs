//! What a document made from another begins with. Nothing that somebody has written already is ever put out of its place:
//! the same beginning carried out a second time, or after another's, adds only what is not there.

use automerge::ReadDoc;

use super::{
    super::{actor::Author, doc::Doc, error::DocsError, read, valid},
    Op, Plan, field,
};
use crate::domain::{Edit, Value, schema::FieldKind};

pub(super) fn plan(doc: &Doc, fields: &[(String, Value)], texts: &[(String, String)]) -> Result<Plan, DocsError> {
    let record = &doc.roots().fields;
    let mut plan = Plan { touches_root: true, ..Plan::default() };
    for (name, value) in fields {
        let value = valid::scalar(field(doc, None, name)?, name, value)?;
        if !value.is_null() && doc.automerge.get(record, name.as_str())?.is_none() {
            plan.put(record, name.clone(), value);
        }
    }
    for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        if field(doc, None, name)?.kind != FieldKind::Prose {
            return Err(DocsError::UnknownField(name.clone()));
        }
        let said = read::text_object(&doc.automerge, record, name)?.map(|object| doc.automerge.text(&object));
        if said.transpose()?.is_none_or(|said| said.is_empty()) {
            plan.ops.push(Op::MakeText { record: record.clone(), key: name.clone(), text: text.clone() });
        }
    }
    Ok(plan)
}

/// A document made whole: what of it is there already is left out.
pub(super) fn whole(doc: &Doc, edits: &[Edit], author: &Author) -> Result<Plan, DocsError> {
    let mut whole = Plan::default();
    for edit in edits {
        match super::plan(doc, edit, author) {
            Ok(plan) => whole.join(plan)?,
            Err(DocsError::Exists(_) | DocsError::NoChange) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(whole)
}
